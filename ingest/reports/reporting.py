"""Makes a report of a batch, in the format asked for, and writes it so that its owner alone can read it."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive.catalog.outcomes import BatchOutcomes, batch, files_with_pages, utc
from archive.config import Config
from archive.errors import ArchiveError, Gone, NotFound, QueryError
from archive.held import HeldPage
from archive.holdings import Holdings
from archive.outcome import BLANK, OUTCOMES, READ
from ingest.reports import page, pictures, summary, table
from ingest.reports.account import Account, account
from ingest.reports.phrases import Phrases

#: `kept` is of files and of pages.
NAMES = tuple(dict.fromkeys((*OUTCOMES, "kept", READ, BLANK)))


@dataclass(frozen=True)
class Asked:
    """What is asked for: text, csv, html or json; rows of pages; only these outcomes (empty: all); es or en (None:
    as is usual for the format)."""

    form: str
    pages: bool = False
    only: frozenset[str] = frozenset()
    language: str | None = None


def outcomes(written: str | None) -> frozenset[str]:
    """The outcomes named in a list with commas. Raises QueryError for a name that is none.

    >>> sorted(outcomes("failed, refused"))
    ['failed', 'refused']
    """
    named = frozenset(name.strip() for name in (written or "").split(",")) - {""}
    if unknown := sorted(named - set(NAMES)):
        raise QueryError(
            f"no such outcome: {', '.join(unknown)}", item="--only", remedy=f"There are {', '.join(NAMES)}."
        )
    return named


def pieces(config: Config, catalog: Engine, number: int | None, asked: Asked) -> Iterator[str]:
    """The report in pieces, as it is made. Raises NotFound where there is no such batch."""
    # One snapshot: a run that goes on meanwhile does not make the parts differ.
    with catalog.connect() as connection, connection.begin():
        yield from _pieces(config, catalog, connection, batch(connection, number), asked)


def _stands(public: Holdings, page_id: str) -> str:
    """What keeps a page from the public: `closed` (neither its text nor its image may be had), `hidden` (it may not
    even be named), or ""."""
    try:
        found = public.find(page_id)
    except (NotFound, Gone):
        return "hidden"
    shown = isinstance(found, HeldPage) and (found.access.text or found.access.image)
    return "" if shown else "closed"


def _pieces(config: Config, catalog: Engine, connection: Connection, one: BatchOutcomes, asked: Asked) -> Iterator[str]:
    usual = config.serve.language if asked.form == "html" else "en"
    say = Phrases(asked.language or usual)
    if asked.form == "csv":
        rows = table.page_rows if asked.pages else table.file_rows
        return rows(files_with_pages(connection, one), table.Permalinks(config.archive), say.language, asked.only)
    if asked.form == "html":
        whole = account(files_with_pages(connection, one), pictures.LIMIT)
        failures = chain.from_iterable(group.examples for group in whole.gathered)
        total = sum(group.files + group.pages for group in whole.gathered)
        return page.write(
            one,
            whole,
            files_with_pages(connection, one),
            pictures.take(failures, total, config),
            config,
            say,
            datetime.now(UTC),
            asked.only,
            functools.cache(functools.partial(_stands, Holdings(config, catalog=catalog))),
        )
    whole = account(files_with_pages(connection, one))
    if asked.form == "json":
        return iter([json.dumps(as_json(one, whole, say, table.Permalinks(config.archive)), ensure_ascii=False) + "\n"])
    return (line + "\n" for line in summary.text(one, whole, say, asked.only))


def as_json(one: BatchOutcomes, whole: Account, say: Phrases, permalinks: table.Permalinks) -> dict:
    """The summary as one object that scripts may rely on."""
    return {
        "batch": one.id,
        "kind": one.kind,
        "name": one.name,
        "paths": list(one.paths),
        "recipe": one.recipe,
        "started": utc(one.started).isoformat(),
        "ended": utc(one.ended).isoformat() if one.ended else None,
        "undone": utc(one.undone).isoformat() if one.undone else None,
        "files": dict(whole.by_outcome()),
        "items": whole.items,
        "pages": whole.pages,
        "read": whole.read_here,
        "page_outcomes": {name or "waiting": number for name, number in whole.page_outcomes.items()},
        "words": whole.words,
        "confidence": whole.confidence,
        "reader_seconds": round(whole.seconds, 2),
        "languages": {code: {"pages": count.pages, "words": count.words} for code, count in whole.languages.items()},
        "reasons": [
            {
                "reason": group.reason.code,
                "label": group.reason.label(say.language),
                "to_do": group.reason.to_do(say.language),
                "files": group.files,
                "pages": group.pages,
                "examples": [{"path": one.path, "page": one.page or None, "said": one.said} for one in group.examples],
            }
            for group in whole.gathered
        ],
        "unread": {
            "pages": whole.unread,
            "examples": [
                {
                    "path": page.path,
                    "page": page.frame,
                    "permalink": permalinks.of(page.page_id),
                    "said": whole.besides(page),
                }
                for page in whole.unread_pages
            ],
        },
        "worst": [
            {
                "path": page.path,
                "page": page.frame,
                "permalink": permalinks.of(page.page_id),
                "confidence": page.confidence,
                "words": page.words,
                "language": page.language,
            }
            for page in whole.worst
        ],
        "sentences": summary.sentences(one, whole, say),
    }


def write(path: Path, written: Iterable[str]) -> None:
    """Writes the file whole or not at all, mode 0600. Raises ArchiveError where it cannot be written."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # A name that is no UTF-8 must not end a report; what shows names escapes such bytes before.
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(written)
        part.replace(path)
    except OSError as trouble:
        raise ArchiveError(
            f"cannot be written: {trouble.strerror or trouble}", item=str(path), remedy="Give another --output."
        ) from trouble
    finally:
        part.unlink(missing_ok=True)
