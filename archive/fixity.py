"""Fixity: is every master still at every place, with the bytes that were taken in (NDSA levels; PREMIS fixity check)?

Also whether the images made of it are there. What lies beside the masters unknown is `ingest.strangers`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from archive import derivatives
from archive.catalog import checks, files, journal
from archive.catalog.checks import Place
from archive.catalog.connect import signed, writing
from archive.checksum import digest
from archive.config import Config
from archive.unit import Matter

#: Readers at once. Hashing leaves the interpreter's lock, so threads use the cores; more only make a disk seek.
READERS = min(4, os.cpu_count() or 1)

INTACT, MISSING, CHANGED, UNREADABLE = "intact", "missing", "changed", "unreadable"
#: Of a whole root: its disk is not there, so nothing can be said of its masters.
NOT_MOUNTED = "not mounted"
#: Of a file that the archive does not know; of an image that can be made again.
UNEXPECTED, NO_IMAGE = "unexpected", "no image"
#: In the order a summary names them.
STATES = (INTACT, MISSING, CHANGED, UNREADABLE, NOT_MOUNTED, UNEXPECTED, NO_IMAGE)

_TOLD = {
    INTACT: "intact",
    MISSING: "is missing; put it back from a copy, or correct ingest.roots if its disk is elsewhere now",
    CHANGED: "has other bytes than were taken in (checksum {found}, expected {expected}); put it back from a copy",
    UNREADABLE: "cannot be read: {found}",
    NOT_MOUNTED: "is not there, or empty, so {files} masters below it were not looked at; mount the disk, or say "
    "in ingest.roots where it is now",
    UNEXPECTED: "is not in the archive: {found}",
    NO_IMAGE: "the page's image or thumbnail is gone; `rescate ingest {found}` makes it again",
}


@dataclass(frozen=True)
class Finding:
    """What was found at one path: a state of STATES.

    `expected` is the checksum it should have; `found` the one it has, or in words what is the matter; `files`
    how many masters it is said of, `bytes` how large they are by the catalog.
    """

    path: Path
    expected: str
    state: str
    found: str = ""
    bytes: int = 0
    files: int = 1

    @property
    def well(self) -> bool:
        return self.state == INTACT

    def as_json(self) -> dict[str, Any]:
        return {
            "path": str(self.path),
            "state": self.state,
            "expected": self.expected,
            "found": self.found,
            "files": self.files,
        }

    def __str__(self) -> str:
        return f"{self.path}: " + _TOLD[self.state].format(found=self.found, expected=self.expected, files=self.files)


def look(path: Path, expected: str, size: int = 0, algorithm: str = "sha256") -> Finding:
    """What stands at `path`, compared with the checksum it should have. Nothing but a regular file is opened."""
    try:
        if not path.is_file():
            return Finding(
                path,
                expected,
                UNREADABLE if path.exists() else MISSING,
                "is no regular file" if path.exists() else "",
                size,
            )
        found = digest(path, algorithm)
    except FileNotFoundError:
        return Finding(path, expected, MISSING, "", size)
    except OSError as trouble:
        return Finding(path, expected, UNREADABLE, trouble.strerror or str(trouble), size)
    return Finding(path, expected, INTACT if found == expected else CHANGED, found, size)


class Audit:
    """One audit of the masters at or below the given paths (none: of all).

    `actor` has it done. `before`: only those not looked at since. `places` and `bytes` say how much there is to do.
    Raises NotFound for a path that no root reaches.
    """

    def __init__(
        self,
        catalog: Engine,
        config: Config,
        actor: str,
        paths: Iterable[Path] = (),
        before: datetime | None = None,
    ):
        self._catalog, self._config, self._before = signed(catalog, actor), config, before
        with catalog.connect() as connection:
            self._mounted = files.mounted(connection, config)
            self.within = checks.scope(self._mounted, paths)
            self._absent = tuple(one for one in self.within if not _is_there(self._mounted[one.root]))
            self._looked_at = tuple(one for one in self.within if one not in self._absent)
            self.places, self.bytes = checks.number(connection, self._looked_at, before)
        self.counts: Counter[str] = Counter()

    def masters(self) -> Iterator[Finding]:
        """Every master at every place, in order of root and path; each finding is noted in the catalog.

        An event is written for what is not intact or has another state than before, and none for the many
        that are as they were.
        """
        for one in self._absent:
            with self._catalog.connect() as connection:
                number, size = checks.number(connection, (one,), self._before)
            if number:
                yield self._counted(Finding(self._mounted[one.root], "", NOT_MOUNTED, "", size, number))
        with self._catalog.connect() as reading, ThreadPoolExecutor(READERS) as readers:
            for portion in checks.portions(reading, self._looked_at, self._before):
                reading.rollback()  # no reader's snapshot is held while a portion is hashed and written
                found: list[tuple[Place, Finding]] = []
                try:
                    for place, finding in zip(portion, readers.map(self._look, portion), strict=True):
                        found.append((place, finding))
                        yield self._counted(finding)
                finally:
                    self._note(found)

    def images(self) -> Iterator[Finding]:
        """The pages that were read and whose image or thumbnail is gone: nothing is lost, they can be made again."""
        data = self._config.data_folder
        with self._catalog.connect() as connection:
            for page_id, root, path in checks.pages_read(connection, self.within):
                for derivative in (derivatives.image(data, page_id), derivatives.thumbnail(data, page_id)):
                    if not derivative.exists():
                        yield self._counted(Finding(derivative, "", NO_IMAGE, str(self._mounted[root] / path)))
                        break

    def beside(self, unexpected: Iterable[Finding]) -> Iterator[Finding]:
        """What lies beside the masters and is not known, counted with the rest."""
        yield from map(self._counted, unexpected)

    def end(self) -> None:
        """Notes the audit as a whole, with its counts (PREMIS event)."""
        with writing(self._catalog) as connection:
            well = set(self.counts) <= {INTACT}
            journal.note(
                connection,
                "fixity check",
                Matter.archive(),
                INTACT if well else "not intact",
                below=[f"{one.root}:{one.path}" for one in self.within],
                **{state.replace(" ", "_"): self.counts[state] for state in STATES if self.counts[state]},
            )

    def _counted(self, finding: Finding) -> Finding:
        self.counts[finding.state] += finding.files
        return finding

    def _look(self, place: Place) -> Finding:
        return look(self._mounted[place.root] / place.path, place.sha256, place.bytes)

    def _note(self, found: Sequence[tuple[Place, Finding]]) -> None:
        if not found:
            return
        with writing(self._catalog) as connection:
            checks.note(connection, ((place.id, finding.state) for place, finding in found), datetime.now(UTC))
            for place, finding in found:
                if not finding.well or place.found not in ("", finding.state):
                    journal.note(
                        connection,
                        "fixity check",
                        Matter.file(place.sha256),
                        finding.state,
                        place=f"{place.root}:{place.path}",
                        before=place.found,
                        found=finding.found,
                    )


def _is_there(folder: Path) -> bool:
    """The root's disk is mounted: an empty folder is a mount point without its disk."""
    try:
        return any(True for _ in os.scandir(folder))
    except OSError:
        return False
