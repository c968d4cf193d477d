"""Dates in texts: the case table, and what holds of every mention."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import EdtfDate, parse
from ingest.extract.dates import find_dates
from ingest.extract.mention import Context


def rows(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def listed(cell):
    return cell.split(" | ") if cell else []


@pytest.mark.parametrize("row", rows("dates.tsv"), ids=lambda row: f"{row['text']} {row['language']} {row['context']}")
def test_mentions(row):
    text = row["text"].replace("⏎", "\n")
    context = Context(date=parse(row["context"]) if row["context"] else None)
    mentions = find_dates(text, row["language"] or None, context)
    assert [one.text.replace("\n", "⏎") for one in mentions] == listed(row["found"]), row["why"]
    assert [one.value.edtf if one.value else "-" for one in mentions] == listed(row["values"]), row["why"]


WORDS = [word for row in rows("dates.tsv") for word in row["text"].replace("⏎", "\n").split(" ")]
noise = st.text(alphabet="0123456789/-.,'() \nabcdelmnorstuyáñOIl", max_size=12)
texts = st.lists(st.sampled_from(WORDS) | noise, max_size=30).map(" ".join)


@given(texts, st.sampled_from(["spa", "eng", None]), st.sampled_from(["", "1984", "1984-03", "198X", "../1984"]))
def test_words_are_kept_as_found(text, language, context):
    mentions = find_dates(text, language, Context(date=parse(context)))
    for one in mentions:
        assert text[one.start : one.end] == one.text
        assert one.text.strip() == one.text != ""
        assert one.kind == "date"
        assert one.value is None or isinstance(one.value, EdtfDate)
    for one, after in zip(mentions, mentions[1:], strict=False):
        assert one.end <= after.start


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    for one in find_dates(text):
        assert text[one.start : one.end] == one.text


MONTHS = {
    "spa": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "eng": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


@given(st.dates(min_value=parse("1932").earliest, max_value=parse("1999").latest), st.booleans(), st.booleans())
def test_every_day_is_found_in_every_form(day, upper, short):
    year = f"{day.year % 100:02d}" if short else f"{day.year}"
    forms = [
        (f"El {day.day} de {MONTHS['spa'][day.month - 1]} de {year} murieron", "spa"),
        (f"El día {MONTHS['spa'][day.month - 1]} {day.day}, {day.year} murieron", "spa"),
        (f"On {MONTHS['eng'][day.month - 1]} {day.day}, {day.year}, they", "eng"),
        (f"SAN SALVADOR, {day.day} {MONTHS['eng'][day.month - 1][:3]} {year} (AFP)", "eng"),
        (f"nota del {day.day}/{day.month}/{year}.", "spa"),
        (f"report of {day.month}/{day.day}/{year}.", "eng"),
    ]
    for text, language in forms:
        text = text.upper() if upper else text
        found = [one.value and one.value.edtf for one in find_dates(text, language)]
        if short and day.year < 1932 and "SAN SALVADOR" in text:
            continue
        assert found == [day.isoformat()], text
