"""The command `rescate`: each command reads its options, calls one function, prints. stdout is data, stderr is talk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from archive import __version__
from archive.config import Config, find, load
from archive.errors import ArchiveError
from archive.search.request import Audience, SearchRequest, Sort


class _Group(click.Group):
    """The rim of the program: every error becomes a sentence and an exit code."""

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except ArchiveError as wrong:
            click.echo(f"rescate: {wrong}", err=True)
            context.exit(wrong.exit_code)
        except BrokenPipeError:
            # Whoever read our output has read enough.
            sys.stderr.close()
            context.exit(0)


@click.group(cls=_Group, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="rescate")
@click.option("--config", "path", type=click.Path(path_type=Path), metavar="FILE",
              help="The settings file; without it, the nearest config.yaml here or above.")
@click.pass_context
def main(context: click.Context, path: Path | None) -> None:
    """Rescate: the archive and search of El Rescate's historical collection."""
    context.obj = lambda: load(path if path is not None else find(Path.cwd()))


_json = click.option("--json", "as_json", is_flag=True, help="Print JSON: a list one object a line.")
_staff = click.option("--staff", is_flag=True, help="Ask the staff's index and read what is restricted, too.")


def _config(context: click.Context) -> Config:
    return context.obj()


def _audience(config: Config, staff: bool) -> Audience:
    if staff and not config.search.staff_index:
        raise ArchiveError("there is no staff index", item="--staff",
                           remedy="Set search.staff_index: true in config.yaml, then run `rescate reindex`.")
    return Audience.STAFF if staff else Audience.PUBLIC


