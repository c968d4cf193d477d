"""The column types of texts: what is not sound in a text is seen to here, in the one place where it enters the record."""

from __future__ import annotations

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
