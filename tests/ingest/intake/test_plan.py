"""Which files make which items."""

from pathlib import Path

from ingest.intake.plan import plan
from ingest.intake.survey import SurveyedFile
from ingest.sheets.rows import ItemRow, PageRange, Part, Sheets

ROOT = Path("/scans")


def surveyed(*names):
    return [
        SurveyedFile((ROOT / name).parent, (ROOT / name).name, ROOT, name.rpartition("/")[0], 1, 1) for name in names
    ]


def row(id, *files, pages=None, number=2):
    return ItemRow(number, id, tuple(Part(file, pages) for file in files))


def shape(planned):
    return [(one.row.id if one.row else None, [part.file.relative for part in one.parts]) for one in planned.items]


def test_without_a_spreadsheet_a_file_is_an_item():
    assert shape(plan(surveyed("b.tif", "a/c.pdf"), {})) == [(None, ["b.tif"]), (None, ["a/c.pdf"])]


def test_a_folder_of_pages_named_after_it_is_one_item_in_page_order():
    planned = plan(surveyed("x/x-10.png", "x/x-2.png", "x/x-1.png"), {})
    assert shape(planned) == [(None, ["x/x-1.png", "x/x-2.png", "x/x-10.png"])]
    assert planned.items[0].name == "x"


def test_a_folder_of_other_names_is_as_many_items():
    assert len(plan(surveyed("x/x-1.png", "x/y-2.png"), {}).items) == 2
    assert len(plan(surveyed("x/x-1.png"), {}).items) == 1


def test_a_row_may_name_a_file_several_files_or_a_folder():
    files = surveyed("a.pdf", "p/0002-2.tif", "p/0002-1.tif", "q.tif", "r.tif")
    planned = plan(files, {ROOT: Sheets((row("1", "a.pdf"), row("2", "p"), row("3", "r.tif", "q.tif")))})
    assert shape(planned) == [("1", ["a.pdf"]), ("2", ["p/0002-1.tif", "p/0002-2.tif"]), ("3", ["r.tif", "q.tif"])]


def test_one_file_may_be_three_items():
    rows = tuple(row(str(n), "a.pdf", pages=PageRange((n,))) for n in (1, 2, 3))
    planned = plan(surveyed("a.pdf"), {ROOT: Sheets(rows)})
    assert [one.parts[0].pages.numbers for one in planned.items] == [(1,), (2,), (3,)]


def test_a_row_without_its_file_is_said_with_its_number():
    planned = plan([], {ROOT: Sheets((row("1", "gone.tif", number=7),))})
    assert planned.items == () and planned.missing[0].path == ROOT / "gone.tif"
    assert "row 7" in planned.missing[0].reason


def test_a_file_outside_what_was_asked_for_is_not_missing():
    said = {ROOT: Sheets((row("1", "a/gone.tif"), row("2", "b/x.tif")))}
    planned = plan(surveyed("b/x.tif"), said, [ROOT / "b"])
    assert planned.missing == () and shape(planned) == [("2", ["b/x.tif"])]


def test_the_file_of_a_refused_row_waits():
    said = {ROOT: Sheets(held=frozenset({"secret.tif"}))}
    planned = plan(surveyed("secret.tif", "other.tif"), said)
    assert shape(planned) == [(None, ["other.tif"])]
    assert [(file.relative, "might restrict it" in why) for file, why, *_ in planned.held] == [("secret.tif", True)]


def test_where_the_spreadsheet_cannot_be_read_all_its_files_wait():
    planned = plan(surveyed("a.tif", "b/c.tif"), {ROOT: Sheets(refused=True)})
    assert planned.items == () and len(planned.held) == 2
