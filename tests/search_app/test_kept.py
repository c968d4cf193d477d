"""A file that is kept and not read has its page: found, described, cited; no image, no text, and nothing of it where it
is closed."""

import json
from types import SimpleNamespace

import pytest
from PIL import Image
from playwright.sync_api import expect

from archive import indexing
from archive.access import Rule, State
from archive.catalog import files, items, rules
from archive.catalog.connect import open_catalog
from archive.description import Description, Statement
from archive.holdings import HeldPage, Holdings
from archive.record import File, Frame
from archive.unit import Unit
from search_app import create_app
from tests.browser import DESKTOP
from tests.search_app.conftest import served
from tests.search_app.reading import read
from tests.search_app.small_archive import NAAN, build

WORDPERFECT = File(
    0,
    "a" * 64,
    34_200,
    "application/vnd.wordperfect",
    (Frame(1, 0, 0),),
    (),
    "x-fmt/394",
    "WordPerfect for MS-DOS/Windows Document 5.1",
)
UNKNOWN = File(0, "b" * 64, 900, "application/octet-stream", (Frame(1, 0, 0),))
DAMAGED = File(0, "c" * 64, 4000, "application/pdf", (Frame(1, 0, 0, problem="is damaged"), Frame(2, 800, 600)))
#: Of a format that no other file of the small archive has.
CLOSED = File(0, "d" * 64, 77_777, "audio/x-wav", (Frame(1, 0, 0),), (), "fmt/141", "Waveform Audio (PCMWAVEFORMAT)")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The small archive with kept files, one of them closed, and a PDF with a damaged page."""
    made = build(tmp_path_factory.mktemp("kept"), contact="archivo@example.org")
    catalog = open_catalog(made.config.catalog_url)
    with catalog.begin() as connection:

        def add(name, component, file, **said):
            file = files.add_file(connection, file)
            item = items.add_item(connection, NAAN, name)
            items.set_description(
                connection,
                item.id,
                Description.of(Statement(element, value, "spreadsheet") for element, value in said.items()),
                made.components[component],
                "test",
            )
            made.items[name] = item.id
            made.pages[name] = [
                items.add_page(connection, NAAN, item.id, n, file.id, n, f.width, f.height, None).id
                for n, f in enumerate(file.frames, 1)
            ]

        add("letter", "press", WORDPERFECT, title="Borrador de una carta a Ilopango", date_edtf="1990", genre="report")
        add("unknown", "press", UNKNOWN, title="Disquete sin rótulo")
        add("damaged", "press", DAMAGED, title="Informe dañado")
        add("recording", "legal", CLOSED, title="Grabación reservada")
        add(
            "lent",
            "press",
            File(0, "e" * 64, 1_250_000, "video/mp4", (Frame(1, 0, 0),), (), "fmt/199", "MPEG-4 Media File"),
            title="Película prestada",
        )
        rules.put(
            connection,
            Unit.item(made.items["lent"]),
            Rule(State.OPEN, download=False, reason="Lent by a family."),
            "person",
        )
    indexing.rebuild(made.config, catalog)
    catalog.dispose()
    return made


@pytest.fixture(scope="module")
def client(kept):
    return create_app(kept.config).test_client(use_cookies=False)


def test_its_page_says_what_it_is_how_large_and_how_to_ask_for_it(client, kept):
    page = read(client, kept.ark("letter"))
    assert page.status == 200 and page.text("h1") == "Borrador de una carta a Ilopango"
    card = page.text(".kept-file")
    assert "Archivo conservado" in card and "WordPerfect for MS-DOS/Windows Document 5.1, 34 KB" in card
    assert "archivo@example.org" in card and "pedir una copia" in card
    assert page.hrefs(".kept-puid a") == ["https://www.nationalarchives.gov.uk/PRONOM/x-fmt/394"]
    assert not page.all("img") and not page.all(".words") and not page.all(".picture") and not page.all(".unread")
    assert page.all(".citation") and "image" not in page.text(".cite")
    english = read(client, kept.ark("letter") + "?lang=en")
    assert "File kept" in english.text(".kept-file") and "To consult it or to have a copy, ask:" in english.text(
        ".kept-file"
    )


def test_of_an_unknown_format_no_link_is_made_up(client, kept):
    page = read(client, kept.ark("unknown"))
    assert "Formato desconocido, 900 bytes" in page.text(".kept-file") and not page.all(".kept-puid")


def test_what_may_not_be_given_away_says_so(client, kept):
    assert "No se entregan copias" in read(client, kept.ark("lent")).text(".kept-file")
    assert client.get(f"/text/{kept.pages['lent'][0]}.txt").status_code == 403


def test_it_is_found_by_its_description_and_counted(client, kept):
    page = read(client, "/search?q=Ilopango")
    assert page.text(".count") == "Se encontró 1 página."
    assert page.texts(".no-picture") == ["Archivo conservado"] and page.texts(".page-label") == ["Archivo digital 1"]
    assert not page.all("img")
    (hit,) = json.loads(client.get("/search.json?q=Ilopango").data)["hits"]
    assert hit["page"] == kept.pages["letter"][0]
    everything = json.loads(client.get("/search.json").data)["total"]
    with Holdings(kept.config) as holdings:
        assert everything == sum(
            1 for item in holdings.every_item() for page in item.pages if page.access.text or page == item.pages[0]
        )


def test_a_list_of_a_series_shows_it_without_a_broken_picture(client, kept):
    page = read(client, f"/ark:99999/{kept.components['press']}")
    assert "Borrador de una carta a Ilopango" in page.texts(".entry-title")
    assert "Archivo conservado" in page.texts(".entries .no-picture")
    pictured = [src for src in page.tree.xpath("//ul[@class='entries']//img/@src")]
    assert not [src for src in pictured if kept.pages["letter"][0] in src or kept.pages["damaged"][0] in src]


@pytest.mark.parametrize("address", ["/image/{}.jpg", "/thumbnail/{}.jpg", "/text/{}.txt"])
def test_there_is_neither_image_nor_text(client, kept, address):
    assert client.get(address.format(kept.pages["letter"][0])).status_code == 404


def test_it_is_cited(client, kept):
    page = kept.pages["letter"][0]
    assert client.get(f"/cite/{page}").status_code == 200
    ris = client.get(f"/cite/{page}?format=ris").get_data(as_text=True)
    assert "Borrador de una carta a Ilopango" in ris and page in ris


def test_a_closed_one_leaks_nothing(client, kept):
    page = kept.pages["recording"][0]
    for address in (
        kept.ark("recording"),
        kept.ark("recording", 1),
        f"/cite/{page}",
        f"/cite/{page}?format=csv",
        f"/image/{page}.jpg",
        f"/text/{page}.txt",
        "/search?q=Grabación",
        "/search.json?q=fmt",
        f"/ark:99999/{kept.components['legal']}",
    ):
        said = client.get(address).get_data(as_text=True)
        assert not [word for word in ("fmt/141", "Waveform", "78 KB", "77777", "77,777") if word in said], address
    assert read(client, kept.ark("recording")).status == 200 and client.get(f"/text/{page}.txt").status_code == 403
    with Holdings(kept.config) as holdings:
        held = holdings.item(kept.items["recording"]).pages[0]
    assert isinstance(held, HeldPage) and held.kept is None and "fmt" not in repr(held)


def test_a_damaged_page_is_no_kept_file(client, kept):
    page = read(client, kept.ark("damaged", 1))
    assert page.texts(".unread")[0] == "No hay imagen de esta página: su escaneo está dañado."
    assert not page.all(".kept-file") and not page.all(".picture")
    assert len(page.all(".strip img")) == 1  # of the other page


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("size", [DESKTOP, {"width": 360, "height": 740}], ids=["desktop", "phone"])
def test_in_a_browser_it_fits_and_nothing_is_broken(open_browser, kept, size, language, tmp_path):
    with served(SimpleNamespace(config=kept.config)) as site:
        page = open_browser(language, size)
        failed = []
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        for address in (kept.ark("letter"), "/search?q=Ilopango", f"/ark:99999/{kept.components['press']}"):
            page.goto(site + address)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        page.goto(site + kept.ark("letter"))
        expect(page.locator(".kept-file h2")).to_have_text({"es": "Archivo conservado", "en": "File kept"}[language])
        shot = tmp_path / "card.png"
        page.locator(".kept-file").screenshot(path=shot)
        assert Image.open(shot).convert("L").getextrema()[0] < 130
        assert not [url for url in failed if "favicon" not in url]
