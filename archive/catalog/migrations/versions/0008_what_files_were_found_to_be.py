"""what files were found to be by a run that is not at its end"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "identified_file",
        sa.Column("seq", _BIG, nullable=False),
        sa.Column("batch_id", sa.Integer, nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False, comment="below the root, with forward slashes"),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("modified_ns", sa.BigInteger, nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False, comment="of how it was looked at"),
        sa.Column("found", sa.JSON, nullable=False, comment="what it was found to be, until its item is laid out"),
        sa.PrimaryKeyConstraint("seq", name="pk_identified_file"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_identified_file_batch_id_batch"),
        sa.ForeignKeyConstraint(["root"], ["root.name"], name="fk_identified_file_root_root"),
    )
    op.create_index("ix_identified_file_batch_id", "identified_file", ["batch_id"])
    op.create_index("ix_identified_file_root_path", "identified_file", ["root", "path"])
