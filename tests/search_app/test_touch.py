"""On a telephone: a finger scrolls the page over its image, two zoom it, and one comes from marked word to marked
word."""

import io
import time

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import SMALL_PHONE
from tests.needs import missing
from tests.search_app.conftest import FOLDER


@pytest.fixture(autouse=True)
def assets():
    if not (FOLDER / "static" / "vendor" / "openseadragon" / "openseadragon.min.js").exists():
        missing("OpenSeadragon is not installed", "make setup")


#: True once nothing has moved for ten drawn frames: neither the page nor its image. Frames are counted, so a slow
#: machine has its time.
AT_REST = """() => new Promise(done => {
    let before = "", still = 0;
    const look = () => {
        const boxes = document.querySelector(".boxes"), place = boxes ? boxes.getBoundingClientRect() : {};
        const now = [window.scrollX, window.scrollY, place.left, place.top, place.width].join();
        still = now === before ? still + 1 : 0;
        before = now;
        if (still < 10) requestAnimationFrame(look); else done(true);
    };
    look();
})"""


class Phone:
    """A page on a telephone, and fingers on its glass.

    Every touch bears the time that it says itself: how fast a finger moves, and whether two taps are one, does not hang
    on how fast this machine is.
    """

    def __init__(self, page):
        self.page = page
        self.glass = page.context.new_cdp_session(page)
        self.clock = time.time() - 600

    def open(self, address):
        self.page.goto(address)
        self.page.wait_for_selector("#picture[data-ready=yes]")
        self.rest()
        return self

    def slow(self, times):
        """The telephone is so many times slower than this machine."""
        self.glass.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def rest(self):
        self.page.evaluate(AT_REST)

    def touch(self, kind, points=(), after=0.016):
        self.clock += after
        self.glass.send(
            "Input.dispatchTouchEvent",
            {
                "type": kind,
                "timestamp": self.clock,
                "touchPoints": [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)],
            },
        )

    def move(self, *ways, steps=24):
        """Fingers go down, each along its way ((x, y), (x, y)), rest, so that nothing is flung, and go up."""

        def at(share):
            return [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in ways]

        # Fingers never come down at once.
        for fingers in range(1, len(ways) + 1):
            self.touch("touchStart", at(0)[:fingers], after=0.5 if fingers == 1 else 0.03)
        for step in range(1, steps + 1):
            self.touch("touchMove", at(step / steps))
        self.touch("touchMove", at(1), after=0.3)
        self.touch("touchEnd")
        self.rest()

    def middle(self, selector="#picture .canvas"):
        box = self.page.locator(selector).first.bounding_box()
        return box["x"] + box["width"] / 2, min(max(box["y"] + box["height"] / 2, 150), SMALL_PHONE["height"] - 150)

    def tap_twice(self, x, y, apart=0.12):
        for after in (1, apart):
            self.touch("touchStart", [(x, y)], after)
            self.touch("touchEnd", after=0.05)
        self.rest()

    @property
    def scrolled(self):
        return self.page.evaluate("window.scrollY")

    @property
    def drawn(self):
        """Where the canvas of the page stands and how wide it is drawn, in pixels of the screen."""
        box = self.page.locator(".boxes").bounding_box()
        return box["x"], box["y"] + self.scrolled, box["width"]


@pytest.fixture
def phone(open_browser):
    return Phone(open_browser("es", SMALL_PHONE, touch=True))


def test_a_finger_on_the_image_scrolls_the_page_and_the_image_stays(phone, site, archive):
    phone.open(f"{site}{archive.ark('weekly', 1)}?q=garrison")
    phone.page.locator("#picture").scroll_into_view_if_needed()
    x, y = phone.middle()
    before, drawn = phone.scrolled, phone.drawn
    phone.move(((x, y + 120), (x, y - 120)))
    assert phone.scrolled > before + 150
    assert phone.drawn == pytest.approx(drawn, abs=2)
    phone.move(((x, y - 120), (x, y + 120)))
    assert phone.scrolled < before + 60 and phone.drawn == pytest.approx(drawn, abs=2)


