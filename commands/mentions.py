"""`rescate mentions`: lists where pages speak of a place or date, or of what is undecided, with all that it may be."""

from __future__ import annotations

import click

from archive.errors import NotFound
from commands.options import audience_of, config_of, json_option, print_json, staff_option


@click.command(short_help="List where pages speak of a place or date.")
@click.argument("value", default="")
@click.option(
    "--kind",
    type=click.Choice(["place", "date"]),
    default="place",
    show_default=True,
    help="Of what; a date is given as EDTF: 1983-05, 1992-11-09/1992-11-16.",
)
@staff_option
@json_option
@click.pass_context
def mentions(context: click.Context, value: str, kind: str, staff: bool, as_json: bool) -> None:
    """List where pages speak of a place or date, as their words have it.

    VALUE is a date, or a place: its name, or its key (san-vicente/tecoluca) where several have the name. Without it
    lists what is undecided, each with all that it may be: of a place which ones have the name (a department that the
    page names stands first), of 3/4/84 both days.
    """
    from archive.holdings import Holdings
    from archive.places import Gazetteer

    config = config_of(context)
    gazetteer = Gazetteer.load()
    if kind == "place" and value and value not in gazetteer:
        named = gazetteer.lookup(value)
        if len(named) != 1:
            raise NotFound(
                "several places have the name" if named else "the gazetteer has no such place",
                item=value,
                remedy=f"Name one of {', '.join(one.key for one in named)}." if named else "Look into places.tsv.",
            )
        value = named[0].key

    def label(one: str) -> str:
        return gazetteer.label(one, "en") if kind == "place" else one

    with Holdings(config, audience_of(config, staff)) as holdings:
        for item, page, found in holdings.mentioned(kind, value):
            # What the page itself bears out comes first.
            candidates = sorted(found.candidates, key=lambda one: "page" not in one.evidence)
            if as_json:
                print_json(
                    {
                        "page": page.id,
                        "item": item.id,
                        "kind": found.kind,
                        "text": found.text,
                        "value": found.value,
                        "rule": found.rule,
                        "candidates": [
                            {"value": one.value, "label": label(one.value), "evidence": one.evidence}
                            for one in candidates
                        ],
                        "url": holdings.permalink(page.id),
                    }
                )
            else:
                may_be = " or ".join(label(one.value) for one in candidates)
                click.echo(
                    f"{' '.join(found.text.split())} · {f'may be {may_be} · ' if may_be else ''}"
                    f"{item.title or '[Sin título / Untitled]'}, {page.label or page.sequence} · "
                    f"{holdings.permalink(page.id)}"
                )
