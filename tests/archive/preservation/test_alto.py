"""ALTO: valid by its schema whatever was read, and read back the same page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.layout import Layout, TextBlock, TextLine, Word
from archive.margins import KINDS, PAGE_NUMBER, RUNNING_HEAD
from archive.preservation import alto
from archive.preservation.alto import Origin
from tests.schemas import valid

ORIGIN = Origin("r1b3", "ark:99999/r1b3", "box 1/a & b.tif", 1)
NS = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}


def line(text: str, top: int = 0) -> TextLine:
    return TextLine(tuple(Word(word, 100 * n, top, 90, 20, 0.5) for n, word in enumerate(text.split())))


def read_back(document: bytes) -> Layout:
    """The layout in an ALTO file, by the least that its schema says: an oracle of this test alone."""
    page = etree.fromstring(document).find(".//a:Page", NS)

    def word(string):
        hyphen = string.getnext()
        ends = hyphen is not None and etree.QName(hyphen).localname == "HYP"
        numbers = (int(string.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        confidence = string.get("WC")
        return Word(
            string.get("CONTENT") + (hyphen.get("CONTENT") if ends else ""),
            *numbers,
            None if confidence is None else float(confidence),
            string.findtext("a:ALTERNATIVE", namespaces=NS),
        )

    return Layout(
        int(page.get("WIDTH")),
        int(page.get("HEIGHT")),
        tuple(
            TextBlock(
                tuple(
                    TextLine(tuple(map(word, one.findall("a:String", NS)))) for one in block.findall("a:TextLine", NS)
                ),
                block.get("LANG"),
            )
            for block in page.iterfind(".//a:TextBlock", NS)
        ),
    )


content = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), min_size=1, max_size=8
)
length = st.integers(0, 5000)
word = st.builds(
    Word,
    content | st.sampled_from(["cam-", "-", "asesi¬", "1981-"]),
    length,
    length,
    length,
    length,
    st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
    st.none() | st.sampled_from(["", "otra", "dos más"]),
)
block = st.builds(
    TextBlock,
    st.lists(st.builds(TextLine, st.lists(word, min_size=1, max_size=4).map(tuple)), min_size=1, max_size=4).map(tuple),
    st.sampled_from([None, "spa", "eng"]),
)
layouts = st.builds(Layout, st.integers(1, 9999), st.integers(1, 9999), st.lists(block, max_size=3).map(tuple))


margins = st.dictionaries(st.integers(0, 40), st.sampled_from(KINDS), max_size=12)


@settings(max_examples=60)
@given(layouts, margins)
def test_every_page_is_valid_and_comes_back_as_it_was(layout, margin):
    document = alto.document(layout, ORIGIN, margin)
    valid("alto", document)
    assert read_back(document) == layout_without_empty_others(layout)


def layout_without_empty_others(layout: Layout) -> Layout:
    """What stands with the word before has no alternative of its own."""
    return replace(
        layout,
        blocks=tuple(
            replace(
                block,
                lines=tuple(
                    TextLine(tuple(replace(one, other=one.other or None) for one in line.words)) for line in block.lines
                ),
            )
            for block in layout.blocks
        ),
    )


def test_all_that_is_known_of_a_page_stands_in_it():
    origin = Origin(
        "r1b3",
        "ark:99999/r1b3",
        "a.tif",
        3,
        "xii",
        "cover",
        "tesseract 5.3.0",
        "spa+eng",
        "spa",
        datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )
    root = valid("alto", alto.document(Layout(1000, 1400, (TextBlock((line("San Vicente"),), "spa"),)), origin))
    page = root.find(".//a:Page", NS)
    assert {name: page.get(name) for name in ("PHYSICAL_IMG_NR", "PRINTED_IMG_NR", "POSITION", "PC", "LANG")} == {
        "PHYSICAL_IMG_NR": "3",
        "PRINTED_IMG_NR": "xii",
        "POSITION": "Cover",
        "PC": "0.5",
        "LANG": "spa",
    }
    texts = {
        etree.QName(one).localname: one.text
        for one in root.find("a:Description", NS).iter()
        if one.text and one.text.strip()
    }
    assert texts == {
        "MeasurementUnit": "pixel",
        "fileName": "a.tif",
        "fileIdentifier": "ark:99999/r1b3",
        "processingCategory": "contentGeneration",
        "processingDateTime": "2026-01-02T03:04:05+00:00",
        "processingStepSettings": "languages: spa+eng",
        "softwareName": "tesseract",
        "softwareVersion": "5.3.0",
    }


def test_a_word_hyphenated_at_its_lines_end_is_whole_in_both_parts():
    layout = Layout(1000, 1400, (TextBlock((line("los cam-"), line("pesinos de", 30), line("la co-", 60))),))
    root = valid("alto", alto.document(layout, ORIGIN))
    strings = [
        (one.get("CONTENT"), one.get("SUBS_TYPE"), one.get("SUBS_CONTENT")) for one in root.iterfind(".//a:String", NS)
    ]
    assert strings == [
        ("los", None, None),
        ("cam", "HypPart1", "campesinos"),
        ("pesinos", "HypPart2", "campesinos"),
        ("de", None, None),
        ("la", None, None),
        ("co", None, None),
    ]
    assert len(root.findall(".//a:HYP", NS)) == 2 and len(root.findall(".//a:SP", NS)) == 3


def test_what_stands_in_the_margins_is_told_at_its_line_or_its_words():
    layout = Layout(
        1000, 1400, (TextBlock((line("El Rescate 12"), line("Dos hombres", 30)), "spa"), TextBlock((line("Fin", 60),)))
    )
    margin = {0: RUNNING_HEAD, 1: RUNNING_HEAD, 2: PAGE_NUMBER, 5: PAGE_NUMBER}
    root = valid("alto", alto.document(layout, ORIGIN, margin))
    labels = {one.get("ID"): one.get("LABEL") for one in root.iterfind(".//a:Tags/a:LayoutTag", NS)}
    assert sorted(labels.values()) == ["page number", "running head"]
    told = [(one.get("CONTENT"), labels.get(one.get("TAGREFS"))) for one in root.iterfind(".//a:String", NS)]
    assert told == [
        ("El", "running head"),
        ("Rescate", "running head"),
        ("12", "page number"),
        ("Dos", None),
        ("hombres", None),
        ("Fin", None),
    ]
    assert [labels.get(one.get("TAGREFS")) for one in root.iterfind(".//a:TextLine", NS)] == [None, None, "page number"]
    assert root.find(".//a:Page", NS).get("PRINTED_IMG_NR") is None
    assert (
        root.find(".//a:Tags", NS) is not None
        and valid("alto", alto.document(layout, ORIGIN)).find(".//a:Tags", NS) is None
    )


@pytest.mark.parametrize("role", ["", "recto", "verso", "cover", "target"])
def test_a_blank_page_is_valid_in_every_role(role):
    valid("alto", alto.document(Layout(10, 10), Origin("r1", "ark:99999/r1", "a.tif", 1, role=role)))


def test_characters_that_xml_cannot_hold_are_marked_and_not_lost():
    document = alto.document(Layout(9, 9, (TextBlock((TextLine((Word("a\x0cb", 0, 0, 1, 1),)),)),)), ORIGIN)
    assert "a\ufffdb" in document.decode() and valid("alto", document) is not None
