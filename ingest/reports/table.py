"""A batch as CSV for spreadsheet programs: a row a file, or a row a page.

UTF-8 with a byte order mark, CRLF, every value quoted; what a spreadsheet program would take for a formula has an
apostrophe in front, and so has an id that it would take for a number or a date (see archive.citation.table).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive import ids
from archive.catalog.outcomes import FileRow, PageRow, utc
from archive.citation.table import guarded
from archive.citation.text import one_line
from archive.config import ArchiveSettings, ReviewSettings
from ingest.reports.account import AMISS
from ingest.reports.reasons import heading
from ingest.reports.visible import visible

FILE_COLUMNS = (
    "file",
    "outcome",
    "reason",
    "reason_code",
    "what_to_do",
    "permalinks",
    "pages",
    "pages_failed",
    "languages",
    "words",
    "confidence",
    "format",
    "puid",
    "sha256",
    "time",
    "seconds",
)
PAGE_COLUMNS = (
    "file",
    "page",
    "id",
    "sequence",
    "permalink",
    "outcome",
    "reason",
    "reason_code",
    "what_to_do",
    "recipe",
    "reader",
    "language",
    "confidence",
    "words",
    "sha256",
    "puid",
    "time",
    "seconds",
)
#: What a spreadsheet program makes a number, a date or a fraction of: 0012, 1-2, 3/4, 12e45, 1.5, 10:30.
_NUMBER_LIKE = re.compile(r"[\d.,:/eE+\- ]*\d[\d.,:/eE+\- ]*")
#: A cell of Excel holds 32,767 characters; what is longer it cuts without a word.
CELL = 32_000


class Permalinks(NamedTuple):
    """Makes permalinks of minted ids."""

    archive: ArchiveSettings

    def of(self, id: str) -> str:
        return f"{self.archive.base_url.rstrip('/')}/{ids.ark(self.archive.naan, id)}"


class Desk(NamedTuple):
    """Makes the addresses at which archivists correct a page, on their own server (`rescate review`)."""

    review: ReviewSettings

    def of(self, page_id: str) -> str:
        """
        >>> Desk(ReviewSettings()).of("r1b3"), Desk(ReviewSettings(host="0.0.0.0", port=9000)).of("r1b3")
        ('http://127.0.0.1:8001/page/r1b3', 'http://127.0.0.1:9000/page/r1b3')
        """
        host = self.review.host if self.review.host not in ("0.0.0.0", "::", "") else "127.0.0.1"
        return f"http://{f'[{host}]' if ':' in host else host}:{self.review.port}/page/{page_id}"


def as_text(value: str) -> str:
    """An id that stays text in a spreadsheet program.

    >>> as_text("0012"), as_text("B1-0012"), as_text("=1+1")
    ("'0012", 'B1-0012', "'=1+1")
    """
    return f"'{value}" if _NUMBER_LIKE.fullmatch(value) else guarded(value)


def file_rows(
    files: Iterable[tuple[FileRow, Sequence[PageRow]]],
    permalinks: Permalinks,
    language: str,
    only: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """The heading, then a row a file; where `only` names outcomes, of these alone."""
    yield "\ufeff" + _line(FILE_COLUMNS)
    for file, pages in files:
        if only and file.outcome not in only:
            continue
        read = [page for page in pages if page.reader]
        sure = [page.confidence for page in read if page.confidence is not None and page.words]
        yield _line(
            [
                _path(file.path),
                file.outcome,
                _cell(file.reason),
                file.code,
                _cell(_to_do(file.outcome, file.code, language)),
                "|".join(map(permalinks.of, file.items)),
                file.pages,
                sum(page.outcome == "failed" for page in pages),
                "|".join(sorted({page.language for page in read if page.words})),
                sum(page.words for page in read),
                _decimal(sum(sure) / len(sure) if sure else None, 4),
                _cell(file.format or file.media_type),
                as_text(file.puid),
                as_text(file.sha256),
                _time(file.at),
                _decimal(sum(page.seconds for page in pages) or None, 2),
            ]
        )


def page_rows(
    files: Iterable[tuple[FileRow, Sequence[PageRow]]],
    permalinks: Permalinks,
    language: str,
    only: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """The heading, then a row a page; a file without any (refused, a duplicate, kept) has one row with no page."""
    yield "\ufeff" + _line(PAGE_COLUMNS)
    for file, pages in files:
        if not pages and (not only or file.outcome in only):
            yield _line(
                [
                    _path(file.path),
                    "",
                    "",
                    "",
                    permalinks.of(file.items[0]) if len(file.items) == 1 else "",
                    file.outcome,
                    _cell(file.reason),
                    file.code,
                    _cell(_to_do(file.outcome, file.code, language)),
                    "",
                    "",
                    "",
                    "",
                    "",
                    as_text(file.sha256),
                    as_text(file.puid),
                    _time(file.at),
                    "",
                ]
            )
        for page in pages:
            if only and page.outcome not in only:
                continue
            yield _line(
                [
                    _path(file.path),
                    page.frame,
                    as_text(one_line(page.local_id)),
                    page.sequence,
                    permalinks.of(page.page_id),
                    page.outcome or "waiting",
                    _cell(page.reason),
                    page.code,
                    _cell(_to_do(page.outcome, page.code, language)),
                    as_text(page.recipe),
                    _cell(page.reader),
                    page.language,
                    _decimal(page.confidence, 4),
                    page.words if page.reader else "",
                    as_text(page.sha256),
                    as_text(page.puid),
                    _time(page.at),
                    _decimal(page.seconds or None, 2),
                ]
            )


def _to_do(outcome: str, code: str, language: str) -> str:
    return heading(code).to_do(language) if outcome in AMISS else ""


def _path(value: str) -> str:
    return guarded(visible(value))


def _cell(value: str) -> str:
    line = one_line(value)
    return guarded(line if len(line) <= CELL else line[:CELL] + " […]")


def _decimal(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


def _time(at) -> str:
    return utc(at).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def _line(values: Iterable) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(values)
    return line.getvalue()
