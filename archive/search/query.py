"""What is searched for: the text of a query parsed to an immutable tree, and the tree said as text again.

The syntax:

    capitán Flores            both words (accents, case and endings aside)
    "lugar conocido como"     a phrase: these words, one after another, accents and case aside
    masacre OR massacre       either; `|` says the same. AND, which may be written, binds closer than OR
    -ejército                 not; NOT says the same. Nothing but negatives: all units but those
    desapar*                  any word that begins so
    (a OR b) c                parentheses
    date:1983  fecha:1983-05  units whose own date may lie in it: EDTF, or `1982..1984`, `..1984`, `1982..`
    *                         everything, as does an empty query

OR, AND and NOT are operators in capitals only, and there is no Spanish for them: O, Y and NO are words too
frequent to be spared. Everything else that is no letter and no digit is punctuation, which is dropped; so are
quotation marks, parentheses and operators that have lost their other half. What cannot be asked (nothing
left to look for, `*` within a word, a date that is none, too much) raises QueryError.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from archive import dates
from archive.errors import DateError, QueryError
from archive.search import analysis, written

#: Words, phrases and dates in one query: beyond it a text was pasted, and engines refuse it in ways of their own.
MOST_LEAVES = 200
#: Operators within operators: Elasticsearch takes 30 of its own, of which one of ours makes up to two.
DEEPEST = 10

NO_WORD = "there is no word to look for"
STAR_WITHIN = "* may stand only at the end of a word"
NO_DATE = "this is no date"
TOO_LONG = "the query is too long"
TOO_DEEP = "there are too many parentheses within parentheses"

REMEDIES = {
    NO_WORD: "Type at least one word or number.",
    STAR_WITHIN: "Write the beginning of the word and then *, as in desapar*.",
    NO_DATE: "Write date:1983, date:1983-05, date:1983-05-12 or date:1982..1984.",
    TOO_LONG: "Look for fewer words at a time.",
    TOO_DEEP: "Write it with fewer parentheses.",
}


class Query:
    """A tree of what is looked for. `str()` says it as text, which `parse` reads to the same tree."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Word(Query):
    """A written word. Folded or stemmed it equals one of the text; if it has several tokens, they follow each other."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase(Query):
    """Written words whose folded tokens follow each other, within one field."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f'"{" ".join(self.words)}"'


@dataclass(frozen=True, slots=True)
class Prefix(Query):
    """Any word that, folded, begins as `text` does; it has one token."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class DateRange(Query):
    """Units whose own date may lie between two days, both counted; None is an open side."""

    earliest: date | None
    latest: date | None

    def __str__(self) -> str:
        return f"date:{_said(self.earliest, self.latest)}"


@dataclass(frozen=True, slots=True)
class Everything(Query):
    """All units."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class And(Query):
    """Units that match every part, each in any field. Made by `all_of`."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or(Query):
    """Units that match at least one part. Made by `any_of`."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, And) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not(Query):
    """All units but those that match."""

    part: Query

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, (And, Or, Not)) else f"-{self.part}"


EVERYTHING = Everything()


def all_of(parts: Iterable[Query]) -> Query:
    """Units that match all parts; what asks for everything adds nothing, and initials in a row are one abbreviation.

    >>> all_of([Word("a"), EVERYTHING, all_of([Word("b"), Word("c")])])
    And(parts=(Word(text='a'), Word(text='b'), Word(text='c')))
    >>> all_of(map(Word, ("F", "M", "L", "N", "armas")))
    And(parts=(Word(text='F.M.L.N'), Word(text='armas')))
    """
    flat = [one for part in parts for one in (part.parts if isinstance(part, And) else (part,)) if one != EVERYTHING]
    letters = [part.text if isinstance(part, Word) else "" for part in flat]
    for first, end in reversed(list(written.rows(letters))):
        flat[first:end] = [Word(".".join(letters[first:end]))]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else EVERYTHING


