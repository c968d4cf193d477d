"""Rights statements and licences: the table, and what is suggested for other spellings."""

import pytest

from archive import rights
from archive.rights import Suggestion

URIS = list(rights.statements())


def test_the_table():
    from_consortium = [uri for uri in URIS if "rightsstatements.org" in uri]
    assert len(from_consortium) == 12
    assert all(
        uri.startswith("http://rightsstatements.org/vocab/") and uri.endswith("/1.0/") for uri in from_consortium
    )
    assert all(
        uri.startswith("https://creativecommons.org/") and uri.endswith("/")
        for uri in URIS
        if uri not in from_consortium
    )
    codes = [one.code for one in rights.statements().values()]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("uri", URIS)
def test_canonical_and_its_other_spellings(uri):
    statement = rights.find(uri)
    assert statement.uri == uri
    assert statement.label("en") != statement.label("es")
    swapped = uri.replace("http:", "x:").replace("https:", "http:").replace("x:", "https:")
    for other in (
        swapped,
        uri.rstrip("/"),
        uri.upper(),
        uri.split("//")[1],
        statement.code,
        statement.label("es"),
        f" {uri} ",
    ):
        assert other == uri or rights.find(other) is None
        assert rights.suggest(other) == Suggestion(uri, True)


@pytest.mark.parametrize("text", ["", "none", "todos los derechos reservados", "https://example.org/", "©"])
def test_nothing_like_it(text):
    assert rights.suggest(text) is None
