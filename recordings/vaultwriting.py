"""Writing encrypted files (``recordings.vault``): one that only grows, and one that a muxer rewrites."""

from __future__ import annotations

import errno
import io
import os
from collections import OrderedDict
from typing import cast

from cryptography.exceptions import InvalidTag

from recordings.keyring import Key
from recordings.vault import (
    GROWING,
    HEADER_BYTES,
    NONCE_BYTES,
    RECORD_BYTES,
    SEALED,
    TAG_BYTES,
    Damaged,
    Header,
    counted,
    length_of,
    new_header,
    numbered,
)

_STRIDE = NONCE_BYTES + RECORD_BYTES + TAG_BYTES
_HELD_MAX = 8
"""Records in clear in memory: a muxer writes at one place, or copies from one to another."""


def write_all(fd: int, data: bytes) -> None:
    """Raises OSError, and then part of it may have been written."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


class GrowingVault:
    """Appends records to a file; each is on its way to the disk when ``write`` returns."""

    def __init__(self, fd: int, key: Key) -> None:
        """``fd`` is open for writing, empty, and closed by whoever opened it. Raises OSError."""
        self._fd = fd
        self._header = new_header(GROWING, key)
        self._number = 0
        write_all(fd, self._header.whole)

    def write(self, data: bytes) -> None:
        for begin in range(0, len(data), RECORD_BYTES):
            self._record(data[begin : begin + RECORD_BYTES], last=False)

    def finish(self) -> None:
        """Say that nothing was cut off."""
        self._record(b"", last=True)

    def _record(self, data: bytes, *, last: bool) -> None:
        number = self._number
        content = self._header.cipher.encrypt(counted(number, last=last), data, self._header.raw)
        # The number is used up, whatever becomes of the writing: no nonce serves twice.
        self._number += 1
        write_all(self._fd, length_of(number, len(data), last=last) + content)


class SealedVault:
    """A file of records of one size, written at any place until ``close``. ``cursor`` gives a file of it."""

    def __init__(self, fd: int, key: Key) -> None:
        """``fd`` is open for reading and writing and empty; it is closed by whoever opened it."""
        self._fd = fd
        self._header: Header = new_header(SEALED, key)
        self.length = 0
        self._held: OrderedDict[int, bytearray] = OrderedDict()
        self._changed: set[int] = set()
        self._kept = 0  # records that are in the file
        write_all(fd, self._header.whole)

    def cursor(self) -> VaultCursor:
        return VaultCursor(self)

    def finish(self) -> None:
        """Write what is held, the last record as the last. Nothing may be written afterwards."""
        last = max(0, -(-self.length // RECORD_BYTES) - 1)
        self._record(last)
        self._changed.add(last)
        for number in sorted(self._changed):
            self._keep(number, last=number == last)
        self._changed.clear()

    def put(self, at: int, data: memoryview) -> None:
        """Raises OSError."""
        while data and self.length < at:  # a hole is zeros
            self.put(self.length, memoryview(bytes(min(RECORD_BYTES, at - self.length))))
        while data:
            number, within = divmod(at, RECORD_BYTES)
            piece = data[: RECORD_BYTES - within]
            record = self._record(number)
            record[within : within + len(piece)] = piece
            self._changed.add(number)
            at, data = at + len(piece), data[len(piece) :]
            self.length = max(self.length, at)

    def get(self, at: int, size: int) -> bytes:
        """What was written at ``at``, ``size`` bytes or as many as there are."""
        pieces: list[bytes] = []
        size = min(size, self.length - at)
        while size > 0:
            number, within = divmod(at, RECORD_BYTES)
            piece = bytes(self._record(number)[within : within + size])
            pieces.append(piece)
            at, size = at + len(piece), size - len(piece)
        return b"".join(pieces)

    def _record(self, number: int) -> bytearray:
        if number not in self._held:
            while len(self._held) >= _HELD_MAX:
                oldest, _ = next(iter(self._held.items()))
                if oldest in self._changed:
                    self._keep(oldest, last=False)
                    self._changed.discard(oldest)
                del self._held[oldest]
            self._held[number] = self._load(number) if number < self._kept else bytearray()
        self._held.move_to_end(number)
        return self._held[number]

    def _keep(self, number: int, *, last: bool) -> None:
        nonce = os.urandom(NONCE_BYTES)
        about = numbered(self._header, number, last=last)
        record = nonce + self._header.cipher.encrypt(nonce, bytes(self._held[number]), about)
        os.lseek(self._fd, HEADER_BYTES + number * _STRIDE, os.SEEK_SET)
        write_all(self._fd, record)
        self._kept = max(self._kept, number + 1)

    def _load(self, number: int) -> bytearray:
        length = min(RECORD_BYTES, self.length - number * RECORD_BYTES)
        at = HEADER_BYTES + number * _STRIDE
        record = os.pread(self._fd, NONCE_BYTES + length + TAG_BYTES, at)
        about = numbered(self._header, number, last=False)
        try:
            content = self._header.cipher.decrypt(record[:NONCE_BYTES], record[NONCE_BYTES:], about)
        except (InvalidTag, ValueError):
            raise Damaged(f"record {number} was changed while it was written") from None
        return bytearray(content)


class VaultCursor(io.RawIOBase):
    """A place in a ``SealedVault``, for a muxer; closing it closes nothing else."""

    def __init__(self, vault: SealedVault) -> None:
        super().__init__()
        self._vault = vault
        self._at = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._vault.length}[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, "before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        piece = self._vault.get(self._at, len(view))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def write(self, data: object) -> int:
        view = memoryview(cast(bytes, data)).cast("B")
        self._vault.put(self._at, view)
        self._at += len(view)
        return len(view)
