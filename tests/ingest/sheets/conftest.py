"""A folder of masters without a spreadsheet yet."""

import pytest


@pytest.fixture
def scans(tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    for name in ("a.tif", "b.tif", "c.pdf", "0012.tif"):
        (folder / name).touch()
    (folder / "rpt").mkdir()
    for number in (1, 2, 10):
        (folder / "rpt" / f"rpt-{number}.png").touch()
    return folder
