"""The words of dates, from date_words.tsv, as symbols that patterns can name: one character a month or weekday."""

from __future__ import annotations

from collections import defaultdict

from archive import knowledge

#: Private-use characters: `MONTH` + 3 is March, `WEEKDAY` + 1 Monday, `DAY` + 12 "doce", `TENS` + 80 "ochenta".
MONTH, CAPITAL_MONTH, WEAK_MONTH, WEEKDAY, DAY, TENS = 0xE100, 0xE110, 0xE120, 0xE130, 0xE140, 0xE180
#: A word that is a day and a year's tens, too.
_KINDS = {
    "month": MONTH,
    "capital_month": CAPITAL_MONTH,
    "weak_month": WEAK_MONTH,
    "weekday": WEEKDAY,
    "day": DAY,
    "tens": TENS,
}
#: Names shorter than this are not looked for with slips: too many words are one slip from them.
_SHORTEST_WITH_SLIPS = 4


def _table() -> dict[str, list[dict[str, str]]]:
    rows = defaultdict(list)
    for row in knowledge.rows("ingest.extract", "date_words.tsv"):
        rows[row["kind"]].append(row)
    return dict(rows)


def _slipped(word: str, slips: list[tuple[str, str]]) -> set[str]:
    """Every form of `word` with one slip of OCR, or with the same slip at each place: a worn letter is worn
    throughout."""
    once = {
        word[:i] + wrong + word[i + len(right) :]
        for right, wrong in slips
        for i in range(len(word))
        if word.startswith(right, i)
    }
    return once | {word.replace(right, wrong) for right, wrong in slips if right in word}


def _symbols(table) -> dict[str, str]:
    symbols = {
        row["word"]: chr(base + int(row["value"]))
        for kind, base in _KINDS.items()
        for row in table[kind]
        if row["word"] != "treinta"
    }
    symbols["treinta"] = chr(DAY + 30)
    slips = [(row["word"], row["value"]) for row in table["slip"]]
    found = defaultdict(set)
    for kind in ("month", "capital_month", "weekday"):
        for row in table[kind]:
            if len(row["word"]) >= _SHORTEST_WITH_SLIPS:
                for form in _slipped(row["word"], slips):
                    found[form].add(symbols[row["word"]])
    for form, meant in found.items():
        if len(meant) == 1 and form not in symbols:
            symbols[form] = meant.pop()
    return symbols


TABLE = _table()
#: Months written out, which no full stop abbreviates.
FULL_MONTHS = frozenset(
    row["word"] for kind in ("month", "capital_month") for row in TABLE[kind] if row["why"] != "abbreviation"
)
SYMBOLS = _symbols(TABLE)


def alternatives(kind: str) -> str:
    """The words (or patterns) of a kind as one alternation, longest first."""
    return "|".join(sorted((row["word"] for row in TABLE[kind]), key=len, reverse=True))


def month_number(symbol: str) -> int:
    return (ord(symbol) - MONTH) % 0x10


def is_weak(symbol: str) -> bool:
    """A month's abbreviation that is another word, too: it needs a year or a full stop."""
    return ord(symbol) >= WEAK_MONTH


def needs_capital(symbol: str) -> bool:
    return CAPITAL_MONTH <= ord(symbol) < WEAK_MONTH


def weekday_number(symbol: str) -> int:
    return ord(symbol) - WEEKDAY
