"""One item into a bag: its masters or the images of its pages, its words, its PREMIS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection

from archive import derivatives, exports
from archive.access import Audience
from archive.bagging import BagWriter
from archive.catalog import files, items
from archive.held import HeldItem, HeldPage
from archive.holdings import Holdings
from archive.preservation import item as described
from archive.preservation import masters
from archive.preservation.names import Names
from archive.preservation.rows import Part, page_range, runs
from archive.record import File, Page

OBJECTS = "objects"
#: What stands beside the items' folders there.
SHEETS = ("metadata.csv", "pages.csv", "components.csv")


@dataclass(frozen=True)
class Packed:
    """What of an item is in data/objects: its parts as its row has them, and their pages in that order, each with
    its part. `lacking` pages are open, and no image of them stands in the archive."""

    parts: tuple[Part, ...] = ()
    pages: tuple[tuple[Page, Part], ...] = ()
    lacking: int = 0


@dataclass(frozen=True)
class _Master:
    file: File
    name: str  # of the file at its first place
    path: str  # that place below its root
    places: tuple[Path, ...]


class Packer:
    """Puts items into a bag, one after the other."""

    def __init__(self, holdings: Holdings, bag: BagWriter):
        self._holdings, self._bag = holdings, bag
        self._ignored = holdings.config.ingest.ignore
        self._folders = Names(self._ignored)
        for sheet in SHEETS:
            self._folders.give(sheet)

    def pack(self, item: HeldItem) -> Packed:
        """Raises FixityError where a master is nowhere as it was taken in."""
        held = {page.id: page for page in item.pages}
        with self._holdings.catalog.connect() as connection:
            pages = tuple(one for one in items.pages(connection, item.id) if one.id in held)
            mounted = files.mounted(connection, self._holdings.config)
            known = {id: _master(connection, id, mounted) for id in dict.fromkeys(page.file_id for page in pages)}
            beside = described.beside(connection, item.id, {one.file.sha256 for one in known.values()})
            others = [_master(connection, id, mounted) for id in beside]
        folder = self._folder(item, known)
        numbers = self._numbers(pages, known)
        named = self._page_names(pages, known, numbers)
        if self._holdings.audience is Audience.STAFF:
            packed = self._masters(item, folder, pages, known)
            names = Names(self._ignored)
            for one in others:
                masters.copy(
                    self._bag,
                    f"transcripts/{folder}/{names.give(one.name)}",
                    one.file,
                    one.places,
                    self._holdings.ark(item.id),
                )
        else:
            packed = self._images(folder, pages, held, named)
        for page in pages:
            origin = known[page.file_id].path, numbers[page.file_id][page.frame]
            self._words(item, held[page.id], origin, PurePosixPath(folder, named[page.id]))
        self._bag.add(f"premis/{item.id}.xml", described.premis_of(self._holdings, item))
        return packed

    def _masters(self, item: HeldItem, folder: str, pages: tuple[Page, ...], known: Mapping[int, _Master]) -> Packed:
        names, parts, laid = Names(self._ignored), [], []
        left = list(pages)
        for run in runs(pages):
            one = known[run.file_id]
            path = f"{folder}/{names.give(one.name)}"
            masters.copy(self._bag, f"{OBJECTS}/{path}", one.file, one.places, self._holdings.ark(item.id))
            parts.append(Part(path, page_range(run.frames, len(one.file.frames)), one.file.sha256))
            laid += [(page, parts[-1]) for page in left[: len(run.frames)]]
            del left[: len(run.frames)]
        return Packed(tuple(parts), tuple(laid))

    def _images(
        self, folder: str, pages: tuple[Page, ...], held: Mapping[str, HeldPage], named: Mapping[str, str]
    ) -> Packed:
        laid, lacking = [], 0
        for page in pages:
            if not (held[page.id].access.download and held[page.id].has_image):
                continue
            image = derivatives.image(self._holdings.config.data_folder, page.id)
            if not image.exists():
                lacking += 1
                continue
            path = f"{folder}/{named[page.id]}.jpg"
            with self._bag.payload(f"{OBJECTS}/{path}") as target:
                target.write(image.read_bytes())
            laid.append((page, Part(path, "", target.checksum())))
        return Packed(tuple(part for _, part in laid), tuple(laid), lacking)

    def _words(self, item: HeldItem, held: HeldPage, origin: tuple[str, int], name: PurePosixPath) -> None:
        """`origin` is the path of its master, and its number there."""
        if not held.access.text or held.reading is None:
            return
        one = exports.PageFile(item, held, *origin, name)
        self._bag.add(f"alto/{one.name}.xml", exports.alto_of(self._holdings, one))
        self._bag.add(f"text/{one.name}.txt", exports.text_of(self._holdings, one))

    def _folder(self, item: HeldItem, known: Mapping[int, _Master]) -> str:
        """Named after the item. One without an id of its own is called as where it came from, for its title may be
        devised from that; where the name is taken, it stands in a folder called by the minted id."""
        first = next(iter(known.values()), None)
        if item.local_id is not None or first is None:
            return self._folders.give(item.local_id or item.id)
        name = PurePosixPath(first.path).parent.name if len(known) > 1 else PurePosixPath(first.name).stem
        if self._folders.free(name):
            return self._folders.give(name)
        return f"{self._folders.give(item.id)}/{Names(self._ignored).give(name)}"

    def _numbers(self, pages: tuple[Page, ...], known: Mapping[int, _Master]) -> dict[int, dict[int, int]]:
        """By master and frame, the number of each page there: for staff the frame's own, for the public its place among
        these pages."""
        if self._holdings.audience is Audience.STAFF:
            return {id: {number: number for number in range(1, len(one.file.frames) + 1)} for id, one in known.items()}
        frames: dict[int, set[int]] = {}
        for page in pages:
            frames.setdefault(page.file_id, set()).add(page.frame)
        return {id: {frame: number for number, frame in enumerate(sorted(own), 1)} for id, own in frames.items()}

    def _page_names(
        self, pages: tuple[Page, ...], known: Mapping[int, _Master], numbers: Mapping[int, Mapping[int, int]]
    ) -> dict[str, str]:
        """What the files of each page are called, without a suffix: as its master, with its number where that has
        several."""
        names, named = Names(self._ignored), {}
        for page in pages:
            master = known[page.file_id]
            in_master = numbers[page.file_id]
            number = f"-{in_master[page.frame]}" if len(in_master) > 1 else ""
            named[page.id] = names.give(f"{PurePosixPath(master.name).stem}{number}")
        return named


def _master(connection: Connection, file_id: int, mounted: Mapping[str, Path]) -> _Master:
    file, places = files.file(connection, file_id), list(files.locations_of(connection, file_id))
    path = places[0].path if places else file.sha256
    return _Master(file, PurePosixPath(path).name, path, tuple(mounted[one.root] / one.path for one in places))
