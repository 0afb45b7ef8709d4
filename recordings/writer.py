"""The one thread of the process that depacketizes, muxes and syncs; the packet path only hands over."""

from __future__ import annotations

import contextlib
import logging
import math
import threading
from collections.abc import Callable
from pathlib import Path

from hub.clock import Clock
from hub.metrics import (
    RECORDING_BYTES,
    RECORDING_DROPPED,
    RECORDING_FRAMES,
    RECORDING_PACKETS,
    RECORDING_QUEUE,
    RECORDING_TRACKS,
)
from recordings.pipeline import Counts
from recordings.room import Room
from recordings.tape import STALLED, STORAGE_FULL, Tape, Totals

_log = logging.getLogger(__name__)

TURN_S = 0.1
"""Often enough for a crash to take little, rarely enough to work in batches."""

_LOOK_EVERY_S = 1.0

STUCK_S = 5.0
"""A turn at one tape takes milliseconds; a disk that lets it wait for so long does not answer."""

_THREADS_MAX = 4
"""Threads that may hang in a disk at once: then all of it hangs, and more of them would help nobody."""

_GOODBYE_S = 10.0

_NOTHING = Totals(Counts(0, 0, 0, 0, 0, 0), 0, 0, 0)


class _Shift:
    """One thread at work. ``tape``: where it is, and since when; ``over``: another has taken its place."""

    def __init__(self) -> None:
        self.over = False
        self.tape: Tape | None = None
        self.since = math.inf


class Writer:
    """Owns the tapes that are being written. When room runs out it cuts them all and calls ``on_full``.

    A thread that hangs in the disk is relieved: it keeps the one tape it is at, and another takes the rest.
    """

    def __init__(self, clock: Clock, room: Room, *, on_full: Callable[[], None]) -> None:
        """``on_full`` is called in the writer's thread."""
        self._clock = clock
        self._room = room
        self._on_full = on_full
        self._lock = threading.Lock()
        self._tapes: dict[Tape, Totals] = {}
        self._looked = -math.inf
        self.written_bytes = 0
        self._wake = threading.Event()
        self._stopping = False
        self._shift = _Shift()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        shift = self._shift
        thread = threading.Thread(target=self._run, args=(shift,), name="recorder", daemon=True)
        self._threads = [*(each for each in self._threads if each.is_alive()), thread]
        thread.start()

    def add(self, tape: Tape) -> None:
        with self._lock:
            self._tapes[tape] = _NOTHING

    def hurry(self) -> None:
        """Take the next turn at once: somebody waits for a tape to end."""
        self._wake.set()

    def close(self) -> None:
        """Close every tape, write the rest and end the thread."""
        with self._lock:
            for tape in self._tapes:
                tape.close()
        self._stopping = True
        self._wake.set()
        if self._threads and not self._shift.over:
            self._threads[-1].join(_GOODBYE_S)  # one that hangs is left to the next start of the hub

    def relieve(self, now: float) -> bool:
        """Whether the thread hangs in the disk; then another goes on with the tapes that it is not at.

        The tape it is at is cut as soon as the disk lets go of it.
        """
        with self._lock:
            shift = self._shift
            if now - shift.since < STUCK_S or shift.over:
                return False
            busy = sum(thread.is_alive() for thread in self._threads)
            if busy >= _THREADS_MAX:
                return False
            shift.over = True
            if shift.tape is not None:
                self._let_go(shift.tape)
            self._shift = _Shift()
        _log.error("the disk does not answer: another thread writes the other tracks")
        self.start()
        return True

    def turn(self, now: float) -> None:
        """One round over all tapes."""
        self._turn(self._shift, now)

    def _turn(self, shift: _Shift, now: float) -> None:
        with self._lock:
            tapes = list(self._tapes)
        shift.since = now
        full = self._out_of_room(now) and bool(tapes)
        for tape in tapes:
            if not self._begin(shift, tape):
                return
            full = self._turn_one(tape, now) == STORAGE_FULL or full
            if not self._done(shift, tape):
                return
        if full:
            for tape in tapes:
                tape.cut(STORAGE_FULL)
            self._on_full()
        for tape in tapes:
            self._count(tape)

    def _begin(self, shift: _Shift, tape: Tape) -> bool:
        with self._lock:
            shift.tape, shift.since = tape, self._clock.now()
            return not shift.over

    def _done(self, shift: _Shift, tape: Tape) -> bool:
        """Whether the thread may go on; one that was relieved says that its tape is over, and goes."""
        with self._lock:
            shift.tape, shift.since = None, math.inf
            if not shift.over:
                return True
        tape.cut(STALLED)
        return False

    def _run(self, shift: _Shift) -> None:
        _call_this_thread("recorder")
        while not shift.over:
            self._wake.wait(TURN_S)
            self._wake.clear()
            stopping = self._stopping
            try:
                self._turn(shift, self._clock.now())
            except Exception:  # noqa: BLE001 - a disk that cannot even be asked must not end all recordings
                _log.exception("a turn of the writer failed")
            shift.since = math.inf
            if stopping:
                return

    def _turn_one(self, tape: Tape, now: float) -> str | None:
        try:
            return tape.turn(now)
        except Exception:  # noqa: BLE001 - the door of this thread: one source must not stop the others
            _log.exception("a tape failed")
            return tape.cut("internal")

    def _let_go(self, tape: Tape) -> None:
        """Under the lock."""
        last = self._tapes.pop(tape, _NOTHING)
        if last is not _NOTHING:
            RECORDING_QUEUE.dec(last.waiting)
            RECORDING_TRACKS.dec()

    def _out_of_room(self, now: float) -> bool:
        if now - self._looked < _LOOK_EVERY_S:
            return False
        self._looked = now
        return self._room.is_short()

    def _count(self, tape: Tape) -> None:
        last, totals = self._tapes.get(tape), tape.totals()
        if last is None:
            return
        RECORDING_PACKETS.inc(totals.counts.packets - last.counts.packets)
        RECORDING_FRAMES.inc(totals.counts.frames - last.counts.frames)
        RECORDING_BYTES.inc(totals.size_bytes - last.size_bytes)
        self.written_bytes += totals.size_bytes - last.size_bytes
        dropped = totals.counts.dropped + totals.overflowed - last.counts.dropped - last.overflowed
        RECORDING_DROPPED.inc(dropped)
        RECORDING_QUEUE.inc(totals.waiting - last.waiting)
        if last is _NOTHING:
            RECORDING_TRACKS.inc()
        with self._lock:
            if tape.done:
                del self._tapes[tape]
                RECORDING_QUEUE.dec(totals.waiting)
                RECORDING_TRACKS.dec()
            else:
                self._tapes[tape] = totals


def _call_this_thread(name: str) -> None:
    """As `top -H` and the benches show it; Python says it to nobody."""
    with contextlib.suppress(OSError):
        Path(f"/proc/self/task/{threading.get_native_id()}/comm").write_text(name)
