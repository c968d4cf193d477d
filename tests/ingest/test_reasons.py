"""Whatever becomes an outcome has a code of its reason from where it happens to the ledger: in the source, over the
boundary of a worker, and in catalogs of earlier versions."""

import ast
import importlib
import pickle
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

import ingest
from archive import errors
from archive.catalog import databases, outcomes, shape
from archive.catalog import tables as t
from archive.catalog.connect import writing
from archive.outcome import FAILED, READ, REFUSED
from archive.reason import Reason
from archive.record import UNREAD
from ingest.execution.protocol import Failure, failure
from ingest.run.tally import Entry

CODES = importlib.import_module("archive.catalog.migrations.versions.0011_codes_of_reasons")
#: Of files and pages: what tools and readers raise.
RAISED = (errors.ScanError, errors.ToolError)
#: Where the code says more than the sentences of earlier versions were known to mean.
MEANS_MORE = {
    "is a TIFF whose compression needs imagecodecs",
    "needs more memory than is given to one picture",
    "is damaged, or of a kind that is not read: 9",
}


def calls(*names):
    """Every call of one of these names in ingest/, with the file it stands in."""
    for path in sorted(Path(ingest.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in names:
                    yield path, name, node


def code_in(call):
    """The code that a call gives: a Reason, or True where it is worked out; None where it gives none."""
    for given in call.keywords:
        if given.arg == "code":
            value = given.value
            named = (
                isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name) and value.value.id == "Reason"
            )
            return Reason[value.attr] if named else True
    return None


def said_in(call):
    """The words of a call's first argument, with 9 for what changes; empty where it is made elsewhere."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant):
        return str(first.value)
    if isinstance(first, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "9" for one in first.values)
    return ""


ERRORS = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, RAISED)}
RAISES = [pytest.param(name, call, id=f"{path.stem}:{call.lineno}") for path, name, call in calls(*ERRORS) if call.args]


def test_the_source_is_looked_through():
    assert len(RAISES) > 50


@pytest.mark.parametrize("name, call", RAISES)
def test_what_is_raised_of_a_file_or_page_has_a_code_that_fits_its_words(name, call):
    code, said = code_in(call) or ERRORS[name].code, said_in(call)
    assert code is not Reason.OTHER
    known = CODES.code_of_file(FAILED, said)
    if code is not True and known not in (Reason.OTHER, ERRORS[name].code) and said not in MEANS_MORE:
        assert code == known, said


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_every_class_of_these_errors_has_a_code_of_its_own_or_above_it(name):
    assert ERRORS[name].code is not Reason.OTHER


def test_no_outcome_page_or_failure_is_made_without_a_code():
    for path, name, call in calls("FileOutcome", "Failure"):
        words = {one.id for one in call.args if isinstance(one, ast.Name)}
        if name == "FileOutcome" and not words & {"REFUSED", "FAILED"} or path.parent.name == "reports":
            continue
        given = code_in(call) or len(call.args) > 4
        assert given or "pickl" in ast.unparse(call) or "unexpected" in said_in(call) or _is_unexpected(call), (
            call.lineno
        )
    for _, _, call in calls("Frame"):
        if any(one.arg == "problem" for one in call.keywords):
            assert code_in(call)


def _is_unexpected(call):
    """What goes wrong between processes is unexpected, as a Failure is where it says nothing else."""
    return "worker" in said_in(call) or "understood" in said_in(call)


# -- from a worker to the ledger


@pytest.mark.parametrize("kind", sorted(ERRORS.values(), key=lambda one: one.__name__))
def test_a_code_crosses_the_boundary_of_a_process(kind):
    there = pickle.loads(pickle.dumps(kind("m", item="i", remedy="r", code=Reason.TIME)))
    assert (type(there), there.code, str(there)) == (kind, Reason.TIME, "i: m. r")
    assert pickle.loads(pickle.dumps(failure(there))).code is Reason.TIME
    assert pickle.loads(pickle.dumps(kind("m"))).code is kind.code


def test_what_nobody_foresaw_is_unexpected_and_want_of_memory_is_not():
    assert failure(ValueError("x")).code is Failure("x").code is Reason.UNEXPECTED
    assert failure(MemoryError()).code is Reason.MEMORY


def entry(**more):
    return Entry(Path("/m"), "a.tif", "m", pages=2, **more)


def test_a_file_has_the_code_of_what_kept_it_out_else_of_its_first_page_else_of_its_first_note():
    noted = entry()
    noted.note(Reason.TRANSCRIPT, "transcript of b.tif")
    noted.note(Reason.DESCRIBED_ANEW, "its description was updated")
    assert noted.outcome().code == "transcript"
    noted.page_failed(1, Reason.TIME, "took longer")
    noted.page_failed(2, Reason.DAMAGED, "is damaged")
    assert (noted.outcome().outcome, noted.outcome().code) == (FAILED, "time")
    noted.refuse(Reason.ROW_REFUSED, "waits")
    assert (noted.outcome().outcome, noted.outcome().code) == (REFUSED, "row-refused")
    assert entry(twin="/m/b.tif").outcome().code == "duplicate" and entry().outcome().code == ""


# -- catalogs of earlier versions


def test_what_earlier_versions_said_is_given_its_code_once(tmp_path):
    stored = (Path(__file__).parents[1] / "stored_catalogs" / f"{CODES.down_revision}.sql").read_text("utf-8")
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as catalog:
        catalog.executescript(stored)
    engine = databases.engine(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    with writing(engine) as connection:
        for number, (outcome, reason) in enumerate(
            [
                (REFUSED, "is empty. Copy it again."),
                (FAILED, "1 of 2 pages could not be read: page 2: Tesseract took longer than 9 seconds."),
                ("duplicate", "the same bytes as /m/damaged.tif"),
                ("added", "transcript of password.tif"),
                ("added", ""),
            ],
            900,
        ):
            row = f"{number}, 1, '/m/{number}', '', '{outcome}', '{reason}', '[]', 0, '2026-01-01'"
            columns = "id, batch_id, path, sha256, outcome, reason, items, pages, at"
            connection.execute(text(f"insert into file_outcome ({columns}) values ({row})"))
        pages = list(connection.scalars(text("select page_id from page_outcome order by page_id")))
        for page, outcome, reason in zip(pages, (FAILED, READ), ("is damaged: x", f"{UNREAD}; more"), strict=False):
            values = {"outcome": outcome, "reason": reason, "page": page}
            connection.execute(
                text("update page_outcome set outcome = :outcome, reason = :reason where page_id = :page"), values
            )
    with shape.reshaping(engine) as connection:
        shape.bring(connection)
        c = t.file_outcome.c
        asked = select(c.reason_code).where(c.id >= 900).order_by(c.id)
        assert list(connection.scalars(asked)) == ["empty", "time", "duplicate", "transcript", ""]
        asked = select(t.page_outcome.c.reason_code).order_by(t.page_outcome.c.page_id)
        assert list(connection.scalars(asked))[:2] == ["damaged", "no-words"]
        assert outcomes.files_failed_for(connection, Reason.DAMAGED)
    engine.dispose()
