"""Gives the pages of an archive from before there were any the narrower copies of their images, read from no master."""

from __future__ import annotations

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

from archive import derivatives
from archive.config import Config
from archive.errors import ToolError
from ingest.run.progress import Progress
from ingest.tools import derivatives as pictures


def write_narrow(config: Config, page_ids: Collection[str], progress: Progress) -> None:
    """Writes the copies of these pages' images, and says which image cannot be read; killed, the next run does the
    rest."""
    if not page_ids:
        return
    progress.say(f"{len(page_ids)} page images get their narrower copies, for telephones and slow lines")

    def write(page_id: str) -> None:
        try:
            pictures.narrow(derivatives.image(config.data_folder, page_id), config.ingest.image_quality)
        except ToolError as wrong:
            progress.say(str(wrong))

    # Pillow leaves the interpreter's lock while it reads, shrinks and writes.
    with ThreadPoolExecutor(config.ingest.workers or os.cpu_count() or 1) as writers:
        for _ in writers.map(write, page_ids):
            pass
