"""The tables of the record, and nothing else. Migrations in `migrations/` bring a catalog to this shape."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from archive.catalog.types import DateTime, FilePath, String, Text

#: Names of constraints are fixed, so that migrations can alter them on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: SQLite numbers rows by itself only where the type is exactly INTEGER.
_BIG = BigInteger().with_variant(Integer, "sqlite")

component = Table(
    "component",
    metadata,
    Column("ordinal", Integer, primary_key=True, comment="the order of the archive"),
    Column("id", String(32), nullable=False, unique=True, comment="minted"),
    Column("ref_id", Text, unique=True, comment="EAD c/@id, as ArchivesSpace gives it"),
    Column("parent_id", String(32), ForeignKey("component.id"), index=True),
    Column("level", String(32), nullable=False, comment="EAD @level: collection, series, subseries, file"),
    Column("unitid", Text, nullable=False, default=""),
    Column("title", Text, nullable=False),
    Column("date", Text, nullable=False, default=""),
    Column("date_edtf", Text, nullable=False, default=""),
    Column("description", Text, nullable=False, default="", comment="scope and content"),
    Column("extent", Text, nullable=False, default="", comment="EAD physdesc"),
    Column("access_note", Text, nullable=False, default="", comment="EAD accessrestrict, in words (DACS 4.1)"),
    Column("use_note", Text, nullable=False, default="", comment="EAD userestrict, in words (DACS 4.4)"),
    Column("position", Integer, nullable=False, default=0, comment="among its siblings, as its finding aid has it"),
    Column(
        "source",
        String(16),
        nullable=False,
        default="spreadsheet",
        comment="what describes it: spreadsheet or finding aid",
    ),
    Column(
        "finding_aid",
        String(255),
        nullable=False,
        default="",
        index=True,
        comment="EAD eadid or recordid of the finding aid that describes it",
    ),
)

container = Table(
    "container",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("type", String(32), nullable=False, comment="box or folder"),
    Column("indicator", Text, nullable=False),
    Column("barcode", Text, nullable=False, default=""),
    Column("parent_id", Integer, ForeignKey("container.id"), index=True, comment="the box of a folder"),
)

component_container = Table(
    "component_container",
    metadata,
    Column("component_id", String(32), ForeignKey("component.id"), nullable=False),
    Column("container_id", Integer, ForeignKey("container.id"), nullable=False),
    PrimaryKeyConstraint("component_id", "container_id"),
)

item = Table(
    "item",
    metadata,
    Column("ordinal", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True, comment="minted"),
    Column("local_id", Text, index=True, comment="the id its spreadsheet gives it"),
    Column("origin", FilePath, nullable=False, default="", comment="root:folder of that spreadsheet"),
    Column("component_id", String(32), ForeignKey("component.id"), index=True),
    Column(
        "described_by",
        String(64),
        nullable=False,
        default="",
        comment="hash of what described it, so that a changed row is noticed",
    ),
    Column(
        "plan",
        String(64),
        nullable=False,
        default="",
        comment="hash of the row and masters it was laid out from, so that what is unchanged costs nothing",
    ),
    Column(
        "undone",
        Integer,
        ForeignKey("batch.id"),
        index=True,
        comment="the batch whose undoing took it out of the archive",
    ),
    Column(
        "read_in",
        Text,
        nullable=False,
        default="",
        comment="the languages (ISO 639-2, by +) that a person said it is to be read in; empty: nobody did",
    ),
    Column("created", DateTime(timezone=True), nullable=False),
)

item_container = Table(
    "item_container",
    metadata,
    Column("item_id", String(32), ForeignKey("item.id"), nullable=False),
    Column("container_id", Integer, ForeignKey("container.id"), nullable=False),
    PrimaryKeyConstraint("item_id", "container_id"),
)

statement = Table(
    "statement",
    metadata,
    Column("item_id", String(32), ForeignKey("item.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("element", String(64), nullable=False),
    Column("value", Text, nullable=False),
    Column("source", String(32), nullable=False, comment="spreadsheet, file, text or person"),
    Column("detail", Text, nullable=False, default="", comment="where in the source"),
    PrimaryKeyConstraint("item_id", "position"),
)

file = Table(
    "file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("bytes", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("puid", String(32), nullable=False, default="", comment="PRONOM's identifier of its format: fmt/353"),
    Column("format", Text, nullable=False, default="", comment="PRONOM's name of it"),
    Column("frames", JSON, nullable=False, comment="archive.record.Frame, field by field"),
    Column("embedded", JSON, nullable=False, comment="what it says of itself: [element, value, where]"),
)

root = Table(
    "root",
    metadata,
    Column("name", FilePath, primary_key=True),
    Column("path", FilePath, nullable=False, comment="where it is mounted now"),
)

location = Table(
    "location",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", Integer, ForeignKey("file.id"), nullable=False, index=True),
    Column("root", FilePath, ForeignKey("root.name"), nullable=False),
    Column("path", FilePath, nullable=False, comment="below the root, with forward slashes"),
    Column("bytes", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("checked", DateTime(timezone=True), comment="when its fixity was last looked at"),
    Column("found", String(16), nullable=False, default="", comment="as what: intact, missing, changed, unreadable"),
    UniqueConstraint("root", "path"),
)

page = Table(
    "page",
    metadata,
    Column("ordinal", Integer, primary_key=True, comment="the unit's ordinal in the index"),
    Column("id", String(32), nullable=False, unique=True, comment="minted"),
    Column("item_id", String(32), ForeignKey("item.id"), nullable=False, index=True),
    Column("sequence", Integer, nullable=False, comment="1-based within the item; 0: no longer in it"),
    Column("label", Text, nullable=False, default="", comment="the printed page label"),
    Column("role", String(32), nullable=False, default="", comment="recto, verso, cover, target"),
    Column("file_id", Integer, ForeignKey("file.id"), nullable=False, index=True),
    Column("frame", Integer, nullable=False, comment="1-based within the file"),
    Column("width", Integer, nullable=False, comment="of the canvas, in pixels"),
    Column("height", Integer, nullable=False),
    Column("dpi", Float),
    Column("shown_reading", Integer, comment="the reading that is shown"),
    Column(
        "read_in",
        Text,
        nullable=False,
        default="",
        comment="the languages (ISO 639-2, by +) that a person said it is to be read in; empty: nobody did",
    ),
    Column(
        "read_in_by_row",
        Boolean,
        nullable=False,
        default=False,
        comment="whether its row in pages.csv said so: where that is emptied, nobody does",
    ),
    Column(
        "by_ocr",
        Boolean,
        nullable=False,
        default=False,
        comment="whether a person wants it read by OCR, in spite of its text layer or a delivered text",
    ),
)
Index("ix_page_item_sequence", page.c.item_id, page.c.sequence)

item_file = Table(
    "item_file",
    metadata,
    Column("item_id", String(32), ForeignKey("item.id"), nullable=False),
    Column("file_id", Integer, ForeignKey("file.id"), nullable=False, index=True),
    Column("role", String(32), nullable=False, comment="preservation master, service copy, transcript"),
    PrimaryKeyConstraint("item_id", "file_id", "role"),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String(32), ForeignKey("page.id"), nullable=False, index=True),
    Column("file_id", Integer, ForeignKey("file.id"), nullable=False, comment="the master that was read"),
    Column("frame", Integer, nullable=False),
    Column(
        "transcript_id",
        Integer,
        ForeignKey("file.id"),
        comment="the delivered text that it was taken from, if from one",
    ),
    Column(
        "base_id",
        Integer,
        ForeignKey("reading.id"),
        comment="the reading that a person corrected, where this is what came of it",
    ),
    Column("reader", Text, nullable=False, comment="its name and version"),
    Column("recipe", String(64), nullable=False),
    Column("languages", Text, nullable=False, comment="that the reader was told, by +"),
    Column("language", String(8), nullable=False, comment="of the text: spa, eng, mul, und"),
    Column("words", Integer, nullable=False),
    Column("confidence", Float),
    Column("layout", LargeBinary, nullable=False, comment="archive.layout.Layout.to_bytes"),
    Column("created", DateTime(timezone=True), nullable=False),
)

Index("ix_reading_frame", reading.c.file_id, reading.c.frame)

mention = Table(
    "mention",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String(32), ForeignKey("page.id"), nullable=False, index=True),
    Column("reading_id", Integer, ForeignKey("reading.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False, comment="date, place, or what stands in a margin"),
    Column("first_word", Integer, nullable=False),
    Column("last_word", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("rule", String(64), nullable=False, comment="that found it"),
    Column("value", Text, nullable=False, comment="EDTF or place key; empty where undecided"),
    Column(
        "candidates",
        JSON,
        nullable=False,
        default=list,
        comment="what it may be where undecided: [value, what speaks for it]",
    ),
)
#: The number makes it the order of a list that goes on from where it stopped.
Index("ix_mention_kind_value_id", mention.c.kind, mention.c.value, mention.c.id)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False, comment="of archive.decisions.kinds: correction"),
    Column("page_id", String(32), ForeignKey("page.id"), nullable=False, index=True),
    Column("reading_id", Integer, ForeignKey("reading.id"), nullable=False, comment="the reading that it was said of"),
    Column("anchor", JSON, nullable=False, comment="archive.anchor.Anchor, field by field"),
    Column("decided", JSON, nullable=False, comment="as its kind keeps it"),
    Column("author", Text, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("ended", DateTime(timezone=True), comment="when it was withdrawn"),
    Column(
        "placed_on", Integer, ForeignKey("reading.id"), comment="the newest reading that it stands in; empty: it waits"
    ),
)

access_rule = Table(
    "access_rule",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject_kind", String(16), nullable=False, comment="component, item, page, entry"),
    Column("subject_id", String(32), nullable=False),
    Column("state", String(16), nullable=False, comment="open, closed, suppressed, withdrawn"),
    Column("description", Boolean),
    Column("text", Boolean),
    Column("image", Boolean),
    Column("download", Boolean),
    Column("reason", Text, nullable=False, default=""),
    Column("authority", Text, nullable=False, default=""),
    Column("review_date", String(10), nullable=False, default=""),
    Column("origin", String(32), nullable=False, comment="spreadsheet, finding aid, person or undo"),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("ended", DateTime(timezone=True), comment="rules are ended, never deleted"),
)
Index("ix_access_rule_subject", access_rule.c.subject_kind, access_rule.c.subject_id)

event = Table(
    "event",
    metadata,
    Column("id", _BIG, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("agent", Text, nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("detail", JSON, nullable=False),
)
Index("ix_event_subject", event.c.subject_kind, event.c.subject_id)

alias = Table(
    "alias",
    metadata,
    Column("alias", String(32), primary_key=True, comment="an id that once stood"),
    Column("kind", String(16), nullable=False, comment="of the unit that it named, and of the one that it leads to"),
    Column("target", String(32), nullable=False, comment="empty: nothing stands in its place"),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False, comment="ingest, redo or finding aid"),
    Column("name", FilePath, nullable=False, comment="of its folder, as a person knows it"),
    Column("paths", JSON, nullable=False),
    Column("recipe", String(64), nullable=False),
    Column("started", DateTime(timezone=True), nullable=False),
    Column(
        "ended",
        DateTime(timezone=True),
        comment="empty: killed, or still under way; the next run over its paths goes on with it",
    ),
    Column("undone", DateTime(timezone=True)),
)

prior_state = Table(
    "prior_state",
    metadata,
    Column("batch_id", Integer, ForeignKey("batch.id"), nullable=False),
    Column("subject_kind", String(16), nullable=False, comment="item, component or place"),
    Column("subject_id", String(32), nullable=False, index=True),
    Column("state", JSON, nullable=False, comment="what it was before the batch changed it; null: it was not there"),
    PrimaryKeyConstraint("batch_id", "subject_kind", "subject_id"),
)

identified_file = Table(
    "identified_file",
    metadata,
    Column("seq", _BIG, primary_key=True),
    Column("batch_id", Integer, ForeignKey("batch.id"), nullable=False, index=True),
    Column("root", FilePath, ForeignKey("root.name"), nullable=False),
    Column("path", FilePath, nullable=False, comment="below the root, with forward slashes"),
    Column("bytes", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("mark", String(16), nullable=False, comment="of how it was looked at"),
    Column("found", JSON, nullable=False, comment="what it was found to be, until its item is laid out"),
    Index("ix_identified_file_root_path", "root", "path"),
)

file_outcome = Table(
    "file_outcome",
    metadata,
    Column("id", _BIG, primary_key=True),
    Column("batch_id", Integer, ForeignKey("batch.id"), nullable=False),
    Column("path", FilePath, nullable=False),
    Column("sha256", String(64), nullable=False, default=""),
    Column("outcome", String(16), nullable=False, comment="added, kept, unchanged, duplicate, refused, failed"),
    Column("reason", Text, nullable=False, default=""),
    Column("reason_code", String(32), nullable=False, default="", comment="archive.reason; empty: nothing to say"),
    Column("items", JSON, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

Index("ix_file_outcome_batch_path", file_outcome.c.batch_id, file_outcome.c.path, unique=True)

page_outcome = Table(
    "page_outcome",
    metadata,
    Column("page_id", String(32), ForeignKey("page.id"), primary_key=True),
    Column("batch_id", Integer, ForeignKey("batch.id"), index=True, comment="in which it was read"),
    Column("recipe", String(64), nullable=False),
    Column(
        "transcript_id", Integer, ForeignKey("file.id"), comment="the delivered text that it was last to be taken from"
    ),
    Column("outcome", String(16), nullable=False, comment="read, blank, kept or failed"),
    Column("reason", Text, nullable=False, default=""),
    Column("reason_code", String(32), nullable=False, default="", comment="archive.reason; empty: nothing to say"),
    Column("traceback", Text, nullable=False, default=""),
    Column("reader_seconds", Float, nullable=False, default=0.0),
    Column("at", DateTime(timezone=True), nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", _BIG, primary_key=True),
    Column("subject_kind", String(16), nullable=False, comment="archive.unit.Kind"),
    Column("subject_id", String(32), nullable=False, comment="to be written to the index, or removed from it"),
    sqlite_autoincrement=True,
)

withheld = Table(
    "withheld",
    metadata,
    Column("seq", _BIG, primary_key=True),
    Column("subject_kind", String(16), nullable=False, comment="item or component, of which less may be read"),
    Column("subject_id", String(32), nullable=False),
    Column("component_id", String(32), comment="the component that it was in, as the index has it"),
    Column("until", _BIG, nullable=False, comment="the outbox's number up to which the index must have heard"),
)
