"""What an audience may read is the same however it is asked for: page by page, or many at once; and many cost few
queries."""

from dataclasses import fields
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from archive import holdings as module
from archive.access import STAFF, Rule, State, effective
from archive.catalog import files, items, rules, tree
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.description import STATED, Description
from archive.errors import Gone, NotFound
from archive.held import DescribedItem, HeldPage, KeptFile
from archive.holdings import Holdings
from archive.record import File, Frame
from archive.search.request import Audience
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


def one_by_one(holdings: Holdings, page_ids) -> list:
    found = []
    for id in page_ids:
        try:
            item = holdings.item_of_page(id)
        except (NotFound, Gone):
            continue
        found += [(short(item), page) for page in item.pages if page.id == id]
    return found


def short(item: DescribedItem) -> DescribedItem:
    return DescribedItem(**{one.name: getattr(item, one.name) for one in fields(DescribedItem)})


def by_the_rules(holdings: Holdings, page_ids) -> list:
    """Unit by unit from the catalog, each under the chain of rules above it, slowly."""
    default, staff = State(holdings.config.access.default), holdings.audience is Audience.STAFF
    found = []
    with holdings.catalog.connect() as connection:

        def access_of(page, item):
            return STAFF if staff else rules.of_page(connection, page.id, item.id, item.component_id, default)

        for page in filter(None, (items.page(connection, id) for id in page_ids)):
            item = items.item(connection, page.item_id)
            own = STAFF if staff else rules.of_item(connection, item.id, item.component_id, default)
            access = access_of(page, item)
            if not (page.sequence and own.description and access.description and item.undone is None):
                continue
            whole = {each.id: access_of(each, item) for each in items.pages(connection, item.id)}
            named = [id for id, one in whole.items() if one.description]
            said = items.description(connection, item.id)
            if not own.text or any(not (one.description and one.text) for one in whole.values()):
                said = Description(tuple(one for one in said if one.source in STATED))
            path = tree.path(connection, item.component_id)
            above = [rules.standing(connection, "component", one.id) for one in path]
            told = [one for n, one in enumerate(path) if staff or effective(above[: n + 1], default).description]
            file = files.file(connection, page.file_id)
            is_kept = file.frames[page.frame - 1].kept and (access.text or access.image)
            found.append(
                (
                    DescribedItem(
                        item.id,
                        item.local_id,
                        said,
                        own,
                        tuple(told),
                        tree.item_containers(connection, item.id),
                        page_count=len(named),
                        within=tuple(one.id for one in path),
                    ),
                    HeldPage(
                        page.id,
                        page.ordinal,
                        item.id,
                        page.sequence if staff else named.index(page.id) + 1,
                        page.label,
                        page.role,
                        page.width,
                        page.height,
                        access,
                        page.shown_reading if access.text else None,
                        KeptFile(file.format, file.puid, file.bytes) if is_kept else None,
                    ),
                )
            )
    return found


def agree(holdings: Holdings, page_ids: list[str]) -> list:
    many = list(holdings.pages(page_ids))
    assert many == one_by_one(holdings, page_ids) == by_the_rules(holdings, page_ids)
    return many


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
    """Rules that a person sets, while the block runs."""

    def __init__(self, archive, catalog, put):
        self.archive, self.catalog = archive, catalog
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
                rules.put(connection, kind, id, rule, "person")


@pytest.mark.parametrize("subject, rule", list(product([SUBJECTS[n] for n in (0, 3, 6, 10, 12)], RULES)))
def test_many_pages_are_as_each_alone_under_a_rule(archive, catalog, subject, rule):
    with Ruled(archive, catalog, [(subject, rule)]):
        agree(Holdings(archive.config, catalog=catalog), every_page(archive))


@settings(max_examples=10, deadline=None)
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
            rules.put(connection, "page", id, Rule(State.SUPPRESSED, reason=id), "person")
    read, page, rule = [], items._page, rules._rule
    monkeypatch.setattr(items, "_page", lambda row: read.append(row) or page(row))
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
