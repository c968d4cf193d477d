"""Puts planned items into the catalog: components, containers, items, pages, access. Ids are minted once and stay."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Connection

from archive.access import Rule, State
from archive.catalog import batches, files, items, journal, prior_states, rules, tree
from archive.errors import FixityError, SheetError
from archive.reason import Reason
from archive.record import File, Item, Page
from archive.unit import Unit
from ingest.describing import said_language
from ingest.intake.plan import PlannedItem, PlannedPart
from ingest.sheets.rows import AccessDeclaration, ComponentRow, PageRow

#: The origin of what a spreadsheet says, in access rules.
SPREADSHEET = "spreadsheet"


@dataclass(frozen=True)
class Accessioned:
    """An item as the catalog has it now: its id and pages, which files gave new pages, and whether
    anything that its readers see changed."""

    item: Item
    pages: tuple[Page, ...]
    new_pages: frozenset[str] = frozenset()
    changed: bool = False


def put_components(
    connection: Connection, naan: str, batch_id: int, said: Iterable[ComponentRow], doubtful: Container[str] = ()
) -> int:
    """Adds or updates the components of a spreadsheet, parents first; returns how many changed.

    One that was held for a row that was not understood is held no longer, but for the `doubtful` (ref_ids). What a
    changed rule or title touches below a component goes to the outbox.
    """
    changed = 0
    for row in said:
        standing = tree.component_by_ref(connection, row.ref_id)
        before = prior_states.component_state(connection, standing.id) if standing else None
        parent = tree.component_by_ref(connection, row.parent_ref_id) if row.parent_ref_id else None
        id, anew = tree.put_component(
            connection,
            naan,
            ref_id=row.ref_id,
            parent_id=parent.id if parent else None,
            level=row.level,
            title=row.title,
            unitid=row.unitid,
            date=row.date,
            date_edtf=row.date_edtf,
            description=row.description,
        )
        ruled = rules.put(connection, Unit.component(id), rule_of(row.access), SPREADSHEET)
        if row.ref_id not in doubtful:
            ruled |= rules.put(connection, Unit.component(id), None, rules.HELD)
        if ruled:
            journal.note(connection, "access", Unit.component(id), state=row.access.state if row.access else "")
        if ruled or anew:
            # Its pages are searched with its title, too.
            journal.post(connection, [Unit.component(id)])
        if anew or ruled:
            prior_states.remember(connection, batch_id, Unit.component(id), before)
            changed += 1
    return changed


def accession(
    connection: Connection,
    naan: str,
    batch_id: int,
    planned: PlannedItem,
    root_name: str,
    known: Mapping[Path, File],
    closed: Mapping[str, Mapping[str, Rule | None]] = MappingProxyType({}),
) -> Accessioned:
    """Adds the planned item, or brings the one that stands up to date; what it was before, the batch remembers.

    `known` has the File of each master that could be identified; parts that could not are left out, to be put in by a
    later run. `closed` are the pages, by item, that were closed before the files were known, each with the rule of a
    spreadsheet that stood on it before (ingest.restrictions). Raises SheetError where a row asks for pages that are not
    there, FixityError where a master is not the one its row means.
    """
    wanted = [
        (part, frame)
        for part in planned.parts
        if part.file.path in known
        for frame in _frames(part, known[part.file.path], planned)
    ]
    item = _standing(connection, planned, root_name, [known[part.file.path] for part, _ in wanted])
    before_it = prior_states.item_state(connection, item.id) if item else None
    changed = before_it is None
    if item is not None and item.undone is not None:
        batches.put_back(connection, item.id)
        journal.note(connection, "accession", Unit.item(item.id), file=planned.name, after="undo")
    if item is None:
        row = planned.row
        item = items.add_item(connection, naan, row.id if row else None, planned.origin if row else "")
        journal.note(connection, "accession", Unit.item(item.id), row=row.id if row else "", file=planned.name)
    if planned.row is not None:
        boxes = _containers(connection, planned)
        if boxes != [one.id for one in tree.item_containers(connection, item.id)]:
            tree.set_item_containers(connection, item.id, boxes)
            changed = True
        languages = said_language.written(one.value for one in planned.row.statements if one.element == "language")
        if languages or said_language.by_row(items.description(connection, item.id)):
            changed |= items.read_in(connection, languages, item_id=item.id)
        if rules.put(connection, Unit.item(item.id), rule_of(planned.row.access), SPREADSHEET):
            changed = True
            journal.note(
                connection, "access", Unit.item(item.id), state=planned.row.access.state if planned.row.access else ""
            )
    before = items.pages(connection, item.id)
    frames = [(known[part.file.path], frame) for part, frame in wanted]
    if planned.row is not None:
        _claim(connection, batch_id, item, frames)
    pages = _lay_out(connection, naan, item, frames, _superseded(connection, planned, root_name, known))
    changed |= pages != before
    meant = set()
    for row in planned.page_rows:
        page = _page_of(row, planned, pages, known)
        if page is not None:
            meant.add(page.id)
            changed |= _apply(connection, row, page)
    for id, rule in closed.get(item.id, {}).items():
        if id not in meant:  # its row means another page, now that its files are known
            rules.put(connection, Unit.page(id), rule, SPREADSHEET)
    new = frozenset(page.id for page in pages) - {page.id for page in before}
    if changed:
        journal.post(connection, {Unit.page(page.id) for page in (*pages, *before)})
        prior_states.remember(connection, batch_id, Unit.item(item.id), before_it)
    return Accessioned(item, pages, new, changed)


def described_before(connection: Connection, file_ids: Iterable[int]) -> Item | None:
    """The item that a row of a spreadsheet described, of one of these files that are no undescribed item's; None where
    there is none.

    Without its row such a file would become an item of its own, and what the row restricts would be open.
    """
    for id in file_ids:
        holders = [one for one in items.items_of_file(connection, id) if one.undone is None]
        if holders and all(one.local_id is not None for one in holders):
            return holders[0]
    return None


def undescribed(item: Item) -> str:
    """Why a file waits that is an item's with a row, and of which no row speaks any more."""
    return (
        f"no row of the metadata describes it, and its bytes are item {item.local_id} already, which stays as it is. "
        "Put back the spreadsheet or the row that did, or add a row that names it."
    )


