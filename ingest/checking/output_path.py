"""The path that a checked spreadsheet is put at: never into the batch, never over anything."""

from __future__ import annotations

from pathlib import Path

from archive.errors import ConfigError, NotFound
from ingest.intake.survey import SHEETS
from ingest.sheets.sources import SUFFIXES


def output(folder: Path, asked: Path | None) -> Path:
    """The file to be written: `asked`, else `<folder>-checked` with the suffix of the batch's spreadsheet, in the
    working folder or, where that is in the batch, beside the batch; numbered where there is one already.

    Raises NotFound where there is no such batch, ConfigError where `asked` lies in the batch, is there
    already, or has a suffix that is no spreadsheet's.
    """
    batch = folder.resolve()
    if not batch.is_dir():
        raise NotFound(
            "there is no such folder",
            item=str(folder),
            remedy="Name the folder that holds the scans and their spreadsheet.",
        )
    suffix = _suffix(batch)
    if asked is not None:
        _refuse(asked, batch, suffix)
        return asked
    here = Path.cwd()
    where = batch.parent if here.resolve().is_relative_to(batch) else here
    stem = f"{batch.name or 'batch'}-checked"
    names = (f"{stem}{suffix}", *(f"{stem}-{number}{suffix}" for number in range(2, 10_000)))
    return next(where / name for name in names if not (where / name).exists())


def _suffix(batch: Path) -> str:
    """The suffix of the batch's own metadata, the one that is read; .xlsx where it has none."""
    there = {
        ".xlsx" if path.suffix.casefold() == ".xlsm" else path.suffix.casefold()  # macros are not given back
        for path in batch.iterdir()
        if SHEETS.get(path.name.casefold()) == "metadata"
    }
    return next((suffix for suffix in SUFFIXES if suffix in there), ".xlsx")


def _refuse(asked: Path, batch: Path, suffix: str) -> None:
    if asked.resolve().is_relative_to(batch):
        raise ConfigError(
            "it lies in the batch, to which nothing is written", item=str(asked), remedy="Name a file elsewhere."
        )
    if asked.exists():
        raise ConfigError(
            "there is such a file already", item=str(asked), remedy="Name another, or take that one away."
        )
    has_sheet = any(SHEETS.get(path.name.casefold()) == "metadata" for path in batch.iterdir())
    wanted = {suffix} if has_sheet else {".csv", ".xlsx"}
    if asked.suffix.casefold() not in wanted:
        raise ConfigError(
            f"the spreadsheet is returned as it was, as {suffix}",
            item=str(asked),
            remedy=f"Let its name end with {suffix}.",
        )
    if not asked.resolve().parent.is_dir():
        raise ConfigError("there is no such folder", item=str(asked.parent), remedy="Make it first.")
