"""The timeline of a result: one bar a year, month or day, each a link that narrows to it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass

from archive.search.bins import GRAINS, OPEN_BINS, ancestors
from archive.search.request import Bucket
from search_app.present import labels
from search_app.state import SearchState, grain_of

#: More bars than this are no picture: they are counted by decades instead.
MOST_BARS = 62
#: The least height of a bar that counts anything, of 100: one page must be seen beside a thousand.
LEAST = 4


@dataclass(frozen=True)
class Bar:
    """One bar: its bin, how many units, its height of 100, and the state that narrows to it."""

    bin: str
    short: str
    label: str
    count: int
    height: int
    chosen: bool
    state: SearchState | None


@dataclass(frozen=True)
class Timeline:
    """The bars of a result; what has no place on them beside; and the way back to wider spans."""

    grain: str
    bars: tuple[Bar, ...]
    beside: tuple[Bar, ...]
    path: tuple[tuple[str, SearchState], ...]
    here: str

    @property
    def peak(self) -> int:
        return max((bar.count for bar in self.bars), default=0)


def grain(state: SearchState) -> str:
    """How fine the bars are: one step finer than the one span chosen; years where nothing is chosen."""
    chosen = state.spans
    if not chosen:
        return "year"
    finest = max((grain_of(bin) for bin in chosen), key=GRAINS.index)
    if len(chosen) > 1:
        return finest
    return GRAINS[min(GRAINS.index(finest) + 1, 3)]


def is_too_wide(buckets: tuple[Bucket, ...]) -> bool:
    """Whether these years are too far apart for a bar each."""
    years = [int(b.value[:4]) for b in buckets if b.value[:4].isdecimal()]
    return bool(years) and max(years) - min(years) >= MOST_BARS


def timeline(buckets: tuple[Bucket, ...], state: SearchState, grain: str) -> Timeline:
    """The bars of the spans chosen, with the empty ones between them."""
    counts = {b.value: b.count for b in buckets}
    chosen = state.spans
    inside = {bin: count for bin, count in counts.items() if bin not in OPEN_BINS and _is_within(bin, chosen)}
    plain = sorted(bin for bin in inside if grain_of(bin) == grain and not bin.endswith("~"))
    bins = _filled(plain, grain, chosen)
    peak = max((inside.get(bin, 0) for bin in bins), default=0)
    bars = tuple(_bar(bin, inside.get(bin, 0), peak, state) for bin in bins)
    loose = sorted(bin for bin in inside if bin not in plain)
    beside = [_bar(bin, inside[bin], peak, state) for bin in loose]
    if not chosen:
        beside += [_bar(bin, counts[bin], peak, state) for bin in OPEN_BINS[::-1] if bin in counts]
    one = chosen[0] if len(chosen) == 1 else None
    path = [(labels.date_bin(bin), state.only("date", bin)) for bin in ancestors(one or "")]
    if chosen:
        path.insert(0, ("", state.only("date")))
    return Timeline(grain, bars, tuple(beside), tuple(path), labels.date_bin(one) if one else "")


def _bar(bin: str, count: int, peak: int, state: SearchState) -> Bar:
    height = max(LEAST, round(100 * count / peak)) if count and peak else 0
    return Bar(
        bin,
        labels.short_date_bin(bin),
        labels.date_bin(bin),
        count,
        min(height, 100),
        bin in state.chosen("date"),
        state.only("date", bin) if count else None,
    )


def _is_within(bin: str, chosen: tuple[str, ...]) -> bool:
    if not chosen:
        return True
    line = {bin, *ancestors(bin)}
    # A day chosen stands among the days of its month.
    return any(one in line or (grain_of(one) == "day" and ancestors(one)[-1] in line) for one in chosen)


def _filled(bins: list[str], grain: str, chosen: tuple[str, ...]) -> list[str]:
    """The bins with the empty ones between the first and the last, or of the whole span chosen."""
    if not bins:
        return []
    if grain == "decade":
        return [f"{n:03d}X" for n in range(int(bins[0][:3]), int(bins[-1][:3]) + 1)]
    if grain == "year":
        span = range(int(bins[0]), int(bins[-1]) + 1)
        if len(chosen) == 1 and chosen[0].endswith("X"):
            span = range(int(chosen[0][:3]) * 10, int(chosen[0][:3]) * 10 + 10)
        return [f"{year:04d}" for year in span]
    wider = list(dict.fromkeys(ancestors(bin)[-1] for bin in bins))
    if grain == "month":
        return [f"{year}-{month:02d}" for year in wider for month in range(1, 13)]
    return [
        f"{month}-{day:02d}" for month in wider for day in range(1, monthrange(int(month[:4]), int(month[5:7]))[1] + 1)
    ]
