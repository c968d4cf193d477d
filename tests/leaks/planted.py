"""An archive in which words and names are planted that are to be closed, taken in from transcripts, without a reader.

Each planted thing has words that stand in it alone. What is `closed` keeps its title; of what is `suppressed` or
`withdrawn`, and of all that stands in a component so restricted, nothing at all may be told.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from PIL import Image

from archive.access import Audience
from archive.config import Config
from archive.holdings import Holdings
from ingest import pipeline, redo
from ingest.execution.protocol import failure
from ingest.run import recipe
from ingest.run.progress import Silent

NAAN = "99999"

#: What is planted: the item's row, the words of its pages; which words may not be told once it is restricted.
TITLES = {
    "open": "Boletín abierto",
    "closed": "Carta reservada",
    "suppressed": "Ficha de Xipetotec Zumpul",
    "withdrawn": "Ficha de Ilamatecuhtli Zumpul",
    "pages": "Informe de tres hojas",
    "in_closed": "Diario de campo",
    "in_suppressed": "Cuaderno de Huehuecoyotl",
}
TEXTS = {
    "open": ["aurora comunal repetida"],
    "closed": ["testimonio quetzalapa reservado"],
    "suppressed": ["declaracion nahuixochitl"],
    "withdrawn": ["denuncia papalotlan"],
    "pages": ["portada comunal", "hoja tezozomoc callada", "cierre comunal"],
    "in_closed": ["apunte mictlanteca"],
    "in_suppressed": ["recado ometochtli"],
}
#: Facets and file names that only what is restricted has.
OWN = {
    "suppressed": {"date_edtf": "1931", "place": "Arambala, Morazán", "genre": "photograph", "subject": "Tlazolteotl"},
    "withdrawn": {"date_edtf": "1947", "subject": "Centeotl"},
}
FILES = {name: [f"{name}.png"] for name in TEXTS} | {
    "suppressed": ["xiuhcoatl.png"],
    "withdrawn": ["tepeyollotl.png"],
    "pages": ["hoja-1.png", "hoja-2.png", "hoja-3.png"],
}
PARENTS = {"in_closed": "cerrada", "in_suppressed": "oculta"}
SERIES = {"abierta": "Serie abierta", "cerrada": "Serie de campo", "oculta": "Serie Chalchiuhtlicue"}
#: Words that nobody may meet once all is restricted.
SECRETS = (
    "quetzalapa",
    "nahuixochitl",
    "papalotlan",
    "tezozomoc",
    "mictlanteca",
    "ometochtli",
    "xipetotec",
    "ilamatecuhtli",
    "huehuecoyotl",
    "chalchiuhtlicue",
    "tlazolteotl",
    "centeotl",
    "xiuhcoatl",
    "tepeyollotl",
    "arambala",
    "1931",
    "193x",
    "1947",
    "194x",
)
#: What a reader could search for to learn of them.
ASKED = (*SECRETS[:13], "zumpul")


@dataclass
class Archive:
    """The archive, its folder of masters, and the ids of what is in it by the names above."""

    config: Config
    scans: Path
    ids: dict[str, str] = field(default_factory=dict)
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)

    @property
    def secret_ids(self) -> tuple[str, ...]:
        """Ids that may not be named once all is restricted."""
        unnamed = ("suppressed", "withdrawn", "in_suppressed")
        return (
            *(self.ids[name] for name in unnamed),
            *(id for name in unnamed for id in self.pages[name]),
            self.pages["pages"][1],
            self.components["oculta"],
        )

    def learn_ids(self) -> None:
        with Holdings(self.config, Audience.STAFF) as holdings:
            for item in holdings.every_item():
                self.ids[item.local_id] = item.id
                self.pages[item.local_id] = tuple(page.id for page in item.pages)
            for top in holdings.children(None):
                for one in (top, *holdings.children(top.id)):
                    self.components[one.ref_id] = one.id


class Stepping:
    """An executor of one process that tells of each task before it is done: a test can look at everything while a run
    stands."""

    def __init__(self, at: Callable[[str, int], None]):
        self._at = at

    def run(self, function, tasks, timeout):
        for number, task in enumerate(tasks, 1):
            self._at(function.__name__, number)
            try:
                result = function(task)
            except Exception as trouble:
                result = failure(trouble)
            yield task, result

    def warm(self, function, tasks):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        pass


def master(path: Path, text: str) -> None:
    """A small image, unlike any other, with its transcript beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("L", (120, 160), 255)
    for number, byte in enumerate(path.name.encode()):
        image.paste(byte, (10, 10 + 4 * number, 10 + byte // 2, 13 + 4 * number))
    image.save(path, dpi=(100, 100))
    path.with_suffix(".txt").write_text(text, "utf-8")


def put_masters(scans: Path, names=tuple(TEXTS)) -> None:
    for name in names:
        for file, text in zip(FILES[name], TEXTS[name], strict=True):
            master(scans / file, text)


def put_sheets(scans: Path, names=tuple(TEXTS), *, kind: str = "csv", items=None, pages=None, components=None) -> None:
    """The spreadsheets of the folder; each argument after `kind` has an access by name (by page number, by ref_id)."""
    items, pages, components = items or {}, pages or {}, components or {}
    columns = ["id", "file", "title", "parent_ref_id", "date_edtf", "place", "genre", "subject", "access"]
    _write(
        scans,
        "metadata",
        kind,
        columns,
        [
            {
                "id": name,
                "file": " | ".join(FILES[name]),
                "title": TITLES[name],
                "parent_ref_id": PARENTS.get(name, "abierta"),
                **OWN.get(name, {}),
                "access": items.get(name, ""),
            }
            for name in names
        ],
    )
    _write(
        scans,
        "components",
        kind,
        ["ref_id", "parent_ref_id", "level", "title", "access"],
        [
            {"ref_id": "fondo", "level": "collection", "title": "Colección"},
            *(
                {
                    "ref_id": ref,
                    "parent_ref_id": "fondo",
                    "level": "series",
                    "title": title,
                    "access": components.get(ref, ""),
                }
                for ref, title in SERIES.items()
            ),
        ],
    )
    if pages:
        _write(
            scans,
            "pages",
            kind,
            ["id", "sequence", "access"],
            [{"id": "pages", "sequence": str(number), "access": access} for number, access in pages.items()],
        )


RESTRICTIONS = {
    "items": {"closed": "closed", "suppressed": "suppressed", "withdrawn": "withdrawn"},
    "pages": {2: "suppressed"},
    "components": {"cerrada": "closed", "oculta": "suppressed"},
}


def _write(folder: Path, name: str, kind: str, columns: list[str], rows: list[dict]) -> None:
    for other in ("csv", "xlsx"):
        (folder / f"{name}.{other}").unlink(missing_ok=True)
    path = folder / f"{name}.{kind}"
    if kind == "csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return
    book = Workbook()
    book.active.append(columns)
    for row in rows:
        book.active.append([row.get(column, "") for column in columns])
    book.save(path)


class Runs:
    """Runs of an archive's commands in this process, which stop at each task."""

    def __init__(self, archive: Archive, monkeypatch):
        self.archive = archive
        self.at: Callable[[str, int], None] = lambda stage, number: None
        stepping = Stepping(lambda stage, number: self.at(stage, number))
        for module in (pipeline, redo):
            monkeypatch.setattr(module, "open_executor", lambda *_, **__: stepping)
            monkeypatch.setattr(module, "present_recipe", lambda config: recipe.Recipe("recipe", ("eng", "spa")))

    def ingest(self, *paths: Path, at=None):
        """The run when it has ended."""
        return self._run(
            pipeline.Ingest(self.archive.config, Silent(), actor="Ana"), paths or (self.archive.scans,), at
        )

    def redo(self, *items: str, at=None):
        return self._run(redo.Redo(self.archive.config, Silent(), actor="Ana"), redo.Selection(items=items), at)

    def _run(self, run, what, at):
        self.at = at or (lambda stage, number: None)
        try:
            self.outcomes = list(run.run(what))
        finally:
            self.at = lambda stage, number: None
            run.catalog.dispose()
        return run
