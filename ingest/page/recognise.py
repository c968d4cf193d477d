"""The readers on one canvas: Tesseract reads it, and where its reading is doubtful a second reader too; both are
voted."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from archive.config import IngestSettings
from archive.errors import ToolFailed
from archive.layout import Layout, TextLine
from archive.record import Frame
from ingest.extract import language
from ingest.page import language_probe, orientation, prepare, specks, voting
from ingest.tools import ink, probe, rapidocr, shine_through, tesseract

#: Raised when pages are prepared or voted otherwise: they are then read anew. The weights of the votes are hashed
#: besides.
VERSION = 5
#: A page whose words Tesseract itself is less sure of may not stand upright; it is looked at with this longer side at
#: least.
UPRIGHT_FROM = 0.6
ORIENTED_SIDE = 2000
#: So much less sure may Tesseract be of a page read upright than of one that lies on its side, which it reads nearly as
#: well.
LITTLE = 0.05
#: Fewer words than this are no text where each is rather wrong, or shorter than SPEAKS letters and no number.
FEW, RATHER_RIGHT, SPEAKS = 8, 0.5, 3
#: A page of fewer words than this, in which less than this share of its ink stands, may have more to read.
SPARSE, COVERED = 60, 0.7
#: Of a page on which the second reader is less sure of its words than this, in the mean, it looks for lines at this
#: size, too: at which of the two it sees more differs from film to film and from page to page.
UNSURE, CLOSE = 0.97, 4000
#: A one-bit canvas with a longer side than this is halved with a smooth filter for the second reader: at its full
#: size the edges of microfilm are read as letters.
FINE_ONE_BIT = 3000


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words on the canvas, by which readers (`tesseract 5.3.0`) in which languages, the seconds they took, and what
    is to be known of how it went."""

    layout: Layout
    reader: str
    version: str
    languages: tuple[str, ...]
    seconds: float
    note: str = ""


def ingredients(settings: IngestSettings) -> dict:
    """What decides how a canvas is read: versions, models and settings, for the recipe. Raises ToolMissing."""
    found = dict(
        reader=probe.tesseract_version(),
        languages=settings.languages,
        models=probe.tesseract_models(settings.languages),
        preparation=prepare.VERSION if settings.straighten else 0,
    )
    if settings.find_orientation:
        found |= dict(orientation=UPRIGHT_FROM)
    if second_reader(settings):
        found |= dict(
            second=rapidocr.version(),
            policy=settings.second_reader,
            below=settings.second_reader_below,
            lines=settings.second_reader_lines_below,
            voting=VERSION,
            weights=voting.mark(),
        )
    return found


def second_reader(settings: IngestSettings) -> bool:
    """Whether there is a second reader to be asked, and the lists of words to vote by."""
    return settings.second_reader != "never" and rapidocr.is_here() and voting.is_here()


def recognise(
    canvas: Image.Image, frame: Frame, settings: IngestSettings, item: str, told: tuple[str, ...] = ()
) -> Recognised:
    """What the readers that the settings ask for find on the canvas; `told` are the languages that a person said the
    page is in.

    Raises ToolError where a reader is missing or Tesseract fails. A page of points and strokes alone has no words, and
    one in other letters than Latin none, unless somebody said its language. What is read badly may lie on its side: it
    is then turned, and read so where that is surer.
    """
    start = time.perf_counter()
    read = _read(canvas, frame, settings, item, told)
    on_its_side, stance = orientation.lies(read.layout), tesseract.Stance()
    if settings.find_orientation and (on_its_side or doubtful(read.layout, UPRIGHT_FROM)):
        stance = _stance(canvas, settings, item)
    if stance.script and not told:  # who said a language may have said one that is written so
        note = (
            f"its letters seem to be {stance.script}, in which nothing is read: `rescate redo --read-as` says "
            "its language, and has it read"
        )
        return Recognised(
            Layout(frame.width, frame.height),
            tesseract.NAME,
            probe.tesseract_version(),
            read.languages,
            time.perf_counter() - start,
            note,
        )
    if degrees := stance.degrees:
        upright = orientation.turned(canvas, frame, degrees)
        again = _read(*upright, settings, item, told)
        # The second reader reads no lines that run up or down.
        if (again.layout.confidence or 0) > (read.layout.confidence or 0) - (LITTLE if on_its_side else 0):
            shown = _voted(*upright, again, settings, item)
            return replace(
                shown, layout=orientation.back(shown.layout, degrees, frame), seconds=time.perf_counter() - start
            )
    return replace(_voted(canvas, frame, read, settings, item), seconds=time.perf_counter() - start)


def _read(canvas: Image.Image, frame: Frame, settings: IngestSettings, item: str, told: tuple[str, ...]) -> First:
    """Tesseract's words, as surely as it reads them itself."""
    read = first(canvas, frame, settings, item, told)
    return replace(read, layout=_with_letters(read.layout))


def _voted(canvas: Image.Image, frame: Frame, read: First, settings: IngestSettings, item: str) -> Recognised:
    """What Tesseract read, with what the second reader reads where it is asked; alone, and that is noted, where that
    one fails."""
    note, layout = "", read.layout
    name, version = tesseract.NAME, probe.tesseract_version()
    if not second_reader(settings):
        return Recognised(layout, name, version, read.languages, 0.0)
    spoken = spoken_in(layout, read.languages)
    judged = voting.alone(layout, spoken)
    try:
        if (
            settings.second_reader == "always"
            or doubtful(judged, settings.second_reader_below)
            or passed_over(canvas, judged)
        ):
            other = second(canvas, frame, item)
            voted = voting.vote(layout, other, spoken if layout.blocks else spoken_in(other, read.languages))
        elif numbers := voting.doubtful_lines(judged, settings.second_reader_lines_below):
            voted = voting.vote_lines(layout, judged, second_of_lines(canvas, frame, layout, numbers, item), spoken)
        else:
            voted = None
    except ToolFailed as trouble:
        note = f"read by Tesseract alone: {trouble.message}. Then `rescate redo --reason RapidOCR`"
    else:
        if voted is not None:
            judged, name, version = voted, f"{name}+{rapidocr.NAME}", f"{version}+{rapidocr.version()}"
    return Recognised(_without_inventions(_with_letters(judged)), name, version, read.languages, 0.0, note)


