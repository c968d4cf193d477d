"""Creators as names: split only where the description has inverted them, never by guessing.

"Pérez Alvarado, María" is a person with two surnames because somebody wrote the comma; "María Pérez Alvarado"
and "El Rescate" stay as they are, for no rule tells a double surname from a middle name. Whether the comma is a
body's own ("Barnes and Noble, Inc.") is told by the words of bodies.tsv, what stands behind a person's name by
suffixes.tsv; what neither decides stays as it was written, and is never turned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from archive import knowledge
from archive.citation.source import Creator
from archive.citation.text import one_line


class Name(NamedTuple):
    """A person's `family` and `given` names with a `suffix` ("Jr.", "hijo"), or a `literal` one; the other fields are
    empty."""

    family: str = ""
    given: str = ""
    literal: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """`King, Martin Luther, Jr.`"""
        return self.literal or ", ".join(filter(None, (self.family, self.given, self.suffix)))

    @property
    def direct(self) -> str:
        """`Martin Luther King Jr.`"""
        return self.literal or " ".join(filter(None, (self.given, self.family, self.suffix)))


class Roles(NamedTuple):
    """Names by what they did for the work; `others` did nothing that a citation says."""

    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    publishers: tuple[Name, ...] = ()
    others: tuple[tuple[Name, str], ...] = ()


def split(creator: Creator | tuple[str, ...]) -> Name:
    """The name of a creator.

    >>> split(Creator("Pérez Alvarado, María"))
    Name(family='Pérez Alvarado', given='María', literal='', suffix='')
    >>> split(Creator("King, Martin Luther, Jr., 1929-1968")).direct
    'Martin Luther King Jr.'
    >>> split(Creator("Amnistía Internacional, Sección Salvadoreña")).literal
    'Amnistía Internacional, Sección Salvadoreña'
    """
    name, _, is_corporate = Creator(*creator)
    name = one_line(name)
    parts = [part.strip() for part in name.split(",")]
    if is_corporate or not all(parts) or len(parts) < 2:
        return Name(literal=name if is_corporate else name.strip(", "))
    return _person(parts) or Name(literal=name)


def each(creators: Iterable[Creator | tuple[str, ...]]) -> Iterator[Creator]:
    """The creators one by one, where a cell held several: parted by a semicolon or on lines of their own.

    >>> [one.name for one in each([Creator("Peña, Óscar; Ibáñez, Ángel")])]
    ['Peña, Óscar', 'Ibáñez, Ángel']
    """
    for creator in map(lambda one: Creator(*one), creators):
        for name in re.split(r"[;\r\n\u2028\u2029]+", creator.name):
            if name.strip():
                yield creator._replace(name=name.strip())


def _person(parts: list[str]) -> Name | None:
    """The person of these parts, or None for a body and for what is undecided."""
    if _is_body(parts):
        return None
    kept, suffix = [], ""
    for number, part in enumerate(parts):
        form = _suffix(part, "part") if number else None
        if form and form.cited:
            if suffix:
                return None
            suffix = part
        elif not form and not (number > 1 and _LIFE.fullmatch(part)):
            kept.append(part)
    if len(kept) != 2:
        return None
    family, given = kept[0], _FULLER.sub("", kept[1])
    for stands, text in (("given", given), ("surname", family)):
        words = text.split()
        if not suffix and len(words) > 1 and (form := _suffix(words[-1], stands)) and form.cited:
            suffix = words[-1]
            given, family = (" ".join(words[:-1]), family) if stands == "given" else (given, " ".join(words[:-1]))
    if not given or not _may_be_named(family, given):
        return None
    return Name(family, given, suffix=suffix)


#: Years behind a name: `1917-1980`, `b. 1940`, `active 1980s` (MARC 21 100 $d).
_LIFE = re.compile(
    r"(?:[^\W\d_]{1,13}\.? )?(?:ca\. ?)?\d{4}s?[?~]?(?: ?[-–] ?(?:(?:ca\. ?)?\d{4}[?~]?)?)?\.?|[-–] ?\d{4}\.?"
)
#: A fuller form of the given names: `Guillermo M. (Guillermo Manuel)` (MARC 21 100 $q).
_FULLER = re.compile(r"\s*\([^()]*\)$")
_PARTICLES = frozenset(
    [
        "a",
        "af",
        "al",
        "am",
        "auf",
        "aus",
        "d",
        "da",
        "de",
        "dei",
        "del",
        "della",
        "dem",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "ten",
        "ter",
        "the",
        "un",
        "und",
        "van",
        "vom",
        "von",
        "y",
        "zu",
        "zum",
        "zur",
        "i",
    ]
)
_JOINS = frozenset(["and", "of", "for", "para", "por", "with", "et", "&", "+", "/"])
_ARTICLES = frozenset(("el", "los", "las", "la", "the"))


def _may_be_named(family: str, given: str) -> bool:
    """Whether these may be a person's surnames and given names: no figures, no sentence, no second person."""
    if any(character.isdigit() or character in '[]{}()"“”«»@&+=|' for character in family + given):
        return False
    words = [word.casefold() for word in given.split()]
    if "y" in words or "and" in words or _JOINS.intersection(family.casefold().split() + words):
        return False
    # A surname may be written in small letters where all is; small words beside capitals are particles, or a phrase.
    if any(letter.isupper() for letter in family + given):
        small = [word for word in given.split() if word[:1].islower()]
        return len(words) < 7 and all(
            word.casefold().rstrip("'’") in _PARTICLES or re.match(r"[dl]['’]", word) for word in small
        )
    return len(words) < 7


