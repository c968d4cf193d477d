"""The exceptions of Rescate: what happened, to which item, and what to do.

    ArchiveError
    ├── ConfigError         a setting is wrong or unknown
    │   └── NoCatalog       nothing was taken in yet where the settings say
    ├── ToolError           a program that Rescate runs
    │   ├── ToolMissing     is not installed
    │   └── ToolFailed      ran and failed
    ├── ScanError           a master that cannot be taken in
    │   ├── Unreadable      its bytes make no image or page
    │   ├── Encrypted       it wants a password
    │   ├── Unsupported     a format that is not read
    │   └── TooLarge        beyond the limits of the settings
    ├── SheetError          a metadata spreadsheet
    ├── BatchError          a batch that is not there, or cannot be undone
    ├── FindingAidError     a finding aid that cannot be read as EAD
    ├── CorrectionError     what a person typed of a page cannot be kept
    ├── Conflict            somebody else was quicker
    ├── DateError           a text that is no EDTF date
    ├── FixityError         bytes are not what they were
    ├── QueryError          a query that cannot be asked
    │   └── NoSuchField     for it asks for a field that there is not
    ├── EngineError         the search engine
    │   ├── EngineUnavailable
    │   ├── EngineOutdated  its index is of another version, absent or damaged
    │   ├── EngineBehind    its index has not heard yet of too much that was closed
    │   └── EngineRejected  it refused records
    ├── CatalogError        the catalog's database cannot be used: it is down, locked, full
    ├── NotFound            nothing here by that id (or nothing that may be said to be here)
    ├── Gone                withdrawn; a tombstone stands
    └── AccessError         described, but not to be read

Every class fixes the exit code of a command and the HTTP status of a page; each instance carries
what happened, the item it happened to, and a remedy. Where it becomes an outcome of a file or page, its `code` is kept
with that.
"""

from __future__ import annotations

from archive.reason import Reason


class ArchiveError(Exception):
    """An error a person can act on: `message` says what happened and to what, `remedy` what to do.

    >>> print(Unreadable("not a TIFF", item="box1/0001.tif", remedy="Scan it again."))
    box1/0001.tif: not a TIFF. Scan it again.
    """

    exit_code = 2
    status = 500
    remedy = ""
    code = Reason.OTHER

    def __init__(self, message: str, *, item: str = "", remedy: str | None = None, code: Reason | None = None):
        self.message = message.rstrip(".")
        self.item = item
        if remedy is not None:
            self.remedy = remedy
        if code is not None:
            self.code = code
        super().__init__(self.message)

    def __str__(self) -> str:
        text = f"{self.item}: {self.message}" if self.item else self.message
        return f"{text}. {self.remedy}".rstrip() if self.remedy else f"{text}."

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions cross process boundaries: keyword fields must survive pickling.
        return (_rebuild, (type(self), self.message, self.item, self.remedy, self.code))


def _rebuild(cls: type[ArchiveError], message: str, item: str, remedy: str, code: Reason) -> ArchiveError:
    return cls(message, item=item, remedy=remedy, code=code)


class ConfigError(ArchiveError):
    remedy = "See the comments in config.yaml."


class NoCatalog(ConfigError):
    remedy = "Run `rescate ingest PATH` first."


class ToolError(ArchiveError):
    exit_code = 3
    code = Reason.READER


class ToolMissing(ToolError):
    remedy = "Run `make setup`, then `rescate check`."
    code = Reason.NOT_INSTALLED


class ToolFailed(ToolError):
    pass


class ScanError(ArchiveError):
    exit_code = 1
    status = 422
    code = Reason.DAMAGED


class Unreadable(ScanError):
    remedy = "Open it in its own program; if it is damaged there too, scan it again."


class Encrypted(ScanError):
    remedy = "Save a copy without the password and ingest that."
    code = Reason.ENCRYPTED


class Unsupported(ScanError):
    remedy = "Convert it to TIFF, JPEG, PNG or PDF."
    code = Reason.UNSUPPORTED


class TooLarge(ScanError):
    remedy = "Raise the limit in config.yaml if the file can be trusted."
    code = Reason.LIMITS


class SheetError(ArchiveError):
    exit_code = 1
    status = 422
    code = Reason.SHEET


class BatchError(ArchiveError):
    status = 404


class FindingAidError(ArchiveError):
    exit_code = 1
    status = 422


class CorrectionError(ArchiveError):
    status = 422


class Conflict(ArchiveError):
    exit_code = 1
    status = 409


class DateError(ArchiveError):
    exit_code = 1
    status = 400


class FixityError(ArchiveError):
    exit_code = 1
    code = Reason.CHECKSUM


class QueryError(ArchiveError):
    """`instead` are queries that may have been meant."""

    status = 400
    instead: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{super().__str__()} Perhaps: {' | '.join(self.instead)}" if self.instead else super().__str__()


class NoSuchField(QueryError):
    """A query for a field that there is not: its `name` as typed, which `field` it means (archive.search.field_names),
    the `value` asked for, and the `rest` of the query."""

    name = field = value = rest = ""


class EngineError(ArchiveError):
    exit_code = 4
    status = 503


class EngineUnavailable(EngineError):
    remedy = "Start the engine or correct search.elasticsearch.url, then run `rescate reindex`."


class EngineOutdated(EngineError):
    remedy = "Run `rescate reindex`."


class EngineBehind(EngineError):
    """The index has not heard yet of so much that was closed, that what it finds may not be shown."""


class EngineRejected(EngineError):
    remedy = "Run `rescate reindex`; if it happens again, report the record named here."


class CatalogError(ArchiveError):
    """The database that holds the record: what was committed before stands, what was under way did not happen."""

    exit_code = 3
    status = 503
    remedy = (
        "What was written before stands. See to the database (running? disk full? catalog.url in config.yaml?), "
        "then run the same command again: it goes on with the rest."
    )


class NotFound(ArchiveError):
    exit_code = 1
    status = 404


class Gone(ArchiveError):
    """Withdrawn: `message` is what the tombstone says."""

    exit_code = 1
    status = 410


class AccessError(ArchiveError):
    """Described but not to be read: `message` is the access note (DACS 4.1)."""

    exit_code = 1
    status = 403
