"""The gazetteer: departments and municipios of El Salvador as before May 2024, hamlets and sites, places outside.

A key is a path of slugs, `san-vicente/tecoluca`, and its beginning is the key of the place that holds it. A
place whose municipio is in doubt stands right under its department. The rows, each with its source, are in
places.tsv. Its column `caution` marks a name that alone says little: `word` is also a phrase ("la paz"),
`person` also a person's name or a better-known place ("Victoria", "Berlín"), `phrase` is read as this place only
beside the name of what holds it ("Santa Ana, California").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from archive import knowledge

#: A name misread by one letter is recognised from this length on: shorter names are one letter from too many words.
SHORTEST_MISREAD = 8


def fold(name: str) -> str:
    """A name without case, accents and punctuation, as names are compared.

    >>> fold("  SAN ESTEBAN-Catarína ")
    'san esteban catarina'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.lower()))


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `kind` is country, region, department, municipio, canton, hamlet, neighbourhood, city, camp,
    site or river; `iso` the ISO 3166-2 code of its department; `lat` and `lon` are None where not known."""

    key: str
    kind: str
    name: str
    name_en: str = ""
    iso: str = ""
    lat: float | None = None
    lon: float | None = None
    aliases: tuple[str, ...] = ()
    caution: str = ""
    source: str = ""
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, without what a label adds in brackets to tell it from others."""
        plain = (re.sub(r" \(.*\)", "", name) for name in (self.name, self.name_en) if name)
        return tuple(dict.fromkeys((*plain, *self.aliases)))


#: What is said after a name that a department and its chief town share.
_KIND_LABELS = {
    "es": {"department": "departamento", "municipio": "municipio"},
    "en": {"department": "department", "municipio": "municipality"},
}
_KIND_LABELS["spa"], _KIND_LABELS["eng"] = _KIND_LABELS["es"], _KIND_LABELS["en"]


class Gazetteer:
    """All places by key and by name.

    >>> gazetteer = Gazetteer.load()
    >>> [place.key for place in gazetteer.lookup("TECOLUCA")]
    ['san-vicente/tecoluca']
    >>> [place.key for place in gazetteer.lookup("El Rosario", within="la-paz")]
    ['la-paz/el-rosario']
    """

    def __init__(self, places: Iterable[Place]):
        self._places = {place.key: place for place in places}
        names: dict[str, dict[str, Place]] = defaultdict(dict)
        for place in self._places.values():
            for name in place.names:
                names[fold(name)][place.key] = place
        self._names = {name: tuple(found.values()) for name, found in names.items()}
        self._misread: dict[str, set[str]] = defaultdict(set)
        for name in self._names:
            if len(name) >= SHORTEST_MISREAD:
                for form in _without_one(name):
                    self._misread[form].add(name)

    @classmethod
    @cache
    def load(cls) -> Gazetteer:
        """The gazetteer of places.tsv, read once."""
        return cls(_place(row) for row in knowledge.rows("archive", "places.tsv"))

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def get(self, key: str) -> Place | None:
        return self._places.get(key)

    @property
    def names(self) -> Iterable[str]:
        """Every folded name."""
        return self._names.keys()

    def exactly(self, folded: str) -> tuple[Place, ...]:
        """The places of a name that is folded already, no letter misread."""
        return self._names.get(folded, ()) or self._names.get(fold(folded), ())

    def lookup(self, name: str, within: str | None = None) -> tuple[Place, ...]:
        """The places of that name, whatever its case and accents, those below the key `within` if given.

        A name of some length misread by one letter is taken for the only name it can be. Several places are
        several answers; none is ().
        """
        folded = fold(name)
        found = self._below(self._names.get(folded, ()), within)
        if found or len(folded) < SHORTEST_MISREAD - 1:
            return found
        near = {self._below(self._names[one], within) for one in self.misread_as(folded)} - {()}
        return near.pop() if len(near) == 1 else ()

    def misread_as(self, folded: str) -> set[str]:
        """The known names that are one letter from `folded`: one more, one fewer, another, or two swapped."""
        forms = {folded, *_without_one(folded)}
        candidates = set().union(*(self._misread.get(form, ()) for form in forms))
        candidates |= {form for form in forms if form in self._names and len(form) >= SHORTEST_MISREAD}
        return {one for one in candidates if _one_apart(folded, one)}

    @staticmethod
    def _below(places: tuple[Place, ...], within: str | None) -> tuple[Place, ...]:
        if within is None:
            return places
        return tuple(place for place in places if place.key == within or place.key.startswith(within + "/"))

    def parent(self, key: str) -> str | None:
        """The key of the place that holds it; None for a department or a country."""
        return key.rpartition("/")[0] or None

    def lineage(self, key: str) -> tuple[str, ...]:
        """The keys that a place counts under, from the widest to itself.

        >>> Gazetteer.load().lineage("morazan/meanguera/el-mozote")
        ('morazan', 'morazan/meanguera', 'morazan/meanguera/el-mozote')
        """
        slugs = key.split("/")
        return tuple("/".join(slugs[: n + 1]) for n in range(len(slugs)))

    def common(self, keys: Iterable[str]) -> str | None:
        """The narrowest place that holds all of them (or is one of them): what undecided candidates agree on.

        >>> Gazetteer.load().common(["san-miguel", "san-miguel/san-miguel"])
        'san-miguel'
        """
        lineages = [self.lineage(key) for key in keys]
        shared = [level[0] for level in zip(*lineages, strict=False) if len(set(level)) == 1]
        return shared[-1] if shared else None

    def label(self, key: str, language: str) -> str:
        """The name a reader sees, in Spanish (`es`, `spa`) or English (`en`, `eng`); what is not unique is told apart.

        >>> Gazetteer.load().label("la-paz/el-rosario", "es"), Gazetteer.load().label("san-vicente", "en")
        ('El Rosario (La Paz)', 'San Vicente (department)')
        """
        place = self._places.get(key)
        if place is None:
            return key
        name = place.name_en if place.name_en and language in ("en", "eng") else place.name
        namesakes = [one for one in self._names.get(fold(place.name), ()) if one.key != key and one.name == place.name]
        if not namesakes:
            return name
        parent = self.parent(key)
        chief_town = parent and self._places[parent].name == place.name
        if chief_town or any(self.parent(one.key) == key for one in namesakes):
            return f"{name} ({_KIND_LABELS[language].get(place.kind, place.kind)})"
        return f"{name} ({self._places[parent].name})" if parent else name


def _place(row: dict[str, str]) -> Place:
    return Place(
        row["key"],
        row["kind"],
        row["name"],
        row["name_en"],
        row["iso"],
        float(row["lat"]) if row["lat"] else None,
        float(row["lon"]) if row["lon"] else None,
        tuple(row["aliases"].split("|")) if row["aliases"] else (),
        row["caution"],
        row["source"],
        row["note"],
    )


def _without_one(name: str) -> set[str]:
    return {name[:i] + name[i + 1 :] for i in range(len(name))}


def _one_apart(a: str, b: str) -> bool:
    """Whether one insertion, deletion, replacement or swap makes `a` into `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[:2] == rest_b[1::-1]
        and rest_a[2:] == rest_b[2:]
    )
