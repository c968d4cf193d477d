"""A small archive of invented papers, built through the catalog alone: every kind of access, both languages, no OCR."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from archive import derivatives, ids, indexing
from archive.access import Rule, State
from archive.catalog import aliases, files, items, readings, rules, tree
from archive.catalog.connect import open_catalog
from archive.config import ArchiveSettings, CatalogSettings, Config, SearchSettings
from archive.description import Description, Statement
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import Candidate, File, Frame, NewMention, NewReading
from archive.unit import Unit
from ingest.tools import derivatives as pictures
from tests.postgresql import switch

NAAN = "99999"
WIDTH, HEIGHT = 1600, 2100
#: The image of a page is smaller than its canvas, as it is in a real archive.
IMAGE_WIDTH = 1000

WEEKLY = """REPORT FROM EL SALVADOR
November 9-16, 1992
Soldiers of the Atlacatl battalion arrested three peasants near Tecoluca.
The peasants were seen in the garrison of San Vicente on Monday."""
WEEKLY_2 = """The mayor of Tecoluca asked for an answer in writing.
No answer was given by the garrison before Friday."""
WEEKLY_3 = """Two buses were stopped on the road to Usulutan.
Nobody was hurt. The Atlacatl battalion denied everything."""
CHRONICLE = """CRONOLOGÍA DE MAYO DE 1983
12 de mayo. Fuerzas del cuartel capturaron a dos campesinos en Tecoluca.
Los capitanes negaron la captura ante los periodistas."""
CHRONICLE_2 = """13 de mayo. La policía registró una casa en Santa Tecla.
El capitán no dio su nombre."""
CLIPPING = """MADRES PIDEN RESPUESTA
Las madres esperaron ante la catedral toda la mañana."""
#: What every page's first word is taken for: a place that is not decided.
UNDECIDED = NewMention(
    "place",
    0,
    0,
    "El\nRosario",
    "name",
    "",
    (Candidate("morazan/el-rosario", ("name",)), Candidate("cuscatlan/el-rosario", ("name", "page"))),
)
SECRET = "Zacamilpa testimonio reservado de la familia"
HOSTILE = """<script>alert("xss")</script> & "quoted" <img src=x onerror=alert(1)>
Tecoluca <b>bold</b> javascript:alert(1)"""


@dataclass
class SmallArchive:
    """The archive's settings and the ids of what is in it."""

    config: Config
    items: dict[str, str] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)

    def ark(self, item: str, page: int | None = None) -> str:
        """The path of an item, or of its page from 1."""
        return f"/ark:{NAAN}/{self.items[item] if page is None else self.pages[item][page - 1]}"

    def rule(self, kind: str, id: str, rule: Rule | None) -> None:
        """Sets a rule as a person would, and lets the index hear of it or not as the test likes."""
        with open_catalog(self.config.catalog_url).begin() as connection:
            rules.put(connection, Unit(kind, id), rule, "person")


def layout_of(text: str, language: str | None) -> Layout:
    """Words on a canvas: each 40 pixels a letter or so, a line every 90, from a margin of 150."""
    lines = []
    for row, line in enumerate(text.splitlines()):
        x, words = 150, []
        for word in line.split():
            width = 20 * len(word)
            words.append(Word(word, x, 200 + 90 * row, width, 44, 0.9))
            x += width + 20
        lines.append(TextLine(tuple(words)))
    return Layout(WIDTH, HEIGHT, (TextBlock(tuple(lines), language),))


def drawn(layout: Layout) -> Image.Image:
    """The page image: each word black on white where its box is, so that a test can find it by its colour."""
    image = Image.new("RGB", (layout.width, layout.height), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=36)
    for word in layout.words():
        pen.text((word.hpos, word.vpos), word.content, fill="black", font=font)
    height = round(layout.height * IMAGE_WIDTH / layout.width)
    return image.resize((IMAGE_WIDTH, height))


