"""What an audience may read is the same however it is asked for: page by page, or many at once; and many cost few
queries."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from archive import holdings as module
from archive.access import Audience, Rule, State
from archive.catalog import files, items, rules, tree
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.config import AccessSettings
from archive.errors import Gone, NotFound
from archive.held import Around, DescribedItem, HeldPage, KeptFile
from archive.holdings import Holdings
from archive.record import File, Frame
from archive.unit import Unit
from tests.archive.rule_by_rule import RuleByRule
from tests.search_app.small_archive import NAAN, build


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The small archive with a kept file, a page that was taken out, an item in no component, and a series in a
    series."""
    made = build(tmp_path_factory.mktemp("holdings"))
    with open_catalog(made.config.catalog_url).begin() as connection:
        below, _ = tree.put_component(
            connection, NAAN, ref_id="years", parent_id=made.components["press"], level="subseries", title="By year"
        )
        made.components["years"] = below
        items.move(connection, made.items["clipping"], below)
        items.move(connection, made.items["undated"], None)
        kept = files.add_file(
            connection, File(0, "f" * 64, 77, "application/octet-stream", (Frame(1, 0, 0),), (), "fmt/1", "A format")
        )
        add = items.add_page
        made.pages["weekly"] += [
            add(connection, NAAN, made.items["weekly"], 4, kept.id, 1, 0, 0, None).id,
            add(connection, NAAN, made.items["weekly"], 0, kept.id, 1, 0, 0, None).id,
        ]
    return made


@pytest.fixture(scope="module")
def catalog(archive):
    catalog = open_catalog(archive.config.catalog_url)
    yield catalog
    catalog.dispose()


@pytest.fixture(scope="module", params=list(Audience))
def holdings(request, archive, catalog):
    return Holdings(archive.config, request.param, catalog)


def every_page(archive) -> list[str]:
    return [id for pages in archive.pages.values() for id in pages] + ["r1nosuch", archive.items["weekly"], "\0"]


def agree(holdings: Holdings, page_ids: list[str]) -> list:
    """Many pages at once are as the rules say of each; returns what may be had of these."""
    with RuleByRule(holdings) as slow:
        many = list(holdings.pages(page_ids))
        assert many == slow.pairs(page_ids)
    return many


def agree_all_ways(holdings: Holdings, components: Collection[str]) -> None:
    """All ways to read give what the rules say of each unit."""
    with RuleByRule(holdings) as slow:
        every, of_items = list(slow.items.values()), slow.pages
        assert list(holdings.every_described()) == every
        assert list(holdings.every_page()) == [(item, page) for item in every for page in of_items[item.id]]
        whole = {item.id: item for item in holdings.every_item()}
        assert [(short(item), list(item.pages)) for item in whole.values()] == [
            (item, of_items[item.id]) for item in every
        ]
        assert holdings.first_pages(every) == {id: pages[0] for id, pages in of_items.items() if pages}
        for item in every:
            agree_on_item(holdings, item, tuple(of_items[item.id]))
        named = {id: found for id in components if (found := slow.component(id))}
        assert holdings.components(components) == named
        assert list(holdings.children(None)) == slow.children(None)
        for id in components:
            if id in named:
                found = tuple(slow.items_of(id))
                held, parts = holdings.component(id), tuple(slow.children(id))
                assert held == holdings.look_up(id) == slow.held(named[id])
                assert holdings.numbers_of(held) == (len(parts), len(found))
                assert holdings.items_of(held, 1, 100) == found and holdings.items_of(held, 2, 2) == found[1:3]
                assert holdings.parts_of(held, 1, 100) == parts and holdings.parts_of(held, 2, 1) == parts[1:2]
                assert holdings.children(id) == parts
            else:
                for refuses in (holdings.component, holdings.look_up):
                    with pytest.raises((NotFound, Gone)):
                        refuses(id)


def agree_on_item(holdings: Holdings, item: DescribedItem, pages: tuple[HeldPage, ...]) -> None:
    assert holdings.described(item.id) == item
    assert [page for page, _ in holdings.read_through(item)] == list(pages)
    assert holdings.named(item, [page.id for page in pages]) == {page.id for page in pages}
    assert holdings.following((item, page) for page in pages) == {one.id: after for one, after in pairwise(pages)}
    assert set(holdings.pages_before([page.id for page in pages])) == {page.id for page in pages[:-1]}
    assert holdings.pages_of(item, 1, 1000) == pages and holdings.pages_of(item, 2, 2) == pages[1:3]
    for at, page in enumerate(pages):
        near = Around(pages[max(0, at - 2) : at], pages[at + 1 : at + 2], pages[0], pages[-1])
        assert holdings.around(item, page, 2, 1) == near
        assert holdings.look_up(page.id) == (item, page)
        assert holdings.page_alone(page.id) == replace(page, sequence=0)


