"""The forms that dates take in the papers: a folded text in, spans out, nothing yet decided.

The patterns see a text in which months, weekdays and numbers in words are single symbols (see date_words).
Every form is one row of `FORMS`; where forms overlap the longer wins, then the earlier row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from ingest.extract import date_words
from ingest.extract.date_words import alternatives
from ingest.extract.folded import Folded
from ingest.extract.mention import Span


def _symbol_class(base: int, first: int, last: int) -> str:
    return f"{chr(base + first)}-{chr(base + last)}"


_MONTHS = "".join(
    _symbol_class(base, 1, 12) for base in (date_words.MONTH, date_words.CAPITAL_MONTH, date_words.WEAK_MONTH)
)
#: With its full stop, or a raised o behind that: "feb.º".
_M = rf"[{_MONTHS}](?:\.o(?![a-z])\.?|\.)?"
#: "de" as OCR has it: a day or month before it and a month or year behind it bound what is taken for it.
_DE = f"(?:{alternatives('de')})"
_WD = f"[{_symbol_class(date_words.WEEKDAY, 1, 7)}]"
_DAY_WORD = f"[{_symbol_class(date_words.DAY, 1, 30)}]"
_UNIT = f"[{_symbol_class(date_words.DAY, 1, 9)}]"
_TENS = f"[{_symbol_class(date_words.TENS, 30, 90)}{chr(date_words.DAY + 30)}]"

#: A day of the month in figures, with what OCR makes of 1 and 0.
_D = r"(?:(?:[12][0-9]|3[01]|0?[1-9]|[li|][0-9]|[12][li|]|3[0oli|]|[12][oOl])(?![0-9]))"
#: In words, "treinta y uno" being one day; and in a list, where it would be two.
_DW = rf"(?:{chr(date_words.DAY + 20)} y {_UNIT}|{chr(date_words.DAY + 30)} y {chr(date_words.DAY + 1)}|{_DAY_WORD})"
_DL = rf"(?:{_D}|[{_symbol_class(date_words.DAY, 1, 19)}{_symbol_class(date_words.DAY, 21, 29)}])"
#: What follows a day: English 12th, Spanish 1o., 1ro., 1er.
_ORD = (
    r"(?: ?(?:st|nd|rd|th|d|(?<=1)(?<![0-9]1)\.?[o°](?![a-z0-9])\.?|er\.?|ro\.?)(?![a-z])|(?<=1)\.(?:er|ro)(?![a-z])\.?"
    r"|(?<=1)(?<![0-9]1) °|(?<=[li|])(?<![0-9a-z][li|])(?:°|\.?o(?![a-z0-9])\.?))?"
)
_Y4 = r"(?:(?:19|20)[0-9]{2}|[li|]9[0-9]{2}|19[0-9][ol]|19o[0-9]|1g[0-9]{2})(?![0-9])"
#: With its thousands apart, as typists did: only where "de" stands before it.
_Y4_PARTED = r"[1li|][. ]9[0-9ol]{2}(?![0-9]|[.,][0-9])"
#: Of which a letter cannot be read: it decides nothing, and no other year stands for it.
_Y4_UNREAD = r"[1li|]9(?:[0-9][a-z?*]|[a-z?*][0-9])(?![a-z0-9])"
_Y2 = r"['’‘`]?[0-9]{2}(?![0-9:a-z]|[.,][0-9])"
#: Two figures that can only be a year of the century: beyond the days of a month.
_Y2_SURE = r"(?:['’‘`][0-9]{2}|[3-9][0-9])(?![0-9:a-z%]|[.,][0-9])"
_Y_WORDS = rf"mil novecientos {_TENS}(?: y {_UNIT})?"
_Y = rf"(?:{_Y4}|{_Y_WORDS})"
#: "of this year", "of last year": counted from the year of the context.
_THIS = r"(?P<this>,? (?:del? (?:presente|corriente)(?: ano)?|de este ano|del ano en curso|(?:of )?this year))"
_LAST = r"(?P<last>,? (?:del ano (?:pasado|anterior)|(?:of )?last year))"


def _year(name: str) -> str:
    """The year after a day and a month, by comma, space, `de`, slash or hyphen; or this or last year."""
    return (
        rf"(?:(?:,? (?:(?:del|{_DE}) (?:ano )?(?:de )?)?| ?[/-] ?|,)(?P<{name}>{_Y})"
        rf"|,? (?:del|{_DE}) (?:ano )?(?:de )?(?P<{name}d>{_Y4_PARTED})|,? (?:del|{_DE}) (?P<{name}u>{_Y4_UNREAD})"
        rf"|(?:,? del? (?:ano )?| ?/ ?|-)(?P<{name}b>{_Y2})|,? ?(?P<{name}c>{_Y2_SURE}))"
    )


def _tail(name: str = "y") -> str:
    return rf"(?:{_year(name)}|{_THIS}|{_LAST})?"


_OF = rf"(?: de(?:l mes de)? | del | {_DE} | of |,? ?)"
_TO = r"(?: ?[-–—] ?| (?:al?|hasta(?: el)?|to|through|thru|until|till) )"
_AND = r",? (?:y|e|and|&|i) (?:el |the )?"
_OR = r",? (?:o|u|or) (?:el |the )?"
_ABOUT = rf"(?:(?P<about>(?<![a-z])(?:{alternatives('about')})) (?:el |the |del? )?)?"
_PART = rf"(?:(?P<part>(?<![a-z])(?:{alternatives('part')}) ?))?"
_WEEKDAY = rf"(?:(?P<wd>{_WD})\.?,? (?:el |the |dia )*)?"
_SECOND_EN = (
    rf"(?:{_WD},? )?(?P<m2>{_M}) (?P<d2>{_D}){_ORD}"
    rf"(?:,? (?P<y>{_Y})|,? ?(?P<yc>{_Y2_SURE})|{_THIS}|{_LAST})?"
)
_B = r"(?<![a-z0-9])"
_NB, _NE = r"(?<![0-9/.-])", r"(?![0-9/-]|[.,][0-9])"
_N = r"[0-3]?[0-9]"
_YN = r"(?:(?:19|20)[0-9]{2}|[0-9]{2})"
_YN_SURE = r"(?:(?:19|20)[0-9]{2}|[3-9][0-9])"
_END = r"(?![a-z0-9])"

FORMS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        # 17, 18 y 19 de mayo de 1983
        (
            "day-list",
            rf"{_B}(?:dias )?(?P<days>{_DL}(?:, ?{_DL}){{0,12}}{_AND}{_DL}){_ORD}{_OF}(?P<m>{_M}){_tail()}{_END}",
        ),
        ("day-choice", rf"{_B}(?P<days>{_DL}(?:, ?{_DL}){{0,12}}{_OR}{_DL}){_ORD}{_OF}(?P<m>{_M}){_tail()}{_END}"),
        # May 17, 18 and 19, 1983
        (
            "day-list-en",
            rf"{_B}(?P<m>{_M}) (?P<days>{_D}{_ORD}(?:, ?{_D}{_ORD}){{0,12}}{_AND}{_D}){_ORD}"
            rf"(?:,? (?P<y>{_Y})|,? (?P<yc>{_Y2_SURE}))?{_END}",
        ),
        # del 29 de enero al 4 de febrero de 1990; 29 JANUARY TO 4 FEBRUARY; entre el 3 de mayo y el 5 de junio
        (
            "day-range-months",
            rf"{_B}(?:del? |from )?{_WEEKDAY}(?P<d>{_D}){_ORD}{_OF}(?P<m>{_M}){_tail('y1')}"
            rf"{_TO}(?:{_WD},? )?(?P<d2>{_D}){_ORD}{_OF}(?P<m2>{_M}){_year('y')}?{_END}",
        ),
        (
            "day-range-months",
            rf"{_B}(?:entre|between) (?:el |the )?(?P<d>{_D}){_ORD}{_OF}(?P<m>{_M}){_tail('y1')}"
            rf"{_AND}(?P<d2>{_D}){_ORD}{_OF}(?P<m2>{_M}){_year('y')}?{_END}",
        ),
        # January 29 - February 4, 1990; December 28, 1989 - January 3, 1990; between March 3 and March 5, 1984
        ("day-range-months-en", rf"{_B}(?P<m>{_M}) (?P<d>{_D}){_ORD}(?:,? (?P<y1>{_Y}))?{_TO}{_SECOND_EN}{_END}"),
        (
            "day-range-months-en",
            rf"{_B}between (?P<m>{_M}) (?P<d>{_D}){_ORD}(?:,? (?P<y1>{_Y}))?{_AND}{_SECOND_EN}{_END}",
        ),
        # 9-16 de noviembre de 1992; del 9 al 16 de noviembre; entre el 9 y el 16 de noviembre
        (
            "day-range",
            rf"{_B}(?:entre el |del? |from |semana )?(?P<d>{_D}){_ORD}{_TO}"
            rf"(?P<d2>{_D}){_ORD}{_OF}(?P<m>{_M}){_tail()}{_END}",
        ),
        ("day-range", rf"{_B}entre el (?P<d>{_D}){_ORD} y el (?P<d2>{_D}){_ORD}{_OF}(?P<m>{_M}){_tail()}{_END}"),
        # November 9-16, 1992
        (
            "day-range-en",
            rf"{_B}(?P<m>{_M}) (?P<d>{_D}){_ORD}{_TO}(?P<d2>{_D}){_ORD}"
            rf"(?:,? (?P<y>{_Y})|,? ?(?P<yc>{_Y2_SURE})|{_THIS}|{_LAST})?{_END}",
        ),
        # lunes 12 de marzo de 1984; 12 JAN 90; 12th of March 1984; 12-mar-84
        (
            "day",
            rf"{_B}{_ABOUT}{_WEEKDAY}(?:el |the )?(?P<d>{_D}|[li|](?=\.?o|°))(?P<ord>{_ORD})"
            rf"(?:(?: dias)?{_OF}|[-/. ])(?P<m>{_M}){_tail()}{_END}",
        ),
        # doce de marzo de mil novecientos ochenta y cuatro
        (
            "day",
            rf"{_B}{_ABOUT}{_WEEKDAY}(?:el )?(?P<d>{_DW})(?: dias?)? (?:del|{_DE}) (?:mes de "
            rf")?(?P<m>{_M}){_tail()}{_END}",
        ),
        # Monday, March 12, 1984; ENERO 12, 1984; enero 12 de 1984; marzo 12/84
        (
            "day-en",
            rf"{_B}{_ABOUT}{_WEEKDAY}(?P<m>{_M}) ?(?:the )?(?P<d>{_D}){_ORD}"
            rf"(?:(?:,? (?:del? )?|,)(?P<y>{_Y})|,? ?(?P<yc>{_Y2_SURE})|(?: ?/ ?| del? )(?P<yb>{_Y2})"
            rf"|{_THIS}|{_LAST})?{_END}",
        ),
        # mayo-junio de 1983; May and June 1983; de enero a marzo de 1984
        (
            "month-range",
            rf"{_B}(?P<m>{_M})(?: ?[-–—/] ?| (?:al?|to|through|hasta) |{_AND})(?P<m2>{_M})"
            rf"(?:(?:,? (?:del? (?:ano )?)?(?:of )?| ?[-/] ?)(?P<y>{_Y})|,? ?(?:del? )?(?P<yc>{_Y2_SURE})"
            rf"|{_THIS}|{_LAST}){_END}",
        ),
        # November 1989 - January 1990
        ("month-range", rf"{_B}(?P<m>{_M}),? (?:del? )?(?P<y1>{_Y}){_TO}(?P<m2>{_M}),? (?:del? )?(?P<y>{_Y}){_END}"),
        # marzo 1984; marzo de 1984; March, 1984; mar-84; MARZO/84
        (
            "month",
            rf"{_B}{_ABOUT}{_PART}(?P<m>{_M})"
            rf"(?:(?:,? ?(?:(?:del|{_DE}) (?:ano )?|of )?| ?[-/] ?)(?P<y>{_Y})|(?:,? del? | ?[-/] ?)(?P<yb>{_Y2})"
            rf"| (?:del|{_DE}) (?:ano (?:de )?)?(?P<yd>1\.9[0-9]{{2}}(?![0-9]|[.,][0-9])(?! [a-z]{{4,}}))"
            rf"|,? ?(?P<yc>{_Y2_SURE})|{_THIS}|{_LAST}){_END}",
        ),
        # [¿noviembre? 1988]; [noviembre de 1988?]; [1988?]; [1988]: an archivist's brackets
        ("month", rf"(?P<doubt>¿)(?P<m>{_M})\?,? (?:de )?(?P<y>{_Y})"),
        ("month", rf"(?<=\[)(?P<m>{_M}),? (?:de )?(?P<y>{_Y})(?P<doubt>\?)(?=\])"),
        ("year", rf"(?<=\[)(?P<y>{_Y4})(?P<doubt>\?)?(?=\])"),
        # en marzo; durante el mes de marzo; last March is not decided
        (
            "month-alone",
            rf"{_B}(?:(?P<part>(?:{alternatives('part')}) )"
            rf"|(?:en|in|during|durante|desde|since|until|hasta|for|through) )"
            rf"(?:el )?(?:(?:the )?mes de |(?:the )?month of )?(?P<m>{_M})(?! ?[0-9]){_END}",
        ),
        ("month-alone", rf"{_B}(?:mes de |month of )(?P<m>{_M})(?! ?[0-9]){_END}"),
        # LUNES 12; Monday 12: a heading of a chronology whose month stands above
        (
            "weekday-day",
            rf"{_B}(?P<wd>{_WD})(?:\.? ?(?=[0-9])|,? (?:el |the |dia )*)(?P<d>{_D}){_ORD}"
            rf"(?![a-z0-9/:]|[.,][0-9]| ?[{_MONTHS}])",
        ),
        # 1984-03-12
        ("iso", r"(?<![0-9/.-])(?P<y>(?:19|20)[0-9]{2})(?P<s>[-/])(?P<n>[0-9]{2})(?P=s)(?P<d>[0-9]{2})(?![0-9/-])"),
        # 12-III-84; 21.III.2002; 12/1V/84
        (
            "roman",
            rf"{_B}(?P<d>[0-3]?[0-9]) ?(?P<s>[-/.– ]) ?(?=1*[ivxl|]|111[^1])(?P<r>[ivx1l|]{{1,4}}) ?(?P=s) ?"
            rf"(?P<y>(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![0-9a-z])",
        ),
        # 11/6-16/92
        ("month/day-day", rf"{_NB}(?P<n>{_N})/(?P<d>{_N})[-–](?P<d2>{_N})/(?P<y>{_YN_SURE}){_NE}"),
        # 6-16/11/92
        ("day-day/month", rf"{_NB}(?P<d>{_N})[-–](?P<d2>{_N})/(?P<n>{_N})/(?P<y>{_YN}){_NE}"),
        # 11/6/92-11/16/92
        (
            "numeric-range",
            rf"{_NB}(?P<a>{_N})/(?P<b>{_N})/(?P<y1>{_YN}){_TO}(?P<a2>{_N})/(?P<b2>{_N})/(?P<y>{_YN}){_NE}",
        ),
        # 7/13-8/10; 7/13-8/10/92
        ("numeric-range", rf"{_NB}(?P<a>{_N})/(?P<b>{_N}){_TO}(?P<a2>{_N})/(?P<b2>{_N})(?:/(?P<y>{_YN}))?{_NE}"),
        # 3/4/84; 12-03-84; 3.4.1984
        ("numeric", rf"{_NB}(?:(?P<wd>{_WD})\.?,? )?(?P<a>{_N})(?P<s>[/.-])(?P<b>{_N})(?P=s)(?P<y>{_YN}){_NE}"),
        # Monday 3/12; (LPG 3/12)
        ("numeric-short", rf"{_NB}(?P<wd>{_WD})\.?,? (?P<a>{_N})/(?P<b>{_N}){_NE}"),
        ("numeric-short", rf"(?<=[a-z] )(?P<a>{_N})/(?P<b>{_N})(?=\))"),
        # 1981-1983; 1981-83; 1981 a 1983; between 1981 and 1983
        (
            "year-range",
            rf"{_B}{_ABOUT}(?P<y1>{_Y4})(?: ?[-–—/] ?| (?:al?|to|through|hasta) )"
            rf"(?P<y>{_Y4}|[0-9]{{2}}(?![0-9/-])){_END}",
        ),
        ("year-range", rf"{_B}(?:(?<=entre )|(?<=between ))(?P<y1>{_Y4}) (?:y|and) (?P<y>{_Y4}){_END}"),
        # en 1981 o 1983; los años 1981 y 1982
        (
            "year-list",
            rf"{_B}(?:(?<=anos )|(?<=years )|(?<=in )|(?<=en ))(?P<y1>{_Y4}) (?P<joint>y|and|o|or)"
            rf" (?P<y>{_Y4}){_END}",
        ),
        # the 1980s; los años 80; década de los ochenta; the eighties
        ("decade", rf"{_B}{_PART}(?:the )?(?P<decade>19[0-9]0)['’]?s{_END}"),
        (
            "decade",
            rf"{_B}{_PART}(?:(?:la )?decada del? (?:los )?(?:anos )?|(?:los )?anos )['’]?"
            rf"(?:(?P<decade>19[0-9]0)|(?P<tens>[1-9]0|{_TENS}))(?![0-9])(?!,? ?(?:al?|-) ?[0-9]){_END}",
        ),
        ("decade", rf"{_B}{_PART}(?:the )['’]?(?P<tens>[1-9]0(?=['’]?s(?![a-z]))|{_TENS})(?:['’]?s)?{_END}"),
        # circa 1982; a principios de 1981; in 1984; en el año 1984; (1984)
        (
            "year",
            rf"{_B}(?:(?P<about>{alternatives('about')}) (?:el |the )?(?:ano |year )?|"
            rf"(?P<part>{alternatives('part')}) ?(?:el )?(?:ano |year )?(?:de )?)+(?P<y>{_Y}){_END}",
        ),
        (
            "year",
            rf"{_B}(?:(?:in|en|since|desde|de|del|of|from|until|hasta|during|durante|by|el|year) )(?:el |the )?"
            rf"(?:(?:ano|year|of|de) )*(?P<y>{_Y4}){_END}",
        ),
        ("year", rf"(?<=\()(?P<y>{_Y4})(?=\))"),
        ("year", rf"{_B}ano (?:de )?(?P<y>{_Y}|1\.9[0-9]{{2}}(?![.,][0-9])){_END}"),
        ("year", rf"{_B}(?P<y>{_Y_WORDS}){_END}"),
    )
)

#: Words that stand before a date and are no part of it: the mention starts after them.
_LEAD = re.compile(
    r"(?:dias|entre|between|el|los|del?|from|semana|en|in|during|durante|desde|since|until|hasta"
    r"|for|through|by|of|the|year|ano|la|of) "
)
_NAME_BEFORE = re.compile(rf"(?:{alternatives('name_before')})\.?[ -](?:el |del? |la )?$")
_NAME_AFTER = re.compile(rf"^['’]?s? ?(?:{alternatives('name_after')})(?![a-z])")


def find_spans(folded: Folded) -> Iterator[Span]:
    """The spans of `folded` that have a date's form, in order, none overlapping.

    Left out are names that hold a date (Colonia 15 de Septiembre, the 28 February Leagues) and months that
    may be another word ("may", "mar") where no year, capital or full stop says otherwise.
    """
    marked = folded.marked(date_words.SYMBOLS)
    text = marked.text
    found = []
    for (low, high), (rank, (rule, pattern)) in product(_windows(text), enumerate(FORMS)):
        for match in pattern.finditer(text, low, high):
            start = match.start()
            while lead := _LEAD.match(text, start, match.end()):
                if _group_starts(match, start):
                    break
                start = lead.end()
            if start < match.end() and _is_date(rule, marked, match, start):
                found.append((start, match.end(), rank, rule, match))
    found.sort(key=lambda one: (-marked.length(one[4].start(), one[1]), one[2], one[0]))
    taken: list[tuple] = []
    for one in found:
        if all(one[1] <= other[0] or other[1] <= one[0] for other in taken):
            taken.append(one)
    for start, end, _, rule, match in sorted(taken, key=lambda one: one[0]):
        parts = {name: value for name, value in match.groupdict().items() if value is not None}
        if parts.get("ord") == "o" and marked.original(*match.span("ord")) == "O":
            # "1o" is the first; a capital O may as well be a nought, which folding hides.
            parts["d"] += "O"
        if text[end - 1] == "." and marked.original(end - 2, end - 1).lower() in date_words.FULL_MONTHS:
            # The full stop ends the sentence, not an abbreviation.
            end -= 1
        yield Span(*marked.span(start, end), rule, parts)


#: Every date has a figure, a month or a year in words, with at most so many letters before, between and after.
_ANCHOR = re.compile(rf"[0-9{_MONTHS}]|{_TENS}")
_REACH = 60


def _windows(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` where a date can be: the patterns need not try the rest."""
    windows: list[tuple[int, int]] = []
    for found in _ANCHOR.finditer(text):
        low, high = max(0, found.start() - _REACH), found.end() + _REACH
        if windows and low <= windows[-1][1]:
            windows[-1] = windows[-1][0], high
        else:
            windows.append((low, high))
    return windows


