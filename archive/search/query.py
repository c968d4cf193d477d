"""What is searched for: the text of a query parsed to an immutable tree (archive.search.tree).

The syntax:

    capitán Flores            both words (accents, case and endings aside)
    "lugar conocido como"     a phrase: these words, one after another, accents and case aside
    masacre OR massacre       either; `|` says the same. AND, which may be written, binds closer than OR
    -ejército                 not; NOT says the same. Nothing but negatives: all units but those
    desapar*                  any word that begins so
    (a OR b) c                parentheses
    date:1983  fecha:1983-05  units whose own date may lie in it: EDTF, or `1982..1984`, `..1984`, `1982..`, or in words
    1983  mayo de 1983        the word, or those words one after another; or units whose own date may lie in it
    caja 3  folder 7          these words one after another: a box, a folder
    *                         everything, as does an empty query

OR, AND and NOT are operators in capitals only, and there is no Spanish for them: O, Y and NO are words too
frequent to be spared. Everything else that is no letter and no digit is punctuation, which is dropped; so are
quotation marks, parentheses and operators that have lost their other half. What cannot be asked (nothing
left to look for, `*` within a word, a date that is none, a field that is none, too much) raises QueryError.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from archive import dates
from archive.errors import DateError, NoSuchField, QueryError
from archive.search import analysis, field_names, said_dates
from archive.search.tree import (
    EVERYTHING,
    And,
    DateRange,
    Everything,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    SaidDate,
    Word,
    all_of,
    any_of,
    depth,
    in_container,
    leaves,
    ranks,
)
from archive.search.written import bare, tidy

__all__ = [
    "EVERYTHING",
    "And",
    "DateRange",
    "Everything",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Reading",
    "SaidDate",
    "Word",
    "all_of",
    "any_of",
    "depth",
    "leaves",
    "parse",
    "ranks",
    "read",
    "refused",
]

#: Words, phrases and dates in one query: beyond it a text was pasted, and engines refuse it in ways of their own.
MOST_LEAVES = 200
#: Operators within operators: Elasticsearch takes 30 of its own, of which one of ours makes up to two.
DEEPEST = 10

NO_WORD = "there is no word to look for"
STAR_WITHIN = "* may stand only at the end of a word"
NO_DATE = "this is no date"
NO_FIELD = "there is no such field to search in"
TOO_LONG = "the query is too long"
TOO_DEEP = "there are too many parentheses within parentheses"

REMEDIES = {
    NO_WORD: "Type at least one word or number.",
    STAR_WITHIN: "Write the beginning of the word and then *, as in desapar*.",
    NO_DATE: "Write date:1983, date:1983-05, date:1983-05-12 or date:1982..1984.",
    NO_FIELD: "Type the words alone; only date: and fecha: stand before a colon. Places, kinds, languages and "
    "series are filters.",
    TOO_LONG: "Look for fewer words at a time.",
    TOO_DEEP: "Write it with fewer parentheses.",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read: what it asks for, and the signs and operators in it that were dropped."""

    query: Query
    dropped: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """What the text asks for. Raises QueryError, with the text as its item, where that cannot be asked.

    >>> parse('policía "San Vicente" -date:1983')
    And(parts=(Word(text='policía'), Phrase(words=('San', 'Vicente')), Not(part=DateRange(\
earliest=datetime.date(1983, 1, 1), latest=datetime.date(1983, 12, 31)))))
    >>> str(parse("(masacre|massacre) desapar*"))
    '(masacre OR massacre) desapar*'
    """
    return read(text).query


def read(text: str) -> Reading:
    """What the text asks for, and what of it was dropped. Raises as `parse` does.

    >>> read('OR Tecoluca - "San Vicente').dropped
    ('-', '"', 'OR')
    """
    if not text.strip():
        return Reading(EVERYTHING)
    if len(text) > 100 * MOST_LEAVES:
        raise refused(TOO_LONG, text)
    reader = _Reader(text)
    query = reader.whole()
    if query is None:
        raise refused(NO_WORD, text)
    if len(leaves(query)) > MOST_LEAVES:
        raise refused(TOO_LONG, text)
    if depth(query) > DEEPEST:
        raise refused(TOO_DEEP, text)
    return Reading(query, tuple(dict.fromkeys(reader.dropped)))


