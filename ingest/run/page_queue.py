"""Reads the pages of a run that are not read yet: what workers are to do, and what came of it into the catalog."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Collection, Iterable, Iterator

from archive import derivatives
from archive.catalog import files, items, journal, outcomes, readings
from archive.catalog.connect import writing
from archive.outcome import BLANK, FAILED, KEPT, READ
from archive.reason import Reason
from archive.record import File, Item, NewReading, Page
from archive.unit import Unit
from ingest.decisions.carrying import carry_over
from ingest.describing import said_language
from ingest.execution import Failure
from ingest.page.read import ReadPage, ReadTask
from ingest.page.transcribe import PageTask
from ingest.run.delivery import Delivery
from ingest.run.recipe import readable
from ingest.run.run import Run
from ingest.transcripts import Delivered

#: What a delivered text is of its item.
TRANSCRIPT = "transcript"


class PageQueue:
    """The pages of one run. `finished` are the items whose pages are all done, to be taken from the left; `read` are
    those of which a page was read in this run. `again` are pages to be read though they are read already, and no others
    then."""

    def __init__(self, run: Run, delivery: Delivery, again: Collection[str] = ()):
        self._run, self._delivery, self._again = run, delivery, frozenset(again)
        self._catalog, self._tally, self._progress = run.catalog, run.tally, run.progress
        self._pending: dict[str, int] = {}
        self.finished: deque[str] = deque()
        self.read: set[str] = set()

    def tasks(self, item_ids: Iterable[str]) -> Iterator[ReadTask]:
        """The pages still to be read, drawn as workers come free; those read already are passed by."""
        for item_id in item_ids:
            with self._catalog.connect() as connection:
                item, pages = items.item(connection, item_id), items.pages(connection, item_id)
                todo = [page for page in pages if not self._is_read(connection, page, item)]
                said = items.description(connection, item_id)
                masters = {id: files.file(connection, id) for id in {page.file_id for page in todo}}
            self._progress.skip(len(pages) - len(todo))
            self._pending[item_id] = len(todo)
            if todo:
                self.read.add(item_id)
            for page in todo:
                task = self._task(page, item, masters[page.file_id], said.first("genre"), said.first("date_edtf"))
                if task is not None:
                    self._progress.begin(task.page.item)
                    yield task
            if not todo:
                self.finished.append(item_id)

    def _recipe_of(self, page: Page, item: Item, *, layer: bool = False) -> str:
        return self._run.recipe.of(said_language.of_page(page, item), by_ocr=page.by_ocr, layer=layer)

    def _recipes_of(self, page: Page, item: Item) -> tuple[str, ...]:
        return self._run.recipe.each(said_language.of_page(page, item), by_ocr=page.by_ocr)

    def _is_read(self, connection, page: Page, item: Item) -> bool:
        if self._again:
            return page.id not in self._again
        entry = self._tally.of_page(page.item_id, page.file_id)
        transcript = (
            self._delivery.id_of(self._delivery.of(entry.path, page.frame, 0)) if entry and not page.by_ocr else None
        )
        return outcomes.page_is_done(connection, page.id, self._recipes_of(page, item), transcript) and (
            not page.width or derivatives.made(self._run.config.data_folder, page.id)
        )

    def _task(self, page: Page, item: Item, master: File, genre: str, date: str) -> ReadTask | None:
        """What a worker needs to read the page; None where that is not needed, and all is done here."""
        entry = self._tally.of_page(page.item_id, page.file_id)
        frame = master.frames[page.frame - 1]
        transcript = (
            None if self._again or page.by_ocr else self._delivery.of(entry.path, page.frame, len(master.frames))
        )
        if master.kept:
            self._keep_unread(page, self._recipe_of(page, item), self._delivery.id_of(transcript))
            self._one_done(page.item_id)
            return None
        data = self._run.config.data_folder
        image, thumbnail = derivatives.image(data, page.id), derivatives.thumbnail(data, page.id)
        image.parent.mkdir(parents=True, exist_ok=True)
        if frame.problem:
            self._fail(
                page,
                self._recipe_of(page, item),
                Failure(
                    frame.problem,
                    "Look at it in its own program; if it is damaged there too, scan the page again.",
                    "Unreadable",
                    code=Reason(frame.code or Reason.DAMAGED),
                ),
            )
            return self._one_done(page.item_id)
        if self._again or not any(self._copy_twin(page, recipe, transcript) for recipe in self._recipes_of(page, item)):
            languages, lacking = readable(said_language.of_page(page, item), self._run.recipe.installed)
            return ReadTask(
                PageTask(
                    page.id,
                    entry.path,
                    master.media_type,
                    frame,
                    self._run.config.ingest,
                    image,
                    thumbnail,
                    transcript,
                    languages,
                    lacking,
                    page.by_ocr,
                ),
                genre,
                date,
            )
        self._one_done(page.item_id)
        return None

    def _keep_unread(self, page: Page, recipe: str, transcript_id: int | None) -> None:
        """Of a file that is kept and not read, its one page is done as it stands."""
        with writing(self._catalog) as connection:
            outcomes.note_page(connection, self._run.batch.id, page.id, recipe, KEPT, transcript_id=transcript_id)
            journal.post(connection, [Unit.page(page.id)])
        self._touch(page)

    def _copy_twin(self, page: Page, recipe: str, transcript: Delivered | None) -> bool:
        """Copies the reading of a twin: the same frame of the same bytes, read already under this recipe, from the same
        transcript, for another item. Returns whether there is one."""
        data, id = self._run.config.data_folder, self._delivery.id_of(transcript)
        with self._catalog.connect() as connection:
            twin = readings.twin(connection, page, recipe, id)
            row = readings.reading(connection, twin) if twin is not None else None
        if row is None or not derivatives.image(data, row.page_id).exists():
            return False
        if row.page_id != page.id:
            copies = zip(derivatives.every(data, row.page_id), derivatives.every(data, page.id), strict=True)
            for source, copy in copies:
                if source.exists():
                    shutil.copyfile(source, copy)
        with writing(self._catalog) as connection:
            if row.page_id != page.id:
                languages, layout = readings.languages(row), readings.layout(connection, twin)
                again = NewReading(row.reader, row.recipe, languages, row.language, layout, id)
                readings.add(connection, page, again, readings.mentions(connection, twin))
                carry_over(connection, page.id)
            elif page.shown_reading is None:  # an earlier scan is the page's master again
                readings.show(connection, page.id, twin)
                carry_over(connection, page.id)
            before = outcomes.page_said(connection, row.page_id, recipe)
            outcome, said, code = before or (READ if row.words else BLANK, "", "")
            if transcript is not None:
                files.put_in_item(connection, page.item_id, id, TRANSCRIPT)
                self._delivery.was_used(transcript)
            outcomes.note_page(connection, self._run.batch.id, page.id, recipe, outcome, said, code, transcript_id=id)
            journal.post(connection, [Unit.page(page.id)])
        self._touch(page)
        return True

    def keep(self, task: ReadTask, result: ReadPage | Failure) -> None:
        """Writes what became of a page into the catalog, in one transaction."""
        self._progress.finish(task.page.item)
        with self._catalog.connect() as connection:
            page = items.page(connection, task.page.page)
            item = items.item(connection, page.item_id)
            recipe = self._recipe_of(page, item, layer=isinstance(result, ReadPage) and result.text.layer)
        if isinstance(result, Failure):
            self._fail(page, recipe, result)
        else:
            text, delivered = result.text, task.page.transcript
            id = self._delivery.id_of(delivered)
            with writing(self._catalog) as connection:
                if not self._again and outcomes.page_is_done(connection, page.id, self._recipes_of(page, item), id):
                    return self._one_done(page.item_id)  # another run at the same time was quicker
                readings.add(
                    connection,
                    page,
                    NewReading(
                        f"{text.reader} {text.reader_version}".strip(),
                        recipe,
                        text.languages,
                        result.language,
                        text.layout,
                        id if text.delivered else None,
                    ),
                    result.mentions,
                )
                carry_over(connection, page.id)
                if text.delivered:
                    files.put_in_item(connection, page.item_id, id, TRANSCRIPT)
                outcomes.note_page(
                    connection,
                    self._run.batch.id,
                    page.id,
                    recipe,
                    text.outcome,
                    "; ".join(filter(None, (text.unused, text.note))),
                    text.code,
                    reader_seconds=text.reader_seconds,
                    transcript_id=id,
                )
                journal.note(connection, "read", Unit.page(page.id), text.outcome, reader=text.reader)
                journal.post(connection, [Unit.page(page.id)])
            if text.delivered:
                self._delivery.was_used(delivered)
            elif delivered is not None:
                self._delivery.was_not_used(delivered, page.frame, text.unused)
            self._touch(page)
        self._one_done(page.item_id)

    def _one_done(self, item_id: str) -> None:
        """One page fewer to wait for; the last one finishes its item."""
        self._progress.advance()
        self._pending[item_id] -= 1
        if not self._pending[item_id]:
            self.finished.append(item_id)

    def _touch(self, page: Page) -> None:
        self._tally.of_page(page.item_id, page.file_id).touched = True

    def _fail(self, page: Page, recipe: str, failure: Failure) -> None:
        self._progress.fail()
        text = f"{failure.reason}. {failure.remedy}".strip()
        with writing(self._catalog) as connection:
            outcomes.note_page(
                connection, self._run.batch.id, page.id, recipe, FAILED, text, failure.code, failure.traceback
            )
            journal.note(connection, "read", Unit.page(page.id), FAILED, reason=text)
            journal.post(connection, [Unit.page(page.id)])
        self._tally.of_page(page.item_id, page.file_id).page_failed(page.frame, failure.code, text)
