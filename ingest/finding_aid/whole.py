"""A finding aid read to its end and laid aside before the catalog is written, so that a slow disk holds nobody up."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.finding_aid.ead import Ead
from ingest.finding_aid.rows import ComponentEntry, FindingAid, Remark

#: Bytes that are laid aside in memory; what is longer lies in a file of its own, so that memory stays flat.
_IN_MEMORY = 1 << 20


@dataclass(frozen=True)
class WholeFindingAid:
    """A finding aid with all that its reading found: iterate for its components, each after its parent.

    `remarks` are what an archivist should know of its components, `passed_over` the notes that the archive has no place
    for, by element.
    """

    path: Path
    finding_aid: FindingAid
    remarks: tuple[Remark, ...]
    passed_over: Counter[str]
    _components: IO[bytes]
    _number: int

    def __iter__(self) -> Iterator[ComponentEntry]:
        self._components.seek(0)
        for _ in range(self._number):
            yield pickle.load(self._components)


@contextmanager
def read_whole(path: Path) -> Iterator[WholeFindingAid]:
    """The finding aid in a file, read to its end: nothing of the file is looked at afterwards.

    Raises FindingAidError where it is no EAD, or broken.
    """
    ead = Ead(path)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as aside:
        number = 0
        for entry in ead:
            pickle.dump(entry, aside, pickle.HIGHEST_PROTOCOL)
            number += 1
        assert ead.finding_aid is not None  # else its reading raised
        yield WholeFindingAid(path, ead.finding_aid, tuple(ead.remarks), ead.passed_over, aside, number)
