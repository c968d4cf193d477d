"""In a real browser: from a search through a facet to a marked word on the page image, and to a file that a parser
reads."""

import io

import pytest
import rispy
from PIL import Image
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.needs import missing
from tests.search_app.conftest import FOLDER
from tests.search_app.small_archive import HEIGHT, WIDTH

SMALL_PHONE = {"width": 360, "height": 740}
SIZES = [pytest.param(DESKTOP, id="desktop"), pytest.param(SMALL_PHONE, id="phone")]
SCRIPTS = [pytest.param(True, id="script"), pytest.param(False, id="no-script")]


@pytest.fixture(autouse=True)
def assets():
    if not (FOLDER / "static" / "vendor" / "openseadragon" / "openseadragon.min.js").exists():
        missing("OpenSeadragon is not installed", "make setup")


def ready(page, javascript: bool) -> None:
    """Waits until the page image stands where it will stay."""
    if javascript:
        page.wait_for_selector("#picture[data-ready=yes]")
        page.wait_for_timeout(300)
    else:
        page.wait_for_load_state("load")


def unfold(page) -> None:
    """Shows the facets where they are folded, as on a phone."""
    page.wait_for_url("**/search?*")
    if page.locator(".facets-panel > summary").is_visible():
        page.locator(".facets-panel > summary").click()


def darkest(page, box) -> int:
    """The darkest pixel of what the screen shows in a box: print is dark, paper and marks are not."""
    shot = page.screenshot(clip=box)
    return Image.open(io.BytesIO(shot)).convert("L").getextrema()[0]


@pytest.mark.parametrize("javascript", SCRIPTS)
@pytest.mark.parametrize("size", SIZES)
def test_from_a_search_to_a_word_on_the_page_and_to_a_citation(open_browser, site, archive, size, javascript, tmp_path):
    page = open_browser("es", size, javascript)
    page.goto(site)
    page.get_by_label("Buscar en los documentos").fill("garrison OR campesinos")
    page.get_by_role("button", name="Buscar", exact=True).click()
    expect(page.locator(".count")).to_have_text("Se encontraron 3 páginas.")

    unfold(page)
    page.locator(".facet-genre a", has_text="Informe").click()
    expect(page.locator(".count")).to_have_text("Se encontraron 2 páginas.")
    expect(page.locator(".chip")).to_contain_text("Tipo de documento: Informe")

    page.get_by_role("link", name="Página 10").click()
    page.wait_for_url(f"{site}{archive.ark('weekly', 1)}?*")
    ready(page, javascript)
    mark = page.locator("rect.hit")
    assert mark.count() == 1
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    # "garrison" on its page: the fourth line, after seven words (small_archive.layout_of).
    x = 150 + sum(20 * len(word) + 20 for word in ["The", "peasants", "were", "seen", "in", "the"])
    picture = page.locator(".boxes").bounding_box()
    left, top = (box["x"] - picture["x"]) / picture["width"], (box["y"] - picture["y"]) / picture["height"]
    right, bottom = left + box["width"] / picture["width"], top + box["height"] / picture["height"]
    # The mark holds the word and little more: some air, and its line.
    air = 0.012
    assert x / WIDTH - air < left <= x / WIDTH and (x + 160) / WIDTH <= right < (x + 160) / WIDTH + air
    assert 470 / HEIGHT - air < top <= 470 / HEIGHT and 514 / HEIGHT <= bottom < 514 / HEIGHT + air
    # Under the mark there is print; between its line and the one above it is bare paper.
    assert darkest(page, box) < 130
    assert darkest(page, {**box, "y": box["y"] - 0.5 * box["height"], "height": 0.25 * box["height"]}) > 200
    assert page.locator(".words mark").inner_text() == "garrison"

    with page.expect_download() as waiting:
        page.get_by_role("link", name="RIS").click()
    waiting.value.save_as(tmp_path / "cited.ris")
    (cited,) = rispy.loads((tmp_path / "cited.ris").read_text("utf-8"))
    assert cited["type_of_reference"] == "RPRT"
    assert archive.pages["weekly"][0] in " ".join(map(str, cited.values()))

    page.get_by_role("link", name="Volver a los resultados").click()
    expect(page.locator(".count")).to_have_text("Se encontraron 2 páginas.")


