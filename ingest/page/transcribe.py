"""Reads one page: its image and thumbnail, and its words on the canvas with where they come from.

Runs in a worker process (`ingest.execution`); a page is decoded or drawn once, and everything is made
from that.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from archive.config import IngestSettings
from archive.layout import Layout
from archive.reason import Reason
from archive.record import Frame
from ingest import transcripts
from ingest.page.recognise import recognise
from ingest.page.text_layer import text_layer
from ingest.tools import derivatives, ink, masters, pdf_text, probe, tesseract
from ingest.tools import media_type as kinds

#: Raised when a page is drawn otherwise, or another text layer is taken: pages drawn or taken before are then read
#: anew.
CANVAS_VERSION = 2
#: What a task may take beyond its reader's own timeout, before its worker is killed.
BESIDE_READER = 60


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page to be read; `page` is any key the caller knows it by; `transcript` what it is to be taken from instead;
    `languages` those that a person said it is in, and `lacking` why it cannot be read in them; `by_ocr` that a person
    wants it read in spite of its text layer and of a delivered text."""

    page: str
    path: Path
    media_type: str
    frame: Frame
    settings: IngestSettings
    image_path: Path
    thumbnail_path: Path
    transcript: transcripts.Delivered | None = None
    languages: tuple[str, ...] = ()
    lacking: str = ""
    by_ocr: bool = False

    @property
    def item(self) -> str:
        return f"{self.path}, page {self.frame.number}"


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read of a page. `outcome` is `blank` where nothing stands on the page, else `read` (a photograph
    without a word is read, and has no words). `unread` says that there is ink on paper in which no reader found
    words; `note` why an embedded text was not taken, and what a reader lacked; `languages` are those its reader was
    told; `unused` says why a delivered text was not taken, and `delivered` that one was; `layer` that the page has a
    text layer, whether that was taken or not."""

    page: str
    layout: Layout
    reader: str
    reader_version: str
    outcome: Literal["read", "blank"]
    image_width: int
    image_height: int
    seconds: float
    reader_seconds: float
    note: str = ""
    unused: str = ""
    delivered: bool = False
    languages: tuple[str, ...] = ()
    unread: bool = False
    layer: bool = False

    @property
    def code(self) -> str:
        """Of what is noted of the page; empty where nothing is."""
        if self.unread:
            return Reason.NO_WORDS
        if self.unused:
            return Reason.TRANSCRIPT_UNUSED
        return Reason.NOTED if self.note else ""


def time_limit(settings: IngestSettings) -> float:
    """Seconds after which a page's worker is to be killed: after the reader's own timeout has failed."""
    return settings.page_timeout + BESIDE_READER


def transcribe(task: PageTask) -> PageText:
    """Draws the page, writes its derivatives, takes its words from its transcript or its text layer, or reads it.

    Raises ScanError where the page cannot be drawn, ToolError where its reader is missing or fails.
    """
    began = time.perf_counter()
    settings, frame = task.settings, task.frame
    canvas = masters.render(task.path, task.media_type, frame)
    shown = derivatives.write(
        canvas,
        task.image_path,
        task.thumbnail_path,
        image_width=settings.image_width,
        quality=settings.image_quality,
        thumbnail_width=settings.thumbnail_width,
    )

    def text(
        layout: Layout, reader: str, version: str, reading: float, note: str = "", *, blank: bool = False
    ) -> PageText:
        return PageText(
            task.page,
            layout,
            reader,
            version,
            "blank" if blank else "read",
            *shown.size,
            time.perf_counter() - began,
            reading,
            note,
            unused,
            layer=layer is not None,
        )

    start = time.perf_counter()
    unused, layer = "", None
    if task.transcript is not None and not task.by_ocr:
        try:
            layout, reader = transcripts.read(task.transcript, frame.width, frame.height, frame.dpi)
            if not layout.blocks and not ink.is_blank(shown):
                raise transcripts.NotUsable("it has no words, but the page is not blank")
        except transcripts.NotUsable as why:
            unused = why.message
        else:
            return replace(
                text(layout, reader, "", time.perf_counter() - start, blank=not layout.blocks), delivered=True
            )
    if task.media_type == kinds.PDF and not task.by_ocr:
        layer = text_layer(task.path, frame, canvas)
        if layer is not None and not layer.doubt:
            return text(layer.text, pdf_text.NAME, probe.pdfplumber_version(), time.perf_counter() - start)
    doubt = layer.doubt if layer is not None else ""
    if ink.is_blank(shown):
        return text(
            Layout(frame.width, frame.height), tesseract.NAME, probe.tesseract_version(), 0.0, doubt, blank=True
        )
    read = recognise(canvas, frame, settings, task.item, task.languages)
    if layer is not None and layer.is_confirmed_by(read.layout):
        return text(layer.text, pdf_text.NAME, probe.pdfplumber_version(), read.seconds)
    layout = layer.beside(read.layout) if layer is not None else read.layout
    done = text(
        layout, read.reader, read.version, read.seconds, "; ".join(filter(None, (task.lacking, doubt, read.note)))
    )
    return replace(done, languages=read.languages, unread=not layout.blocks and ink.on_paper(shown))
