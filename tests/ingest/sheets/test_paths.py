"""The files that a spreadsheet names: found as on disk, and never outside its folder."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import SheetError
from ingest.sheets.paths import Folder, natural


@pytest.fixture
def scans(tmp_path):
    folder = tmp_path / "scans"
    for name in (
        "0012.tif",
        "box1/0001.tif",
        "box1/Informe_Año.pdf",
        "rpt-7/rpt-7-1.png",
        "rpt-7/rpt-7-2.png",
        "rpt-7/rpt-7-10.png",
        "rpt-7/.hidden",
        "rpt-7/Thumbs.db",
        "mixed/p10.jpg",
        "mixed/p2.jpg",
        "empty/Thumbs.db",
    ):
        path = folder / unicodedata.normalize("NFC", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "secret.tif").touch()
    return folder


def folder(scans):
    return Folder(scans, (".*", "thumbs.db"))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("0012.tif", "0012.tif"),
        ("box1/0001.tif", "box1/0001.tif"),
        ("box1\\0001.tif", "box1/0001.tif"),
        ("./box1//0001.tif", "box1/0001.tif"),
        ("box1/Informe_Año.pdf", "box1/Informe_Año.pdf"),
        ("box1/Informe_An\u0303o.pdf", "box1/Informe_Año.pdf"),
        ("rpt-7", "rpt-7"),
        ("rpt-7/", "rpt-7"),
    ],
)
def test_found_without_a_word(scans, written, found):
    assert folder(scans).find(written) == (found, ())


@pytest.mark.parametrize("written", ["BOX1/0001.TIF", "box1/informe_año.PDF"])
def test_another_letter_case_is_said(scans, written):
    found, (finding,) = folder(scans).find(written)
    assert found != written and (scans / found).is_file()
    assert finding.kept and finding.proposed == found


@pytest.mark.parametrize(
    "written",
    [
        "../secret.tif",
        "box1/../../secret.tif",
        "/etc/passwd",
        "~/secret.tif",
        "C:\\scans\\0012.tif",
        "c:0012.tif",
        "\\\\server\\scans\\0012.tif",
        "file:///0012.tif",
        "..",
        "..\\secret.tif",
    ],
)
def test_nothing_outside(scans, written):
    with pytest.raises(SheetError, match="leads out of the folder"):
        folder(scans).find(written)


def test_no_link_out(scans, tmp_path):
    (scans / "link.tif").symlink_to(tmp_path / "secret.tif")
    (scans / "up").symlink_to(tmp_path)
    (scans / "inside.tif").symlink_to(scans / "0012.tif")
    (scans / "dead.tif").symlink_to(scans / "gone")
    (scans / "rpt-7" / "rpt-7-3.png").symlink_to(tmp_path / "secret.tif")
    for written in ("link.tif", "up/secret.tif", "up", "dead.tif"):
        with pytest.raises(SheetError, match="link"):
            folder(scans).find(written)
    assert folder(scans).find("inside.tif") == ("inside.tif", ())
    with pytest.raises(SheetError, match="link"):
        folder(scans).pages("rpt-7")


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("12.tif", "0012.tif"),
        ("12", "0012.tif"),
        ("0012", "0012.tif"),
        ("0012.tiff", "0012.tif"),
        ("box1/1.tif", "box1/0001.tif"),
        ("box1/Informe_Anno.pdf", "box1/Informe_Año.pdf"),
        ("box1/0001.tif.tif", "box1/0001.tif"),
    ],
)
def test_what_is_not_there_names_what_is_like_it(scans, written, likely):
    with pytest.raises(SheetError) as missing:
        folder(scans).find(written)
    assert folder(scans).likely(written) == (likely,)
    assert f"Perhaps {likely} is meant" in missing.value.remedy


@pytest.mark.parametrize("written", ["nothing-like-it.jpg", "box9/0001.tif", "0012.tif/x"])
def test_nothing_like_it(scans, written):
    with pytest.raises(SheetError, match="is not there"):
        folder(scans).find(written)
    assert folder(scans).likely(written) == ()


def test_pages_by_the_number_after_the_last_dash(scans):
    pages, (gap,) = folder(scans).pages("rpt-7")
    assert pages == ("rpt-7/rpt-7-1.png", "rpt-7/rpt-7-2.png", "rpt-7/rpt-7-10.png")
    assert "3, 4, 5, 6, 7, 8, 9" in gap.message and gap.kept


def test_pages_without_numbers_in_natural_order(scans):
    assert folder(scans).pages("mixed") == (("mixed/p2.jpg", "mixed/p10.jpg"), ())


def test_page_twice(scans):
    (scans / "rpt-7" / "rpt-7-2.jpg").touch()
    findings = folder(scans).pages("rpt-7")[1]
    assert [one.what for one in findings] == ["page twice", "page missing"]


def test_some_pages_without_numbers(scans):
    (scans / "rpt-7" / "cover.png").touch()
    pages, (finding,) = folder(scans).pages("rpt-7")
    assert pages[0] == "rpt-7/cover.png" and "cover.png" in finding.message


def test_a_folder_without_pages(scans):
    with pytest.raises(SheetError, match="without page images"):
        folder(scans).pages("empty")


@given(
    written=st.text()
    | st.lists(st.sampled_from(["..", ".", "", "box1", "0012.tif", "up", "~", "C:", "a" * 300]), max_size=6).map(
        "/".join
    )
)
def test_any_name_is_inside_or_refused(tmp_path_factory, written):
    scans = tmp_path_factory.getbasetemp() / "any" / "scans"
    (scans / "box1").mkdir(parents=True, exist_ok=True)
    (scans / "0012.tif").touch()
    if not (scans / "up").is_symlink():
        (scans / "up").symlink_to("..")
    try:
        found, _ = Folder(scans).find(written)
    except SheetError:
        return
    assert (scans / found).resolve().is_relative_to(scans.resolve()) and ".." not in found.split("/")


@given(st.lists(st.text()))
def test_natural_order_is_an_order(names):
    once = sorted(names, key=natural)
    assert sorted(once, key=natural) == once


def test_a_link_out_is_not_looked_through(scans, tmp_path):
    (scans / "up").symlink_to(tmp_path)
    with pytest.raises(SheetError) as refused:
        folder(scans).find("up/secret")
    assert "secret.tif" not in str(refused.value) and "leads out" in refused.value.message
    assert folder(scans).likely("up/secret") == ()


@pytest.mark.parametrize(
    "written",
    [
        "\uff0e\uff0e/secret.tif",
        "..\u200b/secret.tif",
        "\u2024\u2024/secret.tif",
        "%2e%2e/secret.tif",
        "box1/..%2f..%2fsecret.tif",
        "box1\uff0f..\uff0f..\uff0fsecret.tif",
        "\u202e../secret.tif",
        "....//secret.tif",
        "box1/" * 3000 + "0001.tif",
        "a" * 100_000,
        "0012.tif\x00.png",
        "\ud800.tif",
        "\\\\?\\C:\\0012.tif",
        "//server/share/0012.tif",
        "CON",
        "0012.tif:stream",
    ],
)
def test_tricks_of_spelling_find_nothing(scans, written):
    with pytest.raises(SheetError):
        folder(scans).find(written)


def test_page_numbers_like_timestamps_fill_no_memory(scans):
    (scans / "rpt-7" / "rpt-7-20240101123000999.png").touch()
    _, (gap,) = folder(scans).pages("rpt-7")
    assert gap.message.endswith("3, 4, 5, 6, 7, 8, 9, 11 …")


def test_a_missing_disk_costs_no_search_for_each_row(scans, monkeypatch):
    from ingest.sheets import paths

    searched = []
    monkeypatch.setattr(paths.difflib, "get_close_matches", lambda *given: searched.append(given) or [])
    one = folder(scans)
    for number in range(1000):
        with pytest.raises(SheetError, match="is not there"):
            one.find(f"elsewhere{number}.tif")
    assert len(searched) <= 200
