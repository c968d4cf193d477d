"""RIS: the tags that Zotero's importer reads, and what two parsers of others make of any source."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.citation import ris
from archive.citation.names import by_role
from archive.citation.source import Creator, Source
from archive.citation.text import one_line
from archive.citation.wording import titled
from tests.archive.citation.citation_sources import ACCESSED, KEPT, languages, sources
from tests.needs import missing

ROOT = Path(__file__).parents[3]
READER = """
const {Cite} = require("@citation-js/core"); require("@citation-js/plugin-ris");
const read = [];
for (const text of JSON.parse(require("fs").readFileSync(0, "utf8")))
  read.push(new Cite(text).data.map(({_graph, ...rest}) => rest));
process.stdout.write(JSON.stringify(read));
"""


def tags(source, language="en"):
    lines = ris.record(source, ACCESSED, language).split("\r\n")
    assert lines[-3:] == ["ER  - ", "", ""]
    return [tuple(line.split("  - ", 1)) for line in lines[:-3]]


def values(source, tag, language="en"):
    return [value for name, value in tags(source, language) if name == tag]


@pytest.fixture(scope="module")
def citation_js():
    """Reads RIS texts with citation.js, a parser that shares nothing with rispy."""
    if not shutil.which("node"):
        missing("citation.js needs Node", "make setup")
    if not (ROOT / "node_modules/@citation-js/plugin-ris").is_dir():
        missing("citation.js is not installed", "npm ci")

    def read(texts):
        done = subprocess.run(
            ["node", "-e", READER],
            input=json.dumps(texts),
            cwd=ROOT,
            text=True,
            capture_output=True,
            check=True,
            timeout=120,
        )
        return json.loads(done.stdout)

    return read


@pytest.mark.parametrize(
    ("genre", "kind"),
    [("chronology", "RPRT"), ("report", "RPRT"), ("clipping", "NEWS"), ("photograph", "ART"), ("other", "MANSCPT")],
)
def test_the_type_comes_first_and_where_it_is_kept_in_zotero_s_fields(genre, kind):
    source = Source(kind="item", id="r1", genre=genre, box="3", folder="7", call_number="URB", language="spa", **KEPT)
    found = tags(source)
    assert found[0] == ("TY", kind)
    assert dict(found)["AN"] == "Box 3, Folder 7"
    assert dict(found)["DB"] == f"{KEPT['collection']}, {KEPT['repository']}"
    assert dict(found)["CN"] == "URB"
    assert dict(found)["UR"] == KEPT["permalink"]
    assert dict(found)["Y2"] == "2026/11/24/"
    assert dict(found)["LA"] == "es"
    assert values(source, "AN", "es") == ["caja 3, carpeta 7"]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("1983-09-26", {"PY": "1983", "DA": "1983/09/26/"}),
        ("1983-09", {"PY": "1983", "DA": "1983/09//"}),
        ("1983", {"PY": "1983", "DA": "1983///"}),
        ("1992-11-09/1992-11-16", {"PY": "1992", "DA": "1992/11//", "M2": "Issued: 1992-11-09/1992-11-16"}),
        ("1992-01-29/1992-02-04", {"PY": "1992", "DA": "1992///", "M2": "Issued: 1992-01-29/1992-02-04"}),
        ("1981/1983", {"PY": "1981", "DA": "1981///", "M2": "Issued: 1981/1983"}),
        ("1982~", {"PY": "1982", "DA": "1982///", "M2": 'Issued: "[ca. 1982]"'}),
        ("1984-03~", {"PY": "1984", "DA": "1984/03//", "M2": 'Issued: "[ca. March 1984]"'}),
        ("1981?", {"PY": "1981", "DA": "1981///", "M2": 'Issued: "[1981?]"'}),
        ("1984-21", {"PY": "1984", "DA": "1984///", "M2": 'Issued: "spring 1984"'}),
        ("1982~/1984", {"PY": "1982", "DA": "1982///", "M2": 'Issued: "[ca. 1982–1984]"'}),
        ("198X", {"PY": "1980", "DA": "1980///", "M2": 'Issued: "[1980s]"'}),
        ("[1981,1982]", {"PY": "1981", "DA": "1981///", "M2": 'Issued: "[1981 or 1982]"'}),
        ("1984/..", {"PY": "1984", "DA": "1984///", "M2": 'Issued: "from 1984"'}),
        ("../1984", {"PY": "1984", "DA": "1984///", "M2": 'Issued: "until 1984"'}),
        ("19XX", {"M2": 'Issued: "[1900–1999]"'}),
        ("", {}),
    ],
)
def test_a_year_to_file_by_and_the_date_as_it_is_known_beside_it(edtf, expected):
    found = dict(tags(Source(kind="item", id="r1", date_edtf=edtf)))
    assert {tag: found[tag] for tag in ("PY", "DA", "M2") if tag in found} == expected
    if "M2" in expected and '"' in expected["M2"]:
        assert found["N1"].startswith("Date: " + expected["M2"].split('"')[1])


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("[1981?]", "1981"),
        ("ca. 1983", "1983"),
        ("invierno de 1984-1985", "1984"),
        ("a principios de 1981", "1981"),
        ("s.f.", None),
        ("No. 12345", None),
        ("años ochenta", None),
    ],
)
def test_a_date_in_words_alone_is_filed_by_the_year_it_names(words, year):
    found = dict(tags(Source(kind="item", id="r1", date_text=words)))
    assert found.get("PY") == year
    assert words == "s.f." or found["M2"] == f'Issued: "{words}"'


def test_a_record_has_one_note_and_the_item_s_own_identifier():
    source = Source(
        kind="page",
        id="r1",
        genre="clipping",
        title="Titular",
        date_edtf="1982~",
        image_number=2,
        page_count=3,
        barcode="39001",
        component_path=("Papers", "Clippings"),
        call_number="URB",
        identifier="ER-M-0030",
        abstract="What it says.",
        unreviewed=("date",),
    )
    assert values(source, "N1") == [
        "image 2; Date: [ca. 1982]; Arrangement: Papers › Clippings; Barcode of the box: 39001; "
        "The title was devised by an archivist; Taken by a machine, unreviewed: date"
    ]
    assert values(source, "AB") == ["What it says."]
    assert values(source, "CN") == ["URB, ER-M-0030"]


def test_a_page_of_a_report_is_in_sp_and_an_image_in_a_note():
    page = {"kind": "page", "id": "r1", "genre": "report", "image_number": 12, "page_count": 40}
    assert values(Source(**page, page_label="10"), "SP") == ["10"]
    assert values(Source(**page), "SP") == []
    assert values(Source(**page), "N1") == ["image 12"]
    assert values(Source(**page), "N1", "es") == ["imagen 12"]


def test_sp_of_a_manuscript_is_the_number_of_pages_never_a_page():
    source = Source(kind="page", id="r1", genre="other", page_label="7", image_number=9, page_count=40)
    assert values(source, "SP") == ["40"]
    assert values(source, "N1") == ["p. 7"]


def test_a_clipping_is_an_article_in_its_newspaper():
    source = Source(
        kind="page",
        id="r1",
        genre="clipping",
        publication="El Faro",
        publication_place="San Salvador",
        publication_page="3A",
        creators=(Creator("Ramos Paz, Ana", "reporter"), Creator("Agencia Sol")),
    )
    found = dict(tags(source))
    assert (found["T2"], found["CY"], found["SP"]) == ("El Faro", "San Salvador", "3A")
    assert values(source, "AU") == ["Ramos Paz, Ana", "Agencia Sol"]


def test_there_is_no_byte_order_mark():
    assert "".join(ris.write([Source(kind="item", id="r1")], ACCESSED, "en")).startswith("TY  - MANSCPT\r\n")


def expected(source):
    names = by_role(source.creators)
    return [one_line(name.inverted) for name in names.authors if one_line(name.inverted)]


def authors(entry):
    """Where a clipping has a translator too, citation.js calls its authors reporters: a text, or a list of several."""
    reporters = entry.get("reporter", [])
    return entry.get("author", [reporters] if isinstance(reporters, str) else reporters)


@given(st.lists(sources, min_size=1, max_size=4), languages)
@settings(max_examples=80, deadline=None)
def test_rispy_reads_any_source_back(some, language):
    text = "".join(ris.write(some, ACCESSED, language))
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|(?<!\r)\n|\r(?!\n)", text)
    read = rispy.loads(text)
    assert len(read) == len(some)
    for source, entry in zip(some, read, strict=False):
        assert entry["title"] == titled(source.title, language)
        assert entry.get("authors", []) == expected(source)
        assert entry["urls"] == [source.permalink]


def test_citation_js_reads_any_source_back(citation_js):
    some = []

    @given(sources)
    @settings(max_examples=100, database=None)
    def gather(source):  # for one start of Node
        some.append(source)

    gather()
    texts = [ris.record(source, ACCESSED, "en") for source in some]
    for source, entries in zip(some, citation_js(texts), strict=True):
        assert len(entries) == 1
        assert entries[0]["title"] == titled(source.title, "en")
        assert entries[0]["URL"] == source.permalink
        # Of a name without a letter (`0`) citation.js makes no author.
        if all(any(map(str.isalpha, creator.name)) for creator in source.creators):
            assert len(authors(entries[0])) == len(expected(source))


def test_citation_js_files_each_date_by_its_year(citation_js):
    given_dates = {
        "1992-11-09/1992-11-16": [[1992]],
        "1982~": [[1982]],
        "198X": [[1980]],
        "1981/1983": [[1981]],
        "1983-09-26": [[1983]],
        "[1981,1982]": [[1981]],
        "": None,
    }
    texts = [
        ris.record(Source(kind="item", id="r1", genre="clipping", date_edtf=edtf), ACCESSED, "en")
        for edtf in given_dates
    ]
    found = [entry[0].get("issued", {}).get("date-parts") for entry in citation_js(texts)]
    assert found == list(given_dates.values())


@pytest.mark.parametrize(
    "language, machine, archivist",
    [
        ("en", "Taken by a machine, unreviewed: title, date", "The title was devised by an archivist"),
        ("es", "Tomado por una máquina, sin revisar: título, fecha", "El título es atribuido"),
    ],
)
def test_what_a_machine_took_is_not_laid_to_an_archivist(language, machine, archivist):
    read = Source(kind="item", id="r1abc", title="Capturas", unreviewed=("title", "date"))
    assert values(read, "N1", language) == [machine]
    said = Source(kind="item", id="r1abc", title="Capturas")
    assert values(said, "N1", language) == [archivist]