def _print_json(value) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@_json
@click.pass_context
def ingest(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Take in scans: files, or folders with all below them.

    Every file has its outcome: added, unchanged, duplicate, refused or failed. Run it again after an
    interruption, or after putting files or metadata right: only what is missing is done. Ends with 0
    where nothing was refused or failed, 1 where something was, 4 where the search engine was down.
    """
    context.exit(_ingest(_config(context), paths, as_json))


def _ingest(config: Config, paths: Iterable[Path], as_json: bool = False) -> int:
    from ingest.pipeline import Ingest
    from ingest.report import Terminal, outcome_json, sentence, summary

    with Terminal() as terminal:
        run = Ingest(config, terminal)
        outcomes = []
        for outcome in run.run(paths):
            outcomes.append(outcome)
            if as_json:
                _print_json(outcome_json(outcome))
            if not outcome.well:
                terminal.say(sentence(outcome))
    for line in summary(outcomes, run.sheet_errors):
        click.echo(line, err=True)
    if run.index_trouble is not None:
        click.echo(f"The catalog has everything; the index has not yet: {run.index_trouble}", err=True)
    if run.sheet_errors or not all(outcome.well for outcome in outcomes):
        return 1
    return run.index_trouble.exit_code if run.index_trouble else 0


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
@_staff
@_json
@click.pass_context
def search(context: click.Context, query: str, place, language, genre, dates, sort: str, size: int, offset: int,
           staff: bool, as_json: bool) -> None:
    """Search the pages. An empty QUERY means everything.

    Words, "phrases", OR, -not, prefix*, date:1983 and date:1982..1984.
    """
    from archive.holdings import Holdings
    from archive.search.answer import answer, as_json as answer_json
    from archive.search.engines import open_engine
    from archive.search.query import parse

    config = _config(context)
    audience = _audience(config, staff)
    chosen = {"place": place, "language": language, "genre": genre, "date": dates}
    request = SearchRequest(
        parse(query), audience, filters={name: tuple(values) for name, values in chosen.items() if values},
        facets=("date", "place", "language", "genre"), sort=Sort(sort), size=size, offset=offset)
    engine = open_engine(config, audience)
    try:
        with Holdings(config, audience) as holdings:
            found = answer(holdings, engine, request)
            if as_json:
                _print_json(answer_json(found))
                return
            for hit in found.hits:
                click.echo(f"{hit.title or '[Sin título / Untitled]'} · {hit.date or 's. f. / n.d.'} · {hit.url}\n    {hit.snippet}")
            click.echo(f"{found.total} pages", err=True)
    finally:
        engine.close()


@main.command()
@click.option("--format", "format", required=True, metavar="FORMAT",
              help="ris, bibtex, csl-json, csv, chicago-notes, mla, apa; or text, with DIR.")
@click.option("--query", default=None, help="Only what this query finds; without it, everything.")
@click.option("--items", is_flag=True, help="Cite items instead of pages.")
@click.option("--language", type=click.Choice(["es", "en"]), default="en", show_default=True,
              help="The language of the citations.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@_staff
@click.pass_context
def export(context: click.Context, format: str, query: str | None, items: bool, language: str,
           folder: Path | None, staff: bool) -> None:
    """Print citations of all that a query finds, or write the recognised text into a folder.

    No limit on how many. `--format text DIR` writes one UTF-8 file a page, at the master's path below
    the ingested folder.
    """
    from archive import exports
    from archive.holdings import Holdings

    config = _config(context)
    audience = _audience(config, staff)
    with Holdings(config, audience) as holdings:
        if format == "text":
            if folder is None:
                raise click.UsageError("`--format text` needs a folder to write to: rescate export --format text DIR")
            written = exports.write_texts(holdings, folder, query)
            click.echo(f"{written} pages written to {folder}", err=True)
            return
        if folder is not None:
            raise click.UsageError("a folder is for `--format text` only; citations go to stdout")
        # Each format brings its own line ends, and all are UTF-8.
        sys.stdout.reconfigure(encoding="utf-8", newline="")
        for piece in exports.citations(holdings, format, query or "", whole_items=items, accessed=date.today(),
                                       language=language):
            sys.stdout.write(piece)


@main.command()
@click.option("--host", help="The address to listen on; from config.yaml where not given.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; from config.yaml where not given.")
@click.pass_context
def serve(context: click.Context, host: str | None, port: int | None) -> None:
    """Serve the public pages until interrupted."""
    from search_app.serve import run

    run(_config(context), host=host, port=port)


@main.command()
@click.pass_context
def reindex(context: click.Context) -> None:
    """Build the index anew from the catalog, beside the old one, and swap it in. Nothing is read again."""
    from archive import indexing
    from archive.catalog.connect import open_catalog

    config = _config(context)
    catalog = open_catalog(config.catalog_url, create=True)
    for audience, number in indexing.rebuild(config, catalog).items():
        click.echo(f"{audience.value}: {number} pages indexed", err=True)


@main.command()
@_json
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """Compare every master with its SHA-256 in the catalog (fixity): missing, changed, unreadable."""
    from archive import fixity
    from archive.catalog.connect import open_catalog

    config = _config(context)
    catalog = open_catalog(config.catalog_url)
    wrong = total = 0
    for finding in fixity.audit(catalog):
        total += 1
        wrong += not finding.well
        if as_json:
            _print_json(finding.as_json())
        elif not finding.well:
            click.echo(str(finding))
    click.echo(f"{total} files, {total - wrong} as they were, {wrong} not", err=True)
    context.exit(1 if wrong else 0)


@main.command()
@_json
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Check settings, tools, catalog and search engine, and say what to do where something is amiss."""
    from ingest.readiness import readiness

    wrong = False
    for finding in readiness(_config(context)):
        wrong |= not finding.well
        if as_json:
            _print_json({"what": finding.what, "well": finding.well, "detail": finding.detail})
        else:
            click.echo(f"{'ok  ' if finding.well else 'FAIL'} {finding.what}: {finding.detail}")
    context.exit(1 if wrong else 0)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port; from config.yaml where not given.")
@click.pass_context
def demo(context: click.Context, port: int | None) -> None:
    """Ingest the sample scans, once, and serve them."""
    config = _config(context)
    samples = config.folder / "scans"
    if not samples.is_dir():
        raise ArchiveError("there are no sample scans here", item=str(samples),
                           remedy="Run `rescate demo` with the project's own config.yaml.")
    if _ingest(config, [samples]):
        click.echo("Not all samples were taken in (see above); serving the others.", err=True)
    context.invoke(serve, host=None, port=port)


if __name__ == "__main__":
    main()
