"""Makes the sample scans, their ground truth and their spreadsheets: `python scans/make_samples.py [--to FOLDER]`.

The same inputs, fonts and library versions give the same bytes; texts and spreadsheets come out alike everywhere.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True  # nothing but samples belongs in this folder
sys.path.insert(0, str(Path(__file__).resolve().parent))

from samples import fonts, sheets  # noqa: E402
from samples.masters import masters  # noqa: E402


def make(to: Path, *, scans: bool = True, only: str = "") -> None:
    """Write masters (unless `scans` is off), truth and spreadsheets below `to`; `only` is a path's beginning."""
    to.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    written: set[Path] = set()
    for master in masters():
        texts = master.truths()
        # A folder of page images is one item, so its pages count for the folder too.
        counts[master.path] += len(texts)
        counts[master.path.rpartition("/")[0]] += len(texts)
        if only and not master.path.startswith(only):
            continue
        if scans:
            target = to / master.path
            target.parent.mkdir(parents=True, exist_ok=True)
            master.write(target)
            print(f"{target.stat().st_size:9,d}  {master.path}", file=sys.stderr)
        for path, text in texts.items():
            target = to / "truth" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8", newline="\n")
            written.add(target)
    sheets.write(to, counts)
    if not only:
        for path in sorted(set((to / "truth").rglob("*.txt")) - written):
            print(f"no longer made, delete it and its master: {path}", file=sys.stderr)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--to", type=Path, default=Path(__file__).resolve().parent, help="folder to write to (default: scans/)"
    )
    options.add_argument("--texts", action="store_true", help="ground truth and spreadsheets only, no masters")
    options.add_argument("--only", default="", metavar="PATH", help="only masters whose path begins so")
    given = options.parse_args()
    missing = fonts.missing()
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 2
    make(given.to, scans=not given.texts, only=given.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
