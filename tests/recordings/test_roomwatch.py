"""Officers are told hours before the room for recordings comes to its end, and when there is some again."""

from __future__ import annotations

from hub.clock import ManualClock
from hub.live.recorder import RecorderDesk
from recordings.room import Room
from recordings.roomwatch import RoomWatch
from signaling.recording_vocabulary import Recorder, RoomState
from tests.support.factories import OFFICER, REVIEWER, YINGJI


class Disk:
    """2 MB are recorded a second, as of ten venues."""

    def __init__(self) -> None:
        self.clock, self.free_bytes, self.written, self.full = ManualClock(), 40_000_000_000, 0, False
        self.desk = RecorderDesk(self.clock)
        room = Room(lambda: self.free_bytes, min_free_bytes=1_000_000_000)
        self.watch = RoomWatch(
            self.clock,
            room,
            self.desk,
            warn_s=4 * 3600,
            written=lambda: self.written,
            is_full=lambda: self.full,
        )

    async def record(self, seconds: int) -> Recorder:
        for _ in range(0, seconds, 10):
            await self.watch.look()
            self.clock.advance(10.0)
            self.written += 20_000_000
            self.free_bytes -= 20_000_000
        return self.desk.state


async def test_R14_officers_are_told_hours_before_and_when_there_is_room_again() -> None:
    disk = Disk()
    assert (await disk.record(600)).room is RoomState.AMPLE
    assert (await disk.record(6000)).room is RoomState.LOW
    told = await disk.record(600)
    assert told.left_s is not None
    assert 3 * 3600 < told.left_s < 4 * 3600
    assert told.left_s % 60 == 0
    assert told.since_ms < disk.clock.wall_ms() - 600_000  # since it began, not since the last look
    assert disk.desk.first(OFFICER) == [told]
    assert disk.desk.first(YINGJI) == disk.desk.first(REVIEWER) == []
    disk.free_bytes = 900_000_000_000
    assert (await disk.record(10)).room is RoomState.AMPLE


async def test_R14_a_full_disk_is_said_until_there_is_room() -> None:
    disk = Disk()
    disk.full, disk.free_bytes = True, 0
    await disk.watch.look()
    full = disk.desk.state
    disk.full, disk.free_bytes = False, 900_000_000_000
    await disk.watch.look()
    assert (full.room, disk.desk.state.room) == (RoomState.FULL, RoomState.AMPLE)
