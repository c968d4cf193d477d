"""Reads the metadata spreadsheets of a folder of scans: metadata, pages and components.

Every problem is a value; the other rows go on.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from pathlib import Path

from ingest.sheet_rows import (AccessDeclaration, ComponentRow, ItemRow, PageRange, PageRow, Part, Problem,
                               Sheets)

__all__ = ["AccessDeclaration", "ComponentRow", "ItemRow", "PageRange", "PageRow", "Part", "Problem", "Sheets",
           "check_against", "read_folder"]


def read_folder(folder: Path, *, known_components: Container[str] = ()) -> Sheets:
    """All that metadata.csv (or .xlsx), pages.csv and components.csv in `folder` say; empty where there are none.

    `known_components` are ref_ids that the catalog has already.
    """
    raise NotImplementedError


def check_against(row: ItemRow, page_counts: Mapping[str, int], sheet: str = "metadata.csv") -> tuple[Problem, ...]:
    """Problems of `row` now that its files' page counts are known (path → pages): ranges beyond the file."""
    raise NotImplementedError
