"""The patterns: a source set into one reads as if citeproc-py had rendered it itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography
from citeproc.formatter import html, plain
from citeproc.source import BibliographySource, LiteralDate, Name, Reference
from citeproc.string import String
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.citation import names, rendering
from archive.citation.formatted import STYLES

VARIABLES = (
    "genre",
    "title",
    "title_short",
    "container_title",
    "publisher_place",
    "publisher",
    "issued",
    "section",
    "note",
    "archive_location",
    "source",
    "archive",
    "archive_place",
    "call_number",
    "accessed",
    "URL",
)
words = st.from_regex(r"[A-Za-zñé]{1,8}( [A-Za-zñé]{1,8}){0,2}", fullmatch=True)
authors = st.lists(
    st.builds(names.Name, family=words, given=words, literal=st.just(""), suffix=st.sampled_from(["", "Jr."]))
    | st.builds(names.Name, family=st.just(""), given=st.just(""), literal=words, suffix=st.just("")),
    min_size=1,
    max_size=25,
).map(tuple)
some_values = st.tuples(
    st.none() | st.tuples(st.sampled_from(["author", "editor"]), authors),
    st.dictionaries(st.sampled_from(VARIABLES), words, min_size=1),
)


def rendered_whole(style, values, as_html, as_note):
    ready = {}
    for variable, value in values.items():
        if variable in ("author", "editor"):
            ready[variable] = [Name(**{part: value for part, value in one._asdict().items() if value}) for one in value]
        else:
            ready[variable] = LiteralDate(value) if variable in ("issued", "accessed") else String(value)
    source = BibliographySource()
    source.add(Reference("s", "document", **ready))
    bibliography = CitationStylesBibliography(
        rendering._style(style, "es", as_html), source, html if as_html else plain
    )
    citation = Citation([CitationItem("s")])
    bibliography.register(citation)
    return str(bibliography.cite(citation, str)) if as_note else "".join(map(str, bibliography.bibliography()))


@pytest.mark.parametrize("style", STYLES)
@given(some_values, st.booleans())
@example((None, {"publisher_place": "A"}), False)  # of which APA prints nothing
@settings(max_examples=60, deadline=None)
def test_a_pattern_says_what_citeproc_says(style, drawn, as_note):
    people, values = drawn
    values = {**dict([people] if people else []), **values}
    assert rendering.render(style, "es", values, html=False, as_note=as_note) == rendered_whole(
        style, values, False, as_note
    )


def test_private_use_characters_in_a_value_are_no_placeholders():
    values = {"title": "a \ue001 b \ue000", "archive": "Library"}
    assert rendering.render("mla", "es", values, html=False, as_note=False) == "“a \ue001 b \ue000”. Library."


def test_threads_may_render_at_once():
    def one(number):
        names_of = tuple(names.Name(literal=f"Body {n}") for n in range(number % 12))
        values = {**({"author": names_of} if names_of else {}), "title": f"T{number}", "URL": "https://a.example/"}
        return rendering.render("chicago-notes", "en", values, html=bool(number % 2), as_note=bool(number % 3))

    rendering._pattern.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(one, range(120)))
    assert at_once == [one(number) for number in range(120)]


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ("Why?", "es", "“Why?”. 1984."),
        ("Why.", "es", "“Why”. 1984."),
        ("To be continued...", "en", "“To be continued...” 1984."),
        ("Wait... what", "en", "“Wait... what.” 1984."),
        ("a, b,", "en", "“a, b,.” 1984."),
    ],
)
def test_seams(value, language, expected):
    values = {"title": value, "issued": "1984"}
    assert rendering.render("mla", language, values, html=False, as_note=False) == expected
