"""How well pages are read whose text is known, and at what cost: `python -m bench.reading FOLDER…`.

Each folder holds images with their truth beside them (`bench.truth`). Every page is read by Tesseract alone (its
defaults, in the language of the truth), by the first reader as ingest has it (prepared, in the language it finds), by
the second reader, and by both voted; readings are kept in `results/readings`, so that votes and policies are measured
again without reading again. `--fit` fits the weights of the votes: what is printed of a page then comes from weights
that were fitted to other pages. `--plot FILE` draws recall against cost for every threshold of the policy, and how well
confidences are calibrated. Prints tables for README.md, and what each page gained or lost since the last run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median

from PIL import Image

from archive.config import IngestSettings
from archive.exports import all_readings_of
from archive.layout import Layout, TextBlock, TextLine
from archive.record import Frame
from bench import fitting
from bench.truth import Page, Score, pages, plain, score, words
from ingest.extract import language
from ingest.page import prepare, recognise, voting
from ingest.page.voting import judgement
from ingest.tools import rapidocr

RESULTS = Path(__file__).with_name("results")
KEPT = RESULTS / "readings"
WEIGHTS = Path(voting.__file__).with_name("weights.tsv")
FOLDS = 5
#: Of the policy, that are drawn.
THRESHOLDS = [0.0, 0.5, 0.7, 0.8, 0.84, 0.87, 0.9, 0.92, 0.94, 1.01]
SAMPLES = 1000


@dataclass(frozen=True, eq=False)
class Read:
    """A page with what each reader read and the seconds of processor it took; `alone` is Tesseract's without anything
    around it, `lines` what the second reader's recogniser has for each line of the first."""

    page: Page
    alone: Layout
    first: Layout
    second: Layout
    alone_cost: float
    first_cost: float
    second_cost: float
    lines: tuple[TextLine, ...]
    lines_cost: float

    @property
    def spoken(self) -> tuple[str, ...]:
        return recognise.spoken_in(self.first if self.first.blocks else self.second, IngestSettings().languages)


@dataclass(frozen=True)
class Result:
    """Scores of one page: of Tesseract alone, the second reader, of what is shown, of what is searched; the cost in
    Tesseract's alone."""

    alone: Score
    second: Score
    shown: Score
    searched: Score
    cost: float


def _spent() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _kept(page: Page, reader: str, version: str) -> Path:
    return KEPT / page.set.replace("/", "_") / f"{page.stem}.{reader}-{version}"


