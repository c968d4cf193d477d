"""whether it was the page's row that said in which languages it is to be read"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("page") as table:
        table.add_column(
            sa.Column(
                "read_in_by_row",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="whether its row in pages.csv said so: where that is emptied, nobody does",
            )
        )
