"""In a real browser: by keys from the worst page to the next, nothing lost; and on a small phone, without a script,
too."""

import json
import sys

import pytest
from playwright.sync_api import expect

from archive.catalog import items, readings
from archive.catalog.connect import writing
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import NewReading
from tests.needs import missing
from tests.search_app.conftest import FOLDER, answering
from tests.search_app.review.conftest import AUTHOR, copied, opened

SMALL_PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def desk(pattern, tmp_path_factory):
    """An office whose pages answer at `address`."""
    if not (FOLDER / "static" / "vendor" / "openseadragon" / "openseadragon.min.js").exists():
        missing("OpenSeadragon is not installed", "make setup")
    office = opened(copied(pattern, tmp_path_factory.mktemp("desk")))
    config = office.archive.config
    settings = config.folder / "config.yaml"
    settings.write_text(json.dumps({"catalog": {"url": config.catalog.url}}), encoding="utf-8")
    with answering(
        [sys.executable, "-m", "cli", "--config", str(settings), "review", "--author", AUTHOR, "--port", "0"],
        f"Corrections are signed {AUTHOR}. Restricted material is shown to whoever reaches this address.\n",
    ) as office.address:
        yield office
    office.catalog.dispose()


def test_by_keys_from_the_worst_page_to_the_next(open_browser, desk):
    page = open_browser("es")
    said = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    page.goto(desk.address)
    page.locator(".to-correct h2 a").nth(1).click()
    page.wait_for_selector("#picture[data-ready=yes]")
    # The first doubtful line is the one to begin with; its place is marked on the image, and Enter goes on.
    expect(page.locator("#line0")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#line1")).to_be_focused()
    expect(page.locator("rect.in-focus")).to_have_attribute("data-w", "1")
    page.keyboard.press("End")
    page.keyboard.type(" Otra vez.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("y otra")
    expect(page.locator("#line1")).to_have_value(
        "12 de mayo. Fuerzas del cuartel capturaron a dos campesinos en Tecoluca. Otra vez.\ny otra"
    )
    page.keyboard.press("Escape")
    expect(page.locator("#line1")).to_have_value(
        "12 de mayo. Fuerzas del cuartel capturaron a dos campesinos en Tecoluca."
    )
    page.locator("[data-line='1'] .take").click()
    expect(page.locator("#line1")).to_have_value(
        "12 de mayo. Fuerzas del cuarte1 capturaron dos campesinos en Tecoluca."
    )
    # A line is found by its place on the image, a doubtful word by its mark.
    box = page.locator("rect[data-w='0']").bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 5)
    expect(page.locator("#line0")).to_be_focused()
    page.locator("[data-line='1'] .doubt", has_text="mayo").click()
    assert page.evaluate("(f => f.value.slice(f.selectionStart, f.selectionEnd))(document.activeElement)") == "mayo."
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/page/*done=*")
    expect(page.locator(".kept")).to_contain_text("Se guardaron 2 correcciones.")
    expect(page.locator("h1")).to_contain_text("Report from El Salvador")
    assert "cuarte1 capturaron dos" in desk.shown(desk.page("chronicle")).text
    assert said == []


@pytest.fixture(scope="module")
def long_page(desk):
    """A page of 34 lines, more than stand on a screen."""
    id = desk.page("half", 1)
    lines = tuple(
        TextLine(
            tuple(
                Word(word, 150 + 200 * n, 100 + 55 * row, 180, 40, 0.5 if row == 20 else 0.9)
                for n, word in enumerate(f"Línea {row} del informe".split())
            )
        )
        for row in range(34)
    )
    with writing(desk.catalog) as connection:
        page = items.page(connection, id)
        readings.add(
            connection,
            page,
            NewReading("test 2", "r3", ("spa",), "spa", Layout(page.width, page.height, (TextBlock(lines, "spa"),))),
            (),
        )
    return id


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (360, 740)])
def test_no_line_that_is_typed_hides_behind_the_bar(open_browser, desk, long_page, size):
    page = open_browser("es", dict(zip(("width", "height"), size, strict=False)))
    page.goto(f"{desk.address}/page/{long_page}")
    page.wait_for_selector("#picture[data-ready=yes]")
    seen = """() => {
      const field = document.activeElement, bar = document.querySelector(".keep");
      const under = getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().top : innerHeight;
      const place = field.getBoundingClientRect();
      return {line: field.name, top: place.top >= 0, bottom: place.bottom <= under + .5};
    }"""
    if size[0] > 960:  # the doubtful line, far below, is in focus at once, and to be seen
        assert page.evaluate(seen) == {"line": "line20", "top": True, "bottom": True}
    page.locator("#line0").focus()
    shown = []
    for _ in range(34):
        page.keyboard.type("x")
        shown.append(page.evaluate(seen))
        page.keyboard.press("Enter")
    assert shown == [{"line": f"line{row}", "top": True, "bottom": True} for row in range(34)]
    # The same backwards, and by Tab.
    page.keyboard.press("Shift+Tab")
    for row in (33, 32, 31):
        assert page.evaluate(seen) == {"line": f"line{row}", "top": True, "bottom": True}
        page.keyboard.press("Alt+ArrowUp")
    # A line that grows pushes itself up.
    page.locator("#line33").focus()
    for _ in range(4):
        page.keyboard.press("Shift+Enter")
    assert page.evaluate(seen)["bottom"]
    page.evaluate("window.onbeforeunload = null")


def test_who_leaves_with_something_typed_is_asked(open_browser, desk):
    page = open_browser("es")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{desk.address}/page/{desk.page('weekly', 2)}")
    page.goto(f"{desk.address}/page/{desk.page('weekly', 3)}")
    assert asked == []
    page.locator("#line0").fill("Something else")
    page.goto(desk.address)
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_each_line_has_its_image_above_it(open_browser, desk, javascript):
    page = open_browser("es", SMALL_PHONE, javascript)
    name = "half" if javascript else "hostile"
    for address in ("/", "/corrections", "/corrections?waiting=1", f"/page/{desk.page(name)}"):
        page.goto(desk.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    excerpt, field = page.locator("[data-line='0'] .excerpt").bounding_box(), page.locator("#line0").bounding_box()
    assert excerpt["height"] > 30 and excerpt["y"] + excerpt["height"] <= field["y"]
    page.locator("#line0").fill("Primera hoja del todo abierta")
    page.get_by_role("button", name="Guardar", exact=True).click()
    page.wait_for_url("**done=*")
    assert "Primera hoja del todo abierta" in desk.shown(desk.page(name)).text


@pytest.mark.parametrize("javascript", [True, False])
def test_who_withdraws_is_asked_first(open_browser, desk, javascript):
    page = open_browser("es", SMALL_PHONE, javascript)
    page.goto(f"{desk.address}/page/{desk.page('weekly', 2)}")
    page.locator("#line1").fill("Nobody came before Friday.")
    page.get_by_role("button", name="Guardar", exact=True).click()
    page.wait_for_url("**done=*")
    page.goto(f"{desk.address}/corrections")
    first = page.locator(".save li").first
    button = first.get_by_role("button", name="Sí, retirarla")
    assert not button.is_visible()
    first.locator("summary").click()
    assert (
        "se mostrará entonces sin ella" in first.inner_text()
        and page.evaluate("document.documentElement.scrollWidth") <= 360
    )
    button.click()
    expect(page.locator(".kept")).to_contain_text("Se retiró la corrección")
    assert "Nobody came" not in desk.shown(desk.page("weekly", 2)).text