_Refusal = TypeVar("_Refusal", bound=QueryError)


def refused(message: str, text: str, instead: Iterable[str] = ()) -> QueryError:
    """The error for a query that cannot be asked: one of the messages above, the text, its remedy, and what may have
    been meant."""
    return _refused(QueryError, message, text, instead)


def _refused(kind: type[_Refusal], message: str, text: str, instead: Iterable[str]) -> _Refusal:
    error = kind(message, item=text if len(text) <= 200 else text[:200] + "…", remedy=REMEDIES[message])
    error.instead = tuple(filter(None, instead))
    return error


_QUOTES = '"“”„‟«»＂'
_PIECE = re.compile(
    rf"""
    (?P<quote> [{_QUOTES}] [^{_QUOTES}]* [{_QUOTES}]? )
  | (?P<open> \( ) | (?P<close> \) )
  | (?P<either> \|+ )
  | (?P<not> (?<! [^\s(|] ) -+ (?= [({_QUOTES}] ) )
  | (?P<dated> -* (?: date | fecha ) : "[^"]*"? )
  | (?P<written> [^\s()|{_QUOTES}]+ )
""",
    re.VERBOSE | re.IGNORECASE,
)
_DATED = re.compile(r"(?:date|fecha):(.*)", re.IGNORECASE | re.DOTALL)
_FIELD = re.compile(r"-*([^\W\d_]+):(.*)", re.DOTALL)
_OPERATORS = frozenset(("AND", "OR", "NOT"))


