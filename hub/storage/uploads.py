"""What was uploaded and hangs on nothing yet: who may attach it, for a day (rule E6)."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import msgspec

from hub.domain.item import Attachment
from hub.storage.blobs import is_digest
from hub.storage.datadir import write_private


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    attachment: Attachment
    seat: str
    at_ms: int


class Uploads:
    """A small file for each, so that a restart forgets none. All of it blocks: call it in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, upload: Upload) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(self._path(upload.attachment.digest, upload.seat), msgspec.json.encode(upload))

    def find(self, digest: str, seat: str) -> Upload | None:
        return _read(self._path(digest, seat)) if is_digest(digest) else None

    def forget(self, upload: Upload) -> None:
        self._path(upload.attachment.digest, upload.seat).unlink(missing_ok=True)

    def all(self) -> list[Upload]:
        found = (_read(path) for path in sorted(self._folder.glob("*.json")))
        return [upload for upload in found if upload is not None]

    def _path(self, digest: str, seat: str) -> Path:
        whose = hashlib.sha256(seat.encode()).hexdigest()[:16]
        return self._folder / f"{digest}-{whose}.json"


def _read(path: Path) -> Upload | None:
    with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
        return msgspec.json.decode(path.read_bytes(), type=Upload)
    return None
