"""A search as a value: read from an address, written to it, changed without a trace of the old one."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.bins import ancestors
from archive.search.request import Sort
from search_app.state import FACETS, MAX_PAGE, SearchState, grain_of, narrowest

text = st.text(max_size=20).map(str.strip)
values = st.lists(text.filter(bool), unique=True, max_size=4).map(tuple)
states = st.builds(
    SearchState,
    q=text,
    filters=st.fixed_dictionaries({}, optional=dict.fromkeys(FACETS, values.filter(bool))).map(
        lambda chosen: {name: narrowest(name, chosen[name]) for name in FACETS if name in chosen}
    ),
    since=text,
    until=text,
    sort=st.sampled_from(["", *Sort]),
    page=st.integers(1, MAX_PAGE),
    selected=values,
    lang=st.sampled_from(["", "es", "en"]),
)
pairs = st.lists(st.tuples(st.sampled_from(["q", "page", "sort", "lang", "from", "selected", "x", *FACETS]), st.text()))


@given(states)
def test_what_an_address_says_is_read_back(state):
    assert SearchState.read(parse_qsl(urlsplit(state.url()).query)) == state


@given(pairs)
def test_any_address_is_a_state_and_its_address_says_the_same(said):
    state = SearchState.read(said)
    assert SearchState.read(state.pairs()) == state


@given(states, st.sampled_from(list(FACETS)), text.filter(bool))
def test_adding_and_removing_a_value(state, facet, value):
    added = state.add(facet, value)
    assert value in added.chosen(facet) and added.page == 1
    assert value not in added.remove(facet, value).chosen(facet)
    assert added.add(facet, value) == added
    assert state.toggle(facet, value).toggle(facet, value).chosen(facet) in (
        state.chosen(facet),
        tuple(v for v in state.chosen(facet) if v != value) + (value,),
    )


@given(states)
def test_a_change_leaves_the_old_state_as_it_was(state):
    before = state.url()
    for change in (
        state.asking("x"),
        state.sorted_by("date"),
        state.on_page(3),
        state.select("r1"),
        state.unfiltered(),
    ):
        assert isinstance(change, SearchState)
    assert state.url() == before


def test_a_finer_date_takes_the_place_of_the_wider_one_and_back():
    decade = SearchState(filters={"date": ("198X", "undated")})
    year = decade.add("date", "1983")
    assert year.chosen("date") == ("undated", "1983")
    assert year.add("date", "1985").chosen("date") == ("undated", "1983", "1985")
    assert year.add("date", "1983-05-12").chosen("date") == ("undated", "1983-05-12")
    assert year.add("date", "1983-05~").add("date", "198X").chosen("date") == ("undated", "198X")


@pytest.mark.parametrize(
    "bin, grain, above",
    [
        ("198X", "decade", ()),
        ("1983", "year", ("198X",)),
        ("1983-05", "month", ("198X", "1983")),
        ("1983-05-12", "day", ("198X", "1983", "1983-05")),
        ("1983-05~", "day", ("198X", "1983", "1983-05")),
        ("undated", "day", ()),
        ("~", "day", ()),
        ("nonsense", "day", ()),
        ("", "day", ()),
    ],
)
def test_bins_of_dates(bin, grain, above):
    assert (grain_of(bin), ancestors(bin)) == (grain, above)


@pytest.mark.parametrize(
    "written, page",
    [("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("", 1), ("9" * 30, 1), ("999999999", MAX_PAGE), ("２", 2), ("1e3", 1)],
)
def test_a_page_is_a_number_or_the_first(written, page):
    assert SearchState.read([("page", written)]).page == page


def test_the_last_of_several_words_counts_and_unknown_ones_are_passed_over():
    assert SearchState.read(
        [("q", "a"), ("q", " b "), ("sort", "sideways"), ("lang", "fr"), ("z", "1")]
    ) == SearchState(q="b")


def test_the_empty_state_is_the_whole_archive():
    assert SearchState().is_empty and SearchState().url("/") == "/"
    assert not SearchState(until="1984").is_empty
    assert not SearchState(filters={"series": ("r1",)}).is_empty


def test_a_place_in_a_chosen_one_takes_its_place_and_two_in_it_are_alternatives():
    state = SearchState(filters={"place": ("san-vicente", "morazan")}).add("place", "san-vicente/tecoluca")
    assert state.chosen("place") == ("morazan", "san-vicente/tecoluca")
    both = state.add("place", "san-vicente/apastepeque")
    assert both.chosen("place") == ("morazan", "san-vicente/tecoluca", "san-vicente/apastepeque")
    assert both.without_place("place", "san-vicente/tecoluca").chosen("place") == ("morazan", "san-vicente/apastepeque")
    assert both.without_place("place", "san-vicente").chosen("place") == ("morazan",)
    assert state.without_place("place", "san-vicente/tecoluca").chosen("place") == ("morazan", "san-vicente")
    assert both.add("place", "san-vicente").chosen("place") == ("morazan", "san-vicente")
    assert SearchState.read([("place", "san-vicente/tecoluca"), ("place", "san-vicente")]).chosen("place") == (
        "san-vicente/tecoluca",
    )