def any_of(parts: Iterable[Query]) -> Query:
    """Units that match at least one of the parts, of which there is one."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, Or) else (part,))]
    if EVERYTHING in flat:
        return EVERYTHING
    return Or(tuple(flat)) if len(flat) > 1 else flat[0]


def leaves(query: Query) -> tuple[Query, ...]:
    """Its words, phrases, prefixes and dates in order, those under Not as well.

    >>> leaves(parse("a (b OR -c)"))
    (Word(text='a'), Word(text='b'), Word(text='c'))
    """
    match query:
        case And(parts) | Or(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
    return () if query == EVERYTHING else (query,)


def ranks(query: Query) -> bool:
    """Whether units can be nearer to it or farther: it has a word or phrase that is not under Not.

    Units found by the beginnings of words or by dates alone are equally near, and stand in the archive's order.
    """
    match query:
        case And(parts) | Or(parts):
            return any(map(ranks, parts))
    return isinstance(query, (Word, Phrase))


def depth(query: Query) -> int:
    """How deep its operators stand within each other; 0 where there is none."""
    match query:
        case And(parts) | Or(parts):
            return 1 + max(map(depth, parts))
        case Not(part):
            return 1 + depth(part)
    return 0


def parse(text: str) -> Query:
    """What the text asks for. Raises QueryError, with the text as its item, where that cannot be asked.

    >>> parse('policía "San Vicente" -date:1983')
    And(parts=(Word(text='policía'), Phrase(words=('San', 'Vicente')), Not(part=DateRange(\
earliest=datetime.date(1983, 1, 1), latest=datetime.date(1983, 12, 31)))))
    >>> str(parse("(masacre|massacre) desapar*"))
    '(masacre OR massacre) desapar*'
    """
    if not text.strip():
        return EVERYTHING
    if len(text) > 100 * MOST_LEAVES:
        raise refused(TOO_LONG, text)
    query = _Reader(text).whole()
    if query is None:
        raise refused(NO_WORD, text)
    if len(leaves(query)) > MOST_LEAVES:
        raise refused(TOO_LONG, text)
    if depth(query) > DEEPEST:
        raise refused(TOO_DEEP, text)
    return query


def refused(message: str, text: str) -> QueryError:
    """The error for a query that cannot be asked: one of the messages above, the text, its remedy."""
    return QueryError(message, item=text if len(text) <= 200 else text[:200] + "…", remedy=REMEDIES[message])


_QUOTES = '"“”„‟«»＂'
_PIECE = re.compile(rf"""
    (?P<quote> [{_QUOTES}] [^{_QUOTES}]* [{_QUOTES}]? )
  | (?P<open> \( ) | (?P<close> \) )
  | (?P<either> \|+ )
  | (?P<not> (?<! [^\s(|] ) -+ (?= [({_QUOTES}] ) )
  | (?P<dated> -* (?: date | fecha ) : "[^"]*"? )
  | (?P<written> [^\s()|{_QUOTES}]+ )
""", re.VERBOSE | re.IGNORECASE)
_DATED = re.compile(r"(?:date|fecha):(.+)", re.IGNORECASE | re.DOTALL)


class _Reader:
    """Reads one query from left to right; each method gives a tree, or None where nothing is left."""

    def __init__(self, text: str):
        self.text = text
        self.pieces = [(found.lastgroup, found[0]) for found in _PIECE.finditer(analysis.tidy(text))]
        self.at = 0

    def whole(self) -> Query | None:
        parts = []
        while self.at < len(self.pieces):
            if (part := self.alternatives(0)) is not None:
                parts.append(part)
            # Only a parenthesis that closes nothing stops it before the end.
            self.at += 1
        return all_of(parts) if parts else None

    def alternatives(self, level: int) -> Query | None:
        if level > 2 * DEEPEST:
            raise refused(TOO_DEEP, self.text)
        found = [self.together(level)]
        while self.at < len(self.pieces) and self._either(*self.pieces[self.at]):
            self.at += 1
            found.append(self.together(level))
        found = [part for part in found if part is not None]
        return any_of(found) if found else None

    def together(self, level: int) -> Query | None:
        parts, negative = [], False
        while self.at < len(self.pieces):
            kind, piece = self.pieces[self.at]
            if kind == "close" or self._either(kind, piece):
                break
            self.at += 1
            if kind == "not" or kind == "written" and analysis.bare(piece) == "NOT":
                negative = True
                continue
            if kind == "open":
                part = self.alternatives(level + 1)
                self.at += 1
            else:
                negative = negative or piece.startswith("-")
                part = self.leaf(kind, piece.lstrip("-"))
            if part is not None:
                parts.append(Not(part) if negative else part)
            negative = False
        return all_of(parts) if parts else None

    @staticmethod
    def _either(kind: str, piece: str) -> bool:
        return kind == "either" or kind == "written" and analysis.bare(piece) == "OR"

    def leaf(self, kind: str, piece: str) -> Query | None:
        if kind == "quote":
            words = tuple(bare for word in piece.strip(_QUOTES).split() if (bare := _word(word)))
            return Phrase(words) if words else None
        if kind == "dated":
            return self.dates(piece.partition(":")[2].strip('"'), piece)
        if piece and not piece.strip("*"):
            return EVERYTHING
        word = analysis.bare(piece)
        if not word or word == "AND":
            return None
        before, _, after = piece.partition(word)
        if dated := _DATED.fullmatch(word + after):
            return self.dates(dated[1], piece)
        if "*" in before or "*" in word:
            raise refused(STAR_WITHIN, piece)
        found = analysis.terms(word)
        if not found:
            return None
        if "*" not in after:
            return Word(word)
        # What stands before the last part of `d'Aub*` is a word of its own.
        return all_of([*(Word(term.exact) for term in found[:-1]),
                       Prefix(word if len(found) == 1 else found[-1].exact)])

    def dates(self, text: str, piece: str) -> Query | None:
        """The range that a date names, of which `piece` is all that was typed. `..` stands for EDTF's slash, also before and after a single date."""
        edtf = text.strip().rstrip(",;:!").replace("x", "X")
        if not edtf:
            return None
        if ".." in edtf and "/" not in edtf and edtf[0] not in "[{":
            first, _, last = edtf.partition("..")
            edtf = f"{first or '..'}/{last or '..'}"
        try:
            known = dates.parse(edtf)
        except DateError as wrong:
            raise refused(NO_DATE, piece) from wrong
        if known.undated:
            raise refused(NO_DATE, piece)
        return DateRange(known.earliest, known.latest)


def _word(written: str) -> str:
    """The word without punctuation around it; empty where it has no token."""
    word = analysis.bare(written)
    return word if word and analysis.terms(word) else ""


def _said(earliest: date | None, latest: date | None) -> str:
    """A range in the fewest characters: 1983, 1983-05, 1982..1984-06."""
    if earliest and latest:
        if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31) and earliest.year == latest.year:
            return earliest.isoformat()[:4]
        if earliest.day == 1 and latest == earliest.replace(day=_days(earliest)):
            return earliest.isoformat()[:7]
        if earliest == latest:
            return earliest.isoformat()
    first = "" if earliest is None else earliest.isoformat()
    last = "" if latest is None else latest.isoformat()
    return f"{first.removesuffix('-01-01')}..{last.removesuffix('-12-31')}"


def _days(when: date) -> int:
    return monthrange(when.year, when.month)[1]
