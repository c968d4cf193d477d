"""Taking scans in: ingest and redo."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from archive import languages
from archive.config import Config
from cli.group import BATCH_NUMBER, config_of, json_option, main, print_json

verify_option = click.option(
    "--verify", is_flag=True, help="Hash files that look unchanged, too, and say which have other bytes."
)

transcripts_option = click.option(
    "--transcripts",
    is_flag=True,
    help="Take a page's words from the ALTO, hOCR or text delivered beside it, instead of reading it.",
)


class _Languages(click.ParamType):
    """Languages by code or name, each once."""

    name = "language"

    def convert(self, value, parameter, context):
        code = languages.find(value)
        if code is None:
            self.fail(
                f"{value} is no language known here; give its ISO 639-2 code, such as spa or eng", parameter, context
            )
        return code


language_option = click.option(
    "--language",
    "read_in",
    multiple=True,
    type=_Languages(),
    metavar="LANGUAGE",
    help="What it is written in, where its rows do not say so (spa, eng; several: mixed). Else each page is asked.",
)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@verify_option
@transcripts_option
@language_option
@json_option
@click.pass_context
def ingest(
    context: click.Context,
    paths: tuple[Path, ...],
    verify: bool,
    transcripts: bool,
    read_in: tuple[str, ...],
    as_json: bool,
) -> None:
    """Take in scans: files, or folders with all below them.

    Every file has its outcome: added, kept, unchanged, duplicate, refused or failed. Run it again after an
    interruption, or after putting files or metadata right: only what is missing is done. Ends with 0
    where nothing was refused or failed, 1 where something was, 4 where the search engine was down.
    """
    context.exit(take_in(config_of(context), paths, as_json, verify=verify, transcripts=transcripts, read_in=read_in))


@main.command()
@click.argument("ids", nargs=-1, metavar="[ITEM|PAGE]...")
@click.option(
    "--outcome",
    default="",
    type=click.Choice(["", "read", "blank", "failed"]),
    metavar="[read|blank|failed]",
    help="Only pages of which this became.",
)
@click.option("--reason", default="", metavar="TEXT", help="Only pages that failed for a reason that holds this text.")
@click.option(
    "--language", default="", metavar="CODE", help="Only pages whose text is in this language: spa, eng, mul, und."
)
@click.option("--below", type=click.FloatRange(0, 1), help="Only pages read with less confidence than this.")
@click.option(
    "--recipe", default="", help="Only pages read under this recipe (see `rescate report --format csv --pages`)."
)
@click.option("--outdated", is_flag=True, help="Only pages read under another recipe than the present settings give.")
@click.option("--batch", type=BATCH_NUMBER, help="Only pages read by this batch.")
@click.option(
    "--read-as",
    multiple=True,
    metavar="LANGUAGE",
    help="From now on they are read in this language (spa, eng; several: mixed), or `auto`: the one they are found "
    "to be in.",
)
@click.option(
    "--force-ocr/--no-force-ocr",
    "by_ocr",
    default=None,
    help="From now on they are read by OCR, in spite of a PDF's own text or a delivered one; or no longer.",
)
@click.option("--all", "everything", is_flag=True, help="Every page.")
@json_option
@click.pass_context
def redo(
    context: click.Context,
    ids: tuple[str, ...],
    read_as: tuple[str, ...],
    by_ocr: bool | None,
    everything: bool,
    as_json: bool,
    **criteria,
) -> None:
    """Read pages again: those of which all that is given holds.

    What was read before is kept; the new reading is shown. Give the reading settings in config.yaml first.
    """
    from archive import ids as names
    from ingest.redo import Redo, Selection
    from ingest.told import written

    config = config_of(context)
    selection = Selection(
        tuple(names.parse_ark(id, config.archive.naan) for id in ids),
        **{name: value for name, value in criteria.items() if value is not None},
    )
    if not selection.words and not everything:
        raise click.UsageError("say which pages: an item, --outcome, --language, --below …, or --all")
    told = None if not read_as else "" if read_as == ("auto",) else written(_Languages()(one) for one in read_as)
    context.exit(_carry_out(lambda progress: Redo(config, progress, read_as=told, by_ocr=by_ocr), selection, as_json))


def take_in(
    config: Config,
    paths: Iterable[Path],
    as_json: bool = False,
    *,
    verify: bool = False,
    transcripts: bool = False,
    read_in: Iterable[str] = (),
) -> int:
    """Ingests, prints what became of each file, and returns the exit code. `transcripts` are used where this or the
    setting asks for it; `read_in` are the languages it is said to be in."""
    from ingest.pipeline import Ingest

    if transcripts:
        config = replace(config, ingest=replace(config.ingest, transcripts=True))
    return _carry_out(lambda progress: Ingest(config, progress, verify=verify, read_in=read_in), paths, as_json)


def _carry_out(begin, what, as_json: bool) -> int:
    from ingest.reports.running import Running, outcome_json
    from ingest.reports.terminal import Terminal

    began, running = time.monotonic(), Running()
    with Terminal() as terminal:
        run = begin(terminal)
        for outcome in run.run(what):
            if as_json:
                print_json(outcome_json(outcome))
            for line in running.add(outcome):
                terminal.say(line)
    took = timedelta(seconds=time.monotonic() - began)
    for line in running.end(took, terminal.done.get("read", 0), run.sheet_errors, run.batch.id if run.batch else None):
        click.echo(line, err=True)
    if run.index_trouble is not None:
        click.echo(f"The catalog has everything; the index has not yet: {run.index_trouble}", err=True)
    if run.sheet_errors or running.account.amiss:
        return 1
    return run.index_trouble.exit_code if run.index_trouble else 0
