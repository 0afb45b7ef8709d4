"""The recordings of a hub: recovers what a crash cut, writes what is going on, shows what is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hub.clock import Clock
from hub.config import Settings
from hub.domain.event import HUB
from hub.domain.keeping import ExportForm
from hub.domain.recording import Recording, stream_of
from hub.live.recorder import RecorderDesk
from hub.live.streams import Streams
from hub.storage.eventlog import EventLog
from hub.tasks import Tasks
from recordings.archive.form import PackageForm
from recordings.assemble import Assembler
from recordings.capture import Capture, Plane
from recordings.custody import Custody
from recordings.destroy import Destroyer, out_of
from recordings.exportforms import FilmForm, Form
from recordings.exports import Exports
from recordings.find import Finder
from recordings.growing import Growing
from recordings.keeper import Keeper
from recordings.keyring import Keys
from recordings.mover import Mover
from recordings.outlook import EVERY_S as ROOM_EVERY_S
from recordings.places import Places
from recordings.proof import Prover
from recordings.readers import Readers
from recordings.recover import Left, Mended, Recovery
from recordings.retention import Policy
from recordings.review import Review
from recordings.room import Room, free_bytes_of
from recordings.roomwatch import RoomWatch
from recordings.shelf import Shelf
from recordings.storagestate import Storage
from recordings.stores import Store, store_of
from recordings.thumbnails import Thumbnails
from recordings.vault import open_plain
from recordings.writer import Writer
from signaling.recording_vocabulary import RecoveredRow


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
        desk: RecorderDesk | None = None,
    ) -> None:
        """``room``: what may be written, where that is not what the disk of ``settings.data`` has left.
        ``desk``: where officers are told how the recorder is."""
        self._clock = clock
        self.desk = desk or RecorderDesk(clock)
        self._streams = streams
        self._media = media
        self._tasks = Tasks("recordings")
        self._stop_listening: list[Callable[[], None]] = []
        self._places = Places(settings.data_dir)
        room = room or _room(self._places, settings)
        keys = Keys(settings.recording)
        store = store_of(settings.recording.store)
        self.shelf = Shelf(self._places, keys.ring, store, room)
        self.mover = Mover(clock, streams, self._places, self.shelf, store) if store is not None else None
        self._assembler = Assembler(room, keys.ring, algorithm=settings.recording.digest, clock=clock)
        self.storage = Storage(keys, self.mover, self._assembler, settings.recording.store.url)
        self._recovery = Recovery(streams, self._assembler, self._places)
        self._writer = Writer(clock, room, on_full=lambda: self.capture.full())
        prover = Prover(log, streams, self._places, clock, algorithm=settings.recording.digest)
        self._growing = growing = Growing(lambda path: open_plain(path, self.shelf.key))
        self.capture = Capture(
            clock,
            streams,
            media,
            self._writer,
            self._assembler,
            self._places,
            room,
            prover,
            self.desk,
            keys.ring,
            growing,
        )
        self._room_watch = self._watch(room, settings.recording.warn_hours)
        makes = settings.recording.thumbnails
        self.thumbnails = Thumbnails(streams, self.shelf, self._places, room, makes=makes)
        self.custody, self.keeper = self._keeping(policy_of(settings), store)
        read = (clock, log, streams, self.shelf)
        self.review = Review(
            *read,
            self.thumbnails,
            self.storage,
            growing,
            self.custody,
            classification=settings.classification,
            seats_may_review=settings.recording.seats_may_review,
        )
        self.exports = _exports(clock, log, streams, self.shelf, room, settings)
        self.finder = Finder(log, streams, self.custody, seats_may_review=settings.recording.seats_may_review)

    def _keeping(self, policy: Policy, store: Store | None) -> tuple[Custody, Keeper]:
        readers = Readers(self._clock)
        destroyer = Destroyer(self._streams, self._places, readers, elsewhere=out_of(store))
        keeper = Keeper(self._clock, self._streams, policy, destroyer)
        return Custody(self._streams, policy, readers), keeper

    def _watch(self, room: Room, warn_hours: float) -> RoomWatch:
        return RoomWatch(
            self._clock,
            room,
            self.desk,
            warn_s=warn_hours * 3600,
            written=lambda: self._writer.written_bytes,
            is_full=lambda: self.capture.is_full,
        )

    async def start(self) -> None:
        """Note what a crash cut and take up what still runs; the files are mended meanwhile."""
        found = await self._recovery.look(resume=True)
        self._writer.start()
        self._stop_listening = [
            self._streams.subscribe(self.capture.published),
            self._streams.subscribe(self.thumbnails.published),
            self._streams.subscribe(self.finder.published),
            self._media.listen(self.capture),
        ]
        await asyncio.to_thread(self.shelf.tidy)
        if self.mover is not None:
            self._stop_listening.append(self._streams.subscribe(self.mover.published))
            self.mover.start()
        for left in found:
            mending = self._mend(left)
            self.capture.take_over(
                left.recording_id, left.session_id, mending, goes_on=left.goes_on, paused=left.paused
            )
        self._tasks.start(self.capture.watch(), "watching over the recordings")
        self.thumbnails.start()
        self.exports.start()
        self.keeper.start()
        self._tasks.repeat(self._room_watch.look, "watching the room for recordings", ROOM_EVERY_S)

    async def _mend(self, left: Left) -> None:
        mended = await self._recovery.mend(left)
        if mended.recovered or mended.failed:
            state, _ = await self._streams.state(stream_of(left.recording_id))
            self.desk.recovered(
                RecoveredRow(
                    recording_id=left.recording_id,
                    title=state.title if isinstance(state, Recording) else "",
                    at_ms=self._clock.wall_ms(),
                    recovered=mended.recovered,
                    failed=mended.failed,
                )
            )

    async def close(self) -> None:
        """Every file is whole when this returns."""
        for stop in self._stop_listening:
            stop()
        await self._tasks.close()
        await self.exports.close()
        await self.thumbnails.close()
        self.custody.close()
        await self.keeper.close()
        await self.capture.close()
        await self._assembler.close()
        if self.mover is not None:
            await self.mover.close()
        self._growing.close()


def policy_of(settings: Settings) -> Policy:
    of = settings.recording
    return Policy(
        days=of.retention_days,
        days_of=of.days_of(),
        destroys=of.destroy_expired,
        notice_days=of.destroy_notice_days,
    )


async def recover_offline(log: EventLog, clock: Clock, settings: Settings) -> list[Mended]:
    """``huishang recordings recover``; the caller holds the lock of the data directory."""
    streams, places = Streams(log, clock), Places(settings.data_dir)
    keys = Keys(settings.recording)
    assembler = Assembler(_room(places, settings), keys.ring, algorithm=settings.recording.digest)
    recovery = Recovery(streams, assembler, places, patient=False)
    prover = Prover(log, streams, places, clock, algorithm=settings.recording.digest)
    try:
        outcomes: list[Mended] = []
        for left in await recovery.look(resume=False):
            outcomes.append(await recovery.mend(left))
            if not left.goes_on and not outcomes[-1].left:
                ready = await prover.finish(left.recording_id)
                await streams.execute(stream_of(left.recording_id), ready, HUB)
        return outcomes
    finally:
        await assembler.close()
        await streams.close()


def _room(places: Places, settings: Settings) -> Room:
    return Room(free_bytes_of(places.root), min_free_bytes=settings.recording.min_free_bytes)


def _exports(
    clock: Clock, log: EventLog, streams: Streams, shelf: Shelf, room: Room, settings: Settings
) -> Exports:
    of = settings.recording
    film = FilmForm(log, classification=settings.classification, algorithm=of.digest)
    package = PackageForm(log, classification=settings.classification, algorithm=of.digest)
    forms: dict[ExportForm, Form] = {ExportForm.MP4: film, ExportForm.PACKAGE: package}
    folder = settings.data_dir / "exports"
    return Exports(clock, streams, shelf, room, folder, forms, days=of.exports_days)
