"""The numbers that the database gives to new rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Insert


def inserted(connection: Connection, new: Insert, **values: Any) -> int:
    """Writes one row; returns its number."""
    key = connection.execute(new.values(**values)).inserted_primary_key
    assert key is not None  # an INSERT of one row has one
    return int(key[0])
