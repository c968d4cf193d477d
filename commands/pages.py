"""`rescate pages`: lists the pages that were read worst."""

from __future__ import annotations

import click

from commands.options import audience_of, config_of, json_option, print_json, staff_option


@click.command(short_help="List the pages that were read worst.")
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