def test_the_plain_image_and_the_zoomed_one_show_the_same(open_browser, site, archive):
    """With a script, the overlay follows the image when it is zoomed and moved."""
    page = open_browser("en")
    page.goto(f"{site}{archive.ark('weekly', 1)}?q=garrison")
    ready(page, True)
    before = page.locator("rect.hit").bounding_box()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(900)
    after = page.locator("rect.hit").bounding_box()
    assert after["width"] > before["width"] * 1.3
    page.get_by_role("button", name="Whole page").click()
    page.wait_for_timeout(900)
    box = page.locator("rect.hit").bounding_box()
    assert darkest(page, box) < 130


def test_a_word_and_its_box_answer_each_other(open_browser, site, archive):
    page = open_browser("en")
    page.goto(f"{site}{archive.ark('weekly', 1)}?q=garrison")
    ready(page, True)
    word = page.locator(".words [data-w]", has_text="battalion")
    number = word.get_attribute("data-w")
    word.hover()
    assert "near" in page.locator(f"rect[data-w='{number}']").get_attribute("class")
    page.locator("h1").hover()
    box = page.locator("rect.hit").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "near" in page.locator(".words mark").get_attribute("class")
    page.locator("h1").hover()
    page.locator(".words mark").focus()
    assert "near" in page.locator("rect.hit").get_attribute("class")


def test_without_its_library_the_plain_image_stands(open_browser, site, archive):
    page = open_browser("en")
    page.route("**/openseadragon*", lambda route: route.abort())
    page.goto(f"{site}{archive.ark('weekly', 1)}?q=garrison")
    assert page.locator(".canvas img").is_visible()
    assert darkest(page, page.locator("rect.hit").bounding_box()) < 130
    page.locator(".words [data-w]", has_text="battalion").hover()
    assert page.locator("rect.near").count() == 1


def test_difficult_content_opens_when_asked_for(open_browser, site, archive):
    page = open_browser("es")
    page.goto(site + archive.ark("undated"))
    assert not page.locator("#picture").is_visible()
    page.locator("details.content-note summary").click()
    ready(page, True)
    assert page.locator("#picture .osd").is_visible()


@pytest.fixture(scope="module")
def addresses(archive):
    return {
        "home": "/",
        "results": "/search?q=Tecoluca",
        "none": "/search?q=nadaquever&genre=report&place=san-vicente",
        "days": "/search?date=1983-05",
        "refused": "/search?q=*a*",
        "page": archive.ark("weekly", 1) + "?q=Tecoluca",
        "chronicle": archive.ark("chronicle", 1),
        "closed": archive.ark("closed"),
        "withdrawn": archive.ark("withdrawn"),
        "absent": "/nothing",
        "difficult": archive.ark("undated"),
        "component": f"/ark:99999/{archive.components['weekly']}",
        "cite": "/cite?q=Tecoluca",
        "list": f"/cite?only=selected&selected={archive.pages['weekly'][0]}",
        "help": "/about",
        "hostile": archive.ark("hostile"),
    }


@pytest.mark.parametrize("language", ["es", "en"])
def test_on_a_phone_nothing_is_cut_off_and_everything_can_be_touched(open_browser, site, addresses, language):
    page = open_browser(language, SMALL_PHONE)
    for name, path in addresses.items():
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        small = page.evaluate("""() => [
            ...document.querySelectorAll('a, button, input, select, summary')
        ].filter(one => {
            const box = one.getBoundingClientRect(), style = getComputedStyle(one);
            // A link within a sentence is as tall as its line: WCAG 2.5.8 leaves these out.
            const inline = style.display === 'inline' && one.closest('p, li, td, dd, h2');
            const label = one.closest('label');
            const room = label ? label.getBoundingClientRect() : box;
            return box.width && !inline && one.type !== 'hidden' && !one.closest('.skip') && !one.matches('.skip')
              && style.visibility !== 'hidden' && (room.height < 43.5 || room.width < 40);
        }).map(one => one.outerHTML.slice(0, 120) + JSON.stringify(one.getBoundingClientRect().toJSON()))""")
        assert small == [], (name, small[:5])