def test_two_fingers_zoom_then_one_moves_the_image_and_a_button_gives_the_page_back(phone, site, archive):
    phone.open(f"{site}{archive.ark('weekly', 1)}?q=garrison")
    x, y = phone.middle()
    drawn = phone.drawn
    phone.move(((x - 20, y), (x - 120, y)), ((x + 20, y), (x + 120, y)))
    zoomed = phone.drawn
    assert zoomed[2] > drawn[2] * 1.8
    before = phone.scrolled
    phone.move(((x, y), (x + 60, y - 60)))
    assert phone.scrolled == before
    assert (phone.drawn[0] - zoomed[0], phone.drawn[1] - zoomed[1]) != pytest.approx((0, 0), abs=10)
    # However far it is moved, no void comes beside it.
    for _ in range(3):
        phone.move(((x - 100, y - 100), (x + 150, y + 150)))
    frame = phone.page.locator("#picture .canvas").bounding_box()
    assert phone.drawn[0] <= frame["x"] + 2 and phone.drawn[1] <= frame["y"] + phone.scrolled + 2
    button = phone.page.get_by_role("button", name="Página entera")
    expect(button).to_be_in_viewport()
    button.tap()
    phone.rest()
    assert phone.drawn[2] == pytest.approx(drawn[2], abs=2)
    before = phone.scrolled
    phone.move(((x, y + 100), (x, y - 100)))
    assert phone.scrolled > before + 100


def middle_of(phone, selector):
    box, frame = (
        phone.page.locator(selector).first.bounding_box(),
        phone.page.locator("#picture .canvas").bounding_box(),
    )
    return (
        (box["x"] + box["width"] / 2 - frame["x"]) / frame["width"],
        (box["y"] + box["height"] / 2 - frame["y"]) / frame["height"],
        box["height"],
    )


@pytest.mark.parametrize("how", ["button", "tap"])
def test_zooming_goes_to_the_marked_word(phone, site, archive, how):
    phone.open(f"{site}{archive.ark('weekly', 1)}?q=garrison")
    if how == "button":
        phone.page.get_by_role("button", name="Acercar").tap()
        phone.rest()
    else:
        phone.tap_twice(*phone.middle())
    x, y, height = middle_of(phone, "rect.hit")
    assert 0 < x < 1 and 0 < y < 1 and height > 18
    phone.tap_twice(*phone.middle())
    assert phone.drawn[2] == pytest.approx(phone.page.locator("#picture .canvas").bounding_box()["width"], abs=4)


def test_from_marked_word_to_marked_word(phone, site, archive):
    phone.open(f"{site}{archive.ark('weekly', 1)}?q=peasant+OR+garrison+OR+soldiers&lang=es")
    told = phone.page.locator(".stops .told")
    expect(told).to_have_text("1 de 4")
    step = phone.page.get_by_role("button", name="Palabra marcada siguiente")
    for said, word in (
        ("1 de 4", "Soldiers"),
        ("2 de 4", "peasants"),
        ("3 de 4", "peasants"),
        ("4 de 4", "garrison"),
        ("1 de 4", "Soldiers"),
    ):
        step.tap()
        expect(told).to_have_text(said)
        assert phone.page.locator(".words mark.current").inner_text() == word
        expect(phone.page.locator("rect.current")).to_be_in_viewport()
    phone.page.get_by_role("button", name="Palabra marcada anterior").tap()
    expect(told).to_have_text("4 de 4")
    phone.page.get_by_role("link", name="En el texto").tap()
    expect(phone.page.locator(".words mark", has_text="garrison")).to_be_in_viewport()
    assert phone.page.evaluate("document.activeElement.textContent") == "garrison"
    # Where the text is being read, the next one is gone to in the text.
    step.tap()
    expect(phone.page.locator(".words mark.current")).to_be_in_viewport()


