"""what searches leave out until the index has heard of it"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "withheld",
        sa.Column("seq", _BIG, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="item or component, of which less may be read"),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("component_id", sa.String(length=32), comment="the component that it was in, as the index has it"),
        sa.Column("until", _BIG, nullable=False, comment="the outbox's number up to which the index must have heard"),
        sa.PrimaryKeyConstraint("seq", name="pk_withheld"),
    )
