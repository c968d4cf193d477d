"""Kinds of decisions of the tests' own: one that says something of words, one that keeps words back."""

from collections.abc import Mapping
from typing import Any

import pytest

from archive.decisions import KINDS, Kind


class Note(Kind[str]):
    """A remark on words, which are shown as they are."""

    name = "note"

    def kept(self, decided: str) -> dict[str, Any]:
        return {"remark": decided}

    def read(self, kept: Mapping[str, Any]) -> str:
        return kept["remark"]


class Secret(Note):
    """Words that are to be kept back: as long as nobody knows where they stand, the page is."""

    name, restricts = "secret", True


NOTE, SECRET = Note(), Secret()


@pytest.fixture
def more_kinds(monkeypatch):
    """The archive has two kinds more."""
    monkeypatch.setitem(KINDS, NOTE.name, NOTE)
    monkeypatch.setitem(KINDS, SECRET.name, SECRET)
