"""Chicago, MLA and APA: every case in both languages, HTML, and what holds of any source."""

import re
import warnings
from pathlib import Path

import pytest
from citeproc import CitationStylesStyle
from hypothesis import given, settings

import archive.citation
from archive.citation.formatted import STYLES, cite, write
from archive.citation.source import Creator, Source
from tests.archive.citation.citation_sources import ACCESSED, cases, languages, sources


@pytest.mark.parametrize(
    ("row", "source"),
    cases(),
    ids=lambda value: isinstance(value, dict) and f"{value['case']} {value['language']}" or "",
)
def test_every_case_as_the_table_has_it(row, source):
    chicago, mla, apa = (cite(style, source, ACCESSED, row["language"]) for style in STYLES)
    assert chicago.note == row["chicago_note"]
    assert chicago.entry == row["chicago_entry"]
    assert mla == ("", row["mla"])
    assert apa == ("", row["apa"])


@pytest.mark.parametrize("name", STYLES)
def test_the_styles_are_valid_csl(name):
    path = Path(archive.citation.__file__).parent / "styles" / f"{name}.csl"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CitationStylesStyle(str(path), validate=True)


def test_the_export_has_note_and_entry_on_a_line_each_and_an_empty_line_between():
    one = Source(kind="item", id="r1", title="One")
    two = Source(kind="item", id="r2", title="Two")
    text = "".join(write("chicago-notes", [one, two], ACCESSED, "en"))
    assert text.splitlines() == [
        "One, n.d., accessed November 24, 2026.",
        "One. n.d. Accessed November 24, 2026.",
        "",
        "Two, n.d., accessed November 24, 2026.",
        "Two. n.d. Accessed November 24, 2026.",
    ]
    assert "".join(write("mla", [one], ACCESSED, "es")) == "One. s. f. Consultado el 24 nov. 2026.\n"


def test_html_is_escaped_with_italics_and_a_link():
    source = Source(
        kind="item",
        id="r1",
        genre="clipping",
        title="<b>Tom & Jerry</b>",
        title_type="formal",
        creators=(Creator("<script>, Ana"),),
        publication="A <i>daily</i>",
        permalink='https://a.example/?a=1&b="2"',
    )
    entry = cite("chicago-notes", source, ACCESSED, "en", html=True).entry
    assert "“&lt;b&gt;Tom &amp; Jerry&lt;/b&gt;.”" in entry
    assert entry.startswith("&lt;script&gt;, Ana. ")
    assert "<i>A &lt;i&gt;daily&lt;/i&gt;</i>" in entry
    assert '<a href="https://a.example/?a=1&amp;b=&quot;2&quot;">https://a.example/?a=1&amp;b="2"</a>' in entry


@pytest.mark.parametrize(
    ("title", "entry"),
    [
        ("Why?", "“Why?” 1984."),
        ("Why.", "“Why.” 1984."),
        ("Wait…", "“Wait…” 1984."),
        ("He said “no”", "“He said ‘no.’” 1984."),
        ("Plain", "“Plain.” 1984."),
    ],
)
def test_punctuation_at_an_english_closing_quote(title, entry):
    source = Source(kind="item", id="r1", title=title, title_type="formal", date_edtf="1984")
    assert cite("chicago-notes", source, ACCESSED, "en").entry == entry[:-1] + ". Accessed November 24, 2026."


@given(sources, languages)
@settings(max_examples=60, deadline=None)
def test_any_source_can_be_cited_on_one_line_in_every_style(source, language):
    for style in STYLES:
        for html in (False, True):
            cited = cite(style, source, ACCESSED, language, html=html)
            assert source.permalink in cited.entry
            assert bool(cited.note) == (style == "chicago-notes")
            for text in cited:
                assert len(text.splitlines()) <= 1
                assert not re.search(r"[\x00-\x1f\x7f]", text)
                if html:
                    assert set(re.findall(r"<[^>]*>", text)) <= {
                        "<i>",
                        "</i>",
                        "</a>",
                        f'<a href="{source.permalink}">',
                    }
