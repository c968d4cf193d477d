"""What the archive keeps on the disk beside its catalog, and what an item owns of it.

The tables of the catalog are in `archive.catalog.owned`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from archive import derivatives


@dataclass(frozen=True)
class DataFolder:
    """A folder in the data folder: `of_page` has every place in it, below the data folder, of what a page owns; None
    for one that has nothing of its own, and is written anew from the catalog where something is erased. `dumped` says
    whether it is part of the record."""

    name: str
    of_page: Callable[[Path, str], Iterable[Path]] | None
    dumped: bool


#: All there are. Of the index nothing is kept that the catalog does not have: it is written anew, for an engine keeps
#: the words of what was removed from it.
FOLDERS = (
    DataFolder("derivatives", derivatives.every, dumped=True),
    DataFolder("index", None, dumped=False),
)


def erase(data: Path, page_ids: Iterable[str]) -> None:
    """Removes whatever files pages own."""
    for page_id in page_ids:
        for folder in FOLDERS:
            for path in folder.of_page(data, page_id) if folder.of_page else ():
                path.unlink(missing_ok=True)
