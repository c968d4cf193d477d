"""Writes metadata.csv, pages.csv and components.csv beside the masters."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from .rows import COMPONENTS, ITEMS, PAGES, SAMPLE, ZERO

COMPONENT_COLUMNS = (
    "ref_id",
    "parent_ref_id",
    "level",
    "unitid",
    "title",
    "date",
    "date_edtf",
    "description",
    "access",
    "access_reason",
    "access_authority",
    "access_review_date",
)
ITEM_COLUMNS = (
    "id",
    "parent_ref_id",
    "file",
    "pages",
    "title",
    "title_type",
    "creator",
    "creator_role",
    "date",
    "date_edtf",
    "date_type",
    "language",
    "dcmi_type",
    "genre",
    "extent",
    "publication",
    "publication_place",
    "publication_page",
    "description",
    "subject",
    "place",
    "relation",
    "box",
    "folder",
    "barcode",
    "rights_uri",
    "rights_note",
    "rights_holder",
    "access",
    "access_reason",
    "access_authority",
    "access_review_date",
    "content_note",
    "sha256",
)
PAGE_COLUMNS = ("id", "sequence", "file", "label", "role", "language", "access")

#: A checksum stands in the rows whose files come with one: those of the scanning of March 2021.
CHECKED = (".tif",)


def write(to: Path, page_counts: dict[str, int]) -> None:
    """The three spreadsheets, UTF-8; a checksum where the file is there."""
    _write(to / "components.csv", COMPONENT_COLUMNS, COMPONENTS)
    _write(
        to / "metadata.csv",
        ITEM_COLUMNS,
        ([row.get(column, "") for column in ITEM_COLUMNS] for row in items(to, page_counts)),
    )
    _write(to / "pages.csv", PAGE_COLUMNS, (row for row in PAGES))


def items(to: Path, page_counts: dict[str, int]) -> Iterable[dict[str, str]]:
    """Each item's row, with what all have in common."""
    for row in ITEMS:
        full = {
            "dcmi_type": "Text",
            "rights_uri": ZERO,
            "rights_note": SAMPLE,
            "rights_holder": "Project Rescate",
            **row,
        }
        full["description"] = f"{row['description']} {SAMPLE}"
        full["extent"] = row["extent"].format(pages=page_counts.get(row["file"], ""))
        master = to / row["file"]
        if master.suffix in CHECKED and master.is_file():
            full["sha256"] = hashlib.sha256(master.read_bytes()).hexdigest()
        yield full


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(columns)
        table.writerows(rows)
