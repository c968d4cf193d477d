"""Tables of knowledge: `*.tsv` files beside the modules they are for, with sources, which an archivist can correct.

A first line of names, a row a line, tabs between the values, nothing quoted, UTF-8.
"""

from __future__ import annotations

import csv
import io
from importlib import resources


def rows(package: str, name: str) -> list[dict[str, str]]:
    """The rows of a package's table, in their order: column → value.

    >>> rows("archive", "rights.tsv")[0]["code"]
    'InC'
    """
    return list(csv.DictReader(io.StringIO(text(package, name)), delimiter="\t", quoting=csv.QUOTE_NONE))


def text(package: str, name: str) -> str:
    """A package's table as it lies there: for a hash of all that it says."""
    return resources.files(package).joinpath(name).read_text("utf-8")
