"""Places in texts: the case table with its false positives, and what holds of every mention."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.places import Gazetteer
from ingest.extract.mention import Context
from ingest.extract.places import find_places


def rows(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def listed(cell):
    return cell.split(" | ") if cell else []


@pytest.mark.parametrize("row", rows("places.tsv"), ids=lambda row: f"{row['text']} {row['context']}")
def test_mentions(row):
    text = row["text"].replace("⏎", "\n")
    context = Context(places=tuple(row["context"].split("|")) if row["context"] else ())
    mentions = find_places(text, row["language"] or None, context)
    assert [one.text.replace("\n", "⏎") for one in mentions] == listed(row["found"]), row["why"]
    assert [one.value or "-" for one in mentions] == listed(row["values"]), row["why"]


WORDS = [word for row in rows("places.tsv") for word in row["text"].replace("⏎", "\n").split(" ")]


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=30).map(" ".join),
    st.sampled_from(["spa", "eng", None]),
)
def test_words_are_kept_as_found(text, language):
    mentions = find_places(text, language, Context(places=("la-paz",)))
    for one in mentions:
        assert text[one.start : one.end] == one.text
        assert one.kind == "place"
        assert one.value is None or one.value in Gazetteer.load()
    for one, after in zip(mentions, mentions[1:], strict=False):
        assert one.end <= after.start


@pytest.mark.parametrize(
    "place", [place for place in Gazetteer.load() if place.kind == "municipio"], ids=lambda place: place.key
)
def test_every_municipio_is_found_in_its_phrase(place):
    department = Gazetteer.load().get(place.key.split("/")[0]).name
    for text in (
        f"en la jurisdicción de {place.name}, departamento de {department}, murieron",
        f"in the jurisdiction of {place.name}, {department} department, they",
    ):
        assert [one.value for one in find_places(text)] == [place.key]
        assert [one.value for one in find_places(text.upper())] == [place.key]
