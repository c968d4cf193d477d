"""Which of an item's lines are page numbers: those that go on, from page to page, as pages do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.margins import PAGE_NUMBER
from archive.record import Candidate, NewMention
from ingest.extract.page_edges import DEPTH, FOOT, HEAD, EdgeLine, Edges
from ingest.extract.page_number_forms import Printed, readings_at_ends, readings_of

#: Pages on either side that a number is compared with: beyond, a page that is missing or scanned twice has moved the
#: count.
_REACH = 6
#: Pages that bear a doubtful reading out, and a plain one.
_MANY, _ONE = 2, 1


@dataclass(frozen=True, slots=True)
class PossibleNumber:
    """One reading of one line as a page number: where its words begin and end, and whether it is the whole line."""

    sequence: int
    line: EdgeLine
    first_word: int
    last_word: int
    printed: Printed
    whole: bool = True

    @property
    def text(self) -> str:
        start = self.first_word - self.line.first_word
        return " ".join(self.line.words[start : self.last_word - self.line.first_word + 1])


def whole_lines(edges: Edges) -> Iterator[PossibleNumber]:
    """The lines that may be a page number and nothing else; a third row is the text's unless clear space parts it from
    that."""
    for line in _margin(edges):
        for printed in readings_of(line.text) if line.depth < 2 or line.apart else ():
            yield PossibleNumber(edges.sequence, line, line.first_word, line.last_word, printed)


def line_ends(edges: Edges, heads: Collection[tuple[int, int]]) -> Iterator[PossibleNumber]:
    """The numbers that may end or begin the lines that are running heads, which are named by their first and last
    word."""
    for line in _margin(edges):
        if (line.first_word, line.last_word) in heads:
            for first, last, printed in readings_at_ends(line.words):
                yield PossibleNumber(
                    edges.sequence, line, line.first_word + first, line.first_word + last, printed, whole=False
                )


def _margin(edges: Edges) -> Iterator[EdgeLine]:
    """The lines of the margins, each once: of a page of few rows an upper line may be a lower one too."""
    seen: set[int] = set()
    for depth in range(DEPTH):
        for line in (*edges.at(HEAD, depth), *edges.at(FOOT, depth)):
            if line.first_word not in seen:
                seen.add(line.first_word)
                yield line


def page_numbers(candidates: Iterable[PossibleNumber], pages: int) -> Mapping[int, tuple[NewMention, ...]]:
    """Sequence of a page → its page numbers, of an item of so many pages.

    A number is taken where pages near it have the number that their distance asks for: one more a page, or two where
    two pages are on one image. Alone it is taken where its form says so (`- 12 -`, `Page 12`), and where, apart from
    the text at the edge, it is the page's own place in the item; not where a number near it says otherwise.
    """
    every = list(candidates)
    steps = {step: _runs(every, step) for step in (1, 2)}
    chosen: dict[int, list[tuple[PossibleNumber, str]]] = defaultdict(list)
    for sequence, on_page in _by_page(every).items():
        for line in _by_line(on_page).values():
            ranked = sorted(((_support(one, steps), one) for one in line), key=lambda pair: _rank(*pair), reverse=True)
            if best := next(((one, rule) for borne, one in ranked if (rule := _rule(one, borne, pages))), None):
                chosen[sequence].append(best)
    taken = {sequence: _agreeing(found) for sequence, found in chosen.items()}
    return {sequence: tuple(_mention(one, rule, taken) for one, rule in found) for sequence, found in taken.items()}


def _mention(one: PossibleNumber, rule: str, taken) -> NewMention:
    """What its form alone says, and numbers near it do not, is undecided."""
    value, undecided = one.printed.label, ()
    if rule == "form" and _contradicted(one, taken):
        value, undecided = "", (Candidate(one.printed.label, (rule,)),)
    return NewMention(PAGE_NUMBER, one.first_word, one.last_word, one.text, rule, value, undecided)


def _by_page(candidates: Iterable[PossibleNumber]) -> Mapping[int, list[PossibleNumber]]:
    found: dict[int, list[PossibleNumber]] = defaultdict(list)
    for one in candidates:
        found[one.sequence].append(one)
    return dict(sorted(found.items()))


def _by_line(candidates: Sequence[PossibleNumber]) -> Mapping[tuple[int, int], list[PossibleNumber]]:
    found: dict[tuple[int, int], list[PossibleNumber]] = defaultdict(list)
    for one in candidates:
        found[one.first_word, one.last_word].append(one)
    return found


def _key(one: PossibleNumber, step: int) -> tuple[str, int]:
    return one.printed.series, one.printed.number - step * one.sequence


def _runs(candidates: Iterable[PossibleNumber], step: int) -> Mapping[tuple[str, int], Mapping[int, bool]]:
    """Series and offset → the pages with such a number, each with whether one of them is undamaged there."""
    found: dict[tuple[str, int], dict[int, bool]] = defaultdict(dict)
    for one in candidates:
        of_key = found[_key(one, step)]
        of_key[one.sequence] = of_key.get(one.sequence, False) or not one.printed.damaged
    return found


def _support(one: PossibleNumber, steps) -> int:
    """How many pages near it bear it out; two pages on one image only where nothing goes by one."""

    def near(step: int) -> int:
        pages = steps[step].get(_key(one, step), {})
        found = [sound for sequence, sound in pages.items() if 0 < abs(sequence - one.sequence) <= _REACH]
        return len(found) if any(found) or len(found) > _MANY else 0

    single = near(1)
    double = near(2)
    return single or (double if double >= _MANY and not one.printed.damaged else 0)


def _rank(borne: int, one: PossibleNumber) -> tuple:
    return borne, one.printed.sure, not one.printed.damaged, one.printed.series == ""


def _rule(one: PossibleNumber, borne: int, pages: int) -> str:
    """By which rule it is a page number; empty where it is none."""
    doubtful = one.printed.damaged and not one.printed.sure
    if borne >= (_MANY if doubtful and pages > 2 else _ONE):
        return "sequence"
    if one.whole and one.printed.sure:
        return "form"
    own_place = one.printed.series == "" and not one.printed.damaged and one.printed.number == one.sequence > 1
    return "place in the item" if one.whole and own_place and one.line.depth == 0 and one.line.apart else ""


def _agreeing(found: Sequence[tuple[PossibleNumber, str]]) -> list[tuple[PossibleNumber, str]]:
    """What a page's neighbours bear out; what only its form or place says counts where nothing else does."""
    borne = [pair for pair in found if pair[1] == "sequence"]
    return sorted(borne or found[:1], key=lambda pair: pair[0].first_word)


def _contradicted(one: PossibleNumber, taken) -> bool:
    """Whether numbers near it that go on from page to page say another number here."""
    said = {
        other.printed.number - other.sequence
        for sequence in range(one.sequence - 2, one.sequence + 3)
        for other, rule in taken.get(sequence, ())
        if rule == "sequence" and other.printed.series == one.printed.series
    }
    return bool(said) and one.printed.number - one.sequence not in said