def test_words_that_stand_together_are_one_stop(phone, site, archive):
    phone.open(f'{site}{archive.ark("weekly", 1)}?q="San+Vicente"')
    expect(phone.page.locator(".stops .told")).to_have_text("1 de 1")
    assert not phone.page.get_by_role("button", name="Palabra marcada siguiente").is_visible()


def test_by_keyboard(open_browser, site, archive):
    page = open_browser("en")
    page.goto(f"{site}{archive.ark('weekly', 1)}?q=peasant+OR+garrison")
    page.wait_for_selector("#picture[data-ready=yes]")
    page.get_by_role("button", name="Next marked word").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".stops .told")).to_have_text("2 of 3")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "peasants"


def test_without_a_script_a_link_leads_to_the_first_marked_word(open_browser, site, archive):
    page = open_browser("es", SMALL_PHONE, javascript=False)
    page.goto(f"{site}{archive.ark('weekly', 1)}?q=garrison")
    page.get_by_role("link", name="En el texto").click()
    expect(page.locator(".words mark")).to_be_in_viewport()
    assert not page.locator(".stops button").first.is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_mark_leaves_the_ink_of_its_word(open_browser, site, archive, javascript):
    """The darkest and the middling pixels in a marked word are those of the same word unmarked: a marker pen hides no
    letter."""
    shots = []
    for query in ("?q=garrison", ""):
        page = open_browser("es", SMALL_PHONE, javascript, touch=True)
        page.goto(site + archive.ark("weekly", 1) + query)
        if javascript:
            page.wait_for_selector("#picture[data-ready=yes]")
            page.evaluate(AT_REST)
        number = 20 if query == "" else page.locator("rect.hit").get_attribute("data-w")
        if query:
            marked = number
        box = page.locator(f"rect[data-w='{marked}']")
        box.scroll_into_view_if_needed()
        shot = Image.open(io.BytesIO(page.screenshot(clip=box.bounding_box()))).convert("RGB")
        shots.append(shot)
    marked, plain = shots
    # Red stays: yellow takes away blue alone. So red of every pixel tells ink from paper, marked or not.
    ink = [
        sum(value < 128 for value in shot.getchannel("R").get_flattened_data()) / (shot.width * shot.height)
        for shot in shots
    ]
    assert ink[1] > 0.05 and ink[0] == pytest.approx(ink[1], rel=0.25)
    assert (
        marked.getchannel("B").resize((1, 1)).getpixel((0, 0))
        < plain.getchannel("B").resize((1, 1)).getpixel((0, 0)) - 40
    )


def test_a_telephone_is_sent_the_narrow_image_first(phone, site, archive):
    asked = []
    phone.page.on("request", lambda request: asked.append(request.url) if "/image/" in request.url else None)
    phone.open(f"{site}{archive.ark('weekly', 1)}?q=garrison")
    page = archive.pages["weekly"][0]
    assert {url.removeprefix(site) for url in asked} == {f"/image/{page}/800.jpg"}
    for _ in range(3):
        phone.page.get_by_role("button", name="Acercar").tap()
        phone.rest()
    assert f"{site}/image/{page}.jpg" in asked


def test_an_archive_without_narrow_images_shows_the_page_image(open_browser, own):
    from archive import derivatives
    from tests.search_app.conftest import served

    for ids in own.pages.values():
        for id in ids:
            derivatives.narrow(derivatives.image(own.config.data_folder, id), 800).unlink(missing_ok=True)
    with served(own) as site:
        phone = Phone(open_browser("es", SMALL_PHONE, touch=True))
        phone.open(f"{site}{own.ark('weekly', 1)}?q=garrison")
        assert phone.page.locator(".canvas img").get_attribute("srcset") is None
        assert phone.page.request.get(f"{site}/image/{own.pages['weekly'][0]}/800.jpg").ok
        assert phone.page.request.get(f"{site}/image/{own.pages['weekly'][0]}/801.jpg").status == 404
