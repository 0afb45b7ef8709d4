"""From the file that was written to the one that is reviewed; the first stays until the second is safe."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from hub.clock import Clock, SystemClock
from hub.domain.digests import SHA256
from recordings.keyring import CLEAR, KeyRing, NoKey
from recordings.remux import NO_KEY_EXIT, NO_ROOM_EXIT, UNREADABLE_EXIT, Made, Unreadable
from recordings.room import Room

_ROOT = Path(__file__).resolve().parent.parent
_LIBAV_DIED = (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGFPE, -signal.SIGBUS)


class _NoRoom(Exception):
    """The disk is too full for a second copy."""


class Assembler:
    """Finishes files one after the other: the other cores belong to the sessions that are running."""

    def __init__(
        self,
        room: Room,
        ring: Callable[[], KeyRing] = lambda: CLEAR,
        *,
        algorithm: str = SHA256,
        clock: Clock | None = None,
    ) -> None:
        """``ring``: the keys as they are now; ``algorithm``: of the digests."""
        self._clock = clock or SystemClock()
        self.unfinished: dict[Path, int] = {}
        """What the storage does not let be finished, and since when it has not."""
        self._room = room
        self._ring = ring
        self._algorithm = algorithm
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="assembler")
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False

    async def finish(self, part: Path, final: Path) -> Made:
        """``part`` becomes ``final``, which is on the disk when this returns; doing it again does no harm.

        Where there is no room for a copy the file itself takes the new name: it plays, but seeks slowly.
        Raises Unreadable, NoKey, and OSError when the storage fails or the hub stops; ``part`` is as it was
        then.
        """
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._thread, self._finish, part, final)
        except NoKey:
            raise
        except OSError:
            self.unfinished.setdefault(part, self._clock.wall_ms())
            raise
        self.unfinished.pop(part, None)
        return made

    def give_up(self, part: Path) -> None:
        """Nobody tries any more to finish it."""
        self.unfinished.pop(part, None)

    async def read(self, path: Path) -> Made:
        """What ``path`` holds, without touching it. Raises as ``finish`` does."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, path)

    async def close(self) -> None:
        """What is under way is given up; the next start of the hub finishes it."""
        self._closed = True
        self._kill_if_closed()
        self._thread.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._thread.shutdown)

    def _kill_if_closed(self) -> None:
        child = self._child
        if self._closed and child is not None:
            child.kill()

    def _finish(self, part: Path, final: Path) -> Made:
        if not part.exists() and final.exists():
            return self._run(final)  # a crash came between the renaming and the log
        try:
            made = self._copy(part, final)
        except _NoRoom:
            made = self._run(part)
            part.replace(final)
        _sync_folder(final.parent)
        part.unlink(missing_ok=True)
        return made

    def _copy(self, part: Path, final: Path) -> Made:
        if not self._room.fits(part.stat().st_size):
            raise _NoRoom
        target = final.with_suffix(f".{os.getpid()}.tmp")
        try:
            made = self._run(part, target)
            target.replace(final)
        finally:
            target.unlink(missing_ok=True)
        return made

    def _run(self, *paths: Path) -> Made:
        if self._closed:
            raise InterruptedError(errno.EINTR, "the hub stops")
        # Its own session: Ctrl-C is meant for the hub.
        with subprocess.Popen(
            [sys.executable, "-m", "recordings.remux", self._algorithm, *map(str, paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            start_new_session=True,
        ) as child:
            self._child = child
            self._kill_if_closed()  # which it may have become since it was asked above
            output, _ = child.communicate(self._ring().to_bytes())
            self._child = None
        if child.returncode == 0:
            return msgspec.json.decode(output, type=Made)
        if child.returncode == NO_ROOM_EXIT:
            raise _NoRoom
        if child.returncode == NO_KEY_EXIT:
            raise NoKey(f"no key for {paths[0].name}")
        if child.returncode == UNREADABLE_EXIT or child.returncode in _LIBAV_DIED:
            raise Unreadable(paths[0].name)
        raise OSError(errno.EIO, f"remuxing ended with {child.returncode}", paths[0].name)


def _sync_folder(folder: Path) -> None:
    """A renaming is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
