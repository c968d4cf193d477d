"""In a real browser: the switch that shows other readings in the text and on the image, by mouse, by key, by finger,
and without a script."""

import pytest
from playwright.sync_api import expect

from tests.needs import missing
from tests.search_app import marked_report
from tests.search_app.conftest import FOLDER, served
from tests.search_app.small_archive import build

SMALL_PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    made = build(tmp_path_factory.mktemp("readings"))
    marked_report.add(made)
    return made


@pytest.fixture(scope="module")
def site(archive):
    with served(archive) as address:
        yield address


@pytest.fixture(autouse=True)
def assets():
    if not (FOLDER / "static" / "vendor" / "openseadragon" / "openseadragon.min.js").exists():
        missing("OpenSeadragon is not installed", "make setup")


def opened(open_browser, address, **options):
    page = open_browser(**options)
    page.goto(address)
    if options.get("javascript", True):
        page.wait_for_selector("#picture[data-ready=yes]")
        page.wait_for_timeout(300)
    return page


def test_the_switch_shows_both_readings_and_stands_in_the_address(open_browser, site, archive):
    page = opened(open_browser, site + archive.ark("report", 1), language="en")
    switch = page.get_by_role("switch", name="Other readings")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(page.locator(".other-reading").first).to_be_hidden()
    expect(page.locator(".differences rect").first).to_be_hidden()
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).to_have_attribute("aria-checked", "true")
    assert page.url.endswith("?readings=all")
    assert [" ".join(one.inner_text().split()) for one in page.locator(".words .other-reading").all()] == [
        "another reading: [vecnos]",
        "another reading: [es cuela.]",
        "another reading: [nothing]",
    ]
    assert page.locator(".words p").inner_text().count("[vecnos]") == 1
    # The box on the image stands around its word's own box.
    box, word = (
        page.locator(".differences rect").first.bounding_box(),
        page.locator(".boxes g rect[data-w='5']").first.bounding_box(),
    )
    assert all(abs(box[side] - word[side]) < 3 for side in box)
    page.get_by_role("link", name="Next", exact=False).first.click()
    page.wait_for_url("**readings=all*")
    expect(page.locator(".words .other-reading")).to_contain_text("[alcaidia]")
    page.get_by_role("switch").click()
    expect(page.locator(".other-reading")).to_be_hidden()
    assert "readings" not in page.url
    assert "readings" not in page.locator(".turn a").first.get_attribute("href")


def test_a_box_says_both_readings_by_mouse_and_by_key(open_browser, site, archive):
    page = opened(open_browser, f"{site}{archive.ark('report', 1)}?readings=all", language="es")
    boxes, note = page.locator(".differences rect"), page.locator(".told-reading")
    expect(note).to_be_hidden()
    at = boxes.nth(1).bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    assert note.inner_text().split("\n") == ["escuela.", "otra lectura:", "es cuela."]
    page.locator("h1").hover()
    expect(note).to_be_hidden()
    boxes.first.focus()
    assert note.inner_text().split("\n") == ["vecinos", "otra lectura:", "vecnos"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # there is no fourth
    assert note.inner_text().split("\n") == ["Nadie", "otra lectura:", "nada"]
    expect(page.get_by_role("img", name="Nadie; otra lectura no tiene nada aquí")).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_a_finger_need_not_hit_the_box(open_browser, site, archive, browser):
    context = browser.new_context(locale="es", viewport=SMALL_PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}{archive.ark('report', 1)}?readings=all")
    page.wait_for_selector("#picture[data-ready=yes]")
    page.wait_for_timeout(300)
    box = page.locator(".differences rect").first
    box.scroll_into_view_if_needed()
    at = box.bounding_box()
    page.touchscreen.tap(at["x"] + at["width"] / 2, at["y"] + at["height"] + 6)
    note = page.locator(".told-reading")
    expect(note).to_contain_text("vecnos")
    told, canvas = note.bounding_box(), page.locator(".canvas").bounding_box()
    assert told["x"] >= canvas["x"] - 1 and told["x"] + told["width"] <= canvas["x"] + canvas["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]
    context.close()


def test_without_a_script_the_switch_is_a_link_and_the_list_stands(open_browser, site, archive):
    page = opened(open_browser, site + archive.ark("report", 1), language="en", javascript=False)
    expect(page.locator(".other-reading").first).to_be_hidden()
    page.locator(".others summary").click()
    expect(page.locator(".others li").first).to_contain_text("vecnos")
    page.get_by_role("link", name="Other readings 3 (show)").click()
    expect(page.locator(".words")).to_contain_text("[vecnos]")
    assert page.locator(".other-reading").first.is_visible() and page.locator(".differences rect").first.is_visible()
    page.get_by_role("link", name="Other readings 3 (hide)").click()
    expect(page.locator(".other-reading").first).to_be_hidden()
