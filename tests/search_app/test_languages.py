"""Both languages whole: which one is answered in, and every word of the interface translated."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import search_app
from archive.search.kinds import KINDS
from search_app import create_app
from tests.search_app.conftest import TRANSLATIONS
from tests.search_app.reading import read
from tests.search_app.small_archive import build

FOLDER = Path(search_app.__file__).parent


@pytest.fixture(scope="module")
def said():
    """Every msgid of templates, code and facets, (singular, plural) where it has a plural, with where it stands."""
    with (FOLDER / "babel.cfg").open() as written:
        methods, options = parse_mapping_cfg(written)
    found = {}
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for file, line, message, _, _ in extract_from_dir(FOLDER, methods, options, keywords):
        found.setdefault(message, f"{file}:{line}")
    labels = {facet.label: facet.name for kind in KINDS.values() for facet in kind.FIELDS.facets.values()}
    return labels | found


@pytest.fixture(scope="module")
def spanish():
    with (TRANSLATIONS / "es" / "LC_MESSAGES" / "messages.po").open("rb") as written:
        return read_po(written, locale="es")


def test_the_interface_was_found(said):
    assert len(said) > 150


def test_every_word_has_its_spanish(said, spanish):
    missing = {
        message: place
        for message, place in said.items()
        if (known := spanish.get(message if isinstance(message, str) else message[0])) is None
        or not all(known.string if isinstance(known.string, tuple) else (known.string,))
    }
    assert missing == {}


def test_nothing_is_fuzzy_or_left_over(said, spanish):
    ids = {message if isinstance(message, str) else message[0] for message in said}
    assert [m.id for m in spanish if m.fuzzy] == []
    assert [m.id for m in spanish if m.id and (m.id if isinstance(m.id, str) else m.id[0]) not in ids] == []
    assert list(spanish.obsolete) == []


def test_plurals_and_blanks_to_fill_in_agree(spanish):
    def blanks(text):
        return sorted(re.findall(r"%\(\w+\)s|<\w+>|</\w+>", text))

    for message in spanish:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert len(ids) == len(strings), message.id
        assert all(blanks(id) == blanks(string) for id, string in zip(ids, strings, strict=False)), message.id


def test_readers_are_addressed_with_respect(spanish):
    """Usted or nobody: no tú, and no imperatives of it."""
    familiar = re.compile(r"\b(tú|tu|tus|ti|contigo|puedes|quieres|haz|mira)\b", re.IGNORECASE)
    for message in spanish:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for string in strings:
            assert not familiar.findall(string), string


# -- which language is answered in


@pytest.mark.parametrize(
    "address, headers, language",
    [
        ("/about", {}, "es"),
        ("/about", {"Accept-Language": "en-US,en;q=0.9"}, "en"),
        ("/about", {"Accept-Language": "es-SV,es;q=0.9,en;q=0.5"}, "es"),
        ("/about", {"Accept-Language": "fr,de;q=0.5"}, "es"),
        ("/about?lang=en", {}, "en"),
        ("/about?lang=es", {"Accept-Language": "en"}, "es"),
        ("/about?lang=fr", {"Accept-Language": "en"}, "en"),
        ("/about", {"Cookie": "lang=en"}, "en"),
        ("/about", {"Cookie": "lang=en", "Accept-Language": "es"}, "en"),
        ("/about", {"Cookie": "lang=klingon"}, "es"),
        ("/about?lang=es", {"Cookie": "lang=en"}, "es"),
        ("/about", {"Accept-Language": "\x00;;q=x,,"}, "es"),
    ],
)
def test_the_language_of_an_answer(client, address, headers, language):
    answer = client.get(address, headers=headers)
    assert f'<html lang="{language}">' in answer.get_data(as_text=True)
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_the_settings_say_which_language_stands_where_nobody_asks(tmp_path):
    import dataclasses

    config = build(tmp_path).config
    config = dataclasses.replace(config, serve=dataclasses.replace(config.serve, language="en"))
    assert b'<html lang="en">' in create_app(config).test_client().get("/about").data


def test_a_choice_is_remembered_and_nothing_else(app):
    client = app.test_client()
    answer = client.get("/search?q=Tecoluca&lang=en")
    assert answer.headers["Set-Cookie"].startswith("lang=en;") and "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert b'<html lang="en">' in client.get("/about").data
    assert "Set-Cookie" not in client.get("/about").headers
    assert "Set-Cookie" not in client.get("/search?q=Tecoluca&lang=en").headers


def test_the_other_language_is_one_link_away_on_the_same_page(client, archive):
    for address in ("/search?q=%22San+Vicente%22&genre=report", archive.ark("weekly", 2) + "?q=garrison", "/about"):
        page = read(client, address)
        link = next(a for a in page.all("header nav a") if a.get("lang") == "en")
        assert link.text_content() == "English"
        other = read(client, link.get("href"))
        assert other.status == 200 and other.tree.get("lang") == "en"
        assert len(other.all(".hit")) == len(page.all(".hit"))


def test_no_page_in_spanish_has_english_left(client, archive, said):
    sentences = [m if isinstance(m, str) else m[0] for m in said]
    sentences = [m for m in sentences if len(m) > 14 and "%" not in m]
    for address in (
        "/",
        "/search?q=nadaquever",
        "/search?q=Tecoluca",
        archive.ark("weekly"),
        archive.ark("closed"),
        "/about",
        f"/ark:99999/{archive.components['weekly']}",
        "/cite?q=Tecoluca",
        "/search?q=*a*",
    ):
        # The line that stands in both languages on every page is not looked at.
        page = (
            client.get(address)
            .get_data(as_text=True)
            .replace('<span lang="en">Something wrong here, or about your family?</span>', "")
        )
        assert [m for m in sentences if m in page] == [], address


def test_numbers_are_written_as_in_el_salvador(app):
    from search_app.language import number

    for lang in ("es", "en"):
        with app.test_request_context(f"/?lang={lang}"):
            assert number(1234567) == "1,234,567"
