"""The recipe of a reading: all that it depends on, settings, readers, rules and what a person said, as a short mark.

A page read under another recipe than the present one is read again, and no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from archive.config import Config
from archive.languages import languages
from ingest.extract import EXTRACTOR_VERSION
from ingest.page import voting
from ingest.page.recognise import ingredients
from ingest.page.transcribe import CANVAS_VERSION
from ingest.tools import probe
from ingest.tools.probe import install_command


def fingerprint(**ingredients) -> str:
    """A short hash of all that a result depends on, by name: what was made under another one is made again.

    >>> fingerprint(reader="tesseract 5.3.0", dpi=300) == fingerprint(dpi=300, reader="tesseract 5.3.0")
    True
    """
    written = json.dumps(ingredients, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How pages are read now: `present` is the recipe of those of which nobody said a language (a `fingerprint`),
    `installed` are the languages that Tesseract has, `layer` is a mark of how text layers are judged
    (`voting.layers.mark`)."""

    present: str
    installed: tuple[str, ...]
    layer: str = ""

    def of(self, said: str, *, by_ocr: bool = False, layer: bool = False) -> str:
        """The recipe of one page: the language that a person said is part of it, and whether Tesseract could do so, so
        that a page is read again where either changed; and how text layers are judged, where it has one.

        >>> recipe = Recipe("1f3a", ("eng", "spa"), "9b")
        >>> recipe.of(""), recipe.of("spa"), recipe.of("nah"), recipe.of("", by_ocr=True), recipe.of("", layer=True)
        ('1f3a', '1f3a+spa', '1f3a+nah!', '1f3a+ocr', '1f3a+layer.9b')
        """
        lacking = said and readable(said, self.installed)[1]
        return (
            self.present
            + (f"+{said}" if said else "")
            + "!" * bool(lacking)
            + "+ocr" * by_ocr
            + (f"+layer.{self.layer}" if layer and not by_ocr else "")
        )

    def each(self, said: str, *, by_ocr: bool = False) -> tuple[str, ...]:
        """The recipes under which there is nothing left to do for a page: without a text layer, and with one.

        >>> Recipe("1f3a", (), "9b").each("")
        ('1f3a', '1f3a+layer.9b')
        """
        return tuple(dict.fromkeys((self.of(said, by_ocr=by_ocr), self.of(said, by_ocr=by_ocr, layer=True))))


def readable(said: str, installed: Collection[str]) -> tuple[tuple[str, ...], str]:
    """Languages that a person said, as Tesseract calls them, and what is to be known where it lacks one: the page is
    then read as if nobody had said anything.

    >>> readable("spa+fre", ["eng", "fra", "spa"])
    (('spa', 'fra'), '')
    >>> readable("fre", ["eng", "spa"])[0]
    ()
    """
    codes = tuple(
        known.terminology or code if (known := languages().get(code)) else code for code in said.split("+") if code
    )
    lacking = [code for code in codes if code not in installed]
    if lacking:
        return (
            (),
            f"is not read in {', '.join(lacking)}, as was said: Tesseract lacks it. {install_command(*lacking)}; "
            "the next run then reads it again",
        )
    return codes, ""


def present_recipe(config: Config) -> Recipe:
    """The recipe of readings made now with these settings; ToolMissing where their reader is not there."""
    settings = config.ingest
    probe.require(settings.languages)
    present = fingerprint(
        **ingredients(settings),
        layer=probe.pdfplumber_version(),
        pdf_dpi=settings.pdf_dpi,
        canvas=CANVAS_VERSION,
        extraction=EXTRACTOR_VERSION,
    )
    return Recipe(present, probe.tesseract_languages(), voting.layers.mark())