def short(item: DescribedItem) -> DescribedItem:
    return DescribedItem(**{one.name: getattr(item, one.name) for one in fields(DescribedItem)})


def test_many_pages_are_as_each_of_them_alone(archive, holdings):
    asked = every_page(archive)
    found = agree(holdings, asked)
    assert {page.kept for _, page in found} == {None, KeptFile("A format", "fmt/1", 77)}
    left_out = {"suppressed", "withdrawn", "in_hidden"} if holdings.audience is Audience.PUBLIC else set()
    assert [page.id for _, page in found] == [
        id
        for name, ids in archive.pages.items()
        if name not in left_out
        for id in ids
        if id != archive.pages["weekly"][4]
    ]


def test_every_way_to_read_gives_what_the_rules_say(archive, holdings):
    agree_all_ways(holdings, archive.components.values())


SUBJECTS = [
    ("item", "weekly", None),
    ("item", "half", None),
    ("page", "weekly", 1),
    ("page", "weekly", 2),
    ("page", "weekly", 4),
    ("page", "half", 1),
    ("page", "half", 2),
    ("page", "closed", 1),
    ("item", "closed", None),
    ("item", "undated", None),
    ("component", "coll", None),
    ("component", "press", None),
    ("component", "years", None),
    ("component", "legal", None),
]
RULES = [
    Rule(State.OPEN),
    Rule(State.CLOSED),
    Rule(State.SUPPRESSED),
    Rule(State.WITHDRAWN),
    Rule(State.CLOSED, description=False),
    Rule(State.OPEN, text=False),
    Rule(State.OPEN, image=False, reason="A reason."),
    Rule(State.CLOSED, text=True),
]


class Ruled:
    """Rules that a person (or another `origin`) sets, while the block runs."""

    def __init__(self, archive, catalog, put, origin="person"):
        self.archive, self.catalog, self.origin = archive, catalog, origin
        self.put = {self.unit(*subject): rule for subject, rule in put}

    def unit(self, kind, name, number):
        made = self.archive
        return kind, (made.components if kind == "component" else made.items)[name] if number is None else made.pages[
            name
        ][number - 1]

    def __enter__(self):
        self.set(self.put)

    def __exit__(self, *_failure):
        self.set(dict.fromkeys(self.put))

    def set(self, put):
        with self.catalog.begin() as connection:
            for (kind, id), rule in put.items():
                rules.put(connection, Unit(kind, id), rule, self.origin)


def test_what_a_decision_that_waits_closes_is_closed_under_any_rule_and_named_as_before(archive, catalog):
    page, ids, holdings = ("page", "weekly", 2), archive.pages["weekly"], Holdings(archive.config, catalog=catalog)
    for rule in (None, *RULES):
        with Ruled(archive, catalog, [(page, rule)]):
            before = list(holdings.pages(ids))
            with Ruled(archive, catalog, [(page, Rule(State.CLOSED))], rules.DECISION):
                after = agree(holdings, ids) if rule in (None, RULES[0], RULES[2]) else list(holdings.pages(ids))
        assert [(one.id, one.sequence, item.page_count) for item, one in after] == [
            (one.id, one.sequence, item.page_count) for item, one in before
        ]
        for _, one in after:
            if one.id == ids[1]:
                assert not (one.access.text or one.access.image or one.access.download or one.reading)


@pytest.mark.parametrize("subject, rule", list(product([SUBJECTS[n] for n in (0, 3, 6, 10, 12)], RULES)))
def test_many_pages_are_as_each_alone_under_a_rule(archive, catalog, subject, rule):
    with Ruled(archive, catalog, [(subject, rule)]):
        agree(Holdings(archive.config, catalog=catalog), every_page(archive))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(RULES)), min_size=2, max_size=5),
    st.randoms(),
    st.data(),
)
def test_many_pages_are_as_each_alone_under_rules_that_cross(archive, catalog, put, chance, data):
    asked = every_page(archive)
    chance.shuffle(asked)
    asked = asked[: data.draw(st.integers(0, len(asked)))] + asked[:2]
    with Ruled(archive, catalog, put):
        for audience in Audience:
            agree(Holdings(archive.config, audience, catalog), asked)
        default = AccessSettings(data.draw(st.sampled_from(["open", "closed"])))
        agree_all_ways(Holdings(replace(archive.config, access=default), catalog=catalog), archive.components.values())


