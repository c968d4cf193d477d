"""Fits the weights of `ingest/page/voting/weights.tsv` to pages whose text is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy

from archive.layout import Layout
from bench.truth import plain, words
from ingest.page.voting import judgement
from ingest.page.voting.alignment import align
from ingest.page.voting.verdict import group_sure, group_text, same

#: How strongly weights are drawn to nought: few pages must not make wild ones.
RIDGE = 1.0


@dataclass(frozen=True)
class Example:
    """What the model sees of a word in one of its cases, and whether it was right."""

    case: str
    seen: Mapping[str, float]
    right: bool


def examples(first: Layout, second: Layout, languages: tuple[str, ...], truth: str) -> Iterator[Example]:
    """All words of both readers on one page."""
    known = frozenset(words(truth)) | frozenset(plain(truth).split())
    ours, theirs = list(first.words()), list(second.words())
    for word in ours:
        yield _example(judgement.FIRST_ONLY, word.content, word.confidence, languages, known)
    for group in align(first, second):
        mine, others = [ours[n] for n in group.first], [theirs[n] for n in group.second]
        if mine and others:
            said, against = group_text(mine), group_text(others)
            if same(said, against):
                yield _example(judgement.AGREE, said, (group_sure(mine) + group_sure(others)) / 2, languages, known)
                continue
            yield _example(
                judgement.FIRST_AGAINST, said, group_sure(mine), languages, known, against, group_sure(others)
            )
            yield _example(
                judgement.SECOND_AGAINST, against, group_sure(others), languages, known, said, group_sure(mine)
            )
            continue
        case, alone = (judgement.FIRST_ALONE, mine) if mine else (judgement.SECOND_ALONE, others)
        for word in alone:
            yield _example(case, word.content, word.confidence, languages, known)


def _example(
    case: str,
    text: str,
    sure: float | None,
    languages: tuple[str, ...],
    known: frozenset[str],
    other: str = "",
    other_sure: float | None = None,
) -> Example:
    return Example(case, judgement.features(text, sure, languages, other, other_sure), is_right(text, known))


def is_right(text: str, known: frozenset[str]) -> bool:
    """Whether all words of a text stand in the truth; of one without a word (a mark, a single letter), it itself."""
    inside = words(text)
    return all(word in known for word in inside) if inside else plain(text) in known


def fit(some: Iterable[Example]) -> dict[str, dict[str, float]]:
    """The weights of each case, by feature: logistic regression by Newton's method."""
    by_case: dict[str, list[Example]] = {case: [] for case in judgement.CASES}
    for one in some:
        by_case[one.case].append(one)
    return {case: fitted(group) for case, group in by_case.items() if group}


def fitted(group: list[Example]) -> dict[str, float]:
    """The weights of one case, by feature."""
    names = sorted({name for one in group for name in one.seen})
    seen = numpy.array([[one.seen.get(name, 0.0) for name in names] for one in group])
    right = numpy.array([float(one.right) for one in group])
    weights = numpy.zeros(len(names))
    for _ in range(50):
        chance = 1 / (1 + numpy.exp(-seen @ weights))
        slope = seen.T @ (right - chance) - RIDGE * weights
        curve = (seen * (chance * (1 - chance))[:, None]).T @ seen + RIDGE * numpy.eye(len(names))
        step = numpy.linalg.solve(curve, slope)
        weights += step
        if numpy.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def table(weights: Mapping[str, Mapping[str, float]], source: str) -> str:
    """As `weights.tsv` has it."""
    rows = [f"{case}\t{name}\t{weight}\t{source}" for case, some in weights.items() for name, weight in some.items()]
    return "\n".join(["case\tfeature\tweight\tsource", *rows]) + "\n"
