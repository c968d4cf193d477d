"""Progress: what a log says and when, what a bar shows, and how many alike refusals are named."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from archive.outcome import FileOutcome
from ingest.reports.pace import Stage
from ingest.reports.running import NAMED, Running
from ingest.reports.terminal import Terminal
from tests.ingest.reports.batches import CODES


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def drawn(clock, act, terminal=False):
    """What a Terminal writes while `act` is done to it; of a log, each line without its time."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=120, highlight=False, markup=False)
    with Terminal(console, clock) as drawing:
        act(drawing)
    return out.getvalue() if terminal else [line.split(" ", 1)[1] for line in out.getvalue().splitlines()]


def test_a_log_says_begin_and_end_and_a_line_a_minute(clock):
    def act(terminal):
        terminal.stage("read", 1000)
        for _ in range(100):
            clock.now += 2
            terminal.advance()
        terminal.fail(2)

    assert drawn(clock, act) == [
        "Reading pages: 1,000",
        "Reading pages: 31/1,000, 30/min, 32 min left",
        "Reading pages: 61/1,000, 30/min, 31 min left",
        "Reading pages: 91/1,000, 30/min, 30 min left",
        "Reading pages: done, 100/1,000 in 3 min, 30/min, 2 failed",
    ]


def test_a_short_stage_has_its_two_lines_and_every_twentieth_is_no_burst(clock):
    def act(terminal):
        terminal.stage("identify", 40)
        for _ in range(40):
            clock.now += 1
            terminal.advance()

    lines = drawn(clock, act)
    assert lines[0] == "Identifying files: 40" and lines[-1] == "Identifying files: done, 40 in 40 s, 60/min"
    assert len(lines) == 5


def test_what_need_not_be_done_is_not_said_to_be_done(clock):
    def act(terminal):
        terminal.stage("read", 53)
        terminal.skip(53)

    assert drawn(clock, act) == ["Reading pages: done, 0 in 0 s, 53 done already"]


def test_a_stage_with_nothing_to_do_says_nothing(clock):
    def act(terminal):
        terminal.stage("identify", 0)
        terminal.advance(0)
        terminal.stage("index", 5)

    assert drawn(clock, act) == []


def test_the_page_under_way_for_long_is_named(clock):
    def act(terminal):
        terminal.stage("read", 100)
        terminal.begin("box 1/0007.tif, page 1")
        terminal.begin("box 1/0008.tif, page 1")
        clock.now += 95
        terminal.finish("box 1/0008.tif, page 1")
        terminal.advance()

    assert drawn(clock, act)[1].endswith("under way for 95 s: box 1/0007.tif, page 1")


def test_a_run_that_breaks_off_says_where(clock):
    out = io.StringIO()
    with pytest.raises(RuntimeError), Terminal(Console(file=out, width=120), clock) as terminal:
        terminal.stage("read", 10)
        terminal.advance(3)
        raise RuntimeError
    assert "broken off after 3/10" in out.getvalue()


def test_a_bar_shows_figures_and_failures(clock):
    def act(terminal):
        terminal.stage("read", 53)
        for _ in range(10):
            clock.now += 6
            terminal.advance()
        terminal.fail()
        terminal._bars.refresh()

    shown = drawn(clock, act, terminal=True)
    assert "10/53, 10/min, 4 min left, 1 failed" in shown


def test_time_left_is_not_said_before_it_is_known_and_grows_when_nothing_moves():
    stage = Stage(100, now=0.0)
    for second in (1, 2, 3, 4):
        stage.advance(1, now=second)
    assert stage.left(now=4.5) is None
    stage.advance(1, now=5.0)
    assert stage.left(now=5.0) == pytest.approx(95)
    assert stage.left(now=50.0) == pytest.approx(950)


def test_the_rate_is_that_of_the_last_minutes():
    stage = Stage(10_000, now=0.0)
    for second in range(1, 2001):
        stage.advance(10 if second <= 1000 else 1, now=second)
    assert stage.rate(now=2000.0) == pytest.approx(1.0, rel=0.05)


def refused(number, reason="is empty. Copy it again."):
    return FileOutcome(Path(f"/m/{number}.tif"), "", "refused", reason, code=CODES.code_of_file("refused", reason))


def test_refusals_alike_are_named_so_often_and_then_counted():
    running = Running()
    said = [line for n in range(NAMED + 4312) for line in running.add(refused(n))]
    said += running.add(refused("x", "wants a password. Save a copy."))
    assert len(said) == NAMED + 2 and said[0] == "refused: /m/0.tif: is empty. Copy it again."
    end = list(running.end(timedelta(minutes=2), 0, 0, batch=12))
    assert "Empty files: and 4,312 more: see `rescate report 12`." in end
    assert any("(4,332): Copy each again" in line for line in end)
    assert "`rescate report 12 --format html --output report.html`" in end[-1]


def test_a_run_in_words():
    running = Running()
    assert list(running.add(FileOutcome(Path("/m/a.tif"), "aa", "added", "", ("i1",), 30))) == []
    assert list(running.end(timedelta(minutes=1), 30, 2, 5)) == [
        "1 file: 1 went in.",
        "30 pages in 1 item.",
        "It took 1 min: 30 pages read a minute.",
        "2 errors in the metadata, listed above; correct them and run again.",
        "More: `rescate report 5`; with pictures: `rescate report 5 --format html --output report.html`.",
    ]
