"""The spreadsheets of components and of pages: parents first, what cannot be placed, what holds an item."""

from ingest.sheets import AccessDeclaration, read_folder
from tests.ingest.sheets.written import problems, write


def test_components_parents_first(scans):
    rows = [
        {"ref_id": "f", "parent_ref_id": "s", "level": "file", "title": "F"},
        {"ref_id": "s", "parent_ref_id": "c", "level": "series", "title": "S"},
        {"ref_id": "c", "level": "collection", "title": "C", "date_edtf": "1981/1994"},
    ]
    write(scans, rows, "components.csv")
    found = read_folder(scans)
    assert [one.ref_id for one in found.components] == ["c", "s", "f"] and found.problems == ()
    assert (found.components[0].row, found.components[0].date_edtf) == (4, "1981/1994")


def test_components_that_cannot_be_placed(scans):
    write(
        scans,
        [
            {"ref_id": "a", "parent_ref_id": "b", "level": "series", "title": "A"},
            {"ref_id": "b", "parent_ref_id": "a", "level": "series", "title": "B"},
            {"ref_id": "x", "parent_ref_id": "gone", "level": "file", "title": "X"},
            {"ref_id": "y", "parent_ref_id": "x", "level": "file", "title": "Y"},
            {"ref_id": "k", "parent_ref_id": "known", "level": "file", "title": "K"},
            {"ref_id": "k", "level": "file", "title": "K"},
            {"ref_id": "u", "level": "shelf", "title": ""},
        ],
        "components.csv",
    )
    found = read_folder(scans, known_components={"known"})
    assert {one.ref_id: (one.level, one.title) for one in found.components} == {
        "k": ("file", "K"),
        "u": ("otherlevel", "u"),
    }
    said = {(one.row, one.column): str(one) for one in found.problems}
    assert "circle" in said[2, "parent_ref_id"] and "circle" in said[3, "parent_ref_id"]
    assert "there is no component gone" in said[4, "parent_ref_id"] and "was not taken in" in said[5, "parent_ref_id"]
    assert "row 6 already" in said[7, "ref_id"] and (8, "level") in said and (8, "title") in said


def test_a_level_below_a_lower_one(scans):
    write(
        scans,
        [
            {"ref_id": "f", "level": "file", "title": "F"},
            {"ref_id": "s", "parent_ref_id": "f", "level": "series", "title": "S"},
        ],
        "components.csv",
    )
    assert problems(read_folder(scans)) == [("scans/components.csv", 3, "level", "cell")]


def test_parents_of_items(scans):
    write(scans, [{"id": "1", "file": "a.tif", "parent_ref_id": "s2"}])
    untold = read_folder(scans)  # the component may be closed
    assert untold.items == () and untold.held == {"a.tif"} and "finding aid" in untold.problems[0].remedy
    assert read_folder(scans, known_components={"s2"}).problems == ()
    refused = read_folder(scans, known_components={"S02"})
    assert refused.items == () and refused.held == {"a.tif"} and refused.problems[0].refuses
    assert "Perhaps S02 is meant" in refused.problems[0].remedy


def test_pages(scans):
    write(scans, [{"id": "1", "file": "c.pdf"}, {"id": "2", "file": "a.tif|b.tif"}])
    write(
        scans,
        [
            {"id": "1", "sequence": "1", "label": "xii", "role": "cover"},
            {"id": "1", "sequence": "2.0", "access": "closed"},
            {"id": "2", "file": "b.tif", "label": "A1", "role": "dorso"},
        ],
        "pages.csv",
    )
    found = read_folder(scans)
    assert [(one.id, one.sequence, one.file, one.label, one.role, one.access) for one in found.pages] == [
        ("1", 1, "", "xii", "cover", None),
        ("1", 2, "", "", "", AccessDeclaration("closed")),
        ("2", None, "b.tif", "A1", "verso", None),
    ]
    assert problems(found, "error") == []


def test_a_page_that_may_be_restricted_holds_its_item(scans):
    write(
        scans,
        [
            {"id": "0012", "file": "0012.tif"},
            {"id": "2", "file": "a.tif"},
            {"id": "3", "file": "b.tif"},
            {"id": "4", "file": "c.pdf"},
        ],
    )
    write(
        scans,
        [
            {"id": "12", "sequence": "1", "access": "closed"},
            {"id": "2", "sequence": "first", "access": "closed"},
            {"id": "3", "sequence": "first", "access": "open"},
            {"id": "4", "sequence": "1", "access": "hiden!"},
        ],
        "pages.csv",
    )
    found = read_folder(scans)
    assert [item.id for item in found.items] == ["3", "4"] and found.held == {"0012.tif", "a.tif"}
    assert [(one.id, one.access.state) for one in found.pages] == [("4", "closed")]
    assert "Perhaps 0012 is meant" in " ".join(map(str, found.problems))


def test_pages_of_rows_that_were_refused_are_not_complained_of(scans):
    write(scans, [{"id": "1", "file": "gone.tif"}, {"id": "2", "file": "a.tif"}])
    write(
        scans,
        [
            {"id": "1", "sequence": "1"},
            {"id": "2", "sequence": "1"},
            {"id": "2", "sequence": "1"},
            {"id": "2", "file": "b.tif"},
        ],
        "pages.csv",
    )
    found = read_folder(scans)
    assert [one.row for one in found.pages] == [3]
    assert [(one.sheet, one.row) for one in found.problems] == [
        ("scans/metadata.csv", 2),
        ("scans/pages.csv", 4),
        ("scans/pages.csv", 5),
    ]
