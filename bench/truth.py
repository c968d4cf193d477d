"""Pages with their true text: ALTO, PAGE XML or `<stem>.manual.txt` beside the image; and scores of what was read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from rapidfuzz.distance import Levenshtein

IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
#: Marks for what the transcriber could not read.
_UNREADABLE = re.compile(r"[@?¿]")
_WORD = re.compile(r"\w{2,}")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "¬": "-", "ſ": "s"})


@dataclass(frozen=True)
class Page:
    """An image and what stands on it; `set` is its folder below the one given."""

    set: str
    stem: str
    image: Path
    text: str


@dataclass(frozen=True)
class Score:
    """Of one page: edits and letters of the truth, its words, those read of them, and all that were read."""

    edits: int
    letters: int
    words: int
    found: int
    read: int

    @property
    def cer(self) -> float:
        return self.edits / max(1, self.letters)


def pages(folder: Path) -> Iterator[Page]:
    """Every page below a folder that has a true text beside it."""
    for image in sorted(path for path in folder.rglob("*") if path.suffix.lower() in IMAGES):
        for truth in (image.with_suffix(".xml"), image.with_name(f"{image.stem}.manual.txt")):
            if truth.exists():
                below = image.parent.relative_to(folder).as_posix()
                yield Page(folder.name if below == "." else f"{folder.name}/{below}", image.stem, image, _text(truth))
                break


def _text(path: Path) -> str:
    """The lines of the file, in its order."""
    if path.suffix == ".txt":
        return path.read_text("utf-8", "replace")
    lines = []
    for line in etree.parse(str(path)).iter("{*}TextLine"):
        strings = [one.get("CONTENT", "") for one in line.iter("{*}String")]
        if not strings:
            strings = ["".join(one.itertext()).strip() for one in line.findall("{*}TextEquiv")]
        lines.append(" ".join(strings))
    return "\n".join(lines)


def plain(text: str) -> str:
    """The text with one kind of quotation marks and dashes, words divided at a line's end joined, unreadable marks left
    out."""
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return " ".join(_UNREADABLE.sub("", re.sub(r"-\s*\n\s*", "", text)).split())


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(plain(text).lower()))


def score(truth: str, read: str) -> Score:
    """Letters of `read` in order; its words wherever they stand."""
    wanted, got = plain(truth), plain(read)
    want, have = words(truth), words(read)
    return Score(Levenshtein.distance(wanted, got), len(wanted), want.total(), (want & have).total(), have.total())