def _frames(part: PlannedPart, file: File, planned: PlannedItem) -> Iterable[int]:
    row = planned.row.row if planned.row else 0
    if part.sha256 and part.sha256.lower() != file.sha256:
        raise FixityError(
            f"its SHA-256 is {file.sha256}, but row {row} of the metadata says {part.sha256.lower()}",
            item=part.file.relative,
            remedy="Find out which is right: was the file changed or exchanged?",
        )
    if part.pages is None:
        return range(1, len(file.frames) + 1)
    if part.pages.last > len(file.frames):
        raise SheetError(
            f"row {row} of the metadata asks for pages {part.pages}, but the file has {len(file.frames)}",
            item=part.file.relative,
            remedy="Correct the column `pages`.",
            code=Reason.PAGE_RANGE,
        )
    return part.pages.numbers


def _standing(connection: Connection, planned: PlannedItem, root_name: str, masters: list[File]) -> Item | None:
    """The item in the catalog that this plan means, if there is one."""
    row = planned.row
    if row is not None:
        same_id = items.items_by_local_id(connection, row.id)
        here = next((one for one in same_id if one.origin == planned.origin), None)
        if here is not None:
            return here
        # The folder may have been moved: the same id on the same bytes is the same item.
        wanted = {file.id for file in masters}
        return next(
            (one for one in same_id if wanted and wanted == {page.file_id for page in items.pages(connection, one.id)}),
            None,
        )
    for part in planned.parts:
        standing = files.location(connection, root_name, part.file.relative)
        if standing is not None:
            found = [one for one in items.items_of_file(connection, standing.file_id) if one.local_id is None]
            if found:
                return found[0]
    for file in masters:
        found = [one for one in items.items_of_file(connection, file.id) if one.local_id is None]
        if found:
            return found[0]
    return None


def _claim(connection: Connection, batch_id: int, item: Item, wanted: list[tuple[File, int]]) -> None:
    """A row describes what until now was an item that nobody described: its pages come over with their
    ids, and where none is left, its own id leads to the item that has them."""
    frames = {(file.id, frame) for file, frame in wanted}
    for file in dict.fromkeys(file.id for file, _ in wanted):
        for other in items.items_of_file(connection, file):
            if other.local_id is not None or other.id == item.id:
                continue
            pages = (
                items.pages(connection, other.id)
                if other.undone is None
                else items.pages_taken_out(connection, other.id)
            )
            if any((page.file_id, page.frame) in frames for page in pages):
                prior_states.remember(
                    connection, batch_id, Unit.item(other.id), prior_states.item_state(connection, other.id)
                )
                items.set_plan(connection, other.id, "")
            for page in pages:
                if (page.file_id, page.frame) in frames:
                    items.move_page(connection, page.id, item.id)
                    frames.discard((page.file_id, page.frame))
            if not items.pages(connection, other.id):
                items.retire(connection, other.id, item.id, "described by a row of the metadata")


