"""How a spreadsheet shows a whole number by its number format: with zeros before it, and with letters and dashes."""

from __future__ import annotations

import functools
import re

#: One token of a format: a text in quotes, an escaped character, a filling or skipped one, a bracket, any other
#: character.
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([_*])(.)|\[[^\]]*\]|(.)', re.S)
_DIGITS = frozenset("0#?")
#: What stands in a format as itself, without quotes (ECMA-376, 18.8.31).
_ITSELF = frozenset("-+ ():!^&'~{}<>=$/")


def shown(number: int, number_format: str) -> str:
    """The number as a cell of this format shows it; as it is, where the format is General, groups digits, or shows
    something else than digits and letters round them (a date, a share, a power).

    >>> shown(1, '"ER-"0000'), shown(2, "0000"), shown(1234, "00-00"), shown(1234, "#,##0"), shown(5, "General")
    ('ER-0001', '0002', '12-34', '1234', '5')
    """
    pieces = _pieces(number_format)
    if pieces is None or number < 0:
        return str(number)
    places = sum(digit for digit, _ in pieces)
    digits = str(number) if number else ""
    wanted = [one for digit, one in pieces if digit]
    spare, digits = digits[: max(len(digits) - places, 0)], digits[max(len(digits) - places, 0) :]
    blank = places - len(digits)
    text, seen = "", 0
    for is_digit, one in pieces:
        if not is_digit:
            text += one
            continue
        if seen == 0:
            text += spare
        if seen >= blank:
            text += digits[seen - blank]
        elif "0" in wanted[: seen + 1]:  # from the first nought on they are shown
            text += "0"
        seen += 1
    return text.strip() or str(number)


@functools.lru_cache(maxsize=256)
def _pieces(number_format: str) -> tuple[tuple[bool, str], ...] | None:
    """The format of positive numbers as (is it a digit, which), or None where it says nothing of how the digits
    stand."""
    section = _first_section(number_format)
    if section.strip().casefold() in ("", "general", "estándar", "standard", "@"):
        return None
    pieces: list[tuple[bool, str]] = []
    for token in _TOKEN.finditer(section):
        quoted, escaped, _, filling, single = token.groups()
        if single is None:
            if quoted is not None or escaped is not None:
                pieces.append((False, quoted if quoted is not None else escaped))
            elif filling is None and re.match(r"\[(?:[<>=]|[hms]+\])", token[0]):
                return None  # a condition, or hours that go on counting
            continue
        if single in _DIGITS:
            pieces.append((True, single))
        elif single == ",":
            return None
        elif single in _ITSELF:
            pieces.append((False, single))
        elif single == "@":
            return None
        else:
            return None
    kinds = [is_digit for is_digit, _ in pieces]
    if not any(kinds) or all(kinds) and all(one != "0" for _, one in pieces):
        return None
    return tuple(pieces)


def _first_section(number_format: str) -> str:
    quoted = False
    for place, character in enumerate(number_format):
        if character == '"' and number_format[place - 1 : place] != "\\":
            quoted = not quoted
        elif character == ";" and not quoted:
            return number_format[:place]
    return number_format