def test_on_a_phone_what_can_be_typed_stands_whole_on_its_line(open_browser, site):
    for language in ("es", "en"):
        page = open_browser(language, SMALL_PHONE)
        page.goto(f"{site}/about")
        examples = page.evaluate("""() => [...document.querySelectorAll('.about table code')].map(one => {
            const frame = one.closest('.table-frame').getBoundingClientRect(), parts = [...one.getClientRects()];
            return parts.length === 1 && parts[0].left >= frame.left && parts[0].right <= frame.right;
        })""")
        assert len(examples) > 8 and all(examples)
        assert page.evaluate(
            "(frame => frame.scrollWidth <= frame.clientWidth)(document.querySelector('.table-frame'))"
        )


@pytest.mark.parametrize(
    "title",
    ["Rescate", "Archivo Digital El Rescate", "El Rescate. Colección sobre la guerra en El Salvador", "Rescate" * 8],
)
def test_on_a_phone_the_name_of_a_site_and_the_ways_within_it_have_room(open_browser, site, title):
    page = open_browser("es", SMALL_PHONE)
    page.goto(f"{site}/about")
    page.evaluate(
        """title => {
        document.querySelector('.site-name').textContent = title;
        const count = document.querySelector('.list-count');
        [count.textContent, count.hidden] = ['(500)', title === 'Rescate'];
    }""",
        title,
    )
    parts = page.evaluate("""() => [...document.querySelectorAll('header.site a')].map(one => {
        const box = one.getBoundingClientRect();
        return [box.left >= 0 && box.right <= 360 && one.scrollWidth <= Math.ceil(box.width), box.height >= 43.5];
    })""")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert parts == [[True, True]] * 5
    tall = page.locator("header.site").bounding_box()["height"]
    assert title != "Rescate" or tall < 50


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_facets_are_folded_on_a_phone_and_open_on_a_desk(open_browser, site, javascript):
    phone = open_browser("es", PHONE, javascript)
    phone.goto(site + "/search?q=Tecoluca")
    assert not phone.locator(".facet-genre a").first.is_visible()
    phone.locator(".facets-panel > summary").click()
    assert phone.locator(".facet-genre a").first.is_visible()
    desk = open_browser("es", DESKTOP, javascript)
    desk.goto(site + "/search?q=Tecoluca")
    assert desk.locator(".facet-genre a").first.is_visible()


def test_by_keyboard_alone(open_browser, site):
    page = open_browser("en")
    page.goto(site + "/search?q=Tecoluca&lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "results"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.group-title a')")
    page.goto(site + "/search?q=Tecoluca&lang=en")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.closest('.bars, .facets, .results, .sorts, form.search')?.className")
        )
        assert page.evaluate(
            "(e => e === document.body || getComputedStyle(e).outlineStyle !== 'none')(document.activeElement)"
        )
    assert {"search", "bars", "facets", "results", "sorts"} <= set(filter(None, reached))


def test_no_page_breaks_its_own_policy(open_browser, site, addresses):
    page = open_browser("en")
    said = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    for path in addresses.values():
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
    assert said == []


def luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_browser, site, addresses, scheme):
    """WCAG 2.2 AA: 4.5 to 1."""
    page = open_browser("es")
    page.emulate_media(color_scheme=scheme)
    for name, path in addresses.items():
        page.goto(site + path)
        found = page.evaluate("""() => {
          const seen = new Map();
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const one = walk.currentNode.parentElement;
            if (!walk.currentNode.data.trim() || one.closest('.visually-hidden, .skip, .off, svg, script')) continue;
            let ground = one;
            while (ground && getComputedStyle(ground).backgroundColor.endsWith(', 0)')) ground = ground.parentElement;
            const under = ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)';
            const pair = [getComputedStyle(one).color, under];
            if (!seen.has(pair.join())) seen.set(pair.join(), [...pair, walk.currentNode.data.trim().slice(0, 40)]);
          }
          return [...seen.values()];
        }""")
        for ink, ground, text in found:
            light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, text, ink, ground)
