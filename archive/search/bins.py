"""The bins that a unit's date is counted in: decades, years, months, days; and which hold which.

- A unit's date is a range of days, so it has several bins: every decade (`198X`), year (`1983`) and month (`1983-05`)
  that the range touches, and every day (`1983-05-12`) if it is of at most 62 days, else, for the grain of days, every
  month with a tilde (`1983-05~`: some day of it perhaps). A set (`[1984,1986]`) has no bins in the gaps between its
  members. A range open on one side or of more than a century has one bin, `~`; a unit without a date has `undated`.
- A histogram is of one grain. Where bins of a coarser grain are chosen, it lists only those inside one of these, which
  is the drill-down.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from archive import dates

#: A range of more days is not counted day by day: two months are the most that "early May or June" says.
MOST_DAYS = 62
#: A range of more days is not counted at all but by `~`: it says next to nothing, and would fill every bin.
CENTURY = 36_525

UNDATED = "undated"
VAST = "~"
#: Bins that are in no other and hold no other, whatever the grain.
OPEN_BINS = (UNDATED, VAST)

#: The grains of the date histogram, coarse to fine.
GRAINS = ("decade", "year", "month", "day")

_SHAPES = {"decade": r"\d{3}X", "year": r"\d{4}", "month": r"\d{4}-\d\d", "day": r"\d{4}-\d\d-\d\d|\d{4}-\d\d~"}


def bins(
    earliest: date | None, latest: date | None, gaps: Sequence[tuple[date, date]] = ()
) -> dict[str, tuple[str, ...]]:
    """The bins of a unit's date, by grain. `undated` and `~` are of every grain.

    >>> bins(date(1983, 5, 31), date(1983, 6, 1))["day"]
    ('1983-05-31', '1983-06-01')
    >>> bins(date(1984, 1, 1), date(1986, 12, 31), [(date(1985, 1, 1), date(1985, 12, 31))])["year"]
    ('1984', '1986')
    >>> bins(date(1989, 1, 1), date(1990, 12, 31))
    {'decade': ('198X', '199X'), 'year': ('1989', '1990'), 'month': ('1989-01', '1989-02', '1989-03', \
'1989-04', '1989-05', '1989-06', '1989-07', '1989-08', '1989-09', '1989-10', '1989-11', '1989-12', '1990-01', \
'1990-02', '1990-03', '1990-04', '1990-05', '1990-06', '1990-07', '1990-08', '1990-09', '1990-10', '1990-11', \
'1990-12'), 'day': ('1989-01~', '1989-02~', '1989-03~', '1989-04~', '1989-05~', '1989-06~', '1989-07~', \
'1989-08~', '1989-09~', '1989-10~', '1989-11~', '1989-12~', '1990-01~', '1990-02~', '1990-03~', '1990-04~', \
'1990-05~', '1990-06~', '1990-07~', '1990-08~', '1990-09~', '1990-10~', '1990-11~', '1990-12~')}
    """
    if earliest is None and latest is None:
        return dict.fromkeys(GRAINS, (UNDATED,))
    if earliest is None or latest is None or (length := (latest - earliest).days + 1) > CENTURY:
        return dict.fromkeys(GRAINS, (VAST,))
    first, last = earliest.year * 12 + earliest.month - 1, latest.year * 12 + latest.month - 1

    def known(values: Iterable[str]) -> tuple[str, ...]:
        """The bins that do not lie within a gap."""
        return tuple(value for value in values if not gaps or not _within(value, gaps))

    months = known(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1))
    days = length - sum((end - start).days + 1 for start, end in gaps)
    return {
        "decade": known(f"{decade:03}X" for decade in range(earliest.year // 10, latest.year // 10 + 1)),
        "year": known(f"{year:04}" for year in range(earliest.year, latest.year + 1)),
        "month": months,
        "day": known((earliest + timedelta(n)).isoformat() for n in range(length))
        if days <= MOST_DAYS
        else tuple(f"{month}~" for month in months),
    }


def _within(value: str, gaps: Sequence[tuple[date, date]]) -> bool:
    """Whether all days of a bin lie in one gap."""
    when = dates.parse(value)
    first, last = when.earliest, when.latest
    return first is not None and last is not None and any(start <= first and last <= end for start, end in gaps)


def grain(value: str) -> str | None:
    """The grain of a bin; `day` for `undated` and `~`, which are of all grains; None for what is no bin.

    >>> grain("198X"), grain("1983-05~"), grain("May")
    ('decade', 'day', None)
    """
    if value in (UNDATED, VAST):
        return "day"
    return next((name for name, shape in _SHAPES.items() if re.fullmatch(shape, value, re.ASCII)), None)


def ancestors(bin: str) -> tuple[str, ...]:
    """The bins that hold a bin, the widest first.

    >>> ancestors("1983-05-12")
    ('198X', '1983', '1983-05')
    >>> ancestors("undated")
    ()
    """
    if bin in OPEN_BINS or grain(bin) is None or bin.endswith("X"):
        return ()
    plain = bin.rstrip("~")
    above = [plain[:3] + "X"]
    above += [plain[:length] for length in (4, 7) if len(plain) > length]
    return tuple([*above, plain] if bin.endswith("~") else above)


def listed(values: Iterable[str], finest: str, chosen: Collection[str]) -> list[str]:
    """Of these bins those that a histogram of the grain `finest` lists, where those of `chosen` are chosen.

    >>> listed(["1983", "1993", "undated"], "year", ["198X", "1993-05"])
    ['1983']
    """
    coarser = tuple(
        one.rstrip("X")
        for one in chosen
        if one not in OPEN_BINS and (name := grain(one)) is not None and GRAINS.index(name) < GRAINS.index(finest)
    )
    return [value for value in values if not coarser or value.startswith(coarser)]
