"""What lies in the folders that were ingested and is not in the archive: fixity's question turned round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive.catalog import batches, files, outcomes
from archive.catalog.checks import Below
from archive.config import Config
from archive.fixity import UNEXPECTED, Finding
from ingest.intake.survey import survey


def unexpected(catalog: Engine, config: Config, within: Sequence[Below]) -> Iterator[Finding]:
    """Every file below an ingested folder that the catalog does not know and `ingest.ignore` does not pass over.

    Of a file refused or failed before, that is said. A folder of which only single files were ingested is
    not looked through: the rest of it was never meant.
    """
    with catalog.connect() as connection:
        mounted = files.mounted(connection, config)
        remembered = files.roots(connection)
        folders = _ingested(connection, mounted, remembered)
        known = {mounted[place.root] / place.path for place in files.locations(connection)}
        refused = _refused(connection, mounted, remembered)
    found = survey(folders, config.ingest.ignore, mounted.values())
    for one in found.files:
        if one.path not in known and _asked(one.path, mounted, within):
            yield Finding(
                one.path,
                "",
                UNEXPECTED,
                refused.get(one.path, "never taken in; run `rescate ingest` on it, or name it in ingest.ignore"),
                one.size,
            )
    for one in found.refused:
        if one.path not in known and _asked(one.path, mounted, within):
            yield Finding(one.path, "", UNEXPECTED, f"{one.reason}. {one.remedy}".strip())


def _ingested(connection: Connection, mounted: Mapping[str, Path], remembered: Mapping[str, Path]) -> list[Path]:
    """The folders that were given to an ingest, each where it is now."""
    given = map(Path, batches.given_to_ingest(connection))
    return sorted({now for path in given if (now := _now(path, mounted, remembered)) and now.is_dir()})


def _now(path: Path, mounted: Mapping[str, Path], remembered: Mapping[str, Path]) -> Path | None:
    """Where a path is now that was below a root when it was ingested; None where no root knows of it."""
    for name, folder in remembered.items():
        for then in (folder, mounted[name]):
            if path.is_relative_to(then):
                return mounted[name] / path.relative_to(then)
    return None


def _asked(path: Path, mounted: Mapping[str, Path], within: Sequence[Below]) -> bool:
    return any(path.is_relative_to(mounted[one.root] / one.path) for one in within)


def _refused(connection: Connection, mounted: Mapping[str, Path], remembered: Mapping[str, Path]) -> dict[Path, str]:
    """By path, why the last ingest did not take a file in."""
    return {
        now: f"{outcome} on {at:%Y-%m-%d}: {reason}"
        for path, outcome, reason, at in outcomes.last_refusals(connection)
        if (now := _now(Path(path), mounted, remembered))
    }
