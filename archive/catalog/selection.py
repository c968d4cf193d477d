"""Pages chosen by what became of them: by reason, language, confidence, recipe, batch or item."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from archive.catalog import tables as t


@dataclass(frozen=True)
class Selection:
    """Which pages: those of which all that is given holds. `below` is a confidence from 0 to 1; `reason` a part of
    what a failure said, or its code; `recipe` is one recipe, or with `outdated` all but the present one."""

    items: tuple[str, ...] = ()
    outcome: str = ""
    reason: str = ""
    language: str = ""
    below: float | None = None
    recipe: str = ""
    outdated: bool = False
    batch: int | None = None

    @property
    def words(self) -> list[str]:
        """The selection in words, by which an interrupted run is known again.

        >>> Selection(language="spa", below=0.7).words
        ['language=spa', 'below=0.7']
        """
        return [
            f"{name}={value}" for name, value in vars(self).items() if value or name == "below" and value is not None
        ]


def selected(
    connection: Connection, selection: Selection, present: Callable[[str, bool], Collection[str]]
) -> list[tuple[str, str]]:
    """The (item id, page id) of the pages chosen, in the archive's order; pages of kept files are never read.

    `present` gives the recipes that a page may be read under now, by the language that a person said of it and whether
    it is read by OCR in any case.
    """
    outcome, reading = t.page_outcome.c, t.reading.c
    asked = (
        select(t.page.c.item_id, t.page.c.id, outcome.recipe, t.page.c.read_in, t.item.c.read_in, t.page.c.by_ocr)
        .join(t.item, t.item.c.id == t.page.c.item_id)
        .outerjoin(t.page_outcome, outcome.page_id == t.page.c.id)
        .outerjoin(t.reading, reading.id == t.page.c.shown_reading)
        .where(t.page.c.sequence > 0, t.page.c.width > 0, t.item.c.undone.is_(None))
        .order_by(t.item.c.ordinal, t.page.c.sequence)
    )
    if selection.items:
        asked = asked.where(t.item.c.id.in_(selection.items) | t.page.c.id.in_(selection.items))
    if selection.outcome:
        asked = asked.where(outcome.outcome == selection.outcome)
    if selection.reason:
        said = outcome.reason.icontains(selection.reason, autoescape=True)
        asked = asked.where(said | (outcome.reason_code == selection.reason))
    if selection.language:
        asked = asked.where(reading.language == selection.language)
    if selection.below is not None:
        asked = asked.where(reading.confidence < selection.below)
    if selection.recipe:
        asked = asked.where(outcome.recipe.startswith(selection.recipe, autoescape=True))
    if selection.batch is not None:
        asked = asked.where(outcome.batch_id == selection.batch)
    return [
        (item_id, page_id)
        for item_id, page_id, used, said, of_item, by_ocr in connection.execute(asked)
        if not selection.outdated or used is not None and used not in present(said or of_item, by_ocr)
    ]
