"""Names of values in the reader's language: dates and their bins, places, languages, genres, levels, rights."""

from __future__ import annotations

from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _

from archive import dates, languages, rights
from archive.dates import EdtfDate
from archive.description import elements, vocabulary
from archive.errors import DateError
from archive.held import DescribedItem, HeldPage
from archive.margins import PAGE_NUMBER, RUNNING_FOOT, RUNNING_HEAD
from archive.places import Gazetteer
from archive.record import Component, Container
from archive.search.bins import OPEN_BINS, UNDATED, VAST
from archive.search.fields import Facet, Values
from archive.search.kinds.page import STEPS
from search_app.state import FACETS, grain_of

#: Roles of a page that its name says: a reader takes the others for what they are.
_NAMED_ROLES = ("verso", "cover", "target")


def interface() -> str:
    """`es` or `en`."""
    return str(get_locale())


def facet(one: Facet) -> str:
    return _(one.label)


def value(facet: Facet, written: str) -> str:
    """The name of one value of a facet; of a component, whose name only the holdings know, its id."""
    return _NAMED.get(facet.values, str)(written)


def share(step: str) -> str:
    """A step of how many of a hundred words are right; what is none is said as it stands."""
    steps = [str(one) for one in STEPS]
    if step not in steps:
        return step
    if step == steps[0]:
        return _("%(share)s %% or more", share=step)
    above = steps[steps.index(step) - 1]
    return (
        _("less than %(share)s %%", share=above) if step == "0" else _("%(low)s to %(high)s %%", low=step, high=above)
    )


def date_bin(bin: str) -> str:
    """The name of a bin of the date histogram; what is no bin is said as it stands."""
    if bin == UNDATED:
        return _("Undated")
    if bin == VAST:
        return _("Within more than a century")
    try:
        said = dates.label(dates.parse(bin.rstrip("~")), interface())
    except DateError:
        return bin
    said = said[:1].upper() + said[1:]
    if bin.endswith("~"):
        return _("%(date)s, day not known", date=said)
    return said


def short_date_bin(bin: str) -> str:
    """The name of a bin below its bar, where the wider date stands beside the bars."""
    grain = grain_of(bin)
    if bin in OPEN_BINS or bin.endswith("~") or grain == "decade":
        return date_bin(bin)
    if grain == "month":
        return date_bin(bin).split(" ")[0][:3].lower()
    return bin.rsplit("-", 1)[-1].lstrip("0")


def date(when: EdtfDate | None) -> str:
    """A unit's date as a person reads it."""
    return dates.label(when, interface()) if when else _("undated")


def item_date(item: DescribedItem) -> str:
    """An item's date in the reader's language; in the words of its description where EDTF does not say it."""
    return date(item.date) if item.date else item.description.first("date") or date(None)


def component_date(one: Component) -> str:
    """A component's dates: in the words of its finding aid; where it has none, what its EDTF says; empty if undated."""
    if one.date or not one.date_edtf:
        return one.date
    try:
        return date(dates.parse(one.date_edtf))
    except DateError:
        return one.date_edtf


def place(key: str) -> str:
    """A place by its key; the key itself where the gazetteer has none such."""
    return Gazetteer.load().label(key, interface())


def place_within(key: str) -> str:
    """A place's bare name, where the place that holds it stands beside it."""
    known = Gazetteer.load().get(key)
    if known is None:
        return key
    return known.name_en if known.name_en and interface() == "en" else known.name


def language(code: str) -> str:
    if code == "mul":
        return _("Mixed")
    if code == "und":
        return _("Undecided")
    known = languages.languages().get(code)
    name = known.label(interface()) if known else code
    return name[:1].upper() + name[1:]


def language_tag(code: str | None) -> str:
    """The language of a text as HTML wants it (BCP 47).

    >>> language_tag("spa"), language_tag("mul"), language_tag(None)
    ('es', 'und', 'und')
    """
    known = languages.languages().get(code or "")
    return (known.two_letter or known.code) if known and code not in ("mul", "und") else "und"


def genre(value: str) -> str:
    return _term("genre", value)


