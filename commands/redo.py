"""`rescate redo`: reads pages again."""

from __future__ import annotations

import click

from commands.ingest import LanguageName, carry_out
from commands.options import BATCH_NUMBER, account, config_of, json_option


@click.command(short_help="Read pages again.")
@click.argument("ids", nargs=-1, metavar="[ITEM|PAGE]...")
@click.option(
    "--outcome",
    default="",
    type=click.Choice(["", "read", "blank", "failed"]),
    metavar="[read|blank|failed]",
    help="Only pages of which this became.",
)
@click.option(
    "--reason",
    default="",
    metavar="TEXT",
    help="Only pages that failed for a reason that holds this text or has this code.",
)
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
    from archive.catalog.selection import Selection
    from ingest.describing.said_language import written
    from ingest.redo import Redo

    config = config_of(context)
    selection = Selection(
        tuple(names.parse_ark(id, config.archive.naan) for id in ids),
        **{name: value for name, value in criteria.items() if value is not None},
    )
    if not selection.words and not everything:
        raise click.UsageError("say which pages: an item, --outcome, --language, --below …, or --all")
    told = None if not read_as else "" if read_as == ("auto",) else written(LanguageName()(one) for one in read_as)

    def begin(progress):
        return Redo(config, progress, actor=account(), read_as=told, by_ocr=by_ocr)

    context.exit(carry_out(begin, selection, as_json))
