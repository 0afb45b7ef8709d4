"""The durable side: the one event log and the credentials, in SQLite (PostgreSQL stays possible)."""