def level(value: str) -> str:
    return _term("level", value)


def _term(column: str, value: str) -> str:
    known = (vocabulary(column)).get(value)
    name = known.label(interface()) if known else value
    return name[:1].upper() + name[1:]


def element(column: str) -> str:
    """The name of an element of the description; the facet's name where it is one."""
    if column == "genre":
        return facet(FACETS[column])
    known = elements().get(column)
    return known.label(interface()) if known else column


def said_value(column: str, written: str) -> str:
    """A value of a description: words of a fixed list, languages and rights by their names, others as written."""
    if column == "language":
        return language(written)
    if column == "rights_uri":
        known = rights.find(written)
        return known.label(interface()) if known else written
    return _term(column, written) if vocabulary(column) else written


def day(written: str) -> str:
    """A date of the rules of access, as a person reads it."""
    try:
        return date(dates.parse(written))
    except DateError:
        return written


def day_of(when: datetime) -> str:
    """The day of a time, as a person says it where the server stands."""
    return date(dates.parse(f"{when.astimezone():%Y-%m-%d}"))


def role(written: str) -> str:
    """What a creator did, in the reader's language where it is one of the usual ones."""
    usual = {
        "author": _("author"),
        "reporter": _("reporter"),
        "photographer": _("photographer"),
        "editor": _("editor"),
        "translator": _("translator"),
        "compiler": _("compiler"),
        "publisher": _("publisher"),
    }
    return usual.get(written.casefold(), written)


def container(one: Container) -> str:
    """`Box 3`."""
    if one.type == "box":
        return _("Box %(number)s", number=one.indicator)
    if one.type == "folder":
        return _("Folder %(number)s", number=one.indicator)
    if one.type == "container":
        return _("Container %(number)s", number=one.indicator)
    return f"{one.type[:1].upper()}{one.type[1:]} {one.indicator}"


def shelf(item: DescribedItem) -> str:
    """Where an item is kept: `Series › File · Box 3 · Folder 2`, the collection left out (it is on every page)."""
    names = [one.title for one in item.components if one.level != "collection"]
    return " · ".join(filter(None, [" › ".join(names), *map(container, item.containers)]))


def page(one: HeldPage) -> str:
    """What a page is called: by its printed label, else by its place among the images; and what it is, if no text
    page."""
    if one.kept is not None:
        return _("File %(number)s", number=one.label or one.sequence)
    name = _("Page %(label)s", label=one.label) if one.label else _("Image %(number)s", number=one.sequence)
    known = vocabulary("role").get(one.role)
    return f"{name} ({known.label(interface())})" if known and one.role in _NAMED_ROLES else name


def margin(kind: str) -> str:
    """What a line in a page's margin is called."""
    return {PAGE_NUMBER: _("Page number"), RUNNING_HEAD: _("Running head"), RUNNING_FOOT: _("Running foot")}[kind]


def size(bytes: int) -> str:
    """How large a file is, in units of a thousand (IEC 80000-13).

    >>> size(512), size(34_200), size(1_260_000), size(3_000_000_000)
    ('512 bytes', '34 KB', '1.3 MB', '3.0 GB')
    """
    if bytes < 1000:
        return f"{bytes} bytes"
    scaled, unit = next(
        ((bytes / factor, unit) for factor, unit in ((1e9, "GB"), (1e6, "MB")) if bytes >= factor), (bytes / 1e3, "KB")
    )
    return f"{scaled:.0f} KB" if unit == "KB" else f"{scaled:.1f} {unit}"


def title(item: DescribedItem) -> str:
    return item.title or _("Untitled")


def component(one: Component) -> str:
    return one.title


def between(since: str, until: str) -> str:
    """A span of time as the reader typed it."""
    if since and until:
        return _("From %(since)s to %(until)s", since=since, until=until)
    return _("From %(since)s", since=since) if since else _("Until %(until)s", until=until)


#: How values of facets are named, by what they are.
_NAMED = {
    Values.DATE: date_bin,
    Values.PLACE: place,
    Values.LANGUAGE: language,
    Values.GENRE: genre,
    Values.SHARE: share,
}
