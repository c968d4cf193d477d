"""the record as it begins"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False, comment="component, item, page, entry"),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False, comment="open, closed, suppressed, withdrawn"),
        sa.Column("description", sa.Boolean(), nullable=True),
        sa.Column("text", sa.Boolean(), nullable=True),
        sa.Column("image", sa.Boolean(), nullable=True),
        sa.Column("download", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("review_date", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False, comment="spreadsheet or person"),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True, comment="rules are ended, never deleted"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_rule")),
    )
    with op.batch_alter_table("access_rule", schema=None) as batch_op:
        batch_op.create_index("ix_access_rule_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "alias",
        sa.Column("alias", sa.String(length=32), nullable=False, comment="an id that once stood"),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_alias")),
    )
    op.create_table(
        "component",
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="the order of the archive"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="minted"),
        sa.Column("ref_id", sa.String(length=255), nullable=True, comment="EAD c/@id, as ArchivesSpace gives it"),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column(
            "level", sa.String(length=32), nullable=False, comment="EAD @level: collection, series, subseries, file"
        ),
        sa.Column("unitid", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("date_edtf", sa.String(length=64), nullable=False),
        sa.Column("description", sa.Text(), nullable=False, comment="scope and content"),
        sa.ForeignKeyConstraint(["parent_id"], ["component.id"], name=op.f("fk_component_parent_id_component")),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_component")),
        sa.UniqueConstraint("id", name=op.f("uq_component_id")),
        sa.UniqueConstraint("ref_id", name=op.f("uq_component_ref_id")),
    )
    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_component_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "container",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False, comment="box or folder"),
        sa.Column("indicator", sa.String(length=64), nullable=False),
        sa.Column("barcode", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True, comment="the box of a folder"),
        sa.ForeignKeyConstraint(["parent_id"], ["container.id"], name=op.f("fk_container_parent_id_container")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_container")),
    )
    with op.batch_alter_table("container", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_container_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent", sa.String(length=255), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=255), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("frames", sa.JSON(), nullable=False, comment="archive.record.Frame, field by field"),
        sa.Column("embedded", sa.JSON(), nullable=False, comment="what it says of itself: [element, value, where]"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_file_sha256")),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "page_id", sa.String(length=32), nullable=False, comment="to be written to the index, or removed from it"
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "root",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("path", sa.Text(), nullable=False, comment="where it is mounted now"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_root")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True, comment="empty: killed, or still under way"),
        sa.Column("recipe", sa.String(length=64), nullable=False),
        sa.Column("paths", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "component_container",
        sa.Column("component_id", sa.String(length=32), nullable=False),
        sa.Column("container_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["component_id"], ["component.id"], name=op.f("fk_component_container_component_id_component")
        ),
        sa.ForeignKeyConstraint(
            ["container_id"], ["container.id"], name=op.f("fk_component_container_container_id_container")
        ),
        sa.PrimaryKeyConstraint("component_id", "container_id", name=op.f("pk_component_container")),
    )
    op.create_table(
        "file_outcome",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "outcome", sa.String(length=16), nullable=False, comment="added, unchanged, duplicate, refused, failed"
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_file_outcome_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_outcome")),
    )
    with op.batch_alter_table("file_outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_outcome_run_id"), ["run_id"], unique=False)

    op.create_table(
        "item",
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False, comment="minted"),
        sa.Column("local_id", sa.String(length=255), nullable=True, comment="the id its spreadsheet gives it"),
        sa.Column("origin", sa.Text(), nullable=False, comment="root:folder of that spreadsheet"),
        sa.Column("component_id", sa.String(length=32), nullable=True),
        sa.Column(
            "described_by",
            sa.String(length=64),
            nullable=False,
            comment="hash of what described it, so that a changed row is noticed",
        ),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["component_id"], ["component.id"], name=op.f("fk_item_component_id_component")),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_item")),
        sa.UniqueConstraint("id", name=op.f("uq_item_id")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_component_id"), ["component_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_local_id"), ["local_id"], unique=False)

    op.create_table(
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=255), nullable=False),
        sa.Column("path", sa.Text(), nullable=False, comment="below the root, with forward slashes"),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_location_file_id_file")),
        sa.ForeignKeyConstraint(["root"], ["root.name"], name=op.f("fk_location_root_root")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("root", "path", name=op.f("uq_location_root_path")),
    )
    with op.batch_alter_table("location", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_location_file_id"), ["file_id"], unique=False)

    op.create_table(
        "item_container",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("container_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["container_id"], ["container.id"], name=op.f("fk_item_container_container_id_container")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_container_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", "container_id", name=op.f("pk_item_container")),
    )
    op.create_table(
        "item_file",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column(
            "role", sa.String(length=32), nullable=False, comment="preservation master, service copy, transcript"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_item_file_file_id_file")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_file_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", "file_id", "role", name=op.f("pk_item_file")),
    )
    with op.batch_alter_table("item_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_file_file_id"), ["file_id"], unique=False)

    op.create_table(
        "page",
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="the unit's ordinal in the index"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="minted"),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False, comment="1-based within the item; 0: no longer in it"),
        sa.Column("label", sa.String(length=64), nullable=False, comment="the printed page label"),
        sa.Column("role", sa.String(length=32), nullable=False, comment="recto, verso, cover, target"),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False, comment="1-based within the file"),
        sa.Column("width", sa.Integer(), nullable=False, comment="of the canvas, in pixels"),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("dpi", sa.Float(), nullable=True),
        sa.Column("shown_reading", sa.Integer(), nullable=True, comment="the reading that is shown"),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_page_file_id_file")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_page_item_id_item")),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_page")),
        sa.UniqueConstraint("id", name=op.f("uq_page_id")),
    )
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_page_item_id"), ["item_id"], unique=False)
        batch_op.create_index("ix_page_item_sequence", ["item_id", "sequence"], unique=False)

    op.create_table(
        "statement",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False, comment="spreadsheet, file, text or person"),
        sa.Column("detail", sa.Text(), nullable=False, comment="where in the source"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_statement_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", "position", name=op.f("pk_statement")),
    )
    op.create_table(
        "page_outcome",
        sa.Column("page_id", sa.String(length=32), nullable=False),
        sa.Column("recipe", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False, comment="read, blank or failed"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("traceback", sa.Text(), nullable=False),
        sa.Column("reader_seconds", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_page_outcome_page_id_page")),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_page_outcome")),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False, comment="the master that was read"),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=64), nullable=False, comment="its name and version"),
        sa.Column("recipe", sa.String(length=64), nullable=False),
        sa.Column("languages", sa.String(length=64), nullable=False, comment="that the reader was told, by +"),
        sa.Column("language", sa.String(length=8), nullable=False, comment="of the text: spa, eng, mul, und"),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("layout", sa.LargeBinary(), nullable=False, comment="archive.layout.Layout.to_bytes"),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_reading_file_id_file")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_reading_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index("ix_reading_frame", ["file_id", "frame"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_page_id"), ["page_id"], unique=False)

    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="date or place"),
        sa.Column("first_word", sa.Integer(), nullable=False),
        sa.Column("last_word", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False, comment="that found it"),
        sa.Column("value", sa.String(length=255), nullable=False, comment="EDTF or place key; empty where undecided"),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_mention_reading_id_reading")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mention_reading_id"), ["reading_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mention_reading_id"))

    op.drop_table("mention")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_page_id"))
        batch_op.drop_index("ix_reading_frame")

    op.drop_table("reading")
    op.drop_table("page_outcome")
    op.drop_table("statement")
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.drop_index("ix_page_item_sequence")
        batch_op.drop_index(batch_op.f("ix_page_item_id"))
        batch_op.drop_index(batch_op.f("ix_page_file_id"))

    op.drop_table("page")
    with op.batch_alter_table("item_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_file_file_id"))

    op.drop_table("item_file")
    op.drop_table("item_container")
    with op.batch_alter_table("location", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_location_file_id"))

    op.drop_table("location")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_local_id"))
        batch_op.drop_index(batch_op.f("ix_item_component_id"))

    op.drop_table("item")
    with op.batch_alter_table("file_outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_outcome_run_id"))

    op.drop_table("file_outcome")
    op.drop_table("component_container")
    op.drop_table("run")
    op.drop_table("root")
    op.drop_table("outbox")
    op.drop_table("file")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_subject")

    op.drop_table("event")
    with op.batch_alter_table("container", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_container_parent_id"))

    op.drop_table("container")
    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_component_parent_id"))

    op.drop_table("component")
    op.drop_table("alias")
    with op.batch_alter_table("access_rule", schema=None) as batch_op:
        batch_op.drop_index("ix_access_rule_subject")

    op.drop_table("access_rule")
