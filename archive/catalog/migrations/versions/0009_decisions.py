"""corrections become decisions of every kind; mentions know their page and what they may be, and are found by value"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _decisions()
    _mentions()


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="of archive.decisions.kinds: correction"),
        sa.Column("page_id", sa.String(length=32), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False, comment="the reading that it was said of"),
        sa.Column("anchor", sa.JSON(), nullable=False, comment="archive.anchor.Anchor, field by field"),
        sa.Column("decided", sa.JSON(), nullable=False, comment="as its kind keeps it"),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), comment="when it was withdrawn"),
        sa.Column("placed_on", sa.Integer(), comment="the newest reading that it stands in; empty: it waits"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_decision_page_id_page")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_decision_reading_id_reading")),
        sa.ForeignKeyConstraint(["placed_on"], ["reading.id"], name=op.f("fk_decision_placed_on_reading")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    # Each keeps its number, by which persons and links name it.
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    decided = "json_build_object('text', text)" if is_postgresql else "json_object('text', text)"
    op.execute(
        "insert into decision (id, kind, page_id, reading_id, anchor, decided, author, created, ended, placed_on) "
        f"select id, 'correction', page_id, reading_id, anchor, {decided}, author, created, ended, placed_on "
        "from correction"
    )
    if is_postgresql:
        op.execute(
            "select setval(pg_get_serial_sequence('decision', 'id'), "
            "(select coalesce(max(id), 0) + 1 from decision), false)"
        )
    op.drop_table("correction")
    op.create_index("ix_decision_page_id", "decision", ["page_id"])


def _mentions() -> None:
    op.add_column("mention", sa.Column("page_id", sa.String(length=32)))
    candidates = sa.Column(
        "candidates", sa.JSON(), comment="what it may be where undecided: [value, what speaks for it]"
    )
    op.add_column("mention", candidates)
    op.execute(
        "update mention set candidates = '[]', "
        "page_id = (select reading.page_id from reading where reading.id = mention.reading_id)"
    )
    with op.batch_alter_table("mention") as table:
        table.alter_column("page_id", existing_type=sa.String(length=32), nullable=False)
        table.alter_column("candidates", existing_type=sa.JSON(), nullable=False)
        table.create_foreign_key("fk_mention_page_id_page", "page", ["page_id"], ["id"])
        table.alter_column(
            "kind",
            existing_type=sa.String(length=16),
            existing_nullable=False,
            comment="date, place, or what stands in a margin",
        )
    op.create_index("ix_mention_page_id", "mention", ["page_id"])
    op.create_index("ix_mention_kind_value_id", "mention", ["kind", "value", "id"])
