"""The log on SQLite: durable, grouped, whole after a full disk, and open to a second process."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event

from hub.errors import CannotStart, Refusal
from hub.storage.database import FILE_NAME, has_room, migrate, open_database
from hub.storage.sqllog import SqlEventLog, open_log
from hub.storage.tables import metadata
from tests.support.logs import put

STREAM = "board:b-1"


async def test_a_closed_log_opens_again_with_everything_in_it(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    written = await put(log, STREAM, 0, 3)
    await log.close()
    log = open_log(tmp_path)
    assert await log.read(STREAM) == written
    await put(log, STREAM, 3)
    await log.close()


async def test_appends_that_wait_together_share_one_commit(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    commits: list[object] = []
    all_wait = threading.Event()

    def commit(connection: object) -> None:
        commits.append(connection)
        all_wait.wait(30)  # as on a slow disk

    event.listen(log.engine, "commit", commit)
    appends = [asyncio.ensure_future(put(log, f"board:b-{n}", 0)) for n in range(100)]
    await asyncio.sleep(0)  # each has handed over its own
    all_wait.set()
    await asyncio.gather(*appends)
    await log.close()
    assert len(commits) <= 2


async def test_every_commit_waits_for_the_disk(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    with log.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    await log.close()


async def test_two_processes_may_append_in_turn(tmp_path: Path) -> None:
    """The command line adds an account while the hub runs."""
    hub, console = open_log(tmp_path), open_log(tmp_path)
    await put(hub, "organisation", 0)
    await put(console, "organisation", 1)
    with pytest.raises(Refusal) as refused:
        await put(hub, "organisation", 1)
    assert refused.value.detail == {"seq": 2}
    await put(hub, "organisation", 2)
    with pytest.raises(Refusal, match=r"stream\.moved_on"):
        await put(console, "organisation", 2)
    assert (await hub.verify()).ok
    assert await console.head("organisation") == 3
    await hub.close()
    await console.close()


def limit_pages(log: SqlEventLog, pages: int) -> None:
    """A database that may not grow is a full disk as far as SQLite is concerned."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(log.engine, "connect", limit)
    log.engine.dispose()


async def test_a_full_disk_refuses_and_leaves_the_log_whole(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    await put(log, STREAM, 0, 3)
    limit_pages(log, 12)
    with pytest.raises(Refusal, match=r"storage\.full"):
        await put(log, STREAM, 3, 20, reason="长" * 2000)
    assert await log.head(STREAM) == 3
    limit_pages(log, 1_000_000)
    await put(log, STREAM, 3, 20, reason="长" * 2000)
    report = await log.verify()
    await log.close()
    assert (report.ok, report.events) == (True, 23)


async def test_of_a_group_only_those_fail_who_do_not_fit(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    limit_pages(log, 12)
    outcomes = await asyncio.gather(
        put(log, "board:b-1", 0),
        put(log, "board:b-2", 0, 20, reason="长" * 2000),
        put(log, "board:b-3", 7),
        put(log, "board:b-4", 0),
        return_exceptions=True,
    )
    codes = [outcome.code if isinstance(outcome, Refusal) else "" for outcome in outcomes]
    assert codes == ["", "storage.full", "stream.moved_on", ""]
    assert await log.streams() == ["board:b-1", "board:b-4"]
    await log.close()


async def test_the_check_writes_and_leaves_no_event(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    await log.check()
    await log.check()
    with log.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT checks FROM health").scalar() == 2
    assert await log.streams() == []
    await log.close()
    with pytest.raises(RuntimeError, match="closed"):
        await log.check()


def test_the_migrations_make_exactly_these_tables(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    migrate(engine)
    migrate(engine)  # a second time changes nothing
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(CannotStart, match="not a database"):
        open_log(tmp_path)


def test_a_directory_that_is_gone_is_not_a_full_disk(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "gone")
    assert has_room(engine)
    engine.dispose()
