"""The record in the row form of a batch (archive/elements.tsv), to be taken in again: items, pages, components. Pure.

The row form says less than the record. What it cannot say is written as the stricter: a rule with switches as
`closed`, one that keeps even the description back as `suppressed`. Taking a bag in again opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.access import Rule, State, of_rule
from archive.description import Description, elements
from archive.record import Component, Container, Page

#: The reason that a restriction without one has in a row, which wants one (DACS 4.1).
NO_REASON = "Restringido en el archivo de origen / Restricted in the archive that it comes from"
#: What a spreadsheet takes for a formula, and rather should not.
_FORMULA = tuple("=+-@")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an item as its row names it: path below the folder of the row, pages (empty: all), SHA-256."""

    file: str
    pages: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """Pages of an item that follow each other in one file, by their frames."""

    file_id: int
    frames: tuple[int, ...]


def runs(pages: Iterable[Page]) -> Iterator[Run]:
    """The pages of an item, in order, as the files that a row names: a file is named again where its pages are
    parted by those of another, or one of them comes twice."""
    file_id = 0
    frames: list[int] = []
    for page in pages:
        if frames and (page.file_id != file_id or page.frame in frames):
            yield Run(file_id, tuple(frames))
            frames = []
        file_id = page.file_id
        frames.append(page.frame)
    if frames:
        yield Run(file_id, tuple(frames))


def page_range(frames: Sequence[int], all_of: int) -> str:
    """Frames as the column `pages` has them; empty where they are all there are, in their order.

    >>> page_range((1, 2, 3), 3), page_range((1, 3, 5, 6, 7), 9), page_range((2, 1), 2)
    ('', '1,3,5-7', '2,1')
    """
    if tuple(frames) == tuple(range(1, all_of + 1)):
        return ""
    spans: list[list[int]] = []
    for number in frames:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)


def as_said(rule: Rule | None) -> Rule | None:
    """The rule as a row can say it: without switches, as strict or stricter, with a reason where a row wants one.

    >>> as_said(Rule(State.OPEN, image=False, reason="donor")).state.value, as_said(Rule(State.OPEN)).state.value
    ('closed', 'open')
    >>> as_said(Rule(State.CLOSED, description=False)).state.value
    'suppressed'
    """
    if rule is None:
        return None
    holds, plain, state = of_rule(rule), of_rule(Rule(rule.state)), rule.state
    if state in (State.OPEN, State.CLOSED):
        if not holds.description:
            state = State.SUPPRESSED
        elif any(getattr(holds, name) != getattr(plain, name) for name in ("text", "image", "download")):
            state = State.CLOSED
    reason = rule.reason or (NO_REASON if state in (State.CLOSED, State.WITHDRAWN) else "")
    return replace(rule, state=state, description=None, text=None, image=None, download=None, reason=reason)


def item_row(
    id: str,
    parent: str,
    parts: Sequence[Part],
    description: Description,
    containers: Iterable[Container],
    rule: Rule | None,
) -> list[str]:
    """An item's row of metadata.csv, its rule `as_said`."""
    placed = {one.type: one for one in containers}
    values: dict[str, str] = {
        "id": id,
        "parent_ref_id": parent,
        "file": "|".join(part.file for part in parts),
        "pages": "|".join(part.pages for part in parts) if any(part.pages for part in parts) else "",
        "sha256": "|".join(part.sha256 for part in parts),
        "box": placed["box"].indicator if "box" in placed else "",
        "folder": placed["folder"].indicator if "folder" in placed else "",
        "barcode": placed["box"].barcode if "box" in placed else "",
    } | _access(rule)
    for column, element in elements().items():
        if element.said and column != "id":
            # A bar within a value would part it; only what a file says of itself can have one.
            said = [value.replace("|", "¦") if element.repeatable else value for value in description.every(column)]
            values[column] = "|".join(said if element.repeatable else said[:1])
    return [_cell(values.get(column, "")) for column in elements()]


def page_row(id: str, sequence: int, file: str, page: Page, rule: Rule | None) -> list[str]:
    """A page's row of pages.csv, its rule `as_said`; empty where there is nothing to say of it."""
    if not (page.label or page.role or page.read_in or rule):
        return []
    values = {
        "id": id,
        "sequence": str(sequence),
        "file": file,
        "label": page.label,
        "role": page.role,
        "language": page.read_in.replace("+", "|"),
        "access": rule.state.value if rule else "",
    }
    return [_cell(values[column]) for column in elements("pages")]


def component_row(one: Component, parent: str, rule: Rule | None) -> list[str]:
    """A component's row of components.csv, its rule `as_said`. What only finding aids say has no column there."""
    values = {
        "ref_id": reference(one),
        "parent_ref_id": parent,
        "level": one.level,
        "unitid": one.unitid,
        "title": one.title or one.unitid or reference(one),
        "date": one.date,
        "date_edtf": one.date_edtf,
        "description": one.description,
    } | _access(rule)
    return [_cell(values[column]) for column in elements("components")]


def reference(one: Component) -> str:
    """What rows call a component by: its ref_id, else its minted id."""
    return one.ref_id or one.id


def _access(rule: Rule | None) -> dict[str, str]:
    if rule is None:
        return {"access": "", "access_reason": "", "access_authority": "", "access_review_date": ""}
    return {
        "access": rule.state.value,
        "access_reason": rule.reason,
        "access_authority": rule.authority,
        "access_review_date": rule.review_date,
    }


def _cell(value: str) -> str:
    """A value that would be a formula, as the formula of its text: spreadsheets show it, and batches read it, as it
    is."""
    return f'="{value.replace(chr(34), chr(34) * 2)}"' if value.startswith(_FORMULA) else value
