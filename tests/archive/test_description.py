"""The table of elements and its words, and a description's accessors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.description import Description, Source, Statement, elements, vocabulary

#: As the issue of the spreadsheets fixed them: spreadsheets in use depend on the order and the names.
METADATA = """id, parent_ref_id, file, pages, title, title_type, creator, creator_role, date, date_edtf, date_type,
    language, dcmi_type, genre, extent, publication, publication_place, publication_page, description, subject, place,
    relation, box, folder, barcode, rights_uri, rights_note, rights_holder, access, access_reason, access_authority,
    access_review_date, content_note, sha256"""
PAGES = "id, sequence, file, label, role, language, access"
COMPONENTS = """ref_id, parent_ref_id, level, unitid, title, date, date_edtf, description, access, access_reason,
    access_authority, access_review_date"""
FIFTEEN = set(
    [
        "title",
        "creator",
        "subject",
        "description",
        "publisher",
        "contributor",
        "date",
        "type",
        "format",
        "identifier",
        "source",
        "language",
        "relation",
        "coverage",
        "rights",
    ]
)
SHEETS = ("metadata", "pages", "components")
EVERY = [(sheet, one) for sheet in SHEETS for one in elements(sheet).values()]


@pytest.mark.parametrize(("sheet", "columns"), list(zip(SHEETS, (METADATA, PAGES, COMPONENTS), strict=True)))
def test_the_columns_are_fixed(sheet, columns):
    assert list(elements(sheet)) == [column.strip() for column in columns.split(",")]


@pytest.mark.parametrize(("sheet", "element"), EVERY, ids=lambda one: getattr(one, "column", one))
def test_each_column_is_explained_in_both_languages_and_mapped(sheet, element):
    assert element.label("en") and element.label("es") and element.explanation("en") and element.explanation("es")
    assert element.explanation("en") != element.explanation("es")
    assert element.dublin_core in FIFTEEN | {""}
    assert element.dublin_core or element.archival
    assert element.source
    assert (element.kind == "vocabulary") == bool(vocabulary(element.column))


@pytest.mark.parametrize("column", sorted({one.column for _, one in EVERY if one.kind == "vocabulary"}))
def test_no_word_of_a_list_means_two_things(column):
    words = [
        (word.casefold(), term.value)
        for term in vocabulary(column).values()
        for word in {term.value, term.label_en.casefold(), term.label_es.casefold(), *term.also}
    ]
    meanings = {}
    for word, value in words:
        assert meanings.setdefault(word, value) == value


def test_labels_within_a_sheet_differ():
    for sheet in SHEETS:
        for language in ("en", "es"):
            labels = [one.label(language) for one in elements(sheet).values()]
            assert len(set(labels)) == len(labels)


def test_accessors():
    said = Description.of(
        [
            Statement("subject", "mujeres", "file", "IPTC 2:25"),
            Statement("title", "Carta", "spreadsheet"),
            Statement("subject", "paz", "text"),
        ]
    )
    assert [one.element for one in said] == ["title", "subject", "subject"]
    assert said.first("title") == "Carta" and said.source_of("title") is Source.SPREADSHEET
    assert said.every("subject") == ("mujeres", "paz") and said.source_of("subject") is Source.FILE
    assert said.first("creator") == "" and said.every("creator") == () and said.source_of("creator") is None


def test_dublin_core():
    said = Description.of(
        [
            Statement("date_edtf", "1984-03", "text"),
            Statement("date", "March 1984", "text"),
            Statement("title_type", "devised", "text"),
            Statement("genre", "report", "text"),
            Statement("dcmi_type", "Text", "text"),
            Statement("creator_role", "", "text"),
        ]
    )
    assert said.dublin_core() == {"date": ("March 1984", "1984-03"), "type": ("Text", "report")}


def test_a_source_must_be_one():
    with pytest.raises(ValueError):
        Statement("title", "Carta", "rumour")


statements = st.builds(Statement, st.sampled_from(sorted(elements())), st.text(), st.sampled_from(Source))


@given(st.lists(statements))
def test_nothing_is_lost_in_ordering(said):
    description = Description.of(said)
    assert sorted(map(repr, description)) == sorted(map(repr, said))
    for element in elements():
        assert description.every(element) == tuple(one.value for one in said if one.element == element)
    assert Description.of(description) == description
