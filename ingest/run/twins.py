"""Bytes at several places: where they were known first, and still are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive.catalog import files
from ingest.run.tally import Entry


class Twins:
    """The places of bytes that are met more than once: those in the catalog, else the first one of this run. `roots`
    are the folders by name that the catalog's places are below."""

    def __init__(self, catalog: Engine, roots: dict[str, Path]):
        self._catalog, self._roots = catalog, roots
        self._first: dict[int, Path] = {}

    def met(self, entry: Entry) -> None:
        """A file that was identified in this run, in the order of the survey."""
        self._first.setdefault(entry.file_id, entry.path)

    def find(self, entries: Iterable[Entry], known: Collection[int]) -> None:
        """Says it of the entries whose file (by id) is `known` at several places. Looks at the disk."""
        for entry in entries:
            if not entry.twin and entry.file_id in known:
                with self._catalog.connect() as connection:
                    entry.twin = self.of(connection, entry)

    def of(self, connection: Connection, entry: Entry) -> str:
        """The place where the bytes of a file were known first, and still are; empty where that is here."""
        for place in files.locations_of(connection, entry.file_id):
            path = self._roots[place.root] / place.path
            if path == entry.path:
                return ""
            if path.is_file():
                return str(path)
        first = self._first.get(entry.file_id, entry.path)
        return "" if first == entry.path else str(first)
