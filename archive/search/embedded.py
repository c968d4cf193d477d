"""The embedded engine: tantivy, in a folder of the archive's own data, with nothing to install or start."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import tantivy

from archive.access import Audience
from archive.errors import EngineError, EngineOutdated
from archive.search import collecting, embedded_terms, index_folders, indexed, marks, nearest, refused, segments
from archive.search.document import Document
from archive.search.embedded_terms import MARK
from archive.search.fields import Fields
from archive.search.request import Hit, SearchRequest, SearchResponse

#: Words of a vocabulary, the most frequent that begin with one letter, among which near ones are looked for.
_NEAR = 10_000
#: Bytes of memory that a writer fills before it writes a segment.
_WRITER_MEMORY = 100_000_000
#: Hits whose stored fields are read at once while all are walked.
_PORTION = 1000


class Embedded:
    """The index of one kind of documents, by its `fields`, for one audience in `folder`, built under a `default` of
    access. Safe to share between threads; ever fresh."""

    def __init__(self, folder: Path, fields: Fields, audience: Audience, default: str = ""):
        self.folder, self.fields, self.audience = folder, fields, audience
        self._mark = marks.mark(MARK, fields, default)
        self._guard = threading.Lock()
        self._open: _Open | None = None

    def search(self, request: SearchRequest) -> SearchResponse:
        """Exact total and facets, and the asked-for slice of hits."""
        refused.admit(request, self.fields, self.audience)
        asked = embedded_terms.compile(request, self.fields)
        counts: dict[str, list[tuple[str, int]]] = {}
        with segments.read(self.folder):
            searcher = self._searcher()
            far = request.offset + request.size > refused.FARTHEST
            total, hits = (
                (collecting.total(searcher.search(asked.hits, 1)), [])
                if far
                else collecting.part(searcher, asked.hits, asked.order, request.offset, request.size, asked.backwards)
            )
            refused.check_reach(request, total)
            for query, named in asked.counts:
                counts.update(collecting.counts(searcher, query, named))
            found = tuple(collecting.hits(searcher, hits, words=True))
        return SearchResponse(total, found, self.fields.buckets(counts, request))

    def every(self, request: SearchRequest) -> Iterator[Hit]:
        """All hits in the request's order, from one snapshot, whatever is indexed meanwhile; no limit."""
        refused.admit(request, self.fields, self.audience)
        asked = embedded_terms.compile(request, self.fields)
        with segments.read(self.folder):
            searcher = self._searcher()
            _, hits = collecting.part(searcher, asked.hits, asked.order, 0, searcher.num_docs, asked.backwards)
            for start in range(0, len(hits), _PORTION):
                yield from collecting.hits(searcher, hits[start : start + _PORTION])

    def write(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> int:
        """Adds or replaces documents and removes ids, in one commit; returns how many were written."""
        with index_folders.writing(self.folder), segments.intact(self.folder):
            return self._fill(self._opened(self._there(index_folders.current(self.folder))).index, documents, removed)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """A new index built aside from `documents`, swapped in when whole, deleted on failure."""
        with index_folders.writing(self.folder), index_folders.staged(self.folder, self._mark) as path:
            with _told():
                made = tantivy.Index(embedded_terms.schema(self.fields), str(path))
            return self._fill(made, documents)

    def near(self, folded: str) -> Mapping[str, int]:
        """Words of the index that may be near to a folded one: the most frequent of those that begin like it."""
        searcher = self._searcher()
        found: Counter[str] = Counter()
        for name, start in product(self.fields.suggesting, nearest.beginnings(folded)):
            found.update(dict(searcher.terms_with_prefix(f"{name}_exact", start, None, _NEAR)))
        return found

    def check(self) -> str:
        """A sentence on the engine's version and state; raises EngineError when it cannot be used.

        Every byte of the index is looked at: what a disk has changed may answer a search, and wrongly.
        """
        with segments.read(self.folder):
            units = self._searcher().num_docs
        generation = self._there(index_folders.current(self.folder))
        wrong = segments.damaged(generation.folder)
        if wrong and index_folders.current(self.folder) == generation:
            raise EngineOutdated(f"the index is damaged: {', '.join(wrong)}", item=str(generation.folder))
        return f"{embedded_terms.VERSION}, embedded: {units:,} units in {self.folder}"

    def close(self) -> None:
        """Lets go of files."""
        with self._guard:
            self._open = None

    def _searcher(self) -> tantivy.Searcher:
        """What is searched from now on, whatever is written later."""
        while True:
            generation = index_folders.current(self.folder)
            try:
                with self._guard:
                    there = self._there(generation)
                    if self._open is None or self._open.folder != there.folder:
                        self._open = _Open(there.folder, self._opened(there))
                    fresh, searcher = self._open.searcher()
                    # A generation that is swept away while it is opened may lack files without a word of tantivy's:
                    # it is whole if it is still the one to read.
                    if not fresh or index_folders.current(self.folder) == generation:
                        return searcher
                    self._open = None
            except EngineOutdated:
                if index_folders.current(self.folder) == generation:
                    raise

    def _there(self, generation: index_folders.Generation | None) -> index_folders.Generation:
        if generation is None:
            raise EngineOutdated("there is no index yet", item=str(self.folder))
        return generation

    def _opened(self, generation: index_folders.Generation) -> segments.Opened:
        if generation.mark != self._mark:
            raise marks.outdated(generation.mark, self._mark, str(self.folder))
        try:
            return segments.Opened(generation.folder)
        except (ValueError, OSError) as broken:
            raise _lost(generation.folder, broken) from broken

    def _fill(self, index: tantivy.Index, documents: Iterable[Document], removed: Iterable[str] = ()) -> int:
        """Writes to an index in one commit, or nothing at all; returns how many documents."""
        with _told():
            writer = index.writer(_WRITER_MEMORY, 1)
        number, rejected, whole = 0, [], False
        try:
            for id in removed:
                with _told():
                    writer.delete_documents_by_term("id", id)
            for document in documents:
                if faults := indexed.faults(document, self.fields):
                    rejected.append(f"{document.id} ({', '.join(faults)})")
                    continue
                made = embedded_terms.written(document, self.fields)
                with _told():
                    writer.delete_documents_by_term("id", document.id)
                    writer.add_document(made)
                number += 1
            if rejected:
                raise indexed.rejection(rejected)
            with _told():
                writer.commit()
            whole = True
            return number
        finally:
            if not whole:
                writer.rollback()
            writer.wait_merging_threads()


class _Open:
    """A generation that is read."""

    def __init__(self, folder: Path, opened: segments.Opened):
        self.folder, self._opened = folder, opened
        self._meta = folder / "meta.json"
        self._committed: tuple[int, int, int] | None = None

    def searcher(self) -> tuple[bool, tantivy.Searcher]:
        """A searcher of what was last committed, and whether files were opened for it.

        Each commit replaces the index's `meta.json`.
        """
        try:
            found = os.stat(self._meta)
            committed = found.st_ino, found.st_mtime_ns, found.st_size
            fresh = committed != self._committed
            if fresh:
                self._opened.reload()
                self._committed = committed
        except (OSError, ValueError) as swept:
            raise _lost(self.folder, swept) from swept
        return fresh, self._opened.index.searcher()


def _lost(folder: Path, why: Exception) -> EngineOutdated:
    return EngineOutdated(f"the index cannot be opened: {why}", item=str(folder))


@contextmanager
def _told() -> Iterator[None]:
    """Says what tantivy raises while it writes in the archive's own errors."""
    try:
        yield
    except (ValueError, OSError) as failed:
        raise EngineError(
            f"the index could not be written: {failed}",
            remedy="Look whether the disk is full, then run `rescate reindex`.",
        ) from failed
