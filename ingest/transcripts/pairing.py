"""Which file is the transcript of which master, by their names and folders. Pure.

Beside `0001.tif`: `0001.xml`, `0001.alto.xml`, `0001.tif.xml`, `0001.hocr`, `0001.html`, `0001.txt` …; the same in a
folder named alto, hocr, ocr, text or txt, below the master's folder or beside it; of a master of several pages one
file, or one a page, `0001-12.xml`, as `rescate export --format text` names them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.tools.media_type import signatures

#: In the order in which they count where a page has several: the more they say, the earlier.
PRECEDENCE = ("ALTO", "hOCR", "text")
FOLDERS = frozenset({"alto", "hocr", "ocr", "text", "txt"})
#: Suffixes of transcripts, the longer first.
_SUFFIXES = (".alto.xml", ".hocr.html", ".hocr.htm", ".alto", ".hocr", ".xml", ".html", ".htm", ".txt")
_PAGE = re.compile(r"(.+)-(\d{1,6})$")


@dataclass
class OfMaster:
    """The transcripts of one master: those of the whole, and those of single pages by number; the best first."""

    whole: list[Path] = field(default_factory=list)
    pages: dict[int, list[Path]] = field(default_factory=dict)


def stem(path: Path) -> str | None:
    """The name of a file that may be a transcript, without what makes it one; None for others.

    >>> stem(Path("0001.alto.xml")), stem(Path("0001.tif.XML")), stem(Path("0001.tif"))
    ('0001', '0001.tif', None)
    """
    name = path.name
    suffix = next((one for one in _SUFFIXES if name.casefold().endswith(one) and len(name) > len(one)), None)
    return name[: -len(suffix)] if suffix else None


def is_master(path: Path) -> bool:
    """Whether its suffix is that of an image or a PDF: those have pages to be transcribed."""
    return path.suffix.casefold().lstrip(".") in _master_suffixes()


@functools.cache
def _master_suffixes() -> frozenset[str]:
    return frozenset({"pdf"}).union(*(one.suffixes for one in signatures() if one.media_type.startswith("image/")))


class Masters:
    """The masters of a run by folder, stem and whole name, in upper and lower case alike."""

    def __init__(self, paths: Iterable[Path]):
        self._named: dict[tuple[Path, str], list[Path]] = {}
        self._beside: dict[Path, set[Path]] = {}
        folders: set[Path] = set()
        for path in filter(is_master, paths):
            folders.add(folder := path.parent)
            for name in {path.name.casefold(), path.stem.casefold()}:
                self._named.setdefault((folder, name), []).append(path)
        for above in {above for folder in folders for above in (folder, *folder.parents)}:
            self._beside.setdefault(above.parent, set()).add(above)

    def of(self, transcript: Path) -> tuple[list[Path], int | None]:
        """The masters that a file is the transcript of by its name, and the number of the page where it is of one
        alone.

        Several are the same scan in several formats. Where two folders beside its own have such a master, none is:
        it may be of either.
        """
        name = stem(transcript)
        if name is None:
            return [], None
        of_page = _PAGE.match(name)
        for wanted, page in ((name, None), (of_page[1], int(of_page[2])) if of_page else ("", None)):
            for folders in self._folders(transcript.parent):
                found = [self._named[key] for folder in folders if (key := (folder, wanted.casefold())) in self._named]
                if len(found) == 1:
                    return found[0], page
                if found:
                    return [], None
        return [], None

    def _folders(self, folder: Path) -> Iterator[list[Path]]:
        """Where the masters of a folder's transcripts may be, the nearest first."""
        yield [folder]
        for above in (folder, *folder.parents):
            if above.name.casefold() in FOLDERS:
                below = folder.relative_to(above)
                yield [above.parent / below]
                yield sorted(beside / below for beside in self._beside.get(above.parent, ()) if beside != above)


def candidates(paths: Iterable[Path]) -> dict[Path, tuple[list[Path], int | None]]:
    """The files that may be transcripts, each with its masters and page (see `Masters.of`); to be opened, to see
    whether they are.

    >>> found = candidates(map(Path, ["a/0001.tif", "a/0001.xml", "a/notes.txt", "a/alto/0001-2.xml"]))
    >>> [(path.as_posix(), masters[0].as_posix(), page) for path, (masters, page) in found.items()]
    [('a/0001.xml', 'a/0001.tif', None), ('a/alto/0001-2.xml', 'a/0001.tif', 2)]
    """
    paths = list(paths)
    named = [path for path in paths if stem(path) is not None]
    masters = Masters(paths if named else ())
    found = {path: masters.of(path) for path in named}
    return {path: one for path, one in found.items() if one[0]}


def paired(found: dict[Path, tuple[list[Path], int | None]], formats: dict[Path, str]) -> dict[Path, OfMaster]:
    """Master → its transcripts, where `formats` are those of the candidates that are transcripts.

    >>> found = candidates(map(Path, ["0001.tif", "0001.txt", "0001.xml"]))
    >>> paired(found, {Path("0001.txt"): "text", Path("0001.xml"): "ALTO"})[Path("0001.tif")].whole[0].name
    '0001.xml'
    """
    of: dict[Path, OfMaster] = {}
    for path in sorted(formats, key=lambda path: (PRECEDENCE.index(formats[path]), len(path.parts), path)):
        masters, page = found[path]
        for master in masters:
            here = of.setdefault(master, OfMaster())
            (here.whole if page is None else here.pages.setdefault(page, [])).append(path)
    return of
