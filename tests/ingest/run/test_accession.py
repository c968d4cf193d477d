"""Items and pages in the catalog: whatever happens to files and rows, a permalink goes on leading to its page."""

from dataclasses import replace
from datetime import date

import pytest

from archive.access import State
from archive.catalog import aliases, items, rules, tree
from archive.description import Description
from archive.errors import FixityError, SheetError
from ingest.run.accession import described_before, put_components
from ingest.sheets.rows import AccessDeclaration, ComponentRow, ItemRow, PageRange, PageRow, Part
from tests.ingest.shelf import NAAN


def row(id="0001", **more):
    return ItemRow(2, id, (Part("a"),), **more)


def test_a_file_becomes_an_item_with_a_page_a_frame(shelf):
    shelf.master("a.tif", frames=3)
    held = shelf.accession(shelf.plan("a.tif"))
    assert [(page.sequence, page.frame, page.width) for page in held.pages] == [(1, 1, 101), (2, 2, 102), (3, 3, 103)]
    assert held.changed and held.new_pages == {page.id for page in held.pages}


def test_the_same_again_changes_nothing(shelf):
    shelf.master("a.tif", frames=2)
    first = shelf.accession(shelf.plan("a.tif"))
    again = shelf.accession(shelf.plan("a.tif"))
    assert again.pages == first.pages and again.item == first.item
    assert not again.changed and not again.new_pages


def test_a_file_that_a_row_described_is_known_when_the_row_is_gone(shelf):
    described, loose, other = (shelf.master(f"{name}.tif") for name in "abc")
    shelf.accession(shelf.plan("a.tif", row=row("R-1", access=AccessDeclaration("suppressed"))))
    shelf.accession(shelf.plan("b.tif"))
    assert described_before(shelf.connection, [loose.id, other.id]) is None
    assert described_before(shelf.connection, [loose.id, described.id]).local_id == "R-1"


def test_a_missed_page_put_in_leaves_the_other_permalinks(shelf):
    for name in ("p-1.tif", "p-3.tif"):
        shelf.master(name)
    first = shelf.accession(shelf.plan("p-1.tif", "p-3.tif", row=row()))
    shelf.master("p-2.tif")
    again = shelf.accession(shelf.plan("p-1.tif", "p-2.tif", "p-3.tif", row=row()))
    assert [page.id for page in again.pages if page.id not in again.new_pages] == [page.id for page in first.pages]
    assert [page.sequence for page in again.pages] == [1, 2, 3] and again.pages[1].id in again.new_pages


def test_a_rescan_takes_its_predecessors_page(shelf):
    shelf.master("a.tif")
    first = shelf.accession(shelf.plan("a.tif"))
    shelf.master("a.tif", bytes="scanned again")
    again = shelf.accession(shelf.plan("a.tif"))
    assert [page.id for page in again.pages] == [page.id for page in first.pages]
    assert again.pages[0].file_id != first.pages[0].file_id and again.pages[0].shown_reading is None


def test_a_page_taken_out_still_leads_to_its_item(shelf):
    shelf.master("a.tif", frames=3)
    first = shelf.accession(shelf.plan("a.tif", row=row()))
    again = shelf.accession(shelf.plan("a.tif", row=row(), pages=PageRange((1, 3))))
    assert [page.id for page in again.pages] == [first.pages[0].id, first.pages[2].id]
    assert items.page(shelf.connection, first.pages[1].id).item_id == first.item.id
    assert first.pages[1].id in shelf.pages_to_tell()


def test_one_file_is_three_items_by_their_rows(shelf):
    shelf.master("a.tif", frames=4)
    held = [
        shelf.accession(shelf.plan("a.tif", row=row(id), pages=PageRange(numbers)))
        for id, numbers in (("1", (1, 2)), ("2", (3,)), ("3", (4,)))
    ]
    assert len({one.item.id for one in held}) == 3
    assert [len(one.pages) for one in held] == [2, 1, 1]


def test_a_row_that_comes_later_takes_over_with_every_permalink(shelf):
    shelf.master("a.tif", frames=3)
    bare = shelf.accession(shelf.plan("a.tif"))
    one = shelf.accession(shelf.plan("a.tif", row=row("1"), pages=PageRange((1, 2))))
    two = shelf.accession(shelf.plan("a.tif", row=row("2"), pages=PageRange((3,))))
    assert [page.id for page in one.pages + two.pages] == [page.id for page in bare.pages]
    assert items.item(shelf.connection, bare.item.id) is None
    assert aliases.target(shelf.connection, bare.item.id) == two.item.id


