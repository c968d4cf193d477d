"""What taking a batch in would change in the catalog: read there, never written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from archive.catalog import files, items, rules, tree
from archive.catalog.connect import open_catalog
from archive.config import Config
from archive.description import Source
from archive.errors import ConfigError, NoCatalog
from archive.record import File, Item
from archive.unit import Unit
from ingest.checking.batch import Batch
from ingest.checking.finding import Finding
from ingest.describing import describe
from ingest.intake.plan import PlannedItem
from ingest.run.accession import SPREADSHEET, described_before, rule_of, undescribed


@dataclass
class Change:
    """What would change: items, and pages put in, scanned again and taken out. `compared` is false where there
    is no catalog, or none that can be read; then everything is new."""

    compared: bool = False
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    pages_in: int = 0
    pages_rescanned: int = 0
    pages_out: int = 0
    findings: list[Finding] = field(default_factory=list)


def known_components(config: Config) -> frozenset[str]:
    """The ref_ids that the catalog has; none where there is no catalog that can be read."""
    with _Reading(config) as reading:
        return frozenset(tree.refs(reading.connection)) if reading.connection is not None else frozenset()


def known_roots(config: Config) -> frozenset[Path]:
    """The folders that masters are known by: of the settings, and of the catalog where there is one that can be
    read."""
    with _Reading(config) as reading:
        roots = files.mounted(reading.connection, config) if reading.connection is not None else config.roots
    return frozenset(roots.values())


def compare(batch: Batch, config: Config) -> Change:
    """What would change in the catalog of `config`."""
    change = Change()
    with _Reading(config) as reading:
        if reading.connection is not None:
            change.compared = True
            comparing = _Comparing(batch, config, reading.connection, change)
            for item in batch.plan.items:
                comparing.item(item)
            return change
        if reading.trouble:
            change.findings.append(
                Finding(
                    "warning",
                    f"it could not be compared with the catalog: {reading.trouble.message}",
                    reading.trouble.remedy,
                )
            )
    change.new = len(batch.plan.items)
    change.pages_in = sum(len(_wanted(batch, item) or ()) for item in batch.plan.items)
    return change


class _Reading:
    """A connection that only reads, or none; `trouble` says why, where a catalog is there that cannot be read."""

    def __init__(self, config: Config):
        self._url = config.catalog_url
        self.connection: Connection | None = None
        self.trouble: ConfigError | None = None

    def __enter__(self) -> _Reading:
        self._catalog = None
        try:
            self._catalog = open_catalog(self._url)
            self.connection = self._catalog.connect()
        except NoCatalog:
            return self
        except ConfigError as trouble:
            self.trouble = trouble
        return self

    def __exit__(self, *_) -> None:
        if self.connection is not None:
            self.connection.close()
        if self._catalog is not None:
            self._catalog.dispose()


def _wanted(batch: Batch, item: PlannedItem) -> list[tuple[str, int]] | None:
    """The pages the item is to have, each as its master's hash and frame; None where a master was not opened."""
    found: list[tuple[str, int]] = []
    for part in item.parts:
        one = batch.seen.get(part.file.path)
        if one is None or not one.frames:
            return None
        found += [
            (one.sha256, number) for number in (part.pages.numbers if part.pages else range(1, len(one.frames) + 1))
        ]
    return found


