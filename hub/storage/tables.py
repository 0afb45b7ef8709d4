"""The tables, as SQLAlchemy sees them; migrations/ makes them, a test compares the two."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})

# One row a stream: where it is. An append moves the row on only from the expected place, so two
# writers (two nodes on PostgreSQL) can never both win; and a cut-off tail of events is noticed.
streams = Table(
    "streams",
    metadata,
    Column("stream", String(100), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# ``actor`` and ``event`` are canonical JSON, byte for byte what was hashed.
events = Table(
    "events",
    metadata,
    Column("stream", String(100), ForeignKey("streams.stream"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("actor", LargeBinary, nullable=False),
    Column("op", Text),
    Column("event", LargeBinary, nullable=False),
    Column("algorithm", String(16), nullable=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# Argon2 hashes stay out of the log: they may be changed and must be forgettable.
credentials = Table(
    "credentials",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("password_hash", String(255), nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until_ms", BigInteger, nullable=False, default=0),
    sqlite_with_rowid=False,
)

# One row, written by the readiness check: only a write proves that the log can be written.
health = Table(
    "health",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("checks", BigInteger, nullable=False),
)