def test_an_item_that_was_taken_back_is_passed_by(archive, catalog, holdings):
    undone = t.item.update().where(t.item.c.id == archive.items["chronicle"])
    with catalog.begin() as connection:
        batch = connection.execute(
            t.batch.insert().values(
                kind="ingest", name="boxes", paths=[], recipe="", started=datetime(2026, 1, 1, tzinfo=UTC)
            )
        ).inserted_primary_key[0]
        connection.execute(undone.values(undone=batch))
    try:
        assert not {page.item_id for _, page in agree(holdings, every_page(archive))} & {archive.items["chronicle"]}
    finally:
        with catalog.begin() as connection:
            connection.execute(undone.values(undone=None))


def test_a_page_alone_is_refused_as_everywhere(archive, holdings):
    for id in every_page(archive) + list(archive.items.values()):
        try:
            found = holdings.find(id)
        except (NotFound, Gone) as refused:
            with pytest.raises(type(refused)):
                holdings.page_alone(id)
        else:
            if isinstance(found, HeldPage):
                assert holdings.page_alone(id) == replace(found, sequence=0)
            else:
                with pytest.raises(NotFound):
                    holdings.page_alone(id)


def test_pages_are_counted_where_their_sequences_have_gaps(archive, catalog):
    """As in an item of which some pages went over to another one."""
    with catalog.begin() as connection:
        item = items.add_item(connection, NAAN)
        file = files.add_file(
            connection, File(0, "d" * 64, 1, "image/tiff", tuple(Frame(n, 9, 9) for n in range(1, 7)))
        )
        made = [
            items.add_page(connection, NAAN, item.id, sequence, file.id, frame, 9, 9, None).id
            for frame, sequence in enumerate((2, 3, 3, 7, 9, 11), 1)
        ]
        rules.put(connection, Unit.page(made[3]), Rule(State.SUPPRESSED), "person")
    for audience in Audience:
        holdings = Holdings(archive.config, audience, catalog)
        agree(holdings, made)
        agree_all_ways(holdings, [])
        assert [page.sequence for _, page in holdings.pages(made)] == [1, 2, 3, 4, 5, 6][
            : len(made) - (audience == "public")
        ]
    with catalog.begin() as connection:
        connection.execute(t.page.delete().where(t.page.c.item_id == item.id))
        connection.execute(t.item.delete().where(t.item.c.id == item.id))


def queries(holdings: Holdings, page_ids: list[str]) -> list[str]:
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(holdings.catalog, "before_cursor_execute", note)
    try:
        list(holdings.pages(page_ids))
    finally:
        event.remove(holdings.catalog, "before_cursor_execute", note)
    return [one for one in asked if one.lstrip().upper().startswith("SELECT")]


def test_a_portion_costs_the_same_queries_whatever_is_in_it(archive, monkeypatch):
    with Holdings(archive.config) as holdings:
        one = queries(holdings, archive.pages["hostile"])
        all_of_them = [
            id for name in ("hostile", "half", "chronicle", "no_image", "closed") for id in archive.pages[name]
        ]
        assert len(one) <= 14
        assert len(queries(holdings, all_of_them)) == len(one)
        assert len(queries(holdings, all_of_them * 20)) == len(one)
        monkeypatch.setattr(module, "PORTION", 8)
        assert len(queries(holdings, (all_of_them * 4)[:32])) == 4 * len(one)


def test_of_a_long_item_only_the_pages_asked_for_are_read(archive, catalog, monkeypatch):
    with catalog.begin() as connection:
        item = items.add_item(connection, NAAN)
        file = files.add_file(
            connection, File(0, "e" * 64, 1, "image/tiff", tuple(Frame(n, 9, 9) for n in range(1, 301)))
        )
        made = [items.add_page(connection, NAAN, item.id, n, file.id, n, 9, 9, None).id for n in range(1, 301)]
        for id in made[10:30] + made[100:]:
            rules.put(connection, Unit.page(id), Rule(State.SUPPRESSED, reason=id), "person")
    read, page, rule = [], items.page_of_row, rules._rule
    monkeypatch.setattr(items, "page_of_row", lambda row: read.append(row) or page(row))
    monkeypatch.setattr(rules, "_rule", lambda row: read.append(row) or rule(row))
    with Holdings(archive.config) as holdings:
        ((found, held),) = holdings.pages([made[50], made[200]])
        assert (held.sequence, found.page_count) == (31, 80) and len(read) == 3


def test_what_is_closed_while_a_long_result_is_taken_away_is_left_out_of_the_rest(archive, catalog, monkeypatch):
    monkeypatch.setattr(module, "PORTION", 1)
    with Holdings(archive.config) as holdings:
        taken = holdings.pages(archive.pages["weekly"][:3])
        assert next(taken)[1].sequence == 1
        with Ruled(archive, catalog, [(("page", "weekly", 2), Rule(State.WITHDRAWN))]):
            assert [(page.id, page.sequence) for _, page in taken] == [(archive.pages["weekly"][2], 2)]
