"""BibTeX: what classic styles, biblatex and Zotero read, and any source through two parsers of others."""

import re

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from archive.citation import bibtex
from archive.citation.names import by_role
from archive.citation.source import Creator, Source
from archive.citation.text import one_line
from archive.citation.wording import titled
from tests.archive.citation.citation_sources import ACCESSED, KEPT, languages, sources


def fields(source, language="en"):
    (entry,) = parse_string("".join(bibtex.write([source], ACCESSED, language)), "bibtex").entries.values()
    return entry.type, dict(entry.fields)


@pytest.mark.parametrize(
    ("genre", "kind", "kept_in"),
    [
        ("chronology", "techreport", "note"),
        ("report", "techreport", "note"),
        ("clipping", "article", "note"),
        ("photograph", "artwork", "howpublished"),
        ("other", "unpublished", "note"),
    ],
)
def test_where_it_is_kept_is_printed_for_every_type(genre, kind, kept_in):
    found, values = fields(Source(kind="item", id="r1", genre=genre, box="3", folder="7", **KEPT))
    assert found == kind
    assert values[kept_in] == f"Box 3, Folder 7, {KEPT['collection']}, {KEPT['repository']}, CA"
    assert (values["url"], values["urldate"]) == (KEPT["permalink"], "2026-11-24")


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("1983-09-26", {"date": "1983-09-26", "year": "1983", "month": "September", "day": "26"}),
        ("1992-11-09/1992-11-16", {"date": "1992-11-09/1992-11-16", "year": "1992"}),
        ("1981/1983", {"date": "1981/1983", "year": "1981–1983"}),
        ("1982~", {"date": "[ca. 1982]", "year": "[ca. 1982]"}),
        ("1985?", {"date": "[1985?]", "year": "[1985?]"}),
        ("198X", {"date": "[1980s]", "year": "[1980s]"}),
        ("", {"year": "n.d."}),
    ],
)
def test_no_date_is_made_more_exact(edtf, expected):
    _, values = fields(Source(kind="item", id="r1", date_edtf=edtf))
    assert {name: values[name] for name in ("date", "year", "month", "day") if name in values} == expected


def test_the_image_of_a_page_is_in_the_note_and_a_label_in_pages():
    page = {"kind": "page", "id": "r1", "genre": "chronology", "image_number": 12, "page_count": 40, "box": "1"}
    assert fields(Source(**page), "es")[1]["note"] == "imagen 12, caja 1"
    assert fields(Source(**page, page_label="10"))[1]["pages"] == "10"
    assert "pages" not in fields(Source(**{**page, "genre": "other"}, page_label="10"))[1]


def test_bodies_are_not_taken_apart_and_double_surnames_stay():
    source = Source(
        kind="item",
        id="r1",
        creators=(
            Creator("Peña Ávila, Ana"),
            Creator("Paz and Justice, Inc.", is_corporate=True),
            Creator("El Rescate"),
        ),
    )
    (entry,) = parse_string("".join(bibtex.write([source], ACCESSED, "en")), "bibtex").entries.values()
    person, firm, body = entry.persons["author"]
    assert (person.last_names, person.first_names) == (["Peña", "Ávila"], ["Ana"])
    assert (str(firm), str(body)) == ("{Paz and Justice, Inc.}", "{El Rescate}")


@pytest.mark.parametrize(
    ("written", "last", "lineage", "first"),
    [
        ("Rivera y Damas, Arturo", "{Rivera y Damas}", [], ["Arturo"]),
        ("Ortega y Gasset, José", "{Ortega y Gasset}", [], ["José"]),
        ("Ponce de León, Juan", "{Ponce de León}", [], ["Juan"]),
        ("de la O, Gloria", "{de la O}", [], ["Gloria"]),
        ("d'Aubuisson, Roberto", "d'Aubuisson", [], ["Roberto"]),
        ("Ungo hijo, Guillermo", "{Ungo hijo}", [], ["Guillermo"]),
        ("King, Martin Luther, Jr.", "King", ["Jr."], ["Martin", "Luther"]),
        ("Casas, Bartolomé de las", "Casas", [], ["{Bartolomé de las}"]),
    ],
)
def test_surnames_stay_whole(written, last, lineage, first):
    source = Source(
        kind="item", id="r1", creators=(Creator(written), Creator("Barnes and Noble, Inc."), Creator("Paz, Ana"))
    )
    (entry,) = parse_string("".join(bibtex.write([source], ACCESSED, "en")), "bibtex").entries.values()
    person, firm, other = entry.persons["author"]
    assert (" ".join(person.last_names), person.prelast_names, person.lineage_names) == (last, [], lineage)
    assert person.first_names + person.middle_names == first
    assert str(firm) == "{Barnes and Noble, Inc.}"
    assert other.last_names == ["Paz"]


def test_the_item_s_own_identifier_is_printed_in_the_one_note():
    found, values = fields(Source(kind="item", id="r1", box="3", identifier="ER-M-0030"))
    assert values["note"] == "Box 3, ER-M-0030"


def test_keys_are_plain_and_unique_even_for_the_same_unit_twice():
    one = Source(kind="item", id="r1b3", creators=(Creator("Núñez-Ørsted, Ana"),), date_edtf="1983")
    text = "".join(bibtex.write([one, one, Source(kind="item", id="r1b4")], ACCESSED, "en"))
    assert re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE) == [
        "nunezorsted1983-r1b3",
        "nunezorsted1983-r1b3-2",
        "other-r1b4",
    ]


def plain(text):
    return re.sub(r"[{}\s]|\\(?=[{}])", "", text)


@given(st.lists(sources, min_size=1, max_size=4), languages)
@settings(max_examples=80, deadline=None)
def test_pybtex_reads_any_source_back(some, language):
    text = "".join(bibtex.write(some, ACCESSED, language))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", text)
    read = parse_string(text, "bibtex").entries
    assert len(read) == len(some)
    for source, entry in zip(some, read.values(), strict=False):
        assert entry.fields["url"] == source.permalink
        assert entry.fields["title"][1:-1] == bibtex.escaped(titled(source.title, language))
        assert len(entry.persons.get("author", [])) == len(by_role(source.creators).authors)


#: What LaTeX itself says otherwise than Unicode: ligatures, and letters that the decoder composes.
UNSAID = re.compile(r"[-`'~^\\$<>{}\"|]")


@given(st.lists(sources, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_bibtexparser_reads_any_source_back(some):
    library = bibtexparser.parse_string(
        "".join(bibtex.write(some, ACCESSED, "en")), append_middleware=[LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    assert len(library.entries) == len(some)
    for source, entry in zip(some, library.entries, strict=False):
        title = one_line(source.title) or "[untitled]"
        assert entry.fields_dict["url"].value == source.permalink
        if not UNSAID.search(title):
            assert plain(entry.fields_dict["title"].value) == plain(title)
