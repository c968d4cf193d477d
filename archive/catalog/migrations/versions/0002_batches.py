"""batches that can be undone, formats by PRONOM, fixity by place, notes of finding aids"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: What people and their machines write has no length that a database should hold it to.
WRITTEN = {
    "component": ("ref_id", "unitid", "date_edtf"),
    "container": ("indicator", "barcode"),
    "event": ("agent", "subject_id"),
    "file": ("media_type",),
    "item": ("local_id",),
    "location": ("root",),
    "mention": ("value",),
    "page": ("label",),
    "reading": ("reader", "languages"),
    "root": ("name",),
}


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="ingest, redo or finding aid"),
        sa.Column("name", sa.Text(), nullable=False, comment="of its folder, as a person knows it"),
        sa.Column("paths", sa.JSON(), nullable=False),
        sa.Column("recipe", sa.String(length=64), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended",
            sa.DateTime(timezone=True),
            comment="empty: killed, or still under way; the next run over its paths goes on with it",
        ),
        sa.Column("undone", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.execute(
        "insert into batch (id, kind, name, paths, recipe, started, ended) "
        "select id, 'ingest', '', paths, recipe, started, coalesce(ended, started) from run"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "select setval(pg_get_serial_sequence('batch', 'id'), (select coalesce(max(id), 0) + 1 from batch), false)"
        )
    op.create_table(
        "prior_state",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False, comment="item, component or place"),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.JSON(),
            nullable=False,
            comment="what it was before the batch changed it; null: it was not there",
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_prior_state_batch_id_batch")),
        sa.PrimaryKeyConstraint("batch_id", "subject_kind", "subject_id", name=op.f("pk_prior_state")),
    )
    op.create_index("ix_prior_state_subject_id", "prior_state", ["subject_id"])

    # Of each path in a run the newest outcome stays.
    op.execute("delete from file_outcome where id not in (select max(id) from file_outcome group by run_id, path)")
    with op.batch_alter_table("file_outcome") as table:
        table.drop_index("ix_file_outcome_run_id")
        table.drop_constraint("fk_file_outcome_run_id_run", type_="foreignkey")
        table.alter_column("run_id", new_column_name="batch_id", existing_type=sa.Integer(), existing_nullable=False)
    with op.batch_alter_table("file_outcome") as table:
        table.create_foreign_key("fk_file_outcome_batch_id_batch", "batch", ["batch_id"], ["id"])
        table.alter_column(
            "outcome",
            existing_type=sa.String(length=16),
            existing_nullable=False,
            comment="added, kept, unchanged, duplicate, refused, failed",
        )
    op.create_index("ix_file_outcome_batch_path", "file_outcome", ["batch_id", "path"], unique=True)
    op.drop_table("run")

    with op.batch_alter_table("page_outcome") as table:
        table.add_column(sa.Column("batch_id", sa.Integer(), comment="in which it was read"))
        table.create_foreign_key("fk_page_outcome_batch_id_batch", "batch", ["batch_id"], ["id"])
        table.add_column(
            sa.Column("transcript_id", sa.Integer(), comment="the delivered text that it was last to be taken from")
        )
        table.create_foreign_key("fk_page_outcome_transcript_id_file", "file", ["transcript_id"], ["id"])
        table.alter_column(
            "outcome",
            existing_type=sa.String(length=16),
            existing_nullable=False,
            comment="read, blank, kept or failed",
        )
        table.create_index("ix_page_outcome_batch_id", ["batch_id"])
    with op.batch_alter_table("component") as table:
        table.add_column(sa.Column("extent", sa.Text(), nullable=False, server_default="", comment="EAD physdesc"))
        table.add_column(
            sa.Column(
                "access_note",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="EAD accessrestrict, in words (DACS 4.1)",
            )
        )
        table.add_column(
            sa.Column(
                "use_note", sa.Text(), nullable=False, server_default="", comment="EAD userestrict, in words (DACS 4.4)"
            )
        )
        table.add_column(
            sa.Column(
                "position",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment="among its siblings, as its finding aid has it",
            )
        )
        table.add_column(
            sa.Column(
                "source",
                sa.String(length=16),
                nullable=False,
                server_default="spreadsheet",
                comment="what describes it: spreadsheet or finding aid",
            )
        )
        table.add_column(
            sa.Column(
                "finding_aid",
                sa.String(length=255),
                nullable=False,
                server_default="",
                comment="EAD eadid or recordid of the finding aid that describes it",
            )
        )
        table.create_index("ix_component_finding_aid", ["finding_aid"])
    with op.batch_alter_table("access_rule") as table:
        table.alter_column(
            "origin",
            existing_type=sa.String(length=32),
            existing_nullable=False,
            existing_comment="spreadsheet or person",
            comment="spreadsheet, finding aid, person or undo",
        )
    with op.batch_alter_table("item") as table:
        table.add_column(
            sa.Column(
                "plan",
                sa.String(length=64),
                nullable=False,
                server_default="",
                comment="hash of the row and masters it was laid out from, so that what is unchanged costs nothing",
            )
        )
        table.add_column(
            sa.Column("undone", sa.Integer(), comment="the batch whose undoing took it out of the archive")
        )
        table.create_foreign_key("fk_item_undone_batch", "batch", ["undone"], ["id"])
        table.create_index("ix_item_undone", ["undone"])
    with op.batch_alter_table("file") as table:
        table.add_column(
            sa.Column(
                "puid",
                sa.String(length=32),
                nullable=False,
                server_default="",
                comment="PRONOM's identifier of its format: fmt/353",
            )
        )
        table.add_column(
            sa.Column("format", sa.Text(), nullable=False, server_default="", comment="PRONOM's name of it")
        )
    with op.batch_alter_table("location") as table:
        table.add_column(sa.Column("checked", sa.DateTime(timezone=True), comment="when its fixity was last looked at"))
        table.add_column(
            sa.Column(
                "found",
                sa.String(length=16),
                nullable=False,
                server_default="",
                comment="as what: intact, missing, changed, unreadable",
            )
        )
    with op.batch_alter_table("reading") as table:
        table.add_column(
            sa.Column("transcript_id", sa.Integer(), comment="the delivered text that it was taken from, if from one")
        )
        table.create_foreign_key("fk_reading_transcript_id_file", "file", ["transcript_id"], ["id"])
    for name, columns in WRITTEN.items():
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.alter_column(column, existing_type=sa.String(), type_=sa.Text())
