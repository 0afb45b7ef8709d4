"""The first shape: streams, events, credentials, and the readiness check's own row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "streams",
        sa.Column("stream", sa.String(100), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("stream", name="pk_streams"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events",
        sa.Column("stream", sa.String(100), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.LargeBinary, nullable=False),
        sa.Column("op", sa.Text),
        sa.Column("event", sa.LargeBinary, nullable=False),
        sa.Column("algorithm", sa.String(16), nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name="pk_events"),
        sa.ForeignKeyConstraint(["stream"], ["streams.stream"]),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "credentials",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_credentials"),
        sqlite_with_rowid=False,
    )
    health = op.create_table(
        "health",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("checks", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_health"),
    )
    op.bulk_insert(health, [{"id": 1, "checks": 0}])


def downgrade() -> None:
    for table in ("health", "credentials", "events", "streams"):
        op.drop_table(table)
