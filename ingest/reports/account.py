"""The account of a batch: its files and pages counted and its failures gathered by reason, in one pass and flat
memory."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive.catalog.outcomes import FileRow, PageRow
from archive.outcome import BLANK, FAILED, OUTCOMES, READ, REFUSED
from archive.reason import Reason
from archive.record import UNREAD
from ingest.reports.reasons import Heading, heading, headings

#: Outcomes of files that are to be mended.
AMISS = (REFUSED, FAILED)
#: Failures that a reason keeps as examples, where nothing else is asked; the others are counted.
EXAMPLES = 20
#: Pages named as the worst read, and the words that a page must have to be judged.
WORST, WORDS_TO_JUDGE = 20, 5


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, or one page of a file, that did not go in. `page` counts from 1; 0 is the file as a whole."""

    path: str
    outcome: str
    said: str
    page: int = 0
    page_id: str = ""
    code: str = ""


@dataclass
class Gathered:
    """What failed for one kind of reason: how many files as a whole, how many pages, and the first of them."""

    reason: Heading
    files: int = 0
    pages: int = 0
    examples: list[Failure] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many there are beyond the examples."""
        return self.files + self.pages - len(self.examples)


@dataclass
class LanguageCount:
    pages: int = 0
    words: int = 0


class Account:
    """Counts files and pages as they come. `outcomes` and `page_outcomes` are by outcome (a page not read yet has the
    empty one); `unread` are pages with ink in which no reader found words, the first of them in `unread_pages`;
    `languages` by code; `read_here` are the pages read in the batch itself, `seconds` what readers took for them."""

    def __init__(self, examples: int = EXAMPLES):
        self._examples = examples
        self.outcomes: Counter[str] = Counter()
        self.page_outcomes: Counter[str] = Counter()
        self.languages: dict[str, LanguageCount] = {}
        self.unread_pages: list[PageRow] = []
        self.notes = self.unread = self.pages = self.words = self.read_here = 0
        self.seconds = 0.0
        self._items: set[str] = set()
        self._gathered: dict[str, Gathered] = {}
        self._confidence, self._judged = 0.0, 0
        self._worst: list[tuple[float, int, PageRow]] = []

    def add(self, file: FileRow, pages: Sequence[PageRow] = ()) -> None:
        """Counts a file and its pages."""
        self.outcomes[file.outcome] += 1
        self.pages += file.pages
        self._items.update(file.items)
        failed = [page for page in pages if page.outcome == FAILED]
        if file.outcome in AMISS:
            for one in failures(file, failed):
                self._gather(one)
        else:
            self.notes += bool(file.reason)
        for page in pages:
            self._add_page(page)

    @staticmethod
    def besides(page: PageRow) -> str:
        """What is noted of a page with ink beside that no reader found words there: its script, what a reader
        lacked."""
        return "; ".join(said for said in page.reason.split("; ") if said != UNREAD)

    def _add_page(self, page: PageRow) -> None:
        self.page_outcomes[page.outcome] += 1
        if page.outcome not in (READ, BLANK):
            return
        if page.here:
            self.read_here += 1
            self.seconds += page.seconds
        if not page.words and page.code == Reason.NO_WORDS:
            self.unread += 1
            if len(self.unread_pages) < self._examples:
                self.unread_pages.append(page)
        if page.words:
            counted = self.languages.setdefault(page.language, LanguageCount())
            counted.pages += 1
            counted.words += page.words
            self.words += page.words
        if page.confidence is not None and page.words:
            self._confidence += page.confidence
            self._judged += 1
            if page.words >= WORDS_TO_JUDGE:
                # The heap's smallest is the best read of the worst; the number settles ties.
                heapq.heappush(self._worst, (-page.confidence, -self._judged, page))
                if len(self._worst) > WORST:
                    heapq.heappop(self._worst)

    def _gather(self, failure: Failure) -> None:
        reason = heading(failure.code)
        gathered = self._gathered.setdefault(reason.code, Gathered(reason))
        if failure.page:
            gathered.pages += 1
        else:
            gathered.files += 1
        if len(gathered.examples) < self._examples:
            gathered.examples.append(failure)

    @property
    def files(self) -> int:
        return self.outcomes.total()

    @property
    def amiss(self) -> int:
        """Files that did not go in, or not whole."""
        return self.counted(AMISS)

    def counted(self, outcomes: Iterable[str]) -> int:
        """How many files have one of these outcomes."""
        return sum(self.outcomes[name] for name in outcomes)

    @property
    def items(self) -> int:
        return len(self._items)

    @property
    def confidence(self) -> float | None:
        """The mean over the pages with words, 0 to 1; None where no reader said any."""
        return self._confidence / self._judged if self._judged else None

    @property
    def worst(self) -> list[PageRow]:
        """The pages with words that their reader was least sure of, the worst first."""
        return [page for _, _, page in sorted(self._worst, key=lambda one: (-one[0], -one[1]))]

    @property
    def gathered(self) -> list[Gathered]:
        """The kinds of reasons that came up, the most frequent first; those of equal number as in the table."""
        order = {code: place for place, code in enumerate(headings())}
        return sorted(self._gathered.values(), key=lambda one: (-one.files - one.pages, order[one.reason.code]))

    def by_outcome(self) -> list[tuple[str, int]]:
        """Outcome and number, in the ledger's order; one that it does not know comes last."""
        known = [(name, self.outcomes[name]) for name in OUTCOMES if self.outcomes[name]]
        return known + sorted(
            (name, number) for name, number in self.outcomes.items() if number and name not in OUTCOMES
        )


def failures(file: FileRow, failed: Iterable[PageRow]) -> list[Failure]:
    """What failed of a refused or failed file: its pages where they are known, else the file as a whole."""
    pages = [Failure(file.path, FAILED, page.reason, page.frame, page.page_id, page.code) for page in failed]
    return pages or [Failure(file.path, file.outcome, file.reason, code=file.code)]


def account(files: Iterable[tuple[FileRow, Sequence[PageRow]]], examples: int = EXAMPLES) -> Account:
    """The account of all these files with their pages."""
    whole = Account(examples)
    for file, pages in files:
        whole.add(file, pages)
    return whole


def running_time(started: datetime, ended: datetime | None, last: datetime | None) -> timedelta | None:
    """How long a batch took: until its end, or until its last outcome where it has not ended; None without either."""
    until = ended or last
    return until - started if until else None
