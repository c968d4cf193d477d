"""The CSV files of a bag, written row by row: UTF-8 with a byte order mark, as spreadsheet programs want it."""

from __future__ import annotations

import csv
import typing
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType

from archive.bagging import BagWriter, PayloadFile


class Sheet:
    """One CSV file; it comes to be with its first row, and is in the manifests once closed. Use as a context."""

    def __init__(self, bag: BagWriter, name: str, columns: Sequence[str]):
        self._bag, self._name, self._columns = bag, name, columns
        self._open = ExitStack()
        self._writer: _Rows | None = None

    def __enter__(self) -> Sheet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, where: TracebackType | None
    ) -> bool | None:
        return self._open.__exit__(kind, raised, where)

    def add(self, row: Sequence[str]) -> None:
        """Adds a row; one without cells is none."""
        if not row:
            return
        if self._writer is None:
            self._writer = csv.writer(_Text(self._open.enter_context(self._bag.payload(self._name))))
            self._writer.writerow(["\ufeff" + self._columns[0], *self._columns[1:]])
        self._writer.writerow(row)


class _Text:
    """The file, as csv wants it."""

    def __init__(self, file: PayloadFile):
        self._file = file

    def write(self, text: str) -> None:
        self._file.write(text.encode("utf-8"))


class _Rows(typing.Protocol):
    """What csv writes with."""

    def writerow(self, row: Sequence[str], /) -> object: ...