def _group_starts(match: re.Match, start: int) -> bool:
    return any(match.start(name) == start for name in match.groupdict() if match[name] is not None)


def _has_month(parts) -> bool:
    return all(
        min(int(parts[a]), int(parts[b])) in range(1, 13) and 0 < max(int(parts[a]), int(parts[b])) < 32
        for a, b in (("a", "b"), ("a2", "b2"))
        if parts.get(a)
    )


def _is_heading(marked: Folded, match: re.Match) -> bool:
    """Whether a weekday and a number begin the text or end at a line's end or a stop: not "el lunes 12 soldados"."""
    end = marked.span(match.start(), match.end())[1]
    return match.start() == 0 or re.match(r"[ \t]*(?:$|[\n.,:;()—–-])", marked.source[end : end + 5]) is not None


def _is_date(rule: str, marked: Folded, match: re.Match, start: int) -> bool:
    parts = match.groupdict()
    if rule.startswith("numeric") and not _has_month(parts):
        return False
    if rule == "month" and parts.get("yc") and date_words.is_weak(parts["m"][0]) and not parts["m"].endswith("."):
        return False
    ordinal = parts.get("ord")
    if (
        ordinal
        and ordinal[0] == "o"
        and parts["d"] in ("l", "i", "|")
        and marked.original(*match.span("ord"))[0] not in "º°"
    ):
        return False  # "lo de mayo": an article
    if rule == "weekday-day" and not _is_heading(marked, match):
        return False
    has_year = any(parts.get(name) for name in ("y", "yb", "yc", "yd", "yu", "y1", "y1d", "this", "last"))
    if has_year:
        return True
    for name in ("m", "m2"):
        symbol = parts.get(name)
        if not symbol:
            continue
        if date_words.is_weak(symbol[0]) and not symbol.endswith("."):
            return False
        if date_words.needs_capital(symbol[0]) and not marked.is_capitalised(match.start(name)):
            return False
    if parts.get("m"):
        before, after = match.string[max(0, start - 30) : start], match.string[match.end() : match.end() + 30]
        if _NAME_BEFORE.search(before) or _NAME_AFTER.search(after):
            return False
    return True
