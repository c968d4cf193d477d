"""CSL-JSON: against the rules of the CSL 1.0.2 data schema, and dates that stay what they are."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.citation import csl
from archive.citation.source import Creator, Source
from tests.archive.citation.citation_sources import ACCESSED, KEPT, languages, sources

STRINGS = {
    "id",
    "type",
    "title",
    "container-title",
    "collection-title",
    "publisher",
    "publisher-place",
    "page",
    "genre",
    "medium",
    "archive",
    "archive-place",
    "archive_collection",
    "archive_location",
    "call-number",
    "URL",
    "language",
    "abstract",
    "keyword",
    "note",
}
NAMES = {"author", "editor", "translator"}
DATES = {"issued", "accessed"}


def check(item):
    """The schema's rules for what is used here; it allows no property that it does not name."""
    assert {"id", "type"} <= item.keys() <= STRINGS | NAMES | DATES | {"number-of-pages", "custom"}
    assert item["type"] in {"report", "article-newspaper", "graphic", "manuscript"}
    assert all(isinstance(item[name], str) and item[name] for name in STRINGS & item.keys())
    assert isinstance(item.get("number-of-pages", 1), int)
    assert isinstance(item.get("custom", {}), dict)
    for name in (name for role in NAMES & item.keys() for name in item[role]):
        assert name.keys() in ({"literal"}, {"family", "given"})
        assert all(isinstance(part, str) and part for part in name.values())
    for when in (item[name] for name in DATES & item.keys()):
        assert when.keys() <= {"date-parts", "circa", "literal"} and when
        parts = when.get("date-parts", [[1]])
        assert 1 <= len(parts) <= 2
        assert all(1 <= len(one) <= 3 and all(isinstance(number, int) for number in one) for one in parts)


@given(st.lists(sources, max_size=4), languages)
@settings(max_examples=80, deadline=None)
def test_any_sources_make_a_valid_array(some, language):
    read = json.loads("".join(csl.write(some, ACCESSED, language)))
    assert [item["id"] for item in read] == [source.id for source in some]
    for source, item in zip(some, read, strict=False):
        check(item)
        assert item["URL"] == source.permalink


@pytest.mark.parametrize(
    ("edtf", "language", "issued"),
    [
        ("1983-09-26", "en", {"date-parts": [[1983, 9, 26]]}),
        ("1983", "es", {"date-parts": [[1983]]}),
        ("1982~", "en", {"date-parts": [[1982]], "circa": True, "literal": "[ca. 1982]"}),
        ("1982?", "es", {"date-parts": [[1982]], "circa": True, "literal": "[1982?]"}),
        (
            "1992-11-09/1992-11-16",
            "es",
            {"date-parts": [[1992, 11, 9], [1992, 11, 16]], "literal": "9–16 de noviembre de 1992"},
        ),
        ("1984/..", "en", {"literal": "from 1984"}),
        ("198X", "es", {"literal": "[década de 1980]"}),
        ("[1981,1982]", "en", {"literal": "[1981 or 1982]"}),
    ],
)
def test_dates_are_exact_only_where_they_are_known_so(edtf, language, issued):
    source = Source(kind="item", id="r1", date_edtf=edtf)
    assert csl.item(source, ACCESSED, language)["issued"] == issued


def test_an_undated_item_has_no_date():
    assert "issued" not in csl.item(Source(kind="item", id="r1"), date(2026, 1, 2), "en")


def test_where_it_is_kept_and_who_made_it():
    source = Source(
        kind="page",
        id="r1",
        genre="photograph",
        box="1",
        folder="2",
        image_number=3,
        page_count=9,
        creators=(Creator("Peña Ávila, Ana", "photographer"), Creator("El Rescate")),
        **KEPT,
    )
    item = csl.item(source, ACCESSED, "es")
    assert item["archive_location"] == "caja 1, carpeta 2"
    assert item["archive"] == KEPT["repository"]
    assert item["author"] == [{"family": "Peña Ávila", "given": "Ana"}, {"literal": "El Rescate"}]
    # Zotero's Extra field takes the second line for the variable it has no field for.
    assert item["note"] == f"imagen 3\narchive_collection: {KEPT['collection']}"
