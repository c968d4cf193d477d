"""What a query costs: what historians paste goes on working, what would hold a processor does not; and any text is
answered or refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import QueryError
from archive.search import cost, elastic_terms, embedded_terms
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest

NAMES = [
    f"{first} {last} Ficticio"
    for first in ("José", "María", "Ana", "Luis")
    for last in ["Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez"]
]


@pytest.mark.parametrize(
    "typed",
    [
        " OR ".join(f'"{name}"' for name in NAMES),
        " OR ".join(f"({name})" for name in NAMES),
        " ".join(f"palabra{n}" for n in range(60)),
        '"' + " ".join(f"palabra{n}" for n in range(30)) + '"',
        " OR ".join(f"desap{letter}*" for letter in "abcdefghij"),
        "a*",
        "-a* b*",
        " ".join(f"palabra{n}" for n in range(200)),
    ],
)
def test_what_is_sensibly_pasted_is_asked(typed):
    cost.check(parse(typed))


@pytest.mark.parametrize(
    "typed",
    [
        '"' + "de la " * 2500 + '"',
        " OR ".join(f'"de la {n}"' for n in range(100)),
        " OR ".join("ab*" for _ in range(150)),
        " OR ".join(f"-{letter}*" for letter in "abcdefghijklmno" * 3),
        " ".join("12/5/1983" for _ in range(80)),
        "(" + " ".join(f'"a {n}"' for n in range(60)) + ") OR x",
    ],
)
def test_what_costs_too_much_is_refused_on_both_engines(typed):
    for compile in (embedded_terms.compile, elastic_terms.compile):
        with pytest.raises(QueryError, match="too much"):
            compile(SearchRequest(parse(typed)), FIELDS)


@given(st.text(alphabet="(){}[]|-*\"“«' \n\x00.,:;/\\~^abñ1", max_size=80))
@example("(" * 100_000)
@example("(" * 14_000)
@example("(-" * 7_000)
@example(")" * 14_000)
@example("-" * 14_000)
@example("-" * 14_000 + "a")
@example("- " * 7_000 + "a")
@example("NOT " * 3_000 + "a")
@example('"' * 14_000)
@example("*" * 14_000)
@example("a*" * 7_000)
@example("|" * 14_000)
@example("(a OR " * 2_000)
@example("a OR -(" * 2_000)
@example("[" * 14_000)
@example("date:" * 2_800)
@example("date:" + "1" * 14_000)
@example("." * 14_000)
@example("a." * 7_000)
@example("a-" * 7_000)
@example("\u0301" * 7_000)
@example("1," * 7_000)
def test_any_text_is_asked_or_refused(typed):
    try:
        request = SearchRequest(parse(typed))
        embedded_terms.compile(request, FIELDS)
        elastic_terms.compile(request, FIELDS)
    except QueryError as refused:
        assert refused.remedy
