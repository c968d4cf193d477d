"""What was searched, said above the results; and where a query cannot be asked, what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from archive.description import vocabulary
from archive.errors import NoSuchField, QueryError
from archive.languages import languages
from archive.places import Gazetteer, fold
from archive.search.asked import Part, parts
from archive.search.fields import Facet, Values
from archive.search.query import Reading
from search_app.present import labels
from search_app.state import FACETS, SearchState


@dataclass(frozen=True)
class Note:
    """One thing that was understood: what was typed, what that means, and the search that understands it otherwise."""

    text: str
    meaning: str
    offer: str = ""
    state: SearchState | None = None


@dataclass(frozen=True)
class Asked:
    """How a query was understood: `notes` stand open, `rest` and the signs that were `dropped` are one touch away."""

    notes: tuple[Note, ...] = ()
    rest: tuple[Note, ...] = ()
    dropped: tuple[str, ...] = ()


def asked(reading: Reading, state: SearchState) -> Asked:
    """What the words of a state were understood to ask."""
    notes = [_note(part, state) for part in parts(reading.query)]
    return Asked(
        tuple(one for one in notes if one.offer), tuple(one for one in notes if not one.offer), reading.dropped
    )


def _note(part: Part, state: SearchState) -> Note:
    meaning = {
        "word": _("this word, with or without accents"),
        "row": _("these words one after another"),
        "beginning": _("every word that begins so"),
        "date": _("documents of that time"),
        "either": _("also as a date"),
    }[part.kind]
    if part.stems:
        meaning = _(
            "with or without accents, and other endings: %(stems)s", stems=", ".join(f"{one}…" for one in part.stems)
        )
    if part.excluded:
        meaning = _("excluded: %(meaning)s", meaning=meaning)
    if not part.other:
        return Note(part.text, meaning)
    offer = (
        _("only as words")
        if part.kind == "either" and " " in part.text
        else _("only as a word")
        if part.kind == "either"
        else _("as a span of time")
    )
    return Note(part.text, meaning, offer, state.asking(part.other))


@dataclass(frozen=True)
class Offer:
    """A search that may have been meant, and what it looks for."""

    label: str
    state: SearchState


def offers(error: QueryError, state: SearchState) -> tuple[Offer, ...]:
    """What may be asked in the place of a query that cannot be: filters by a known value first, then other words."""
    filters = _filters(error, state) if isinstance(error, NoSuchField) else ()
    return (*filters, *(Offer(one, state.asking(one)) for one in error.instead if one != state.q))


def _filters(error: NoSuchField, state: SearchState) -> Iterator[Offer]:
    facet = FACETS.get(error.field)
    if facet is None:
        return
    for value in _values(facet, error.value):
        yield Offer(
            f"{labels.facet(facet)}: {labels.value(facet, value)}",
            state.asking(error.rest).add(facet.name, value),
        )


def _values(facet: Facet, typed: str) -> Iterable[str]:
    """The values of a facet that bear a name."""
    name = fold(typed)
    if facet.values is Values.PLACE:
        return [place.key for place in Gazetteer.load().lookup(typed)]
    if facet.values is Values.GENRE:
        return [
            term.value
            for term in vocabulary("genre").values()
            if name in map(fold, (term.value, term.label_en, term.label_es, *term.also))
        ]
    if facet.values is Values.LANGUAGE:
        return [
            code
            for code in ("spa", "eng")
            if name
            in map(
                fold, (code, languages()[code].two_letter, languages()[code].label("es"), languages()[code].label("en"))
            )
        ]
    return ()
