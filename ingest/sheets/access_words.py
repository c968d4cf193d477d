"""Words by which something beside a scan's row may speak of access, from access_words.tsv."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Literal

from archive import knowledge

#: `heading`: a column so called may restrict; `state`: what a thing is; `order`: what is not to be done with it.
Kind = Literal["heading", "state", "order"]


def spoken(text: str, *kinds: Kind) -> str:
    """The first of the table's words of these kinds that stands in the text; empty where none does.

    >>> spoken("Doc. CONFIDENCIAL (víctima)", "state"), spoken("Cárcel de mujeres", "state")
    ('confidencial', '')
    >>> spoken("¡No publicar!", "state", "order")
    'no publicar'
    """
    found = _pattern(kinds).search(_folded(text)) if text else None
    return found[0].strip() if found else ""


def _folded(text: str) -> str:
    """Words alone, in lower case, without accents, a space around each."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return f" {' '.join(words)} "


@functools.cache
def _pattern(kinds: tuple[Kind, ...]) -> re.Pattern[str]:
    words = [row["word"] for row in knowledge.rows("ingest.sheets", "access_words.tsv") if row["kind"] in kinds]
    return re.compile(
        "|".join(rf" {re.escape(word.removesuffix('*'))}{'[^ ]*' if word.endswith('*') else ''}(?= )" for word in words)
    )
