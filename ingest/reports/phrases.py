"""What reports say, in Spanish and English: the sentences of phrases.tsv with their numbers filled in."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import datetime, timedelta

from archive import knowledge, languages
from archive.catalog.outcomes import utc

LANGUAGES = ("es", "en")


@functools.cache
def table(language: str) -> Mapping[str, str]:
    """Key → sentence. A key ending in `.one` is for the number 1."""
    return {row["key"]: row[language] for row in knowledge.rows("ingest.reports", "phrases.tsv")}


class Phrases:
    """The sentences of one language.

    >>> Phrases("es")("file", n=1234), Phrases("en")("file", n=1)
    ('1,234 archivos', '1 file')
    """

    def __init__(self, language: str):
        self.language = language
        self._table = table(language)

    def __call__(self, key: str, **values) -> str:
        """The sentence of this key, whole numbers with a comma for thousands (as in El Salvador, too)."""
        if values.get("n") == 1 and f"{key}.one" in self._table:
            key += ".one"
        return self._table[key].format(
            **{
                name: f"{value:,}" if type(value) is int and name != "batch" else value
                for name, value in values.items()
            }
        )

    def listed(self, parts: list[str]) -> str:
        """
        >>> Phrases("es").listed(["uno", "dos", "tres"])
        'uno, dos y tres'
        """
        head, last = parts[:-1], parts[-1]
        # In Spanish `y` becomes `e` before the sound i; no phrase that is listed begins with it.
        return f"{', '.join(head)} {self('and')} {last}" if head else last

    def language_name(self, code: str) -> str:
        known = languages.languages().get(code)
        return known.label(self.language) if known else code

    def duration(self, time: timedelta) -> str:
        """
        >>> Phrases("en").duration(timedelta(seconds=4000)), Phrases("en").duration(timedelta(seconds=42))
        ('1 h 6 min', '42 s')
        """
        seconds = max(0, round(time.total_seconds()))
        minutes, hours = seconds // 60, seconds // 3600
        if seconds < 60:
            return self("seconds", n=seconds)
        if hours < 1:
            return self("minutes", n=minutes)
        if hours < 48:
            return self("hours", h=hours, n=minutes % 60)
        return self("days", d=hours // 24, h=hours % 24)

    def time(self, at: datetime) -> str:
        """A moment, to the minute, in UTC: 2026-11-24 15:20 UTC."""
        return utc(at).strftime("%Y-%m-%d %H:%M UTC")
