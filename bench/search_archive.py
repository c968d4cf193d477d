"""An archive of generated pages as OCR leaves them, put straight into the catalog, then indexed: for the benchmark of
the pages of results.

A page has some 400 words in lines and paragraphs, with punctuation and capitals; every tenth word is garbled, words are
divided at the ends of lines, two pages in five were read twice with a tenth of their words otherwise, and most have a
running head and a page number. Items have 1 to 60 pages, one in 300 has 600; one in 50 is closed.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, select

from archive import ids, indexing
from archive.access import Rule, State
from archive.catalog import rules, tree
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, writing
from archive.config import Config
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.margins import PAGE_NUMBER, RUNNING_HEAD
from archive.places import Gazetteer
from archive.unit import Unit
from bench import search_documents

#: Texts of pages that differ; beyond so many pages they stand again, with other items, dates and places in the tree.
DISTINCT = 20_000

GARBLED = 0.1
#: Of pages read twice, of their words read otherwise, of lines that end in a divided word.
TWICE, OTHERWISE, DIVIDED = 0.4, 0.1, 0.1
CLOSED = 0.02
FEWEST, MOST = 250, 550
LINE = 11
WIDTH, HEIGHT = 1700, 2200
SERIES = 10
_SIZES = (1, 1, 1, 2, 2, 4, 12, 30, 60)
_LARGEST, _SELDOM = 600, 300
_GENRES = ("chronology", "report", "clipping", "photograph", "other")
_PORTION = 200


def made(folder: Path, count: int) -> Config:
    """The settings of the archive of so many pages in a folder: its catalog and its public index are made where they
    are not there yet."""
    config = Config(folder=folder / f"{count}-pages")
    if not config.data_folder.exists():
        _fill(config, count, _Texts())
    if not (config.data_folder / "index").exists():
        catalog = open_catalog(config.catalog_url)
        indexing.rebuild(config, catalog)
        catalog.dispose()
    return config


def _fill(config: Config, count: int, texts: _Texts) -> None:
    catalog = open_catalog(config.catalog_url, create=True)
    with writing(catalog) as connection:
        files = _tree(connection, config)
        left = iter(_sizes(count, texts.chance))
        while portion := list(islice(left, _PORTION)):
            _put(connection, config, files, portion, texts)
        connection.execute(t.outbox.delete())
        connection.execute(t.withheld.delete())
    catalog.dispose()


def _sizes(count: int, chance: random.Random) -> Iterator[int]:
    """How many pages each item has."""
    for number in itertools.count(1):
        if count <= 0:
            return
        size = min(count, _LARGEST if number % _SELDOM == 0 else chance.choice(_SIZES))
        count -= size
        yield size


@dataclass(frozen=True)
class Text:
    """What stands on a page: its layout, kept as bytes too, and what is mentioned in it, as kind, first and last word,
    rule and value."""

    language: str
    layout: Layout
    mentions: tuple[tuple[str, int, int, str, str], ...]

    @cached_property
    def stored(self) -> bytes:
        return self.layout.to_bytes()


class _Texts:
    """The texts of pages by number: each drawn by a chance of its own, so that it is the same whenever it is asked for.
    There are at most DISTINCT, which stand again and again on the pages beyond."""

    def __init__(self) -> None:
        self.chance = random.Random(1992)
        self.words = search_documents.vocabulary(self.chance)
        self.weights = {name: search_documents.frequencies(words) for name, words in self.words.items()}
        self.places = [place.key for place in Gazetteer.load() if place.kind == "municipio"]
        self._known: dict[int, Text] = {}

    def __getitem__(self, number: int) -> Text:
        number %= DISTINCT
        if number not in self._known:
            before, self.chance = self.chance, random.Random(number)
            self._known[number] = self._made(number)
            self.chance = before
        return self._known[number]

    def _made(self, number: int) -> Text:
        chance = self.chance
        language = "spa" if number % 100 < 55 else "eng"
        head = [word.upper() for word in self.drawn(language, 3)] if number % 5 else []
        found = [("place", n, n, "gazetteer", chance.choice(self.places)) for n in chance.sample(range(20, 200), 3)]
        found += [("date", n, n + 2, "day", "1983-05") for n in chance.sample(range(20, 200), 3)]
        if head:
            found.append((RUNNING_HEAD, 0, len(head), "recurring line", ""))
            found.append((PAGE_NUMBER, len(head), len(head), "sequence", str(number)))
        return Text(language, self.layout(language, head, number), tuple(found))

    def drawn(self, language: str, count: int) -> list[str]:
        chance = self.chance
        words = chance.choices(self.words[language], cum_weights=self.weights[language], k=count)
        return [search_documents.garbled_word(word, chance) if chance.random() < GARBLED else word for word in words]

    def layout(self, language: str, head: list[str], number: int) -> Layout:
        """The page's words; the head and the number stand above the text."""
        chance = self.chance
        twice = chance.random() < TWICE
        blocks = [self._block([[*head, str(number)]], 0, language, False)] if head else []
        words, row = self.drawn(language, chance.randint(FEWEST, MOST)), 1
        while words:
            length = chance.randint(40, 120)
            paragraph, words = words[:length], words[length:]
            lines = [self._set(paragraph[at : at + LINE]) for at in range(0, len(paragraph), LINE)]
            for line, after in pairwise(lines):
                if chance.random() < DIVIDED and len(line[-1]) > 5:
                    part = line[-1][3:]
                    line[-1] = f"{line[-1][:3]}-"
                    after.insert(0, part.lower())
            blocks.append(self._block(lines, row, language, twice))
            row += len(lines) + 1
        return Layout(WIDTH, HEIGHT, tuple(blocks))

    def _set(self, words: list[str]) -> list[str]:
        """Words as they stand in a line: some in capitals, some before a point or a comma, some in quotation marks."""
        chance, found = self.chance, []
        for word in words:
            kind = chance.random()
            if kind < 0.1:
                word = word.capitalize()
            if kind > 0.86:
                word += chance.choice(",,..;:")
            elif kind > 0.85:
                word = f'"{word}"'
            found.append(word)
        return found

    def _block(self, lines: list[list[str]], row: int, language: str, twice: bool) -> TextBlock:
        chance, made = self.chance, []
        for number, line in enumerate(lines):
            across, words = 120, []
            for word in line:
                other = search_documents.garbled_word(word, chance) if twice and chance.random() < OTHERWISE else None
                sure = round(chance.uniform(0.5, 0.99), 3)
                words.append(Word(word, across, 140 + 34 * (row + number), 12 * len(word), 28, sure, other))
                across += 12 * len(word) + 14
            made.append(TextLine(tuple(words)))
        return TextBlock(tuple(made), language)


