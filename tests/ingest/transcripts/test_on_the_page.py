"""Words of a transcript in a browser: their boxes where they stand, and none where the text has none."""

from urllib.parse import urlsplit

from PIL import Image, ImageDraw

from tests.sample_archive import serving
from tests.small_scans import ingest

#: The box of the word on a canvas of 1200 × 900, drawn black so that the image shows where it is.
BOX = (300, 450, 240, 60)


def test_boxes_lie_on_the_words_and_a_text_without_boxes_shows(small_archive, tmp_path, open_browser):
    scans = tmp_path / "scans"
    scans.mkdir()
    image = Image.new("L", (1200, 900), 255)
    left, top, width, height = BOX
    ImageDraw.Draw(image).rectangle([left, top, left + width, top + height], fill=0)
    for name in ("0001.tif", "0002.png"):
        image.save(scans / name, dpi=(300, 300))
    units = " ".join(
        f'{name}="{value * 4}"' for name, value in zip(("HPOS", "VPOS", "WIDTH", "HEIGHT"), BOX, strict=True)
    )
    (scans / "0001.xml").write_text(
        "<alto><Description><MeasurementUnit>inch1200</MeasurementUnit></Description><Layout><Page><PrintSpace><TextBlock><TextLine>"
        f'<String CONTENT="Cacaopera" {units}/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>'
    )
    (scans / "0002.txt").write_text("Joateca y Cacaopera")
    ingest(small_archive, scans, "--transcripts")
    hits = {hit["title"]: urlsplit(hit["url"]).path for hit in small_archive.json("search", "Cacaopera")["hits"]}
    with serving(small_archive.config, log=tmp_path / "log") as address:
        page = open_browser(javascript=False)
        page.goto(f"{address}{hits['Cacaopera']}?q=Cacaopera")
        shown, canvas = page.locator("rect.hit").bounding_box(), page.locator(".canvas img").bounding_box()
        scale = canvas["width"] / 1200
        for name, value in zip(("x", "y", "width", "height"), BOX, strict=True):
            offset = canvas[name] if name in ("x", "y") else 0
            assert abs((shown[name] - offset) / scale - value) <= 20  # a box has some air around its word
        page = open_browser()
        page.goto(f"{address}{hits['Joateca y Cacaopera']}?q=Cacaopera")
        page.locator(".picture[data-ready]").wait_for()
        page.locator(".words mark").click()
        assert page.locator("rect").count() == 0 and page.locator(".words mark").inner_text() == "Cacaopera"
