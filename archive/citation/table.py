"""CSV for spreadsheet programs: a row a source, in the columns of the metadata spreadsheet where it has one.

UTF-8 with a byte order mark (Excel takes a CSV for its own code page otherwise), CRLF, every value quoted.
A value that a spreadsheet program would take for a formula gets an apostrophe in front, and so does one that
begins with an apostrophe: take away one leading apostrophe and the value is as it was (`unguarded`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from archive.citation import location
from archive.citation.names import each
from archive.citation.source import Source
from archive.citation.text import one_line
from archive.citation.when import known

COLUMNS = (
    "id",
    "kind",
    "genre",
    "title",
    "title_type",
    "creator",
    "creator_role",
    "date_edtf",
    "date",
    "date_cited",
    "publication",
    "publication_place",
    "publication_page",
    "page_label",
    "image_number",
    "page_count",
    "box",
    "folder",
    "barcode",
    "location",
    "component_path",
    "collection",
    "repository",
    "repository_place",
    "call_number",
    "identifier",
    "permalink",
    "accessed",
    "rights_uri",
    "rights_note",
    "language",
    "description",
    "subject",
    "unreviewed",
)
#: What begins a formula (OWASP, CSV Injection), the full-width forms included; the apostrophe keeps it undoable.
_FORMULA = tuple("=+-@'＝＋－＠")


def guarded(value: str) -> str:
    """`value`, safe to open in a spreadsheet program.

    >>> guarded("=1+1"), guarded("Report"), unguarded(guarded("'82"))
    ("'=1+1", 'Report', "'82")
    """
    return "'" + value if value.startswith(_FORMULA) else value


def unguarded(value: str) -> str:
    """The value as it was before `guarded`."""
    return value[1:] if value.startswith("'") else value


def write(sources: Iterable[Source], accessed: date, language: str) -> Iterator[str]:
    """The header, then a row a piece; several values in one cell are separated by `|`."""
    yield "\ufeff" + _line(COLUMNS)
    for source in sources:
        row = _row(source, accessed, language)
        yield _line(guarded(one_line(row[column])) for column in COLUMNS)


def _line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(values)
    return line.getvalue()


def _row(source: Source, accessed: date, language: str) -> dict[str, object]:
    row = {column: getattr(source, column, "") for column in COLUMNS}
    creators = tuple(each(source.creators))
    row.update(
        creator="|".join(creator.name for creator in creators),
        creator_role="|".join(creator.role for creator in creators),
        date=source.date_text,
        date_cited=known(source).words(language),
        location=", ".join(filter(None, (location.within(source, language), location.containers(source, language)))),
        component_path="|".join(source.component_path),
        accessed=accessed.isoformat(),
        description=source.abstract,
        subject="|".join(source.subjects),
        unreviewed="|".join(source.unreviewed),
    )
    row["creator_role"] = row["creator_role"].strip("|") and row["creator_role"]
    return {key: "" if value is None else value for key, value in row.items()}