def read(page: Page) -> Read:
    """The page by both readers; what is kept of them is not read again."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    Image.MAX_IMAGE_PIXELS = None
    settings = IngestSettings()
    found = []
    spanish, english, _ = language.votes(page.text)
    spoken = ("spa" if spanish >= english else "eng",)
    bare = replace(settings, straighten=False)
    for reader, version in (
        ("tesseract", "+".join(spoken)),
        ("first", f"{prepare.VERSION}"),
        ("rapidocr", f"{rapidocr.version()}-{recognise.VERSION}"),
    ):
        place = _kept(page, reader, version)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            with Image.open(page.image) as image:
                image.load()
                canvas = image if image.mode in ("1", "L", "RGB") else image.convert("RGB")
                dpi = image.info.get("dpi", (0,))[0]
            frame = Frame(1, *canvas.size, dpi=float(dpi) if dpi and dpi > 70 else None)
            if reader == "rapidocr":
                rapidocr.load()
            began = _spent()
            layout = (
                recognise.second(canvas, frame)
                if reader == "rapidocr"
                else recognise.first(
                    canvas, frame, *((settings, page.stem) if reader == "first" else (bare, page.stem, spoken))
                ).layout
            )
            place.with_name(place.name + ".seconds").write_text(f"{_spent() - began:.3f}")
            place.write_bytes(layout.to_bytes())
        found.append(
            (Layout.from_bytes(place.read_bytes()), float(place.with_name(place.name + ".seconds").read_text()))
        )
    layouts, costs = zip(*found, strict=True)
    again, lines_cost = _kept_lines(page, layouts[1])
    return Read(page, *layouts, *costs, again, lines_cost)


def _kept_lines(page: Page, first: Layout) -> tuple[tuple[TextLine, ...], float]:
    """What the second reader's recogniser has for each line of the first reader's layout, and what that cost."""
    place = _kept(page, "lines", f"{prepare.VERSION}-{rapidocr.version()}-{recognise.VERSION}")
    numbers = tuple(range(sum(len(block.lines) for block in first.blocks)))
    if not place.exists():
        with Image.open(page.image) as image:
            image.load()
            canvas = image if image.mode in ("1", "L", "RGB") else image.convert("RGB")
        rapidocr.load()
        began = _spent()
        lines = recognise.second_of_lines(canvas, Frame(1, *canvas.size), first, numbers)
        place.with_name(place.name + ".seconds").write_text(f"{_spent() - began:.3f}")
        place.write_bytes(Layout(*canvas.size, tuple(TextBlock((lines[number],)) for number in numbers)).to_bytes())
    read = Layout.from_bytes(place.read_bytes())
    return tuple(block.lines[0] for block in read.blocks), float(place.with_name(place.name + ".seconds").read_text())


def result(one: Read, settings: IngestSettings) -> Result:
    """As ingest would vote it under these settings."""
    judged = voting.alone(one.first, one.spoken)
    cost, shown = one.first_cost / one.alone_cost, judged
    if settings.second_reader == "doubtful" and not recognise.doubtful(judged, settings.second_reader_below):
        numbers = voting.doubtful_lines(judged, settings.second_reader_lines_below)
        shown = voting.vote_lines(one.first, judged, {number: one.lines[number] for number in numbers}, one.spoken)
        # Its recogniser's cost is that of the length of its lines.
        lengths = [width / height for _, _, width, height in voting.boxes(one.first, range(len(one.lines)))]
        cost += one.lines_cost * sum(lengths[number] for number in numbers) / max(1e-9, sum(lengths)) / one.alone_cost
    elif settings.second_reader != "never":
        shown, cost = (
            voting.vote(one.first, one.second, one.spoken),
            (one.first_cost + one.second_cost) / one.alone_cost,
        )
    truth = one.page.text
    return Result(
        score(truth, one.alone.text),
        score(truth, one.second.text),
        score(truth, shown.text),
        score(truth, all_readings_of(shown)),
        cost,
    )


def folds(reads: Sequence[Read]) -> Iterator[tuple[list[Read], dict[str, dict[str, float]]]]:
    """Some of the pages, with weights that were fitted to all the others; each page once."""
    order = list(range(len(reads)))
    random.Random(5).shuffle(order)
    examples = [list(fitting.examples(one.first, one.second, one.spoken, one.page.text)) for one in reads]
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        yield [reads[n] for n in held], fitting.fit(e for n, some in enumerate(examples) if n not in held for e in some)


def by_other_pages(reads: Sequence[Read], settings: IngestSettings) -> list[Result]:
    """Each page's result under weights that were fitted to other pages."""
    found: dict[Page, Result] = {}
    for held, weights in _folded(tuple(reads)):
        with judgement.weighing(weights):
            found |= {one.page: result(one, settings) for one in held}
    return [found[one.page] for one in reads]


@cache
def _folded(reads: tuple[Read, ...]):
    return list(folds(reads))


def recall(some: Iterable[Score]) -> float:
    some = list(some)
    return sum(one.found for one in some) / max(1, sum(one.words for one in some))


def precision(some: Iterable[Score]) -> float:
    some = list(some)
    return sum(one.found for one in some) / max(1, sum(one.read for one in some))


def spread(values: Sequence[float]) -> float:
    """Half the width of the 95 % interval of a median, by bootstrap."""
    chance = random.Random(7)
    medians = sorted(median(chance.choices(values, k=len(values))) for _ in range(SAMPLES))
    return (medians[int(0.975 * SAMPLES)] - medians[int(0.025 * SAMPLES)]) / 2


