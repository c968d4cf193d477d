"""Creators as names: split only where the description has inverted them, never by guessing.

"Pérez Alvarado, María" is a person with two surnames because somebody wrote the comma; "María Pérez Alvarado"
and "El Rescate" stay as they are, for no rule tells a double surname from a middle name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from archive.citation.source import Creator
from archive.citation.text import one_line


class Name(NamedTuple):
    """A person's `family` and `given` names, or a `literal` one; the other fields are empty."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def inverted(self) -> str:
        return self.literal or f"{self.family}, {self.given}"


class Roles(NamedTuple):
    """Names by what they did for the work; `others` did nothing that a citation says."""

    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    publishers: tuple[Name, ...] = ()
    others: tuple[tuple[Name, str], ...] = ()


def split(creator: Creator | tuple) -> Name:
    """The name of a creator.

    >>> split(Creator("Pérez Alvarado, María"))
    Name(family='Pérez Alvarado', given='María', literal='')
    >>> split(Creator("University Library, Northridge", is_corporate=True)).literal
    'University Library, Northridge'
    """
    name, _, is_corporate = Creator(*creator)
    name = one_line(name)
    family, comma, given = (part.strip() for part in name.partition(","))
    if is_corporate or not (comma and family and given):
        return Name(literal=name if is_corporate else name.strip(", "))
    return Name(family, given)


@cache
def _parts() -> dict[str, str]:
    text = files("archive.citation").joinpath("roles.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    return {name: row["part"] for row in rows for name in (row["role"], *row["also"].split("|"))}


def by_role(creators: Iterable[Creator]) -> Roles:
    """Creators sorted by roles.tsv. A role that is not in it is an author's: the description calls them creators.

    >>> by_role([Creator("Pérez, Ana", "traductora"), Creator("El Rescate")]).translators[0].family
    'Pérez'
    """
    found: dict[str, list] = {"author": [], "editor": [], "translator": [], "publisher": [], "none": []}
    for creator in map(lambda one: Creator(*one), creators):
        name = split(creator)
        if not name.literal and not name.family:
            continue
        part = _parts().get(one_line(creator.role).casefold(), "author")
        found[part].append((name, one_line(creator.role)) if part == "none" else name)
    return Roles(*(tuple(found[part]) for part in ("author", "editor", "translator", "publisher", "none")))
