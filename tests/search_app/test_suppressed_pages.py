"""Pages that may not be named leave no gap: a reader has the item as if the others were all there ever were."""

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from archive import exports, indexing
from archive.access import Audience, Rule, State
from archive.catalog import files, items, journal, tables
from archive.catalog.connect import open_catalog
from archive.citation.formats import FORMATS
from archive.holdings import Holdings
from archive.preservation import package
from archive.record import Location
from archive.unit import Unit
from ingest.run.progress import Silent
from search_app import create_app
from tests.search_app.reading import read
from tests.search_app.small_archive import add, build, layout_of

#: A word of pages 2 and 4 goes on behind the page's end.
TEXTS = (
    "Sumpulapa, hoja primera",
    "Sumpulapa, la guarni-",
    "ción Sumpulapa, hoja tercera",
    "Sumpulapa, otra guarni-",
    "ción Sumpulapa, hoja quinta",
    "Sumpulapa, hoja sexta",
)
PLACES = range(1, len(TEXTS) + 1)
SUPPRESSED, CLOSED = State.SUPPRESSED, State.CLOSED


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    """An archive with an item of six pages, one of them labelled."""
    made = build(tmp_path_factory.mktemp("six"))
    add(
        made,
        "six",
        "press",
        [(text, "spa") for text in TEXTS],
        box="4",
        folder="2",
        title="Actas de Sumpulapa",
        date="1984",
        date_edtf="1984",
        language="spa",
        genre="report",
    )
    with open_catalog(made.config.catalog_url).begin() as connection:
        items.set_label(connection, made.pages["six"][4], "xii", "")
        master = items.page(connection, made.pages["six"][0]).file_id
        root = files.put_root(connection, tmp_path_factory.mktemp("scans"), {})
        files.put_location(connection, Location(master, root, "actas.tif", 1000, 0))
    return made


@pytest.fixture(autouse=True)
def as_it_was(request):
    yield
    if "six" in request.fixturenames:
        rule(request.getfixturevalue("six"), {})


def rule(archive, states) -> None:
    """Puts these states on the pages at these places, and none on the others."""
    for place, id in enumerate(archive.pages["six"], 1):
        archive.rule("page", id, Rule(states[place]) if place in states else None)


def take_out(archive, places) -> None:
    """Leaves the item with the other pages alone, numbered from 1; with none taken out it is as it was."""
    with open_catalog(archive.config.catalog_url).begin() as connection:
        number = 0
        for place, id in enumerate(archive.pages["six"], 1):
            number += place not in places
            items.set_sequence(connection, id, 0 if place in places else number)


def doors(archive, places) -> dict[str, bytes]:
    """What a reader who knows the other pages is answered at every address that speaks of the item, by address."""
    indexing.rebuild(archive.config, open_catalog(archive.config.catalog_url))
    item, left = archive.items["six"], [id for place, id in enumerate(archive.pages["six"], 1) if place not in places]
    selected = "&".join(f"selected={id}" for id in left)
    addresses = [
        "/",
        f"/ark:99999/{archive.components['press']}",
        "/search.json?q=Sumpulapa",
        "/search.json?q=guarnición",
        "/search?q=Sumpulapa",
        f"/text/{item}.txt",
        f"/cite?only=selected&{selected}",
        f"/cite?only=selected&{selected}&cite=items",
    ]
    addresses += [f"/ark:99999/{item}?image={number}" for number in (1, 3, len(TEXTS))]
    addresses += [f"/search?q={asked}&lang=en" for asked in ("Sumpulapa", "guarnición", "Sumpulapa&sort=date")]
    addresses += [f"/{kind}/{id}?q=guarnición&lang=es" for kind in ("ark:99999", "cite") for id in (item, *left)]
    addresses += [
        f"/cite?{asked}&format={format}"
        for asked in ("q=Sumpulapa&cite=items", f"only=selected&{selected}")
        for format in FORMATS
    ]
    client = create_app(archive.config).test_client()
    answered = {}
    for address in addresses:
        with client.get(address) as answer:
            assert answer.status_code in (200, 303), address
            answered[address] = answer.headers.get("Location", "").encode() + answer.data
    return answered


@settings(
    max_examples=1, phases=(Phase.explicit, Phase.generate), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.sets(st.sampled_from(PLACES), min_size=1, max_size=len(TEXTS) - 1))
