"""What becomes of every file in some folders: `python -m bench.masters FOLDER…` prints one line a file.

Identifies and renders each in a worker, as `rescate ingest` does; nothing is stored.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from pathlib import Path

from archive.config import IngestSettings
from ingest import media_type, survey
from ingest.execution import Failure
from ingest.execution.local import LocalExecutor
from ingest.tools import masters

#: Pages rendered of each file; a book's other pages say nothing new.
PAGES = 5


def outcome(path: Path) -> str:
    """What kind the file is, its pages, their canvases."""
    began = time.perf_counter()
    kind = media_type.media_type(path)
    master = masters.identify(path, kind, IngestSettings())
    parts = []
    for frame in master.frames[:PAGES]:
        if frame.problem:
            parts.append(f"page {frame.number} {frame.problem}")
        else:
            image = masters.render(path, kind, frame)
            parts.append(f"{image.width}×{image.height} {image.mode} {frame.dpi or '?'} dpi")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    notes = "; ".join(master.notes)
    return (f"{media_type.name_of(kind)}, {len(master.frames)} pages: {', '.join(parts)}"
            f" [{time.perf_counter() - began:.2f} s, {memory} MiB]{' NOTE ' + notes if notes else ''}")


def main() -> None:
    found = survey.survey(sys.argv[1:], (".*", "README*"))
    counts: Counter[str] = Counter()
    with LocalExecutor(2) as executor:
        for path, result in executor.run(outcome, [file.path for file in found.files], 60):
            failed = isinstance(result, Failure)
            counts[result.error_class if failed else "read"] += 1
            print(f"{path.parent.name}/{path.name}: " + (f"{result.error_class}: {result.reason}" if failed else result))
            if failed and result.error_class not in ("Unreadable", "Unsupported", "Encrypted", "TooLarge"):
                print(result.traceback)
    print(dict(counts))


if __name__ == "__main__":
    # Workers import what they run by its module's name, which `__main__` is not.
    from bench import masters as itself

    itself.main()
