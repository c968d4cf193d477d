"""How fast a stage goes and how long it will take: measured over the last minutes, and not said before it is known."""

from __future__ import annotations

from collections import deque

#: Seconds over which the rate is measured: long enough that a slow page does not make it jump.
WINDOW = 300.0
#: What must have been seen before a rate is said: so many steps, and so many seconds.
STEPS, SECONDS = 5, 5.0


class Stage:
    """The steps of one stage, by a clock that is handed in with each call (seconds, monotonic)."""

    def __init__(self, total: int, now: float):
        self.total, self.done, self.failed, self.skipped = total, 0, 0, 0
        self.began = now
        self._seen: deque[tuple[float, int]] = deque([(now, 0)])

    def advance(self, steps: int, now: float) -> None:
        self.done += steps
        # What was never announced is counted all the same.
        self.total = max(self.total, self.done)
        if now - self._seen[-1][0] < 1 and len(self._seen) > 1:
            self._seen[-1] = (self._seen[-1][0], self.done)
        else:
            self._seen.append((now, self.done))

    def skip(self, steps: int) -> None:
        """These steps need not be done."""
        self.skipped += steps
        self.total = max(self.done, self.total - steps)

    def rate(self, now: float) -> float | None:
        """Steps a second over the last minutes; None until it is known.

        >>> stage = Stage(100, now=0.0)
        >>> for second in range(1, 11):
        ...     stage.advance(2, now=second)
        >>> stage.rate(now=4.0) is None, stage.rate(now=10.0), stage.left(now=10.0)
        (True, 2.0, 40.0)
        """
        while len(self._seen) > 2 and self._seen[1][0] < now - WINDOW:
            self._seen.popleft()
        since, before = self._seen[0]
        if self.done - before < STEPS or now - since < SECONDS:
            return None
        return (self.done - before) / (now - since)

    def left(self, now: float) -> float | None:
        """Seconds until all is done at that rate; None until it is known."""
        rate = self.rate(now)
        return (self.total - self.done) / rate if rate else None

    @property
    def part(self) -> float:
        """What part of the stage is done, 0 to 1."""
        return self.done / self.total if self.total else 1.0


def clock(seconds: float) -> str:
    """Seconds as a person reads them.

    >>> clock(42.4), clock(190), clock(4000), clock(200_000)
    ('42 s', '3 min', '1 h 7 min', '2 d 8 h')
    """
    minutes = round(seconds / 60)
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    hours = round(seconds / 3600)
    return f"{hours // 24} d {hours % 24} h"


def speed(rate: float) -> str:
    """Steps a second as steps a minute, or a second where there are many.

    >>> speed(0.05), speed(0.5), speed(20)
    ('3.0/min', '30/min', '20/s')
    """
    if rate >= 10:
        return f"{rate:,.0f}/s"
    return f"{rate * 60:.0f}/min" if rate * 60 >= 10 else f"{rate * 60:.1f}/min"
