"""What stands of a batch's files: asked for a portion at a time, all of it."""

import pytest
from sqlalchemy import select

from archive.catalog import tables as t
from ingest import standing


@pytest.mark.parametrize("transcripts", [(), (7,)])
def test_all_files_are_asked_for_however_many(shelf, tmp_path, monkeypatch, transcripts):
    monkeypatch.setattr(standing, "PORTION", 2)
    for number in range(5):
        shelf.master(f"{number}.tif")
        shelf.accession(shelf.plan(f"{number}.tif"))
    ids = list(shelf.connection.scalars(select(t.file.c.id)))
    found = standing.standing(shelf.connection, tmp_path, ids, "", shelf.batch, lambda file_id, frame: transcripts)
    assert set(found.pages) == set(found.sha256) == set(ids) and len(ids) == 5
