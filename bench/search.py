"""What a search costs beyond its engine: `python -m bench.search`.

Ten queries with five facets are put to each engine as Rescate puts them (from the text typed to the answer), and in
turn as the same work to the engine's own API: its queries built beforehand, the same page of hits with their ids, the
same exact total, the same counts under the same filters, its answers left as they come. Goal: at most 1.2 times.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import tantivy
from elasticsearch import Elasticsearch
from rich.console import Console
from rich.table import Table

from archive.access import Audience
from archive.config import ElasticsearchSettings
from archive.search import elastic_terms, embedded_terms, index_folders, ranking
from archive.search.elastic import Elastic
from archive.search.elastic_client import API_KEY
from archive.search.embedded import Embedded
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest, SearchResponse, Sort
from bench import measure, search_documents
from tests.elasticsearch import server

RESULTS = Path(__file__).with_name("results")
GOAL = 1.2
#: A server of one's own, which the tests know by the same name.
GIVEN = "RESCATE_TEST_ELASTICSEARCH"

#: The mix: name, what is typed, and what else is asked. Facets are date, place, language, genre and, as the fifth,
#: series, the one that people of an archive narrow by first.
MIX = (
    ("everything", "", {}),
    ("a frequent word", "policía", {}),
    ("two words", "soldiers witnesses", {}),
    ("a word seldom found", "{rare}", {}),
    ("a phrase", '"de la"', {}),
    ("either of two", "masacre OR massacre", {}),
    ("one but not another", "captured -police", {}),
    ("a beginning", "desapar*", {}),
    ("a word in two years", "arrests date:1983..1984", {}),
    (
        "filters, by date, page 20",
        "ejército",
        {"filters": {"genre": ("report", "clipping"), "date": ("198X",)}, "sort": Sort.DATE, "offset": 380},
    ),
)
#: Queries in which words may stand together: of frequent words, of a rare one, of three and of seven.
TOGETHER = (
    "soldiers witnesses",
    "policía capturó",
    "de la policía",
    "soldiers police massacre",
    "policía soldados ejército testigos cantón masacre detención",
)


@dataclass(frozen=True)
class Side:
    """The same question asked in two ways, each a call without arguments; `total` reads the answer of the raw one."""

    ours: Callable[[], SearchResponse]
    raw: Callable[[], object]
    total: Callable[[object], int]


def requests(rare: str) -> Iterator[tuple[str, str, SearchRequest]]:
    for name, typed, more in MIX:
        yield name, typed.format(rare=rare), SearchRequest(facets=tuple(FIELDS.facets), date_bin="year", **more)


def of_tantivy(engine: Embedded, typed: str, request: SearchRequest) -> Side:
    """The same work for tantivy-py."""
    compiled = embedded_terms.compile(replace(request, query=parse(typed)), FIELDS)
    index = tantivy.Index.open(str(index_folders.current(engine.folder).folder))
    index.config_reader("manual")
    counts = [
        (query, {facet: {"terms": {"field": name, "size": 65_000}} for facet, name in named.items()})
        for query, named in compiled.counts
    ]

    def raw():
        searcher = index.searcher()
        if compiled.order is None:
            found = searcher.search(compiled.hits, request.size, offset=request.offset)
        else:
            found = searcher.search(
                compiled.hits,
                request.size,
                order_by_field=compiled.order,
                offset=request.offset,
                order=tantivy.Order.Asc,
            )
        documents = [searcher.doc(address) for _, address in found.hits]
        return (
            found.count,
            [(one.get_first("id"), one.get_first("item")) for one in documents],
            [searcher.aggregate(query, asked) for query, asked in counts],
        )

    return Side(lambda: engine.search(replace(request, query=parse(typed))), raw, lambda answer: answer[0])


def of_elasticsearch(engine: Elastic, client: Elasticsearch, typed: str, request: SearchRequest) -> Side:
    """The same work for the official client."""
    body = {
        **elastic_terms.compile(replace(request, query=parse(typed))),
        "from_": request.offset,
        "size": request.size,
    }
    return Side(
        lambda: engine.search(replace(request, query=parse(typed))),
        lambda: client.search(index=engine.alias, **body),
        lambda answer: answer["hits"]["total"]["value"],
    )


def compare(sides: list[tuple[str, Side]], rounds: int) -> list[dict]:
    """Milliseconds of each query in both ways, in turn, the first of the two changing from round to round."""
    taken = {name: {"ours": [], "raw": []} for name, _ in sides}
    for name, side in sides:
        # Asked once before, so that neither pays for the other's reading from disk; and that both mean the same.
        if side.ours().total != side.total(side.raw()):
            raise SystemExit(f"{name}: the two ways do not find the same")
    for number in range(rounds):
        for name, side in sides:
            for way in ("ours", "raw") if number % 2 else ("raw", "ours"):
                begun = time.perf_counter()
                getattr(side, way)()
                taken[name][way].append((time.perf_counter() - begun) * 1000)
    rows = [_row(name, taken[name]["ours"], taken[name]["raw"]) for name, _ in sides]
    whole = {way: [one for name in taken for one in taken[name][way]] for way in ("ours", "raw")}
    # The mix as a whole: its time is the sum of its queries' medians, so that no query is drowned by chance.
    mix = _row("the mix", whole["ours"], whole["raw"])
    mix["ratio"] = sum(row["ours"]["p50"] for row in rows) / sum(row["raw"]["p50"] for row in rows)
    return [*rows, mix]


def nearness(engine: Embedded, rounds: int) -> Table:
    """Processor time of queries of several words by their words alone, and with what moves up pages in which they stand
    together (archive.search.ranking), in turn."""
    title = "embedded: words that stand together, milliseconds of the processor"
    made = Table("query", "alone", "together", "ratio", title=title)
    for typed in TOGETHER:
        taken: dict[str, list[float]] = {"alone": [], "together": []}
        request = SearchRequest(query=parse(typed), facets=tuple(FIELDS.facets), date_bin="year")
        for number in range(rounds + 1):
            for way in ("alone", "together") if number % 2 else ("together", "alone"):
                with mock.patch.object(ranking, "together", (lambda parts: []) if way == "alone" else ranking.together):
                    begun = time.process_time()
                    engine.search(request)
                    taken[way].append((time.process_time() - begun) * 1000)
        # The first round reads from the disk.
        alone, together = (statistics.median(taken[way][1:]) for way in ("alone", "together"))
        made.add_row(typed, f"{alone:.2f}", f"{together:.2f}", f"{together / alone:.2f}")
    return made


def _row(name: str, ours: list[float], raw: list[float]) -> dict:
    def measured(times):
        return {"p50": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1]}

    return {
        "query": name,
        "ours": measured(ours),
        "raw": measured(raw),
        "ratio": statistics.median(ours) / statistics.median(raw),
    }


@contextlib.contextmanager
def elasticsearch_url(console: Console) -> Iterator[str | None]:
    """A running server's URL; None, with the reason said, where there is none to be had."""
    if given := os.environ.get(GIVEN):
        yield given
    elif absent := server.wanting():
        console.print(f"Elasticsearch left out: no {absent} here, and no URL in {GIVEN}.")
        yield None
    else:
        started = server.start(os.getpid())
        try:
            yield started["url"]
        finally:
            server.end(started)


