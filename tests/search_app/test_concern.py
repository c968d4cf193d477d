"""Whoever finds something wrong, or their family named, is told on every page whom to ask; the page that says so leaks
nothing."""

from urllib.parse import parse_qs, urlsplit

import pytest

from search_app import create_app
from tests.search_app.reading import read


def test_every_page_leads_there_in_both_languages(client, archive):
    for address in (
        "/",
        "/search?q=Tecoluca",
        "/search?q=nadaquever",
        "/about",
        "/cite?q=Tecoluca",
        archive.ark("weekly", 1),
        archive.ark("closed"),
        f"/ark:99999/{archive.components['weekly']}",
        "/nothing",
        archive.ark("withdrawn"),
        archive.ark("suppressed"),
        "/ask",
    ):
        for language in ("es", "en"):
            line = read(client, address + ("&" if "?" in address else "?") + f"lang={language}").text(".concern-line")
            assert line == "¿Algo está mal, o se trata de su familia? / Something wrong here, or about your family?", (
                address
            )


@pytest.mark.parametrize("language, said", [("es", "Escribo por esta página:"), ("en", "I write about this page:")])
def test_the_permalink_goes_along(client, archive, language, said):
    for page in (None, 2):
        (way,) = read(client, archive.ark("weekly", page)).hrefs(".concern-line a")
        asked = read(client, f"{way}&lang={language}")
        permalink = archive.config.archive.base_url + archive.ark("weekly", page)
        assert asked.status == 200 and asked.one("input#permalink").get("value") == permalink
        mail = urlsplit(asked.hrefs("main a.button")[0])
        assert (mail.scheme, mail.path) == ("mailto", "archivo@example.org")
        assert parse_qs(mail.query)["body"] == [f"{said}\r\n{permalink}\r\n\r\n"]


@pytest.mark.parametrize("contact", ["", "Oficina 12, Biblioteca", "archivo@example.org"])
def test_whom_to_ask_is_said_as_it_is(own, contact):
    from dataclasses import replace

    config = replace(own.config, archive=replace(own.config.archive, contact=contact))
    page = read(create_app(config).test_client(), "/ask")
    assert (contact or "California State University, Northridge") in page.text("article")
    assert bool(page.all("main a.button")) is ("@" in contact)
    assert ("aún no ha puesto" in page.text("article")) is (contact == "")


def test_what_is_kept_back_has_the_same_answer_as_what_never_was(client, archive):
    never = "r1sznv9bg7hb"
    for name in ("suppressed", "withdrawn", "in_hidden", "closed"):
        id = archive.items[name]
        assert client.get(f"/ask?about={id}").get_data(as_text=True).replace(id, never) == client.get(
            f"/ask?about={never}"
        ).get_data(as_text=True)
    answers = [
        client.get(archive.ark("suppressed")).get_data(as_text=True).replace(archive.items["suppressed"], never),
        client.get(f"/ark:99999/{never}").get_data(as_text=True),
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "about",
    [
        "",
        "x",
        "r1sznv9bg7hc",
        '"><script>alert(1)</script>',
        "javascript:alert(1)",
        "ark:12345/r1sznv9bg7hb",
        "a\r\nBcc: x@y.z",
    ],
)
def test_what_is_no_id_is_not_said_back(client, about):
    page = read(client, "/ask", query_string={"about": about})
    assert page.status == 200 and not page.all("input#permalink")
    assert parse_qs(urlsplit(page.hrefs("main a.button")[0]).query).get("body") is None


def test_the_page_asks_no_catalog_and_sets_no_cookie(tmp_path):
    from archive.config import Config

    answer = create_app(Config(folder=tmp_path)).test_client().get("/ask?about=r1sznv9bg7hb")
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
