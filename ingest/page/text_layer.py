"""The text layer of a PDF page: whether it is taken as the page's text, and what is kept of it where the page is read
instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from archive.layout import Layout
from archive.record import Frame
from ingest.page.voting import layers
from ingest.tools import pdf_text


@dataclass(frozen=True, slots=True)
class TextLayer:
    """What stands in the PDF. `doubt` says why it is not taken unseen, and is empty where it is; `judged` are its words
    with their chances, None where they cannot be used at all: they stand beside the print, under a black bar, or say
    nothing."""

    doubt: str
    judged: layers.Judged | None = None

    @property
    def text(self) -> Layout:
        """The layer's words as the page's text: of one that can be used."""
        assert self.judged is not None, self.doubt
        return layers.taken(self.judged)

    def is_confirmed_by(self, read: Layout) -> bool:
        """Whether it only looks odd, and so does the page: Latin, a list of words of one letter, a text typed without
        accents."""
        return self.judged is not None and self.doubt == self.judged.doubt and layers.confirmed(self.judged, read)

    def beside(self, read: Layout) -> Layout:
        """What was read, with the layer's words kept as the losing reading."""
        return read if self.judged is None else layers.beside(read, self.judged)


def text_layer(path: Path, frame: Frame, canvas: Image.Image) -> TextLayer | None:
    """The layer of a page, of which `canvas` is the image; None where there is none."""
    found = pdf_text.read(path, frame)
    if not found.layout.blocks:
        return TextLayer(found.problem) if found.problem else None
    fault = pdf_text.fault(found, canvas)
    if fault and not fault.startswith(pdf_text.COVERS_ONLY):
        return TextLayer(fault)
    judged = layers.judge(found.layout, scan=found.image_cover >= pdf_text.SCAN_COVER)
    if not layers.taken(judged).blocks:
        return TextLayer("the text layer has glyphs without a character")
    return TextLayer(fault or judged.doubt, judged)
