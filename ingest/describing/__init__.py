"""Describes an item: from the spreadsheet, else from the file, else from the text, else from the file's name.

Elements that belong together (a date in words and in EDTF, a newspaper and its page) come from one
source: a scanner's date never stands beside an archivist's.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive import dates
from archive.description import Description, Statement, elements
from archive.errors import DateError
from ingest.describing.from_file import embedded_statements, title_from_caption, title_from_name
from ingest.describing.from_text import TextEvidence, text_statements
from ingest.extract.dates import find_dates

__all__ = ["TextEvidence", "describe"]

#: Elements said by one source together: those before the bar decide which, the others go with them.
_TOGETHER = (
    (("title",), ("title_type",)),
    (("creator",), ("creator_role",)),
    (("date", "date_edtf"), ("date_type",)),
    (("publication",), ("publication_place", "publication_page")),
)
#: What a genre is in the DCMI Type Vocabulary, where nothing else says.
_DCMI_TYPE = {"chronology": "Text", "report": "Text", "clipping": "Text", "photograph": "StillImage"}


def describe(
    said_by_row: Sequence[Statement] = (),
    embedded: Sequence[tuple[str, str, str]] = (),
    text: TextEvidence = TextEvidence(),
    *,
    file: str = "",
) -> Description:
    """The description of one item, with where each value came from.

    `said_by_row` are the statements of its row in a spreadsheet (or of a person); `embedded` is what its files carry:
    (element, value, detail such as `IPTC 2:120`). `file` is the path its title is devised from where nothing else gives
    one.

    >>> said = describe((), [("place", "Tecoluca", "IPTC 2:90")], file="box1/foto_12.jpg")
    >>> [(one.element, one.value, one.detail) for one in said]
    [('title', 'foto 12', 'file name'), ('title_type', 'devised', 'file name'), ('place', 'Tecoluca', 'IPTC 2:90')]
    """
    from_file = embedded_statements(embedded, file)
    from_text = text_statements(text)
    sources = (said_by_row, from_file, from_text)
    said: list[Statement] = []
    together = {element for heads, others in _TOGETHER for element in (*heads, *others)}
    for heads, others in _TOGETHER:
        if heads == ("title",):
            said += _title(sources, file)
        else:
            said += next((_of(source, *heads, *others) for source in sources if _of(source, *heads)), ())
    for element in elements():
        if element not in together:
            said += next((found for source in sources if (found := _of(source, element))), ())
    said += _date_of_words(said)
    said += _dcmi_type(said)
    return Description.of(said)


def _of(source: Sequence[Statement], *wanted: str) -> list[Statement]:
    return [one for one in source if one.element in wanted]


def _title(sources: Sequence[Sequence[Statement]], file: str) -> list[Statement]:
    """The title and its kind. What no archivist gave is devised: made of the file's words or the page's."""
    from_row, from_file, from_text = sources
    if title := _of(from_row, "title"):
        return title + _of(from_row, "title_type")
    devised = (
        next(iter(_of(from_file, "title")), None)
        or title_from_caption(from_file)
        or next(iter(_of(from_text, "title")), None)
        or title_from_name(file)
    )
    return [devised, Statement("title_type", "devised", devised.source, devised.detail)] if devised else []


def _date_of_words(said: Sequence[Statement]) -> list[Statement]:
    """EDTF for a date that was given in words alone, where the words are one date and nothing else."""
    words = next(iter(_of(said, "date")), None)
    if words is None or _of(said, "date_edtf"):
        return []
    written = words.value.strip(" .[]()")
    try:
        edtf = dates.parse(written).edtf
    except DateError:
        found = find_dates(written)
        edtf = found[0].value.edtf if len(found) == 1 and found[0].text == written and found[0].value else ""
    return [Statement("date_edtf", edtf, words.source, f"read from “{words.value}”")] if edtf else []


def _dcmi_type(said: Sequence[Statement]) -> list[Statement]:
    genre = next(iter(_of(said, "genre")), None)
    if genre is None or genre.value not in _DCMI_TYPE or _of(said, "dcmi_type"):
        return []
    return [Statement("dcmi_type", _DCMI_TYPE[genre.value], genre.source, "from the genre")]
