"""Asking the archive: search, and export of citations and text."""

from __future__ import annotations

import signal
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import click

from archive.search.request import Audience, SearchRequest, Sort
from cli.group import audience_of, config_of, json_option, main, print_json, staff_option


# So that `rescate search '-masacre'` is a query and no option.
@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", default="")
@click.option("--place", multiple=True, help="Only pages on this place, by its key (san-vicente/tecoluca).")
@click.option("--language", multiple=True, help="Only pages in this language: spa, eng, mul, und.")
@click.option("--genre", multiple=True, help="Only this genre: chronology, report, clipping, photograph, other.")
@click.option("--date", "dates", multiple=True, help="Only this date: 198X, 1983, 1983-05, 1983-05-12, undated.")
@click.option("--sort", type=click.Choice([one.value for one in Sort]), default=Sort.RELEVANCE.value, show_default=True)
@click.option("--size", type=click.IntRange(0), default=20, show_default=True, help="How many hits to print.")
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True, help="How many hits to pass by.")
@staff_option
@json_option
@click.pass_context
def search(
    context: click.Context,
    query: str,
    place,
    language,
    genre,
    dates,
    sort: str,
    size: int,
    offset: int,
    staff: bool,
    as_json: bool,
) -> None:
    """Search the pages. An empty QUERY means everything.

    Words, "phrases", OR, -not, prefix*, date:1983 and date:1982..1984. A year, or a month with its year, is also a
    date; in quotation marks it is words alone. What was searched is said on stderr.
    """
    from archive.holdings import Holdings
    from archive.search.answer import answer
    from archive.search.answer import as_json as answer_json
    from archive.search.nearest import nearest
    from archive.search.query import read
    from archive.search.withholding import Withholding

    config = config_of(context)
    audience = audience_of(config, staff)
    reading = read(query)
    chosen = {"place": place, "language": language, "genre": genre, "date": dates}
    request = SearchRequest(
        reading.query,
        audience,
        filters={name: tuple(values) for name, values in chosen.items() if values},
        facets=("date", "place", "language", "genre"),
        sort=Sort(sort),
        size=size,
        offset=offset,
    )
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


@main.command()
@click.option(
    "--worst",
    "number",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    metavar="N",
    help="So many pages, the least surely read first.",
)
@click.option(
    "--below", type=click.FloatRange(0, 1), default=1.0, help="Only pages read with less confidence than this."
)
@click.option(
    "--language", default="", metavar="CODE", help="Only pages whose text is in this language: spa, eng, mul, und."
)
@staff_option
@json_option
@click.pass_context
def pages(context: click.Context, number: int, below: float, language: str, staff: bool, as_json: bool) -> None:
    """List the pages that were read worst: how sure their readers are, how many words, and where to look at them."""
    from itertools import islice

    from archive.holdings import Holdings

    config = config_of(context)
    with Holdings(config, audience_of(config, staff)) as holdings:
        for item, page, row in islice(holdings.least_sure(language, below), number):
            if as_json:
                print_json(
                    {
                        "page": page.id,
                        "item": item.id,
                        "confidence": round(row.confidence, 4),
                        "words": row.words,
                        "language": row.language,
                        "reader": row.reader,
                        "corrected": row.base_id is not None,
                        "url": holdings.permalink(page.id),
                    }
                )
            else:
                click.echo(
                    f"{row.confidence:.2f} · {row.words} words · {row.language} · "
                    f"{item.title or '[Sin título / Untitled]'}, "
                    f"{page.label or page.sequence} · "
                    f"{'corrected · ' if row.base_id is not None else ''}{holdings.permalink(page.id)}"
                )


@main.command()
@click.option(
    "--format",
    "format",
    required=True,
    metavar="FORMAT",
    help="ris, bibtex, csl-json, csv, chicago-notes, mla, apa; or text, alto, premis, bagit, with DIR.",
)
@click.option("--query", default=None, help="Only what this query finds; without it, everything.")
@click.option("--items", is_flag=True, help="Cite items instead of pages.")
@click.option(
    "--language",
    type=click.Choice(["es", "en"]),
    default="en",
    show_default=True,
    help="The language of the citations.",
)
@click.option(
    "--all-readings",
    is_flag=True,
    help="With text: each file ends with the words of other readings that a search finds, too.",
)
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@staff_option
@click.pass_context
def export(
    context: click.Context,
    format: str,
    query: str | None,
    items: bool,
    language: str,
    all_readings: bool,
    folder: Path | None,
    staff: bool,
) -> None:
    """Print citations of all that a query finds, or write files into a folder.

    No limit on how many. `--format text DIR` writes the recognised text, one UTF-8 file a page, at the
    master's path below the ingested folder; `--format alto DIR` the same words as ALTO 4.4 with their places;
    `--format premis DIR` what happened to each item and its masters, as PREMIS 3.0.

    `--format bagit DIR` writes a BagIt bag into the folder, which `rescate ingest` can take in again: for the public
    the page images that may be downloaded, with `--staff` the masters, each compared with its checksum.
    """
    from archive import exports
    from archive.holdings import Holdings

    if all_readings and format != "text":
        raise click.UsageError("--all-readings goes with `--format text DIR`; ALTO has them as ALTERNATIVE")
    config = config_of(context)
    audience = audience_of(config, staff)
    with Holdings(config, audience) as holdings:
        if format in (*exports.IN_FOLDERS, "bagit"):
            if folder is None:
                raise click.UsageError(
                    f"`--format {format}` needs a folder to write to: rescate export --format {format} DIR"
                )
            if format == "bagit":
                _write_bag(holdings, folder, query)
                return
            click.echo(
                f"{exports.write_files(format, holdings, folder, query, all_readings=all_readings)} written to "
                f"{folder}",
                err=True,
            )
            return
        if folder is not None:
            raise click.UsageError(
                f"a folder is for {', '.join(exports.IN_FOLDERS)}, bagit only; citations go to stdout"
            )
        # Each format brings its own line ends, and all are UTF-8.
        sys.stdout.reconfigure(encoding="utf-8", newline="")
        for piece in exports.citations(
            holdings, format, query or "", whole_items=items, accessed=date.today(), language=language
        ):
            sys.stdout.write(piece)


def _write_bag(holdings: Holdings, folder: Path, query: str | None) -> None:
    from archive.preservation import package
    from ingest.reports.terminal import Terminal

    # Ended by its system, a bag is taken away again as one that a person interrupts.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with Terminal() as terminal:
        written = package.write(holdings, folder, query, terminal)
    click.echo(written.path)
    click.echo(f"{written}; the bag is valid.", err=True)
    if written.lacking:
        click.echo(
            f"{written.lacking} pages that may be downloaded are not in it, for no image of them is in the archive: "
            "`rescate verify` names them, `rescate ingest` makes them again.",
            err=True,
        )
    if holdings.audience is Audience.STAFF:
        click.echo("It holds restricted material, in the clear: only you may open it; keep copies as safe.", err=True)
