"""The hub's own directory: one hub at a time, secrets that only the hub can read."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path
from typing import Self

from hub.errors import CannotStart

_LOCK = "hub.lock"
_KEY_BYTES = 32


class DataDir:
    """Owns the lock on the directory from ``lock`` to ``close``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None
        try:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            writable = os.access(path, os.W_OK | os.X_OK)
        except OSError:
            writable = False
        if not writable:
            raise CannotStart(f"数据目录 {path} 无法写入。", f"The data directory {path} is not writable.")

    def lock(self) -> Self:
        """Refuses a second hub. The kernel forgets the lock with the process, so nothing is ever stale."""
        file = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise CannotStart(
                f"数据目录 {self.path} 正被另一个进程使用，请先停止它，或用 --data 另选目录。",
                f"The data directory {self.path} is in use by another hub: stop it, or use --data.",
            ) from None
        self._lock = file
        return self

    def secret(self, name: str) -> bytes:
        """32 random bytes that stay the same; made at the first call."""
        path = self.path / name
        if not path.exists():
            write_private(path, secrets.token_bytes(_KEY_BYTES))
        key = path.read_bytes()
        if len(key) != _KEY_BYTES:
            raise CannotStart(f"密钥文件 {path} 已损坏。", f"The key file {path} is damaged.")
        return key

    def close(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def write_private(path: Path, content: bytes) -> None:
    """Whole or not at all, and readable by the owner only from its first byte on."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as writer:
        writer.write(content)
        writer.flush()
        os.fsync(writer.fileno())
    part.replace(path)
