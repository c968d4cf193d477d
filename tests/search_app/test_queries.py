"""What a public address costs the catalog does not grow with the size of an item, a component, a series or the archive:
counted in queries, on an archive of few pages and on one of ten times as many."""

import re
from functools import partial

import pytest
from sqlalchemy import Engine, event

from archive import indexing
from archive.access import Rule, State
from archive.catalog import journal, rules
from archive.catalog.connect import open_catalog, writing
from archive.search.kinds import page
from archive.unit import Unit
from search_app import create_app
from tests.filled_archive import COMMON, RARE, Filled, fill

#: No address asks more than so many.
MOST = 30
#: Rules of the site that answer without the catalog.
WITHOUT = {"/about", "/ask", "/robots.txt", "/favicon.ico", "/static/<path:filename>"}


class Sized:
    """A filled archive with its index, and its site."""

    def __init__(self, folder, pages: int, items: int, parts: int):
        self.made: Filled = fill(folder, pages=pages, items_in_series=items, children=parts, series=parts, words=30)
        self.catalog: Engine = open_catalog(self.made.config.catalog_url)
        with writing(self.catalog) as connection:
            # A page that may not be named, so that numbers are not the sequences; and a closed and a hidden item.
            for kind, id, state in [
                ("page", self.made.pages[3], State.SUPPRESSED),
                ("page", self.made.pages[5], State.CLOSED),
                ("item", self.made.items[1], State.SUPPRESSED),
                ("item", self.made.items[2], State.CLOSED),
            ]:
                rules.put(connection, Unit(kind, id), Rule(state), "person")
        self.rebuilding = self.queries(lambda: indexing.rebuild(self.made.config, self.catalog))
        self.client = create_app(self.made.config, catalog=self.catalog).test_client(use_cookies=False)

    def queries(self, work) -> int:
        """How many statements read the catalog while it is done."""
        asked: list[str] = []

        def note(_connection, _cursor, statement, *_more):
            asked.append(statement)

        event.listen(self.catalog, "before_cursor_execute", note)
        try:
            work()
        finally:
            event.remove(self.catalog, "before_cursor_execute", note)
        return sum(one.lstrip().upper().startswith(("SELECT", "WITH")) for one in asked)

    def addresses(self) -> dict[str, list[str]]:
        """By the site's rules, addresses that cost as much as any: the first of a list, the last, one in its middle."""
        made, ark = self.made, f"/ark:{self.made.config.archive.naan}"
        pages = (made.pages[0], made.pages[len(made.pages) // 2], made.pages[-1])
        last = -(-(len(made.items) - 1) // 50)
        chosen = "&".join(f"selected={id}" for id in made.pages[6:26])
        return {
            "/": ["/", f"/?q={COMMON}"],
            "/search": [
                f"/search?q={COMMON}",
                f"/search?q={COMMON}&page=2&series={made.series}",
                f"/search?q={RARE}",
                "/search?q=nada",
            ],
            "/search.json": [f"/search.json?q={COMMON}"],
            "/ark:<naan>/<path:name>": [
                f"{ark}/{made.series}",
                f"{ark}/{made.series}?page={last}&parts={-(-made.parts // 50)}",
                f"{ark}/{made.collection}",
                f"{ark}/{made.long}",
                f"{ark}/{made.long}?q={COMMON}",
                f"{ark}/{made.items[0]}",
                f"{ark}/{made.items[2]}",
                *(f"{ark}/{id}{query}" for id in pages for query in ("", f"?q={COMMON}", f"?q={RARE}")),
            ],
            "/ark:/<naan>/<path:name>": [
                f"/ark:/{made.config.archive.naan}/{made.long}",
                f"{ark}/{made.long}?image=9999",
            ],
            "/text/<id>.txt": [f"/text/{made.long}.txt", f"/text/{made.pages[-1]}.txt"],
            "/cite/<id>": [f"/cite/{made.long}", f"/cite/{made.pages[-1]}?format=ris"],
            "/cite": [f"/cite?q={COMMON}", f"/cite?{chosen}", "/cite?q=hoja5&format=ris"],
            "/image/<id>.jpg": [f"/image/{made.pages[-1]}.jpg"],
            "/image/<id>/<int:width>.jpg": [f"/image/{made.pages[-1]}/800.jpg"],
            "/thumbnail/<id>.jpg": [f"/thumbnail/{made.pages[-1]}.jpg"],
        }


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Sized(tmp_path_factory.mktemp("small"), 70, 60, 60)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return Sized(tmp_path_factory.mktemp("large"), 300, 300, 300)


def test_every_address_is_looked_at(small):
    listed = {str(rule) for rule in create_app(small.made.config).url_map.iter_rules()}
    assert listed == WITHOUT | set(small.addresses())


def test_no_address_costs_more_queries_where_there_is_more(small, large):
    costs = [
        (one, small.queries(partial(answers, small, one)), large.queries(partial(answers, large, other)))
        for rule, some in small.addresses().items()
        for one, other in zip(some, large.addresses()[rule], strict=True)
    ]
    assert [cost for cost in costs if cost[1] != cost[2] or cost[2] > MOST] == []


def answers(sized: Sized, address: str) -> None:
    response = sized.client.get(address)
    assert response.status_code in ((404,) if re.search("image/|thumbnail", address) else (200, 303, 308)), address
    response.get_data()


def test_the_first_page_lists_some_series_and_leads_to_the_others(tmp_path):
    made = fill(tmp_path, pages=1, items_in_series=1, series=51)
    catalog = open_catalog(made.config.catalog_url)
    indexing.rebuild(made.config, catalog)
    client = create_app(made.config, catalog=catalog).test_client(use_cookies=False)
    shown, ark = client.get("/").get_data(as_text=True), f"/ark:{made.config.archive.naan}"
    assert len(re.findall('class="series-title"', shown)) == 50
    assert re.search(rf'href="{ark}/{made.collection}\?parts=2">', shown)
    more = client.get(f"{ark}/{made.collection}?parts=2").get_data(as_text=True)
    assert re.findall('class="series-title">([^<]+)', more) == ["Component series-50"]


def test_the_next_hit_is_found_at_the_other_end(large):
    made, ark = large.made, f"/ark:{large.made.config.archive.naan}"
    first, last = made.pages[0], made.pages[-1]
    there = large.client.get(f"{ark}/{first}?q={RARE}").get_data(as_text=True)
    assert re.search(rf'href="{ark}/{last}\?q={RARE}#page">[^<]*→', there)
    back = large.client.get(f"{ark}/{last}?q={RARE}").get_data(as_text=True)
    assert re.search(rf'href="{ark}/{first}\?q={RARE}#page">←', back)


def test_the_strip_marks_the_first_and_the_last_page_too(large):
    made, ark = large.made, f"/ark:{large.made.config.archive.naan}"
    shown = large.client.get(f"{ark}/{made.pages[150]}?q={RARE}").get_data(as_text=True)
    assert re.findall(rf'<li class=" hit">\s*<a href="{ark}/(\w+)', shown) == [made.pages[0], made.pages[-1]]


def test_a_page_is_shown_where_the_index_cannot_be_asked(tmp_path):
    made = fill(tmp_path, pages=3, items_in_series=1)
    client = create_app(made.config).test_client()
    shown = client.get(f"/ark:{made.config.archive.naan}/{made.pages[1]}?q={COMMON}")
    assert shown.status_code == 200 and COMMON in shown.get_data(as_text=True)


def test_a_page_that_may_not_be_named_is_no_hit_and_no_number(large):
    made, ark = large.made, f"/ark:{large.made.config.archive.naan}"
    before = large.client.get(f"{ark}/{made.pages[2]}?q={COMMON}").get_data(as_text=True)
    assert made.pages[3] not in before and f"{ark}/{made.pages[4]}?q={COMMON}#page" in before
    after = large.client.get(f"{ark}/{made.pages[4]}").get_data(as_text=True)
    assert "4 de 299" in after and "de 300" not in after


# -- the index


def fed(sized: Sized, page_ids) -> tuple[int, list[str]]:
    """What it costs to tell the index of these pages, and of which it was told."""
    told = []
    write = page.documents

    def noting(holdings, pairs):
        for document in write(holdings, pairs):
            told.append(document.id)
            yield document

    with writing(sized.catalog) as connection:
        journal.post(connection, map(Unit.page, page_ids))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(page, "documents", noting)
        return sized.queries(lambda: indexing.catch_up(sized.made.config, sized.catalog)), told


def test_a_feed_costs_what_changed(small, large):
    costs = []
    for sized in (small, large):
        changed = sized.made.pages[20:40]
        cost, told = fed(sized, changed)
        # The page before them has the rest of its last word from the first of them.
        assert sorted(told) == sorted((*changed, sized.made.pages[19]))
        costs.append(cost)
    assert costs[0] == costs[1] <= 40


def test_a_page_whose_last_word_does_not_go_on_is_not_written_again(large):
    _, told = fed(large, [large.made.items[0], *large.made.pages[:1]])
    assert told == [large.made.pages[0]]


def test_a_rebuild_costs_a_fifth_of_a_query_a_page(small, large):
    pages = len(large.made.pages) + len(large.made.items)
    assert large.rebuilding <= 0.2 * pages
    more = pages - len(small.made.pages) - len(small.made.items)
    assert large.rebuilding - small.rebuilding <= 0.15 * more
