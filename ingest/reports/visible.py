"""Paths as they can be shown: what breaks a line, and bytes that are no UTF-8, as their escapes."""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def visible(path: str) -> str:
    r"""
    >>> visible("box 1/a  b.tif"), visible("a\nb.tif"), visible("caf\udce9.tif")
    ('box 1/a  b.tif', 'a\\nb.tif', 'caf\\udce9.tif')
    """
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), path)
