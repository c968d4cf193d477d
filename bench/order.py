"""How near the right pages come: `python -m bench.order FOLDER`.

FOLDER holds the news messages of MUC-3 and MUC-4 (`CORPORA`, with their answer keys) and lists of the names in them
(`dstl/lists`). Each message is a page of an embedded index. Asked for are names of two or three words that analysts
filled into the keys (right: the messages in whose keys they are), names of the lists, and phrases of three to five
words out of the texts, drawn by a fixed seed (right: the messages in which the words stand as asked); those that
neither begin nor end with a function word (*of*, *the*) are counted once more by themselves. Only queries count that
more messages answer than are right, for of others every order is perfect. They are ranked by their words alone and with
what archive.search.ranking adds for words that stand together; its three constants are then chosen anew on four fifths
of the sources (agencies and broadcasters) and tried on the last: all of them, and RUN by itself.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, product
from pathlib import Path
from statistics import fmean
from typing import NamedTuple
from unittest import mock

from archive.access import Audience
from archive.search import ranking
from archive.search.document import Document, Passage
from archive.search.embedded import Embedded
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest

FOLDS = 5
SEED = 1992
LISTS = ("name-person.txt", "name-place.txt", "organization.txt")
Constants = dict[str, float]
#: What is chosen among: how much a row counts, how much two neighbours do, and words between the two.
GRID: list[Constants] = [
    {"RUN": run, "PAIR": pair, "SLACK": slack}
    for run, (pair, slack) in product((2.0, 4.0, 8.0, 16.0, 32.0), [(0.0, 0), *product((1.0, 2.5, 4.0), (0, 2, 4))])
]

_HEAD = re.compile(r"^((?:DEV|TST\d)-MUC[34]-\d{4})\b.*$", re.MULTILINE)
_SOURCE = re.compile(r"^\s*([^-]{2,80}?),\s+\d{1,2}\s+[A-Z]{3}\s+\d{2}\s*(?:\(([^)]+)\))?\s*--")
_KEY = re.compile(r"^\s*0\.\s+MESSAGE: ID\s+(\S+)", re.MULTILINE)
_NAMED = re.compile(r"^\s*\d+\.\s+(?:PERP: ORGANIZATION ID|HUM TGT: NAME)\s+(.*(?:\n(?!\s*\d+\.|;).*)*)", re.MULTILINE)


class Message(NamedTuple):
    """A news message: its id, its source (the place, where no agency is named), its words, the same folded in a row."""

    id: str
    source: str
    words: tuple[str, ...]
    folded: str


class Asked(NamedTuple):
    """A query as it is typed, and the ids of the messages that are right."""

    text: str
    right: frozenset[str]


class Scores(NamedTuple):
    """Of one query: one over the place of the first right message, the mean precision at the right ones, and whether
    they all come first."""

    reciprocal: float
    precision: float
    first: bool


def messages(folder: Path) -> list[Message]:
    """The messages of every set in the folder."""
    found = []
    for path in sorted(folder.glob("CORPORA/*/*-muc[34]*")):
        _, *parts = _HEAD.split(path.read_text("latin-1"))
        for id, text in zip(parts[::2], parts[1::2], strict=False):
            head = _SOURCE.match(text)
            source = " ".join((head[2] or head[1]).split()) if head else ""
            found.append(Message(id, re.sub(r"\s*-\s*", "-", source), tuple(text.split()), folded(text)))
    return found


def folded(text: str) -> str:
    """Words in small letters without accents, a blank before and after each: by no rule of an engine, to judge it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return f" {' '.join(re.findall('[a-z0-9]+', plain))} "


def named(folder: Path) -> dict[str, set[str]]:
    """Names in the answer keys (organizations, victims), folded, and the messages in whose keys they are."""
    found = defaultdict(set)
    for path in sorted(folder.glob("CORPORA/*/key-*")):
        _, *parts = _KEY.split(path.read_text("latin-1"))
        for id, filled in zip(parts[::2], parts[1::2], strict=False):
            for slot in _NAMED.findall(filled):
                for name in re.findall(r'"([^"]+)"', slot):
                    found[folded(name)].add(id)
    return found


def listed(folder: Path) -> Iterator[str]:
    for name in LISTS:
        yield from (folded(line) for line in (folder / "dstl/lists" / name).read_text("utf-8").splitlines())


def phrases(some: Sequence[Message], chance: random.Random) -> Iterator[str]:
    """Words in a row out of messages drawn by chance; without end."""
    while True:
        words = chance.choice(some).folded.split()
        length = chance.randint(3, 5)
        start = chance.randrange(max(1, len(words) - length))
        yield " ".join(words[start : start + length])


def standing(some: Sequence[Message], name: str) -> frozenset[str]:
    """The messages in which the words stand as asked."""
    return frozenset(one.id for one in some if f" {' '.join(name.split())} " in one.folded)


def drawn(
    candidates: Iterable[str], right: Callable[[str], frozenset[str]], ranked: Callable[[str], list[str]], most: int
) -> list[Asked]:
    """The first queries that have a right message, and that more messages answer than are right."""
    found: dict[str, Asked] = {}
    for name in candidates:
        text = " ".join(name.split())
        wanted = right(name)
        if wanted and text not in found and len(ranked(text)) > len(wanted):
            found[text] = Asked(text, wanted)
        if len(found) >= most:
            break
    return list(found.values())


