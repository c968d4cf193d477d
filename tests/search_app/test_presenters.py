"""Presenters: facets, timeline, pages, the strip of an item's pages, words with their boxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.access import Access
from archive.held import Around, HeldPage
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.search.document import Passage
from archive.search.match import match
from archive.search.query import parse
from archive.search.request import Bucket
from archive.search.within import Within
from search_app.present import facets, item, labels, results, timeline, words
from search_app.state import FACETS, SearchState


@pytest.fixture(autouse=True, params=["es", "en"])
def language(request, app):
    with app.test_request_context(f"/?lang={request.param}"):
        yield request.param


def counts(*pairs) -> tuple[Bucket, ...]:
    return tuple(Bucket(value, count) for value, count in pairs)


# -- names


@pytest.mark.parametrize(
    "bin, spanish, english, short_spanish, short_english",
    [
        ("198X", "Década de 1980", "1980s", "Década de 1980", "1980s"),
        ("1983", "1983", "1983", "1983", "1983"),
        ("1983-05", "Mayo de 1983", "May 1983", "may", "may"),
        ("1983-05-02", "2 de mayo de 1983", "May 2, 1983", "2", "2"),
        ("1983-05~", "Mayo de 1983, día desconocido", "May 1983, day not known", None, None),
        ("undated", "Sin fecha", "Undated", "Sin fecha", "Undated"),
        ("~", "En más de un siglo", "Within more than a century", None, None),
        ("no bin", "no bin", "no bin", None, None),
    ],
)
def test_bins_have_names(language, bin, spanish, english, short_spanish, short_english):
    assert labels.date_bin(bin) == (spanish if language == "es" else english)
    if short_spanish:
        assert labels.short_date_bin(bin) == (short_spanish if language == "es" else short_english)


def test_values_that_are_not_known_are_named_as_they_stand():
    for facet in ("place", "language", "genre", "series"):
        assert labels.value(FACETS[facet], "zz-unknown").casefold() == "zz-unknown"


# -- facets


def test_places_stand_within_places_at_any_depth():
    counted = counts(
        ("morazan", 5), ("morazan/meanguera", 3), ("morazan/meanguera/el-mozote", 2), ("usa/los-angeles", 1)
    )
    panel = facets.panel(FACETS["place"], counted, SearchState(filters={"place": ("morazan/meanguera/el-mozote",)}))
    assert [one.value for one in panel.choices] == ["morazan", "usa/los-angeles"]
    (meanguera,) = panel.choices[0].within
    assert [one.value for one in meanguera.within] == ["morazan/meanguera/el-mozote"]
    assert meanguera.opened and panel.choices[0].opened and not panel.choices[1].opened


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join), unique=True, max_size=12))
def test_every_place_is_offered_once(keys):
    choices = facets._places(FACETS["place"], tuple(Bucket(key, 1) for key in keys), SearchState())
    assert sorted(one.value for one in facets._flat(choices)) == sorted(keys)


def test_what_is_chosen_is_always_offered_for_taking_back():
    panel = facets.panel(FACETS["genre"], (), SearchState(filters={"genre": ("report",)}))
    (choice,) = panel.choices
    assert choice.chosen and choice.count is None and choice.state == SearchState()


def test_many_values_stand_behind_a_few_but_the_chosen_never():
    counted = tuple(Bucket(f"l{n:02}", 100 - n) for n in range(30))
    panel = facets.panel(FACETS["language"], counted, SearchState(filters={"language": ("l29",)}))
    assert len(panel.choices) == FACETS["language"].shown + 1 and panel.choices[-1].value == "l29"
    assert len(panel.more) == 30 - len(panel.choices)


@pytest.mark.parametrize(
    "chosen, grain",
    [
        ((), "decade"),
        (("198X",), "decade"),
        (("1983", "198X"), "year"),
        (("1983-05-12",), "day"),
        (("undated",), "decade"),
        (("junk",), "decade"),
    ],
)
def test_the_facet_of_dates_is_as_fine_as_what_is_chosen(chosen, grain):
    assert facets.sibling_grain(SearchState(filters={"date": chosen})) == grain


# -- timeline


@pytest.mark.parametrize(
    "chosen, grain",
    [
        ((), "year"),
        (("198X",), "year"),
        (("1983",), "month"),
        (("1983-05",), "day"),
        (("1983-05-12",), "day"),
        (("1983", "1985"), "year"),
        (("undated",), "year"),
        (("junk", "~"), "year"),
    ],
)
def test_the_timeline_is_one_step_finer_than_what_is_chosen(chosen, grain):
    assert timeline.grain(SearchState(filters={"date": chosen})) == grain


def test_empty_years_stand_between_and_lead_nowhere():
    drawn = timeline.timeline(counts(("1981", 4), ("1984", 1000), ("undated", 2)), SearchState(q="x"), "year")
    assert [(bar.bin, bar.count, bar.state is None) for bar in drawn.bars] == [
        ("1981", 4, False),
        ("1982", 0, True),
        ("1983", 0, True),
        ("1984", 1000, False),
    ]
    assert [bar.height for bar in drawn.bars] == [timeline.LEAST, 0, 0, 100]
    assert [bar.bin for bar in drawn.beside] == ["undated"]
    assert drawn.bars[0].state == SearchState(q="x", filters={"date": ("1981",)})
    assert drawn.path == ()


def test_days_not_known_stand_beside_the_days():
    drawn = timeline.timeline(
        counts(("1983-05-12", 2), ("1983-05~", 7)), SearchState(filters={"date": ("1983-05",)}), "day"
    )
    assert len(drawn.bars) == 31 and drawn.bars[11].height == 100
    assert [(bar.bin, bar.count) for bar in drawn.beside] == [("1983-05~", 7)]
    assert [state.chosen("date") for _, state in drawn.path] == [(), ("198X",), ("1983",)]


def test_years_too_far_apart_are_no_picture():
    assert timeline.is_too_wide(counts(("1824", 1), ("1992", 5)))
    assert not timeline.is_too_wide(counts(("1980", 1), ("1994", 5), ("undated", 2)))


@given(st.dictionaries(st.integers(1900, 1999), st.integers(1, 9999), max_size=30))
def test_bars_hold_every_count_in_order(years):
    drawn = timeline.timeline(counts(*((str(year), count) for year, count in years.items())), SearchState(), "year")
    assert {int(bar.bin): bar.count for bar in drawn.bars if bar.count} == years
    assert [bar.bin for bar in drawn.bars] == sorted(bar.bin for bar in drawn.bars)
    assert all(0 < bar.height <= 100 for bar in drawn.bars if bar.count)


# -- pages of a result


@given(st.integers(0, 10_000), st.integers(1, 100), st.integers(1, 500))
def test_the_pager_names_first_last_and_here_and_leaves_no_single_page_out(total, size, here):
    pager = results.pager(total, size, here)
    named = [page for page in pager.pages if page]
    assert named == sorted(set(named)) and named[0] == 1 and named[-1] == pager.last
    assert here in named or here > pager.last
    for before, after in zip(pager.pages, pager.pages[1:], strict=False):
        assert after is None or before is None or after == before + 1
    for n, page in enumerate(pager.pages):
        if page is None:
            assert pager.pages[n + 1] - pager.pages[n - 1] > 2
    assert pager.next is None or pager.next <= pager.last
    assert pager.previous is None or 1 <= pager.previous <= pager.last


# -- an item's pages


def pages(number: int) -> list[HeldPage]:
    return [HeldPage(f"p{n}", n, "i", n, "", "", 100, 100, Access()) for n in range(1, number + 1)]


@given(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1), st.sets(st.integers(0, n - 1))))
)
def test_turning_leads_to_neighbours_and_to_the_nearest_hits(case):
    number, at, hits = case
    held = pages(number)
    turned = turning(held, at, hits)
    assert turned.previous == (held[at - 1] if at else None)
    assert turned.next == (held[at + 1] if at + 1 < number else None)
    assert turned.previous_hit == (held[max(before)].id if (before := [n for n in hits if n < at]) else None)
    assert turned.next_hit == (held[min(after)].id if (after := [n for n in hits if n > at]) else None)
    assert [leaf.page for leaf in turned.leaves if leaf.hit] == [held[n] for n in sorted(hits)]
    assert [leaf.page for leaf in turned.leaves if leaf.here] == [held[at]]


def turning(held: list[HeldPage], at: int, hits=()) -> item.Turning:
    """The strip as the view has it made: `hits` are found by a walk over all pages."""
    around = Around(
        tuple(held[max(0, at - item.NEAR) : at]), tuple(held[at + 1 : at + 1 + item.NEAR]), held[0], held[-1]
    )
    near = {page.id for page in (*around.before, held[at], *around.after, held[0], held[-1])}
    found = Within(
        tuple(held[n].id for n in sorted(hits) if held[n].id in near),
        max(((n, held[n].id) for n in hits if n < at), default=(0, None))[1],
        min(((n, held[n].id) for n in hits if n > at), default=(0, None))[1],
    )
    return item.turning(held[at], around, found)


def test_of_a_volume_the_pages_near_are_shown_and_the_first_and_the_last():
    held = pages(400)
    shown = [leaf.page.sequence if leaf else None for leaf in turning(held, 199).leaves]
    assert shown == [1, None, *range(200 - item.NEAR, 200 + item.NEAR + 1), None, 400]
    shown = [leaf.page.sequence if leaf else None for leaf in turning(held, item.NEAR + 1).leaves]
    assert shown[:3] == [1, 2, 3] and shown[-2:] == [None, 400]
    assert [leaf.page.sequence for leaf in turning(held, 199, {0, 1, 399}).leaves if leaf and leaf.hit] == [1, 400]


# -- words

boxes = st.builds(
    Word, st.just("w"), st.integers(0, 999), st.integers(0, 1399), st.integers(1, 400), st.integers(1, 300)
)


@given(
    st.lists(st.lists(boxes, max_size=4).map(tuple).map(TextLine), max_size=4).map(tuple), st.sets(st.integers(0, 15))
)
def test_every_word_has_its_number_and_a_box_on_the_canvas(lines, hits):
    layout = Layout(1400, 1700, (TextBlock(lines, "spa"), TextBlock((), None)))
    shown = words.page_words(layout, hits)
    assert [word.number for word in shown.words] == list(range(sum(1 for _ in layout.words())))
    assert {word.number for word in shown.words if word.hit} == hits & {word.number for word in shown.words}
    for view, word in zip(shown.words, layout.words(), strict=False):
        assert 0 <= view.x <= word.hpos and word.hpos + word.width <= view.x + view.width <= layout.width
        assert 0 <= view.y <= word.vpos and word.vpos + word.height <= view.y + view.height <= layout.height


def test_a_word_hyphenated_at_a_lines_end_is_marked_in_both_its_parts():
    line = TextLine((Word("el", 0, 0, 40, 20), Word("asesi-", 50, 0, 90, 20)))
    layout = Layout(
        1400, 1700, (TextBlock((line, TextLine((Word("nato", 0, 30, 80, 20), Word("de", 90, 30, 40, 20)))), "spa"),)
    )
    said = {
        "shown": tuple(
            Passage(tuple(word.content for word in block.words()), block.language) for block in layout.blocks
        )
    }
    for query in ("asesinato", "asesinatos", '"el asesinato de"', "asesin*"):
        shown = words.page_words(layout, words.marked(layout, match(parse(query), said), {}))
        assert {word.text for word in shown.boxes if word.hit} >= {"asesi-", "nato"}, query


lines_with_others = (
    st.lists(
        st.builds(
            Word,
            st.just("w"),
            st.integers(0, 999),
            st.integers(0, 1399),
            st.integers(1, 400),
            st.integers(1, 300),
            st.none(),
            st.sampled_from([None, None, "", "x", "y z"]),
        ),
        min_size=1,
        max_size=6,
    )
    .map(tuple)
    .map(TextLine)
)


@given(st.lists(lines_with_others, max_size=4).map(tuple), st.lists(lines_with_others, max_size=2).map(tuple))
def test_every_other_reading_has_its_place(lines, aside):
    layout = Layout(1400, 1700, (TextBlock(lines, "spa"),), aside)
    shown = words.page_words(layout, ())
    assert [one.other for one in shown.differences if one.other] == [
        *(word.other for line in lines for word in line.words if word.other),
        *(line.text for line in aside),
    ]
    assert [one.number for one in shown.differences] == list(range(len(shown.differences)))
    # Every word with another reading is of one place, and no other word is.
    for view, word in zip(
        (*shown.words, *shown.aside), (*layout.words(), *(word for line in aside for word in line.words)), strict=False
    ):
        assert (view.differs is not None) == (word.other is not None or view.number >= len(shown.words))
    assert sum(one.shown.count("w") for one in shown.differences) == sum(
        word.other is not None for word in layout.words()
    )
    assert all(one.x >= 0 and one.x + one.width <= 1400 and one.width > 0 for one in shown.differences)


def test_an_empty_reading_stands_with_the_word_before_or_alone():
    line = TextLine(
        (
            Word("re-", 0, 0, 30, 9, None, "reunión"),
            Word("unión", 40, 0, 50, 9, None, ""),
            Word("y", 99, 0, 9, 9),
            Word("mancha", 120, 0, 60, 9, None, ""),
        )
    )
    shown = words.page_words(Layout(400, 400, (TextBlock((line,), "spa"),)), ())
    assert [(one.shown, one.other, one.last_word) for one in shown.differences] == [
        ("re- unión", "reunión", 1),
        ("mancha", "", 3),
    ]


def test_words_of_a_plain_text_stand_nowhere_on_the_image():
    layout = Layout(1400, 1700, (TextBlock((TextLine((Word("dos", 0, 0, 0, 0), Word("tres", 9, 9, 40, 12))),), "spa"),))
    shown = words.page_words(layout, {0})
    assert shown.hits == 1 and [word.text for word in shown.boxes] == ["tres"]
