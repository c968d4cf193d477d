"""Opens every master of a batch and decodes every page of it, in workers; keeps nothing but what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from archive.config import IngestSettings
from archive.record import Frame
from ingest.execution import Failure, open_executor
from ingest.intake.identify import IdentifyTask, identify
from ingest.intake.survey import SurveyedFile
from ingest.run.progress import Progress
from ingest.sheets import Sheets, named_by
from ingest.tools import ink, masters


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page to be decoded, in a worker."""

    path: Path
    media_type: str
    frame: Frame


@dataclass
class Seen:
    """What a master is and what became of its pages. `refused` says why the whole cannot be taken in; `broken`
    has the pages that cannot be decoded, with reason and remedy; `blank` those that show nothing."""

    file: SurveyedFile
    sha256: str = ""
    media_type: str = ""
    frames: tuple[Frame, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, str] | None = None
    broken: dict[int, tuple[str, str]] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)


def decode(task: PageTask) -> bool:
    """Decodes the page to its last pixel; returns whether it is blank. Raises ScanError where it cannot be."""
    return ink.is_blank(masters.render(task.path, task.media_type, task.frame))


def look_into(
    files: Iterable[SurveyedFile], sheets: Mapping[Path, Sheets], settings: IngestSettings, progress: Progress
) -> dict[Path, Seen]:
    """Path → what was seen of each file: its hash and pages, and which of these cannot be decoded."""
    seen = {file.path: Seen(file) for file in files}
    progress.stage("identify", len(seen))
    tasks = (
        IdentifyTask(one.file.path, one.file.size, settings, named_by(sheets, one.file.path)) for one in seen.values()
    )
    with open_executor(settings) as executor:
        with closing(executor.run(identify, tasks, settings.file_timeout)) as results:
            for task, result in results:
                _note(seen[task.path], result)
                progress.advance()
        progress.stage("decode", sum(1 for _ in _pages(seen.values())))
        with closing(executor.run(decode, _pages(seen.values()), settings.page_timeout)) as results:
            for task, result in results:
                one = seen[task.path]
                if isinstance(result, Failure):
                    one.broken[task.frame.number] = (result.reason, result.remedy)
                    progress.fail()
                elif result:
                    one.blank.add(task.frame.number)
                progress.advance()
    return seen


def _note(one: Seen, result) -> None:
    if isinstance(result, Failure):
        one.refused = (result.reason, result.remedy)
        return
    one.sha256 = result.sha256
    if result.refused is not None:
        one.refused = (result.refused.message, result.refused.remedy)
        return
    one.media_type, one.frames, one.notes = result.file.media_type, tuple(result.file.frames), tuple(result.notes)


def _pages(seen: Iterable[Seen]) -> Iterator[PageTask]:
    for one in seen:
        for frame in one.frames:
            if frame.kept:
                continue
            yield PageTask(one.file.path, one.media_type, frame)
