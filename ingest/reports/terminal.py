"""Progress on stderr: on a terminal a bar a stage, in a log plain lines, at least one a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text

from ingest.reports.pace import Stage, clock, speed

_DOING = {
    "identify": "Identifying files",
    "decode": "Decoding pages",
    "catalog": "Writing the catalog",
    "read": "Reading pages",
    "index": "Feeding the index",
    "pack": "Packing items",
    "validate": "Validating the bag",
}
#: So short that a bar would only flicker.
_QUIET = {"index"}
#: A log has a line after so many seconds, or earlier after such a part of the stage, but not in a burst.
EVERY, PART, APART = 60.0, 0.05, 10.0
#: After so many seconds it is said what has been under way all the time.
LONG = 30.0


class Terminal:
    """Draws a run; use as a context. Every call may come from any thread."""

    def __init__(self, console: Console | None = None, now: Callable[[], float] = time.monotonic):
        self._console = console or Console(stderr=True, highlight=False, markup=False)
        self._now = now
        self._lock = threading.RLock()
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            _Figures(self._figures),
            _UnderWay(self._longest),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._stage: Stage | None = None
        self._doing = ""
        self._bar: TaskID | None = None
        self._under_way: dict[str, float] = {}
        self._begun = False
        self._last_line, self._last_part = 0.0, 0.0
        self._over = threading.Event()
        #: Stage → steps that were done, once it has ended.
        self.done: dict[str, int] = {}
        self._name = ""

    def __enter__(self) -> Terminal:
        self._bars.start()
        if self._bars.disable:
            threading.Thread(target=self._tick, name="log", daemon=True).start()
        return self

    def __exit__(self, failed, *_failure) -> None:
        self._over.set()
        with self._lock:
            self._end_stage(broken=failed is not None)
        self._bars.stop()

    def stage(self, name: str, total: int) -> None:
        if name in _QUIET:
            return
        with self._lock:
            self._end_stage()
            self._name, self._doing = name, _DOING.get(name, name)
            self._stage = Stage(total, self._now())
            self._begun = False
            self._last_line, self._last_part = self._now(), 0.0
            if not self._bars.disable:
                self._bar = self._bars.add_task(self._doing, total=total or None)

    def advance(self, steps: int = 1) -> None:
        with self._lock:
            if self._stage is None or steps < 1:
                return
            self._line_at_begin()
            self._stage.advance(steps, self._now())
            self._update()
            self._line_when_due()

    def fail(self, steps: int = 1) -> None:
        with self._lock:
            if self._stage is not None:
                self._stage.failed += steps
                self._update()

    def skip(self, steps: int = 1) -> None:
        with self._lock:
            if self._stage is not None:
                self._stage.skip(steps)
                self._update()

    def begin(self, what: str) -> None:
        with self._lock:
            self._line_at_begin()
            self._under_way[what] = self._now()

    def finish(self, what: str) -> None:
        with self._lock:
            self._under_way.pop(what, None)

    def say(self, sentence: str) -> None:
        with self._lock:
            self._console.print(sentence, soft_wrap=True)

    # -- a bar

    def _update(self) -> None:
        if self._bar is not None and self._stage is not None:
            self._bars.update(self._bar, completed=self._stage.done, total=self._stage.total)

    def _figures(self, task: Task) -> str:
        """`12/53  31/min  1 min left  2 failed` of the stage under way; of one that has ended, what it was."""
        with self._lock:
            if task.id == self._bar and self._stage is not None:
                return figures(self._stage, self._now())
        return task.fields.get("figures", "")

    def _longest(self, task: Task) -> str:
        with self._lock:
            return self._long() if task.id == self._bar else ""

    def _long(self) -> str:
        """What has been under way longest, where that is long."""
        if not self._under_way:
            return ""
        what, since = min(self._under_way.items(), key=lambda one: one[1])
        lasted = self._now() - since
        return f"{clock(lasted)}: {what}" if lasted >= LONG else ""

    # -- a log

    def _tick(self) -> None:
        while not self._over.wait(1):
            with self._lock:
                if self._stage is not None and self._begun:
                    self._line_when_due()

    def _line_at_begin(self) -> None:
        if not self._begun and self._stage is not None:
            self._begun = True
            if self._stage.total:
                self._line(f"{self._doing}: {self._stage.total:,}")

    def _line_when_due(self) -> None:
        stage, since = self._stage, self._now() - self._last_line
        if stage is None:
            return
        if since >= EVERY or since >= APART and stage.part >= self._last_part + PART and stage.done < stage.total:
            long = self._long()
            self._line(f"{self._doing}: {figures(stage, self._now())}" + (f"; under way for {long}" if long else ""))

    def _line(self, words: str) -> None:
        self._last_line = self._now()
        self._last_part = self._stage.part if self._stage else 0.0
        if self._bars.disable:
            self.say(f"{datetime.now():%H:%M:%S} {words}")

    # -- both

    def _end_stage(self, broken: bool = False) -> None:
        stage, self._stage = self._stage, None
        self._under_way.clear()
        if stage is None:
            return
        self.done[self._name] = stage.done
        took = self._now() - stage.began
        words = f"{stage.done:,}" if stage.done == stage.total else f"{stage.done:,}/{stage.total:,}"
        words += f" in {clock(took)}"
        if stage.done and took >= 1:
            words += f", {speed(stage.done / took)}"
        words += f", {stage.failed:,} failed" if stage.failed else ""
        words += f", {stage.skipped:,} done already" if stage.skipped else ""
        if self._bar is not None:
            self._bars.update(self._bar, completed=stage.done, total=stage.total or 1, figures=words)
            self._bars.stop_task(self._bar)
            self._bar = None
        elif stage.total or stage.skipped:
            self._line(f"{self._doing}: {'broken off after ' if broken else 'done, '}{words}")


class _Figures(ProgressColumn):
    """What a function says of a task; drawn anew each time, for time goes on where no step does."""

    max_refresh = 0.5

    def __init__(self, said: Callable[[Task], str]):
        super().__init__()
        self._said = said

    def render(self, task: Task) -> Text:
        return Text(self._said(task))


class _UnderWay(_Figures):
    def render(self, task: Task) -> Text:
        return Text(self._said(task), style="dim", overflow="ellipsis", no_wrap=True)


def figures(stage: Stage, now: float) -> str:
    """The stage in figures; its pace, and how long it will take, as soon as they are known.

    >>> stage = Stage(53, now=0.0)
    >>> stage.advance(1, now=1.0)
    >>> figures(stage, now=1.0)
    '1/53'
    >>> stage.advance(19, now=30.0)
    >>> stage.failed = 2
    >>> figures(stage, now=60.0)
    '20/53, 20/min, 99 s left, 2 failed'
    """
    rate, left = stage.rate(now), stage.left(now)
    words = [f"{stage.done:,}/{stage.total:,}"]
    if rate is not None and left is not None:
        words += [speed(rate), f"{clock(left)} left"]
    if stage.failed:
        words.append(f"{stage.failed:,} failed")
    return ", ".join(words)
