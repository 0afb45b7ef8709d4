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
from recordings.tape import STORAGE_FULL, Tape, Totals

_log = logging.getLogger(__name__)

TURN_S = 0.1
"""Often enough for a crash to take little, rarely enough to work in batches."""

_LOOK_EVERY_S = 1.0

_NOTHING = Totals(Counts(0, 0, 0, 0, 0, 0), 0, 0, 0)


class Writer:
    """Owns the tapes that are being written. When room runs out it cuts them all and calls ``on_full``."""

    def __init__(self, clock: Clock, room: Room, *, on_full: Callable[[], None]) -> None:
        """``on_full`` is called in the writer's thread."""
        self._clock = clock
        self._room = room
        self._on_full = on_full
        self._lock = threading.Lock()
        self._tapes: dict[Tape, Totals] = {}
        self._looked = -math.inf
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        self._thread.start()

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
        if self._thread.is_alive():
            self._thread.join()

    def turn(self, now: float) -> None:
        """One round over all tapes."""
        with self._lock:
            tapes = list(self._tapes)
        full = self._out_of_room(now) and bool(tapes)
        for tape in tapes:
            full = self._turn_one(tape, now) == STORAGE_FULL or full
        if full:
            for tape in tapes:
                tape.cut(STORAGE_FULL)
            self._on_full()
        for tape in tapes:
            self._count(tape)

    def _run(self) -> None:
        _call_this_thread("recorder")
        while True:
            self._wake.wait(TURN_S)
            self._wake.clear()
            stopping = self._stopping
            try:
                self.turn(self._clock.now())
            except Exception:  # noqa: BLE001 - a disk that cannot even be asked must not end all recordings
                _log.exception("a turn of the writer failed")
            if stopping:
                return

    def _turn_one(self, tape: Tape, now: float) -> str | None:
        try:
            return tape.turn(now)
        except Exception:  # noqa: BLE001 - the door of this thread: one source must not stop the others
            _log.exception("a tape failed")
            return tape.cut("internal")

    def _out_of_room(self, now: float) -> bool:
        if now - self._looked < _LOOK_EVERY_S:
            return False
        self._looked = now
        return self._room.is_short()

    def _count(self, tape: Tape) -> None:
        last, totals = self._tapes[tape], tape.totals()
        RECORDING_PACKETS.inc(totals.counts.packets - last.counts.packets)
        RECORDING_FRAMES.inc(totals.counts.frames - last.counts.frames)
        RECORDING_BYTES.inc(totals.size_bytes - last.size_bytes)
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
