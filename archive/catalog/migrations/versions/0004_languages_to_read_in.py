"""the languages that a person said items and pages are to be read in"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("item", "page"):
        with op.batch_alter_table(name) as table:
            table.add_column(
                sa.Column(
                    "read_in",
                    sa.Text(),
                    nullable=False,
                    server_default="",
                    comment="the languages (ISO 639-2, by +) that a person said it is to be read in; empty: nobody did",
                )
            )
