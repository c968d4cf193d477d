"""A batch made of hand, for the tests of reports; its persons and places are nobody's."""

import importlib
from datetime import UTC, datetime, timedelta

from archive.catalog.outcomes import BatchOutcomes, FileRow, PageRow

#: What sentences mean, as the catalogs of earlier versions were filled.
CODES = importlib.import_module("archive.catalog.migrations.versions.0011_codes_of_reasons")
START = datetime(1999, 3, 1, 8, tzinfo=UTC)
SHA = "ab" * 32


def batch(**values) -> BatchOutcomes:
    return BatchOutcomes(
        **dict(
            id=7,
            kind="ingest",
            name="box 1",
            paths=("/m/box 1",),
            recipe="r1",
            started=START,
            ended=START + timedelta(minutes=2),
            undone=None,
            last=START,
        )
        | values
    )


def file(path="a.tif", outcome="added", reason="", items=("i1",), pages=1, **values) -> FileRow:
    return FileRow(
        **dict(
            path=f"/m/box 1/{path}",
            outcome=outcome,
            reason=reason,
            code=CODES.code_of_file(outcome, reason) if reason else "",
            sha256=SHA,
            items=items,
            pages=pages,
            at=START,
            media_type="image/tiff",
            puid="fmt/353",
            format="TIFF",
        )
        | values
    )


def page(path="a.tif", outcome="read", reason="", frame=1, **values) -> PageRow:
    return PageRow(
        **dict(
            path=f"/m/box 1/{path}",
            page_id=f"p{frame}",
            item_id="i1",
            local_id="0012",
            sequence=frame,
            frame=frame,
            outcome=outcome,
            reason=reason,
            code=CODES.code_of_page(outcome, reason) if reason else "",
            recipe="r1",
            at=START,
            seconds=1.5,
            here=True,
            reader="tesseract 5" if outcome == "read" else "",
            language="spa" if outcome == "read" else "",
            words=100 if outcome == "read" else 0,
            confidence=0.9 if outcome == "read" else None,
            sha256=SHA,
            puid="fmt/353",
        )
        | values
    )
