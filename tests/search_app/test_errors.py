"""Error pages: each error of the archive has its status and its words, and the log holds nothing that was typed."""

import logging

import pytest

from archive import errors
from archive.config import CatalogSettings, Config
from search_app import create_app
from tests.postgresql import switch
from tests.search_app.reading import read

TYPED = "Nombredelafamilia"


class Broken:
    """An engine that fails as it is told to."""

    def __init__(self, error):
        self.error = error

    def search(self, request):
        raise self.error

    every = search


def broken(archive, error):
    return create_app(archive.config, engine=Broken(error)).test_client(use_cookies=False)


@pytest.mark.parametrize(
    "error",
    [
        errors.EngineUnavailable("connection refused", item="http://10.0.0.7:9200"),
        errors.EngineOutdated("there is no index yet"),
        errors.EngineRejected("x"),
    ],
)
def test_a_search_engine_that_is_down_says_what_to_do(archive, error, caplog):
    client = broken(archive, error)
    for address in (f"/search?q={TYPED}", "/", f"/cite?q={TYPED}"):
        page = read(client, address)
        assert page.status == 503
        assert page.texts("main h1") == [
            "La búsqueda no responde en este momento",
            "The search is not answering at the moment",
        ]
        assert [part.get("lang") for part in page.all("main section")] == ["es", "en"]
        assert error.remedy in page.text("main section.second")
        assert "10.0.0.7" not in page.source
    assert page.hrefs("main a.button")[0] == f"/cite?q={TYPED}"
    assert read(client, archive.ark("weekly")).status == 200
    assert TYPED not in caplog.text and type(error).__name__ in caplog.text


def test_before_the_first_ingest_there_is_a_page_and_afterwards_an_archive(tmp_path):
    url = switch.catalog_url()
    client = create_app(Config(folder=tmp_path, catalog=CatalogSettings(url))).test_client()
    page = read(client, "/")
    assert page.status == 503 and "Aquí aún no hay un archivo" in page.texts("main h1")
    assert "rescate ingest" in page.source
    from tests.search_app.small_archive import build

    build(tmp_path, url=url)
    assert read(client, "/").status == 200


def test_a_fault_of_ours_is_a_page_and_the_log_holds_its_place_but_not_what_was_typed(archive, caplog):
    client = broken(archive, RuntimeError(f"while looking for {TYPED}"))
    with caplog.at_level(logging.DEBUG):
        page = read(client, f"/search?q={TYPED}")
    assert page.status == 500
    assert page.texts("main h1") == ["Algo falló aquí", "Something went wrong here"]
    assert "RuntimeError" in caplog.text and "test_errors.py" in caplog.text
    assert TYPED not in caplog.text and TYPED not in page.text("main")


def test_nothing_is_logged_of_a_search(client, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        client.get(f"/search?q={TYPED}")
        client.get(f"/search?q={TYPED}*a*")
        client.get(f"/nothing?q={TYPED}")
        client.get(f"/ark:99999/{TYPED}")
    said = capfd.readouterr()
    assert TYPED not in caplog.text + said.out + said.err


@pytest.mark.parametrize(
    "error, status",
    [
        (errors.NotFound("x"), 404),
        (errors.Gone("x"), 410),
        (errors.AccessError("x"), 403),
        (errors.QueryError("no such"), 400),
        (errors.EngineError("x"), 503),
        (errors.ConfigError("x"), 503),
        (errors.DateError("x"), 400),
        (errors.ArchiveError("x"), 500),
        (errors.FixityError("x"), 500),
        (errors.Unreadable("x"), 422),
        (ValueError("x"), 500),
    ],
)
def test_every_error_has_its_status_in_html_and_in_json(archive, error, status):
    client = broken(archive, error)
    page = read(client, "/search")
    # What is wrong with a query is said where it was typed, to be mended.
    assert page.status == status and len(page.texts("main h1")) == (1 if isinstance(error, errors.QueryError) else 2)
    answer = client.get("/search.json")
    assert (answer.status_code, answer.is_json, answer.json["status"]) == (status, True, status)


def test_other_methods_are_refused(client):
    for ask in (client.post, client.put, client.delete):
        assert ask("/search").status_code == 405
    assert client.head("/search?q=Tecoluca").status_code == 200


@pytest.mark.parametrize(
    "address, spanish, english",
    [
        ("/nothing", "No se encontró", "Not found"),
        ("/ark:99999/zzz", "No se encontró", "Not found"),
        ("withdrawn", "Retirado", "Withdrawn"),
        ("suppressed", "No se encontró", "Not found"),
        ("in_hidden", "No se encontró", "Not found"),
    ],
)
def test_the_browsers_tab_says_in_words_what_happened(client, archive, address, spanish, english):
    path = address if address.startswith("/") else archive.ark(address)
    assert read(client, path).text("title") == f"{spanish} · Rescate"
    assert read(client, path + "?lang=en").text("title") == f"{english} · Rescate"


def test_a_page_of_a_list_that_there_is_not_is_not_found(client, archive):
    path = f"/ark:99999/{archive.components['weekly']}"
    page = read(client, path + "?page=9999")
    assert page.status == 404 and page.text("title").startswith("No se encontró") and "9,999" in page.text("section p")
    assert read(client, path).status == read(client, page.hrefs("section p a")[0]).status == 200
