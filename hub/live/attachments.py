"""附件: taken in, checked by content, attached by whoever uploaded it, given to whoever sees the item."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

from hub.clock import Clock
from hub.domain.event import Actor
from hub.domain.item import Attachment
from hub.domain.reach import item_for, sees
from hub.domain.workspace import Workspace
from hub.errors import Refusal
from hub.live.rights import check_workspace
from hub.live.streams import Streams
from hub.storage.blobs import Blobs
from hub.storage.filetypes import ENDINGS, clean_name, type_of
from hub.storage.uploads import Upload, Uploads
from signaling.throttle import Throttle

ORPHAN_MS = 24 * 3600 * 1000
"""So long an upload may wait to be attached: what was written during a cut comes within hours."""

SWEEP_S = 6 * 3600.0
"""What hangs on nothing takes from the room of all until it goes."""

AT_ONCE = 3
"""Uploads of one seat at the same time."""

TAKEN = "、".join(ending for endings in ENDINGS.values() for ending in endings)


class Attachments:
    """Owns the folder of what is just coming in."""

    def __init__(
        self, clock: Clock, streams: Streams, blobs: Blobs, uploads: Uploads, folder: Path, *, max_bytes: int
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._blobs = blobs
        self._uploads = uploads
        self._incoming = folder
        self.max_bytes = max_bytes
        self._coming: Counter[str] = Counter()
        self._throttles: dict[str, Throttle] = {}
        self._going: set[str] = set()  # digests that may be gone at any moment: nobody attaches them any more

    async def start(self) -> None:
        """What a crash has left half is nothing."""
        await asyncio.to_thread(self._clear)

    def _clear(self) -> None:
        self._incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        for part in self._incoming.glob("*.part"):
            part.unlink(missing_ok=True)

    async def sweep(self) -> int:
        """E6: remove what was uploaded a day ago and hangs on nothing; how much that was."""
        uploads, day_ago_ms = await asyncio.to_thread(self._uploads.all), self._clock.wall_ms() - ORPHAN_MS
        old = [each for each in uploads if each.at_ms < day_ago_ms]
        if not old:
            return 0
        fresh = {each.attachment.digest for each in uploads if each.at_ms >= day_ago_ms}
        self._going = {each.attachment.digest for each in old} - fresh
        try:
            orphans = self._going - await self._attached()
            for digest in orphans:
                await self._blobs.remove(digest)
            for upload in old:  # last: what a crash cuts is found again
                await asyncio.to_thread(self._uploads.forget, upload)
            return len(orphans)
        finally:
            self._going = set()

    async def _attached(self) -> set[str]:
        """The digests that hang on any item of any workspace."""
        found: set[str] = set()
        for prefix in ("incident:", "board:"):
            for stream in await self._streams.names(prefix):
                state, _ = await self._streams.state(stream)
                if isinstance(state, Workspace):
                    hung = (each for item in state.items.values() for each in item.attachments)
                    found.update(each.attachment.digest for each in hung)
        return found

    # --- in -------------------------------------------------------------------------------------

    async def take_in(self, name: str, pieces: AsyncIterator[bytes], by: Actor) -> Attachment:
        """E4: refuses with ``too_large``, ``attachment.wrong_type``, ``storage.full`` or ``too_many``."""
        if by.seat is None:
            raise Refusal("forbidden")
        if self._coming[by.seat] >= AT_ONCE:
            raise Refusal("too_many", retry_after_s=2)
        wait_s = self._throttles.setdefault(by.account, Throttle()).wait_s("attachment", self._clock.now())
        if wait_s > 0:
            raise Refusal("too_many", retry_after_s=max(1, round(wait_s)))
        self._coming[by.seat] += 1
        part = self._incoming / f"{secrets.token_hex(16)}.part"
        try:
            await self._receive(part, pieces)
            return await self._kept(part, clean_name(name), by.seat)
        finally:
            self._coming[by.seat] -= 1
            await asyncio.to_thread(part.unlink, missing_ok=True)

    async def _receive(self, part: Path, pieces: AsyncIterator[bytes]) -> None:
        received = 0
        try:
            with await asyncio.to_thread(part.open, "xb") as file:
                async for piece in pieces:
                    received += len(piece)
                    if received > self.max_bytes:
                        raise Refusal("too_large", max=self.max_bytes)
                    await asyncio.to_thread(file.write, piece)
        except OSError as error:
            raise Refusal("storage.full") from error
        if not received:
            raise Refusal("attachment.empty")

    async def _kept(self, part: Path, name: str, seat: str) -> Attachment:
        found = await asyncio.to_thread(type_of, part, name)
        if found is None:
            raise Refusal("attachment.wrong_type", name=name, taken=TAKEN)
        blob = await self._blobs.keep(part)
        attachment = Attachment(digest=blob.digest, name=name, type=found, size_bytes=blob.size_bytes)
        upload = Upload(attachment=attachment, seat=seat, at_ms=self._clock.wall_ms())
        await asyncio.to_thread(self._uploads.note, upload)
        return attachment

    # --- on an item -----------------------------------------------------------------------------

    async def uploaded(self, attachment: Attachment, by: Actor) -> Attachment:
        """As the hub knows it: what somebody's own seat has uploaded; refuses with ``attachment.unknown``.

        Whoever only knows the digest of a file of others gets no hand on it by attaching it.
        """
        upload = await asyncio.to_thread(self._uploads.find, attachment.digest, by.seat or "")
        if (
            upload is None
            or attachment.digest in self._going
            or await self._blobs.find(attachment.digest) is None
        ):
            raise Refusal("attachment.unknown")
        return upload.attachment

    async def find(self, stream: str, item_id: str, digest: str, by: Actor) -> Attachment:
        """E5: for whoever sees the item; refuses with ``not_found`` whatever is unknown or of others."""
        state = await check_workspace(self._streams, stream, by)
        item = state.items.get(item_id)
        if item is not None and sees(state, item, by):
            for each in item_for(state, item, by).attachments:
                if each.attachment.digest == digest and await self._blobs.find(digest) is not None:
                    return each.attachment
        raise Refusal("not_found")

    def read(self, digest: str, start: int, size: int) -> AsyncIterator[bytes]:
        return self._blobs.read(digest, start, size)
