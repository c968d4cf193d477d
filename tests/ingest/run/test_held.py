"""What is public and named by a row or table that was not understood is closed, until somebody has looked."""

import csv
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook
from sqlalchemy import select

from archive.access import Rule, State
from archive.catalog import batches, rules, tree
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, signed, writing
from archive.config import load
from archive.unit import Unit
from ingest.reports.sentences import in_spanish
from tests.leaks.planted import Archive, Runs, master
from tests.postgresql import switch

TABLE = (Path(__file__).parent / "held.tsv").read_text("utf-8").splitlines()
CASES = list(csv.DictReader(TABLE, delimiter="\t", quoting=csv.QUOTE_NONE))
CLEAR = "id,file,title;1,a.png,A;2,b.png,B"


class Folder:
    """Two items, and the spreadsheets beside them."""

    def __init__(self, settings, monkeypatch):
        self.config = load(settings)
        self.scans = settings.parent / "scans"
        self._runs = Runs(Archive(self.config, self.scans), monkeypatch)
        self.catalog = open_catalog(self.config.catalog_url, create=True)

    def write(self, name, said):
        path = self.scans / name
        path.unlink(missing_ok=True)
        if said == "NUL":
            path.write_bytes(b"\x00\xff" * 40)
        elif said not in ("", "-"):
            path.write_text(said.replace(";", "\n") + "\n", "utf-8")

    def write_book(self, book):
        (self.scans / "metadata.csv").unlink(missing_ok=True)
        book.save(self.scans / "metadata.xlsx")

    def ingest(self):
        run = self._runs.ingest()
        return run.batch.id if run.batch else None

    def reason(self, name):
        return next(one.reason for one in self._runs.outcomes if one.path.name == name)

    def states(self):
        """The state of each item by its id in the spreadsheet, as the public has it."""
        with self.catalog.connect() as connection:
            return {
                one.local_id: rules.of_item(connection, one.id, one.component_id, State.OPEN).state.value
                for one in connection.execute(select(t.item))
            }

    def rules(self):
        """Every rule that was ever put."""
        with self.catalog.connect() as connection:
            return connection.execute(select(t.access_rule).order_by(t.access_rule.c.id)).all()

    def id(self, local_id):
        with self.catalog.connect() as connection:
            return connection.scalar(select(t.item.c.id).where(t.item.c.local_id == local_id))


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    """The folder of an archive with both in it, open; others are copied from it."""
    home = tmp_path_factory.mktemp("holding") / "archive"
    for name in "ab":
        master(home / "scans" / f"{name}.png", f"hoja {name}")
    (home / "config.yaml").write_text(
        yaml.safe_dump(
            {
                "catalog": {"url": switch.catalog_url(switch.SHAPED)},
                "ingest": {
                    "languages": ["eng"],
                    "second_reader": "never",
                    "workers": 1,
                    "transcripts": True,
                    "roots": {"scans": "scans"},
                },
            }
        )
    )
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = Folder(home / "config.yaml", monkeypatch)
        made.write("metadata.csv", CLEAR)
        made.ingest()
        assert made.states() == {"1": "open", "2": "open"}
        made.catalog.dispose()
    return home


@pytest.fixture
def folder(taken_in, tmp_path, monkeypatch):
    made = Folder(switch.copied(taken_in, tmp_path / "archive"), monkeypatch)
    yield made
    made.catalog.dispose()


@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
def test_what_a_row_not_understood_may_restrict_is_closed_and_opens_by_itself(folder, case):
    other, _, said = case["other"].partition(":")
    sheets = {f"{kind}.csv": case[kind] for kind in ("metadata", "pages", "components")}
    for name, text in {**sheets, other: said}.items():
        if name:
            folder.write(name, text)
    folder.ingest()
    assert folder.states()["1"] == case["state"]
    ruled = folder.rules()
    folder.ingest()
    assert folder.rules() == ruled, "the same again rules nothing anew"
    for name in filter(None, ("pages.csv", "components.csv", other)):
        folder.write(name, "")
    folder.write("metadata.csv", CLEAR)
    folder.ingest()
    assert (folder.states()["1"], folder.states()["2"]) == ("open", "open")
    with folder.catalog.connect() as connection:
        assert not rules.held(connection)


def test_what_was_held_and_is_told_closed_is_closed_by_its_row(folder):
    folder.write("metadata.csv", "id,file,access;1,a.png|a.png,closed;2,b.png,")
    folder.ingest()
    folder.write("metadata.csv", "id,file,access,access_reason;1,a.png,closed,víctima;2,b.png,,")
    folder.ingest()
    with folder.catalog.connect() as connection:
        assert rules.standing(connection, Unit.item(folder.id("1"))).reason == "víctima" and not rules.held(connection)


def test_what_a_person_opened_stays_open(folder):
    with writing(folder.catalog) as connection:
        rules.put(connection, Unit.item(folder.id("1")), Rule(State.OPEN), "person")
    folder.write("metadata.csv", "id,file,access;1,a.png|a.png,closed;2,b.png,")
    folder.ingest()
    assert folder.states() == {"1": "open", "2": "open"}