@example({3, 4})
@example({1})
@example({2, 3, 4, 5, 6})
def test_every_door_answers_as_if_the_others_were_all_there_ever_were(six, places):
    rule(six, dict.fromkeys(places, SUPPRESSED))
    answered = doors(six, places)
    rule(six, {})
    take_out(six, places)
    try:
        wanted = doors(six, places)
    finally:
        take_out(six, ())
    assert [address for address in wanted if answered[address] != wanted[address]] == []


def test_staff_have_the_places_that_pages_have_among_all(six):
    rule(six, {3: SUPPRESSED, 4: SUPPRESSED})
    with Holdings(six.config) as public, Holdings(six.config, Audience.STAFF) as staff:
        assert [page.sequence for page in public.item(six.items["six"]).pages] == [1, 2, 3, 4]
        assert [page.sequence for page in staff.item(six.items["six"]).pages] == list(PLACES)
        cited = public.find(six.pages["six"][5])
        assert (cited.sequence, public.source(public.item_of_page(cited.id), cited).image_number) == (4, 4)


def test_a_closed_page_keeps_its_place(six):
    rule(six, {3: CLOSED})
    with Holdings(six.config) as public:
        assert [page.sequence for page in public.item(six.items["six"]).pages] == list(PLACES)


def written(archive, folder) -> dict[str, bytes]:
    """What the public is given in files of the item, by path; without the bag's own day, hour and sums of it."""
    indexing.rebuild(archive.config, open_catalog(archive.config.catalog_url))
    with Holdings(archive.config) as public:
        for format in exports.IN_FOLDERS:
            exports.write_files(format, public, folder / format, "Sumpulapa")
        bag = package.write(public, folder, "Sumpulapa", Silent()).path
        bag.rename(folder / "bag")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("bag-info.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt")
    }


@pytest.mark.parametrize("places", [{3, 4}, {1}, {2, 3, 4, 5, 6}])
def test_files_written_for_the_public_are_as_if_the_others_were_all_there_ever_were(six, tmp_path, places):
    rule(six, dict.fromkeys(places, SUPPRESSED))
    given = written(six, tmp_path / "given")
    rule(six, {})
    take_out(six, places)
    try:
        wanted = written(six, tmp_path / "wanted")
    finally:
        take_out(six, ())
    assert sorted(given) == sorted(wanted)
    assert [path for path in wanted if given[path] != wanted[path]] == []


def test_files_are_numbered_as_frames_for_staff_and_with_a_closed_page_between(six):
    rule(six, {2: SUPPRESSED, 3: CLOSED})
    texts = {}
    for audience in Audience:
        with Holdings(six.config, audience) as holdings:
            item = holdings.item(six.items["six"])
            read = exports.read_pages([(item, page) for page in item.pages], holdings, ".txt")
            texts[audience] = [(str(one.name), one.number) for one in read]
    assert texts[Audience.PUBLIC] == [(f"actas-{number}.txt", number) for number in (1, 3, 4, 5)]
    assert texts[Audience.STAFF] == [(f"actas-{number}.txt", number) for number in PLACES]


def test_a_title_that_a_machine_drew_is_not_said_where_a_page_is_suppressed(own):
    add(
        own,
        "drawn",
        "press",
        [("Nahuizalqueta, su testimonio", "spa"), ("Otra hoja", "spa")],
        title="Nahuizalqueta, su testimonio",
        source="text",
    )
    own.rule("page", own.pages["drawn"][0], Rule(State.SUPPRESSED))
    indexing.catch_up(own.config, open_catalog(own.config.catalog_url))
    client = create_app(own.config).test_client()
    assert "Nahuizalqueta" not in read(client, own.ark("drawn")).source
    assert client.get("/search.json?q=Nahuizalqueta").get_json()["total"] == 0


def test_the_page_before_a_suppressed_one_hears_of_a_change_of_the_page_after(own):
    add(own, "gap", "press", [("Una guarni-", "spa"), ("Suprimida", "spa"), ("Otra cosa", "spa")], title="Hojas")
    first, hidden, last = own.pages["gap"]
    own.rule("page", hidden, Rule(State.SUPPRESSED))
    catalog = open_catalog(own.config.catalog_url)
    indexing.catch_up(own.config, catalog)
    client = create_app(own.config).test_client()
    assert client.get("/search.json?q=guarnición").get_json()["total"] == 0
    with catalog.begin() as connection:
        connection.execute(
            tables.reading.update()
            .where(tables.reading.c.page_id == last)
            .values(layout=layout_of("ción", "spa").to_bytes())
        )
        journal.post(connection, [Unit.page(last)])
    indexing.catch_up(own.config, catalog)
    assert [hit["page"] for hit in client.get("/search.json?q=guarnición").get_json()["hits"]] == [first]
