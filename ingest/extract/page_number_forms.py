"""What page number a line, or the end of one, may be: every reading of it, for its neighbours to decide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from archive import knowledge

#: Longer numbers are no page numbers.
_MOST_FIGURES = 4
#: A number of more doubtful figures than this has too many readings to be one.
_MOST_READINGS = 8
#: Pages are numbered in Roman figures in front matter, never beyond.
_MOST_ROMAN = 200
_ROMAN = re.compile(r"m*(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = dict(i=1, v=5, x=10, l=50, c=100, d=500, m=1000)
#: Around a number: dashes, brackets, points. Both sides of it, they say that it numbers the page.
_AROUND = "-–—―‐_~=*·•.,:;()[]{}<>«»\"'“”‘’/\\ "
_BOTH_SIDES = (("-–—―‐_~=*·•", "-–—―‐_~=*·•"), ("(", ")"), ("[", "]"))


def _table() -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    for row in knowledge.rows("ingest.extract", "page_number_words.tsv"):
        rows.setdefault(row["kind"], []).append(row)
    return rows


TABLE = _table()
_LABELLED = re.compile(
    r"(?:{})(?![a-z]) ?[.:°#]? ?(?:no?[.°º] ?)?(?=\S)".format(
        "|".join(sorted((row["word"] for row in TABLE["label"]), key=len, reverse=True))
    )
)
_OF = re.compile(
    r"(?P<number>[^\s/]+) ?(?P<of>{}) ?(?P<total>[^\s/]+)".format(
        "|".join(re.escape(row["word"]) for row in TABLE["of"])
    )
)
_PARTED = re.compile(r"(?P<part>[A-Z]{1,2})(?P<sign> ?[-–—.] ?| ?)(?P<number>\S{1,3})")


def _misread(kind: str) -> dict[str, str]:
    """What each character may stand for."""
    found: dict[str, str] = {}
    for row in TABLE[kind]:
        found[row["word"]] = found.get(row["word"], "") + row["means"]
    return found


_DIGITS, _LETTERS = _misread("digit"), _misread("roman")


@dataclass(frozen=True, slots=True)
class Printed:
    """One reading of a page number. `series` is what its numbers run in: empty for figures, `i` or `I` for Roman ones,
    `A-` for the parts of a report; `label` is how it is said. `sure` says that its form alone tells a page number;
    `damaged` that a letter was taken for a figure."""

    series: str
    number: int
    label: str
    sure: bool = False
    damaged: bool = False


@lru_cache(maxsize=4096)
def readings_of(text: str) -> tuple[Printed, ...]:
    """All that a line which is only a page number may say; none where it is something else.

    >>> [(one.label, one.sure) for one in readings_of("- 12 -")], [one.label for one in readings_of("Pág. l2")]
    ([('12', True)], ['12'])
    >>> [(one.series, one.number) for one in readings_of("II")], readings_of("12 de enero")
    ([('', 11), ('I', 2)], ())
    """
    text = " ".join(text.split())
    written = text.strip(_AROUND)
    if not written or len(written) > 24:
        return ()
    sure = any(text[0] in left and text[-1] in right for left, right in _BOTH_SIDES)
    plain = _folded(written)
    if len(plain) == len(written) and (label := _LABELLED.match(plain)):
        written, sure = written[label.end() :].strip(_AROUND), True
    if of := _OF.fullmatch(written):
        totals = [one.number for one in _figures(of["total"])]
        sure = sure or of["of"] == "of"
        return tuple(
            replace(one, sure=sure) for one in _figures(of["number"]) if any(one.number <= total for total in totals)
        )
    if re.fullmatch(r"\S(?: \S)+", written):  # typed with spaces between the figures
        written = written.replace(" ", "")
    readings = (*_figures(written), *_roman(written), *_parted(written))
    told = any(c.isdecimal() for c in written)
    return tuple(replace(one, sure=sure and (not one.damaged or told and not one.series)) for one in readings)


def readings_at_ends(words: Sequence[str]) -> Iterator[tuple[int, int, Printed]]:
    """The page numbers that may end or begin a running head: the numbers of their first and last word in the line, and
    each reading."""
    for at_end in (True, False):
        for length in (2, 1):
            first = len(words) - length if at_end else 0
            taken = " ".join(words[first : first + length])
            if (
                length < len(words)
                and (length == 1 or _LABELLED.match(_folded(taken)))
                and (found := readings_of(taken))
            ):
                yield from ((first, first + length - 1, one) for one in found)
                break


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def _figures(written: str) -> Iterator[Printed]:
    if not 0 < len(written) <= _MOST_FIGURES:
        return
    choices = [c if c.isascii() and c.isdecimal() else _DIGITS.get(c, "") for c in written]
    damaged = not (written.isascii() and written.isdecimal())
    if all(choices) and not (damaged and len(written) > 2 and not any(c.isdecimal() for c in written)):
        for number in _products(choices):
            if number.strip("0"):
                yield Printed("", int(number), str(int(number)), damaged=damaged)


def _roman(written: str) -> Iterator[Printed]:
    upper = sum(c.isupper() for c in written) * 2 >= sum(c.isalpha() for c in written) and written != "l"
    lower = written.lower()
    choices = [
        "".join(dict.fromkeys((c.lower() if c.lower() in _ROMAN_VALUES else "") + _LETTERS.get(c, ""))) for c in written
    ]
    if 0 < len(written) <= 8 and all(choices):
        for numeral in _products(choices):
            value = _roman_value(numeral)
            if _ROMAN.fullmatch(numeral) and 0 < value <= _MOST_ROMAN:
                yield Printed(
                    "I" if upper else "i", value, numeral.upper() if upper else numeral, damaged=numeral != lower
                )


def _roman_value(numeral: str) -> int:
    values = [_ROMAN_VALUES[c] for c in numeral]
    return sum(-value if value < after else value for value, after in zip(values, (*values[1:], 0), strict=False))


def _parted(written: str) -> Iterator[Printed]:
    """Numbers within a part: A-3."""
    if found := _PARTED.fullmatch(written):
        for one in _figures(found["number"]):
            if not one.damaged or any(c.isdecimal() for c in found["number"]):
                yield Printed(
                    f"{found['part']}-",
                    one.number,
                    f"{found['part']}{'-' if found['sign'].strip() else ''}{one.label}",
                    damaged=one.damaged,
                )


def _products(choices: Sequence[str]) -> tuple[str, ...]:
    """Every spelling, none where there are too many."""
    count = 1
    for one in choices:
        count *= len(one)
    return tuple("".join(one) for one in product(*choices)) if count <= _MOST_READINGS else ()
