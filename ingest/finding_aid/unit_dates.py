"""The dates of a component: EAD 2002's unitdate, EAD3's unitdatestructured, in words and in EDTF (DACS 2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from archive import dates
from archive.errors import DateError
from ingest.extract.dates import find_dates
from ingest.finding_aid.words import attribute, line, tag, within

#: What EAD's @certainty says in EDTF. A date that was inferred is not thereby doubtful, so that says nothing.
_QUALIFIER = {"approximate": "~", "circa": "~", "ca": "~", "ca.": "~", "questionable": "?", "uncertain": "?"}
#: ISO 8601's basic form, which EAD 2002 allows: 19810312.
_BASIC = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})|(\d{4})-?(\d{2})|(\d{4})", re.ASCII)
#: The longest EDTF that the catalog keeps.
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class _Said:
    """One date: its words, its EDTF (empty where it has none) and whether it is of the bulk only."""

    words: str
    edtf: str
    bulk: bool


@dataclass(frozen=True, slots=True)
class UnitDates:
    """All dates of a component together. `unread` are the words for which no EDTF could be had."""

    words: str = ""
    edtf: str = ""
    unread: tuple[str, ...] = ()


def read_dates(elements: Iterable[Element]) -> UnitDates:
    """The dates that these unitdate and unitdatestructured elements say, in their order.

    The bulk dates stand in the words alone, unless there are no others.
    """
    said = [one for one in _each(list(elements)) if one.words or one.edtf]
    wide = [one for one in said if not one.bulk] or said
    words = ", ".join(dict.fromkeys(_words(one) for one in said))
    return UnitDates(
        words, _together([one.edtf for one in wide if one.edtf]), tuple(one.words for one in wide if not one.edtf)
    )


def _words(one: _Said) -> str:
    words = one.words or one.edtf
    return f"bulk {words}" if one.bulk and "bulk" not in words.casefold() else words


def _each(elements: list[Element]) -> list[_Said]:
    found: list[_Said] = []
    for place, element in enumerate(elements):
        before = elements[place - 1] if place else None
        if tag(element) == "unitdatestructured":
            found.append(_structured(element))
        elif before is not None and _says_the_same(before, element):
            # ArchivesSpace's EAD3 gives a date for machines, then the same in words.
            found[-1] = _Said(line(element) or found[-1].words, found[-1].edtf, found[-1].bulk)
        else:
            found.append(_unitdate(element))
    return found


def _says_the_same(structured: Element, words: Element) -> bool:
    return (
        tag(structured) == "unitdatestructured"
        and not attribute(words, "normal", "standarddate")
        and all(attribute(structured, name) == attribute(words, name) for name in ("unitdatetype", "datechar"))
    )


def _unitdate(element: Element) -> _Said:
    words = line(element)
    edtf = qualified(normal(attribute(element, "normal", "standarddate")), attribute(element, "certainty"))
    bulk = attribute(element, "type", "unitdatetype").casefold() == "bulk"
    return _Said(words, edtf or _read(words.strip(" .[]()")), bulk)


def _read(words: str) -> str:
    """The EDTF of words that are a date and nothing else."""
    if re.fullmatch(r"[0-9]{4}", words):
        return _parsed(words)
    found = [(one.text, one.value) for one in find_dates(words) if isinstance(one.value, dates.EdtfDate)]
    return found[0][1].edtf if len(found) == 1 and len(found[0][0]) >= len(words) else ""


def _structured(element: Element) -> _Said:
    certainty = attribute(element, "certainty")
    bulk = attribute(element, "unitdatetype").casefold() == "bulk"
    words, edtf = [], []
    for one in element.iter():
        if tag(one) == "datesingle":
            words.append(line(one))
            edtf.append(_single(one))
        elif tag(one) == "daterange":
            ends = [next(within(one, name), None) for name in ("fromdate", "todate")]
            words.append("-".join(line(end) if end is not None else "" for end in ends))
            first, last = (
                _end(end, *names)
                for end, names in zip(ends, (("notbefore", "notafter"), ("notafter", "notbefore")), strict=False)
            )
            edtf.append(normal(f"{first}/{last}") if first or last else "")
    return _Said(", ".join(filter(None, words)), qualified(_together(list(filter(None, edtf))), certainty), bulk)


def _single(element: Element) -> str:
    if known := normal(attribute(element, "standarddate")):
        return known
    first, last = normal(attribute(element, "notbefore")), normal(attribute(element, "notafter"))
    return _parsed(f"[{first}..{last}]") if first or last else ""


def _end(element: Element | None, *otherwise: str) -> str:
    return attribute(element, "standarddate", *otherwise) if element is not None else ""


def normal(written: str) -> str:
    """EAD's normalised date (ISO 8601, with a slash between the ends) as EDTF; empty where it is none.

    >>> normal("1981/1994"), normal("19810312"), normal("1981-01/1981-01"), normal("1986/9999")
    ('1981/1994', '1981-03-12', '1981-01', '1986/..')
    """
    sides = [_iso(side.strip()) for side in written.split("/")]
    if len(sides) == 2:
        first, last = sides[0] if sides[0] != "0000" else "..", sides[1] if sides[1] != "9999" else ".."
        sides = [first] if first == last else [first or "", last or ""]
    return _parsed("/".join(sides))


def _iso(written: str) -> str:
    found = _BASIC.fullmatch(written)
    return "-".join(filter(None, found.groups())) if found else written


def qualified(edtf: str, certainty: str) -> str:
    """The EDTF date with the doubt that EAD's @certainty says of it.

    >>> qualified("1981/1983", "approximate"), qualified("1981", "inferred")
    ('1981~/1983~', '1981')
    """
    mark = _QUALIFIER.get(certainty.casefold(), "")
    if not mark or not edtf or any(sign in edtf for sign in "~?%[{"):
        return edtf
    return _parsed("/".join(side + mark if side not in ("", "..") else side for side in edtf.split("/"))) or edtf


def _together(found: list[str]) -> str:
    """One EDTF expression for several dates: all of them where that can be kept, else the span that they fill."""
    found = list(dict.fromkeys(found))
    if len(found) < 2:
        return found[0] if found else ""
    if not any(
        "/" in one and (one.startswith(("/", "..")) or one.endswith(("/", ".."))) or one[0] in "[{" for one in found
    ):
        every = _parsed("{" + ",".join(one.replace("/", "..") for one in found) + "}")
        if every:
            return every
    bounds = [dates.parse(one) for one in found]
    first = min(one.earliest or date.min for one in bounds)
    last = max(one.latest or date.max for one in bounds)
    return "/".join(".." if day in (date.min, date.max) else day.isoformat() for day in (first, last))


def _parsed(edtf: str) -> str:
    try:
        return dates.parse(edtf).edtf if len(edtf) <= _LONGEST else ""
    except DateError:
        return ""
