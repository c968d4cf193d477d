"""Fixity: is every master still there, with the bytes that were taken in (NDSA levels; PREMIS fixity check)?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from archive.catalog import files, journal
from archive.catalog.connect import writing
from archive.checksum import sha256


@dataclass(frozen=True)
class Finding:
    """What was found of one master at one place: `intact`, `missing`, `changed` or `unreadable`."""

    path: Path
    expected: str
    state: str
    found: str = ""

    @property
    def well(self) -> bool:
        return self.state == "intact"

    def as_json(self) -> dict:
        return {"path": str(self.path), "state": self.state, "expected": self.expected, "found": self.found}

    def __str__(self) -> str:
        told = {
            "intact": "intact",
            "missing": "is missing; put it back from a copy, or correct ingest.roots if its disk is elsewhere now",
            "changed": f"has other bytes than were taken in (SHA-256 {self.found}, expected {self.expected}); "
                       "put it back from a copy",
            "unreadable": f"cannot be read: {self.found}",
        }
        return f"{self.path}: {told[self.state]}"


def audit(catalog: Engine) -> Iterator[Finding]:
    """Looks at every master at every place it is known at, and notes what it finds as events."""
    with catalog.connect() as connection:
        mounted = files.roots(connection)
        places = list(files.locations(connection))
    for place in places:
        with catalog.connect() as connection:
            expected = files.file(connection, place.file_id).sha256
        finding = _look(mounted[place.root] / place.path, expected)
        with writing(catalog) as connection:
            journal.note(connection, "fixity check", "file", expected, finding.state, path=str(finding.path))
        yield finding


def _look(path: Path, expected: str) -> Finding:
    try:
        found = sha256(path)
    except FileNotFoundError:
        return Finding(path, expected, "missing")
    except OSError as trouble:
        return Finding(path, expected, "unreadable", trouble.strerror or str(trouble))
    return Finding(path, expected, "intact" if found == expected else "changed", found)