class _Reader:
    """Reads one query from left to right; each method gives a tree, or None where nothing is left."""

    def __init__(self, text: str):
        self.text = text
        self.pieces = [(found.lastgroup or "", found[0]) for found in _PIECE.finditer(tidy(text))]
        self.at = 0
        self.dropped: list[str] = []

    def whole(self) -> Query | None:
        parts = []
        while self.at < len(self.pieces):
            if (part := self.alternatives(0)) is not None:
                parts.append(part)
            # Only a parenthesis that closes nothing stops it before the end.
            if self.at < len(self.pieces):
                self.dropped.append(")")
            self.at += 1
        return all_of(parts) if parts else None

    def alternatives(self, level: int) -> Query | None:
        if level > 2 * DEEPEST:
            raise refused(TOO_DEEP, self.text)
        found = [self.together(level)]
        while self.at < len(self.pieces) and self._either(*self.pieces[self.at]):
            operator = self.pieces[self.at][1]
            self.at += 1
            found.append(self.together(level))
            if found[-1] is None or not any(found[:-1]):
                self.dropped.append(operator)
        parts = [part for part in found if part is not None]
        return any_of(parts) if parts else None

    def together(self, level: int) -> Query | None:
        parts, negative = [], False
        while self.at < len(self.pieces):
            kind, piece = self.pieces[self.at]
            if kind == "close" or self._either(kind, piece):
                break
            self.at += 1
            if kind == "not" or kind == "written" and bare(piece) == "NOT":
                negative = True
                continue
            if kind == "open":
                part = self.alternatives(level + 1)
                if self.at == len(self.pieces):
                    self.dropped.append(piece)
                self.at += 1
            else:
                negative = negative or piece.startswith("-")
                part = self.several(kind, piece, negative) or self.leaf(kind, piece.lstrip("-"))
            if part is not None:
                parts.append(Not(part) if negative else part)
            elif bare(piece) != "AND":
                self.dropped.append(piece)
            negative = False
        if negative:
            self.dropped.append(piece)
        return all_of(parts) if parts else None

    @staticmethod
    def _either(kind: str, piece: str) -> bool:
        return kind == "either" or kind == "written" and bare(piece) == "OR"

    def several(self, kind: str, piece: str, negative: bool) -> Query | None:
        """What this word and those behind it say together: a date, a box or a folder; None where they say nothing."""
        if kind != "written" or "*" in piece:
            return None
        if field := _FIELD.fullmatch(piece):
            self.field(field[1], field[2])
        words = [bare(piece), *(() if negative else self.following())]
        if len(words) > 1 and in_container(*words[:2]):
            self.at += 1
            return Phrase(tuple(words[:2]))
        if said := said_dates.said_date(words):
            self.at += said.words - 1
            return SaidDate(tuple(words[: said.words]), said.earliest, said.latest)
        return None

    def following(self) -> list[str]:
        """The words that follow, up to the next sign or operator."""
        words = []
        for kind, piece in self.pieces[self.at : self.at + said_dates.LONGEST - 1]:
            word = bare(piece)
            if kind != "written" or not word or word in _OPERATORS or "*" in piece or piece.startswith("-"):
                break
            words.append(word)
        return words

    def field(self, name: str, value: str) -> None:
        """Raises QueryError where a name of a field that there is not stands before a colon."""
        if not (field := field_names.meant(name)):
            return
        pieces = [written for _, written in self.pieces]
        last = self.at if value or self.at == len(pieces) else self.at + 1
        value = bare(value or " ".join(pieces[self.at : last]))
        rest = " ".join(pieces[: self.at - 1] + pieces[last:])
        meant = field_names.instead(field, value)
        error = _refused(NoSuchField, NO_FIELD, f"{name}:", [f"{rest} {meant}".strip()] if meant else [rest])
        error.name, error.field, error.value, error.rest = name, field, value, rest
        raise error

    def leaf(self, kind: str, piece: str) -> Query | None:
        if kind == "quote":
            if len(piece) == 1 or piece[-1] not in _QUOTES:
                self.dropped.append(piece[0])
            words = tuple(found for word in piece.strip(_QUOTES).split() if (found := _word(word)))
            return Phrase(words) if words else None
        if kind == "dated":
            return self.dates(piece.partition(":")[2].strip('"'), piece)
        if piece and not piece.strip("*"):
            return EVERYTHING
        word = bare(piece)
        if not word or word == "AND":
            return None
        before, _, after = piece.partition(word)
        if (dated := _DATED.fullmatch(word + after)) and (dated[1] or said_dates.said_date(self.following())):
            return self.dates(dated[1], piece)
        if "*" in before or "*" in word:
            raise refused(STAR_WITHIN, piece)
        terms = analysis.terms(word)
        if not terms:
            return None
        if "*" not in after:
            return Word(word)
        # What stands before the last part of `d'Aub*` is a word of its own.
        return all_of(
            [*(Word(term.exact) for term in terms[:-1]), Prefix(word if len(terms) == 1 else terms[-1].exact)]
        )

    def dates(self, text: str, piece: str) -> Query | None:
        """The range that a date names, of which `piece` was typed, and the words behind it where it is said in words.
        `..` stands for EDTF's slash, also before and after a single date."""
        edtf = text.strip().rstrip(",;:!").replace("x", "X")
        words = [*text.split(), *self.following()]
        if (said := said_dates.said_date(words)) and said.words >= len(text.split()):
            self.at += said.words - len(text.split())
            return DateRange(said.earliest, said.latest)
        if not edtf:
            return None
        edtf = said_dates.loosely(edtf) or edtf
        if ".." in edtf and "/" not in edtf and edtf[0] not in "[{":
            first, _, last = edtf.partition("..")
            edtf = f"{first or '..'}/{last or '..'}"
        try:
            known = dates.parse(edtf)
        except DateError as wrong:
            meant = (said_dates.span(edtf), *said_dates.either_day(edtf))
            raise refused(
                NO_DATE, piece, (self.text.replace(piece, f"date:{one}", 1) for one in meant if one)
            ) from wrong
        if known.undated:
            raise refused(NO_DATE, piece)
        return DateRange(known.earliest, known.latest)


def _word(written: str) -> str:
    """The word without punctuation around it; empty where it has no token."""
    word = bare(written)
    return word if word and analysis.terms(word) else ""
