"""Sources to cite in the tests: the rows of citations.tsv, and any source at all (Hypothesis)."""

import csv
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from archive.citation.source import GENRES, Creator, Source

ACCESSED = date(2026, 11, 24)
KEPT = {
    "collection": "Sample Collection",
    "repository": "Special Collections and Archives, University Library, California State University, Northridge",
    "repository_place": "Northridge, CA",
    "permalink": "https://archive.example/ark:99999/r1sample",
}


def cases():
    """(row, source) of each case; the row's columns from `chicago_note` on are what is expected."""
    with (Path(__file__).parent / "citations.tsv").open(encoding="utf-8", newline="") as table:
        return [(row, source(row)) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


def source(row):
    """A row's source: creators are `name;role;c` (c: a corporate body), several separated by `|`."""
    creators = (one.split(";") for one in row["creators"].split("|") if one)
    text = (
        "title",
        "title_type",
        "date_edtf",
        "date_text",
        "publication",
        "publication_place",
        "publication_page",
        "page_label",
        "box",
        "folder",
    )
    return Source(
        kind=row["kind"],
        id="r1sample",
        genre=row["genre"],
        creators=tuple(Creator(name, role, corporate == "c") for name, role, corporate in creators),
        image_number=int(row["image"]) if row["image"] else None,
        page_count=int(row["pages"]) if row["pages"] else None,
        **{field: row[field] for field in text},
        **KEPT,
    )


EDTF = st.sampled_from(
    [
        "",
        "1982",
        "1982~",
        "1982?",
        "1982%",
        "198X",
        "1982-03",
        "1982-03-14",
        "1982-03-XX",
        "1982-21",
        "1982~/1984",
        "1992-11-09/1992-11-16",
        "1981/1983",
        "1981/..",
        "/1983",
        "[1981,1982]",
        "[1981..1983]",
        "{1981,1983}",
        "XXXX",
        "not a date",
    ]
)
names = st.text(min_size=1, max_size=40)
creators = st.builds(
    Creator, names, st.sampled_from(["", "author", "editor", "traductora", "donor", "?"]), st.booleans()
)
sources = st.builds(
    Source,
    kind=st.sampled_from(["page", "item"]),
    id=st.from_regex(r"r1[0-9a-z]{6}", fullmatch=True),
    genre=st.sampled_from(GENRES),
    creators=st.lists(creators, max_size=3).map(tuple),
    title=st.text(max_size=80),
    title_type=st.sampled_from(["formal", "devised"]),
    unreviewed=st.sampled_from([(), ("title",), ("title", "date")]),
    date_edtf=EDTF,
    date_text=st.text(max_size=20),
    publication=st.text(max_size=30),
    publication_place=st.text(max_size=20),
    publication_page=st.text(max_size=6),
    page_label=st.text(max_size=6),
    image_number=st.none() | st.integers(1, 999),
    page_count=st.none() | st.integers(1, 999),
    box=st.text(max_size=6),
    folder=st.text(max_size=6),
    barcode=st.text(max_size=12),
    component_path=st.lists(st.text(max_size=20), max_size=3).map(tuple),
    collection=st.text(max_size=30),
    repository=st.text(max_size=60),
    repository_place=st.text(max_size=20),
    call_number=st.text(max_size=12),
    permalink=st.from_regex(r"https://a\.example/ark:[0-9]{5}/r1[0-9a-z]{4}", fullmatch=True),
    rights_uri=st.text(max_size=30),
    rights_note=st.text(max_size=30),
    language=st.sampled_from(["", "spa", "eng", "mul", "und"]),
    abstract=st.text(max_size=60),
    subjects=st.lists(st.text(max_size=20), max_size=3).map(tuple),
)
languages = st.sampled_from(["en", "es"])
