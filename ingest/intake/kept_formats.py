"""Which files that cannot be read are kept as they are, and why others are refused. Pure; the rule is a table."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from archive import knowledge
from archive.errors import Unsupported
from ingest.tools import media_type as kinds
from ingest.tools.pronom import Format


@dataclass(frozen=True, slots=True)
class Keeping:
    """One row of kept_formats.tsv: what it is of (by identifier, by PRONOM's class, by media type; empty: by any),
    what people call such files, and whether they are kept where no row of the metadata names them."""

    kind: str
    puids: frozenset[str]
    pronom_class: str
    media_type: str
    keep: bool
    reason: str
    remedy: str

    def is_of(self, format: Format, media_type: str) -> bool:
        return (
            (not self.puids or format.puid in self.puids)
            and (not self.pronom_class or self.pronom_class in format.classes)
            and (not self.media_type or fnmatchcase(media_type, self.media_type))
        )


@cache
def table() -> tuple[Keeping, ...]:
    """The rows of kept_formats.tsv, the first that fits decides; the last fits everything."""
    return tuple(
        Keeping(
            row["kind"],
            frozenset(row["puids"].split()),
            row["pronom_class"],
            row["media_type"],
            row["keep"] == "yes",
            row["reason"],
            row["remedy"],
        )
        for row in knowledge.rows("ingest.intake", "kept_formats.tsv")
    )


def keeping(format: Format, media_type: str) -> Keeping:
    """The row that decides of a file.

    >>> keeping(Format("x-fmt/44", "WordPerfect 6.x", classes=("Word Processor",)), "application/octet-stream").kind
    'word processing'
    >>> keeping(Format(), "application/octet-stream").kind
    'unknown'
    """
    return next(row for row in table() if row.is_of(format, media_type))


def refusal(format: Format, media_type: str, item: str) -> Unsupported | None:
    """Why a file that no row of the metadata names is not kept; None where it is.

    What only its name tells is not believed: a recording of zeros named .wav is no recording.
    """
    ruled = keeping(format, media_type)
    called = format.name or kinds.name_of(media_type)
    if not ruled.keep:
        return Unsupported(f"{ruled.reason} ({called})", item=item, remedy=ruled.remedy)
    if format.by_name:
        return Unsupported(
            f"is {called} by its name only: its content does not show it",
            item=item,
            remedy="Copy it again from where it came; or name it in a row of the metadata, and it is kept as it is.",
        )
    return None
