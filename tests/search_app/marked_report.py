"""An item more for the small archive: a report of three pages with running heads and page numbers, and with other
readings."""

from archive import indexing
from archive.catalog import files, items, readings
from archive.catalog.connect import open_catalog, writing
from archive.description import Description, Statement
from archive.layout import Layout, TextBlock, TextLine
from archive.margins import PAGE_NUMBER, RUNNING_HEAD
from archive.record import File, Frame, NewMention, NewReading
from tests.search_app.small_archive import HEIGHT, NAAN, WIDTH, SmallArchive, draw, layout_of

HEAD = "Comisión de Quezalapa - 2"
TEXTS = (
    "Informe sobre la feria\nLos vecinos pidieron agua y luz para la escuela.\nNadie contestó la carta.",
    f"{HEAD}1\nLa alcaldía de Tecoluca abrió una calle nueva hacia el río.\nHubo fiesta con marimba en la plaza.",
    f"{HEAD}2\nUn maestro habló de Quezalapa y de la cosecha.\nLa lluvia duró toda la noche.",
)
#: What another reader has, by the shown word; nothing for "Nadie".
OTHERS = {"vecinos": "vecnos", "escuela.": "es cuela.", "Nadie": "", "alcaldía": "alcaidia"}


def add(made: SmallArchive) -> None:
    """Adds the item `report`, and lets the index hear of it."""
    catalog = open_catalog(made.config.catalog_url)
    with writing(catalog) as connection:
        item = items.add_item(connection, NAAN, "local-report")
        items.set_description(
            connection,
            item.id,
            Description.of(
                [Statement("title", "Informe de la feria", "spreadsheet"), Statement("genre", "report", "spreadsheet")]
            ),
            made.components["weekly"],
            "test",
        )
        file = files.add_file(
            connection, File(0, "f" * 64, 1000, "image/tiff", tuple(Frame(n, WIDTH, HEIGHT, 200.0) for n in (1, 2, 3)))
        )
        made.items["report"], made.pages["report"] = item.id, []
        for number, text in enumerate(TEXTS, 1):
            page = items.add_page(connection, NAAN, item.id, number, file.id, number, WIDTH, HEIGHT, 200.0)
            layout = with_others(layout_of(text, "spa"))
            mentions = [
                NewMention("place", n, n, "Tecoluca", "test", "san-vicente/tecoluca")
                for n, word in enumerate(layout.words())
                if word.content == "Tecoluca"
            ]
            if number > 1:
                mentions += [
                    NewMention(RUNNING_HEAD, 0, 4, f"{HEAD}{number - 1}", "recurring line", ""),
                    NewMention(PAGE_NUMBER, 4, 4, f"2{number - 1}", "sequence", f"2{number - 1}"),
                    NewMention("place", 2, 2, "Quezalapa", "test", "san-miguel/quelepa"),
                ]
            readings.add(connection, page, NewReading("test 1", "recipe", ("spa",), "spa", layout), mentions)
            made.pages["report"].append(page.id)
            draw(made.config, page.id, layout)
    indexing.rebuild(made.config, catalog)
    catalog.dispose()


def with_others(layout: Layout) -> Layout:
    return Layout(
        layout.width,
        layout.height,
        tuple(
            TextBlock(
                tuple(
                    TextLine(
                        tuple(
                            word
                            if word.content not in OTHERS
                            else type(word)(
                                word.content, word.hpos, word.vpos, word.width, word.height, 0.5, OTHERS[word.content]
                            )
                            for word in line.words
                        )
                    )
                    for line in block.lines
                ),
                block.language,
            )
            for block in layout.blocks
        ),
    )
