"""Reads every byte of recordings again and says what is not as the log and the manifest have it (rule R19).

Only reads, so it may run beside a hub; what is still being recorded or sealed is left for later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import msgspec

from hub.domain import keeping, recording
from hub.domain.digests import DIGESTS, file_digest
from hub.domain.keeping import Keeping
from hub.domain.recording import Recording, RecordingReady, RecordingState, Track
from hub.domain.streams import fold
from hub.storage.eventlog import EventLog
from recordings.keyring import KeyRing, NoKey
from recordings.manifest import PLAYABLE
from recordings.places import MANIFEST, Places
from recordings.proof import ChainEnd, Proof, decode, tracks_of
from recordings.shelf import Shelf, name_of
from recordings.stores import RawObject, Store, StoreFailed
from recordings.vault import Damaged, open_raw


class Verdict(StrEnum):
    """完好 · 缺失 · 已被改动 · 已损坏 · 缺少密钥 · 存储无法访问 · 来历不明 · 无法读取"""

    INTACT = "intact"
    MISSING = "missing"
    CHANGED = "changed"
    DAMAGED = "damaged"
    NO_KEY = "no_key"
    STORE_FAILED = "store_failed"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


class Finding(NamedTuple):
    """What became of one file; ``file`` is RECORDING/NAME."""

    file: str
    verdict: Verdict
    size_bytes: int
    why: str


class _Known(NamedTuple):
    """A recording as the log has it."""

    taken: Recording
    kept: Keeping
    ready: RecordingReady | None


class Verifier:
    """Each recording for itself, and what belongs to none."""

    def __init__(
        self, log: EventLog, places: Places, ring: Callable[[], KeyRing], store: Store | None
    ) -> None:
        self._log = log
        self._places = places
        self._ring = ring
        self._store = store
        self._shelf = Shelf(places, ring, store)

    async def ids(self) -> list[str]:
        return [name.partition(":")[2] for name in await self._log.streams(recording.stream_of(""))]

    async def check(self, recording_id: str) -> list[Finding]:
        """One finding a file, also for those that are as they should be."""
        known = await self._known(recording_id)
        if known.kept.condemned:
            return await asyncio.to_thread(lambda: list(self._left_of(known)))
        findings = await asyncio.to_thread(lambda: list(self._tracks(known)))
        if known.taken.state is RecordingState.READY:
            findings.append(await self._manifest(known))
            findings.extend(await asyncio.to_thread(lambda: list(self._strays(known))))
        return findings

    async def strangers(self) -> list[Finding]:
        """Folders here, and files in the store, of recordings that the log does not know."""
        ids = set(await self.ids())

        def look() -> Iterator[Finding]:
            for path in sorted(self._places.root.iterdir()):
                if path.name not in ids:
                    yield _unknown(path.name, 0)
            for name, size in self._stored():
                if name.partition("/")[0] not in ids:
                    yield _unknown(name, size)

        return await asyncio.to_thread(lambda: list(look()))

    async def _known(self, recording_id: str) -> _Known:
        stream = recording.stream_of(recording_id)
        events = await self._log.read(stream)
        kept_in = keeping.stream_of(recording_id)
        taken, kept = fold(stream, events), fold(kept_in, await self._log.read(kept_in))
        assert isinstance(taken, Recording)
        assert isinstance(kept, Keeping)
        ready = [each.event for each in events if isinstance(each.event, RecordingReady)]
        return _Known(taken, kept, ready[-1] if ready else None)

    # --- files of tracks --------------------------------------------------------------------------

    def _tracks(self, known: _Known) -> Iterator[Finding]:
        for track in known.taken.tracks.values():
            if track.state not in PLAYABLE:
                continue
            path = self._places.final(known.taken.recording_id, track)
            yield _compared(track, name_of(path), partial(self._read, path))
            if self._store is not None and track.track_id in known.kept.stored and path.exists():
                yield _compared(track, name_of(path), partial(self._read_stored, name_of(path)))

    def _read(self, path: Path) -> BinaryIO:
        lying = self._shelf.open_now(path)
        return lying.file if lying.file is not None else cast(Path, lying.path).open("rb")

    def _read_stored(self, name: str) -> BinaryIO:
        assert self._store is not None
        return open_raw(RawObject(self._store, name), self._ring())

    # --- the manifest -----------------------------------------------------------------------------

    async def _manifest(self, known: _Known) -> Finding:
        path = self._places.folder(known.taken.recording_id) / MANIFEST
        name = name_of(path)
        ready = known.ready
        if ready is None or not ready.digest:
            return Finding(name, Verdict.INTACT, 0, "made before there were manifests")
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            return Finding(name, Verdict.MISSING, 0, "")
        except OSError as error:
            return Finding(name, Verdict.UNREADABLE, 0, str(error))
        why = await asyncio.to_thread(_unlike, path, content, known, self._places)
        why = why or await self._broken_chain(content)
        return Finding(name, Verdict.CHANGED if why else Verdict.INTACT, len(content), why)

    async def _broken_chain(self, content: bytes) -> str:
        """The log went on from where the manifest says it stood."""
        for end in decode(content).chain:
            if end.seq and not await self._stands(end):
                return f"the log of {end.stream} is another one"
        return ""

    async def _stands(self, end: ChainEnd) -> bool:
        links = await self._log.links(end.stream, since=end.seq - 1, limit=1)
        return [(link.seq, link.hash.hex()) for link in links] == [(end.seq, end.hash)]

    # --- what nobody knows ------------------------------------------------------------------------

    def _strays(self, known: _Known) -> Iterator[Finding]:
        """Folders inside are made of the recording, and can be made again."""
        mine = self._places.folder(known.taken.recording_id)
        names = {MANIFEST}
        for track in known.taken.tracks.values():
            names.add(self._places.final(mine.name, track).name)
            names.add(self._places.part(mine.name, track.track_id).name)
        for path in sorted(mine.iterdir()):
            if path.is_file() and path.name not in names and path.suffix != ".tmp":
                yield _unknown(name_of(path), path.stat().st_size)
        for name, size in self._stored(mine.name):
            if name.partition("/")[2] not in names:
                yield _unknown(name, size)

    def _left_of(self, known: _Known) -> Iterator[Finding]:
        """Of what was destroyed nothing may be left."""
        if not known.kept.destroyed:
            return
        folder = self._places.root / known.taken.recording_id
        for path in sorted(folder.rglob("*")) if folder.exists() else ():
            if path.is_file():
                yield Finding(name_of(path), Verdict.UNKNOWN, path.stat().st_size, "was to be destroyed")
        for name, size in self._stored(known.taken.recording_id):
            yield Finding(name, Verdict.UNKNOWN, size, "was to be destroyed")

    def _stored(self, recording_id: str = "") -> Iterator[tuple[str, int]]:
        if self._store is None:
            return
        try:
            for name, size in self._store.all():
                if not recording_id or name.startswith(f"{recording_id}/"):
                    yield name, size
        except StoreFailed:
            return  # said of each file that lies there


def _compared(track: Track, name: str, read: Callable[[], BinaryIO]) -> Finding:
    try:
        with closing(read()) as file:
            if track.algorithm not in DIGESTS:
                return Finding(name, Verdict.UNREADABLE, 0, f"this machine has no {track.algorithm}")
            digest = file_digest(track.algorithm, file)
            size = file.tell()
    except FileNotFoundError:
        return Finding(name, Verdict.MISSING, track.size_bytes, "")
    except NoKey as error:
        return Finding(name, Verdict.NO_KEY, track.size_bytes, error.strerror or "")
    except Damaged as error:
        return Finding(name, Verdict.DAMAGED, track.size_bytes, error.strerror or "")
    except StoreFailed as error:
        return Finding(name, Verdict.STORE_FAILED, track.size_bytes, error.strerror or "")
    except OSError as error:
        return Finding(name, Verdict.UNREADABLE, track.size_bytes, str(error))
    if size != track.size_bytes:
        return Finding(name, Verdict.CHANGED, size, f"{track.size_bytes} bytes were sealed")
    if digest != track.digest:
        return Finding(name, Verdict.CHANGED, size, f"{track.algorithm} is {digest}")
    return Finding(name, Verdict.INTACT, size, "")


def _unlike(path: Path, content: bytes, known: _Known, places: Places) -> str:
    """Why the manifest is not that of the log; empty when it is."""
    assert known.ready is not None
    if known.ready.algorithm not in DIGESTS:
        return f"this machine has no {known.ready.algorithm}"
    with path.open("rb") as file:
        if file_digest(known.ready.algorithm, file) != known.ready.digest:
            return "its digest is not that of the log"
    try:
        proof: Proof = decode(content)
    except msgspec.MsgspecError as error:
        return str(error)
    return "" if proof.tracks == tracks_of(known.taken, places) else "its tracks are not those of the log"


def _unknown(name: str, size: int) -> Finding:
    return Finding(name, Verdict.UNKNOWN, size, "")
