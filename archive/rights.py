"""Rights statements and licences by their canonical URIs: rightsstatements.org and Creative Commons.

rights.tsv is the table. A URI is canonical as its keeper writes it: http and a closing slash for
rightsstatements.org, https and a closing slash for Creative Commons.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive import knowledge


@dataclass(frozen=True, slots=True)
class RightsStatement:
    """One statement or licence: its canonical URI, its short code, its name in both languages."""

    uri: str
    code: str
    label_en: str
    label_es: str
    source: str

    def label(self, language: str) -> str:
        return self.label_es if language == "es" else self.label_en


@functools.cache
def statements() -> Mapping[str, RightsStatement]:
    """Canonical URI → statement, in the table's order."""
    return {row["uri"]: RightsStatement(**row) for row in knowledge.rows("archive", "rights.tsv")}


#: Creative Commons adapted its licences up to 3.0 to jurisdictions; the code of one follows the version.
_PORTED = re.compile(r"(https://creativecommons\.org/licenses/[a-z-]+/(?:2\.0|2\.5|3\.0)/)([a-z]{2,5})/")


def find(uri: str) -> RightsStatement | None:
    """The statement whose canonical URI is exactly `uri`, else None.

    >>> find("http://rightsstatements.org/vocab/InC/1.0/").code
    'InC'
    >>> find("https://creativecommons.org/licenses/by/3.0/es/").label("es")
    'Atribución 3.0 (ES)'
    >>> find("InC") is None
    True
    """
    found = statements().get(uri)
    ported = _PORTED.fullmatch(uri)
    if found is None and ported and (unported := statements().get(ported[1])):
        place = ported[2].upper()
        english, spanish = (
            re.sub(r"^(.* \d\.\d) .*", rf"\1 ({place})", label) for label in (unported.label_en, unported.label_es)
        )
        return RightsStatement(uri, f"{unported.code} {place}", english, spanish, unported.source)
    return found


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The canonical URI that a text probably means; `same` where it is certainly the same statement."""

    uri: str
    same: bool


@functools.lru_cache(maxsize=1024)
def suggest(text: str) -> Suggestion | None:
    """What canonical URI `text` means: another spelling of it, its code, its name; None for no likeness.

    >>> suggest("https://rightsstatements.org/page/InC/1.0/?language=es")
    Suggestion(uri='http://rightsstatements.org/vocab/InC/1.0/', same=True)
    >>> suggest("CC BY").same
    False
    """
    written = text.strip()
    if address := re.fullmatch(
        r"(?:https?:)?(?://)?(?:www\.)?((?:rightsstatements|creativecommons)\.org/\S*)", written, re.I
    ):
        return _of_address(address[1])
    key = _key(written)
    if not key:
        return None
    for one in statements().values():
        if key in map(_key, (one.code, one.label_en, one.label_es)):
            return Suggestion(one.uri, True)
    # A licence without its version: the newest is likely, not certain.
    for one in statements().values():
        if key == _key(re.sub(r" \d\.\d$", "", one.code)):
            return Suggestion(one.uri, False)
    known = {_key(name): one.uri for one in statements().values() for name in (one.code, one.label_en, one.label_es)}
    near = difflib.get_close_matches(key, known, 1, 0.8)
    return Suggestion(known[near[0]], False) if near else None


def _of_address(address: str) -> Suggestion | None:
    """The statement at an address of one of the two sites, written in another form."""
    path = re.sub(r"[?#].*$", "", address).lower()
    path = re.sub(r"/(?:deed|legalcode)(?:[.-][a-z_-]+)?/?$", "/", path)
    path = re.sub(r"^rightsstatements\.org/(?:page|data|vocab)/", "rightsstatements.org/vocab/", path).rstrip("/") + "/"
    known = {re.sub(r"^https?://", "", uri).lower(): uri for uri in statements()}
    if path in known:
        return Suggestion(known[path], True)
    if find(f"https://{path}"):
        return Suggestion(f"https://{path}", True)
    near = difflib.get_close_matches(path, known, 1, 0.7)
    return Suggestion(known[near[0]], False) if near else None


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9áéíóúñ.]+", "", text.casefold())
