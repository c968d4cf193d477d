"""Running heads and feet: what recurs at the edges of an item's pages is found through the reader's slips, and nothing
else is."""

import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.margins import RUNNING_FOOT, RUNNING_HEAD
from ingest.extract.margins import find_margins
from ingest.extract.page_edges import page_edges
from tests.ingest.extract.typed_pages import BODY, layout, typed


def heads(pages):
    """The running heads and feet of each page, as (kind's last word, text)."""
    return [
        [(one.kind.split()[1], one.text) for one in found if one.kind in (RUNNING_HEAD, RUNNING_FOOT)]
        for found in find_margins([typed(lines, n) for n, lines in enumerate(pages, 1)])
    ]


def under(lines, foot=""):
    return [[line, *BODY[n % len(BODY)], *([foot] if foot else [])] for n, line in enumerate(lines)]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["El Rescate - Human Rights Department"] * 5, id="the same"),
        pytest.param(
            [
                "El Rescate - Human Rights Department",
                "E1 Rescate - Hurnan Rights Departrnent",
                "El Rescate Human Rights Departm",
                "El Rescatc - Hunan Rights Department",
                "El Rescate - Human Rights Department",
            ],
            id="misread",
        ),
        pytest.param(
            [f"Crónica de El Rescate, {n} de mayo de 1983" for n in (3, 4, 12, 18, 29)], id="its date changes"
        ),
        pytest.param(
            [f"Informe semanal, {month} de 1989" for month in ("enero", "febrero", "marzo", "abril", "mayo")],
            id="its month changes",
        ),
        pytest.param(["ENERO 1989"] * 5, id="a date and nothing else, always the same"),
    ],
)
def test_what_recurs_is_a_head(lines):
    assert heads(under(lines)) == [[("head", line)] for line in lines]
    feet = [[*BODY[n], line] for n, line in enumerate(lines)]
    assert heads(feet) == [[("foot", line)] for line in lines]


def test_odd_and_even_pages_have_their_own():
    odd, even = "Derechos humanos en El Salvador", "Oficina de prensa"
    lines = [odd if n % 2 else even for n in range(1, 9)]
    assert heads(under(lines)) == [[("head", line)] for line in lines]


def test_sections_have_their_own():
    lines = ["Informe sobre capturas"] * 4 + ["Listas de desplazados"] * 4
    assert heads(under(lines)) == [[("head", line)] for line in lines]


def test_a_number_on_its_line_is_marked_within():
    found = find_margins(
        [
            typed(lines, n)
            for n, lines in enumerate(under([f"Informe de El Rescate   Página {n}" for n in range(4, 9)]), 1)
        ]
    )
    assert [[(one.kind, one.text, one.value) for one in page] for page in found] == [
        [("running head", "Informe de El Rescate", ""), ("page number", f"Página {n}", str(n))] for n in range(4, 9)
    ]
    found = find_margins(
        [typed(lines, n) for n, lines in enumerate(under([f"Informe de El Rescate {n}" for n in range(4, 9)]), 1)]
    )
    assert [[(one.kind, one.text, one.value) for one in page] for page in found] == [
        [("running head", f"Informe de El Rescate {n}", ""), ("page number", f"{n}", str(n))] for n in range(4, 9)
    ]


def test_a_page_number_above_does_not_bar_it():
    pages = [[str(n), "El Rescate - Human Rights Department", *BODY[n]] for n in range(1, 6)]
    assert heads(pages) == [[("head", "El Rescate - Human Rights Department")]] * 5


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f"{n} de enero" for n in (5, 6, 7, 8, 9)], id="days of a chronology"),
        pytest.param(["5 de enero", "5 de enero", "6 de enero", "7 de enero", "7 de enero"], id="a day over two pages"),
        pytest.param(["Tecoluca", "San Vicente", "Usulután", "Chalatenango", "Morazán"], id="places"),
    ],
)
def test_other_lines_are_none(lines):
    assert heads(under(lines)) == [[]] * 5


def test_an_item_of_one_page_has_none():
    assert heads(under(["El Rescate - Human Rights Department"])) == [[]]


def test_a_page_scanned_twice_has_none():
    assert heads([BODY[0], BODY[0]]) == [[], []]
    assert heads([BODY[0], BODY[0], BODY[1], BODY[1]]) == [[]] * 4


def test_the_heading_of_the_first_page_is_none():
    head = "Derechos humanos en El Salvador"
    pages = under([head.upper(), head, head, head])
    assert heads(pages) == [[], *[[("head", head)]] * 3]
    lower = [["", "", "", head, *BODY[0]], *under([head] * 4)[1:]]
    assert heads(lower) == [[], *[[("head", head)]] * 3]


def test_what_stands_in_the_text_is_none():
    pages = [[*BODY[n][:2], "Derechos humanos en El Salvador", *BODY[n][2:]] for n in range(5)]
    assert heads([[*BODY[5 - n], *lines, *BODY[5 - n]] for n, lines in enumerate(pages)]) == [[]] * 5


def misread(text: str, seed: int) -> str:
    """The text with one letter in ten misread."""
    chance = random.Random(seed)
    return "".join(chance.choice("ceotlnr") if c.isalpha() and chance.random() < 0.1 else c for c in text)


@given(st.integers(0, 10_000), st.integers(4, 30))
def test_however_misread_most_are_found_and_no_line_of_the_text_is(seed, count):
    head, chance = "Comisión de Derechos Humanos, informe mensual", random.Random(seed)
    words = sorted({word for text in BODY for line in text for word in line.split()})
    pages = [[misread(head, seed + n), *(" ".join(chance.sample(words, 6)) for _ in range(5))] for n in range(count)]
    found = heads(pages)
    assert all(text == page[0] for page, marks in zip(pages, found, strict=False) for _, text in marks)
    assert sum(map(bool, found)) >= 0.7 * count


@given(st.permutations(BODY), st.integers(1, 6))
def test_texts_that_do_not_recur_have_none(bodies, count):
    assert heads(bodies[:count]) == [[]] * count


def test_a_volume_takes_little_memory():
    """Of two thousand pages the lines at their edges are kept, and no page's words."""
    page = layout(["El Rescate - Human Rights Department", *(line for text in BODY for line in text), "12"])
    tracemalloc.start()
    edges = [page_edges(page, n) for n in range(500)]
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(edges) == 500 and kept < 500 * 4_000
