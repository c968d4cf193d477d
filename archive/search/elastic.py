"""The Elasticsearch engine: an existing cluster by URL, an alias for each index, indexes built aside and swapped."""

from __future__ import annotations

import secrets
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import elasticsearch
from elasticsearch import Elasticsearch, helpers

from archive.access import Audience
from archive.config import ElasticsearchSettings
from archive.errors import EngineError, EngineOutdated, EngineUnavailable
from archive.search import elastic_client, elastic_terms, index_folders, indexed, marks, refused
from archive.search.deadline import Breaker, Deadline
from archive.search.document import Document
from archive.search.elastic_client import spoken
from archive.search.elastic_terms import MARK, Json
from archive.search.fields import Fields
from archive.search.request import Hit, SearchRequest, SearchResponse

#: Values of a facet asked for at once where there are more than one answer holds.
_WINDOW = 10_000
#: Hits asked for at once while all are walked.
_PORTION = 5_000
#: Words of the vocabulary that may be near to one.
_NEAR = 50
#: How long a snapshot is kept between two portions.
_KEPT = "5m"
_NO_ANSWER = "Look whether search.elasticsearch.url leads to Elasticsearch."
#: Documents and bytes sent at once.
_BULK = 500
_BULK_BYTES = 20_000_000
#: Seconds for which an Elasticsearch that did not answer in time is not asked again: everybody is told so at once.
_RESTING = 15.0
#: Seconds for letting go of a snapshot.
_FAREWELL = 2.0
#: Elasticsearch's own limit ends a little before ours, so that it stops working on what nobody waits for any more.
_SOONER = 0.9
#: Seconds for which an index that was of this version is believed to be it still.
_BELIEVED = 30.0


