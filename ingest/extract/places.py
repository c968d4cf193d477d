"""Places in a text: phrases and names found in both languages, kept as written, resolved to keys of the gazetteer.

A phrase goes from the narrow to the wide ("cantón X, jurisdicción de Tecoluca, departamento de San
Vicente") and is one mention, of the narrowest place in it that the gazetteer knows. A name that
several places have is decided by the phrase or the page; else by what they have in common ("San
Miguel", department and town, is somewhere in the department); else not at all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from archive.places import Gazetteer, Place
from archive.record import Candidate
from ingest.extract.folded import Folded
from ingest.extract.mention import Context, Mention
from ingest.extract.place_names import KINDS, LOCAL, RANK, Atom, PlaceFinder, is_list_gap

#: What may stand between the parts of a phrase.
_GAP = re.compile(r",? ?(?:\( ?)?(?:(?:in|en|of|de|del|in the|en el|en la|de la|of the) )?")
#: A dateline: the town, then the date, the agency or a dash.
#: Capitals at the start of a paragraph, then a full stop: "USULUTÁN. Tres días …".
_STOP = re.compile(r"\. ")
_DATELINE = re.compile(
    r", ?(?:[a-z]+ )?[0-9]|, (?:ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|oct|nov|dic|dec)"
    r"| ?\((?:ap|upi|afp|efe|acan|reuter|salpress|notisal)| ?(?:--|\.-|—|–)"
)
#: The archive's own country says nothing of a page.
_OWN_COUNTRY = "el-salvador"


def find_places(text: str | Folded, language: str | None = None, context: Context = Context()) -> tuple[Mention, ...]:
    """The places of a paragraph in order; `value` is a key of the gazetteer, or None where undecided.

    `context.places` are keys known of the page (or found elsewhere on it): they decide repeated names.

    >>> phrase = "en el cantón San Juan Buenavista, jurisdicción de Tecoluca, departamento de San Vicente"
    >>> [(one.text[:6], one.value) for one in find_places(phrase)]
    [('cantón', 'san-vicente/tecoluca')]
    >>> rosario = find_places("Un testigo de El Rosario")[0]
    >>> rosario.value is None, [one.value for one in rosario.candidates]
    (True, ['morazan/el-rosario', 'cuscatlan/el-rosario', 'la-paz/el-rosario'])
    """
    folded = text if isinstance(text, Folded) else Folded(text)
    phrases = _phrases(folded, list(PlaceFinder(folded, language).atoms()))
    scopes = [_scope(phrase) for phrase in phrases]
    values = [Gazetteer.load().common(place.key for place in scope) for scope in scopes]
    known = _departments([key for key in values if key]) | _departments(context.places)
    found = []
    for phrase, scope, value in zip(phrases, scopes, values, strict=True):
        rule = "phrase" if phrase[0].marked else "pair" if len(phrase) > 1 else "name"
        if value is None and len(phrase) == 1:
            value = _by_context(phrase[0].places, known)
            rule = "context" if value else rule
        if value == _OWN_COUNTRY or value is None and phrase[0].level in ("spot", "other"):
            continue
        start, end = folded.span(phrase[0].start, _closed(folded.text, phrase))
        undecided = () if value else _candidates(phrase, scope, known)
        found.append(Mention("place", start, end, folded.source[start:end], rule, value, candidates=undecided))
    return tuple(found)


def _closed(text: str, phrase: tuple[Atom, ...]) -> int:
    """The end of a phrase, with the bracket that it opened."""
    end = phrase[-1].end
    opened = any("(" in text[a.end : b.start] for a, b in zip(phrase, phrase[1:], strict=False))
    return end + 1 if opened and text[end : end + 1] == ")" else end


def _phrases(folded: Folded, atoms: list[Atom]) -> list[tuple[Atom, ...]]:
    atoms = _believed(folded.text, atoms)
    phrases: list[tuple[Atom, ...]] = []
    for atom in atoms:
        if phrases and _joins(folded.text, phrases[-1][-1], atom):
            phrases[-1] += (atom,)
        else:
            phrases.append((atom,))
    return [phrase for phrase in (_alone(folded, one) for one in phrases) if phrase]


def _believed(text: str, atoms: list[Atom]) -> list[Atom]:
    """Without the names that are also words or persons and that nothing around them makes places."""
    sure = [not atom.cautious or atom.supported for atom in atoms]
    believed = []
    for n, atom in enumerate(atoms):
        beside = [m for m in (n - 1, n + 1) if 0 <= m < len(atoms) and atoms[m].places]
        if sure[n] or any(
            sure[m]
            and is_list_gap(_between(text, atoms, n, m))
            or _related(atom, atoms[m])
            and _GAP.fullmatch(_between(text, atoms, n, m))
            for m in beside
        ):
            believed.append(atom)
    return believed


def _between(text: str, atoms: list[Atom], n: int, m: int) -> str:
    first, last = sorted((atoms[n], atoms[m]), key=lambda atom: atom.start)
    return text[first.end : last.start]


def _is_below(place: Place, other: Place) -> bool:
    """Whether `other` holds `place`; a state holds the cities of its country, whose keys do not name it."""
    if other.kind == "region" and place.kind == "city":
        return place.key.startswith(other.key.rpartition("/")[0] + "/")
    return place.key.startswith(other.key + "/")


def _related(a: Atom, b: Atom) -> bool:
    return any(_is_below(x, y) or _is_below(y, x) for x in a.places for y in b.places)


def _joins(text: str, a: Atom, b: Atom) -> bool:
    """Whether two places named one after the other are one phrase: the second holds the first."""
    gap = text[a.end : b.start]
    if not _GAP.fullmatch(gap) or gap == "":
        return False
    if any(_is_below(x, y) for x in a.places for y in b.places):
        return True
    if a.marked and b.marked:
        return RANK[a.level] > RANK[b.level] and not a.plural
    # "cantón San José, Tecoluca": an unlisted place, then what holds it.
    return a.level in LOCAL and not b.marked and "," in gap


def _alone(folded: Folded, phrase: tuple[Atom, ...]) -> tuple[Atom, ...] | None:
    """A phrase of one name: without the places that are meant only in company; a dateline's is the town."""
    if len(phrase) > 1 or phrase[0].marked:
        return phrase
    atom = phrase[0]
    places = tuple(place for place in atom.places if place.caution != "phrase")
    if atom.start == 0 and (
        _DATELINE.match(folded.text, atom.end)
        or _STOP.match(folded.text, atom.end)
        and folded.original(0, atom.end).isupper()
    ):
        places = tuple(place for place in places if place.kind in KINDS["town"]) or places
    return (replace(atom, places=places),) if places else None


