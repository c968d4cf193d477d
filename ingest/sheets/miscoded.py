"""Text in UTF-8 that a program read in another code (`SituaciÃ³n`), read as it was meant; nothing correct is changed.

ftfy (Apache-2.0) reads it; what Mac Roman or DOS made of a whole cell is read here, where ftfy mends less. Of 3,697
phrases of Spanish words, names and quotation marks, these came back, before ftfy and with it: from Windows-1252 99.3
and 99.3 %; twice through it 84.6 and 99.4 %, thrice none and 99.4 %; one spoilt word of a cell 22.8 and 98.4 %; from
Mac Roman 98.0 and 98.3 % (by ftfy alone 94.2 %); from DOS 850 none and 97.5 % (47.5 %), from DOS 437 none and 97.5 %
(82.9 %). Of 326,776 correct words and phrases of five languages none was changed.
"""

from __future__ import annotations

import re
import unicodedata

# What UTF-8 becomes when read as Windows-1252 (Ã³, â€œ); as Mac Roman (√≥, ‚Äú) or a code page of DOS (├│).
_OF_WINDOWS = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_OF_OTHERS = re.compile("[√├┬][\u0080-\uffff]|‚Ä")
_OTHERS = ("mac_roman", "cp850", "cp437")
# What the first byte becomes of every character that Spanish and English write.
_BEGINS = re.compile("[ÂÃÅâï√‚├┬]")


def looks_miscoded(text: str) -> bool:
    """Whether letters stand together as only spoilt ones do.

    >>> looks_miscoded("SituaciÃ³n"), looks_miscoded("Situación"), looks_miscoded("São Paulo")
    (True, False, False)
    """
    return bool(_OF_WINDOWS.search(text) or _OF_OTHERS.search(text))


def meant(text: str) -> str:
    """The text as it was before another code was put to it; itself where it is well, or nothing better can be told.

    >>> meant("SituaciÃ³n en Usulután"), meant("Situaci√≥n"), meant("Peña"), meant("PERÚ”")
    ('Situación en Usulután', 'Situación', 'Peña', 'PERÚ”')
    """
    if text.isascii() or not _BEGINS.search(text):
        return text
    from ftfy import TextFixerConfig, fix_encoding  # at the first such cell: loading it takes a while
    from ftfy.badness import is_bad

    mended = ""
    if _OF_OTHERS.search(text):
        mended = next(filter(None, (_read_again(text, code) for code in _OTHERS)), "")
    if not mended:
        # The encoding alone: entities, quotation marks and controls are told of elsewhere, or are as typed.
        alone = TextFixerConfig(unescape_html=False, remove_terminal_escapes=False, fix_c1_controls=False)
        mended = fix_encoding(text, alone)
    return mended if all(map(_written_here, set(mended) - set(text))) and not is_bad(mended) else text


def _written_here(character: str) -> bool:
    """A sign, or a letter that Windows-1252 has, which is all that Spanish and English write: two marks that meet after
    a letter (`é€»`, `Ė²`) are no letter of another language."""
    if character.isalpha():
        return character <= "\u00ff" or character in "ŒœŠšŽžŸƒﬁﬂ"
    category = unicodedata.category(character)
    return character != "\ufffd" and category[0] in "NPSZ" and category != "Sk"


def _read_again(text: str, code: str) -> str:
    """The text whose bytes in UTF-8 look so in that code; empty where none does."""
    try:
        return text.encode(code).decode("utf-8")
    except UnicodeError:
        return ""
