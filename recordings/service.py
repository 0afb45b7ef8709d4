"""The recordings of a hub: recovers what a crash cut, writes what is going on, shows what is done."""

from __future__ import annotations

from collections.abc import Callable

from hub.clock import Clock
from hub.config import Settings
from hub.live.streams import Streams
from hub.storage.eventlog import EventLog
from recordings.assemble import Assembler
from recordings.capture import Capture, Plane
from recordings.places import Places
from recordings.recover import Outcome, recover
from recordings.review import Review
from recordings.room import Room, free_bytes_of
from recordings.writer import Writer


class Recordings:
    """Start it after the media plane and before the doors open; close it before both are closed."""

    def __init__(
        self,
        clock: Clock,
        log: EventLog,
        streams: Streams,
        media: Plane,
        settings: Settings,
        *,
        room: Room | None = None,
    ) -> None:
        """``room``: what may be written, where that is not what the disk of ``settings.data`` has left."""
        self._streams = streams
        self._media = media
        self._stop_listening: list[Callable[[], None]] = []
        self._places = Places(settings.data_dir)
        room = room or _room(self._places, settings)
        self._assembler = Assembler(room)
        self._writer = Writer(clock, room, on_full=lambda: self._capture.full())
        self._capture = Capture(clock, streams, media, self._writer, self._assembler, self._places, room)
        self.review = Review(
            clock,
            log,
            streams,
            self._places,
            classification=settings.classification,
            seats_may_review=settings.recording.seats_may_review,
        )

    async def start(self) -> None:
        """Recover, then take up every recording whose session still runs, then listen."""
        outcomes = await recover(self._streams, self._assembler, self._places, resume=True)
        self._writer.start()
        self._stop_listening = [
            self._streams.subscribe(self._capture.published),
            self._media.listen(self._capture),
        ]
        for outcome in outcomes:
            if outcome.goes_on:
                self._capture.take_up(outcome.recording_id, outcome.session_id)

    async def close(self) -> None:
        """Every file is whole when this returns."""
        for stop in self._stop_listening:
            stop()
        await self._capture.close()
        await self._assembler.close()


async def recover_offline(log: EventLog, clock: Clock, settings: Settings) -> list[Outcome]:
    """``huishang recordings recover``; the caller holds the lock of the data directory."""
    streams, places = Streams(log, clock), Places(settings.data_dir)
    assembler = Assembler(_room(places, settings))
    try:
        return await recover(streams, assembler, places, resume=False)
    finally:
        await assembler.close()
        await streams.close()


def _room(places: Places, settings: Settings) -> Room:
    return Room(free_bytes_of(places.root), min_free_bytes=settings.recording.min_free_bytes)
