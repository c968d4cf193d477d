"""outcomes keep the code of their reason, and no sentence is guessed at any more"""

import re
from collections.abc import Callable, Iterable

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COMMENT = "archive.reason; empty: nothing to say"
#: Rows read and written at once.
_PORTION = 500
#: A file whose pages failed says so before it gives their reasons.
_OF_PAGES = re.compile(r"^\d+ of \d+ pages could not be read: page [^:]+: ")
#: What sentences of earlier versions mean, by which their reports gathered them: the first that is found counts.
_PATTERNS = (
    ("empty", r"^is empty"),
    ("encrypted", r"password|encrypted|^is locked"),
    (
        "named-not-there",
        r"names this file, but it is not there|its file is not there|"
        r"file .* (is not there|does not exist)",
    ),
    (
        "not-read",
        r"beside it was not read|not read as metadata|"
        r"copy of the metadata|makes one item of it and of|may be this file",
    ),
    (
        "row-refused",
        r"row in the metadata was refused|no row of the metadata describes|"
        r"metadata beside it could not be read|waits: a row",
    ),
    ("checksum", r"SHA-?256|checksum"),
    ("page-range", r"asks for pages"),
    ("sheet", r"\brow \d+|\bcolumn\b"),
    ("gone", r"^does not exist|no longer there|^is a link to nothing|No such file"),
    ("rights", r"^may not be read|Permission denied"),
    (
        "limits",
        r"more than [\d,]+ ?(pages|pixels|MB|bytes)?.*\(ingest\.|"
        r"has more than|pages, more than|bomb|\(ingest\.max_",
    ),
    ("died", r"the process that read it died|its worker|worker .*(died|lost)"),
    ("memory", r"memory|bad_alloc"),
    ("time", r"took longer than|did not start"),
    ("not-installed", r"not installed|lacks the language|^Tesseract cannot be run"),
    ("unsupported", r"not taken in|that is not read|are not read|not supported"),
    ("changed", r"was identified with"),
    ("no-pages", r"^has no (pages|pixels|size)|impossible size"),
    ("damaged", r"^(?!Tesseract).*(damaged|decompress|truncated|broken)"),
    ("reader", r"^Tesseract|^the (second )?reader"),
    ("disk", r"cannot be (opened|read|written)|Input/output|No space"),
    ("no-file", r"neither a file nor a folder|link back to|link that leads out|leaves|outside"),
    ("unexpected", r"^failed unexpectedly|cannot be sent to a worker"),
    ("other", r""),
)
#: Of what went in, with something to say.
_NOTES = (
    ("duplicate", r"^the same bytes as "),
    ("kept-unread", r"kept as it is, not read"),
    ("transcript-unused", r"transcript of .*, not used|^not used"),
    ("transcript", r"^transcript of "),
    ("described-anew", r"its description was updated"),
    ("noted", r""),
)
_NO_WORDS = "ink stands on it, but no reader found words"


def upgrade() -> None:
    for table in ("file_outcome", "page_outcome"):
        with op.batch_alter_table(table) as altered:
            altered.add_column(
                sa.Column("reason_code", sa.String(length=32), nullable=False, server_default="", comment=_COMMENT)
            )
    _fill("file_outcome", "id", code_of_file)
    _fill("page_outcome", "page_id", code_of_page)


def _fill(name: str, key: str, code_of: Callable[[str, str], str]) -> None:
    table = sa.table(name, *map(sa.column, (key, "outcome", "reason", "reason_code")))
    connection, last = op.get_bind(), None
    while True:
        asked = sa.select(table.c[key], table.c.outcome, table.c.reason).where(table.c.reason != "")
        if last is not None:
            asked = asked.where(table.c[key] > last)
        rows = connection.execute(asked.order_by(table.c[key]).limit(_PORTION)).all()
        if not rows:
            return
        for id, outcome, reason in rows:
            connection.execute(table.update().where(table.c[key] == id).values(reason_code=code_of(outcome, reason)))
        last = rows[-1][0]


def code_of_file(outcome: str, reason: str) -> str:
    """The code of what the ledger says of a file."""
    if outcome in ("refused", "failed"):
        return _first(_PATTERNS, _OF_PAGES.sub("", reason))
    return "duplicate" if outcome == "duplicate" else _first(_NOTES, reason)


def code_of_page(outcome: str, reason: str) -> str:
    """The code of what the ledger says of a page."""
    if outcome == "failed":
        return _first(_PATTERNS, reason)
    return "no-words" if _NO_WORDS in reason else "noted"


def _first(patterns: Iterable[tuple[str, str]], said: str) -> str:
    return next(code for code, pattern in patterns if re.search(pattern, said, re.IGNORECASE))