def _stance(canvas: Image.Image, settings: IngestSettings, item: str) -> tesseract.Stance:
    """How the canvas lies, and what script it is in."""
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        path = Path(folder) / "page.pnm"
        factor = max(1, max(canvas.size) // ORIENTED_SIDE)
        (canvas.convert("L").reduce(factor) if factor > 1 else canvas).save(path, "PPM")
        return tesseract.stance(path, timeout=settings.page_timeout, item=item)


def spoken_in(layout: Layout, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages whose lexicon counts on a page: its own where that is decided, else all that are read for."""
    found = language.page_language(layout.blocks)
    return (found,) if found in languages else languages


def doubtful(judged: Layout, below: float) -> bool:
    """Whether a page's mean chance of a right word lies below; of a page without words it does."""
    return judged.confidence is None or judged.confidence < below


def passed_over(canvas: Image.Image, layout: Layout) -> bool:
    """Whether much of the ink of a page of few words stands in none of them: a stamp beside a caption, or a picture."""
    boxes = [(word.hpos, word.vpos, word.width, word.height) for word in layout.words()]
    return len(boxes) < SPARSE and ink.share_under(canvas, boxes) < COVERED


@dataclass(frozen=True, slots=True)
class First:
    """Tesseract's words on the canvas, and the languages it was told to read in."""

    layout: Layout
    languages: tuple[str, ...]


def first(canvas: Image.Image, frame: Frame, settings: IngestSettings, item: str, told: tuple[str, ...] = ()) -> First:
    """The canvas read by Tesseract, given to it as it likes it; in the languages `told`, else in the page's own."""
    page = prepare.prepared(canvas, frame, settings)
    languages = told or language_probe.languages_of(page.image, settings, item)
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        # Uncompressed (PBM, PGM, PPM): written and read in milliseconds, which is less than Tesseract would take
        # to decode the master again; and it never sees a format that it reads otherwise than Pillow.
        path = Path(folder) / "page.pnm"
        page.image.save(path, "PPM")
        layout = tesseract.read(
            path,
            languages=languages,
            width=page.image.width,
            height=page.image.height,
            timeout=settings.page_timeout,
            dpi=page.dpi,
            item=item,
        )
    return First(specks.without(page.back(layout)), languages)


def second(canvas: Image.Image, frame: Frame, item: str = "") -> Layout:
    """The second reader's words on the canvas, given to it as it likes it; where it is unsure of them, looked for at
    two sizes, with what it reads otherwise at the other aside. Raises ToolFailed."""
    image = _for_second(canvas)

    def look(side: int) -> Layout:
        return specks.without(rapidocr.read(image, width=frame.width, height=frame.height, item=item, side=side))

    read = look(rapidocr.DETECTED_SIDE)
    unsure = read.confidence is not None and read.confidence < UNSURE
    return voting.joined(read, look(CLOSE)) if unsure and max(image.size) > rapidocr.DETECTED_SIDE else read


def second_of_lines(
    canvas: Image.Image, frame: Frame, layout: Layout, numbers: tuple[int, ...], item: str = ""
) -> dict[int, TextLine]:
    """The second reader's words in these lines of a layout, by number: only its recogniser, which knows no boxes, is
    asked."""
    boxes = voting.boxes(layout, numbers)
    lines = rapidocr.read_lines(_for_second(canvas), boxes, width=frame.width, height=frame.height, item=item)
    return dict(zip(numbers, map(specks.swept, lines), strict=True))


def _for_second(canvas: Image.Image) -> Image.Image:
    """The canvas as the second reader likes it: microfilm smoothed, paper that does not shine through."""
    if canvas.mode == "1":
        return canvas.convert("L").reduce(2) if max(canvas.size) > FINE_ONE_BIT else canvas
    return shine_through.without(canvas) or canvas


def _speaks(text: str) -> bool:
    """Whether it is more than the one or two letters that edges and shadows look like.

    >>> [_speaks(text) for text in ("Foto:", "12", "de", "6", "A,")]
    [True, True, False, False, False]
    """
    bare = "".join(filter(str.isalnum, text))
    return len(bare) >= SPEAKS or len(bare) == 2 and bare.isdigit()


def _with_letters(layout: Layout) -> Layout:
    """The layout; nothing is shown where it has points and strokes alone, which are read from dust and from the grain
    of photographs."""
    if any(c.isalnum() for word in layout.words() for c in word.content):
        return layout
    return replace(layout, blocks=())


def _without_inventions(layout: Layout) -> Layout:
    """The layout; nothing shown of few words none of which says anything and is rather right than wrong: they are read
    from a picture."""
    words = list(layout.words())
    if len(words) >= FEW or any(
        (word.confidence is None or word.confidence >= RATHER_RIGHT) and _speaks(word.content) for word in words
    ):
        return layout
    return replace(layout, blocks=(), aside=(*(line for block in layout.blocks for line in block.lines), *layout.aside))
