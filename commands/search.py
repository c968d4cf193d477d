"""`rescate search`: asks the archive, and says how the question was understood."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import click

from archive.search.kinds.page import FIELDS
from archive.search.request import Sort
from commands.options import audience_of, config_of, json_option, print_json, staff_option

if TYPE_CHECKING:
    from archive.search.query import Reading


#: The facets of which values are chosen here, and that are counted: those that say what their option is.
FACETS = tuple(name for name, facet in FIELDS.facets.items() if facet.option)


def _choices(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each facet."""
    for name in reversed(FACETS):
        command = click.option(f"--{name}", multiple=True, help=FIELDS.facets[name].option)(command)
    return command


# So that `rescate search '-masacre'` is a query and no option.
@click.command(context_settings={"ignore_unknown_options": True}, short_help="Search the pages.")
@click.argument("query", default="")
@_choices
@click.option("--sort", type=click.Choice([one.value for one in Sort]), default=Sort.RELEVANCE.value, show_default=True)
@click.option("--size", type=click.IntRange(0), default=20, show_default=True, help="How many hits to print.")
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True, help="How many hits to pass by.")
@staff_option
@json_option
@click.pass_context
def search(
    context: click.Context,
    query: str,
    sort: str,
    size: int,
    offset: int,
    staff: bool,
    as_json: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Search the pages. An empty QUERY means everything.

    Words, "phrases", OR, -not, prefix*, date:1983 and date:1982..1984. A year, or a month with its year, is also a
    date; in quotation marks it is words alone. What was searched is said on stderr.
    """
    from archive.holdings import Holdings
    from archive.search import typed
    from archive.search.answer import answer
    from archive.search.answer import as_json as answer_json
    from archive.search.nearest import nearest
    from archive.search.query import read
    from archive.search.withholding import Withholding

    config = config_of(context)
    audience = audience_of(config, staff)
    reading = read(query)
    request = typed.request(query, audience, filters=chosen, facets=FACETS, sort=sort, size=size, offset=offset)
    with Holdings(config, audience) as holdings, closing(Withholding(holdings)) as engine:
        found = answer(holdings, engine, request)
        if as_json:
            print_json(answer_json(found))
            return
        _say_asked(reading)
        for hit in found.hits:
            click.echo(
                f"{hit.title or '[Sin título / Untitled]'} · {hit.date or 's. f. / n.d.'} · {hit.url}\n    "
                f"{hit.snippet}"
            )
        click.echo(_pages(found.total), err=True)
        if not found.total:
            for near in nearest(engine, request):
                click.echo(f"perhaps: {near.query} ({_pages(near.total)})", err=True)


def _pages(number: int) -> str:
    return f"{number} page" if number == 1 else f"{number} pages"


#: What a part of a query was understood to mean, by its kind.
_MEANINGS = {
    "word": "accents aside",
    "row": "one after another",
    "beginning": "words that begin so",
    "date": "documents of that time",
    "either": "these words, or documents of that time; in quotation marks only the words",
}


def _say_asked(reading: Reading) -> None:
    """Says on stderr how a query was understood, part by part."""
    from archive.search.asked import parts

    for part in parts(reading.query):
        endings = f", and other endings: {', '.join(f'{one}…' for one in part.stems)}" if part.stems else ""
        offer = f"; as a span of time: {part.other}" if part.other and part.kind != "either" else ""
        click.echo(f"{'not ' if part.excluded else ''}{part.text}: {_MEANINGS[part.kind]}{endings}{offer}", err=True)
    if reading.dropped:
        click.echo(f"left out: {' '.join(reading.dropped)}", err=True)