def build(folder: Path, *, url: str | None = None, sample: bool = True, page_size: int = 20, **archive) -> SmallArchive:
    """Makes the archive in `folder`, its images, and its public index; its catalog as the whole suite has it, or at
    `url`."""
    url = switch.catalog_url(switch.SHAPED) if url is None else url
    config = Config(
        folder=folder,
        catalog=CatalogSettings(url),
        archive=ArchiveSettings(sample=sample, **archive),
        search=SearchSettings(page_size=page_size),
    )
    made = SmallArchive(config)
    catalog = open_catalog(config.catalog_url, create=True)
    with catalog.begin() as connection:
        _components(connection, made)
        _items(connection, made)
    indexing.rebuild(config, catalog)
    catalog.dispose()
    return made


def add(made: SmallArchive, name: str, component: str, texts, **said) -> None:
    """Adds one item more, as `_Adder` has it; the index has not heard of it."""
    catalog = open_catalog(made.config.catalog_url)
    with catalog.begin() as connection:
        _Adder(connection, made)(name, component, texts, **said)
    catalog.dispose()


def _components(connection, made: SmallArchive) -> None:
    def put(ref_id, parent, level, title, **values):
        made.components[ref_id], _ = tree.put_component(
            connection, NAAN, ref_id=ref_id, parent_id=made.components.get(parent), level=level, title=title, **values
        )

    put("coll", None, "collection", "El Rescate Collection")
    put(
        "weekly",
        "coll",
        "series",
        "Chronology and Weekly Report",
        date="1983-1992",
        unitid="II",
        description="Weekly reports and monthly chronologies.",
    )
    put("press", "coll", "series", "Press clippings", date="1981-1994", unitid="IV")
    put("legal", "coll", "series", "Legal files", unitid="V")
    put("hidden", "coll", "series", "Series that may not be named")
    rules.put(
        connection,
        Unit.component(made.components["legal"]),
        Rule(
            State.CLOSED,
            reason="Client files are closed for 75 years.",
            authority="Donor's agreement",
            review_date="2060-01-01",
        ),
        "spreadsheet",
    )
    rules.put(connection, Unit.component(made.components["hidden"]), Rule(State.SUPPRESSED), "spreadsheet")


def _items(connection, made: SmallArchive) -> None:
    add = _Adder(connection, made)
    add(
        "weekly",
        "weekly",
        [(WEEKLY, "eng"), (WEEKLY_2, "eng"), (WEEKLY_3, "eng")],
        box="3",
        folder="2",
        title="Report from El Salvador",
        title_type="formal",
        creator="El Rescate Human Rights Department",
        date="November 9-16, 1992",
        date_edtf="1992-11-09/1992-11-16",
        language="eng",
        genre="report",
        place="Tecoluca, San Vicente",
        rights_uri="http://rightsstatements.org/vocab/InC/1.0/",
    )
    add(
        "chronicle",
        "weekly",
        [(CHRONICLE, "spa"), (CHRONICLE_2, "spa")],
        box="1",
        folder="7",
        title="Cronología de mayo de 1983",
        title_type="formal",
        date="mayo de 1983",
        date_edtf="1983-05",
        language="spa",
        genre="chronology",
        source="text",
    )
    add(
        "clipping",
        "press",
        [(CLIPPING, "spa")],
        box="9",
        folder="1",
        title="Madres piden respuesta",
        title_type="formal",
        creator="Ayala Cruz, Berta",
        publication="El Diario Inventado",
        date="12 de mayo de 1983",
        date_edtf="1983-05-12",
        language="spa",
        genre="clipping",
    )
    add(
        "undated",
        "press",
        [("Fotografía de una marcha en la avenida", "spa")],
        title="Marcha en la avenida",
        language="spa",
        genre="photograph",
        content_note="Se ven personas heridas.",
    )
    add(
        "hostile",
        "press",
        [(HOSTILE, "und")],
        title='<script>alert("title")</script> "Tecoluca"',
        date_edtf="198X",
        genre="other",
        description='"><img src=x onerror=alert(2)>',
    )
    add(
        "closed",
        "legal",
        [(SECRET, "spa")],
        title="Expediente de una clienta",
        date_edtf="1985",
        language="spa",
        genre="other",
        file_title="Zacamilpa",
    )
    add(
        "no_image",
        "press",
        [("Texto permitido sin imagen", "spa")],
        title="Recorte sin imagen",
        date_edtf="1984",
        genre="clipping",
        rule=Rule(State.OPEN, image=False, reason="The newspaper holds the rights to the image."),
    )
    add(
        "suppressed",
        "press",
        [("Suprimido quetzalcoatlito", "spa")],
        title="Nombre suprimido",
        rule=Rule(State.SUPPRESSED),
    )
    add(
        "withdrawn", "press", [("Retirado quetzalcoatlito", "spa")], title="Nombre retirado", rule=Rule(State.WITHDRAWN)
    )
    add("in_hidden", "hidden", [("Oculto quetzalcoatlito", "spa")], title="Nombre oculto")
    add(
        "half",
        "weekly",
        [("Primera hoja abierta", "spa"), (f"Segunda hoja {SECRET}", "spa")],
        title="Informe de dos hojas",
        date_edtf="1986-02",
        language="spa",
        genre="report",
        page_rules={2: Rule(State.CLOSED, reason="It names a witness.")},
    )
    old = "r1old0000"
    alias = Unit.item(old + ids.check_character(NAAN, old))
    aliases.add(connection, alias, Unit.item(made.items["weekly"]), "joined")


