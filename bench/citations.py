"""What a record of a whole result costs, its pages looked up by portions or item by item: `python -m bench.citations`.

An archive of so many pages is made through the catalog, nothing is read; then pages of them are written as RIS, in an
order that has nothing to do with their items, as a result by relevance has them.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import event

from archive import citation, exports
from archive.catalog import files, items, tree
from archive.catalog.connect import open_catalog, writing
from archive.config import Config
from archive.description import Description, Statement
from archive.held import DescribedItem, HeldPage
from archive.holdings import Holdings
from archive.record import File, Frame


def archive(folder: Path, item_count: int, pages_each: int, found: int) -> tuple[Holdings, list[str]]:
    """The holdings of an archive of so many items, ten to a series, each in a box and a folder; and the ids of the
    pages found."""
    config = Config(folder)
    naan, made = config.archive.naan, []
    with writing(open_catalog(config.catalog_url, create=True)) as connection:
        top, _ = tree.put_component(
            connection, naan, ref_id="all", parent_id=None, level="collection", title="A collection"
        )
        for number in range(item_count):
            series, _ = tree.put_component(
                connection,
                naan,
                ref_id=f"series-{number // 10}",
                parent_id=top,
                level="series",
                title=f"Series {number // 10}",
            )
            item = items.add_item(connection, naan, f"ER-{number:05}")
            items.set_description(
                connection,
                item.id,
                Description.of(
                    Statement(element, value, "spreadsheet")
                    for element, value in (
                        ("title", f"Report {number}"),
                        ("creator", "A committee"),
                        ("date_edtf", "1983-05"),
                        ("genre", "report"),
                        ("language", "spa"),
                        ("place", "Tecoluca"),
                        ("description", "What happened in a month, day by day."),
                    )
                ),
                series,
                "bench",
            )
            box = tree.put_container(connection, "box", str(number // 20))
            tree.set_item_containers(
                connection, item.id, [box, tree.put_container(connection, "folder", str(number), parent_id=box)]
            )
            frames = tuple(Frame(n, 1600, 2100) for n in range(1, pages_each + 1))
            master = files.add_file(connection, File(0, f"{number:064}", 1000, "image/tiff", frames))
            added = [
                items.add_page(connection, naan, item.id, frame.number, master.id, frame.number, 1600, 2100, None)
                for frame in frames
            ]
            made += [page.id for page in added[:found]]
    random.Random(1992).shuffle(made)
    return Holdings(config), made


def each_item_whole(holdings: Holdings, page_ids: Iterable[str]) -> Iterator[tuple[DescribedItem, HeldPage]]:
    """Each item is looked up once, by itself and with all of its pages."""
    near: dict[str, tuple[DescribedItem, HeldPage]] = {}
    for id in page_ids:
        if id not in near:
            item = holdings.item(holdings.item_of_page(id).id)
            near |= {page.id: (item, page) for page in item.pages}
        yield near[id]


WAYS = {"by portions": Holdings.pages, "each item whole": each_item_whole}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=100)
    arguments.add_argument("--pages", type=int, default=50, help="of each item")
    arguments.add_argument("--found", type=int, default=50, help="of each item's pages, so many are in the result")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        holdings, page_ids = archive(Path(folder), given.items, given.pages, given.found)
        queries: list[str] = []
        event.listen(holdings.catalog, "before_cursor_execute", lambda *what: queries.append(what[2]))
        rates: dict[str, list[float]] = {name: [] for name in WAYS}
        asked: dict[str, float] = {}
        for _ in range(given.rounds):
            for name, way in WAYS.items():
                queries.clear()
                before = time.process_time()
                cited = exports.sources(holdings, way(holdings, page_ids), whole_items=False)
                deque(citation.write("ris", cited, date(2026, 1, 1), "en"), maxlen=0)
                rates[name].append(len(page_ids) / (time.process_time() - before))
                asked[name] = len(queries) / len(page_ids)
        for name, found in rates.items():
            print(
                f"{name}: {statistics.median(found):.0f} records a second of processor time, {asked[name]:.2f} "
                "queries a record"
            )
        portions, whole = (statistics.median(found) for found in rates.values())
        print(f"ratio {portions / whole:.2f}, {len(page_ids)} records")


if __name__ == "__main__":
    main()
