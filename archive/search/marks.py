"""What an index is marked with: by which program it was built, of which form of which kind, under which access."""

from __future__ import annotations

from archive.errors import EngineOutdated
from archive.search.fields import Fields

_ACCESS = "; "


def mark(version: str, fields: Fields, default: str) -> str:
    """The mark of an index of these fields: with what it is built, and under which access of what no rule speaks of."""
    return _ACCESS.join(filter(None, (f"{version}, {fields.kind} {fields.form}", default)))


def outdated(built: str, wanted: str, index: str) -> EngineOutdated:
    """The error that says why an index is to be built anew, by its mark and the one that it should have."""
    if built.partition(_ACCESS)[0] == wanted.partition(_ACCESS)[0]:
        return EngineOutdated(
            "the index was built under another access.default, and may not be searched under this one", item=index
        )
    return EngineOutdated("the index was built by another version", item=index)
