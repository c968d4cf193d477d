"""The names of fields that people type before a colon, as other catalogues take them: none is a field here but date.

The names are in field_names.tsv, folded, each with what it means: a facet, an element of the description, or one end of
a span of time. A word that is no such name (12:30, http://…, Sr.:) stays a word.
"""

from __future__ import annotations

from functools import cache

from archive import knowledge
from archive.search import analysis, said_dates


@cache
def _names() -> dict[str, str]:
    return {row["name"]: row["field"] for row in knowledge.rows("archive.search", "field_names.tsv")}


def meant(name: str) -> str:
    """What a name means; empty for what is no name of a field.

    >>> meant("Título"), meant("nota")
    ('title', '')
    """
    return _names().get(analysis.fold(name), "")


def instead(field: str, value: str) -> str:
    """What may be asked in the place of a field and a value: the date meant, else the value's words; empty without a
    value.

    >>> instead("before", "1983"), instead("date", "mayo de 1983"), instead("place", "San Vicente")
    ('date:..1983', 'date:1983-05', 'San Vicente')
    """
    if field in ("date", "before", "after") and (said := said_dates.said_date(value.split())):
        earliest = said.earliest if field != "before" else None
        latest = said.latest if field != "after" else None
        return f"date:{said_dates.written(earliest, latest)}"
    return value
