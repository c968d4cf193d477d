"""`rescate correct` types over what was read on a page; `rescate corrections` lists and withdraws what was typed."""

from __future__ import annotations

import sys

import click

from archive.access import Audience
from archive.config import Config
from archive.errors import CorrectionError, EngineError, NotFound
from commands.options import account, config_of, json_option, print_json

author_option = click.option(
    "--author", metavar="NAME", help="Who compared it with the image; review.author in config.yaml where not given."
)


@click.command(short_help="Type over what was read on a page.")
@click.argument("page")
@click.argument("file", required=False, type=click.File(encoding="utf-8"))
@author_option
@click.option(
    "--compared", is_flag=True, help="All of the page was compared with its image: what was not changed is confirmed."
)
@json_option
@click.pass_context
def correct(context: click.Context, page: str, file, author: str | None, compared: bool, as_json: bool) -> None:
    """Type over what was read on a page: it is shown and searched as you wrote it, also when the page is read again.

    PAGE is its id, ARK or permalink. FILE is the text of the whole page, as `rescate export --format text` writes it,
    corrected (`-`: stdin); without it your editor opens. Prints a line a change. The machines' words stay beneath, and
    are still searched.
    """
    from archive.catalog.connect import open_catalog
    from archive.corrections import edits, typed_lines
    from archive.held import DescribedItem, HeldPage
    from archive.holdings import Holdings
    from ingest.decisions import correcting

    config = config_of(context)
    catalog = open_catalog(config.catalog_url, create=True)
    with Holdings(config, Audience.STAFF, catalog) as holdings:
        found = holdings.find(page)
        if not isinstance(found, HeldPage):
            item = holdings.pages_of(found, 1, 1) if isinstance(found, DescribedItem) else ()
            raise NotFound(
                "is no page",
                item=page,
                remedy=f"Name one of its pages, the first is {item[0].id}." if item else "Name a page.",
            )
        layout = holdings.layout(found)
    if layout is None or found.reading is None:
        raise CorrectionError("the page was not read yet", item=found.id, remedy="Run `rescate ingest` on its master.")
    text = file.read() if file is not None else click.edit(layout.text, extension=".txt")
    if text is None:
        click.echo("Nothing was changed.", err=True)
        return
    if not text.strip() and layout.blocks and not compared:
        raise CorrectionError(
            "the text is empty, and would take away all that was read on the page",
            item=found.id,
            remedy="Give the text of the whole page, corrected; add --compared where nothing stands on it.",
        )
    typed = typed_lines(layout, text)
    words = [word.content for word in layout.words()]
    made = list(edits(layout, typed))
    correcting.correct(catalog, found.id, found.reading, typed, author or config.review.author, compared=compared)
    for edit in made:
        before, after = " ".join(words[edit.place.first : edit.place.last]), edit.text.strip()
        if as_json:
            print_json({"page": found.id, "before": before, "after": after})
        else:
            click.echo(f"{before or '–'} → {after or '–'}")
    click.echo(f"{len(made)} changes" + (", and all else confirmed" if compared else ""), err=True)
    _feed(config, catalog)


@click.command(short_help="List and withdraw corrections.")
@click.option("--waiting", is_flag=True, help="Only those that found no place when their page was read again.")
@click.option("--page", default="", metavar="ID", help="Only those of this page.")
@click.option(
    "--withdraw",
    type=click.IntRange(1, 2**31 - 1),
    metavar="NUMBER",
    help="Take this one back: the page is shown without it.",
)
@author_option
@json_option
@click.pass_context
def corrections(
    context: click.Context, waiting: bool, page: str, withdraw: int | None, author: str | None, as_json: bool
) -> None:
    """List what persons corrected: number, date, author, page, what was read and what stands there.

    It is a list for staff: it holds words of restricted pages, too. Ends with 1 where one waits, with --waiting.
    """
    from archive.catalog import decisions
    from archive.catalog.connect import open_catalog
    from archive.decisions import CORRECTION
    from archive.ids import parse_ark
    from ingest.decisions import correcting

    config = config_of(context)
    catalog = open_catalog(config.catalog_url, create=withdraw is not None)
    if withdraw is not None:
        page_id = correcting.withdraw(catalog, withdraw, author or config.review.author or account())
        click.echo(f"correction {withdraw} of page {page_id} is withdrawn", err=True)
        _feed(config, catalog)
        return
    number = 0
    with catalog.connect() as connection:
        page_id = parse_ark(page, config.archive.naan) if page else ""
        for one, item_id in decisions.listed(connection, CORRECTION, waiting=waiting, page_id=page_id):
            number += 1
            before, after = one.anchor.exact, one.decided.strip()
            if as_json:
                print_json(
                    {
                        "number": one.id,
                        "page": one.page_id,
                        "item": item_id,
                        "before": before,
                        "after": after,
                        "author": one.author,
                        "created": one.created,
                        "waiting": not one.placed,
                    }
                )
            else:
                click.echo(
                    f"{one.id} · {one.created:%Y-%m-%d} · {one.author} · {one.page_id} · "
                    f"{before or '–'} → {after or '–'}{'' if one.placed else ' · waiting'}"
                )
    context.exit(1 if waiting and number else 0)


def _feed(config: Config, catalog) -> None:
    """Has the index hear of it; what a sleeping engine does not hear now it hears with the next run."""
    from archive import indexing

    try:
        indexing.catch_up(config, catalog)
    except EngineError as trouble:
        click.echo(f"rescate: {trouble} It is kept, and will be searched once the index hears of it.", err=True)
        sys.exit(EngineError.exit_code)
