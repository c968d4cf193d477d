"""The ledger as reports ask for it: batches, their files in order, the pages of these files and of no others."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.catalog import files, items, outcomes, readings
from archive.catalog import tables as t
from archive.errors import NotFound
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import File, Frame, NewReading

NAAN = "99999"
START = datetime(1999, 3, 1, 8, tzinfo=UTC)


def a_batch(connection, id=1, kind="ingest", **values) -> None:
    connection.execute(
        t.batch.insert().values(
            **dict(
                id=id,
                kind=kind,
                name="box 1",
                paths=["/m/box 1"],
                recipe="r",
                started=START,
                ended=START + timedelta(minutes=2),
            )
            | values
        )
    )


def a_file(connection, name, outcome, letter="", pages=0, batch=1, reason="", word=""):
    """A file of a batch; with pages, an item of its own, each page read as one word."""
    held, made = (), []
    if pages:
        file = files.file_by_sha256(connection, letter * 64) or files.add_file(
            connection, File(0, letter * 64, 10, "image/tiff", (Frame(1, 100, 100),) * pages)
        )
        item = items.add_item(connection, NAAN, local_id="0012")
        held = (item.id,)
        made = [items.add_page(connection, NAAN, item.id, n, file.id, n, 100, 100, None) for n in range(1, pages + 1)]
        for page in made if word else ():
            layout = Layout(100, 100, (TextBlock((TextLine((Word(word, 1, 1, 9, 9, 0.5),)),), "spa"),))
            readings.add(connection, page, NewReading("tesseract 5", "r", ("spa",), "spa", layout), ())
            connection.execute(
                t.page_outcome.insert().values(
                    page_id=page.id, batch_id=batch, recipe="r", outcome="read", reader_seconds=1.5, at=START
                )
            )
    connection.execute(
        t.file_outcome.insert().values(
            batch_id=batch,
            path=f"/m/box 1/{name}",
            sha256=letter * 64,
            outcome=outcome,
            reason=reason,
            items=list(held),
            pages=pages,
            at=START + timedelta(minutes=1),
        )
    )
    return made


def test_the_newest_batch_is_meant_where_no_number_is_given(connection):
    for number in (1, 2):
        a_batch(connection, number)
        a_file(connection, f"{number}.tif", "refused", reason="is empty.", batch=number)
    a_batch(connection, 3, kind="finding aid")
    a_batch(connection, 4)  # it did nothing
    assert outcomes.batch(connection).id == 2 and outcomes.batch(connection, 3).kind == "finding aid"
    with pytest.raises(NotFound, match="no such batch"):
        outcomes.batch(connection, 9)


def test_without_a_batch_it_is_said_what_to_do(connection):
    with pytest.raises(NotFound) as none:
        outcomes.batch(connection)
    assert "rescate ingest" in str(none.value)


def test_batches_come_newest_first_with_their_files_counted(connection):
    a_batch(connection, 1)
    a_file(connection, "c.tif", "refused", reason="is empty.", batch=1)
    a_batch(connection, 2, ended=None)
    a_batch(connection, 3)  # it did nothing
    a_file(connection, "a.tif", "refused", reason="is empty.", batch=2)
    a_file(connection, "b.tif", "refused", reason="is empty.", batch=2)
    newest, first = outcomes.batches(connection)
    assert (newest.id, newest.files, newest.ended) == (2, {"refused": 2}, None)
    assert newest.last.replace(tzinfo=UTC) == START + timedelta(minutes=1)
    assert (first.id, first.files) == (1, {"refused": 1})


def test_every_file_comes_once_by_path_with_its_own_pages(connection):
    a_batch(connection)
    a_file(connection, "b.tif", "added", "b", pages=2, word="Tecoluca")
    a_file(connection, "a.tif", "added", "a", pages=1)
    a_file(connection, "c.tif", "refused", reason="is empty.")
    found = [
        (file.path[-5:], [page.sequence for page in pages], {page.outcome for page in pages})
        for file, pages in outcomes.files_with_pages(connection, outcomes.batch(connection))
    ]
    assert found == [("a.tif", [1], {""}), ("b.tif", [1, 2], {"read"}), ("c.tif", [], set())]


def test_a_page_carries_what_is_known_of_its_reading(connection):
    a_batch(connection)
    a_file(connection, "b.tif", "added", "b", pages=1, word="Tecoluca")
    connection.execute(t.file.update().values(puid="fmt/353", format="TIFF"))
    [page] = outcomes.of_pages(connection, outcomes.batch(connection))
    assert (
        page.reader,
        page.language,
        page.words,
        page.confidence,
        page.seconds,
        page.here,
        page.local_id,
        page.puid,
    ) == ("tesseract 5", "spa", 1, 0.5, 1.5, True, "0012", "fmt/353")
    [file] = outcomes.of_files(connection, 1)
    assert (file.puid, file.format, file.media_type) == ("fmt/353", "TIFF", "image/tiff")


def test_the_same_bytes_in_another_folder_are_no_pages_of_this_batch(connection):
    a_batch(connection, 1)
    a_batch(connection, 2)
    [elsewhere] = a_file(connection, "x.tif", "added", "a", pages=1, word="uno")
    [here] = a_file(connection, "y.tif", "added", "a", pages=1, word="dos", batch=2)
    pages = list(outcomes.of_pages(connection, outcomes.batch(connection, 2)))
    assert [page.page_id for page in pages] == [here.id] != [elsewhere.id]


def test_pages_taken_out_of_their_item_are_not_reported(connection):
    a_batch(connection)
    first, _ = a_file(connection, "b.tif", "added", "b", pages=2)
    items.set_sequence(connection, first.id, 0)
    assert [page.frame for page in outcomes.of_pages(connection, outcomes.batch(connection))] == [2]


@pytest.mark.parametrize(
    "batch_id, minutes, here", [(1, 0, True), (2, 0, False), (None, 1, True), (None, -5, False), (None, 9, False)]
)
def test_whether_a_page_was_read_in_the_batch(connection, batch_id, minutes, here):
    """Outcomes of older catalogs name no batch: there the time tells."""
    a_batch(connection, 1)
    a_batch(connection, 2)
    a_file(connection, "b.tif", "unchanged", "b", pages=1, word="uno")
    connection.execute(t.page_outcome.update().values(batch_id=batch_id, at=START + timedelta(minutes=minutes)))
    [page] = outcomes.of_pages(connection, outcomes.batch(connection, 1))
    assert page.here is here


def test_only_some_outcomes(connection):
    a_batch(connection)
    a_file(connection, "a.tif", "refused", reason="is empty.")
    a_file(connection, "b.tif", "added", "b", pages=1)
    assert [file.path[-5:] for file in outcomes.of_files(connection, 1, ["refused", "failed"])] == ["a.tif"]
    assert list(outcomes.of_pages(connection, outcomes.batch(connection), ["failed"])) == []