def table(engine: str, units: str, rows: list[dict]) -> Table:
    made = Table(
        "query", "Rescate p50", "p95", "raw p50", "p95", "ratio of p50", title=f"{engine}: {units}, milliseconds"
    )
    for row in rows:
        made.add_row(
            row["query"],
            *(f"{row[way][rank]:.2f}" for way in ("ours", "raw") for rank in ("p50", "p95")),
            f"{row['ratio']:.2f}",
            style="bold" if row is rows[-1] else None,
        )
    return made


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__.splitlines()[0])
    options.add_argument("--pages", type=int, default=100_000, help="pages in the index (100000)")
    options.add_argument("--rounds", type=int, default=30, help="times that each query is put in each way (30)")
    options.add_argument("--engine", choices=["embedded", "elasticsearch", "both"], default="both")
    chosen = options.parse_args()
    console = Console()
    # A word of the made-up ones that stands on few pages.
    rare = next(search_documents.documents(1)).texts["shown"][0].words[-1]
    found: dict = {
        "when": time.strftime("%Y-%m-%d"),
        "machine": measure.machine(),
        "pages": chosen.pages,
        "engines": {},
    }
    console.print(f"{found['machine']}; {chosen.pages:,} pages; {chosen.rounds} rounds; {found['when']}")
    with tempfile.TemporaryDirectory(prefix="rescate-bench-") as scratch:
        if chosen.engine != "elasticsearch":
            engine = Embedded(Path(scratch) / "embedded", FIELDS, Audience.PUBLIC)
            seconds = _fill(engine, chosen.pages, console)
            rows = compare(
                [(name, of_tantivy(engine, typed, request)) for name, typed, request in requests(rare)], chosen.rounds
            )
            found["engines"]["embedded"] = {"seconds to build": seconds, "queries": rows}
            console.print(table("embedded", f"{chosen.pages:,} pages", rows), nearness(engine, chosen.rounds))
        if chosen.engine != "embedded":
            with elasticsearch_url(console) as url:
                if url:
                    settings = ElasticsearchSettings(url=url, index=f"rescate-bench-{os.getpid()}", timeout=120)
                    engine = Elastic(settings, FIELDS, Audience.PUBLIC, Path(scratch) / "elasticsearch")
                    with Elasticsearch(url, api_key=os.environ.get(API_KEY) or None, request_timeout=120) as client:
                        try:
                            seconds = _fill(engine, chosen.pages, console)
                            rows = compare(
                                [
                                    (name, of_elasticsearch(engine, client, typed, request))
                                    for name, typed, request in requests(rare)
                                ],
                                chosen.rounds,
                            )
                        finally:
                            for name in client.indices.get(index=f"{engine.alias}-*"):
                                client.indices.delete(index=name)
                    found["engines"]["elasticsearch"] = {"seconds to build": seconds, "queries": rows}
                    console.print(table("Elasticsearch", f"{chosen.pages:,} pages", rows))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "search.json").write_text(json.dumps(found, indent=1), "utf-8")
    worst = max((one["queries"][-1]["ratio"] for one in found["engines"].values()), default=0)
    console.print(f"The mix: at most {worst:.2f} times (goal {GOAL}).")
    sys.exit(worst > GOAL)


def _fill(engine, count: int, console: Console) -> float:
    begun = time.perf_counter()
    engine.rebuild(search_documents.documents(count))
    seconds = time.perf_counter() - begun
    console.print(
        f"{type(engine).__name__.lower()}: built in {seconds:.0f} s, {count / seconds:,.0f} pages a second "
        f"with their making",
        style="dim",
    )
    return seconds


if __name__ == "__main__":
    main()
