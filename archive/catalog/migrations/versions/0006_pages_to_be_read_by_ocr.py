"""whether a person wants a page read by OCR; and which pages were taken from a text layer, whose rules are in their
recipe from now on"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("page") as table:
        table.add_column(
            sa.Column(
                "by_ocr",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="whether a person wants it read by OCR, in spite of its text layer or a delivered text",
            )
        )
    op.execute(
        "UPDATE page_outcome SET recipe = recipe || '+layer' WHERE reason LIKE '%text layer%' OR page_id IN "
        "(SELECT page.id FROM page JOIN reading ON reading.id = page.shown_reading WHERE reading.reader LIKE "
        "'pdfplumber%')"
    )
