"""Small pictures of what failed, for the HTML report: the page's thumbnail where there is one, else made from the
master."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from archive import derivatives
from archive.config import Config
from ingest.execution import open_executor
from ingest.reports.account import Failure
from ingest.tools.glimpse import Glimpse, GlimpseTask, glimpse

#: Pictures in one report: some two megabytes.
LIMIT = 200
#: Seconds until a picture is given up.
TIMEOUT = 30


@dataclass(frozen=True)
class Pictures:
    """The pictures by failure (None where none can be made); `untried` failures were beyond the limit."""

    limit: int
    untried: int = 0
    made: Mapping[Failure, Glimpse | None] = field(default_factory=dict)

    @property
    def shown(self) -> int:
        return sum(one is not None for one in self.made.values())

    @property
    def none(self) -> int:
        return len(self.made) - self.shown

    def any(self, failures: Iterable[Failure]) -> bool:
        """Whether there is a picture of one of these."""
        return any(self.made.get(one) for one in failures)

    def tried(self, failures: Iterable[Failure]) -> bool:
        """Whether a picture of each was tried."""
        return all(one in self.made for one in failures)


def data_uri(picture: Glimpse) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(picture.jpeg).decode()


def take(failures: Iterable[Failure], total: int, config: Config, limit: int = LIMIT) -> Pictures:
    """Pictures of the first `limit` failures out of `total`, made by workers: a file that once killed one may do so
    again."""
    wanted = list(islice(failures, limit))
    made: dict[Failure, Glimpse | None] = dict.fromkeys(wanted)
    tasks: dict[tuple[Path, int], Failure] = {}
    for failure in wanted:
        thumbnail = derivatives.thumbnail(config.data_folder, failure.page_id) if failure.page_id else None
        if thumbnail is not None and thumbnail.is_file():
            made[failure] = Glimpse(thumbnail.read_bytes(), True)
        elif _is_file(failure.path):
            tasks[Path(failure.path), failure.page or 1] = failure
    if tasks:
        asked = [GlimpseTask(path, page, config.ingest) for path, page in tasks]
        with open_executor(config.ingest) as executor:
            for task, result in executor.run(glimpse, asked, TIMEOUT):
                if isinstance(result, Glimpse):
                    made[tasks[task.path, task.page]] = result
    return Pictures(limit, max(0, total - len(wanted)), made)


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # no right to look, a name that cannot be one
        return False
