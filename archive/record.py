"""The record's values: component, container, item, page, file, reading, event. Plain and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from archive.layout import Layout
from archive.unit import Subject

#: Said of a page that is read and has no words, but is neither blank nor a picture.
UNREAD = "ink stands on it, but no reader found words: look at it"


@dataclass(frozen=True)
class Component:
    """A level of the tree: collection › series › file (EAD component)."""

    id: str
    ref_id: str | None
    parent_id: str | None
    level: str
    unitid: str
    title: str
    date: str = ""
    date_edtf: str = ""
    description: str = ""
    extent: str = ""
    access_note: str = ""
    use_note: str = ""
    position: int = 0
    source: str = "spreadsheet"
    finding_aid: str = ""


@dataclass(frozen=True)
class Container:
    """A box, or a folder in a box."""

    id: int
    type: str
    indicator: str
    barcode: str = ""
    parent_id: int | None = None


@dataclass(frozen=True)
class Item:
    """What is described and cited: an ordered list of pages, under one component.

    `plan` is the hash of what it was laid out from; `undone` the batch whose undoing took it out, if one did; `read_in`
    the languages (ISO 639-2, by +) that a person said its pages are to be read in.
    """

    id: str
    local_id: str | None
    component_id: str | None
    described_by: str = ""
    origin: str = ""
    plan: str = ""
    undone: int | None = None
    read_in: str = ""


@dataclass(frozen=True)
class Page:
    """One frame of one file, as an item's page. `width` × `height` is its canvas, in pixels; `read_in` as of an item,
    for it alone; `read_in_by_row` where its row said that; `by_ocr` where a person wants it read by OCR in spite of a
    text layer or a delivered text."""

    id: str
    ordinal: int
    item_id: str
    sequence: int
    label: str
    role: str
    file_id: int
    frame: int
    width: int
    height: int
    dpi: float | None
    shown_reading: int | None
    read_in: str = ""
    read_in_by_row: bool = False
    by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One image or page of a file. `number` counts from 1; `width` and `height` are the canvas in pixels.

    `dpi` is pixels an inch where it is known and credible. `direct` says that a reader may be given the
    file itself: it holds this one image and shows it as it lies on the canvas. A page that cannot
    be read has its reason in `problem`, and no size. A frame without a size and without a problem is that
    of a file that is kept and not read: it has neither image nor text.
    """

    number: int
    width: int
    height: int
    dpi: float | None = None
    direct: bool = False
    problem: str = ""
    #: What kind of problem that is (archive.reason); empty where an earlier version noted it.
    code: str = field(default="", compare=False)

    @property
    def kept(self) -> bool:
        """Whether the page stands for a file that is kept and not read.

        >>> Frame(1, 0, 0).kept, Frame(1, 0, 0, problem="is damaged").kept, Frame(1, 800, 600).kept
        (True, False, False)
        """
        return not self.width and not self.problem


@dataclass(frozen=True)
class File:
    """The bytes of a master, once, wherever they are found.

    `embedded` is what it says of itself, as (element, value, where). `puid` and `format` are PRONOM's
    identifier and name of its format, empty where PRONOM does not know it.
    """

    id: int
    sha256: str
    bytes: int
    media_type: str
    frames: tuple[Frame, ...]
    embedded: tuple[tuple[str, str, str], ...] = ()
    puid: str = ""
    format: str = ""

    @property
    def kept(self) -> bool:
        """Whether the file cannot be read as pages, and is kept: its one frame has no canvas."""
        return len(self.frames) == 1 and self.frames[0].kept


@dataclass(frozen=True)
class Location:
    """Where a file is found: below a named root."""

    file_id: int
    root: str
    path: str
    bytes: int
    modified_ns: int


@dataclass(frozen=True)
class NewReading:
    """What a reader read on a page, to be kept; never changed afterwards. `transcript_id` is the file of the delivered
    text that it was taken from, if from one; `base` the machine's reading that persons corrected, if they did."""

    reader: str
    recipe: str
    languages: tuple[str, ...]
    language: str
    layout: Layout
    transcript_id: int | None = None
    base: int | None = None


@dataclass(frozen=True)
class Candidate:
    """What a mention may be where its words do not decide it: a value as of a mention, and what speaks for it, in words
    of the extraction: that a place has the `name`, that the text calls it a `municipio`, that the `page` names the
    department it lies in."""

    value: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewMention:
    """A date or a place that a text speaks of, or what stands in a page's margins (archive.margins): where in the
    reading, by which rule, and what it is.

    `value` is an EDTF string, a place key or a page number as printed, empty where undecided; then `candidates` are
    all that it may be, as far as that is known.
    """

    kind: str
    first_word: int
    last_word: int
    text: str
    rule: str
    value: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Event:
    """Who did what, when, to what, with which outcome (PREMIS event)."""

    at: datetime
    agent: str
    action: str
    subject: Subject
    outcome: str
    detail: dict[str, Any]
