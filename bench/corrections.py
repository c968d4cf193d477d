"""How much of what a person typed stays when a page is read again by other readers: `python -m bench.corrections
FOLDER…`.

Each page (folders as for `bench.reading`, whose kept readings are used) is read by Tesseract, corrected to its true
text line by line, and then read by both readers: what of the corrections finds its place on that reading, and how right
is what is shown then? Once with the boxes of the page, as on the same image; once by the words alone, as on another
scan.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from archive.anchor import anchor
from archive.corrections import edits, typed_lines
from archive.decisions import CORRECTION, Decision, carried
from archive.layout import Layout
from bench.reading import Read, read, recall
from bench.truth import Score, pages, score
from ingest.page import voting

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def typed(one: Read, *, compared: bool) -> list[Decision[str]]:
    """The corrections that make the true text of Tesseract's reading."""
    layout = one.alone
    made = edits(layout, typed_lines(layout, one.page.text), compared=compared)
    return [
        Decision(
            number,
            CORRECTION.name,
            one.page.stem,
            anchor(layout, edit.place),
            edit.text,
            "bench",
            BEGINNING + timedelta(seconds=number),
        )
        for number, edit in enumerate(made)
    ]


def measured(one: Read, made: list[Decision[str]], voted: Layout, *, same_image: bool) -> tuple[int, Score]:
    """How many of the corrections find their place on the other reading, and the score of what is shown then."""
    found = carried(voted, [replace(each, same_image=same_image) for each in made])
    return len(found.placed), score(one.page.text, found.layout.text)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.corrections", description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path)
    chosen = options.parse_args()
    found: dict[tuple[str, str], list] = defaultdict(list)
    for folder in chosen.folders:
        for page in pages(folder):
            one = read(page)
            voted = voting.vote(one.first, one.second, one.spoken)
            for how, compared in (("whole pages compared", True), ("what was wrong alone", False)):
                made = typed(one, compared=compared)
                for where, same_image in (("same image", True), ("another scan", False)):
                    placed, after = measured(one, made, voted, same_image=same_image)
                    found[how, where].append((len(made), placed, score(page.text, voted.text), after))
    print(
        "| corrections | read again from | placed | word recall before | after | median CER before | after "
        "|\n|---|---|---|---|---|---|---|"
    )
    for (how, where), rows in found.items():
        print(
            f"| {how} | {where} | {sum(row[1] for row in rows)} of {sum(row[0] for row in rows)} | "
            f"{recall(row[2] for row in rows):.3f} | "
            f"{recall(row[3] for row in rows):.3f} | {median(row[2].cer for row in rows):.3f} | "
            f"{median(row[3].cer for row in rows):.3f} |"
        )


if __name__ == "__main__":
    main()
