"""归档包 as a form of the queue of exports: everything of a recording, to be looked at without the hub."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from hub.domain.keeping import ExportWish
from hub.domain.recording import Recording, Track
from hub.domain.session import Session, stream_of
from hub.domain.streams import fold
from hub.storage.eventlog import EventLog
from recordings.archive.data import name_of_track
from recordings.archive.gather import Request, gather
from recordings.exportforms import FAILED, Failed
from recordings.exportforms import Order as Asked
from recordings.forms import form_of
from recordings.manifest import PLAYABLE
from recordings.package import Failure, Member, Order, Said
from recordings.render.spec import Done, Progress

_REST_BYTES = 64 << 20
"""The log, the boards and the page of the longest session, on the safe side."""


class PackageForm:
    """The order for one package; the worker is ``recordings.package``."""

    module, suffix = "recordings.package", ".zip"

    def __init__(self, log: EventLog, *, classification: str, algorithm: str) -> None:
        self._log = log
        self._classification = classification
        self._algorithm = algorithm

    def tracks(self, taken: Recording, wish: ExportWish) -> Sequence[Track]:
        return [track for track in taken.tracks.values() if track.state in PLAYABLE]

    def size_bytes(self, taken: Recording, wish: ExportWish) -> int:
        return sum(track.size_bytes for track in self.tracks(taken, wish)) + _REST_BYTES

    def room_bytes(self, taken: Recording, wish: ExportWish) -> int:
        return self.size_bytes(taken, wish)

    async def job(self, order: Asked) -> bytes:
        """Whatever a run before has left is gathered anew: the page and the log belong together."""
        stream = stream_of(order.recording.session_id)
        of = fold(stream, await self._log.read(stream))
        assert isinstance(of, Session)
        folder = self._folder(order)
        await asyncio.to_thread(_empty, folder)
        wish = Request(
            order.recording,
            of,
            order.export.by,
            self._classification,
            self._algorithm,
            order.export.requested_ms,
        )
        names = await gather(self._log, wish, folder)
        return await asyncio.to_thread(self._job, order, folder, names)

    def _job(self, order: Asked, folder: Path, names: Sequence[str]) -> bytes:
        rest = [
            Member(name=name, path=str(folder / name), size_bytes=(folder / name).stat().st_size)
            for name in names
        ]
        tracks = [
            Member(
                name=name_of_track(track, form_of(track.codec).suffix),
                path=str(order.files[track.track_id]),
                size_bytes=track.size_bytes,
                digest=track.digest,
                algorithm=track.algorithm,
            )
            for track in self.tracks(order.recording, order.export.wish)
        ]
        job = Order(
            output=str(order.target),
            folder=order.recording.recording_id,
            algorithm=self._algorithm,
            made_ms=order.export.requested_ms,
            members=[*rest, *tracks],
            key=(order.key or b"").decode(),
        )
        return msgspec.json.encode(job)

    def heard(self, line: bytes) -> Progress | Done | Failed:
        said: Progress | Done | Failure = msgspec.json.decode(line, type=Said)
        return Failed(said.reason) if isinstance(said, Failure) else said

    def ended(self, returncode: int) -> str:
        return FAILED

    def tidy(self, order: Asked) -> None:
        shutil.rmtree(self._folder(order), ignore_errors=True)

    def _folder(self, order: Asked) -> Path:
        return order.work / order.export.export_id


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o750)