class Elastic:
    """The index of one kind of documents, by its `fields`, for one audience: the alias `<index>-<audience>`, of other
    kinds than pages `<index>-<kind>-<audience>`. Safe to share between threads.

    `folder` holds the lock that lets one program of this machine write at a time. `default` is the access of what no
    rule speaks of: an index built under another one is outdated.
    """

    def __init__(
        self, settings: ElasticsearchSettings, fields: Fields, audience: Audience, folder: Path, default: str = ""
    ):
        self._wanted = marks.mark(MARK, fields, default)
        self.fields, self.audience, self.folder, self.url = fields, audience, folder, settings.url
        self.alias = f"{settings.index}-{fields.index(audience)}"
        self._client = elastic_client.client(settings)
        self._timeout = settings.timeout
        self._breaker = Breaker(_RESTING)
        self._checked = float("-inf")

    def search(self, request: SearchRequest) -> SearchResponse:
        """Exact total and facets, and the asked-for slice of hits."""
        refused.admit(request, self.fields, self.audience)
        body = elastic_terms.compile(request, self.fields)
        with spoken(self.url, self.alias), self._patient():
            deadline = Deadline(self._timeout)
            self._current(deadline=deadline)
            # What is too far is not asked for, but whether it is there decides what is said.
            far = request.offset + request.size > refused.FARTHEST
            slice: Json = {"size": 0} if far else {"from": request.offset, "size": request.size}
            slice["stored_fields"] = elastic_terms.SHOWN
            # One copy of a shard answers one audience, so that pages fit each other.
            found = self._asked(
                deadline,
                index=self.alias,
                preference=self.alias,
                allow_partial_search_results=False,
                **_named({**body, **slice}),
            )
            total, hits = found["hits"]["total"]["value"], found["hits"]["hits"]
            refused.check_reach(request, total)
            counts = {
                facet: self._counts(facet, request, found["aggregations"][facet], deadline)
                for facet in dict.fromkeys(request.facets)
            }
            return SearchResponse(total, tuple(map(_hit, hits)), self.fields.buckets(counts, request))

    def every(self, request: SearchRequest) -> Iterator[Hit]:
        """All hits in the request's order, from one snapshot, whatever is indexed meanwhile; no limit."""
        refused.admit(request, self.fields, self.audience)
        body = elastic_terms.compile(request, self.fields)
        with spoken(self.url, self.alias), self._patient():
            self._current(deadline=Deadline(self._timeout))
            yield from map(_hit, self._walk({**body, "track_total_hits": False}))

    def write(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> int:
        """Adds or replaces documents and removes ids; returns how many were written.

        Elasticsearch has no commit of many: what it rejects is named, the others stand.
        """
        with index_folders.writing(self.folder), spoken(self.url, self.alias):
            self._current(believed=0)
            return self._fill(self.alias, documents, removed)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """A new index built aside from `documents`, swapped in when whole, deleted on failure."""
        with index_folders.writing(self.folder), spoken(self.url, self.alias):
            self._version()
            with self._staged() as name:
                return self._fill(name, documents)

    def near(self, folded: str) -> Mapping[str, int]:
        """Words of the index that are at most two letters from a folded one."""
        asked = {
            name: {
                "text": folded,
                "term": {
                    "field": f"{name}_exact",
                    "suggest_mode": "always",
                    "max_edits": 2,
                    "prefix_length": 0,
                    "size": _NEAR,
                    "shard_size": _NEAR,
                },
            }
            for name in self.fields.suggesting
        }
        found: Counter[str] = Counter()
        with spoken(self.url, self.alias), self._patient():
            deadline = Deadline(self._timeout)
            self._current(deadline=deadline)
            for answers in self._asked(deadline, index=self.alias, size=0, suggest=asked)["suggest"].values():
                found.update({option["text"]: option["freq"] for answer in answers for option in answer["options"]})
        return found

    def check(self) -> str:
        """A sentence on the engine's state; raises EngineError when it cannot be used."""
        with spoken(self.url, self.alias):
            health, version = self._client.cluster.health(), self._version()
            self._current(believed=0)
            units = self._client.count(index=self.alias)["count"]
            return f"Elasticsearch {version} at {self.url}, {health['status']}: {units:,} units in {self.alias}"

    def close(self) -> None:
        """Lets go of connections."""
        self._client.close()

    def _asked(self, deadline: Deadline, **search: Any) -> Json:
        """One search's answer: whole, or an error, within what is left of its time."""
        left = deadline.left()
        found = self._once(left).search(timeout=f"{max(1, int(left * _SOONER * 1000))}ms", **search)
        if found["timed_out"] or found["_shards"]["failed"]:
            raise elasticsearch.ConnectionTimeout("The search was given up half-way")
        return dict(found)

    def _once(self, seconds: float) -> Elasticsearch:
        """The client for one call of at most so many seconds, which is not tried again."""
        return self._client.options(request_timeout=seconds, max_retries=0)

    @contextmanager
    def _patient(self) -> Iterator[None]:
        """Asks Elasticsearch unless it has just failed to answer in time; hears whether it does."""
        if self._breaker.refuses:
            raise EngineUnavailable("Elasticsearch did not answer a moment ago", item=self.url)
        answered = True
        try:
            yield
        except elasticsearch.TransportError:
            answered = False
            raise
        except (KeyError, TypeError, IndexError, AttributeError) as odd:
            raise EngineError(
                f"Elasticsearch's answer is none ({type(odd).__name__})", item=self.url, remedy=_NO_ANSWER
            ) from odd
        finally:
            self._breaker.heard(answered)

    def _version(self) -> str:
        """The server's version; empty where the key may not ask for it. Raises EngineError for one that is not spoken
        to."""
        try:
            said = self._client.nodes.info(node_id="_local", metric="http", filter_path="nodes.*.version")
        except elasticsearch.AuthorizationException:
            return ""
        version = next((str(node["version"]) for node in said.get("nodes", {}).values()), "")
        if version and int(version.partition(".")[0]) not in elastic_client.VERSIONS:
            raise EngineError(
                f"this is Elasticsearch {version}, which is not supported",
                item=self.url,
                remedy=elastic_client.OTHER_VERSION,
            )
        return version

    def _current(self, believed: float = _BELIEVED, deadline: Deadline | None = None) -> None:
        """Raises EngineOutdated where there is no index, or one of another version."""
        if time.monotonic() - self._checked < believed:
            return

        def client() -> Elasticsearch:
            return self._once(deadline.left()) if deadline else self._client

        if not client().indices.exists_alias(name=self.alias):
            raise EngineOutdated("there is no index yet", item=self.alias)
        mappings = client().indices.get_mapping(index=self.alias)
        for built in map(_mark, mappings.values()):
            if built != self._wanted:
                raise marks.outdated(built or "", self._wanted, self.alias)
        self._checked = time.monotonic()

    @contextmanager
    def _staged(self) -> Iterator[str]:
        """A new, empty index: the alias goes over to it when the block ends; it is deleted if that fails."""
        self._sweep()
        name = f"{self.alias}-{secrets.token_hex(6)}"
        self._client.indices.create(index=name, **elastic_terms.index(self.fields, self._wanted))
        whole = False
        try:
            yield name
            self._client.indices.update_aliases(
                actions=[
                    {"remove": {"index": f"{self.alias}-*", "alias": self.alias, "must_exist": False}},
                    {"add": {"index": name, "alias": self.alias}},
                ]
            )
            whole = True
            self._checked = float("-inf")
        finally:
            if whole:
                self._sweep()
            else:
                self._client.options(ignore_status=404).indices.delete(index=name)

    def _sweep(self) -> None:
        """Deletes indexes of ours that no alias names: what a program left that was stopped, or that was replaced."""
        found = self._client.indices.get(index=f"{self.alias}-*", features=["aliases", "mappings"])
        for name, one in found.items():
            if not one["aliases"] and _mark(one):
                self._client.options(ignore_status=404).indices.delete(index=name)

    def _fill(self, index: str, documents: Iterable[Document], removed: Iterable[str] = ()) -> int:
        rejected: list[str] = []
        written = 0
        for done, answer in helpers.streaming_bulk(
            self._client,
            _actions(index, self.fields, documents, removed, rejected),
            chunk_size=_BULK,
            max_chunk_bytes=_BULK_BYTES,
            raise_on_error=False,
            max_retries=3,
            require_alias=index == self.alias,
        ):
            ((kind, said),) = answer.items()
            if kind == "index" and done:
                written += 1
            elif not done and said["status"] != 404:
                rejected.append(f"{said['_id']} ({said.get('error', {}).get('type', said['status'])})")
        self._client.indices.refresh(index=index)
        if rejected:
            raise indexed.rejection(rejected)
        return written

    def _walk(self, body: Json) -> Iterator[Json]:
        """All hits of one snapshot, portion by portion, each after the last hit of the one before and with a time of
        its own."""
        asked = {name: value for name, value in body.items() if name != "aggs"}
        snapshot = self._once(self._timeout).open_point_in_time(index=self.alias, keep_alive=_KEPT)["id"]
        try:
            while True:
                found = self._asked(
                    Deadline(self._timeout),
                    **_named({**asked, "size": _PORTION, "pit": {"id": snapshot, "keep_alive": _KEPT}}),
                )
                snapshot = found["pit_id"]
                hits = found["hits"]["hits"]
                yield from hits
                if len(hits) < _PORTION:
                    return
                asked["search_after"] = hits[-1]["sort"]
        finally:
            # Where it does not answer any more it lets go of the snapshot by itself.
            with suppress(elasticsearch.TransportError):
                self._once(min(self._timeout, _FAREWELL)).options(ignore_status=404).close_point_in_time(id=snapshot)

    def _counts(self, facet: str, request: SearchRequest, counted: Json, deadline: Deadline) -> list[tuple[str, int]]:
        """A facet's values and counts; where there are more than one answer holds, all of them, page by page."""
        values = counted["values"]
        if not values["sum_other_doc_count"]:
            return [(bucket["key"], bucket["doc_count"]) for bucket in values["buckets"]]
        body = elastic_terms.compile(request, self.fields)
        source = {
            "size": _WINDOW,
            "sources": [{"value": {"terms": {"field": self.fields.facets[facet].counted(request.date_bin)}}}],
        }
        asked = {"bool": {"must": [body["query"]], "filter": [elastic_terms.under(facet, request, self.fields)]}}
        found: list[tuple[str, int]] = []
        while True:
            answer = self._asked(deadline, index=self.alias, query=asked, size=0, aggs={"all": {"composite": source}})
            portion = answer["aggregations"]["all"]
            found += [(bucket["key"]["value"], bucket["doc_count"]) for bucket in portion["buckets"]]
            if "after_key" not in portion:
                return found
            source["after"] = portion["after_key"]


def _actions(
    index: str, fields: Fields, documents: Iterable[Document], removed: Iterable[str], rejected: list[str]
) -> Iterator[Json]:
    """What is sent in bulk. Faulty documents are not, and go to `rejected`."""
    for id in removed:
        yield {"_op_type": "delete", "_index": index, "_id": id}
    for document in documents:
        if faults := indexed.faults(document, fields):
            rejected.append(f"{document.id} ({', '.join(faults)})")
        else:
            yield {
                "_op_type": "index",
                "_index": index,
                "_id": document.id,
                "_source": elastic_terms.written(document, fields),
            }


def _named(body: Json) -> Json:
    """A search's body as the client's arguments."""
    return {"from_" if name == "from" else name: value for name, value in body.items()}


def _mark(index: Json) -> str | None:
    mark: str | None = index["mappings"].get("_meta", {}).get("rescate")
    return mark


def _hit(hit: Json) -> Hit:
    found = hit["fields"]
    words = found.get("words")
    return Hit(hit["_id"], found["item"][0], hit["_score"] or 0.0, b64decode(words[0]) if words else b"")
