"""Decisions of several kinds carried over to another reading: those that change words first, the older before the
newer, and what finds no place waits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

from archive.anchor import Place, anchor
from archive.decisions import CORRECTION, Decision, carried
from archive.layout import Layout
from tests.archive.corrections.test_anchor import READ, page
from tests.archive.decisions.kinds import NOTE, more_kinds

__all__ = ["more_kinds"]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(id: int, kind, layout: Layout, first: int, last: int, decided: str, *, hours: int = 0, **how) -> Decision[str]:
    where = anchor(layout, Place(first, last))
    return Decision(id, kind.name, "p", where, decided, "Ana Archivera", NOON + timedelta(hours=hours), **how)


def test_a_later_decision_has_the_words_that_an_earlier_one_made():
    first = said(1, CORRECTION, READ, 1, 2, "nadre")
    then = carried(READ, [first]).layout
    second = said(2, CORRECTION, then, 1, 2, "madre", hours=1)
    for order in permutations([first, second]):
        found = carried(READ, order)
        assert found.layout.text.startswith("La madre de") and found.placed == {1, 2}


def test_of_two_made_at_once_the_one_kept_first_is_laid_first():
    found = carried(READ, [said(8, CORRECTION, READ, 1, 2, "madre"), said(7, CORRECTION, READ, 1, 2, "nadre")])
    assert found.layout.text.startswith("La madre de") and found.placed == {7, 8}


def test_a_kind_that_leaves_words_alone_is_placed_on_what_persons_made_of_them(more_kinds):
    """Though it was said before they did."""
    again = page("La xyxyxy de Rosa Elvira Menjivar", "salió de Tecoluca el 12 de mayo")
    remark = said(1, NOTE, page("La madre de Rosa Elvira Menjivar"), 1, 2, "her mother", same_image=False)
    assert carried(again, [remark]).placed == frozenset()
    found = carried(again, [remark, said(2, CORRECTION, READ, 1, 2, "madre", hours=1)])
    assert found.placed == {1, 2} and found.layout.text.startswith("La madre de")


def test_over_the_same_words_each_kind_stands(more_kinds):
    both = [said(1, NOTE, READ, 1, 2, "her mother"), said(2, CORRECTION, READ, 1, 2, "madre", hours=1)]
    again = page("La rnaclre de Rosa EIvira Menpvar", "salió de Tecoluca")
    found = carried(again, both)
    assert found.placed == {1, 2} and found.layout.text.startswith("La madre de Rosa EIvira")


def test_what_finds_no_place_waits_and_the_layout_is_what_it_was(more_kinds):
    other = page("Otra página", "de otra cosa")
    both = [said(1, NOTE, READ, 1, 2, "x", same_image=False), said(2, CORRECTION, READ, 1, 2, "y", same_image=False)]
    assert carried(other, both).placed == frozenset() and carried(other, both).layout == other


def test_what_was_said_not_to_stand_there_and_does_not_is_done():
    gone = said(1, CORRECTION, READ, 1, 2, "")
    wider = page("xyxyxyxyx de Rosa Elvira Menjivar")  # a word that says more than the place has
    assert carried(wider, [gone]).placed == {1} and carried(wider, [gone]).layout == wider
    assert carried(wider, [replace(gone, same_image=False)]).placed == frozenset()


def test_a_kind_of_another_version_waits_and_is_kept_as_it_is():
    strange = Decision(1, "redaction of 2031", "p", anchor(READ, Place(1, 2)), {"why": "asked"}, "Ana", NOON)
    assert carried(READ, [strange]).placed == frozenset() and carried(READ, [strange]).layout == READ
