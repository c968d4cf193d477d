"""An archive of any size, through the catalog alone: one long item, and one component of many short ones. No image is
drawn and nothing is read, so that thousands of pages are made in seconds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert

from archive import ids
from archive.catalog import files, items, tree
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, writing
from archive.config import CatalogSettings, Config
from archive.description import Description, Statement
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import File, Frame
from tests.postgresql import switch

WIDTH, HEIGHT = 1600, 2100
#: On every page; on the first and the last page of the long item alone; on every page but the last, at its end.
COMMON, RARE, DIVIDED = "cuartel", "quezaltecos", "cam-"
_WORDS = [
    "la",
    "comisión",
    "informó",
    "que",
    "en",
    "el",
    "cantón",
    "fueron",
    "capturados",
    "dos",
    "campesinos",
    "por",
    "soldados",
    "del",
    "batallón",
    "según",
    "testigos",
    "de",
    "la",
    "jurisdicción",
    "denuncia",
    "arzobispado",
    "departamento",
    "hospital",
    "carretera",
    "noche",
    "mañana",
    "familia",
    "municipio",
]


@dataclass(frozen=True)
class Filled:
    """The archive's settings, its long item with its pages, its component of many items, these, and how many parts that
    component has."""

    config: Config
    long: str
    pages: tuple[str, ...]
    collection: str
    series: str
    items: tuple[str, ...]
    parts: int


def fill(
    folder: Path, *, pages: int, items_in_series: int, children: int = 0, series: int = 1, words: int = 100
) -> Filled:
    """One item of so many pages, a series of so many items of one page each with so many files of papers below it, and
    so many series in all."""
    config = Config(folder, catalog=CatalogSettings(switch.catalog_url(switch.SHAPED)))
    naan = config.archive.naan
    with writing(open_catalog(config.catalog_url, create=True)) as connection:

        def component(ref_id: str, level: str, parent: str | None) -> str:
            return tree.put_component(
                connection, naan, ref_id=ref_id, parent_id=parent, level=level, title=f"Component {ref_id}"
            )[0]

        collection = component("collection", "collection", None)
        holding = component("series", "series", collection)
        for number in range(1, series):
            component(f"series-{number}", "series", collection)
        for number in range(children):
            component(f"part-{number}", "file", holding)
        long = _item(connection, naan, collection, "Acta de la comisión")
        long_pages = _pages(connection, naan, long, pages, words)
        short = tuple(_item(connection, naan, holding, f"Informe {number}") for number in range(items_in_series))
        for id in short:
            _pages(connection, naan, id, 1, words)
    return Filled(config, long, long_pages, collection, holding, short, children)


def _item(connection: Connection, naan: str, component: str, title: str) -> str:
    item = items.add_item(connection, naan)
    said = {"title": title, "date_edtf": "1983-05", "genre": "report", "language": "spa"}
    statements = [Statement(element, value, "spreadsheet") for element, value in said.items()]
    items.set_description(connection, item.id, Description.of(statements), component, "filled")
    return item.id


def _pages(connection: Connection, naan: str, item: str, number: int, words: int) -> tuple[str, ...]:
    frames = tuple(Frame(n, WIDTH, HEIGHT) for n in range(1, number + 1))
    master = files.add_file(connection, File(0, item.rjust(64, "0"), 1000, "image/tiff", frames))
    made = [ids.mint(naan) for _ in frames]
    connection.execute(
        insert(t.page),
        [
            dict(id=id, item_id=item, sequence=n, file_id=master.id, frame=n, width=WIDTH, height=HEIGHT, dpi=None)
            for n, id in enumerate(made, 1)
        ],
    )
    now = datetime.now(UTC)
    connection.execute(
        insert(t.reading),
        [
            dict(
                page_id=id,
                file_id=master.id,
                frame=n,
                reader="filled",
                recipe="filled",
                languages="spa",
                language="spa",
                words=words,
                confidence=0.9,
                layout=layout(n, number, words).to_bytes(),
                created=now,
            )
            for n, id in enumerate(made, 1)
        ],
    )
    shown = t.reading.c.page_id == t.page.c.id
    newest = t.reading.select().with_only_columns(t.reading.c.id).where(shown).scalar_subquery()
    connection.execute(t.page.update().where(t.page.c.item_id == item).values(shown_reading=newest))
    return tuple(made)


def layout(page: int, of: int, words: int) -> Layout:
    """The words of a page, ten to a line."""
    said = [COMMON, *([RARE] if of > 1 and page in (1, of) else []), f"hoja{page}"]
    said += [_WORDS[(page * 7 + at) % len(_WORDS)] for at in range(words - len(said) - 1)]
    said.append(DIVIDED if page < of else "fin")
    placed = [
        Word(word, 100 + 140 * (at % 10), 200 + 90 * (at // 10), 20 * len(word), 44, 0.9)
        for at, word in enumerate(said)
    ]
    lines = tuple(TextLine(tuple(placed[at : at + 10])) for at in range(0, len(placed), 10))
    return Layout(WIDTH, HEIGHT, (TextBlock(lines, "spa"),))