def _superseded(connection: Connection, planned: PlannedItem, root_name: str, known: Mapping[Path, File]) -> set[int]:
    """The masters in whose place others stand now, and that are nowhere else: they were scanned again."""
    gone: set[int] = set()
    here = {part.file.relative for part in planned.parts}
    for part in planned.parts:
        before = files.location(connection, root_name, part.file.relative)
        now = known.get(part.file.path)
        if before is not None and now is not None and before.file_id != now.id:
            elsewhere = [
                one
                for one in files.locations_of(connection, before.file_id)
                if one.root != root_name or one.path not in here
            ]
            if not elsewhere:
                gone.add(before.file_id)
    return gone


def _lay_out(
    connection: Connection, naan: str, item: Item, wanted: list[tuple[File, int]], superseded: set[int]
) -> tuple[Page, ...]:
    """The item's pages, one for each wanted frame: those that stand keep their ids wherever they move,
    a frame rescanned takes its predecessor's page, missed ones are put in, others go out. One that went out
    and comes back has its id again."""
    standing = list(items.pages(connection, item.id))
    free = {(page.file_id, page.frame): page for page in reversed(standing)}
    out = {(page.file_id, page.frame): page for page in reversed(items.pages_taken_out(connection, item.id))}
    laid: list[Page | None] = []
    for file, frame in wanted:
        laid.append(free.pop((file.id, frame), None))
    left = {page.sequence: page for page in free.values()}
    for place, (file, frame) in enumerate(wanted, 1):
        canvas = file.frames[frame - 1]
        shape = (canvas.width, canvas.height, canvas.dpi)
        old = left.get(place)
        if laid[place - 1] is not None:
            continue
        if old is not None and old.file_id in superseded:
            items.set_master(connection, old.id, file.id, frame, *shape)
            journal.note(connection, "rescan", Unit.page(old.id), file=file.sha256)
            laid[place - 1] = old
            del left[place]
        elif (file.id, frame) in out:
            laid[place - 1] = out.pop((file.id, frame))
        else:
            laid[place - 1] = items.add_page(connection, naan, item.id, place, file.id, frame, *shape)
    for place, page in enumerate(laid, 1):
        if page.sequence != place:
            items.set_sequence(connection, page.id, place)
    for page in left.values():
        items.set_sequence(connection, page.id, 0)
        journal.note(connection, "take out", Unit.page(page.id), item=item.id)
    return items.pages(connection, item.id)


def _containers(connection: Connection, planned: PlannedItem) -> list[int]:
    row, found = planned.row, []
    if row.box:
        found.append(tree.put_container(connection, "box", row.box, barcode=row.barcode))
    if row.folder:
        found.append(tree.put_container(connection, "folder", row.folder, parent_id=found[0] if found else None))
    return found


def _apply(connection: Connection, row: PageRow, page: Page) -> bool:
    """Gives a page its label, role and rule from its row; returns whether anything changed."""
    changed = items.set_label(connection, page.id, row.label, row.role)
    if row.languages or page.read_in_by_row:
        changed = (
            items.read_in(connection, said_language.written(row.languages), page_id=page.id, by_row=bool(row.languages))
            or changed
        )
    return rules.put(connection, Unit.page(page.id), rule_of(row.access), SPREADSHEET) or changed


def _page_of(row: PageRow, planned: PlannedItem, pages: tuple[Page, ...], known: Mapping[Path, File]) -> Page | None:
    if row.file:
        path = planned.sheet / row.file
        of_file = [page for page in pages if path in known and page.file_id == known[path].id]
        if len(of_file) == 1 or row.sequence is None:
            return of_file[0] if of_file else None
    return next((page for page in pages if page.sequence == row.sequence), None)


def rule_of(said: AccessDeclaration | None) -> Rule | None:
    """The access rule that a row declares; None where it says nothing."""
    if said is None:
        return None
    return Rule(
        State(said.state),
        reason=said.reason,
        authority=said.authority,
        review_date=said.review_date.isoformat() if said.review_date else "",
    )
