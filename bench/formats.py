"""What becomes of every file on a disk: `python -m bench.formats FOLDER…` prints a line a file, and a summary.

Identifies each file and draws its first pages in workers, under the limits of the settings, as `rescate ingest`
does; looks whether a PDF's own text can be taken; stores nothing. A technician can try a disk with it before
anything is taken in.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.config import IngestSettings
from archive.record import Frame
from ingest.execution import Failure, open_executor
from ingest.intake import identify, survey
from ingest.tools import ink, masters, media_type, pdf_text

#: Pages drawn of each file; a book's other pages say little new.
PAGES = 5
#: The longer side of a thumbnail.
THUMBNAIL = 300
COLUMNS = ("file", "media_type", "pages", "outcome", "class", "reason", "remedy", "text", "notes")


@dataclass(frozen=True)
class DrawTask:
    """One page to be drawn; its thumbnail goes to `thumbnail`, where one is asked for."""

    path: Path
    media_type: str
    frame: Frame
    thumbnail: Path | None = None


@dataclass
class Trial:
    """One file: what it is, and what became of its pages. `text` counts pages by where their words are to come from:
    `layer` (the PDF's own), `image` (a reader's), or `blank`."""

    path: Path
    media_type: str
    frames: tuple[Frame, ...] = ()
    failure: Failure | None = None
    kept: bool = False
    drawn: int = 0
    text: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """`read`; `kept`, where it belongs to a collection and is not read; `partly`, where pages of it failed;
        `refused`, with a reason of the file; `failed`, where the attempt ended otherwise (its time or memory was up).
        """
        if not self.failure:
            return "kept" if self.kept else "read"
        if self.drawn:
            return "partly"
        return (
            "refused"
            if self.failure.error_class in ("Unreadable", "Unsupported", "Encrypted", "TooLarge")
            else "failed"
        )

    def row(self, base: Path) -> tuple[str, ...]:
        why = self.failure or Failure("")
        return (
            str(self.path.relative_to(base)),
            self.media_type,
            str(len(self.frames)),
            self.outcome,
            why.error_class,
            why.reason,
            why.remedy,
            " ".join(f"{kind} {number}" for kind, number in sorted(self.text.items())),
            "; ".join(dict.fromkeys(self.notes)),
        )


def draw(task: DrawTask) -> tuple[str, str]:
    """In a worker: draws the page; where its words are to come from, and why its own text is not taken."""
    image = masters.render(task.path, task.media_type, task.frame)
    if task.thumbnail:
        small = image.convert("RGB")
        small.thumbnail((THUMBNAIL, THUMBNAIL))
        small.save(task.thumbnail)
    fault = ""
    if task.media_type == media_type.PDF:
        layer = pdf_text.read(task.path, task.frame)
        fault = pdf_text.fault(layer, image)
        if not fault:
            return "layer", ""
        fault = "" if not layer.layout.blocks and not layer.problem else fault
    return ("blank" if ink.is_blank(image) else "image"), fault


def trials(
    paths: list[Path], settings: IngestSettings, pages: int = PAGES, thumbnails: Path | None = None
) -> list[Trial]:
    """Every file tried, in the order of `paths`."""
    found: dict[Path, Trial] = {}
    tasks = [identify.IdentifyTask(path, path.stat().st_size, settings) for path in paths]
    with open_executor(settings) as executor:
        identified = list(executor.run(identify.identify, tasks, settings.file_timeout))
    for task, result in identified:
        found[task.path] = trial = Trial(task.path, media_type.media_type(task.path))
        if isinstance(result, Failure):
            trial.failure = result
        elif result.refused:
            trial.failure = Failure(result.refused.message, result.refused.remedy, type(result.refused).__name__)
        else:
            trial.media_type, trial.kept, trial.notes = result.file.media_type, result.kept, list(result.notes)
            trial.frames = () if result.kept else result.file.frames

    def to_draw() -> Iterator[DrawTask]:
        for number, path in enumerate(paths):
            trial = found[path]
            for frame in trial.frames[:pages]:
                if frame.problem:
                    trial.failure = trial.failure or Failure(f"page {frame.number} {frame.problem}", "", "Unreadable")
                    continue
                yield DrawTask(
                    path,
                    trial.media_type,
                    frame,
                    thumbnails and thumbnails / f"{number:05}-{frame.number:05} {path.name}.png",
                )

    with open_executor(settings) as executor:
        for task, result in executor.run(draw, to_draw(), settings.page_timeout):
            trial = found[task.path]
            if isinstance(result, Failure):
                trial.failure = trial.failure or result
                continue
            trial.drawn += 1
            trial.text[result[0]] += 1
            if result[1]:
                trial.notes.append(result[1])
    return [found[path] for path in paths]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.formats", description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", metavar="FOLDER", type=Path)
    options.add_argument("--pages", type=int, default=PAGES, help=f"pages drawn of each file ({PAGES})")
    options.add_argument(
        "--thumbnails", type=Path, metavar="FOLDER", help="write a small picture of each page drawn there, to look at"
    )
    said = options.parse_args()
    if said.thumbnails:
        said.thumbnails.mkdir(parents=True, exist_ok=True)
    settings = IngestSettings()
    print(*COLUMNS, sep="\t")
    for folder in said.folders:
        began = time.monotonic()
        tried = trials(
            [file.path for file in survey.survey([folder], settings.ignore).files],
            settings,
            said.pages,
            said.thumbnails,
        )
        for trial in tried:
            print(*trial.row(folder.resolve()), sep="\t")
        counts = Counter(trial.outcome for trial in tried)
        print(
            f"{folder}: {len(tried)} files, {sum(len(trial.frames) for trial in tried)} pages, "
            f"{', '.join(f'{number} {outcome}' for outcome, number in sorted(counts.items()))}; "
            f"{time.monotonic() - began:.0f} s",
            file=sys.stderr,
        )


if __name__ == "__main__":
    # Workers import what they run by its module's name, which `__main__` is not.
    from bench import formats as itself

    itself.main()