def scored(asked: Asked, ranking: Sequence[str]) -> Scores:
    """
    >>> scored(Asked("", frozenset("bc")), "abc")
    Scores(reciprocal=0.5, precision=0.5833333333333333, first=False)
    """
    places = [place for place, id in enumerate(ranking, 1) if id in asked.right]
    precision = sum(n / place for n, place in enumerate(places, 1)) / len(asked.right)
    return Scores(1 / places[0] if places else 0.0, precision, set(ranking[: len(asked.right)]) == asked.right)


def row(name: str, order: str, some: Sequence[Scores]) -> str:
    reciprocal, precision = fmean(one.reciprocal for one in some), fmean(one.precision for one in some)
    first = sum(one.first for one in some)
    return f"| {name} | {order} | {reciprocal:.3f} | {precision:.3f} | {first} of {len(some)} |"


def held_out(
    asked: Sequence[Asked], sources: dict[str, str], table: Sequence[tuple[Constants, dict[Asked, Scores]]]
) -> tuple[dict[Asked, Scores], list[Constants]]:
    """Each query scored with the constants of the table that are best (by MRR) for the queries whose right messages are
    all of other folds' sources; and the constants chosen, a fold each. A query is of the source of its first right
    message."""
    counted = Counter(sources.values())
    folds = {source: number % FOLDS for number, (source, _) in enumerate(counted.most_common())}
    of = {one: folds[sources[min(one.right)]] for one in asked}
    found, chosen = {}, []
    for fold in range(FOLDS):
        others = [one for one in asked if all(folds[sources[id]] != fold for id in one.right)]
        constants, best = max(table, key=lambda tried: sum(tried[1][one].reciprocal for one in others))
        chosen.append(constants)
        found |= {one: best[one] for one in asked if of[one] == fold}
    return found, chosen


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.order", description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument(
        "--queries",
        type=int,
        nargs=3,
        default=(200, 80, 180),
        metavar=("KEYS", "LISTS", "PHRASES"),
        help="how many of each kind at most (200 80 180)",
    )
    chosen = options.parse_args()
    most, chance = chosen.queries, random.Random(SEED)
    some = messages(chosen.folder)
    sources = {one.id: one.source for one in some}
    keys, slight = named(chosen.folder), ranking.function_words()
    print(f"{len(some)} messages of {len(set(sources.values()))} sources\n")
    with tempfile.TemporaryDirectory(prefix="rescate-bench-") as scratch:
        engine = Embedded(Path(scratch), FIELDS, Audience.PUBLIC)
        engine.rebuild(
            Document(one.id, one.id, number, texts={"shown": (Passage(one.words, "eng"),)})
            for number, one in enumerate(some)
        )

        def together(text: str) -> list[str]:
            return [hit.id for hit in engine.every(SearchRequest(query=parse(text)))]

        def alone(text: str) -> list[str]:
            with mock.patch.object(ranking, "together", lambda parts: []):
                return together(text)

        def sized(names: Iterable[str]) -> list[str]:
            kept = sorted({name for name in names if len(name.split()) in (2, 3)})
            return chance.sample(kept, len(kept))

        def stands(name: str) -> frozenset[str]:
            return standing(some, name)

        kinds = {
            "names of the keys": drawn(sized(keys), lambda name: frozenset(keys[name] & {*sources}), alone, most[0]),
            "names of lists": drawn(sized(listed(chosen.folder)), stands, alone, most[1]),
            "phrases": drawn(islice(phrases(some, chance), 100 * most[2]), stands, alone, most[2]),
        }
        kinds["such phrases without function words at their ends"] = [
            one for one in kinds["phrases"] if not {*one.text.split()[:1], *one.text.split()[-1:]} & slight
        ]
        every = kinds["in all"] = list(dict.fromkeys(one for asked in kinds.values() for one in asked))
        print("| queries | order | MRR | MAP | all right ones first |\n|---|---|---|---|---|")
        for kind, asked in kinds.items():
            for order, ranked in (("words alone", alone), ("together", together)):
                print(row(f"{len(asked)} {kind}", order, [scored(one, ranked(one.text)) for one in asked]))
        table = []
        for constants in GRID:
            with mock.patch.multiple(ranking, **constants):
                table.append((constants, {one: scored(one, together(one.text)) for one in every}))
        used = {"PAIR": ranking.PAIR, "SLACK": ranking.SLACK}
        told = []
        for name, some in (("constants", table), ("RUN", [one for one in table if one[0].items() >= used.items()])):
            found, best = held_out(every, sources, some)
            told.append("; ".join(" ".join(f"{constant} {value:g}" for constant, value in one.items()) for one in best))
            for kind, asked in kinds.items():
                print(row(f"{len(asked)} {kind}", f"{name} of other sources", [found[one] for one in asked]))
    print("\nChosen, a fold each: " + "\nRUN by itself: ".join(told))
    print("\n| RUN | PAIR | SLACK | MRR, all |\n|---|---|---|---|")
    for constants, scores in table:
        mean = fmean(one.reciprocal for one in scores.values())
        print(f"| {constants['RUN']:g} | {constants['PAIR']:g} | {constants['SLACK']} | {mean:.4f} |")


if __name__ == "__main__":
    main()
