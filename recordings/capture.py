"""Every source of every recorded session gets a tape; what becomes of it goes into the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any, Protocol

from hub.clock import Clock
from hub.domain import session
from hub.domain.event import Command, Recorded
from hub.domain.recording import (
    InterruptRecording,
    OpenGap,
    OpenTrack,
    RecordingPaused,
    RecordingResumed,
    RecordingStarted,
    RecordingStopped,
    ResumeRecording,
    Track,
)
from hub.domain.recording_fold import PAUSED
from hub.domain.session import Session, Source
from hub.errors import Refusal
from hub.ids import new_id
from hub.live.media import MediaListener
from hub.live.recorder import RecorderDesk
from hub.live.streams import Streams
from hub.media.sfu.sink import Sink
from hub.metrics import RECORDING_FULL, RECORDING_KEYLESS, RECORDING_STALLED
from hub.tasks import Tasks
from recordings.assemble import Assembler
from recordings.gaps import Gaps
from recordings.growing import Growing
from recordings.keyring import CLEAR, NO_KEY, KeyRing, NoKey
from recordings.pipeline import CODECS
from recordings.places import Places
from recordings.proof import Prover
from recordings.room import Room
from recordings.runs import Line, Live, Run
from recordings.sealing import AGAIN_S, named, note, sealing
from recordings.tape import STALLED, STORAGE_FULL, Tape
from recordings.watchdog import EVERY_S, Sight, Watchdog
from recordings.writer import Writer
from signaling.media_vocabulary import VenueLine
from signaling.recording_vocabulary import StalledRow

_log = logging.getLogger(__name__)

GOODBYE_S = 3.0
"""What a stopping hub spends on finishing files; the next start does the rest."""

STOPPED = "hub.stopped"


class Plane(Protocol):
    """What a recorder needs of the media plane (``hub.live.media.MediaPlane``)."""

    def listen(self, listener: MediaListener) -> Callable[[], None]: ...

    def sources(self, session_id: str) -> list[Source]: ...

    def attach(self, source_id: str, sink: Sink) -> Callable[[], None]: ...

    def request_keyframe(self, source_id: str) -> None: ...

    def received(self, session_id: str) -> dict[str, int]: ...


class Capture:
    """Listens to the media plane and to the log (``hub.live.media.MediaListener``); owns tapes and writer."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        media: Plane,
        writer: Writer,
        assembler: Assembler,
        places: Places,
        room: Room,
        prover: Prover,
        desk: RecorderDesk,
        ring: Callable[[], KeyRing] = lambda: CLEAR,
        growing: Growing | None = None,
    ) -> None:
        """``writer`` must call ``full`` when room runs out. ``ring``: the keys as they are now."""
        self._desk = desk
        self._growing = growing or Growing()
        self._clock = clock
        self._streams = streams
        self._media = media
        self._writer = writer
        self._assembler = assembler
        self._places = places
        self._room = room
        self._prover = prover
        self._ring = ring
        self._loop = asyncio.get_running_loop()
        self._tasks = Tasks("capture")
        self._runs: dict[str, Run] = {}
        self._gaps: dict[str, Gaps] = {}
        self._watchdog = Watchdog()
        self._waiting_for_room = False
        self._noting: set[asyncio.Task[None]] = set()  # why it has stopped

    # --- from the log ---------------------------------------------------------------------------

    def published(self, stream: str, events: list[Recorded[Any]]) -> None:
        """A ``Streams`` subscriber."""
        noun, _, key = stream.partition(":")
        for recorded in events:
            match recorded.event:
                case RecordingStarted(recording_id=recording_id, session_id=session_id):
                    self.take_up(recording_id, session_id)
                case RecordingPaused():
                    self._hold(stream, PAUSED)
                case RecordingResumed():
                    self._go_on(stream)
                case RecordingStopped():
                    self._stop(stream)
                case event if noun == "session" and key in self._gaps:
                    self._gaps[key].happened(event)

    def take_up(self, recording_id: str, session_id: str) -> None:
        """Write every source of the session from now on."""
        self._take_in_all(self._run_of(recording_id, session_id))

    def take_over(
        self,
        recording_id: str,
        session_id: str,
        mending: Coroutine[Any, Any, object],
        *,
        goes_on: bool,
        paused: bool = False,
    ) -> None:
        """Take up what an earlier run of the hub left; it is not ready before ``mending`` is done."""
        run = self._run_of(recording_id, session_id)
        self._join(run, self._tasks.start(mending, f"mending {recording_id}"))
        if not goes_on:
            run.over = True
            self._tasks.start(self._finish(run), "finishing a recording")
        elif paused:
            run.held.add(PAUSED)
        else:
            self._take_in_all(run)

    def _run_of(self, recording_id: str, session_id: str) -> Run:
        run = self._runs[session_id] = Run(recording_id, session_id)
        self._gaps[session_id] = Gaps(self._clock, lambda command: self._note_soon(run, command))
        return run

    def _named(self, stream: str) -> Run | None:
        return next((run for run in self._runs.values() if run.stream == stream), None)

    def _hold(self, stream: str, why: str) -> None:
        if (run := self._named(stream)) is not None:
            run.held.add(why)
            run.close_tapes()
            self._writer.hurry()

    def _go_on(self, stream: str) -> None:
        run = self._named(stream)
        if run is not None and not run.over:
            run.held.clear()
            self._take_in_all(run)

    @staticmethod
    def _join(run: Run, task: asyncio.Task[Any]) -> None:
        run.tracks.add(task)
        task.add_done_callback(run.tracks.discard)

    def _stop(self, stream: str) -> None:
        if (run := self._named(stream)) is not None:
            run.over = True
            run.close_tapes()
            self._writer.hurry()
            self._tasks.start(self._finish(run), "finishing a recording")

    async def _finish(self, run: Run) -> None:
        if run.tracks:
            await asyncio.wait(run.tracks)
        await self._note(run, await self._prover.finish(run.recording_id))
        if self._runs.get(run.session_id) is run:
            del self._runs[run.session_id], self._gaps[run.session_id]

    # --- from the media plane -------------------------------------------------------------------

    def source_started(self, session_id: str, source: Source) -> None:
        run = self._runs.get(session_id)
        if run is not None and run.is_open:
            self._take_in(run, source)

    def source_ended(self, session_id: str, source: Source) -> None:
        """The media plane has closed the tape."""
        self._writer.hurry()
        if (gaps := self._gaps.get(session_id)) is not None:
            self._runs[session_id].live.pop(source.source_id, None)
            gaps.source_ended(source)
            self._loop.call_soon(gaps.forget_ended)

    def connection_changed(
        self, session_id: str, resource: str, venue: str, owner: str, connected: bool, reason: str
    ) -> None:
        """The sources of a connection that is over have ended just before."""
        if not connected and (gaps := self._gaps.get(session_id)) is not None:
            gaps.connection_over(venue, reason)

    def levels(self, session_id: str, levels: dict[str, int]) -> None:
        """Nothing to do: loud or not, everything is recorded."""

    def spoke(self, session_id: str, venue: str, from_ms: int, to_ms: int) -> None:
        """Nothing to do: the session's log has it."""

    def lines(self, session_id: str, venues: dict[str, VenueLine]) -> None:
        if (gaps := self._gaps.get(session_id)) is not None:
            run = self._runs[session_id]
            gaps.lines([live.source for live in run.live.values()], venues)

    def _take_in_all(self, run: Run) -> None:
        for source in self._media.sources(run.session_id):
            self._take_in(run, source)

    def _take_in(self, run: Run, source: Source) -> None:
        if source.source_id in run.live or source.codec.lower() not in CODECS:
            return
        track = Track(
            track_id=new_id("t"),
            venue=source.venue,
            venue_name="",
            source=source.name,
            kind=source.kind,
            codec=source.codec,
            started_ms=0,
        )
        line = Line(self._loop, partial(self._media.request_keyframe, source.source_id))
        folder = self._places.part(run.recording_id, track.track_id).parent
        tape = Tape(self._clock, folder, track, line, self._ring, self._growing)
        try:
            detach = self._media.attach(source.source_id, tape)
        except Refusal:
            return  # it ended in this very moment
        self._media.request_keyframe(source.source_id)
        live = run.live[source.source_id] = Live(source, tape, detach)
        self._writer.add(tape)
        follow = self._tasks.start(self._follow(run, live, line), f"track {track.track_id}")
        self._join(run, follow)

    # --- the life of a track --------------------------------------------------------------------

    async def _follow(self, run: Run, live: Live, line: Line) -> None:
        track = await line.track
        if track is not None:
            opened = OpenTrack(track=await named(self._streams, run.session_id, track))
            await self._note(run, opened)
        end_ms, problem = await line.end
        live.detach()  # the source may outlive its tape: the recording was stopped, or the disk is full
        is_current = run.live.get(live.source.source_id) is live
        if is_current and problem != STORAGE_FULL:  # else the interruption to come does
            del run.live[live.source.source_id]
        if problem not in (None, STORAGE_FULL, NO_KEY) and is_current:
            await self._note(run, self._gap_of(live.source, problem, end_ms))
            self._tasks.start(self._try_again(run, live.source), "trying a source again")
        if track is not None and end_ms is not None:
            await self._note(
                run, await sealing(self._assembler, self._places, run.recording_id, track, end_ms)
            )
            self._growing.forget(track.track_id)
        if problem == NO_KEY:
            self._interrupt(NO_KEY)

    async def _try_again(self, run: Run, source: Source) -> None:
        await asyncio.sleep(AGAIN_S)
        running = any(source.source_id == other.source_id for other in self._media.sources(run.session_id))
        if run.is_open and running:
            self._take_in(run, source)

    def _gap_of(self, source: Source, reason: str, from_ms: int | None = None) -> OpenGap:
        at_ms = self._clock.wall_ms() if from_ms is None else from_ms
        return OpenGap(venue=source.venue, source=source.name, from_ms=at_ms, reason=reason)

    # --- the watchdog (R13) ---------------------------------------------------------------------

    async def watch(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                self.look(self._clock.now())
            except Exception:  # noqa: BLE001 - the door of this task: without it nobody would watch any more
                _log.exception("watching over the recordings failed")

    def look(self, now: float) -> None:
        """What comes and is not written is begun anew; a thread that hangs in the disk is relieved."""
        self._writer.relieve(now)
        owners: dict[str, Run] = {}
        seen: dict[str, Sight] = {}
        for run in self._runs.values():
            if run.is_open:
                received = self._media.received(run.session_id)
                for source in self._media.sources(run.session_id):
                    key = source.source_id
                    if key in received and source.codec.lower() in CODECS:
                        live = run.live.get(key)
                        owners[key] = run
                        seen[key] = live.tape.sight(received[key]) if live else Sight(received[key])
        for key in self._watchdog.look(seen, now):
            self._begin_anew(owners[key], key)

    def _begin_anew(self, run: Run, key: str) -> None:
        source = next(each for each in self._media.sources(run.session_id) if each.source_id == key)
        RECORDING_STALLED.inc()
        _log.error(
            "a source comes and is not written: it is begun anew",
            extra={"code": STALLED, "venue": source.venue, "source": source.name},
        )
        self._tasks.start(self._report(run, source), "saying what stalled")
        live = run.live.pop(key, None)
        if live is not None:
            live.detach()
            live.tape.close()
            self._note_soon(run, self._gap_of(source, STALLED, live.tape.reached_ms))
        self._take_in(run, source)

    async def _report(self, run: Run, source: Source) -> None:
        state, _ = await self._streams.state(session.stream_of(run.session_id))
        venue = state.venues.get(source.venue) if isinstance(state, Session) else None
        self._desk.stalled(
            StalledRow(
                recording_id=run.recording_id,
                title=state.title if isinstance(state, Session) else "",
                venue_name=venue.name if venue is not None else source.venue,
                source=source.name,
                at_ms=self._clock.wall_ms(),
            )
        )

    @property
    def is_full(self) -> bool:
        """Recording has stopped for want of room."""
        return self._waiting_for_room and any(STORAGE_FULL in run.held for run in self._runs.values())

    # --- a full disk, a missing key -----------------------------------------------------------------

    def full(self) -> None:
        """Room has run out and every tape is cut; called in the writer's thread."""
        self._loop.call_soon_threadsafe(self._interrupt)

    def _interrupt(self, reason: str = STORAGE_FULL) -> None:
        {STORAGE_FULL: RECORDING_FULL, NO_KEY: RECORDING_KEYLESS}[reason].inc()
        _log.error("recording has stopped, sessions go on", extra={"code": reason})
        for run in self._runs.values():
            if run.is_open:
                notes = self._interruption(run, reason)
                run.held.add(reason)
                run.close_tapes()
                noting = self._tasks.start(self._note_all(run, notes), "noting why")
                self._noting.add(noting)
                noting.add_done_callback(self._noting.discard)
        if not self._waiting_for_room:
            self._waiting_for_room = True
            self._tasks.start(self._wait_for_room(), "waiting for room")

    async def _wait_for_room(self) -> None:
        while True:
            await asyncio.sleep(AGAIN_S)
            if await asyncio.to_thread(self._can_go_on):
                break
        if self._noting:
            await asyncio.wait(self._noting)  # a full log has had to wait as well, and this comes first
        self._waiting_for_room = False
        _log.warning("there is room and a key again: recording goes on")
        for run in list(self._runs.values()):
            if run.held & {STORAGE_FULL, NO_KEY} and not run.over:
                run.held -= {STORAGE_FULL, NO_KEY}
                await self._note(
                    run, ResumeRecording()
                )  # comes back as RecordingResumed, unless it is paused

    def _can_go_on(self) -> bool:
        try:
            self._ring().writing()
        except NoKey:
            return False
        return self._room.is_ample()

    # --- the end --------------------------------------------------------------------------------

    async def close(self) -> None:
        """Close every file, and leave a gap with its reason until the hub is back."""
        notes = {key: self._interruption(run, STOPPED) for key, run in self._runs.items() if not run.over}
        for run in self._runs.values():
            run.over = True
            run.close_tapes()
        await asyncio.to_thread(self._writer.close)
        last = [task for run in self._runs.values() for task in run.tracks]
        for key, commands in notes.items():
            last.append(self._tasks.start(self._note_all(self._runs[key], commands), "noting the stop"))
        if last:
            await asyncio.wait(last, timeout=GOODBYE_S)
        await self._tasks.close()

    def _interruption(self, run: Run, reason: str) -> list[Command]:
        """Of all, and of each source that is being written."""
        singles = [self._gap_of(live.source, reason) for live in run.live.values()]
        return [*singles, InterruptRecording(from_ms=self._clock.wall_ms(), reason=reason)]

    def _note_soon(self, run: Run, command: Command) -> None:
        self._tasks.start(self._note(run, command), f"noting {type(command).__name__}")

    async def _note_all(self, run: Run, commands: Iterable[Command]) -> None:
        for command in commands:
            await self._note(run, command)

    async def _note(self, run: Run, command: Command) -> None:
        await note(self._streams, run.stream, command)
