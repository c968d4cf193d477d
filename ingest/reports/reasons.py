"""Kinds of reasons why a file or page has the outcome it has, in words, with what to do about each, from reasons.tsv.

The ledger keeps a code with each reason (archive.reason); the table has a row a code, in both languages.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from archive import knowledge
from archive.reason import Reason


@dataclass(frozen=True, slots=True)
class Heading:
    """What one kind of reason is called and what is to be done, in Spanish and English. Of what went in there is
    nothing to be done."""

    code: str
    en: str
    es: str
    to_do_en: str
    to_do_es: str

    def label(self, language: str) -> str:
        return self.es if language == "es" else self.en

    def to_do(self, language: str) -> str:
        return self.to_do_es if language == "es" else self.to_do_en


@functools.cache
def headings() -> dict[str, Heading]:
    """The rows of the table by code, in its order."""
    return {row["code"]: Heading(**row) for row in knowledge.rows("ingest.reports", "reasons.tsv")}


def heading(code: str) -> Heading:
    """The heading of a code; of one that a later version wrote, that of other reasons.

    >>> heading("empty").en, heading("of 2031").es
    ('Empty files', 'Otros motivos')
    """
    return headings().get(code) or headings()[Reason.OTHER]
