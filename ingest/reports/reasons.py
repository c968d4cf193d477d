"""Kinds of reasons why a file or page did not go in, with what to do about each, from reasons.tsv.

The ledger keeps a reason as it was said, in English. The table's patterns (regular expressions, upper and lower case
alike, the first that is found counts) gather such sentences under a heading, in both languages; the last row takes the
rest.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from importlib import resources

#: A file whose pages failed says so before it gives their reasons.
_OF_PAGES = re.compile(r"^\d+ of \d+ pages could not be read: page [^:]+: ")


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of reason: its heading and what is to be done, in Spanish and English."""

    key: str
    pattern: str
    en: str
    es: str
    to_do_en: str
    to_do_es: str

    def label(self, language: str) -> str:
        return self.es if language == "es" else self.en

    def to_do(self, language: str) -> str:
        return self.to_do_es if language == "es" else self.to_do_en


@functools.cache
def reasons() -> tuple[Reason, ...]:
    """The rows of the table, in its order."""
    text = resources.files("ingest.reports").joinpath("reasons.tsv").read_text("utf-8")
    return tuple(Reason(**row) for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@functools.lru_cache(maxsize=4096)
def reason_of(said: str) -> Reason:
    """The kind of a reason as the ledger has it; of a file whose pages failed, that of its first page.

    >>> reason_of("is empty. Copy it again from where it came, or scan it again.").key
    'empty'
    >>> reason_of("2 of 3 pages could not be read: page 1: Tesseract took longer than 300 seconds.").key
    'time'
    """
    said = _OF_PAGES.sub("", said)
    return next(one for one in reasons() if re.search(one.pattern, said, re.IGNORECASE))
