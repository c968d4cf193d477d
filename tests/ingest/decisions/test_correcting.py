"""Corrections from end to end: typed over a page, searched, kept when it is read again, taken back."""

import json
import os

import pytest

from archive.catalog import items, readings
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, writing
from archive.config import load
from archive.errors import Conflict, CorrectionError
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import NewReading
from ingest.decisions import correcting
from ingest.decisions.carrying import carry_over
from tests.ingest.test_batches import ids
from tests.small_scans import found, ingest


@pytest.fixture
def typed_page(small_archive, small_scans):
    """The archive with its page, over which a name is typed that the reader did not read."""
    ingest(small_archive, small_scans / "a.png")
    (page,) = ids(small_archive)
    text = small_archive.folder / "a.txt"
    text.write_text("Report from Tecolapa\nby the committee\n", "utf-8")
    done = small_archive.rescate("correct", page, text, "--author", "Ana Archivera")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Tecoluca → Tecolapa\n– → by the committee\n"
    return small_archive, page


def kept(archive, *more):
    done = archive.rescate("corrections", "--json", *more)
    return [json.loads(line) for line in done.stdout.splitlines()]


def read_again(archive, page_id, text):
    """Another reader's words in the same place of the page, as a redo writes them."""
    catalog = open_catalog(load(archive.config).catalog_url)
    with writing(catalog) as connection:
        page = items.page(connection, page_id)
        base = readings.layout(connection, readings.reading(connection, page.shown_reading).base_id)
        words = [
            Word(new, w.hpos, w.vpos, w.width, w.height, 0.4) for new, w in zip(text.split(), base.words(), strict=True)
        ]
        readings.add(
            connection,
            page,
            NewReading(
                "another 1",
                "r2",
                ("eng",),
                "eng",
                Layout(base.width, base.height, (TextBlock((TextLine(tuple(words)),)),)),
            ),
            (),
        )
        carry_over(connection, page_id)
    return catalog


def test_what_a_person_typed_is_found_and_what_the_machine_read_too(typed_page):
    archive, page = typed_page
    assert found(archive, "Tecolapa") == found(archive, '"by the committee"') == found(archive, "Tecoluca") == 1
    assert [(one["before"], one["after"], one["author"], one["waiting"]) for one in kept(archive)] == [
        ("Tecoluca", "Tecolapa", "Ana Archivera", False),
        ("", "by the committee", "Ana Archivera", False),
    ]
    assert archive.json("search", "")["hits"][0]["title"].startswith("Report from Tecolapa")
    assert archive.rescate("export", "--format", "text", archive.folder / "out").returncode == 0
    assert (
        next((archive.folder / "out").rglob("*.txt")).read_text("utf-8") == "Report from Tecolapa\nby the committee\n"
    )


def test_a_person_wins_when_the_page_is_read_again(typed_page):
    archive, page = typed_page
    assert archive.rescate("redo", "--all").returncode == 0
    assert found(archive, "Tecolapa") == 1 and not kept(archive, "--waiting")
    read_again(archive, page, "Rep0rt frorn Tecoiuca")
    assert archive.rescate("reindex").returncode == 0
    assert found(archive, "Tecolapa") == found(archive, "Tecoiuca") == found(archive, "committee") == 1 and not found(
        archive, "Tecoluca"
    )


def test_a_correction_taken_back_is_shown_no_more(typed_page):
    archive, page = typed_page
    for one in kept(archive):
        assert archive.rescate("corrections", "--withdraw", one["number"]).returncode == 0
    assert not kept(archive) and not found(archive, "Tecolapa") and found(archive, "Tecoluca") == 1
    assert archive.rescate("corrections", "--withdraw", 1).returncode == 1


def test_what_finds_no_place_waits_in_a_list(typed_page, small_scans):
    archive, page = typed_page
    (small_scans / "a.png").unlink()
    catalog = open_catalog(load(archive.config).catalog_url)
    with writing(catalog) as connection:  # another scan in its place, on which other words stand
        held = items.page(connection, page)
        words = tuple(Word(word, 0, 0, 0, 0, 0.9) for word in ["Minutes", "of", "a", "meeting"])
        other = connection.execute(
            t.file.insert().values(sha256="f" * 64, bytes=1, media_type="image/tiff", frames=[], embedded=[])
        ).inserted_primary_key[0]
        items.set_master(connection, page, other, 1, held.width, held.height, None)
        page_now = items.page(connection, page)
        readings.add(
            connection,
            page_now,
            NewReading("x", "r2", ("eng",), "eng", Layout(9, 9, (TextBlock((TextLine(words),)),))),
            (),
        )
        carry_over(connection, page)
    waiting = kept(archive, "--waiting")
    assert [one["after"] for one in waiting] == ["Tecolapa", "by the committee"] and all(
        one["waiting"] for one in waiting
    )
    assert archive.rescate("corrections", "--waiting").returncode == 1


def test_who_was_slower_is_told_and_nothing_is_overwritten(typed_page):
    archive, page = typed_page
    catalog = open_catalog(load(archive.config).catalog_url)
    with catalog.connect() as connection:
        old = readings.reading(connection, items.page(connection, page).shown_reading).base_id
    with pytest.raises(Conflict):
        correcting.correct(catalog, page, old, {0: "x"}, "Otra")
    with pytest.raises(CorrectionError, match="author"):
        correcting.correct(catalog, page, old, {0: "x"}, " ")


def test_without_a_file_an_editor_opens(typed_page):
    archive, page = typed_page
    script = archive.folder / "editor"
    script.write_text('#!/bin/sh\nsed -i s/committee/bishop/ "$1"\n')
    script.chmod(0o700)
    done = archive.rescate(
        "correct", page, "--author", "Ana Archivera", "--compared", env={**os.environ, "EDITOR": str(script)}
    )
    assert done.stdout == "committee → bishop\n" and "confirmed" in done.stderr
    assert found(archive, "bishop") == 1
    with open_catalog(load(archive.config).catalog_url).connect() as connection:
        assert readings.reading(connection, items.page(connection, page).shown_reading).confidence == 1.0


def test_a_correction_without_author_text_or_page_is_refused(small_archive, small_scans):
    ingest(small_archive, small_scans / "a.png")
    (page,) = ids(small_archive)
    (small_archive.folder / "a.txt").write_text("Report")
    refused = small_archive.rescate("correct", page, small_archive.folder / "a.txt")
    assert refused.returncode == 2 and "--author" in refused.stderr
    (small_archive.folder / "empty.txt").write_text("\n")
    refused = small_archive.rescate("correct", page, small_archive.folder / "empty.txt", "--author", "Ana")
    assert refused.returncode == 2 and "is empty" in refused.stderr and found(small_archive, "Report") == 1
    item = small_archive.json("search", "")["hits"][0]["item"]
    refused = small_archive.rescate("correct", item, small_archive.folder / "a.txt", "--author", "Ana")
    assert refused.returncode == 1 and page in refused.stderr
