"""The address of a list of work: what is asked for, read from it and written back to it. Nothing is refused here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from archive.errors import NotFound
from archive.ids import parse_ark
from archive.review import KINDS, READ, Asked, Key

_FIGURES = 9


@dataclass(frozen=True)
class Work:
    """A list of work as its address has it; `below` is in percent, and empty where all confidences are asked for."""

    asked: Asked = Asked()

    @classmethod
    def read(cls, arguments: Mapping[str, str], naan: str) -> Work:
        """What is unknown is passed over.

        >>> Work.read({"kind": "read", "below": "60", "language": "spa", "batch": "x"}, "99999").asked.below
        0.6
        """
        kind = arguments.get("kind", READ)
        return cls(
            Asked(
                kind if kind in KINDS else READ,
                arguments.get("language", "")[:8],
                _share(arguments.get("below", "")),
                arguments.get("untouched") == "1",
                _whole(arguments.get("batch", "")),
                _id(arguments.get("item", ""), naan),
            )
        )

    def pairs(self) -> list[tuple[str, str]]:
        """What stands in the address; what asks for all is left out."""
        asked = self.asked
        said = (
            ("kind", asked.kind if asked.kind != READ else ""),
            ("language", asked.language),
            ("below", "" if asked.below is None else f"{asked.below * 100:g}"),
            ("untouched", "1" if asked.untouched else ""),
            ("batch", str(asked.batch or "")),
            ("item", asked.item),
        )
        return [(name, value) for name, value in said if value]

    def at(self, path: str, **more: str) -> str:
        """A path with this list in its address, and what else is said."""
        said = [*self.pairs(), *((name, value) for name, value in more.items() if value)]
        return f"{path}?{urlencode(said)}" if said else path


def read_key(written: str) -> Key | None:
    """A page's place in its list, as an address has it; None where it is none.

    >>> read_key(write_key(Key(0.25, 7)))
    Key(confidence=0.25, ordinal=7)
    """
    confidence, _, ordinal = written.partition("_")
    try:
        value = float(confidence)
    except ValueError:
        return None
    return Key(value, _whole(ordinal)) if 0 <= value <= 1 and _whole(ordinal) else None


def write_key(key: Key) -> str:
    return f"{key.confidence!r}_{key.ordinal}"


def _whole(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= _FIGURES else 0


def _share(written: str) -> float | None:
    try:
        value = float(written.replace(",", ".").rstrip("% "))
    except ValueError:
        return None
    return value / 100 if 0 < value <= 100 else None


def _id(written: str, naan: str) -> str:
    if not written.strip():
        return ""
    try:
        return parse_ark(written, naan)
    except NotFound:
        return written.strip()[:64]  # it finds nothing, and is shown to be what was asked for
