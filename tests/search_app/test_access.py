"""What is kept back is kept back everywhere: pages, images, texts, exports; and the notices say nothing of it."""

import json

import pytest

from archive import indexing
from archive.access import Rule, State
from archive.catalog.connect import open_catalog
from search_app import create_app
from tests.search_app.reading import read
from tests.search_app.small_archive import SECRET

#: Words of titles and texts that no answer may hold.
KEPT_BACK = (
    "Nombre suprimido",
    "Nombre retirado",
    "Nombre oculto",
    "quetzalcoatlito",
    "Zacamilpa",
    SECRET,
    "Series that may not be named",
)


def paths(archive):
    """Every address of every item, page and component."""
    for name, id in (*archive.items.items(), *archive.components.items()):
        yield f"/ark:99999/{id}"
        yield from (f"/cite/{id}", f"/cite/{id}?format=csl-json", f"/text/{id}.txt")
        for page in archive.pages.get(name, ()):
            yield from (
                f"/ark:99999/{page}",
                f"/ark:99999/{page}?q=Zacamilpa+OR+quetzalcoatlito",
                f"/image/{page}.jpg",
                f"/image/{page}/800.jpg",
                f"/image/{page}/1200.jpg",
                f"/thumbnail/{page}.jpg",
                f"/text/{page}.txt",
                f"/cite/{page}",
                f"/cite/{page}?format=ris",
            )


def test_no_answer_holds_what_is_kept_back(client, archive):
    addresses = [
        *paths(archive),
        "/",
        "/search",
        "/search?sort=date",
        "/search.json",
        "/cite?format=csv",
        "/cite",
        "/about",
        *(f"/cite?format=ris&{'&'.join(f'selected={id}' for ids in archive.pages.values() for id in ids)}",),
        "/search?q=quetz*",
        "/search.json?q=zaca*",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code < 500, address
        said = answer.get_data(as_text=True) if not answer.mimetype.startswith("image/") else ""
        # A query is said back in its own field; nothing else may hold it.
        shown = said.replace("Zacamilpa OR quetzalcoatlito", "").replace("Zacamilpa+OR+quetzalcoatlito", "")
        assert not [word for word in KEPT_BACK if word in shown], address


def test_a_closed_item_has_its_description_its_reason_and_whom_to_ask(client, archive):
    page = read(client, archive.ark("closed"))
    assert page.status == 200 and page.text("h1") == "Expediente de una clienta"
    assert "Client files are closed for 75 years." in page.text(".closed-note")
    assert "archivo@example.org" in page.text(".closed-page")
    assert "1 de enero de 2060" in page.text(".closed-page")
    assert not page.all("img") and not page.all("svg") and not page.all(".words")
    assert page.all(".citation")


@pytest.mark.parametrize(
    "address", ["/image/{}.jpg", "/image/{}/800.jpg", "/image/{}/1200.jpg", "/thumbnail/{}.jpg", "/text/{}.txt"]
)
def test_a_closed_page_gives_neither_image_nor_text(client, archive, address):
    page = read(client, address.format(archive.pages["closed"][0]))
    assert page.status == 403
    assert page.texts("main h1") == ["Cerrado a la consulta por ahora", "Closed to reading for now"]
    assert [part.get("lang") for part in page.all("main section")] == ["es", "en"]
    assert page.texts("main a") == ["archivo@example.org"] * 2
    assert "clienta" not in page.source


def test_one_page_of_an_open_item_may_be_closed(client, archive):
    first, second = archive.pages["half"]
    assert client.get(f"/image/{first}.jpg").status_code == 200
    assert client.get(f"/image/{second}.jpg").status_code == 403
    page = read(client, f"/ark:99999/{second}")
    assert page.status == 200 and "It names a witness." in page.text(".closed-note")
    assert client.get(f"/text/{archive.items['half']}.txt").get_data(as_text=True) == "Primera hoja abierta\n"
    assert len(read(client, f"/ark:99999/{first}").all(".strip img")) == 1


def test_a_text_may_be_open_where_the_image_is_not(client, archive):
    page = read(client, archive.ark("no_image") + "?q=permitido")
    assert page.texts(".words mark") == ["permitido"]
    assert not page.all("img") and not page.all("svg")
    for image in (f"/image/{archive.pages['no_image'][0]}.jpg", f"/image/{archive.pages['no_image'][0]}/800.jpg"):
        assert client.get(image).status_code == 403
    assert "The newspaper holds the rights to the image." in page.text(".closed-note")


@pytest.mark.parametrize("name", ["suppressed", "in_hidden"])
def test_what_is_suppressed_is_as_if_it_were_not(client, archive, name):
    absent = client.get("/ark:99999/r1sznv9bg7hb")
    page = archive.pages[name][0]
    for address in (
        archive.ark(name),
        archive.ark(name, 1),
        f"/image/{page}.jpg",
        f"/image/{page}/800.jpg",
        f"/text/{page}.txt",
        f"/cite/{page}",
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
    assert client.get(archive.ark(name)).data.replace(archive.items[name].encode(), b"r1sznv9bg7hb") == absent.data


def test_what_was_withdrawn_leaves_a_tombstone_in_both_languages(client, archive):
    page = archive.pages["withdrawn"][0]
    for address in (
        archive.ark("withdrawn"),
        archive.ark("withdrawn", 1),
        f"/image/{page}.jpg",
        f"/image/{page}/800.jpg",
        f"/text/{page}.txt",
        f"/cite/{archive.items['withdrawn']}?format=ris",
    ):
        stone = read(client, address)
        assert stone.status == 410, address
        assert stone.texts("main h1") == ["Retirado del archivo", "Withdrawn from the archive"]
        assert "archivo@example.org" in stone.text("main")


def test_a_rule_holds_at_once_whatever_the_index_still_has(own):
    client = create_app(own.config).test_client()
    page = own.pages["clipping"][0]
    assert client.get(f"/image/{page}.jpg").status_code == 200
    assert b"Madres" in client.get("/search?q=madres").data
    own.rule("item", own.items["clipping"], Rule(State.WITHDRAWN))
    assert client.get(f"/image/{page}.jpg").status_code == 410
    said = client.get("/search?q=madres&lang=en").get_data(as_text=True)
    assert "Madres piden" not in said and "catedral" not in said
    assert client.get("/cite?q=madres&format=ris").data == b""
    assert json.loads(client.get("/search.json?q=madres").data)["hits"] == []


def test_closing_closes_the_snippet_at_once(own):
    own.rule("item", own.items["clipping"], Rule(State.CLOSED, reason="Asked for by the family."))
    client = create_app(own.config).test_client()
    # Until the index has heard of it, a search leaves it out; then it is found by its title alone.
    assert (
        client.get("/search.json?q=madres").get_json()["total"]
        == client.get("/search.json?q=catedral").get_json()["total"]
        == 0
    )
    indexing.catch_up(own.config, open_catalog(own.config.catalog_url))
    page = read(client, "/search?q=madres")
    assert "catedral" not in page.source and "Asked for by the family." in page.source


def test_the_staff_index_is_never_opened(own, monkeypatch):
    from search_app import opened

    asked = []
    monkeypatch.setattr(
        opened,
        "open_engine",
        lambda config, audience: asked.append(audience) or (_ for _ in ()).throw(AssertionError("opened")),
    )
    app = create_app(own.config)
    with app.app_context(), pytest.raises(AssertionError):
        assert app.extensions["rescate"].engine
    assert [one.value for one in asked] == ["public"]
    assert app.extensions["rescate"].holdings.audience.value == "public"
