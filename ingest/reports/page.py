"""A batch as one HTML page, self-contained: words, outcomes, failures with pictures and what to do, worst pages, all
files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from archive.catalog.outcomes import BatchOutcomes, FileRow, PageRow
from archive.config import Config
from ingest.reports import summary
from ingest.reports.account import Account
from ingest.reports.phrases import Phrases
from ingest.reports.pictures import Pictures, data_uri
from ingest.reports.sentences import in_language
from ingest.reports.table import Desk
from ingest.reports.visible import visible

#: Rows of the template's output that are written at once.
_BUFFERED = 200


def write(
    batch: BatchOutcomes,
    account: Account,
    files: Iterable[tuple[FileRow, Sequence[PageRow]]],
    pictures: Pictures,
    config: Config,
    say: Phrases,
    now: datetime,
    only: frozenset[str] = frozenset(),
    stands: Callable[[str], str] = lambda page_id: "",
) -> Iterator[str]:
    """Pieces of the page in the language of `say`. `files` are drawn as the page is written; where `only` names
    outcomes, the table of files holds these alone. `stands` says of a page what keeps it from the public (`closed`,
    `hidden`; "" for nothing): the public's page of it would be a dead end, so that all links lead to the archivist's
    own pages."""
    rows = (file for file, _ in files if not only or file.outcome in only)
    template = _environment().get_template("report.html")
    style = resources.files("ingest.reports").joinpath("report.css").read_text("utf-8")
    stream = template.stream(
        batch=batch,
        account=account,
        files=rows,
        pictures=pictures,
        say=say,
        only=only,
        only_named=", ".join(_outcome(say, name) for name in sorted(only)),
        now=now,
        archive=config.archive,
        style=Markup(style),
        sentences=summary.sentences(batch, account, say),
        desk=Desk(config.review).of,
        stands=stands,
        reason=partial(in_language, language=say.language),
        data_uri=data_uri,
        visible=visible,
        shown=partial(_shown, tuple({str(Path(path).parent) for path in batch.paths})),
        outcome=partial(_outcome, say),
        number="{:,}".format,
    )
    stream.enable_buffering(_BUFFERED)
    return stream


def _outcome(say: Phrases, name: str) -> str:
    return say(f"outcome.{name or 'waiting'}")


def _shown(above: tuple[str, ...], path: str) -> str:
    """A path from the folder on that was taken in (the page names it whole), else the whole path.

    >>> _shown(("/media/disk",), "/media/disk/box 1/a.tif"), _shown(("/media/disk",), "/elsewhere/a.tif")
    ('box 1/a.tif', '/elsewhere/a.tif')
    """
    return visible(
        next((path[len(one) :].lstrip("/") for one in above if path.startswith(f"{one}/") and one != "/"), path)
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ingest.reports", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
