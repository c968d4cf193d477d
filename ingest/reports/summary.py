"""A batch in words, in either language: what went in and what did not, what was read and how well, what is to be
done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from archive.catalog.outcomes import BatchOutcomes
from archive.outcome import BLANK, FAILED
from ingest.reports.account import Account, Failure, running_time
from ingest.reports.phrases import Phrases
from ingest.reports.sentences import in_language
from ingest.reports.visible import visible

#: Fewer pages or seconds than these make no rate worth saying.
PAGES_FOR_RATE, SECONDS_FOR_RATE = 2, 1


def sentences(batch: BatchOutcomes, account: Account, say: Phrases) -> list[str]:
    """The batch in words, a sentence or two each."""
    lines = list(_state(batch, say))
    lines += went(account, say)
    lines += _read(account, say)
    took = running_time(batch.started, batch.ended, batch.last)
    if took is not None:
        lines.append(pace(took, account.read_here, say))
    lines += advice(account, say)
    return lines


def _state(batch: BatchOutcomes, say: Phrases) -> Iterator[str]:
    if batch.undone:
        yield say("undone", date=say.time(batch.undone))
    if batch.ended is None:
        yield say("unfinished")


def went(account: Account, say: Phrases) -> Iterator[str]:
    """Files by outcome, and the pages and items they are."""
    if not account.files:
        yield say("no-files")
        return
    parts = [say(f"said.{name}", n=number) for name, number in account.by_outcome()]
    yield say("colon", what=say("file", n=account.files), parts=say.listed(parts))
    values = dict(pages=say("page", n=account.pages), items=say("item", n=account.items))
    yield say("taken.read", n=account.read_here, **values) if account.read_here else say("taken", **values)
    if account.notes:
        yield say("notes", n=account.notes)


def _read(account: Account, say: Phrases) -> Iterator[str]:
    for outcome, key in ((BLANK, "taken.blank"), (FAILED, "taken.failed"), ("", "taken.waiting")):
        if number := account.page_outcomes[outcome]:
            yield say(key, n=number)
    if account.unread:
        yield say("taken.unread", n=account.unread)
    if account.words:
        often = sorted(account.languages.items(), key=lambda one: -one[1].words)
        yield say(
            "words.total",
            words=say("word", n=account.words),
            parts=say.listed(
                [say("words.language", language=say.language_name(code), n=count.words) for code, count in often]
            ),
        )
    if account.confidence is not None:
        yield say("confidence", n=f"{account.confidence:.2f}")


def pace(took: timedelta, pages: int, say: Phrases) -> str:
    """How long it took, and at what rate where enough was read to speak of one."""
    seconds = took.total_seconds()
    if pages < PAGES_FOR_RATE or seconds < SECONDS_FOR_RATE:
        return say("duration", time=say.duration(took))
    rate = pages * 60 / seconds
    return say("duration.rate", time=say.duration(took), rate=f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}")


def advice(account: Account, say: Phrases) -> Iterator[str]:
    """Whether there is anything to do."""
    if account.amiss:
        yield say("amiss", n=account.amiss)
    elif account.files:
        yield say("well")


def text(batch: BatchOutcomes, account: Account, say: Phrases, outcomes: frozenset[str] = frozenset()) -> Iterator[str]:
    """The whole report as lines of plain text. Where `outcomes` names any, only failures of these are listed."""
    title = say("title", n=str(batch.id)) + (f": {batch.name}" if batch.name else "")
    yield title
    yield "=" * len(title)
    yield (
        f"{say('batch.started')}: {say.time(batch.started)}. "
        f"{say('batch.ended')}: {say.time(batch.ended) if batch.ended else say('not-yet')}."
    )
    yield ""
    yield from sentences(batch, account, say)
    shown = [
        one for one in account.gathered if not outcomes or any(failure.outcome in outcomes for failure in one.examples)
    ]
    if shown:
        yield from _heading(say("section.reasons"))
    for one in shown:
        counted = [say(key, n=number) for key, number in (("file", one.files), ("page", one.pages)) if number]
        yield f"{one.reason.label(say.language)}: {say.listed(counted)}"
        yield f"  {say('todo')} {one.reason.to_do(say.language)}"
        for failure in one.examples:
            yield f"    {named(failure, say)}: {in_language(failure.said, say.language) or failure.said}"
        if one.more:
            yield f"    {say('more', n=one.more, batch=batch.id)}"
        yield ""
    if account.unread:
        yield from _heading(say("section.unread"))
        yield say("unread.why")
        for page in account.unread_pages:
            said = in_language(account.besides(page), say.language) or account.besides(page)
            yield f"    {visible(page.path)}, {say('page-number', page=page.frame)}{': ' * bool(said)}{said}"
        if account.unread > len(account.unread_pages):
            yield f"    {say('unread.more', n=account.unread - len(account.unread_pages), batch=batch.id)}"
    if account.worst:
        yield from _heading(say("section.worst"))
        yield say("worst.why")
        for page in account.worst:
            yield (
                f"    {page.confidence:.2f}  {visible(page.path)}, {say('page-number', page=page.frame)} "
                f"({say('word', n=page.words)})"
            )


def _heading(words: str) -> Iterator[str]:
    yield ""
    yield words
    yield "-" * len(words)


def named(failure: Failure, say: Phrases) -> str:
    """The file, and the page where it is one of a file."""
    return (
        f"{visible(failure.path)}, {say('page-number', page=failure.page)}" if failure.page else visible(failure.path)
    )
