"""In which languages a person said that pages are to be read: of the page, else of its item; else the page itself is
asked (`first_pass`).

An item is told by its row, a page by its own, both by `--language` and `redo --read-as`. Codes are those of ISO 639-2.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from archive.description import Description, Source
from archive.languages import languages
from archive.record import Item, Page
from ingest.tools.probe import install_command

#: Several languages, no words, undetermined: nothing to read by.
_NONE = frozenset(("mul", "und", "zxx", "mis"))


def written(codes: Iterable[str]) -> str:
    """The languages that can be read in, as the catalog has them.

    >>> written(["spa", "mul"]), written(["spa", "eng"])
    ('spa', 'spa+eng')
    """
    return "+".join(dict.fromkeys(code for code in codes if code not in _NONE))


def by_row(description: Description) -> bool:
    """Whether the row of a spreadsheet, as it was last read, told an item's language: where it tells none now, nobody
    does."""
    return any(one.element == "language" and one.source == Source.SPREADSHEET for one in description)


def of_page(page: Page, item: Item) -> str:
    """What a person said of the page, or of its item; empty where nobody did."""
    return page.read_in or item.read_in


@dataclass(frozen=True, slots=True)
class Recipe:
    """How pages are read now: `present` is the recipe of those of which nobody said a language (`ledger.recipe`),
    `installed` are the languages that Tesseract has, `layer` is a mark of how text layers are judged
    (`voting.layers.mark`)."""

    present: str
    installed: tuple[str, ...]
    layer: str = ""

    def of(self, said: str, *, by_ocr: bool = False, layer: bool = False) -> str:
        """The recipe of one page: what a person said of it is part of it, and whether Tesseract could do so, so that a
        page is read again where either changed; and how text layers are judged, where it has one.

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
    """The same as Tesseract calls them, and what is to be known where it lacks one: the page is then read as if nobody
    had said anything.

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
