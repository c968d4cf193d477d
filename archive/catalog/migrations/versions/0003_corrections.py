"""corrections typed by a person, and the readings that stand on a machine's"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reading") as table:
        table.add_column(
            sa.Column(
                "base_id", sa.Integer(), comment="the reading that a person corrected, where this is what came of it"
            )
        )
        table.create_foreign_key("fk_reading_base_id_reading", "reading", ["base_id"], ["id"])
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.String(length=32), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False, comment="the reading that it was said of"),
        sa.Column("anchor", sa.JSON(), nullable=False, comment="archive.anchor.Anchor, field by field"),
        sa.Column("text", sa.Text(), nullable=False, comment="what stands there; empty: nothing"),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), comment="when it was withdrawn"),
        sa.Column("placed_on", sa.Integer(), comment="the newest reading that it stands in; empty: it waits"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_correction_page_id_page")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_correction_reading_id_reading")),
        sa.ForeignKeyConstraint(["placed_on"], ["reading.id"], name=op.f("fk_correction_placed_on_reading")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_page_id", "correction", ["page_id"])
