"""What is known of a run's files: asked for in portions, each file's answer its own."""

import pytest
from sqlalchemy import update

from archive.catalog import batches, items, outcomes
from archive.catalog import tables as t
from ingest.run.known import what_is_known
from ingest.run.recipe import Recipe

NAMES = ("a.tif", "b.tif", "c.tif", "d.tif", "e.tif")
RECIPE = Recipe("a recipe", ())


@pytest.fixture
def taken_in(shelf):
    """Five files, each an item of one page that was read and described; the pages have no size, so that no image is
    looked for."""
    held = {}
    for name in NAMES:
        shelf.master(name)
        held[name] = shelf.accession(shelf.plan(name))
        items.set_plan(shelf.connection, held[name].item.id, f"plan of {name}")
        outcomes.note_page(shelf.connection, shelf.batch, held[name].pages[0].id, RECIPE.present, "read")
    shelf.connection.execute(update(t.page).values(width=0))
    shelf.connection.execute(update(t.item).values(described_by="a row"))
    return held


@pytest.mark.parametrize("portion", [1, 2, 100])
@pytest.mark.parametrize("transcripts", [(), (None,)])
def test_every_portion_of_the_files_is_asked_for(shelf, taken_in, tmp_path, monkeypatch, portion, transcripts):
    monkeypatch.setattr("archive.catalog.laid_out.PORTION", portion)
    ids = {name: shelf.known[shelf.folder / name].id for name in NAMES}
    found = what_is_known(
        shelf.connection,
        tmp_path,
        ids.values(),
        RECIPE,
        shelf.batch,
        lambda file_id, frame: transcripts,
        image_width=2000,
    )
    assert found.items == {f"plan of {name}": taken_in[name].item.id for name in NAMES}
    assert found.pages == {ids[name]: {taken_in[name].item.id: 1} for name in NAMES}
    assert found.touched == set(ids.values()) and not found.unfinished
    assert what_is_known(
        shelf.connection, tmp_path, [ids["c.tif"]], Recipe("another", ()), 0, image_width=2000
    ).unfinished == {taken_in["c.tif"].item.id}


def test_what_was_undone_is_not_known(shelf, taken_in, tmp_path):
    ids = {name: shelf.known[shelf.folder / name].id for name in NAMES}
    assert batches.undo(shelf.connection, shelf.batch) == len(NAMES)
    found = what_is_known(shelf.connection, tmp_path, ids.values(), RECIPE, shelf.batch, image_width=2000)
    assert not found.items and not found.pages and not found.touched
