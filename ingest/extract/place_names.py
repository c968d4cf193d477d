"""Where a text names places: names of the gazetteer, and what stands after "cantón", "jurisdicción de" and such.

Nothing is decided here but what is no place at all: a saint's church, a general's name, "la paz".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from archive import knowledge
from archive.places import SHORTEST_MISREAD, Gazetteer, Place
from ingest.extract.folded import Folded
from ingest.extract.language import FUNCTION_WORDS

#: The kinds of place that each level of marker can mean; "name" is a name without a marker.
KINDS = {
    "department": {"department"},
    "municipio": {"municipio"},
    "town": {"municipio", "city"},
    "settlement": {"municipio", "city", "hamlet", "canton", "site", "camp"},
    "canton": {"hamlet", "canton", "site", "camp"},
    "hamlet": {"hamlet", "canton", "site", "camp", "neighbourhood"},
    "named": {"hamlet", "canton", "site", "camp", "neighbourhood"},
    "spot": {"site", "neighbourhood", "river", "hamlet", "canton"},
    #: Churches, streets, units: what they are called after is not where they are.
    "other": set(),
}
#: Levels below the municipio, whose names the gazetteer mostly lacks.
LOCAL = {"canton", "hamlet", "named", "spot", "other"}
#: From the widest to the narrowest, for phrases that go from the narrow to the wide.
RANK = {
    "department": 1,
    "municipio": 2,
    "town": 2,
    "canton": 3,
    "settlement": 4,
    "hamlet": 4,
    "named": 5,
    "spot": 5,
    "other": 5,
}


@dataclass(frozen=True, slots=True)
class Atom:
    """One place named: its span in the folded text, what level its marker gives, the places of that name.

    `places` is empty for a marked name that the gazetteer lacks. `cautious` says that the name alone
    proves nothing; `supported`, that the words around it speak of a place.
    """

    start: int
    end: int
    level: str
    places: tuple[Place, ...]
    cautious: bool = False
    supported: bool = False
    plural: bool = False

    @property
    def marked(self) -> bool:
        return self.level != "name"


def _table() -> dict[str, list[dict[str, str]]]:
    rows = defaultdict(list)
    for row in knowledge.rows("ingest.extract", "place_words.tsv"):
        rows[row["kind"]].append(row)
    return dict(rows)


TABLE = _table()


def _words(kind: str, *values: str) -> set[str]:
    return {row["word"] for row in TABLE[kind] if not values or row["value"] in values}


def _marker_pattern(kind: str) -> str:
    levels = defaultdict(list)
    for row in TABLE[kind]:
        levels[row["value"]].append(row["word"])
    return "|".join(f"(?P<{level}>{'|'.join(sorted(words, key=len, reverse=True))})" for level, words in levels.items())


_LINK = r"(?: (?:of|de|del|known as|conocido como|llamado|llamada))?"
_MARKER = re.compile(
    rf"(?<![a-z])(?:{_marker_pattern('marker')})(?![a-z])"
    rf"(?: \((?:canton|caserio|hamlet|village)\))?{_LINK}(?: ?:)? "
)
_MARKER_AFTER = re.compile(rf",? (?:{_marker_pattern('marker_after')})(?![a-z])")
_NAME_AFTER = re.compile(rf" (?:{'|'.join(_words('name_after'))})(?![a-z])")
_NAMES_BEFORE = {"person": _words("name_before", "person"), "other": _words("name_before", "station", "newspaper")}
_PREPOSITIONS = _words("preposition")
_NOT_A_SLIP = _words("not_a_slip")

_TOKEN = re.compile(r"[^\W_]+")
#: A full stop inside a name stands after so many letters at most ("Sta. Ana"): else it ends the sentence.
_LONGEST_SHORTENED = 4
_SHORTENED = {"sta": "santa", "sto": "santo", "sn": "san", "cd": "ciudad", "cdad": "ciudad"}
#: What may stand between the words of one name.
_INSIDE = re.compile(r"[ .'’-]{1,2}")
_SMALL = {"de", "del", "la", "las", "el", "los", "y", "of", "the"}
#: Words at the end of a name that are often written small.
_GENERIC = {"volcano", "river", "hill", "prison", "airport", "neighborhood", "dam", "city", "cooperative"}
#: Where a name that is not in the gazetteer ends.
_ENDS_NAME = FUNCTION_WORDS - _SMALL | {"y"}
_LONGEST_NAME = 5


@cache
def _first_words() -> dict[str, int]:
    """For each word that begins a name of the gazetteer, how many words the longest such name has."""
    longest: dict[str, int] = defaultdict(int)
    for name in Gazetteer.load().names:
        words = name.split()
        longest[words[0]] = max(longest[words[0]], len(words))
    return dict(longest)


class PlaceFinder:
    """Finds the atoms of one text."""

    def __init__(self, folded: Folded, language: str | None):
        self.folded, self.text, self.language = folded, folded.text, language
        self.gazetteer = Gazetteer.load()
        self.tokens = [
            (found.start(), found.end(), _SHORTENED.get(found[0], found[0])) for found in _TOKEN.finditer(self.text)
        ]
        self.at = {token[0]: number for number, token in enumerate(self.tokens)}
        letters = [c for c in folded.source if c.isalpha()]
        #: Carbon copies and wires are all capitals: there a capital says nothing.
        self.capitals = sum(c.isupper() for c in letters) > 0.7 * len(letters)
        self.markers = {found.start(): found for found in _MARKER.finditer(self.text)}

    def atoms(self) -> Iterator[Atom]:
        number, listed = 0, None
        while number < len(self.tokens):
            atom = self._marked(number) if self.tokens[number][0] in self.markers else None
            if atom is None:
                atom = self._bare(number)
                if atom and listed and is_list_gap(self.text[listed.end : atom.start]):
                    atom = self._as_listed(atom, listed)
            if atom is None:
                number += 1
                continue
            listed = atom if atom.plural else None
            yield atom
            number = next(
                (n for n in range(number + 1, len(self.tokens)) if self.tokens[n][0] >= atom.end), len(self.tokens)
            )

    def _as_listed(self, atom: Atom, listed: Atom) -> Atom:
        """ "departments of Chalatenango, La Paz and San Vicente": each is a department."""
        places = tuple(place for place in atom.places if place.kind in KINDS[listed.level])
        if not places:
            return atom
        return replace(atom, level=listed.level, places=places, supported=True, plural=True)

    def _marked(self, number: int) -> Atom | None:
        marker = self.markers[self.tokens[number][0]]
        level, start = marker.lastgroup, marker.start()
        whole = self._known(number, lower_first=True)
        if whole and whole[0] > marker.end():
            # "Cerro de Guazapa" is a name of its own.
            return Atom(start, whole[0], "name", whole[1], supported=True)
        after = self.at.get(marker.end())
        if after is None or level == "road":
            return None
        plural = marker[level].split()[0].endswith("s")
        # "Nine municipios of Chalatenango": of the department, or a list that begins with its town.
        kinds = KINDS[level] | {"department"} if plural and level == "municipio" else KINDS[level]
        known = self._known(after, kinds, misread=True)
        if known is None and self.text[: marker.end()].endswith(" del "):
            known = self._known_as("el", after, kinds)
        if level in LOCAL:
            end = self._name_end(after)
            if known and known[0] >= end:
                return Atom(start, known[0], level, known[1], supported=True, plural=plural)
            return Atom(start, end, level, (), plural=plural) if end > marker.end() else None
        if known:
            return Atom(start, known[0], level, known[1], supported=True, plural=plural)
        linked = marker[0].rstrip().rpartition(" ")[2] in ("of", "de", "del")
        end = self._name_end(after) if level == "municipio" and linked else 0
        return Atom(start, end, level, ()) if end > marker.end() else None

    def _known_as(self, article: str, number: int, kinds: set[str]):
        for count in range(_LONGEST_NAME, 0, -1):
            end = self._end_of(number, count)
            if end is not None:
                places = self.gazetteer.lookup(f"{article} {self.text[self.tokens[number][0] : end]}")
                if places := tuple(place for place in places if place.kind in kinds):
                    return end, places
        return None

    def _end_of(self, number: int, count: int) -> int | None:
        """The end of `count` words from `number` on, None where something else stands between them."""
        if number + count > len(self.tokens):
            return None
        for (begin, end, _), (start, _, _) in zip(
            self.tokens[number : number + count - 1], self.tokens[number + 1 :], strict=False
        ):
            if not _INSIDE.fullmatch(self.text, end, start):
                return None
            if self.text[end] == "." and end - begin > _LONGEST_SHORTENED:
                return None
        return self.tokens[number + count - 1][1]

    def _known(self, number: int, kinds: set[str] | None = None, misread: bool = False, lower_first: bool = False):
        """The longest name of the gazetteer at a word: its end and its places.

        `lower_first`: the first word may be small, as in "cerro de Guazapa".
        """
        longest = _LONGEST_NAME + 1 if misread else _first_words().get(self.tokens[number][2], 0)
        for count in range(longest, 0, -1):
            end = self._end_of(number, count)
            if end is None or not self._is_capitalised(number + lower_first, count - lower_first, lower_first):
                continue
            name = " ".join(word for _, _, word in self.tokens[number : number + count])
            places = self.gazetteer.lookup(name) if misread else self.gazetteer.exactly(name)
            if places := tuple(place for place in places if kinds is None or place.kind in kinds):
                return end, places
        return None

    def _is_capitalised(self, number: int, count: int, lower_first: bool = False) -> bool:
        """A name is written with capitals, its article too: "en la paz" names no place."""
        if self.capitals or not count:
            return self.capitals
        words = self.tokens[number : number + count]
        if not lower_first and not self.folded.is_capitalised(words[0][0]):
            return False
        return all(self.folded.is_capitalised(start) for start, _, word in words if word not in _SMALL | _GENERIC)

    def _bare(self, number: int) -> Atom | None:
        start, end, word = self.tokens[number]
        known = self._known(number)
        if known is None:
            known = self._misread(number)
            if known is None:
                return None
        end, places = known
        # A longer form of a name that is a word is none: "San José Las Flores".
        cautious = all(place.caution and place.name.count(" ") >= self.text.count(" ", start, end) for place in places)
        after = _MARKER_AFTER.match(self.text, end)
        level = after.lastgroup if after else "name"
        if after:
            marked = tuple(place for place in places if place.kind in KINDS[level])
            if marked:
                return Atom(start, after.end(), level, marked, supported=True, plural=after[0].endswith("s"))
            if level == "spot":
                return None
        if self._is_other_name(number, start, end, places):
            return None
        return Atom(start, end, "name", places, cautious, self._is_supported(number, end, places))

    def _misread(self, number: int):
        """A long single word one letter from a name that alone is enough."""
        start, end, word = self.tokens[number]
        if len(word) < SHORTEST_MISREAD - 1 or word in _NOT_A_SLIP or not self._is_capitalised(number, 1):
            return None
        names = {name for name in self.gazetteer.misread_as(word)}
        places = {self.gazetteer.exactly(name) for name in names}
        if len(places) != 1:
            return None
        found = places.pop()
        # A country's people and a word are one letter from its name, too.
        if any(place.caution or place.kind in ("country", "city", "region") for place in found):
            return None
        return end, found

    def _is_other_name(self, number: int, start: int, end: int, places: tuple[Place, ...]) -> bool:
        """The Los Angeles Times, General Morazán, Victoria López, María de los Ángeles."""
        if _NAME_AFTER.match(self.text, end):
            return True
        before = [word for _, _, word in self.tokens[max(0, number - 2) : number]]
        gap = self.text[self.tokens[number - 1][1] : start] if number else "\n"
        if before and gap in (" ", ". "):
            if before[-1] in _NAMES_BEFORE["other"] or " ".join(before) in _NAMES_BEFORE["person"]:
                return True
            if before[-1] in _NAMES_BEFORE["person"] and any(
                place.caution == "person" or " " not in place.name for place in places
            ):
                return True
        if any(place.caution for place in places) and not self.capitals:
            following = self.at.get(end + 1)
            if following is not None and self.text[end] == " ":
                word_start, _, word = self.tokens[following]
                if self.folded.is_capitalised(word_start) and word_start not in self.markers and len(word) > 2:
                    return True
        return False

    def _is_supported(self, number: int, end: int, places: tuple[Place, ...]) -> bool:
        """Whether a preposition of place stands before a name that is also a word or a person's."""
        if not number:
            return False
        gap = self.text[self.tokens[number - 1][1] : self.tokens[number][0]]
        if gap != " " or self.tokens[number - 1][2] not in _PREPOSITIONS:
            return False
        # In a Spanish text all in capitals "EN LA PAZ" may be either.
        return not (self.capitals and self.language != "eng" and any(place.caution == "word" for place in places))

    def _name_end(self, number: int) -> int:
        """Where a name that the gazetteer lacks ends."""
        end = self.tokens[number][0]
        for n in range(number, min(number + _LONGEST_NAME, len(self.tokens))):
            start, word_end, word = self.tokens[n]
            if word in _ENDS_NAME or n > number and (self._end_of(n - 1, 2) is None or start in self.markers):
                break
            if word in _SMALL:
                continue
            if not self.capitals and not self.folded.is_capitalised(start) and not word.isdecimal():
                break
            end = word_end
        return end


def is_list_gap(gap: str) -> bool:
    return gap in (", ", " y ", " and ", ", and ", ", y ", " e ")