class _Adder:
    """Adds items one by one, each with a file of its own."""

    def __init__(self, connection, made: SmallArchive):
        self.connection, self.made, self.count = connection, made, len(made.items)

    def __call__(
        self,
        name,
        component,
        texts,
        *,
        box="",
        folder="",
        rule=None,
        page_rules=None,
        source="spreadsheet",
        file_title="",
        **elements,
    ) -> None:
        self.count += 1
        connection, made = self.connection, self.made
        item = items.add_item(connection, NAAN, f"local-{name}")
        statements = [Statement(element, value, source) for element, value in elements.items()]
        if file_title:
            statements.append(Statement("subject", file_title, "file"))
        items.set_description(connection, item.id, Description.of(statements), made.components[component], "test")
        if box:
            outer = tree.put_container(connection, "box", box)
            tree.set_item_containers(
                connection, item.id, [outer, tree.put_container(connection, "folder", folder, parent_id=outer)]
            )
        file = files.add_file(
            connection,
            File(
                0,
                f"{self.count:064d}",
                1000,
                "image/tiff",
                tuple(Frame(n, WIDTH, HEIGHT, 200.0) for n in range(1, len(texts) + 1)),
            ),
        )
        made.items[name], made.pages[name] = item.id, []
        for number, (text, language) in enumerate(texts, 1):
            page = items.add_page(connection, NAAN, item.id, number, file.id, number, WIDTH, HEIGHT, 200.0)
            if name == "weekly":
                items.set_label(connection, page.id, str(number + 9), "")
            layout = layout_of(text, language if language in ("spa", "eng") else None)
            mentions = [
                NewMention("place", n, n, "Tecoluca", "test", "san-vicente/tecoluca")
                for n, word in enumerate(layout.words())
                if word.content.startswith("Tecoluca")
            ] + [UNDECIDED]
            readings.add(connection, page, NewReading("test 1", "recipe", ("spa", "eng"), language, layout), mentions)
            made.pages[name].append(page.id)
            draw(made.config, page.id, layout)
            if page_rules and number in page_rules:
                rules.put(connection, Unit.page(page.id), page_rules[number], "spreadsheet")
        if rule is not None:
            rules.put(connection, Unit.item(item.id), rule, "spreadsheet")


def draw(config: Config, page_id: str, layout: Layout) -> None:
    image = drawn(layout)
    place = derivatives.image(config.data_folder, page_id)
    place.parent.mkdir(parents=True, exist_ok=True)
    image.save(place, quality=80)
    pictures.narrow(place, 80)
    image.resize((240, 315)).save(derivatives.thumbnail(config.data_folder, page_id), quality=70)


#: The day that the tests' citations are read on is today's; they look for the year alone.
THIS_YEAR = str(date.today().year)
