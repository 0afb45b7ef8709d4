"""Makes what was asked for of recordings, one after the other, each in a worker of its own (R20, R22).

What waits stands in the log of each recording's keeping, so a restart needs no memory; what a worker has made
before it was cut lies on the disk, so nothing of it is made again. Files that are done go after their days.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

from hub.clock import Clock
from hub.domain import keeping, recording
from hub.domain.event import HUB, Actor, Command
from hub.domain.keeping import (
    Export,
    ExportCancelled,
    ExportFinished,
    ExportForm,
    ExportRequested,
    ExportState,
    ExportWish,
    FailExport,
    FinishExport,
    Keeping,
    NoteDenial,
    NoteView,
    RemoveExport,
)
from hub.domain.reach import sees_all
from hub.domain.recording import Recording, RecordingState
from hub.errors import Refusal
from hub.ids import is_id
from hub.live.rights import check_keeping
from hub.live.streams import Batch, Streams
from hub.tasks import Tasks
from recordings.exportforms import FAILED, NO_ROOM, Form, Order, film_bytes_per_s, name_of
from recordings.exportrun import Run
from recordings.render.spec import WIDTHS, Done, Progress
from recordings.room import Room
from recordings.shelf import Lying, Shelf, refusing
from signaling.bodies import ExportList, ExportRate, ExportRow

_log = logging.getLogger(__name__)

DAY_MS = 24 * 3600 * 1000
SWEEP_S = 3600.0
AGAIN_S = 5.0
SAME_DOWNLOAD_MS = 10 * 60 * 1000
RATES = (5, 10, 15, 25)
REMOVED, NOT_READY = "export.removed", "export.not_ready"


class Key(NamedTuple):
    recording_id: str
    export_id: str


class _Now(NamedTuple):
    """What is being made."""

    key: Key
    run: Run


class Exports:
    """Lives from ``start`` to ``close``; ``forms`` is the table of what can be made."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        shelf: Shelf,
        room: Room,
        folder: Path,
        forms: dict[ExportForm, Form],
        *,
        days: int,
    ) -> None:
        self.forms = forms
        self._clock = clock
        self._streams = streams
        self._shelf = shelf
        self._room = room
        self._folder = folder
        self._days = days
        self._waiting: dict[Key, None] = {}
        self._done: dict[Key, int] = {}
        self._now: _Now | None = None
        self._progress: dict[Key, Progress] = {}
        self._downloads: dict[tuple[str, Key], int] = {}
        self._news, self._quiet = asyncio.Event(), asyncio.Event()
        self._tasks = Tasks("exports")
        self._stop: Callable[[], None] = lambda: None

    def start(self) -> None:
        """What waited when the hub was stopped goes on."""
        self._stop = self._streams.subscribe(self._published)
        self._tasks.start(self._run(), "making what was asked for")
        self._tasks.repeat(self.sweep, "clearing away what is old", SWEEP_S)

    async def close(self) -> None:
        """What is under way is given up, and goes on at the next start."""
        self._stop()
        if self._now is not None:
            self._now.run.kill()
        await self._tasks.close()

    async def idle(self) -> None:
        """Until nothing waits any more."""
        await self._quiet.wait()

    # --- for a person ---------------------------------------------------------------------------

    async def check(self, recording_id: str, wish: ExportWish, by: Actor) -> None:
        """Before it is asked for; refuses with ``export.no_room``. All else is for ``hub.live.keeping``."""
        try:
            await check_keeping(self._streams, recording_id, by)
            taken = await self._taken(recording_id)
        except Refusal:
            return
        form = self.forms.get(wish.form)
        if form is None:
            raise Refusal("bad_request", field="form")
        self._check_room(form, taken, wish)

    def _check_room(self, form: Form, taken: Recording, wish: ExportWish) -> None:
        needs = form.room_bytes(taken, wish)
        if not self._room.fits(needs):
            raise Refusal(NO_ROOM, needs_bytes=needs)

    async def list(self, recording_id: str, by: Actor, href: Callable[[str], str]) -> ExportList:
        """The newest first. ``href`` makes the address of a file."""
        await self._may(recording_id, by, "exports")
        kept = await self._kept(recording_id)
        order = list(self._waiting)
        rows = []
        for export in (each for each in reversed(kept.exports.values()) if is_for(by, each)):
            key = Key(recording_id, export.export_id)
            made = self._progress.get(key)
            is_done = export.state is ExportState.DONE and not kept.condemned
            rows.append(
                ExportRow(
                    export=export,
                    running=self._now is not None and self._now.key == key,
                    ahead=order.index(key) if key in order else 0,
                    share=made.done / made.all if made and made.all else 0.0,
                    left_s=round((made.all - made.done) / made.speed) if made and made.speed else None,
                    until_ms=export.since_ms + self._days * DAY_MS if is_done else None,
                    href=href(export.export_id) if is_done else "",
                )
            )
        return ExportList(rows=rows, forms=list(self.forms), days=self._days, rates=_RATES)

    async def file(
        self, recording_id: str, export_id: str, by: Actor, *, at_start: bool
    ) -> tuple[Export, Lying]:
        """To be sent. Refuses with ``export.unknown``, ``export.not_ready``, ``export.removed``.

        Who resumes a download within ten minutes downloads once.
        """
        await self._may(recording_id, by, "download")
        key = Key(recording_id, export_id)
        kept = await self._kept(recording_id)
        if kept.condemned:
            raise Refusal("keeping.destroyed")
        export = kept.exports.get(export_id)
        if export is None:
            raise Refusal("export.unknown")
        if not is_for(by, export):
            await self._deny(recording_id, by, "download")
            raise Refusal("forbidden")
        if export.state is ExportState.REMOVED:
            raise Refusal(REMOVED)
        if export.state is not ExportState.DONE:
            raise Refusal(NOT_READY)
        path = self._path(key, export)
        if not await asyncio.to_thread(path.exists):
            await self._note(key, RemoveExport(export_id=export_id))
            raise Refusal(REMOVED)
        lying = await asyncio.to_thread(refusing, lambda: self._shelf.open_here(path))
        now_ms = self._clock.wall_ms()
        if at_start or now_ms - self._downloads.get((by.account, key), 0) > SAME_DOWNLOAD_MS:
            note = NoteView(what="download", detail=export.name)
            try:
                await self._streams.execute(keeping.stream_of(recording_id), note, by)
            except BaseException:
                lying.close()
                raise
        self._downloads[by.account, key] = now_ms
        return export, lying

    async def _may(self, recording_id: str, by: Actor, what: str) -> None:
        try:
            await check_keeping(self._streams, recording_id, by)
        except Refusal as refusal:
            if refusal.code == "forbidden" and is_id(recording_id):  # R6: it is in the log that they tried
                await self._deny(recording_id, by, what)
            raise

    async def _deny(self, recording_id: str, by: Actor, what: str) -> None:
        await self._streams.execute(keeping.stream_of(recording_id), NoteDenial(what=what), by)

    # --- from the log ---------------------------------------------------------------------------

    def _published(self, stream: str, events: Batch) -> None:
        kind, _, recording_id = stream.partition(":")
        if kind != "keeping":
            return
        for recorded in events:
            match recorded.event:
                case ExportRequested(export_id=export_id):
                    self._want(Key(recording_id, export_id))
                case ExportFinished(export_id=export_id):
                    self._done[Key(recording_id, export_id)] = recorded.at_ms
                case ExportCancelled(export_id=export_id):
                    self._give_up(Key(recording_id, export_id))

    def _want(self, key: Key) -> None:
        self._waiting[key] = None
        self._quiet.clear()
        self._news.set()

    def _give_up(self, key: Key) -> None:
        self._waiting.pop(key, None)
        if self._now is not None and self._now.key == key:
            self._now.run.kill()

    async def _take_up(self) -> None:
        found: list[tuple[int, Key]] = []
        for stream in await self._streams.names("keeping:"):
            recording_id = stream.partition(":")[2]
            for export in (await self._kept(recording_id)).exports.values():
                key = Key(recording_id, export.export_id)
                if export.state is ExportState.WAITING:
                    found.append((export.requested_ms, key))
                elif export.state is ExportState.DONE:
                    self._done[key] = export.since_ms
        meanwhile, self._waiting = self._waiting, {key: None for _, key in sorted(found)}
        self._waiting.update(meanwhile)

    # --- making ---------------------------------------------------------------------------------

    async def _run(self) -> None:
        await self._take_up()
        while True:
            while self._waiting:
                key = next(iter(self._waiting))
                try:
                    await self._make(key)
                except Exception:  # noqa: BLE001 - the door of this task; it waits for a start, the others do not
                    _log.exception("an export cannot be begun or noted", extra={"export": key.export_id})
                self._waiting.pop(key, None)
                self._progress.pop(key, None)
            self._news.clear()
            self._quiet.set()
            await self._news.wait()

    async def _make(self, key: Key) -> None:
        export = (await self._kept(key.recording_id)).exports.get(key.export_id)
        if export is None or export.state is not ExportState.WAITING:
            return
        try:
            outcome = await self._made(key, await self._taken(key.recording_id), export)
        except Refusal as refusal:
            outcome = FailExport(export_id=key.export_id, reason=refusal.code)
        except Exception:  # noqa: BLE001 - the next one must be made all the same
            _log.exception("an export cannot be made", extra={"export": key.export_id})
            outcome = FailExport(export_id=key.export_id, reason=FAILED)
        if outcome is None:
            return  # somebody has given it up
        if isinstance(outcome, FailExport):
            _log.error("an export has failed", extra={"export": key.export_id, "code": outcome.reason})
        await self._note(key, outcome)

    async def _made(self, key: Key, taken: Recording, export: Export) -> FinishExport | FailExport | None:
        form = self.forms.get(export.wish.form)
        if form is None:
            return FailExport(export_id=key.export_id, reason=FAILED)
        self._check_room(form, taken, export.wish)
        folder = self._of(key.recording_id)
        await asyncio.to_thread((folder / "work").mkdir, parents=True, exist_ok=True, mode=0o750)
        async with AsyncExitStack() as borrowed:
            files = {
                track.track_id: await borrowed.enter_async_context(self._shelf.local(key.recording_id, track))
                for track in form.tracks(taken, export.wish)
            }
            if key not in self._waiting:
                return None  # given up while its files were fetched
            target = self._path(key, export)
            order = Order(taken, export, files, self._shelf.key, folder / "work", target)
            run = Run(form, self._room, lambda progress: self._progress.__setitem__(key, progress))
            self._now = _Now(key, run)
            try:
                outcome = await run.make(order)
            finally:
                self._now = None
        if key not in self._waiting:
            await asyncio.to_thread(target.unlink, missing_ok=True)
            return None
        if not isinstance(outcome, Done):
            return FailExport(export_id=key.export_id, reason=outcome.reason)
        await asyncio.to_thread(form.tidy, order)
        return FinishExport(
            export_id=key.export_id,
            name=name_of(taken, export.wish, form.suffix),
            size_bytes=outcome.size_bytes,
            digest=outcome.digest,
            algorithm=outcome.algorithm,
        )

    async def _note(self, key: Key, command: Command) -> None:
        """Into the log, however long that takes: a full disk may hold the log as well."""
        while True:
            try:
                await self._streams.execute(keeping.stream_of(key.recording_id), command, HUB)
                return
            except Refusal as refusal:
                if refusal.code != "storage.full":
                    _log.warning("not noted", extra={"export": key.export_id, "code": refusal.code})
                    return
            await asyncio.sleep(AGAIN_S)

    # --- clearing away --------------------------------------------------------------------------

    async def sweep(self) -> None:
        """Take away what has had its days, and what was cut and never taken up again."""
        before_ms = self._clock.wall_ms() - self._days * DAY_MS
        for key in [key for key, since_ms in self._done.items() if since_ms < before_ms]:
            export = (await self._kept(key.recording_id)).exports[key.export_id]
            if export.state is ExportState.DONE:
                await asyncio.to_thread(self._path(key, export).unlink, missing_ok=True)
                await self._note(key, RemoveExport(export_id=key.export_id))
            self._done.pop(key, None)
        await asyncio.to_thread(self._sweep_pieces, before_ms)

    def _sweep_pieces(self, before_ms: int) -> None:
        for folder in self._folder.glob("*/work/*"):
            with contextlib.suppress(OSError):
                if folder.stat().st_mtime * 1000 < before_ms:
                    shutil.rmtree(folder, ignore_errors=True)

    # --- where it lies --------------------------------------------------------------------------

    def _of(self, recording_id: str) -> Path:
        return self._folder / checked(recording_id)

    def _path(self, key: Key, export: Export) -> Path:
        form = self.forms.get(export.wish.form)
        return self._of(key.recording_id) / (checked(key.export_id) + (form.suffix if form else ""))

    async def _kept(self, recording_id: str) -> Keeping:
        kept, _ = await self._streams.state(keeping.stream_of(recording_id))
        assert isinstance(kept, Keeping)
        return kept

    async def _taken(self, recording_id: str) -> Recording:
        taken, _ = await self._streams.state(recording.stream_of(recording_id))
        assert isinstance(taken, Recording)
        if taken.state is not RecordingState.READY:
            raise Refusal("recording.not_ready")
        return taken


def is_for(by: Actor, export: Export) -> bool:
    """T8, T9: in a package are the boards as its maker sees them, and nobody gets more of them by it."""
    return export.wish.form is not ExportForm.PACKAGE or sees_all(by) or not sees_all(export.by)


def checked(key: str) -> str:
    if not is_id(key):
        raise ValueError(f"{key!r} is no id")
    return key


_RATES = [
    ExportRate(height=height, fps=fps, bytes_per_s=film_bytes_per_s(height, fps))
    for height in WIDTHS
    for fps in RATES
]