def test_what_is_held_is_not_opened_by_what_comes_later(folder):
    folder.write("metadata.csv", "id,file,access;1,a.png|a.png,closed;2,b.png,")
    folder.ingest()
    with writing(folder.catalog) as connection:
        rules.put(connection, Unit.item(folder.id("1")), Rule(State.OPEN), "finding aid")
    assert folder.states()["1"] == "closed"


def test_undoing_the_batch_opens_what_it_held(folder):
    folder.write("metadata.csv", "id,file,access;1,a.png|a.png,closed;2,b.png,")
    batch = folder.ingest()
    with writing(signed(folder.catalog, "Ana")) as connection:
        batches.undo(connection, batch)
    assert folder.states() == {"1": "open", "2": "open"}


def test_a_component_whose_row_is_not_understood_is_closed(folder):
    folder.write("components.csv", "ref_id,level,title;s,series,S")
    folder.write("metadata.csv", "id,file,parent_ref_id;1,a.png,s;2,b.png,")
    folder.ingest()
    folder.write("components.csv", "ref_id,parent_ref_id,level,title,access;s,nowhere,series,S,closed")
    folder.ingest()
    assert folder.states() == {"1": "closed", "2": "open"}
    folder.write("components.csv", "ref_id,level,title;s,series,S")
    folder.ingest()
    assert folder.states() == {"1": "open", "2": "open"}
    with folder.catalog.connect() as connection:
        assert rules.of_component(connection, tree.refs(connection)["s"], State.OPEN).state is State.OPEN


def test_the_report_says_that_it_is_closed_and_what_to_do_in_both_languages(folder):
    folder.write("metadata.csv", "id,file,access;1,a.png|a.png,closed;2,b.png,")
    folder.ingest()
    assert folder.reason("a.png").endswith(
        "Correct the metadata and run again. What the archive has of it is closed until then, and opens by itself."
    )
    assert in_spanish(folder.reason("a.png")).rstrip(".").endswith("está cerrado hasta entonces y se abre por sí solo")


def test_what_a_person_opened_is_not_said_to_be_closed(folder):
    folder.write("metadata.csv", "id,file,access;1,a.png|a.png,closed;2,b.png,")
    folder.ingest()
    with writing(folder.catalog) as connection:
        rules.put(connection, Unit.item(folder.id("1")), Rule(State.OPEN), "person")
    folder.ingest()
    assert folder.states()["1"] == "open"
    assert folder.reason("a.png").endswith("What the archive has of it stays as it is.")


@pytest.mark.parametrize("state", ["closed", "open"])
def test_a_row_that_says_nothing_may_restrict_as_its_component_does_by_whoever_says_so(folder, state):
    folder.write("components.csv", "ref_id,level,title;s,series,S")
    folder.ingest()
    with writing(folder.catalog) as connection:
        rules.put(connection, Unit.component(tree.refs(connection)["s"]), Rule(State(state)), "finding aid")
    folder.write("metadata.csv", "id,file,pages,parent_ref_id;1,a.png,?,s;2,b.png,,")
    folder.ingest()
    assert folder.states() == {"1": state, "2": "open"}


def test_what_its_component_closed_already_is_held_when_that_opens(folder):
    folder.write("components.csv", "ref_id,level,title,access;s,series,S,closed")
    folder.write("metadata.csv", "id,file,parent_ref_id;1,a.png,s;2,b.png,")
    folder.ingest()
    folder.write("metadata.csv", "id,file,parent_ref_id,access;1,a.png|a.png,s,closed;2,b.png,,")
    folder.ingest()
    with writing(folder.catalog) as connection:
        rules.put(connection, Unit.component(tree.refs(connection)["s"]), Rule(State.OPEN), "person")
    assert folder.states() == {"1": "closed", "2": "open"}


def test_a_workbook_whose_cells_may_be_of_two_rows_closes_what_both_are_of(folder):
    book, sheet = workbook([["id", "file", "access"], ["1", "a.png", "closed"], ["", "b.png", ""]])
    sheet.merge_cells("A2:A3")
    folder.write_book(book)
    folder.ingest()
    assert folder.states()["1"] == "closed"
    folder.write_book(workbook([["id", "file"], ["1", "a.png"], ["2", "b.png"]])[0])
    folder.ingest()
    assert folder.states() == {"1": "open", "2": "open"}


@pytest.mark.parametrize(
    "rows, states",
    [
        ([["archivo", "acceso"], ["a.png", "cerrado"]], {"1": "closed", "2": "open"}),
        ([["no publicar"], ["a.png"]], {"1": "closed", "2": "open"}),
        ([["suma"], ["a.png"]], {"1": "open", "2": "open"}),
        ([["no publicar"], ["c.png"]], {"1": "open", "2": "open"}),
    ],
)
def test_a_worksheet_not_understood_closes_what_it_names(folder, rows, states):
    book, _ = workbook([["id", "file"], ["1", "a.png"], ["2", "b.png"]])
    other = book.create_sheet("Otra")
    for row in rows:
        other.append(row)
    folder.write_book(book)
    folder.ingest()
    assert folder.states() == states
    del book["Otra"]
    folder.write_book(book)
    folder.ingest()
    assert folder.states() == {"1": "open", "2": "open"}


def workbook(rows):
    book = Workbook()
    book.active.title = "metadata"
    for row in rows:
        book.active.append(row)
    return book, book.active