def _scope(phrase: tuple[Atom, ...]) -> tuple[Place, ...]:
    """The places that the whole phrase may mean, as narrow as it says; none where its parts contradict each other."""
    scope: tuple[Place, ...] = ()
    for atom in reversed(phrase):
        if not atom.places:
            continue
        fitting = tuple(place for place in atom.places if any(_is_below(place, wider) for wider in scope))
        if not scope:
            scope = atom.places
        elif fitting:
            scope = fitting
        elif atom.level not in LOCAL and atom.level != "settlement":
            return ()
        # Else another place of that name: the phrase speaks of one that the gazetteer lacks.
    return scope


def _candidates(phrase: tuple[Atom, ...], scope: tuple[Place, ...], known: set[str]) -> tuple[Candidate, ...]:
    """What an undecided phrase may mean, in its order: of parts that contradict each other, what each may. For each
    speaks its `name`, or what the text calls it (`municipio`, `department`), and that the `page` names its
    department."""
    found: dict[str, tuple[str, ...]] = {}
    for atom in phrase:
        for place in atom.places:
            if not scope or place in scope:
                named = ("page",) if place.key.split("/")[0] in known else ()
                found.setdefault(place.key, (atom.level, *named))
    return tuple(Candidate(key, evidence) for key, evidence in found.items())


def _departments(keys) -> set[str]:
    return {key.split("/")[0] for key in keys}


def _by_context(places: tuple[Place, ...], known: set[str]) -> str | None:
    """The one candidate whose department is named on the page."""
    fitting = [place.key for place in places if place.key.split("/")[0] in known]
    return fitting[0] if len(fitting) == 1 else None
