"""The column types that mean the same on every database: texts made sound where they enter the record, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeAlias

import sqlalchemy
from sqlalchemy import Dialect, Row, Select
from sqlalchemy.types import TypeDecorator

from archive.text import escaped_path, sound, unescaped_path

#: What a query gives, and a query, of which the columns are said in words.
AnyRow: TypeAlias = "Row[*tuple[Any, ...]]"
AnySelect: TypeAlias = "Select[*tuple[Any, ...]]"


class String(TypeDecorator[str]):
    """A short text of a known length: a minted id, a hash, a word of ours."""

    impl = sqlalchemy.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return sound(value) if value is not None else None


class Text(TypeDecorator[str]):
    """A text of any length, as people and machines write it."""

    impl = sqlalchemy.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return sound(value) if value is not None else None


class FilePath(TypeDecorator[str]):
    """The name of a file or folder, whatever its bytes."""

    impl = sqlalchemy.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return escaped_path(value) if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return unescaped_path(value) if value is not None else None


class DateTime(TypeDecorator[datetime]):
    """A moment, in UTC whatever its zone was: SQLite keeps none."""

    impl = sqlalchemy.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=value.tzinfo or UTC) if value is not None else None
