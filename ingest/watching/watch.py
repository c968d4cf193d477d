"""Watches folders, and has each taken in whenever it has come to rest (`settling`), until it is stopped.

What the system tells of changes (inotify; with `poll`, a look at the folder every now and then) only says when to
look: what counts is what is there. So nothing is missed where a system tells too little, as network folders do.
"""

from __future__ import annotations

import errno
import queue
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from archive.errors import ArchiveError, ConfigError
from ingest.watching.rest import Settling, contents, pauses, written_now

#: Seconds between looks at a folder of which nothing is heard.
UNHEARD = 300
#: Seconds between looks of the polling observer.
POLL = 10
#: Seconds after a run that failed: the first pause, and the longest.
FIRST_PAUSE, LONGEST_PAUSE = 30, 1800
#: What happens to files; that one was opened and read is no change.
_CHANGES = {"created", "modified", "moved", "deleted", "closed"}

#: Takes a folder in; returns whether all is done, or false where it is to be tried again. May raise what a run raises.
TakeIn = Callable[[Path], bool]


class Watch:
    """Watches `folders` from `run` to `stop`. `say` is given sentences for the log."""

    def __init__(
        self,
        folders: Sequence[Path],
        take_in: TakeIn,
        say: Callable[[str], None],
        *,
        settle: float,
        ignore: Iterable[str] = (),
        poll: bool = False,
    ):
        self._settling = [Settling(Path(folder).resolve(), settle) for folder in folders]
        self._take_in = take_in
        self._say = say
        self._settle = settle
        self._ignore = tuple(ignore)
        self._poll = poll
        # A queue of this kind may be put into from a signal in the midst of anything; an Event may not.
        self._wake: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.stopped = False
        self._observer: BaseObserver | None = None
        self._again: dict[Path, tuple[float, Iterator[float]]] = {}
        self._absent: set[Path] = set()
        self._writing = ""

    def stop(self) -> None:
        """Has `run` return; may be called by a signal."""
        self.stopped = True
        self._wake.put(None)

    def run(self) -> None:
        """Takes in what is there and what arrives, until stopped. What a run raises that will not mend by
        itself (a wrong setting, a fault of the program) comes out here."""
        try:
            while not self.stopped:
                self._observe()
                for one in self._settling:
                    self._look(one)
                self._sleep(self._pause())
        finally:
            self._unobserve()

    # -- listening

    def _observe(self) -> None:
        """Sees to it that the folders are listened to: anew where the observer has died, or a folder came back."""
        there = {one.folder for one in self._settling if one.folder.is_dir()}
        for folder in {one.folder for one in self._settling} - there - self._absent:
            self._say(f"{folder} is not there (an unmounted disk?); waiting for it.")
        came_back, self._absent = self._absent & there, {one.folder for one in self._settling} - there
        if (
            self._observer is not None
            and not came_back
            and all(emitter.is_alive() for emitter in self._observer.emitters)
        ):
            return
        self._unobserve()
        try:
            self._observer = self._listen(
                there, PollingObserver(timeout=min(POLL, self._settle)) if self._poll else Observer()
            )
        except OSError as trouble:
            if self._poll or trouble.errno not in (errno.ENOSPC, errno.EMFILE):
                raise ConfigError(
                    f"cannot be watched: {trouble.strerror}",
                    item=", ".join(map(str, there)),
                    remedy="Check the disk and who may read it, or try --poll.",
                ) from trouble
            self._say(
                f"The system has no more watches to give ({trouble.strerror}); the folders are looked at every "
                f"{POLL} seconds instead. Raise fs.inotify.max_user_watches and max_user_instances with sysctl."
            )
            self._poll = True
            self._observe()

    def _listen(self, folders: Iterable[Path], observer):
        listener = _Listener(self._settling, self._wake)
        for folder in folders:
            observer.schedule(listener, str(folder), recursive=True)
        observer.start()
        return observer

    def _unobserve(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    # -- looking

    def _sleep(self, seconds: float) -> None:
        try:
            self._wake.get(timeout=seconds)
            if not self.stopped:
                time.sleep(min(0.25, self._settle / 4))  # A burst is one look.
            while True:
                self._wake.get_nowait()
        except queue.Empty:
            pass

    def _pause(self) -> float:
        """Seconds until something may be due though nothing is heard."""
        due = [min(one.due, one.looked + UNHEARD) for one in self._settling] + [at for at, _ in self._again.values()]
        return max(0.05, min(due) - time.monotonic())

    def _look(self, one: Settling) -> None:
        """Looks at a folder that may be at rest, and has it taken in where it is, and holds anything new."""
        now = time.monotonic()
        again = one.folder in self._again and self._again[one.folder][0] <= now
        # A look at 50,000 files takes a moment: none while more is heard all the time.
        if self.stopped or one.folder in self._absent or not (again or one.due <= now or one.looked + UNHEARD <= now):
            return
        if not one.look(contents(one.folder), now):
            return
        news = one.news(self._ignore)
        if not news and not again:
            one.take()
            return
        writing = written_now(one.folder)
        if writing:
            if writing != self._writing:
                self._say(f"{writing} is still open for writing; waiting until it is closed.")
            self._writing = writing
            one.stir(now)
            return
        one.take()
        self._say(
            f"{one.folder}: at rest, {len(news)} files new or changed." if news else f"{one.folder}: trying again."
        )
        self._take_in_now(one.folder)

    def _take_in_now(self, folder: Path) -> None:
        trouble = "not all is done."
        try:
            done = self._take_in(folder)
        except ConfigError:
            raise
        except (ArchiveError, OSError, DBAPIError) as failed:
            done, trouble = False, str(failed)
        if self.stopped or done:
            self._again.pop(folder, None)
            return
        _, rest = self._again.get(folder, (0.0, pauses(FIRST_PAUSE, LONGEST_PAUSE)))
        pause = next(rest)
        self._again[folder] = time.monotonic() + pause, rest
        self._say(f"{folder}: {trouble} It is tried again in {pause:g} seconds; nothing is lost.")


class _Listener(FileSystemEventHandler):
    """Wakes the watch, and stirs the folder in which something happened."""

    def __init__(self, settling: Sequence[Settling], wake: queue.SimpleQueue):
        self._settling, self._wake = settling, wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES:
            return
        now = time.monotonic()
        for one in self._settling:
            if any(
                one.folder in Path(str(path)).parents or str(path) == str(one.folder)
                for path in (event.src_path, event.dest_path)
                if path
            ):
                one.stir(now)
        if self._wake.empty():
            self._wake.put(None)
