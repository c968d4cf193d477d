"""Languages as ISO 639-2 codes (bibliographic, as EAD and MARC take them), with their names.

languages.tsv is the table: two-letter codes, terminology codes and names lead to the one code kept.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from archive import knowledge


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, the other codes for it, its name in both languages of the interface."""

    code: str
    terminology: str
    two_letter: str
    label_en: str
    label_es: str
    also: tuple[str, ...]
    source: str

    def label(self, language: str) -> str:
        return self.label_es if language == "es" else self.label_en


@functools.cache
def languages() -> Mapping[str, Language]:
    """Code → language, in the table's order."""
    return {
        row["code"]: Language(
            row["code"],
            row["terminology"],
            row["two_letter"],
            row["label_en"],
            row["label_es"],
            tuple(filter(None, row["also"].split("|"))),
            row["source"],
        )
        for row in knowledge.rows("archive", "languages.tsv")
    }


def find(text: str) -> str | None:
    """The code of the language that `text` names, by code or by name in Spanish or English; else None.

    >>> find("Español"), find("en-US"), find("deu"), find("klingon")
    ('spa', 'eng', 'ger', None)
    """
    key = _key(text)
    code, dash, region = key.partition("-")
    # `es-SV` names Spanish; a hyphen in a name (`nahuat-pipil`) does not end it.
    return _by_name().get(key) or (
        _by_name().get(code) if dash and len(code) in (2, 3) and len(region) in (2, 3) else None
    )


@functools.cache
def _by_name() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for one in languages().values():
        for name in (one.code, one.terminology, one.two_letter, one.label_en, one.label_es, *one.also):
            if name:
                names.setdefault(_key(name), one.code)
    return names


def _key(text: str) -> str:
    """The text without case, accents, outer spaces, and with one kind of dash."""
    plain = unicodedata.normalize("NFD", text.strip().casefold().replace("_", "-"))
    return "".join(c for c in plain if not unicodedata.combining(c))
