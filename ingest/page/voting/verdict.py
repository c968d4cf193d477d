"""One layout of two readers' layouts: the likelier word is shown, the losing one is kept at it, and both are
searched."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive.layout import Layout, TextBlock, TextLine, Word
from ingest.page.voting import columns, placing
from ingest.page.voting.alignment import Group, align
from ingest.page.voting.judgement import (
    AGREE,
    FIRST_AGAINST,
    FIRST_ALONE,
    FIRST_ONLY,
    SECOND_AGAINST,
    SECOND_ALONE,
    features,
    right,
)

#: A word that one reader alone read is shown where it is rather right than wrong; else it is searched, and not shown.
SHOWN_FROM = {FIRST_ALONE: 0.5, SECOND_ALONE: 0.02}
#: Where both are probably wrong the second reader's word is shown: it is nearer to what stands there.
FIRST_WINS_FROM = 0.5
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "´": "'", "`": "'"})


@dataclass
class _Verdict:
    """What is shown of a group, or set aside."""

    words: list[Word]
    aside: list[Word] = field(default_factory=list)


def vote(first: Layout, second: Layout, languages: tuple[str, ...]) -> Layout:
    """The words of both, in the second reader's lines, which it sees best; in reading order, which it does not know.

    `languages` are those that the page is in. Every word's confidence is the share of such words that are right. What
    the second reader has aside (at another size) stays so, where it has a word that nobody else has.
    """
    ours, theirs = list(first.words()), list(second.words())
    by_second: dict[int, _Verdict] = {}
    by_first: dict[int, _Verdict] = {}
    for group in align(first, second):
        verdict = _verdict(group, ours, theirs, languages)
        if group.second:
            by_second[group.second[0]] = verdict
        else:
            by_first[group.first[0]] = verdict
    lines, aside = _laid_out(second, by_second)
    others, dust = _laid_out(first, by_first)
    blocks = tuple(map(TextBlock, columns.paragraphs(placing.with_others(lines, others))))
    known = {
        part.casefold()
        for block in blocks
        for word in block.words()
        for part in (word.content, *(word.other or "").split())
    }
    beside = [
        _judged(line.words, SECOND_ALONE, languages)
        for line in second.aside
        if any(word.content.casefold() not in known for word in line.words)
    ]
    return Layout(first.width, first.height, blocks, tuple(TextLine(tuple(some)) for some in (*aside, *dust, *beside)))


def _laid_out(layout: Layout, verdicts: Mapping[int, _Verdict]) -> tuple[list[list[Word]], list[list[Word]]]:
    """What is shown and what is set aside of each line of a layout, by the verdicts on its words' numbers; no empty
    line."""
    shown, aside, number = [], [], 0
    for line in (line for block in layout.blocks for line in block.lines):
        mine = [verdicts[n] for n in range(number, number + len(line.words)) if n in verdicts]
        number += len(line.words)
        shown.append([word for verdict in mine for word in verdict.words])
        aside.append([word for verdict in mine for word in verdict.aside])
    return [line for line in shown if line], [line for line in aside if line]


def alone(layout: Layout, languages: tuple[str, ...]) -> Layout:
    """What one reader read, each word with the share of such words that are right for its confidence."""

    def judged(line: TextLine) -> TextLine:
        return TextLine(tuple(_judged(line.words, FIRST_ONLY, languages)))

    return replace(
        layout, blocks=tuple(replace(block, lines=tuple(map(judged, block.lines))) for block in layout.blocks)
    )


def _judged(words: Sequence[Word], case: str, languages: tuple[str, ...]) -> list[Word]:
    """The words that one reader has, each as likely right as such words are."""
    return [replace(word, confidence=right(case, features(word.content, word.confidence, languages))) for word in words]


def _verdict(group: Group, ours: Sequence[Word], theirs: Sequence[Word], languages: tuple[str, ...]) -> _Verdict:
    mine, others = [ours[n] for n in group.first], [theirs[n] for n in group.second]
    if not mine or not others:
        case, words = (FIRST_ALONE, mine) if mine else (SECOND_ALONE, others)
        judged, least = _judged(words, case, languages), SHOWN_FROM[case]

        def is_shown(word: Word) -> bool:
            return word.confidence is not None and word.confidence >= least

        return _Verdict(
            [word for word in judged if is_shown(word)],
            [word for word in judged if not is_shown(word)],
        )
    said, against = group_text(mine), group_text(others)
    if same(said, against):
        both = min(1.0, (group_sure(mine) + group_sure(others)) / 2)
        chance = right(AGREE, features(said, both, languages))
        return _Verdict([replace(word, confidence=chance) for word in mine])
    first = right(FIRST_AGAINST, features(said, group_sure(mine), languages, against, group_sure(others)))
    second = right(SECOND_AGAINST, features(against, group_sure(others), languages, said, group_sure(mine)))
    if first >= max(second, FIRST_WINS_FROM):
        return _Verdict(list(_with_other(mine, first, against)))
    if len(mine) == len(others) == 1:  # the first reader's boxes fit more closely
        others = [replace(mine[0], content=others[0].content)]
    return _Verdict(list(_with_other(others, second, said)))


def _with_other(words: Sequence[Word], chance: float, other: str) -> Iterator[Word]:
    """The words with their confidence; what the other reader has for all of them stands at the first."""
    for number, word in enumerate(words):
        yield replace(word, confidence=chance, other="" if number else other)


def group_text(words: Sequence[Word]) -> str:
    """The words of a group as they would be written."""
    return " ".join(word.content for word in words)


def group_sure(words: Sequence[Word]) -> float:
    """How sure their reader was of them, in the mean."""
    known = [word.confidence for word in words if word.confidence is not None]
    return sum(known) / len(known) if known else 0.5


def same(one: str, other: str) -> bool:
    """Whether two readings differ in nothing but the kind of their quotation marks and dashes.

    >>> same("«no»", "no"), same("’86", "'86")
    (False, True)
    """
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_ALIKE)