class _Suffix(NamedTuple):
    cited: bool
    stands: frozenset[str]


def _suffix(text: str, stands: str) -> _Suffix | None:
    found = _suffixes().get(_flat(text))
    return found if found and stands in found.stands else None


def _flat(text: str) -> str:
    """In small letters without accents, words apart by one space.

    >>> _flat("S.A. de C.V."), _flat("Sección")
    ('s a de c v', 'seccion')
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return " ".join(re.findall(r"[^\W_]+", plain))


@cache
def _suffixes() -> dict[str, _Suffix]:
    return {
        _flat(form): _Suffix(row["cited"] == "yes", frozenset(row["stands"].split(", ")))
        for row in knowledge.rows("archive.citation", "suffixes.tsv")
        for form in (row["form"], *row["also"].split("|"))
    }


@cache
def _bodies() -> dict[str, re.Pattern[str]]:
    """By where they make a body: the words of bodies.tsv as one pattern each."""
    words: dict[str, list[str]] = {}
    for row in knowledge.rows("archive.citation", "bodies.tsv"):
        words.setdefault(row["stands"], []).extend((row["word"], *row["also"].split("|")))
    return {
        stands: re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, found), key=len, reverse=True))})\b")
        for stands, found in words.items()
    }


def _is_body(parts: list[str]) -> bool:
    bodies, flat = _bodies(), [_flat(part) for part in parts]
    first = flat[0].split()
    # "El Rescate", "La Prensa": an article with a capital begins the name of a body as often as a surname.
    if first and first[0] in _ARTICLES and parts[0][:1].isupper() and len(first) > 1:
        return True
    if bodies["last part"].fullmatch(flat[-1]) or any(
        re.search(r"\d", part) and not _LIFE.fullmatch(part) and not _suffix(part, "part") for part in parts
    ):
        return True
    for written, part in zip(parts, flat, strict=False):
        # "de la Guardia" begins with a particle, as a surname does.
        if (
            bodies["anywhere"].search(part)
            or " " in part
            and written[:1].isupper()
            and bodies["with others"].search(part)
        ):
            return True
        capitals = [_flat(word) for word in re.findall(r"\b[A-Z]{2,}\b", written)]
        if any(bodies["capitals"].fullmatch(word) for word in capitals):
            return True
    return False


@cache
def _parts() -> dict[str, str]:
    return {
        name: row["part"]
        for row in knowledge.rows("archive.citation", "roles.tsv")
        for name in (row["role"], *row["also"].split("|"))
    }


def by_role(creators: Iterable[Creator]) -> Roles:
    """Creators sorted by roles.tsv. A role that is not in it is an author's: the description calls them creators.

    >>> by_role([Creator("Pérez, Ana", "traductora"), Creator("El Rescate")]).translators[0].family
    'Pérez'
    """
    found: dict[str, list[Name]] = {"author": [], "editor": [], "translator": [], "publisher": []}
    others: list[tuple[Name, str]] = []
    for creator in each(creators):
        name = split(creator)
        if not name.literal and not name.family:
            continue
        part = _parts().get(one_line(creator.role).casefold(), "author")
        if part == "none":
            others.append((name, one_line(creator.role)))
        else:
            found[part].append(name)
    authors, editors, translators, publishers = map(tuple, found.values())
    return Roles(authors, editors, translators, publishers, tuple(others))
