"""units by kind and id in the outbox, and in the ids that lead to others"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _outbox()
    _alias()
    op.alter_column("withheld", "kind", new_column_name="subject_kind")


def _outbox() -> None:
    """What waits is pages. The table is not made anew: its numbers go on, which `withheld` has."""
    op.alter_column("outbox", "page_id", new_column_name="subject_id")
    op.add_column(
        "outbox",
        sa.Column(
            "subject_kind", sa.String(length=16), nullable=False, server_default="page", comment="archive.unit.Kind"
        ),
    )


def _alias() -> None:
    """An id leads to one of its kind. Only components lead to nothing: those at the top whose batch was undone."""
    with op.batch_alter_table("alias") as table:
        table.add_column(
            sa.Column(
                "kind",
                sa.String(length=16),
                nullable=False,
                server_default="item",
                comment="of the unit that it named, and of the one that it leads to",
            )
        )
        table.alter_column("target", comment="empty: nothing stands in its place")
    op.execute("UPDATE alias SET kind = 'page' WHERE target IN (SELECT id FROM page)")
    op.execute("UPDATE alias SET kind = 'component' WHERE target = '' OR target IN (SELECT id FROM component)")
    led_on = (
        "UPDATE alias SET kind = '{0}' WHERE kind = 'item' AND target IN (SELECT alias FROM alias WHERE kind = '{0}')"
    )
    for kind in ("page", "component"):
        while op.get_bind().execute(sa.text(led_on.format(kind))).rowcount:
            pass
