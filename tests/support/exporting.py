"""A recording of an hour that is ready, with a few seconds in its files, and the queue that exports it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from hub.clock import ManualClock
from hub.domain import keeping, recording, session
from hub.domain.event import HUB, Actor
from hub.domain.keeping import Export, ExportForm, ExportState, ExportWish, Keeping, RequestExport
from hub.domain.recording import FinishRecording, OpenTrack, SealTrack, StartRecording, StopRecording, Track
from hub.live.keeping import keep
from hub.live.streams import Streams
from hub.storage.sqllog import open_log
from recordings.exportforms import FilmForm
from recordings.exports import Exports
from recordings.places import Places
from recordings.room import Room
from recordings.shelf import Shelf
from tests.support.factories import OFFICER, START_MS, YINGJI, start_session
from tests.support.films import camera_file, microphone_file

RECORDING, KEEPING, SESSION = recording.stream_of("r-1"), keeping.stream_of("r-1"), session.stream_of("s-1")
SECONDS = 4


def wish(seconds: float = 2, **changes: Any) -> ExportWish:
    """The first seconds, small, with few pictures."""
    values: dict[str, Any] = {
        "form": ExportForm.MP4,
        "from_ms": START_MS,
        "to_ms": START_MS + round(seconds * 1000),
        "height": 480,
        "fps": 5,
    }
    return ExportWish(**(values | changes))


async def write_recording(streams: Streams, places: Places, clock: ManualClock) -> None:
    """Its session, its log and its files."""
    await streams.execute(SESSION, start_session(YINGJI), OFFICER)
    await streams.execute(SESSION, session.AnswerCall(venue="yingji"), YINGJI)
    start = StartRecording(recording_id="r-1", session_id="s-1", title="强降雨防汛会商")
    await streams.execute(RECORDING, start, HUB)
    places.folder("r-1")
    for source, write, codec in (("camera", camera_file, "vp8"), ("microphone", microphone_file, "opus")):
        track = Track(
            track_id=f"t-{source}",
            venue="yingji",
            venue_name="省应急管理厅指挥中心",
            source=source,
            kind="video" if source == "camera" else "audio",
            codec=codec,
            started_ms=START_MS,
        )
        write(places.final("r-1", track), SECONDS)
        await streams.execute(RECORDING, OpenTrack(track=track), HUB)
        seal = SealTrack(track_id=track.track_id, ended_ms=START_MS + SECONDS * 1000, size_bytes=1, digest="")
        await streams.execute(RECORDING, seal, HUB)
    clock.advance(3600)
    await streams.execute(RECORDING, StopRecording(), HUB)
    await streams.execute(RECORDING, FinishRecording(), HUB)


class Office:
    """Who asks for exports; ``free_bytes`` is what the disk has left."""

    def __init__(self, data: Path, clock: ManualClock, streams: Streams, exports: Exports) -> None:
        self.data = data
        self.clock = clock
        self.streams = streams
        self.exports = exports

    async def ask(self, export_id: str, what: ExportWish, by: Actor = OFFICER) -> None:
        """As the handler of the request does."""
        await self.exports.check("r-1", what, by)
        await keep(self.streams, "r-1", RequestExport(export_id=export_id, wish=what), by, f"op-{export_id}")

    async def export(self, export_id: str) -> Export:
        state, _ = await self.streams.state(KEEPING)
        assert isinstance(state, Keeping)
        return state.exports[export_id]

    async def until_made(self, export_id: str, done: Callable[[float], bool]) -> None:
        """Until so much of it is made, or all."""
        while True:
            rows = (await self.exports.list("r-1", OFFICER, str)).rows
            row = next(row for row in rows if row.export.export_id == export_id)
            if done(row.share) or row.export.state is not ExportState.WAITING:
                return
            await asyncio.sleep(0.01)

    def file(self, export_id: str) -> Path:
        return self.data / "exports" / "r-1" / f"{export_id}.mp4"

    def tracks(self) -> list[Path]:
        return list(self.data.glob("recordings/r-1/*.webm"))

    def pieces(self) -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in self.data.glob("exports/r-1/work/*/*.piece")}


@asynccontextmanager
async def office(
    data: Path,
    *,
    clock: ManualClock | None = None,
    free_bytes: Callable[[], int] = lambda: 1 << 40,
    days: int = 7,
) -> AsyncIterator[Office]:
    """On what lies in ``data``, which is made when there is nothing."""
    clock = clock or ManualClock()
    log = open_log(data)
    streams, places = Streams(log, clock), Places(data)
    if not await streams.names("recording:"):
        await write_recording(streams, places, clock)
    form = FilmForm(log, classification="非涉密·内部使用", algorithm="sha256")
    room = Room(free_bytes, min_free_bytes=1 << 20)
    shelf = Shelf(places)
    exports = Exports(clock, streams, shelf, room, data / "exports", {ExportForm.MP4: form}, days=days)
    exports.start()
    try:
        yield Office(data, clock, streams, exports)
    finally:
        await exports.close()
        await streams.close()
        await log.close()
