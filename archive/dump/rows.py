"""A table of the catalog as lines of JSON, and back: the same value on every database."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, DateTime, LargeBinary, MetaData, Table, func, select, text

from archive.errors import FixityError

#: Rows read or written at once: memory stays flat.
PORTION = 500
#: Alembic's own table: the dump says its revision elsewhere.
_REVISION = "alembic_version"


def tables(connection: Connection) -> tuple[Table, ...]:
    """The catalog's tables as the database has them, whatever their revision; those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return tuple(table for table in found.sorted_tables if table.name != _REVISION)


def written(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a line of UTF-8 JSON, in the order of the primary key."""
    columns = list(table.columns)
    asked = select(*columns).order_by(*table.primary_key.columns)
    with connection.execution_options(yield_per=PORTION).execute(asked) as rows:
        for row in rows:
            yield line({column.name: _plain(value) for column, value in zip(columns, row, strict=False)})


def line(value: Mapping[str, object]) -> bytes:
    """A JSON object and a line's end.

    >>> line({"title": "Año"}).decode()
    '{"title": "Año"}\\n'
    """
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        # A lone surrogate, of a file's name in what an event tells: no UTF-8, but JSON.
        return json.dumps(value).encode("ascii") + b"\n"


def load(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Puts the rows into an empty table; returns how many. Raises FixityError where a line is no row of it."""
    columns = {column.name: column for column in table.columns}
    rows, loaded = [], 0
    for number, one in enumerate(lines, 1):
        try:
            read = json.loads(one)
            if read.keys() != columns.keys():
                raise ValueError("its columns are others")
            rows.append({name: _typed(columns[name], value) for name, value in read.items()})
        except (ValueError, TypeError, AttributeError) as wrong:
            raise FixityError(
                f"line {number} is no row of the table: {wrong}",
                item=f"catalog/{table.name}.jsonl",
                remedy="Use another copy of the dump.",
            ) from wrong
        if len(rows) == PORTION:
            connection.execute(table.insert(), rows)
            loaded, rows = loaded + len(rows), []
    if rows:
        connection.execute(table.insert(), rows)
    return loaded + len(rows)


def count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def number_on(connection: Connection, table: Table) -> None:
    """Has the database number new rows after those that are there; SQLite does so by itself."""
    column = table.autoincrement_column
    if column is not None and connection.dialect.name == "postgresql":
        connection.execute(
            text("select setval(pg_get_serial_sequence(:table, :column), :next, false)"),
            {
                "table": f'"{table.name}"',
                "column": column.name,
                "next": (connection.scalar(select(func.max(column))) or 0) + 1,
            },
        )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        # SQLite keeps no zone: what it has is UTC.
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode("ascii")
    return value


def _typed(column: Column[Any], value: Any) -> object:
    if value is None or isinstance(column.type, JSON):
        return value
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value, validate=True)
    return value
