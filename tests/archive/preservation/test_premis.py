"""PREMIS and ALTO of a small archive: valid, true to the catalog, and for the public without what is restricted."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import exports
from archive.access import Audience
from archive.catalog import files, journal
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, signed
from archive.holdings import Holdings
from archive.preservation import premis
from archive.preservation.item import premis_of
from archive.preservation.premis import KeptFile
from archive.record import Event, Location
from archive.unit import Unit, subject
from tests.schemas import valid
from tests.search_app.small_archive import SECRET, build

NS = {"p": "http://www.loc.gov/premis/v3"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small archive, its masters at a root, with events of every kind."""
    made = build(tmp_path_factory.mktemp("small"))
    with signed(open_catalog(made.config.catalog_url), "archivist").begin() as connection:
        files.put_root(connection, made.config.folder / "disk", {})
        for row in connection.execute(t.file.select()).all():
            files.put_location(connection, Location(row.id, "disk", f"box/{row.id:02d}.tif", row.bytes, 1))
        connection.execute(t.location.update().values(found="intact", checked=datetime(2026, 1, 2, tzinfo=UTC)))
        connection.execute(t.file.update().values(puid="fmt/353", format="Tagged Image File Format"))
        for name in made.items:
            journal.note(connection, "accession", Unit.item(made.items[name]), file=f"hidden-{name}.tif")
            journal.note(connection, "read", Unit.page(made.pages[name][0]), "read", reader="tesseract 5.3.0")
        journal.note(connection, "access", Unit.item(made.items["weekly"]), why="donor asked")
    return made


def texts(root, path):
    return [one.text for one in root.iterfind(path, NS)]


def test_staff_read_all_that_is_known_of_an_item(small):
    with Holdings(small.config, Audience.STAFF) as holdings:
        root = valid("premis", premis_of(holdings, holdings.item(small.items["weekly"])))
    assert texts(root, ".//p:messageDigest") == [f"{1:064d}"] and texts(root, ".//p:size") == ["1000"]
    assert texts(root, ".//p:formatRegistryKey") == ["fmt/353"]
    assert texts(root, "p:object/p:originalName") == ["Report from El Salvador", "box/01.tif"]
    assert texts(root, ".//p:eventType") == ["accession", "creation", "policy assignment", "fixity check"]
    assert (
        root.findall(".//p:eventType", NS)[1].get("valueURI")
        == "http://id.loc.gov/vocabulary/preservation/eventType/cre"
    )
    assert texts(root, ".//p:agentType") == ["software", "person", "software"] and "5.3.0" in texts(
        root, ".//p:agentVersion"
    )
    assert any("donor asked" in note for note in texts(root, ".//p:eventOutcomeDetailNote"))


def test_the_public_reads_no_account_no_detail_and_no_closed_master(small):
    with Holdings(small.config) as holdings:
        for item in holdings.every_item():
            document = premis_of(holdings, item)
            root = valid("premis", document)
            assert "person" not in texts(root, ".//p:agentType") and not texts(root, ".//p:eventOutcomeDetailNote")
            if item.id == small.items["closed"]:
                assert not texts(root, ".//p:messageDigest") and "creation" not in texts(root, ".//p:eventType")
            if item.id == small.items["no_image"]:
                assert not texts(root, ".//p:messageDigest")
            assert b"hidden-" not in document and b"Zacamilpa" not in document


def test_the_exports_write_one_file_a_page_and_an_item(small, tmp_path):
    with Holdings(small.config) as public, Holdings(small.config, Audience.STAFF) as staff:
        assert exports.write_texts(public, tmp_path / "text") == exports.write_alto(public, tmp_path / "alto") == 10
        assert exports.write_alto(staff, tmp_path / "staff") == 15
        assert exports.write_premis(public, tmp_path / "premis") == len(list(public.every_item()))
        assert exports.write_premis(public, tmp_path / "some", "Tecoluca") < exports.write_premis(
            public, tmp_path / "all"
        )
    named = [
        sorted(one.relative_to(tmp_path / kind).with_suffix("") for one in (tmp_path / kind).rglob("*.*"))
        for kind in ("text", "alto")
    ]
    assert named[0] == named[1]
    written = [one.read_bytes() for one in (tmp_path / "alto").rglob("*.xml")]
    assert not any(SECRET.split()[0].encode() in one for one in written)
    assert any(SECRET.split()[0].encode() in one.read_bytes() for one in (tmp_path / "staff").rglob("*.xml"))
    for one in written:
        valid("alto", one)


text = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
event = st.builds(
    Event,
    st.datetimes(timezones=st.just(UTC)),
    text,
    text | st.sampled_from(sorted(premis.event_types())),
    st.builds(subject, st.sampled_from(["item", "page", "file"]), text),
    text,
    st.dictionaries(text, text, max_size=2),
)
kept = st.builds(
    KeptFile,
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.integers(0, 10**12),
    text,
    text,
    text,
    text,
    st.none() | st.datetimes(),
)


@settings(max_examples=60)
@given(text, st.lists(kept, max_size=3), st.lists(event, max_size=4), st.booleans())
def test_whatever_happened_is_valid(title, files, events, whole):
    valid("premis", premis.document("ark:99999/r1b3", title, files, enumerate(events, 1), whole=whole))


def test_the_terms_are_those_of_the_vocabulary_one_uri_each():
    types = premis.event_types().values()
    assert all(
        one.uri.startswith("http://id.loc.gov/vocabulary/preservation/eventType/") and one.source for one in types
    )
    assert len({(one.term, one.uri) for one in types}) == len({one.uri for one in types})
