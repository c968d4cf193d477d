"""Writes the empty spreadsheet of metadata to a file: XLSX, or its headings as CSV."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

from archive.errors import SheetError
from ingest.sheets import template


def write(path: Path, language: template.Language) -> bool:
    """Writes the template, as the suffix says; False, and nothing written, where there is a file already.

    Raises SheetError for another suffix, and where it cannot be written.
    """
    match path.suffix.casefold():
        case ".xlsx":
            packed = BytesIO()
            template.workbook(language).save(packed)
            data = packed.getvalue()
        case ".csv":
            text = StringIO(newline="")
            sheet = path.stem.casefold()
            csv.writer(text).writerow(template.headings(sheet if sheet in template.SHEETS else "metadata"))
            data = text.getvalue().encode("utf-8-sig")
        case _:
            raise SheetError(
                "spreadsheets are written as XLSX or CSV", item=str(path), remedy="Let its name end with .xlsx or .csv."
            )
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    except OSError as trouble:
        raise SheetError(
            f"it cannot be written: {trouble.strerror or trouble}", item=str(path), remedy="Name another place."
        ) from trouble
    return True