def _tree(connection: Connection, config: Config) -> list[tuple[str, str, int]]:
    """The files that items are in, ten to a series, each with its box."""

    def put(ref_id: str, parent: str | None, level: str, title: str) -> str:
        return tree.put_component(
            connection, config.archive.naan, ref_id=ref_id, parent_id=parent, level=level, title=title
        )[0]

    top, found = put("all", None, "collection", "A collection"), []
    for number in range(SERIES):
        series = put(f"s{number}", top, "series", f"Series {number + 1}: reports and chronologies")
        for file in range(10):
            box = tree.put_container(connection, "box", str(number * 10 + file + 1))
            folder = tree.put_container(connection, "folder", "1", parent_id=box)
            found.append((put(f"s{number}f{file}", series, "file", f"File {file + 1} of reports"), box, folder))
    return found


def _put(connection: Connection, config: Config, files: list[tuple], sizes: list[int], texts: _Texts) -> None:
    chance, naan, now = texts.chance, config.archive.naan, datetime.now(UTC)
    tables = (t.item, t.statement, t.item_container, t.file, t.page, t.reading, t.mention)
    rows: dict[Table, list[dict]] = {one: [] for one in tables}
    reading, file = ((connection.scalar(select(func.max(one.c.id))) or 0) for one in (t.reading, t.file))
    closed = []
    for size in sizes:
        component, *containers = chance.choice(files)
        item, language = ids.mint(naan), "spa" if chance.random() < 0.55 else "eng"
        if chance.random() < CLOSED:
            closed.append(item)
        file += 1
        rows[t.item].append({"id": item, "component_id": component, "described_by": "bench", "created": now})
        rows[t.statement] += _statements(item, language, texts)
        rows[t.item_container] += [{"item_id": item, "container_id": one} for one in containers]
        master = {"id": file, "sha256": f"{file:064x}", "bytes": 1000, "media_type": "image/tiff"}
        rows[t.file].append({**master, "frames": [], "embedded": []})
        for number in range(1, size + 1):
            page, text, reading = ids.mint(naan), texts[reading], reading + 1
            place = {"file_id": file, "frame": number}
            canvas = {"width": WIDTH, "height": HEIGHT}
            rows[t.page].append(
                {"id": page, "item_id": item, "sequence": number, **place, **canvas, "shown_reading": reading}
            )
            rows[t.reading].append(
                {
                    "id": reading,
                    "page_id": page,
                    **place,
                    "reader": "bench 1",
                    "recipe": str(reading - 1),
                    "languages": "spa+eng",
                    "language": text.language,
                    "words": sum(1 for _ in text.layout.words()),
                    "confidence": text.layout.confidence,
                    "layout": text.stored,
                    "created": now,
                }
            )
            rows[t.mention] += [
                {
                    "page_id": page,
                    "reading_id": reading,
                    "kind": kind,
                    "first_word": first,
                    "last_word": last,
                    "text": "",
                    "rule": rule,
                    "value": value,
                }
                for kind, first, last, rule, value in text.mentions
            ]
    for table, many in rows.items():
        connection.execute(insert(table), many)
    for item in closed:
        rules.put(connection, Unit.item(item), Rule(State.CLOSED, reason="It names a witness."), "spreadsheet")


def _statements(item: str, language: str, made: _Texts) -> list[dict]:
    chance = made.chance
    earliest, latest = search_documents.dates(chance)
    said = [
        ("title", " ".join(made.drawn(language, chance.randint(3, 9))).capitalize()),
        ("creator", "El Rescate Human Rights Department"),
        ("genre", chance.choice(_GENRES)),
        ("language", language),
        ("place", Gazetteer.load().label(chance.choice(made.places), "es")),
        ("description", " ".join(made.drawn(language, 20))),
    ]
    if earliest is not None:
        said.append(("date_edtf", _edtf(earliest, latest)))
    return [
        {"item_id": item, "position": n, "element": element, "value": value, "source": "spreadsheet", "detail": ""}
        for n, (element, value) in enumerate(said, 1)
    ]


def _edtf(earliest: date, latest: date) -> str:
    if earliest == latest:
        return earliest.isoformat()
    return f"{earliest:%Y-%m}" if latest - earliest < timedelta(40) else f"{earliest:%Y}"
