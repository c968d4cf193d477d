"""Whatever may say why a file or page did not go in has its Spanish: no report in Spanish falls back on English."""

import ast
import csv
from pathlib import Path

import pytest

import archive.errors
from archive.errors import ArchiveError
from archive.record import UNREAD
from ingest.reports.sentences import in_spanish, sentences

INGEST = Path(__file__).parents[3] / "ingest"
#: Their errors end a run or a command, and stand in no ledger; `glimpse` makes the report's own pictures.
ELSEWHERE = {"sheets", "finding_aid", "checking", "reports", "correcting.py", "watch.py", "watching", "glimpse.py"}
OF_A_RUN = {
    "ConfigError",
    "NoCatalog",
    "CorrectionError",
    "Conflict",
    "NotFound",
    "QueryError",
    "BatchError",
    "FindingAidError",
    "AccessError",
    "CatalogError",
    "EngineError",
    "EngineUnavailable",
    "EngineOutdated",
    "EngineRejected",
    "Gone",
    "DateError",
}
ERRORS = {
    name: cls for name, cls in vars(archive.errors).items() if isinstance(cls, type) and issubclass(cls, ArchiveError)
}
SAYING = (set(ERRORS) - OF_A_RUN) | {"Refused", "Missing", "Failure", "Frame", "Layer"}
#: Put together from parts that are looked up below.
COMPOSED = {"{} ({})", "Tesseract {}{}", "is {} × {} pixels, but {} {} × {}"}
#: A class of error, no sentence.
NAMES = {"WorkerDied", "Timeout"}


def texts(node) -> list[str]:
    """What an expression may say, `{}` for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return texts(node.body) + texts(node.orelse)
    return []


def said_in(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING:
            told = [
                *node.args,
                *(one.value for one in node.keywords if one.arg in ("remedy", "reason", "problem", "message")),
            ]
            found.update(text for one in told for text in texts(one))
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("_why"):
            found.update(
                text
                for one in ast.walk(node)
                if isinstance(one, ast.Return) and one.value is not None
                for part in getattr(one.value, "elts", [one.value])
                for text in texts(part)
            )
        elif isinstance(node, ast.Assign) and any(
            getattr(one, "id", "").endswith(("REMEDY", "NOT_FOUND")) for one in node.targets
        ):
            found.update(texts(node.value))
    return {text for text in found if " " in text and text not in COMPOSED | NAMES}


SAID = sorted(
    {
        text
        for path in sorted(INGEST.rglob("*.py"))
        if not ELSEWHERE & set(path.relative_to(INGEST).parts)
        for text in said_in(path)
    }
    | {cls.remedy for name, cls in ERRORS.items() if name in SAYING and cls.remedy}
    | {UNREAD}
)


def test_there_is_much_to_say():
    assert len(SAID) > 80


@pytest.mark.parametrize("text", SAID)
def test_each_sentence_has_its_spanish(text):
    sample = text.replace("{}", "x7")
    found = in_spanish(sample)
    assert found is not None, f"a row of ingest/reports/sentences.tsv is wanted for: {text}"
    assert found.rstrip(".") != sample.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "Tesseract failed with status 7: no leaf",
        "Tesseract was ended by signal 11",
        "is named .tif, but its content is PDF, which is not taken in",
        "is a font (TrueType). Leave it out; or name it in a row of the metadata, and it is kept.",
        "is 10 × 10 pixels, but was identified with 20 × 20. Ingest it again: it is then identified anew.",
        "2 of 9 pages could not be read: page 1: is damaged: x.y. Open it in its own program; if it is damaged "
        "there too, scan it again.; page 2: has no pixels; and 3 more",
    ],
)
def test_what_is_put_together_is_translated_in_its_parts(text):
    found = in_spanish(text)
    assert found and not {"is", "page", "failed", "pages", "the"} & set(found.split())


def test_reasons_of_formats_have_their_spanish():
    tables = [path for path in INGEST.parent.glob("*/**/kept_formats.tsv") if ".venv" not in path.parts]
    (table,) = tables
    for row in csv.DictReader(table.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["reason"]:
            assert in_spanish(f"{row['reason']} (x7). {row['remedy']}"), row["reason"]


def test_the_table_is_whole():
    for one in sentences():
        assert one.es.strip() and one.es.count("{") <= one.shape.groups, one
