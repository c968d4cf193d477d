"""Minted ids of components, items and pages: opaque, with a check character, shown as ARKs.

The alphabet and the check character are NOID's (Nice Opaque Identifier minter: betanumeric digits,
extended `k`), computed over `NAAN/name`, so that one wrong or two swapped characters are noticed.
"""

from __future__ import annotations

import re
import secrets

from archive.errors import NotFound

#: NOID's betanumerics: no vowels (no words arise), no `l` (read as 1).
ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
#: Random characters in a name; 29**9 names are far beyond what one archive mints.
LENGTH = 9
#: The first character of every name minted here, so that another minter may share the NAAN.
SHOULDER = "r1"

_ARK = re.compile(r"(?:.*?ark:/?(?P<naan>[0-9bcdfghjkmnpqrstvwxz]{5,9})/)?(?P<name>[0-9a-z-]+)/?$", re.IGNORECASE)


def check_character(naan: str, name: str) -> str:
    """NOID's check character of `naan/name`: the sum of value × position, modulo the alphabet.

    >>> check_character("13030", "xf93gt2")
    'q'
    """
    total = sum(max(ALPHABET.find(c), 0) * place for place, c in enumerate(f"{naan}/{name}", 1))
    return ALPHABET[total % len(ALPHABET)]


def mint(naan: str) -> str:
    """A new name: shoulder, random betanumerics, check character. Never derived from what it names."""
    name = SHOULDER + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return name + check_character(naan, name)


def ark(naan: str, name: str) -> str:
    """The ARK of a name (`ark:NAAN/name`, the form without a slash after the label).

    >>> ark("99999", "r1b3")
    'ark:99999/r1b3'
    """
    return f"ark:{naan}/{name}"


def parse_ark(text: str, naan: str) -> str:
    """The name in an ARK, a permalink or a bare name; hyphens in an ARK mean nothing.

    Raises NotFound for what is no id, or whose check character is wrong (a typing error is said to
    be one, not "no such item").
    """
    found = _ARK.match(text.strip())
    name = found["name"].replace("-", "").lower() if found else ""
    if not found or (found["naan"] and found["naan"] != naan) or len(name) < 3:
        raise NotFound("no id of this archive", item=text, remedy="Copy the permalink whole.")
    if check_character(naan, name[:-1]) != name[-1]:
        raise NotFound(
            "this id has a typing error: its check character is wrong", item=text, remedy="Copy the permalink whole."
        )
    return name
