"""What a unit of search is described by: one row a field, and how its date is counted and chosen.

Facets and filters have one meaning, on both engines and for the matcher's oracle in the tests:

- A filter on a field holds of a unit that has at least one of the values chosen; filters on different
  fields all hold.
- A facet is counted under the other fields' filters, never its own, so that the count of a value is the
  total of the same request with that value alone chosen for that field.
- A unit's date is a range of days, so it has several values of `date`, its bins: every decade (`198X`), year (`1983`)
  and month (`1983-05`) that the range touches, and every day (`1983-05-12`) if it is of at most 62 days, else, for the
  grain of days, every month with a tilde (`1983-05~`: some day of it perhaps). A set (`[1984,1986]`) has no bins in the
  gaps between its members. A range open on one side or of more than a century has one bin, `~`; a unit without a date
  has one, `undated`.
- `date` is counted at one grain, the request's `date_bin`. Where values of a coarser grain are chosen, only the
  bins inside one of these are listed, which is the drill-down; their counts are those of the rule above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive import dates
from archive.access import Audience
from archive.errors import EngineOutdated, EngineRejected, QueryError
from archive.search import analysis, cost
from archive.search.analysis import Terms
from archive.search.document import Document
from archive.search.request import Bucket, SearchRequest

#: A range of more days is not counted day by day: two months are the most that "early May or June" says.
MOST_DAYS = 62
#: A range of more days is not counted at all but by `~`: it says next to nothing, and would fill every bin.
CENTURY = 36_525

#: Characters of a facet's value: Elasticsearch takes 32,766 bytes in a keyword, tantivy more.
LONGEST_VALUE = 1000

#: Control characters and halves of characters: no value has them, and an engine's protocol cannot say them.
_UNSOUND = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

#: Rejected documents named in an error.
_NAMED = 20

UNDATED = "undated"
VAST = "~"

#: The grains of the date histogram, coarse to fine.
GRAINS = ("decade", "year", "month", "day")

_SHAPES = {"decade": r"\d{3}X", "year": r"\d{4}", "month": r"\d{4}-\d\d", "day": r"\d{4}-\d\d-\d\d|\d{4}-\d\d~"}


@dataclass(frozen=True)
class Field:
    """One field: its kind (`text`, `keyword`, `date`), the msgid of its label, its Dublin Core term if any,
    whether it is a facet (and so a filter), and whether results are sorted by it."""

    name: str
    kind: str
    label: str
    dublin_core: str = ""
    facet: bool = False
    sort: bool = False


FIELDS = (
    Field("shown", "text", "Text"),
    Field("also", "text", "Other readings"),
    Field("description", "text", "Description"),
    Field("context", "text", "Description of the document"),
    Field("date", "date", "Date", "date", facet=True, sort=True),
    Field("place", "keyword", "Place", "coverage", facet=True),
    Field("language", "keyword", "Language", "language", facet=True),
    Field("genre", "keyword", "Genre", "type", facet=True),
    Field("series", "keyword", "Series", "relation", facet=True),
    Field("confidence", "keyword", "Words read right", facet=True),
    # All that it is in, down from the collection: not counted, but what searches leave out by.
    Field("component", "keyword", "Component", "isPartOf"),
)

#: What a word found in a text weighs: what another reader has, or a running head, counts less than what the page says,
#: and what is said of all pages of its document least.
WEIGHTS = {"shown": 1.0, "also": 0.5, "description": 1.0, "context": 0.25}
#: The text whose words are the document's: they find a page together with its own, never alone (archive.search.match).
OF_THE_DOCUMENT = "context"
#: The field that has the words said of a whole document, on its first page.
DESCRIBED = "description"

TEXTS = tuple(row.name for row in FIELDS if row.kind == "text")
OWN_TEXTS = tuple(name for name in TEXTS if name != OF_THE_DOCUMENT)
KEYWORDS = tuple(row.name for row in FIELDS if row.kind == "keyword")
FACETS = tuple(row.name for row in FIELDS if row.facet)


#: The steps of the facet `confidence`: of a hundred words so many or more are right, as the readers judge.
STEPS = (90, 75, 50, 0)


def step(confidence: float | None) -> tuple[str, ...]:
    """The value of the facet `confidence` of a reading; none where its reader gives none.

    >>> step(0.93), step(0.4), step(None)
    (('90',), ('0',), ())
    """
    return () if confidence is None else (str(next(one for one in STEPS if confidence * 100 >= one)),)


def bins(
    earliest: date | None, latest: date | None, gaps: Sequence[tuple[date, date]] = ()
) -> dict[str, tuple[str, ...]]:
    """The bins of a unit's date, by grain. `undated` and `~` are of every grain.

    >>> bins(date(1983, 5, 31), date(1983, 6, 1))["day"]
    ('1983-05-31', '1983-06-01')
    >>> bins(date(1984, 1, 1), date(1986, 12, 31), [(date(1985, 1, 1), date(1985, 12, 31))])["year"]
    ('1984', '1986')
    >>> bins(date(1989, 1, 1), date(1990, 12, 31))
    {'decade': ('198X', '199X'), 'year': ('1989', '1990'), 'month': ('1989-01', '1989-02', '1989-03', \
'1989-04', '1989-05', '1989-06', '1989-07', '1989-08', '1989-09', '1989-10', '1989-11', '1989-12', '1990-01', \
'1990-02', '1990-03', '1990-04', '1990-05', '1990-06', '1990-07', '1990-08', '1990-09', '1990-10', '1990-11', \
'1990-12'), 'day': ('1989-01~', '1989-02~', '1989-03~', '1989-04~', '1989-05~', '1989-06~', '1989-07~', \
'1989-08~', '1989-09~', '1989-10~', '1989-11~', '1989-12~', '1990-01~', '1990-02~', '1990-03~', '1990-04~', \
'1990-05~', '1990-06~', '1990-07~', '1990-08~', '1990-09~', '1990-10~', '1990-11~', '1990-12~')}
    """
    if earliest is None and latest is None:
        return dict.fromkeys(GRAINS, (UNDATED,))
    if earliest is None or latest is None or (length := (latest - earliest).days + 1) > CENTURY:
        return dict.fromkeys(GRAINS, (VAST,))
    first, last = earliest.year * 12 + earliest.month - 1, latest.year * 12 + latest.month - 1

    def known(values: Iterable[str]) -> tuple[str, ...]:
        """The bins that do not lie within a gap."""
        return tuple(value for value in values if not gaps or not _within(value, gaps))

    months = known(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1))
    days = length - sum((end - start).days + 1 for start, end in gaps)
    return {
        "decade": known(f"{decade:03}X" for decade in range(earliest.year // 10, latest.year // 10 + 1)),
        "year": known(f"{year:04}" for year in range(earliest.year, latest.year + 1)),
        "month": months,
        "day": known((earliest + timedelta(n)).isoformat() for n in range(length))
        if days <= MOST_DAYS
        else tuple(f"{month}~" for month in months),
    }


def _within(value: str, gaps: Sequence[tuple[date, date]]) -> bool:
    """Whether all days of a bin lie in one gap."""
    when = dates.parse(value)
    first, last = when.earliest, when.latest
    return first is not None and last is not None and any(start <= first and last <= end for start, end in gaps)


def grain(value: str) -> str | None:
    """The grain of a bin; `day` for `undated` and `~`, which are of all grains; None for what is no bin.

    >>> grain("198X"), grain("1983-05~"), grain("May")
    ('decade', 'day', None)
    """
    if value in (UNDATED, VAST):
        return "day"
    return next((name for name, shape in _SHAPES.items() if re.fullmatch(shape, value, re.ASCII)), None)


def listed(value: str, request: SearchRequest) -> bool:
    """Whether the histogram of a request lists this bin: where coarser ones are chosen, only what is inside one."""
    coarser = _coarser(request)
    return not coarser or value.startswith(coarser)


def _coarser(request: SearchRequest) -> tuple[str, ...]:
    """What the bins inside the chosen ones of a coarser grain begin with."""
    finest = GRAINS.index(request.date_bin)
    return tuple(
        chosen.rstrip("X")
        for chosen in request.filters.get("date", ())
        if chosen not in (UNDATED, VAST) and (name := grain(chosen)) is not None and GRAINS.index(name) < finest
    )


def buckets(facet: str, counts: Iterable[tuple[str, int]], request: SearchRequest) -> tuple[Bucket, ...]:
    """A facet's buckets in their order: dates that are listed by time, with `~` and `undated` last, others by
    count, then value; none of zero."""
    if facet != "date":
        often = sorted([(-count, value) for value, count in counts if count])
        return tuple([Bucket(value, -count) for count, value in often])
    coarser = _coarser(request)
    found = sorted(
        [
            (value in (VAST, UNDATED), value == UNDATED, value, count)
            for value, count in counts
            if count and (not coarser or value.startswith(coarser))
        ]
    )
    return tuple([Bucket(value, count) for _, _, value, count in found])


def check(request: SearchRequest) -> None:
    """Raises QueryError for a filter, facet or grain that there is not, a slice that is none, or a query that costs too
    much."""
    cost.check(request.query)
    for name in (*request.filters, *request.facets):
        if name not in FACETS:
            raise QueryError("there is no such filter", item=name, remedy=f"Filters are {', '.join(FACETS)}.")
    for value in (value for chosen in request.filters.values() for value in chosen):
        if _UNSOUND.search(value):
            raise QueryError(
                "there is no such value to filter by", item=ascii(value), remedy="Choose one that is listed."
            )
    if request.date_bin not in GRAINS:
        raise QueryError(
            "there is no such grain of dates", item=request.date_bin, remedy=f"Grains are {', '.join(GRAINS)}."
        )
    if request.offset < 0 or request.size < 0:
        raise QueryError("there is no such page", item=str(request.offset), remedy="Pages begin at the first hit.")


#: Hits into which a result may be paged: nobody reads so many, and to rank more costs an engine what no page is worth.
#: It is also what Elasticsearch gives by offset (index.max_result_window). An export has all.
FARTHEST = 10_000
TOO_FAR = "this is farther into the result than pages go"


def check_reach(request: SearchRequest, total: int) -> None:
    """Raises QueryError for a page of hits that is there, but farther than FARTHEST."""
    if request.size and request.offset + request.size > FARTHEST and request.offset < total:
        raise QueryError(
            TOO_FAR,
            item=str(request.offset),
            remedy="Narrow the search, turn its order by date round, or take all as a file of citations.",
        )


def others(request: SearchRequest, facet: str) -> dict[str, tuple[str, ...]]:
    """The filters that a facet is counted under."""
    return {name: values for name, values in request.filters.items() if values and name != facet}


def withheld(request: SearchRequest) -> dict[str, tuple[str, ...]]:
    """Ids of withheld units, by the field that names them; a field by which none is withheld is left out."""
    return {
        name: values
        for name, values in (("item", request.withheld.items), ("component", request.withheld.components))
        if values
    }


def mark(version: str, default: str) -> str:
    """What an index is marked with: what it was built with, and under which access of what no rule speaks of."""
    return f"{version}, {default}" if default else version


def outdated(built: str, wanted: str, index: str) -> EngineOutdated:
    """The error that says why an index is to be built anew, by its mark and the one that it should have."""
    if built.rpartition(", ")[0] == wanted.rpartition(", ")[0]:
        return EngineOutdated(
            "the index was built under another access.default, and may not be searched under this one", item=index
        )
    return EngineOutdated("the index was built by another version", item=index)


def keywords(document: Document) -> dict[str, tuple[str, ...]]:
    """The values of a unit's keyword fields, each once; its date's are `bins`."""
    return {name: tuple(dict.fromkeys(document.facets.get(name, ()))) for name in KEYWORDS}


#: Words that a text is taken to have where a unit has none of it.
_ABSENT = {"shown": 1, "also": 8, "description": 24, "context": 24}


def analysed(document: Document) -> dict[str, Terms]:
    """The terms of all texts of a unit, by field."""
    return {name: analysis.tokens(document.texts.get(name, ())) for name in TEXTS}


def streams(terms: Mapping[str, Terms]) -> dict[str, str]:
    """The terms of all texts of a unit, by `<field>_<stream>`, as both engines index them.

    What is absent is filled with places without a term, as many as such a text usually has words. BM25 weighs a
    word by how many units have the field and how long it is on average; tantivy takes for that all units and Lucene
    those that have it, and one ranking on both needs that these are the same.
    """
    return {
        f"{name}_{stream}": text or " ".join([analysis.PLACE] * _ABSENT[name])
        for name in TEXTS
        for stream, text in terms[name].streams._asdict().items()
    }


def faults(document: Document) -> list[str]:
    """Why an engine does not take a document: names only, never its words; empty where it does."""
    found = [f"unknown text {name}" for name in document.texts if name not in TEXTS]
    found += [f"unknown facet {name}" for name in document.facets if name not in KEYWORDS]
    found += [
        f"a value of {name} is empty, too long or no text"
        for name, values in document.facets.items()
        if not all(
            isinstance(value, str) and 0 < len(value) <= LONGEST_VALUE and not _UNSOUND.search(value)
            for value in values
        )
    ]
    if not 0 <= document.ordinal < 1 << _ORDINAL_BITS:
        found.append("its ordinal is out of range")
    if document.earliest and document.latest and document.latest < document.earliest:
        found.append("its date ends before it begins")
    return found


def rejection(rejected: Sequence[str]) -> EngineRejected:
    """The error that names the documents an engine did not take, each with its reason."""
    more = f" and {len(rejected) - _NAMED} more" if len(rejected) > _NAMED else ""
    return EngineRejected(f"the index did not take {len(rejected)} records: {'; '.join(rejected[:_NAMED])}{more}")


def admit(request: SearchRequest, audience: Audience) -> None:
    """Refuses a request made for another audience than the index is of: that is a fault of the program."""
    if request.audience is not audience:
        raise ValueError(f"a request for {request.audience} was put to the index for {audience}")


def day_bounds(document: Document) -> tuple[int, int] | None:
    """Its first and last day as numbers (`date.toordinal`), an open side at the calendar's end; None if undated."""
    if document.earliest is None and document.latest is None:
        return None
    return (document.earliest or date.min).toordinal(), (document.latest or date.max).toordinal()


#: The fields that hold the gaps in a unit's date: the first and the last day of each.
GAPS = tuple((f"gap{n}_first", f"gap{n}_last") for n in range(1, dates.MOST_GAPS + 1))


def day_gaps(document: Document) -> dict[str, int]:
    """The gaps in its date as numbers, as `day_bounds`."""
    return {
        name: day.toordinal()
        for names, gap in zip(GAPS, document.gaps, strict=False)
        for name, day in zip(names, gap, strict=False)
    }


#: Bits of the packed sort keys that are the ordinal's: 2 ** 40 units are beyond any archive.
_ORDINAL_BITS = 40
#: Sorts after every day there is.
_NO_DAY = date.max.toordinal() + 1


def sort_keys(document: Document) -> tuple[int, int]:
    """The packed integers that order by date, oldest first and newest first, both ascending.

    A unit stands by its earliest day (by its latest where the beginning is open), the undated last, and units
    of one day by ordinal, in both orders.
    """
    day = document.earliest or document.latest
    oldest = day.toordinal() if day else _NO_DAY
    newest = date.max.toordinal() - oldest if day else _NO_DAY
    return (oldest << _ORDINAL_BITS) | document.ordinal, (newest << _ORDINAL_BITS) | document.ordinal
