"""The words of a citation in both languages, from wording.tsv: "Box 1", "caja 1", "n.d.", "s. f."."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from archive import knowledge
from archive.citation.text import one_line

#: A citation's languages, by every code the project uses.
LANGUAGES = {"en": "en", "eng": "en", "es": "es", "spa": "es"}


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in knowledge.rows("archive.citation", "wording.tsv")}


def say(key: str, language: str, *values: object) -> str:
    """The phrase `key` in `language` (`en`, `es` or ISO 639-2), with the values filled in; "" for an unknown key.

    >>> say("box", "spa", 3)
    'caja 3'
    """
    row = _words().get(key)
    return row[LANGUAGES[language]].format(*values) if row else ""


def titled(title: str, language: str) -> str:
    """The title on one line, or what stands where there is none.

    >>> titled(" ", "es")
    '[sin título]'
    """
    return one_line(title) or say("untitled", language)


def unreviewed(elements: Iterable[str], language: str) -> str:
    """What is to be known of elements that no person has confirmed; "" where there are none.

    >>> unreviewed(["title", "date"], "es"), unreviewed([], "es")
    ('Tomado por una máquina, sin revisar: título, fecha', '')
    """
    names = ", ".join(say(f"element:{one}", language) for one in elements)
    return say("note:unreviewed", language, names) if names else ""


#: What a spreadsheet may have put before the indicator ("Box 3"): said once, in the citation's language.
_LABELS = re.compile(r"^(?:box|caja|folder|fold\.|carpeta|exp\.|expediente)\s+(?=\S)", re.IGNORECASE)


def container(kind: str, indicator: str, language: str) -> str:
    """`Box 3`, `carpeta 2`; "" where there is no indicator.

    >>> container("folder", "Folder 2", "es")
    'carpeta 2'
    """
    bare = _LABELS.sub("", indicator)
    return say(kind, language, bare) if bare else ""
