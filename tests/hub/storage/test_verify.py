"""Whatever somebody does to the database, verification names the first broken place."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.storage.database import FILE_NAME
from hub.storage.eventlog import Break
from hub.storage.sqllog import open_log
from tests.support.logs import put, tamper

STREAM = "board:b-1"

TAMPERED = [
    ("UPDATE events SET event = CAST(replace(event, 'n3', 'n4') AS BLOB) WHERE seq = 3", 3, "hash differs"),
    ("UPDATE events SET event = CAST(event AS TEXT) WHERE seq = 3", 3, "unreadable: TypeError"),
    ("UPDATE events SET actor = CAST(replace(actor, '林', '王') AS BLOB) WHERE seq = 3", 3, "hash differs"),
    ("UPDATE events SET at_ms = at_ms - 1 WHERE seq = 3", 3, "hash differs"),
    ("UPDATE events SET op = 'o-1' WHERE seq = 3", 3, "hash differs"),
    ("UPDATE events SET hash = zeroblob(32) WHERE seq = 3", 3, "hash differs"),
    ("UPDATE events SET algorithm = 'none' WHERE seq = 3", 3, "unknown algorithm"),
    ("DELETE FROM events WHERE seq = 3", 3, "missing"),
    ("DELETE FROM events WHERE seq = 5", 5, "end differs from the stream's head"),
    ("UPDATE streams SET hash = zeroblob(32)", 6, "end differs from the stream's head"),
    ("UPDATE events SET seq = seq + 10 WHERE seq = 5", 5, "end differs from the stream's head"),
    ("DELETE FROM streams", 1, "has no head"),
]


@pytest.mark.parametrize(("statement", "seq", "why"), TAMPERED)
async def test_tampering_is_found_and_named(tmp_path: Path, statement: str, seq: int, why: str) -> None:
    log = open_log(tmp_path)
    await put(log, STREAM, 0, 5)
    assert (await log.verify()).ok
    tamper(tmp_path, statement)
    report = await log.verify()
    await log.close()
    assert report.breaks == [Break(STREAM, seq, why)]


async def test_one_flipped_byte_in_the_file_is_found(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    await put(log, STREAM, 0, 5, reason="flip-me-here")
    await log.close()
    file = tmp_path / FILE_NAME
    content = bytearray(file.read_bytes())
    content[content.index(b"flip-me-here")] ^= 0x01
    file.write_bytes(content)
    log = open_log(tmp_path)
    report = await log.verify()
    await log.close()
    assert [(broken.stream, broken.why) for broken in report.breaks] == [(STREAM, "hash differs")]


async def test_the_intact_streams_beside_a_broken_one_are_not_accused(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    for stream in ("board:b-1", "board:b-2", "session:s-1"):
        await put(log, stream, 0, 3)
    tamper(tmp_path, "UPDATE events SET at_ms = 0 WHERE stream = 'board:b-2' AND seq = 2")
    report = await log.verify()
    await log.close()
    assert [(broken.stream, broken.seq) for broken in report.breaks] == [("board:b-2", 2)]
    assert (report.streams, report.events) == (3, 3 + 1 + 3)