class _Comparing:
    """One batch beside one catalog."""

    def __init__(self, batch: Batch, config: Config, connection: Connection, change: Change):
        self._batch, self._connection, self._change = batch, connection, change
        self._mounted = files.mounted(connection, config)
        #: Name of each root that the batch lies in → the batch's path below it.
        self._roots = {
            name: batch.folder.relative_to(path).as_posix()
            for name, path in self._mounted.items()
            if batch.folder.is_relative_to(path)
        }
        self._shas: dict[int, str] = {}

    def item(self, planned: PlannedItem) -> None:
        """Counts what would become of one item, and says what the archivist should know of it."""
        change, wanted = self._change, _wanted(self._batch, planned)
        standing = self._standing(planned)
        if planned.row is None and standing is None:
            known = ((self._file(part.file.path, part.file.relative), part.file.path) for part in planned.parts)
            here = [one.id for one, path in known if one is not None and not self._stands_elsewhere(one, path)]
            if described := described_before(self._connection, here):
                message, _, remedy = undescribed(described).partition(". ")
                change.findings.append(self._batch.of_item(planned, "error", f"it would wait: {message}", remedy))
                return
        change.findings += self._elsewhere(planned, standing)
        if standing is None:
            change.new += 1
            change.pages_in += len(wanted or ())
            return
        before = [(self._sha(page.file_id), page.frame) for page in items.pages(self._connection, standing.id)]
        moved = wanted is not None and wanted != before
        if wanted is not None and moved:
            coming, going = set(wanted) - set(before), set(before) - set(wanted)
            rescanned = sum(one in coming and other in going for one, other in zip(wanted, before, strict=False))
            change.pages_in += len(coming) - rescanned
            change.pages_rescanned += rescanned
            change.pages_out += len(going) - rescanned
        if moved or self._says_otherwise(planned, standing):
            change.updated += 1
        else:
            change.unchanged += 1

    def _sha(self, file_id: int) -> str:
        if file_id not in self._shas:
            self._shas[file_id] = files.file(self._connection, file_id).sha256
        return self._shas[file_id]

    def _file(self, path: Path, below: str) -> File | None:
        """The file as the catalog knows it: by its hash; where it was not opened, by its place."""
        one = self._batch.seen.get(path)
        if one is not None:
            return files.file_by_sha256(self._connection, one.sha256) if one.sha256 else None
        for root, above in self._roots.items():
            place = files.location(self._connection, root, _joined(above, below))
            if place is not None:
                return files.file(self._connection, place.file_id)
        return None

    def _origins(self, planned: PlannedItem) -> set[str]:
        if planned.sheet and not planned.sheet.is_relative_to(self._batch.folder):  # a spreadsheet in a folder above
            return {
                f"{root}:{planned.sheet.relative_to(path).as_posix().removeprefix('.')}"
                for root, path in self._mounted.items()
                if planned.sheet.is_relative_to(path)
            }
        below = planned.sheet.relative_to(self._batch.folder).as_posix() if planned.sheet else ""
        return {
            f"{root}:{origin}"
            for root, above in self._roots.items()
            for origin in (_joined(above, below), _joined(above, below).removeprefix("."), _joined(above, below) or ".")
        }

    def _standing(self, planned: PlannedItem) -> Item | None:
        """The item that this one would update, as accession finds it: by the id of its spreadsheet, else by its
        masters."""
        found = [self._file(part.file.path, part.file.relative) for part in planned.parts]
        wanted = {one.id for one in found if one is not None}
        if planned.row is not None:
            same_id = [one for one in items.items_by_local_id(self._connection, planned.row.id) if one.undone is None]
            here = next((one for one in same_id if one.origin in self._origins(planned)), None)
            return here or next(
                (
                    one
                    for one in same_id
                    if wanted and wanted == {page.file_id for page in items.pages(self._connection, one.id)}
                ),
                None,
            )
        for file in sorted(wanted):
            for one in items.items_of_file(self._connection, file):
                if one.local_id is None and one.undone is None:
                    return one
        return None

    def _elsewhere(self, planned: PlannedItem, standing: Item | None) -> Iterator[Finding]:
        batch = self._batch
        if planned.row is not None and standing is None:
            for other in items.items_by_local_id(self._connection, planned.row.id):
                if other.undone is not None:
                    continue
                yield batch.of_item(
                    planned,
                    "warning",
                    f"an item {planned.row.id} stands in the archive already, from {other.origin or 'elsewhere'}; "
                    "this would be another of the same id",
                    "Give it an id of its own, or take the batch in from its old place.",
                    "id",
                )
        for part in planned.parts:
            one = batch.seen.get(part.file.path)
            known = files.file_by_sha256(self._connection, one.sha256) if one and one.sha256 else None
            if known is None:
                continue
            holders = [
                other
                for other in items.items_of_file(self._connection, known.id)
                if other.undone is None and (standing is None or other.id != standing.id)
            ]
            if planned.row is not None and any(other.local_id is not None for other in holders):
                named = ", ".join(other.local_id for other in holders[:3] if other.local_id is not None)
                yield batch.of_item(
                    planned,
                    "warning",
                    f"{part.file.relative} is in the archive already, as item {named}",
                    "Two items may share a file; was that meant?",
                    "file",
                    part.file.relative,
                )
            elif planned.row is None and self._stands_elsewhere(known, part.file.path):
                yield batch.of_item(
                    planned,
                    "warning",
                    f"{part.file.relative} was taken in from another place already; it would be a duplicate",
                    "Take it away, or add a row that describes it.",
                    file=part.file.relative,
                )

    def _stands_elsewhere(self, known: File, path: Path) -> bool:
        places = [self._mounted[place.root] / place.path for place in files.locations_of(self._connection, known.id)]
        return path not in places and any(place.is_file() for place in places)

    def _says_otherwise(self, planned: PlannedItem, standing: Item) -> bool:
        """Whether the row says anything that the catalog does not have, or no longer says what it has."""
        row, connection = planned.row, self._connection
        if row is None:
            return False
        said = [
            (one.element, one.value)
            for one in describe(row.statements, file=planned.name)
            if one.source == Source.SPREADSHEET
        ]
        has = [
            (one.element, one.value)
            for one in items.description(connection, standing.id)
            if one.source == Source.SPREADSHEET
        ]
        component = tree.component_by_ref(connection, row.parent_ref_id) if row.parent_ref_id else None
        boxes = [(one.type, one.indicator) for one in tree.item_containers(connection, standing.id)]
        wanted = [(kind, value) for kind, value in (("box", row.box), ("folder", row.folder)) if value]
        return (
            said != has
            or standing.component_id != (component.id if component else None)
            or boxes != wanted
            or rules.of_origin(connection, Unit.item(standing.id), SPREADSHEET) != rule_of(row.access)
            or self._pages_otherwise(planned, standing)
        )

    def _pages_otherwise(self, planned: PlannedItem, standing: Item) -> bool:
        by_place = {page.sequence: page for page in items.pages(self._connection, standing.id)}
        for row in planned.page_rows:
            page = by_place.get(row.sequence) if row.sequence is not None else None
            if page is not None and (
                (page.label, page.role) != (row.label, row.role)
                or rules.of_origin(self._connection, Unit.page(page.id), SPREADSHEET) != rule_of(row.access)
            ):
                return True
        return False


def _joined(above: str, below: str) -> str:
    return "/".join(one for one in (above, below) if one not in ("", "."))
