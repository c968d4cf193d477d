"""Text made safe for one line of an exchange format: no control characters, no line separators."""

from __future__ import annotations

import re

#: Controls (C0, DEL, C1), line and paragraph separators, lone surrogates, byte order marks and other noncharacters:
#: each ends or breaks a line for some reader of RIS, BibTeX or CSV (Python's own splitlines among them).
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def one_line(text: object) -> str:
    """`text` on one line: what is unsafe becomes a space, runs of white space one space, none at the ends.

    >>> one_line(" Report\\r\\nfrom\\u2028El Salvador ")
    'Report from El Salvador'
    """
    return " ".join(_UNSAFE.sub(" ", str(text)).split())
