"""Why a file or a page has the outcome it has: the codes that are kept with outcomes, beside the sentence that says it.

What each is called, and what is to be done, is in ingest/reports/reasons.tsv, in both languages. A code is never taken
away or given another meaning: the ledgers of old batches have it.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    # Of what did not go in.
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    NAMED_NOT_THERE = "named-not-there"
    NOT_READ = "not-read"
    ROW_REFUSED = "row-refused"
    CHECKSUM = "checksum"
    PAGE_RANGE = "page-range"
    SHEET = "sheet"
    GONE = "gone"
    RIGHTS = "rights"
    LIMITS = "limits"
    DIED = "died"
    MEMORY = "memory"
    TIME = "time"
    NOT_INSTALLED = "not-installed"
    UNSUPPORTED = "unsupported"
    CHANGED = "changed"
    NO_PAGES = "no-pages"
    DAMAGED = "damaged"
    READER = "reader"
    DISK = "disk"
    NO_FILE = "no-file"
    UNEXPECTED = "unexpected"
    OTHER = "other"
    # Of what went in, and of which there is something to say.
    DUPLICATE = "duplicate"
    KEPT_UNREAD = "kept-unread"
    TRANSCRIPT = "transcript"
    TRANSCRIPT_UNUSED = "transcript-unused"
    DESCRIBED_ANEW = "described-anew"
    NO_WORDS = "no-words"
    NOTED = "noted"


def of_disk(trouble: OSError) -> Reason:
    """What the system's error means.

    >>> of_disk(PermissionError()), of_disk(FileNotFoundError()), of_disk(OSError())
    (<Reason.RIGHTS: 'rights'>, <Reason.GONE: 'gone'>, <Reason.DISK: 'disk'>)
    """
    if isinstance(trouble, PermissionError):
        return Reason.RIGHTS
    return Reason.GONE if isinstance(trouble, FileNotFoundError) else Reason.DISK
