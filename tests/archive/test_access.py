"""Who may read what: the states, how they pass down the tree, the switches."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.access import Access, Rule, State, effective, of_rule

OPEN, CLOSED, SUPPRESSED, WITHDRAWN = State.OPEN, State.CLOSED, State.SUPPRESSED, State.WITHDRAWN

RULES = st.one_of(st.none(), st.builds(Rule, st.sampled_from(State), *[st.sampled_from([None, True, False])] * 4))


@pytest.mark.parametrize(
    "chain, state",
    [
        ([], OPEN),
        ([None, None], OPEN),
        ([CLOSED], CLOSED),
        ([CLOSED, None, None], CLOSED),
        ([CLOSED, OPEN], OPEN),
        ([OPEN, CLOSED], CLOSED),
        ([CLOSED, OPEN, CLOSED], CLOSED),
        ([SUPPRESSED, OPEN], SUPPRESSED),
        ([SUPPRESSED, CLOSED, OPEN], SUPPRESSED),
        ([SUPPRESSED, WITHDRAWN], WITHDRAWN),
        ([WITHDRAWN, SUPPRESSED], WITHDRAWN),
        ([OPEN, None, SUPPRESSED], SUPPRESSED),
    ],
)
def test_rules_pass_down_the_tree(chain, state):
    assert effective([Rule(one) if one else None for one in chain]).state is state


def test_a_series_may_be_closed_where_nothing_is_said():
    assert effective([None, None], default=CLOSED).state is CLOSED
    assert effective([None, Rule(OPEN)], default=CLOSED).state is OPEN


def test_a_closed_unit_keeps_its_description_alone():
    closed = of_rule(Rule(CLOSED))
    assert (closed.description, closed.text, closed.image, closed.download) == (True, False, False, False)


def test_a_clipping_may_be_searchable_and_its_image_not_shown():
    clipping = of_rule(Rule(OPEN, image=False))
    assert clipping.text and not clipping.image and not clipping.download


@given(st.lists(RULES, max_size=5))
def test_what_was_suppressed_above_never_shows_below(chain):
    above = [Rule(SUPPRESSED), *chain]
    access = effective(above)
    assert not (access.description or access.text or access.image or access.download)


@given(st.lists(RULES, max_size=5))
def test_what_may_not_be_seen_may_not_be_downloaded(chain):
    access = effective(chain)
    assert not access.download or access.text or access.image


def test_whole_means_nothing_is_kept_back():
    for switches in itertools.product([True, False], repeat=4):
        assert Access(OPEN, *switches).whole is all(switches)
