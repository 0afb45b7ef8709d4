"""The database behind the log: opening it, bringing it up to date; all that is special to SQLite."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError

FILE_NAME = "huishang.db"
_ROOM_BYTES = 1 << 20  # with less, the next event may fit and the one after it not


def open_database(data_dir: Path) -> Engine:
    """An engine on the database of ``data_dir``; nothing is touched before ``migrate``."""
    engine = create_engine(f"sqlite:///{data_dir / FILE_NAME}", connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # WAL: readers never wait for the writer. FULL: a commit is on the disk when it returns, so an
    # acknowledged event survives a power cut (NORMAL would only survive the death of the process).
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def migrate(engine: Engine) -> None:
    """Bring the tables to this version's shape; a database that is there already is left alone."""
    config = Config()
    config.set_main_option("script_location", "hub.storage:migrations")
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def is_full(error: DBAPIError, engine: Engine) -> bool:
    """Whether ``error`` says that the disk (or the database's quota) is full."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None:
        return False
    if code == sqlite3.SQLITE_FULL:
        return True
    # SQLite reports a full disk under other names when it cannot grow the -shm or open the -wal.
    unclear = code & 0xFF in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
    return unclear and not has_room(engine)


def has_room(engine: Engine) -> bool:
    try:
        return shutil.disk_usage(Path(engine.url.database or ".").parent).free >= _ROOM_BYTES
    except OSError:
        return True  # whatever is wrong with the disk, it is not that it is full


def is_collision(error: DBAPIError) -> bool:
    """Whether another writer has put something in the same place."""
    return isinstance(error, IntegrityError)
