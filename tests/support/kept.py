"""Attachments in a folder, for hubs that tests put together by hand."""

from __future__ import annotations

from pathlib import Path

from hub.clock import Clock
from hub.live.attachments import Attachments
from hub.live.streams import Streams
from hub.storage.blobs import FileBlobs
from hub.storage.uploads import Uploads

MAX_BYTES = 1_000_000


def attachments(clock: Clock, streams: Streams, folder: Path, *, quota_bytes: int = 1 << 40) -> Attachments:
    blobs = FileBlobs(folder / "blobs", quota_bytes=quota_bytes, min_free_bytes=0)
    uploads = Uploads(folder / "uploads")
    return Attachments(clock, streams, blobs, uploads, folder / "incoming", max_bytes=MAX_BYTES)
