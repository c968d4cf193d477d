"""Brings the catalog up to date with a plan: each item is found unchanged, or put in with what is still to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.catalog import batches, files, items, laid_out
from archive.catalog.connect import writing
from archive.errors import ArchiveError, CatalogError
from archive.reason import Reason
from ingest.describing import TextEvidence
from ingest.intake.plan import PlannedItem
from ingest.run.accession import Accessioned, accession, described_before, undescribed
from ingest.run.closing import Closed, open_what_is_understood
from ingest.run.delivery import Delivery
from ingest.run.describe import Unfinished, describe
from ingest.run.known import Known, what_is_known
from ingest.run.run import Run
from ingest.run.tally import Entry
from ingest.run.twins import Twins

#: Files whose items are asked for, and brought up to date, at once: what is known of more is never held.
PORTION = laid_out.PORTION


@dataclass(slots=True)
class Catalogued:
    """The catalog after a plan: the items that are `unfinished`, by id, and the pages (ids) whose image is `wide`
    and has no narrower copies yet."""

    unfinished: dict[str, Unfinished] = field(default_factory=dict)
    wide: list[str] = field(default_factory=list)


def catalogue(run: Run, planned: Sequence[PlannedItem], closed: Closed, delivery: Delivery, twins: Twins) -> Catalogued:
    """Puts the planned items into the catalog, and the places of all files."""
    run.progress.stage("catalog", len(planned))
    done = Catalogued()
    for portion in _portions(planned):
        entries = [[run.tally[part.file.path] for part in one.parts] for one in portion]
        known = _what_is_known(run, (entry for of_item in entries for entry in of_item), delivery)
        done.wide += known.wide
        stage = _Cataloguing(run, known, closed, delivery, done.unfinished)
        for one, of_item in zip(portion, entries, strict=True):
            if one.row is None:
                twins.find(of_item, known.twins)
            usable = [entry for entry in of_item if entry.file_id]
            if usable and not (one.row is None and all(entry.twin for entry in usable)):
                stage.bring_up_to_date(one, of_item, usable)
            run.progress.advance()
    _put_places(run, delivery)
    delivery.waits_in_vain()
    return done


def _portions(planned: Iterable[PlannedItem]) -> Iterator[list[PlannedItem]]:
    """The items in their order, so many at once as have a portion of files; an item is never divided."""
    portion, files_in_it = [], 0
    for one in planned:
        portion.append(one)
        files_in_it += len(one.parts)
        if files_in_it >= PORTION:
            yield portion
            portion, files_in_it = [], 0
    if portion:
        yield portion


def _what_is_known(run: Run, entries: Iterable[Entry], delivery: Delivery) -> Known:
    with run.catalog.connect() as connection:
        return what_is_known(
            connection,
            run.config.data_folder,
            (entry.file_id for entry in entries if entry.file_id),
            run.recipe,
            run.batch.id,
            delivery.wanted,
            image_width=run.config.ingest.image_width,
        )


def _put_places(run: Run, delivery: Delivery) -> None:
    """The places of files that no item took: a duplicate, a file whose row is wrong."""
    with writing(run.catalog) as connection:
        for entry in run.tally:
            # That of a transcript comes with its outcome: until then it is new, and no outcome is lost.
            if entry.path not in delivery and (place := entry.take_place()) is not None:
                batches.put_place(connection, run.batch.id, place)


class _Cataloguing:
    """Brings a portion up to date. What is still to be done for its items comes to `unfinished`."""

    def __init__(self, run: Run, known: Known, closed: Closed, delivery: Delivery, unfinished: dict[str, Unfinished]):
        self._run, self._known, self._closed, self._delivery = run, known, closed, delivery
        self._unfinished = unfinished

    def bring_up_to_date(self, planned: PlannedItem, entries: list[Entry], usable: list[Entry]) -> None:
        """Finds the item unchanged, or puts it in, and what is still to be done for it to the unfinished ones."""
        run, known = self._run, self._known
        parent = self._closed.components.get(planned.row.parent_ref_id, "") if planned.row else ""
        fingerprint = planned.fingerprint((entry.file_id for entry in entries), parent)
        item_id = known.items.get(fingerprint)
        is_unfinished = item_id in known.unfinished
        if item_id is not None:
            open_what_is_understood(run, item_id, self._closed)
            if self._is_told_its_language(planned):
                with writing(run.catalog) as connection:
                    is_unfinished |= items.read_in(connection, run.read_in, item_id=item_id)
        transcripts = self._delivery.beside(usable)
        if item_id is not None:
            for entry in usable:
                entry.pages += known.pages_of(entry.file_id, item_id)
                entry.touched |= entry.file_id in known.touched
                entry.kept = entry.file_id in known.kept
            if not is_unfinished:
                for entry in (*usable, *map(run.tally.__getitem__, transcripts)):
                    entry.items += (item_id,)
                return
        else:
            item_id = self._put_in(planned, entries, usable, parent, fingerprint)
            if item_id is None:
                return
            open_what_is_understood(run, item_id, self._closed)
        run.tally.wait(item_id, [*(entry.path for entry in usable), *transcripts])
        self._unfinished[item_id] = _unfinished(planned, parent, fingerprint)

    def _is_told_its_language(self, planned: PlannedItem) -> bool:
        """Whether what was said of the whole batch holds for this item: its own row says more."""
        return bool(self._run.read_in) and not (
            planned.row and any(one.element == "language" for one in planned.row.statements)
        )

    def _put_in(
        self, planned: PlannedItem, entries: list[Entry], usable: list[Entry], parent: str, fingerprint: str
    ) -> str | None:
        """The item's id in the catalog; None where it may not be put in, which its entries say."""
        run = self._run
        try:
            with writing(run.catalog) as connection:
                described = described_before(connection, (e.file_id for e in usable)) if planned.row is None else ()
                if described:
                    for entry in entries:
                        entry.refuse(Reason.ROW_REFUSED, undescribed(described))
                    return None
                masters = files.by_id(connection, {entry.file_id for entry in usable})
                held = accession(
                    connection,
                    run.config.archive.naan,
                    run.batch.id,
                    planned,
                    usable[0].root,
                    {entry.path: masters[entry.file_id] for entry in usable},
                    self._closed.pages,
                )
                for entry in usable:
                    if (place := entry.take_place()) is not None:
                        batches.put_place(connection, run.batch.id, place)
                    entry.kept = masters[entry.file_id].kept
                if self._is_told_its_language(planned):
                    items.read_in(connection, run.read_in, item_id=held.item.id)
                if held.changed:
                    # By its row alone, until its text is read; without a fingerprint it stays unfinished.
                    describe(connection, run, held.item.id, _unfinished(planned, parent, ""), TextEvidence())
                # Whole only if every file of it is there; else the next run lays it out again.
                items.set_plan(connection, held.item.id, fingerprint if len(usable) == len(entries) else "")
        except CatalogError:
            raise
        except ArchiveError as wrong:
            for entry in entries:
                if not entry.refused:
                    entry.refuse(wrong.code, f"{wrong.message}. {wrong.remedy}".strip())
            return None
        _count_pages(held, usable)
        return held.item.id


def _count_pages(held: Accessioned, usable: list[Entry]) -> None:
    of_file = {entry.file_id: entry for entry in usable}
    for page in held.pages:
        if page.file_id in of_file:
            of_file[page.file_id].pages += 1
            of_file[page.file_id].touched |= page.id in held.new_pages


def _unfinished(planned: PlannedItem, parent: str, fingerprint: str) -> Unfinished:
    return Unfinished(planned.name, planned.row.statements if planned.row else (), parent or None, fingerprint)
