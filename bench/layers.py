"""How far the archive's estimate of a PDF's text layer can be believed, and which layers it doubts; fits its weights.

Layers are made of pages whose text is known: by Tesseract told the page's language, by Tesseract told the other one
(which is what a scanner's reader set to English does to Spanish), by the text itself (as a typesetter's PDF has it),
and by the text with what fonts without an encoding, lost accents and mistaken codes do to it.
"""

from __future__ import annotations

import argparse
import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from archive.config import IngestSettings
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import Frame
from bench import fitting
from bench.truth import Page, pages, plain, words
from ingest.page import recognise
from ingest.page.voting import layers

KEPT = Path(__file__).with_name("results") / "layers"
WEIGHTS = Path(layers.__file__).with_name("layer_weights.tsv")
FOLDS = 5
#: Bins in which chance and truth are compared.
BINS = 10


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _lost(text: str, gone: str, by: str) -> str:
    return text.translate({ord(c): by for c in gone})


#: What is done to a text, by the name of the kind of layer; each keeps the lines and, but for blanks, the words.
DAMAGES: dict[str, Callable[[str], str]] = {
    "typeset": lambda text: text,
    "accents lost": _without_accents,
    "accents as blanks": lambda text: _lost(text, "áéíóúñÁÉÍÓÚÑü", " "),
    "code page 850 as Latin 1": lambda text: text.encode("cp850", "replace").decode("latin-1"),
    "UTF-8 as Latin 1": lambda text: text.encode().decode("latin-1"),
    "ligatures lost": lambda text: text.replace("fi", "\0").replace("fl", "\ufffd"),
    "one accent lost": lambda text: _lost(text, "íé", "\0"),
}


@dataclass(frozen=True)
class Layer:
    """A layer of a page, of one kind; `right` says of each word whether it stands on the page."""

    page: Page
    kind: str
    layout: Layout
    scan: bool
    right: tuple[bool, ...]

    @property
    def share_right(self) -> float:
        return sum(self.right) / max(1, len(self.right))


def layers_of(page: Page) -> list[Layer]:
    """The layers made of a page."""
    # Of a word divided at a line's end both parts stand there, too.
    known = frozenset((*words(page.text), *words(page.text.replace("-\n", " ")), *plain(page.text).split()))
    written = frozenset(page.text.split())
    found = []
    for language in ("spa", "eng"):
        layout = _read(page, language)
        own = layers._language(page.text) in ("", language)
        right = tuple(fitting.is_right(word.content, known) for word in layout.words())
        found.append(Layer(page, "read in its language" if own else "read in the other language", layout, True, right))
    for kind, damage in DAMAGES.items():
        text = damage(page.text)
        if kind == "typeset" or text != page.text:
            layout = _set(text)
            found.append(Layer(page, kind, layout, False, tuple(word.content in written for word in layout.words())))
    return found


def _set(text: str) -> Layout:
    lines = [TextLine(tuple(Word(word, 0, 0, 1, 1) for word in line.split())) for line in text.splitlines()]
    return Layout(1, 1, (TextBlock(tuple(line for line in lines if line.words)),))


def _read(page: Page, language: str) -> Layout:
    place = KEPT / page.set / f"{page.stem}.{language}"
    if not place.exists():
        with Image.open(page.image) as image:
            image.load()
            canvas = image if image.mode in ("1", "L", "RGB") else image.convert("RGB")
            dpi = image.info.get("dpi", (0,))[0]
        frame = Frame(1, *canvas.size, dpi=float(dpi) if dpi and dpi > 70 else None)
        layout = recognise.first(
            canvas, frame, replace(IngestSettings(), straighten=False), page.stem, (language,)
        ).layout
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(layout.to_bytes())
    return Layout.from_bytes(place.read_bytes())


def examples(some: Sequence[Layer]) -> Iterator[fitting.Example]:
    """Every word of the layers, with what the model sees of it."""
    for layer in some:
        for seen, right in zip(layers.seen(layer.layout, scan=layer.scan), layer.right, strict=True):
            yield fitting.Example("layer", seen, right)


def by_other_pages(some: Sequence[Layer]) -> Iterator[tuple[Layer, layers.Judged]]:
    """Each layer judged with weights that were fitted to the layers of other pages."""
    documents = list(dict.fromkeys(layer.page for layer in some))
    random.Random(5).shuffle(documents)
    for fold in range(FOLDS):
        held = set(documents[fold::FOLDS])
        weights = fitting.fitted(list(examples([layer for layer in some if layer.page not in held])))
        for layer in some:
            if layer.page in held:
                yield layer, layers.judge(layer.layout, scan=layer.scan, weights=weights)


def table(judged: Sequence[tuple[Layer, layers.Judged]]) -> Iterator[str]:
    """A Markdown table, a row a kind of layer; then how far chance and truth lie apart."""
    yield "| kind of layer | layers | words right | estimated | doubted |"
    yield "|---|---|---|---|---|"
    for kind in dict.fromkeys(layer.kind for layer, _ in judged):
        mine = [(layer, one) for layer, one in judged if layer.kind == kind]
        total = sum(len(layer.right) for layer, _ in mine)
        right = sum(sum(layer.right) for layer, _ in mine) / total
        told = sum(word.confidence for _, one in mine for word in one.layout.words()) / total
        yield f"| {kind} | {len(mine)} | {right:.3f} | {told:.3f} | {sum(bool(one.doubt) for _, one in mine)} |"
    pairs = [
        (word.confidence, right)
        for layer, one in judged
        for word, right in zip(one.layout.words(), layer.right, strict=True)
    ]
    bins: dict[int, list[tuple[float, bool]]] = {}
    for chance, right in pairs:
        bins.setdefault(min(BINS - 1, int(chance * BINS)), []).append((chance, right))
    apart = sum(abs(sum(c for c, _ in some) - sum(r for _, r in some)) for some in bins.values()) / len(pairs)
    yield f"\nExpected calibration error over {len(pairs)} words: {apart:.3f}"
    pages_apart = [
        abs(layer.share_right - sum(w.confidence for w in one.layout.words()) / max(1, len(layer.right)))
        for layer, one in judged
    ]
    yield f"A page's estimate lies {sum(pages_apart) / len(pages_apart):.3f} from its share of right words, in the mean"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.layers", description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--most", type=int, default=12, help="pages of each folder, evenly spread (12)")
    options.add_argument("--fit", action="store_true", help=f"fit {WEIGHTS.name} to these pages")
    options.add_argument("--kept", action="store_true", help="only pages that are read already")
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    some: list[Page] = []
    for folder in chosen.folders:
        found = list(pages(folder.resolve()))
        some += found[:: max(1, len(found) // chosen.most)][: chosen.most]
    if chosen.kept:
        some = [
            page
            for page in some
            if all((KEPT / page.set / f"{page.stem}.{language}").exists() for language in ("spa", "eng"))
        ]
    with ProcessPoolExecutor(chosen.workers) as pool:
        made = [layer for found in pool.map(layers_of, some) for layer in found]
    if chosen.fit:
        weights = fitting.fitted(list(examples(made)))
        rows = [
            f"{name}\t{weight}\tfitted to {len(made)} layers of {len(some)} pages by bench.layers"
            for name, weight in weights.items()
        ]
        WEIGHTS.write_text("\n".join(["feature\tweight\tsource", *rows]) + "\n", "utf-8")
    print("\n".join(table(list(by_other_pages(made)))))


if __name__ == "__main__":
    main()