def rows(reads: Sequence[Read], results: Sequence[Result]) -> list[str]:
    """A Markdown table, a row a set."""
    made = [
        "| set | pages | Tesseract: CER, recall, precision | second reader | shown | searched: recall | cost |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in dict.fromkeys(one.page.set for one in reads):
        some = [found for one, found in zip(reads, results, strict=True) if one.page.set == name]
        cells = [
            f"{median(s.cer for s in kind):.3f} {recall(kind):.3f} {precision(kind):.3f}"
            for kind in ([one.alone for one in some], [one.second for one in some], [one.shown for one in some])
        ]
        cells[2] += f" (CER ± {spread([one.shown.cer for one in some]):.3f})"
        costs = [(one.first_cost + one.second_cost) / one.alone_cost for one in reads if one.page.set == name]
        made.append(
            f"| {name} | {len(some)} | {' | '.join(cells)} | {recall(one.searched for one in some):.3f} "
            f"| {_mean_cost(reads, results, name):.2f} of {sum(costs) / len(costs):.2f} |"
        )
    return made


def _mean_cost(reads: Sequence[Read], results: Sequence[Result], name: str) -> float:
    """Processor time of a set over that of Tesseract alone."""
    mine = [(one, found) for one, found in zip(reads, results, strict=True) if one.page.set == name]
    return sum(one.alone_cost * found.cost for one, found in mine) / sum(one.alone_cost for one, _ in mine)


def differences(reads: Sequence[Read], results: Sequence[Result]) -> list[str]:
    """What pages gained or lost since the last run, in letters wrong and words found; the run is kept."""
    path = RESULTS / "reading.json"
    before = json.loads(path.read_text()) if path.exists() else {}
    now = {
        f"{one.page.set}/{one.page.stem}": [found.shown.edits, found.searched.found]
        for one, found in zip(reads, results, strict=True)
    }
    path.write_text(json.dumps(before | now, indent=1))
    return [
        f"{name}: letters wrong {before[name][0]} → {edits}, words found {before[name][1]} → {words}"
        for name, (edits, words) in now.items()
        if name in before and before[name] != [edits, words]
    ]


def curves(reads: Sequence[Read], settings: IngestSettings) -> dict[str, list[tuple[float, float, float]]]:
    """Of each kind of set (threshold, cost, recall of what is searched), by thresholds of the policy."""
    results = {
        below: by_other_pages(reads, replace(settings, second_reader="doubtful", second_reader_below=below))
        for below in THRESHOLDS
    }
    found: dict[str, list[tuple[float, float, float]]] = {}
    for kind in dict.fromkeys(one.page.set.split("-")[0] for one in reads):
        mine = [n for n, one in enumerate(reads) if one.page.set.startswith(kind)]
        alone = sum(reads[n].alone_cost for n in mine)
        found[kind] = [
            (
                below,
                sum(reads[n].alone_cost * some[n].cost for n in mine) / alone,
                recall(some[n].searched for n in mine),
            )
            for below, some in results.items()
        ]
    return found


def told(reads: Sequence[Read]) -> Iterator[tuple[float, float]]:
    """Every word that is shown, with its confidence and whether it is right (1, 0), under weights fitted to other
    pages."""
    for held, weights in _folded(tuple(reads)):
        with judgement.weighing(weights):
            for one in held:
                known = frozenset(words(one.page.text)) | frozenset(plain(one.page.text).split())
                for word in voting.vote(one.first, one.second, one.spoken).words():
                    yield word.confidence, float(fitting.is_right(word.content, known))


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--second", choices=("doubtful", "always", "never"), default=IngestSettings().second_reader)
    options.add_argument("--below", type=float, default=IngestSettings().second_reader_below)
    options.add_argument("--lines-below", type=float, default=IngestSettings().second_reader_lines_below)
    options.add_argument(
        "--fit",
        action="store_true",
        help=f"fit {WEIGHTS.name} to these pages, and print what other pages' weights give",
    )
    options.add_argument("--plot", type=Path, help="draw the policy's curve and the calibration into this PNG")
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    some = [page for folder in chosen.folders for page in pages(folder.resolve())]
    with ProcessPoolExecutor(chosen.workers) as pool:
        reads = list(pool.map(read, some))
    settings = replace(
        IngestSettings(),
        second_reader=chosen.second,
        second_reader_below=chosen.below,
        second_reader_lines_below=chosen.lines_below,
    )
    if chosen.fit:
        results = by_other_pages(reads, settings)
        weights = fitting.fit(
            e for one in reads for e in fitting.examples(one.first, one.second, one.spoken, one.page.text)
        )
        WEIGHTS.write_text(fitting.table(weights, f"fitted to {len(reads)} pages by bench.reading"), "utf-8")
    else:
        results = [result(one, settings) for one in reads]
    print("\n".join(rows(reads, results)))
    for line in differences(reads, results):
        print(line)
    if chosen.plot:
        from bench import reading_plot  # matplotlib is for this alone

        reading_plot.draw(chosen.plot, curves(reads, settings), list(told(reads)))


if __name__ == "__main__":
    main()
