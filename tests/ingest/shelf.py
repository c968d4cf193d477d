"""A folder of masters and the catalog they go into, without a reader."""

import pytest
from sqlalchemy import false, or_, select

from archive.catalog import batches, files, journal, units
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, signed, writing
from archive.record import File, Frame, Location
from ingest.intake.plan import PlannedItem, PlannedPart
from ingest.intake.survey import SurveyedFile
from ingest.run.accession import accession

NAAN = "99999"


class Shelf:
    """A folder of masters and the catalog they go into."""

    def __init__(self, folder, connection):
        self.folder, self.connection, self.known, self.surveyed = folder, connection, {}, {}
        files.put_root(connection, folder, {})
        self.batch = batches.begin(connection, batches.INGEST, [str(folder)]).id

    def new_batch(self):
        """What follows belongs to a batch of its own; returns its number."""
        batches.end(self.connection, self.batch)
        self.batch = batches.begin(self.connection, batches.INGEST, [f"{self.folder} after {self.batch}"]).id
        return self.batch

    def master(self, name, frames=1, bytes=None):
        """Puts a master there (or other bytes in its place)."""
        path = self.folder / name
        path.write_text(bytes or name)
        sha256 = f"{bytes or name:x<64}"
        file = files.file_by_sha256(self.connection, sha256) or files.add_file(
            self.connection,
            File(0, sha256, 1, "image/tiff", tuple(Frame(n, 100 + n, 200, 300.0) for n in range(1, frames + 1))),
        )
        self.known[path] = file
        self.surveyed[name] = SurveyedFile(path.parent, path.name, self.folder, name.rpartition("/")[0], 1, 1)
        return file

    def pages_to_tell(self):
        """The ids of the pages of which the index is to hear; it has heard of them then."""
        up_to, changed = journal.waiting(self.connection, 1000)
        asked = select(t.page.c.id).where(or_(false(), *map(units.is_in, changed)))
        journal.heard(self.connection, up_to)
        return set(self.connection.scalars(asked))

    def plan(self, *names, row=None, pages=None, sha256="", page_rows=()):
        parts = tuple(PlannedPart(self.surveyed[name], pages, sha256) for name in names)
        return PlannedItem(parts, row, self.folder if row else None, page_rows, f"{self.folder.name}:" if row else "")

    def accession(self, planned):
        held = accession(self.connection, NAAN, self.batch, planned, self.folder.name, self.known)
        for part in planned.parts:
            if part.file.path in self.known:
                batches.put_place(
                    self.connection,
                    self.batch,
                    Location(self.known[part.file.path].id, self.folder.name, part.file.relative, 1, 1),
                )
        return held


@pytest.fixture
def shelf(tmp_path, catalog_url):
    """In SQLite, and in PostgreSQL."""
    catalog = open_catalog(catalog_url, create=True)
    (tmp_path / "scans").mkdir()
    with writing(signed(catalog, "Ana Archivera")) as connection:
        yield Shelf(tmp_path / "scans", connection)
    catalog.dispose()