def test_the_same_id_in_two_folders_is_two_items(shelf):
    shelf.master("a.tif")
    first = shelf.accession(shelf.plan("a.tif", row=row("0001")))
    (shelf.folder / "sub").mkdir()
    shelf.master("sub/b.tif")
    planned = replace(shelf.plan("sub/b.tif", row=row("0001")), sheet=shelf.folder / "sub", origin="scans:sub")
    assert shelf.accession(planned).item.id != first.item.id


def test_a_page_range_beyond_the_file_is_said(shelf):
    shelf.master("a.tif", frames=2)
    with pytest.raises(SheetError, match="row 2 of the metadata asks for pages 1-3, but the file has 2"):
        shelf.accession(shelf.plan("a.tif", row=row(), pages=PageRange((1, 2, 3))))


def test_another_file_than_the_row_means_is_refused(shelf):
    shelf.master("a.tif")
    with pytest.raises(FixityError, match="row 2 of the metadata says"):
        shelf.accession(shelf.plan("a.tif", row=row(), sha256="b" * 64))


def test_a_restriction_stands_before_anything_is_read(shelf):
    shelf.master("a.tif")
    said = AccessDeclaration("closed", "legal file", "CSUN", date(2040, 1, 1))
    held = shelf.accession(shelf.plan("a.tif", row=row(access=said)))
    access = rules.of_item(shelf.connection, held.item.id, None, State.OPEN)
    assert (access.state, access.reason, access.review_date) == (State.CLOSED, "legal file", "2040-01-01")


def test_a_changed_restriction_reaches_the_index(shelf):
    shelf.master("a.tif", frames=2)
    held = shelf.accession(shelf.plan("a.tif", row=row()))
    shelf.pages_to_tell()
    again = shelf.accession(shelf.plan("a.tif", row=row(access=AccessDeclaration("suppressed", "asked"))))
    assert again.changed
    assert shelf.pages_to_tell() == {page.id for page in held.pages}


def test_page_rows_give_labels_roles_and_rules(shelf):
    shelf.master("a.tif", frames=2)
    page_rows = (
        PageRow(2, "0001", 1, label="iv", role="cover"),
        PageRow(3, "0001", 2, access=AccessDeclaration("closed", "names a minor")),
    )
    held = shelf.accession(shelf.plan("a.tif", row=row(), page_rows=page_rows))
    first = items.page(shelf.connection, held.pages[0].id)
    assert (first.label, first.role) == ("iv", "cover")
    assert rules.of_page(shelf.connection, held.pages[1].id, held.item.id, None, State.OPEN).state is State.CLOSED


def test_boxes_and_folders(shelf):
    shelf.master("a.tif")
    held = shelf.accession(shelf.plan("a.tif", row=row(box="3", folder="12", barcode="0042")))
    box, folder = tree.item_containers(shelf.connection, held.item.id)
    assert (box.indicator, box.barcode, folder.indicator, folder.parent_id) == ("3", "0042", "12", box.id)


def test_a_restricted_series_reaches_the_index_of_all_below(shelf):
    shelf.master("a.tif")
    series = ComponentRow(2, "s", "", "series", "S", "Legal files")
    put_components(shelf.connection, NAAN, shelf.batch, [series])
    held = shelf.accession(shelf.plan("a.tif", row=row(parent_ref_id="s")))
    id = tree.component_by_ref(shelf.connection, "s").id
    items.set_description(shelf.connection, held.item.id, Description(), id, "")
    shelf.pages_to_tell()
    assert put_components(shelf.connection, NAAN, shelf.batch, [series]) == 0
    assert (
        put_components(
            shelf.connection, NAAN, shelf.batch, [replace(series, access=AccessDeclaration("suppressed", "x"))]
        )
        == 1
    )
    assert shelf.pages_to_tell() == {held.pages[0].id}


def test_another_title_of_a_component_reaches_the_index_of_all_below(shelf):
    """A page is searched with the title of the file of papers that it is in."""
    shelf.master("a.tif", frames=2)
    put_components(shelf.connection, NAAN, shelf.batch, [file := ComponentRow(2, "f", "", "file", "F", "Letters")])
    held = shelf.accession(shelf.plan("a.tif", row=row(parent_ref_id="f")))
    items.set_description(
        shelf.connection, held.item.id, Description(), tree.component_by_ref(shelf.connection, "f").id, ""
    )
    shelf.pages_to_tell()
    assert put_components(shelf.connection, NAAN, shelf.batch, [replace(file, title="Letters from Colomoncagua")]) == 1
    assert shelf.pages_to_tell() == {page.id for page in held.pages}
