"""The column types that mean the same on every database: texts made sound where they enter the record, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy
from sqlalchemy.types import TypeDecorator

from archive.text import escaped_path, sound, unescaped_path


class String(TypeDecorator):
    """A short text of a known length: a minted id, a hash, a word of ours."""

    impl = sqlalchemy.String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return sound(value) if value is not None else None


class Text(TypeDecorator):
    """A text of any length, as people and machines write it."""

    impl = sqlalchemy.Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return sound(value) if value is not None else None


class FilePath(TypeDecorator):
    """The name of a file or folder, whatever its bytes."""

    impl = sqlalchemy.Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return escaped_path(value) if value is not None else None

    def process_result_value(self, value, dialect):
        return unescaped_path(value) if value is not None else None


class DateTime(TypeDecorator):
    """A moment, in UTC whatever its zone was: SQLite keeps none."""

    impl = sqlalchemy.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect):
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect):
        return value.replace(tzinfo=value.tzinfo or UTC) if value is not None else None
