"""What reading costs by size: `python -m bench.sizes`, once with few pages and once with many.

An archive is made through the catalog, with an item of so many pages and a series of so many items. Then the public
addresses are asked, some pages change and the index is told, and the index is built anew: how many queries of the
catalog each took, and how many seconds of processor time, the quicker of two.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event

from archive import indexing
from archive.catalog import journal
from archive.catalog.connect import open_catalog, writing
from archive.unit import Unit
from search_app import create_app
from tests.filled_archive import COMMON, RARE, Filled, fill


@contextmanager
def queries(catalog: Engine) -> Iterator[list[str]]:
    """The statements that read the catalog while the block runs."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    event.listen(catalog, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(catalog, "before_cursor_execute", note)


def addresses(made: Filled) -> dict[str, str]:
    """The public addresses whose cost is looked at, by what they are called here."""
    ark = f"/ark:{made.config.archive.naan}"
    return {
        "a page of results": f"/search?q={COMMON}",
        "the series": f"{ark}/{made.series}",
        "its last page": f"{ark}/{made.series}?page={-(-len(made.items) // 50)}",
        "the long item": f"{ark}/{made.long}",
        "its first page, next hit on the last": f"{ark}/{made.pages[0]}?q={RARE}",
        "its middle page, no word": f"{ark}/{made.pages[len(made.pages) // 2]}",
        "its middle page, every page a hit": f"{ark}/{made.pages[len(made.pages) // 2]}?q={COMMON}",
        "its citation": f"/cite/{made.long}?format=ris",
        "a page's text": f"/text/{made.pages[-1]}.txt",
        "the whole text": f"/text/{made.long}.txt",
    }


def measured(catalog: Engine, work: Callable[[], object]) -> tuple[int, float]:
    """How many queries it takes, and seconds of processor time, the quicker of two."""
    spent = []
    for _ in range(2):
        with queries(catalog) as asked:
            began = time.process_time()
            work()
            spent.append(time.process_time() - began)
    return len(asked), min(spent)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=3_000)
    arguments.add_argument("--items", type=int, default=3_000)
    arguments.add_argument("--changed", type=int, default=500, help="of the long item's pages")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = fill(Path(folder), pages=asked.pages, items_in_series=asked.items)
        catalog = open_catalog(made.config.catalog_url)
        found, spent = measured(catalog, lambda: indexing.rebuild(made.config, catalog))
        pages = asked.pages + asked.items
        print(f"rebuild of {pages} pages | {found} queries, {found / pages:.2f} a page | {spent:.2f} s", flush=True)

        def feed():
            with writing(catalog) as connection:
                journal.post(connection, map(Unit.page, made.pages[: asked.changed]))
            indexing.catch_up(made.config, catalog)

        found, spent = measured(catalog, feed)
        print(f"feed of {asked.changed} changed pages | {found} queries | {spent:.2f} s", flush=True)
        client = create_app(made.config, catalog=catalog).test_client()
        for name, address in addresses(made).items():

            def ask(address=address):
                response = client.get(address)
                assert response.status_code == 200, (address, response.status_code)
                return response.get_data()

            found, spent = measured(catalog, ask)
            print(f"{name} | {found} queries | {spent * 1000:.0f} ms", flush=True)


if __name__ == "__main__":
    main()
