"""Files encrypted at rest: AES-256-GCM in records, readable at any place, every changed byte noticed.

    header   magic, kind, largest record, id of the key, salt of the file, tag over all of these
    growing  records of any length up to the largest: length with a checksum, ciphertext, tag
    sealed   records of 64 KiB: nonce, ciphertext, tag, so that the place of each byte is arithmetic

Every file has a key of its own (``Key.of_file``). In a growing file the nonce is the number of the record;
in a sealed one, whose records may be written again before it is closed, it is random and the number is among
what the tag covers. The last record says that it is: a file that was cut off between two records is noticed.
A growing file that has no last record was cut off by a crash, and ends with its last whole record.
"""

from __future__ import annotations

import errno
import io
import os
import struct
import zlib
from array import array
from bisect import bisect_right
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recordings.keyring import CLEAR, ID_BYTES, Key, KeyRing

MAGIC = b"HSVAULT1"
GROWING, SEALED = b"g", b"s"
RECORD_BYTES = 64 * 1024
TAG_BYTES = 16
NONCE_BYTES = 12

_HEADER = struct.Struct(f">8s1s3xI{ID_BYTES}s16s")
HEADER_BYTES = _HEADER.size + TAG_BYTES
_HEADER_NONCE = b"\xff" * NONCE_BYTES
_LENGTH = struct.Struct(">II")
_LAST = 0x8000_0000
_SALT_BYTES = 16
_LIKE_MAGIC = 4
"""So many bytes of the magic make a damaged header; no form of a recorded file begins alike."""


class Damaged(OSError):
    """The file is not what was written: changed, cut off, or put together of others."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.EBADMSG, why)


class Raw(Protocol):
    """Where the bytes of a file lie as they are kept: a file here, an object elsewhere."""

    def size(self) -> int: ...

    def read_at(self, start: int, size: int) -> bytes:
        """Fewer than ``size`` bytes at the end only. Raises OSError."""
        ...

    def close(self) -> None: ...


class RawFile:
    """``Raw`` of a local file, which may still grow."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def size(self) -> int:
        return os.fstat(self._fd).st_size

    def read_at(self, start: int, size: int) -> bytes:
        return os.pread(self._fd, size, start)

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


class Header(NamedTuple):
    """``raw`` is what the tag of every record covers; ``cipher`` has the key of the file."""

    kind: bytes
    raw: bytes
    cipher: AESGCM

    @property
    def whole(self) -> bytes:
        return self.raw + self.cipher.encrypt(_HEADER_NONCE, b"", self.raw)


def new_header(kind: bytes, key: Key) -> Header:
    salt = os.urandom(_SALT_BYTES)
    raw = _HEADER.pack(MAGIC, kind, RECORD_BYTES, key.id, salt)
    return Header(kind, raw, AESGCM(key.of_file(salt)))


def counted(number: int, *, last: bool) -> bytes:
    """The nonce of a record of a growing file."""
    return number.to_bytes(NONCE_BYTES - 1, "big") + bytes((last,))


def length_of(number: int, length: int, *, last: bool) -> bytes:
    """What stands in front of a record; the checksum tells a damaged length from a file that was cut off."""
    word = length | (_LAST if last else 0)
    return _LENGTH.pack(word, zlib.crc32(struct.pack(">QI", number, word)))


def numbered(header: Header, number: int, *, last: bool) -> bytes:
    """What the tag of a record of a sealed file covers besides its content."""
    return header.raw + struct.pack(">Q?", number, last)


# --- reading ------------------------------------------------------------------------------------


def is_vault(start: bytes) -> bool:
    """Whether a file that begins so is encrypted, or was before its beginning was damaged."""
    return sum(a == b for a, b in zip(start, MAGIC, strict=False)) >= _LIKE_MAGIC


def open_raw(raw: Raw, keys: KeyRing = CLEAR, *, lenient: bool = False) -> BinaryIO:
    """The plain bytes of ``raw``, seekable, closed with it; that of a growing file may be read on.

    ``lenient``: where a record of a growing file is damaged there are zeros, instead of Damaged being raised.
    Raises NoKey, Damaged, and OSError.
    """
    try:
        start = raw.read_at(0, HEADER_BYTES)
        if not is_vault(start):
            return _buffered(_Plain(raw))
        header = _read_header(start, keys)
        reader = _Growing(raw, header, lenient) if header.kind == GROWING else _Sealed(raw, header)
        return _buffered(reader)
    except BaseException:
        raw.close()
        raise


def open_plain(path: Path, key: bytes | None = None, *, lenient: bool = False) -> BinaryIO:
    """The plain bytes of a file of the recorder, whether it is encrypted or not; raises as ``open_raw``.

    ``key`` is ``Shelf.key``, or ``KeyRing.to_bytes``; a file that is not encrypted needs none.
    """
    if not is_encrypted(path):
        return path.open("rb")
    return open_raw(RawFile(path), KeyRing.from_bytes(key), lenient=lenient)


def is_encrypted(path: Path) -> bool:
    """Whether ``open_plain`` needs a key for it. Raises OSError."""
    with path.open("rb") as file:
        return is_vault(file.read(len(MAGIC)))


def plain_size(path: Path) -> int:
    """How much of a growing or plain file was written, roughly; exactly 0 when nothing was."""
    return max(0, path.stat().st_size - (HEADER_BYTES if is_encrypted(path) else 0))


def _read_header(start: bytes, keys: KeyRing) -> Header:
    if len(start) < HEADER_BYTES or not start.startswith(MAGIC):
        raise Damaged("the header is damaged")
    raw, tag = start[: _HEADER.size], start[_HEADER.size :]
    _, kind, record_bytes, key_id, salt = _HEADER.unpack(raw)
    if kind not in (GROWING, SEALED) or record_bytes != RECORD_BYTES:
        raise Damaged("the header is damaged")
    header = Header(kind, raw, AESGCM(keys.find(key_id).of_file(salt)))
    try:
        header.cipher.decrypt(_HEADER_NONCE, tag, raw)
    except InvalidTag:
        raise Damaged("the header is damaged") from None
    return header


class _Reader(io.RawIOBase):
    """A file of records; those who inherit say where they lie."""

    def __init__(self, raw: Raw) -> None:
        super().__init__()
        self._raw = raw
        self._at = 0

    def _length(self) -> int:
        """Plain bytes that there are by now."""
        raise NotImplementedError

    def _piece(self, at: int) -> memoryview:
        """Plain bytes from ``at`` on, at least one of them; ``at`` is before the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at}.get(whence)
        at = offset + (self._length() if base is None else base)
        if at < 0:
            raise OSError(errno.EINVAL, "before the beginning")
        self._at = at
        return at

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        filled, length = 0, self._length()
        while filled < len(view) and self._at < length:
            piece = self._piece(self._at)[: len(view) - filled]
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
        return filled

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


def _buffered(reader: _Reader) -> BinaryIO:
    """Small reads out of one record; ``read`` gives what was asked for, less at the end only."""
    return cast(BinaryIO, io.BufferedReader(reader, RECORD_BYTES))


class _Plain(_Reader):
    """A file that is not encrypted."""

    def _length(self) -> int:
        return self._raw.size()

    def _piece(self, at: int) -> memoryview:
        piece = self._raw.read_at(at, RECORD_BYTES)
        if not piece:
            raise Damaged("the file has become shorter")
        return memoryview(piece)


class _Sealed(_Reader):
    """Records of one size; that the last one is the last is checked at once."""

    _STRIDE = NONCE_BYTES + RECORD_BYTES + TAG_BYTES

    def __init__(self, raw: Raw, header: Header) -> None:
        super().__init__(raw)
        self._header = header
        body = raw.size() - HEADER_BYTES
        self._records = -(-body // self._STRIDE)
        self._plain = body - self._records * (NONCE_BYTES + TAG_BYTES)
        self._held, self._content = -1, memoryview(b"")
        if self._records < 1 or self._plain < 0:
            raise Damaged("the file was cut off")
        self._load(self._records - 1)

    def _length(self) -> int:
        return self._plain

    def _piece(self, at: int) -> memoryview:
        number, within = divmod(at, RECORD_BYTES)
        if number != self._held:
            self._load(number)
        return self._content[within:]

    def _load(self, number: int) -> None:
        record = self._raw.read_at(HEADER_BYTES + number * self._STRIDE, self._STRIDE)
        about = numbered(self._header, number, last=number == self._records - 1)
        try:
            content = self._header.cipher.decrypt(record[:NONCE_BYTES], record[NONCE_BYTES:], about)
        except (InvalidTag, ValueError):
            raise Damaged(f"record {number} is damaged, or the file was cut off") from None
        self._held, self._content = number, memoryview(content)


class _Growing(_Reader):
    """Records of many sizes, indexed as far as the file has come; more of it is found at each look."""

    def __init__(self, raw: Raw, header: Header, lenient: bool) -> None:
        super().__init__(raw)
        self._header = header
        self._lenient = lenient
        self._starts = array("Q", [0])  # of each record in plain bytes, and where the next one will begin
        self._places = array("Q", [HEADER_BYTES])  # the same in the file
        self._ended = False
        self._held, self._content = -1, memoryview(b"")

    def _length(self) -> int:
        self._look()
        return self._starts[-1]

    def _look(self) -> None:
        size = self._raw.size()
        while not self._ended and self._places[-1] + _LENGTH.size <= size:
            number, place = len(self._starts) - 1, self._places[-1]
            front = self._raw.read_at(place, _LENGTH.size)
            word, _ = _LENGTH.unpack(front)
            length, last = word & ~_LAST, bool(word & _LAST)
            if front != length_of(number, length, last=last) or length > RECORD_BYTES:
                self._end_at(place, size)
                return
            end = place + _LENGTH.size + length + TAG_BYTES
            if end > size:
                return  # being written, or cut off
            self._starts.append(self._starts[-1] + length)
            self._places.append(end)
            if last:
                self._close(number, end, size)

    def _end_at(self, place: int, size: int) -> None:
        """Nothing that was written: what a power cut leaves is zeros."""
        while not self._lenient and place < size:
            piece = self._raw.read_at(place, RECORD_BYTES)
            if piece.count(0) != len(piece):
                raise Damaged("a length is damaged")
            place += len(piece)

    def _close(self, number: int, end: int, size: int) -> None:
        self._ended = True
        if not self._lenient:
            self._load(number)
            if end != size:
                raise Damaged("something was written behind the end")

    def _piece(self, at: int) -> memoryview:
        number = bisect_right(self._starts, at) - 1
        if number != self._held:
            self._load(number)
        return self._content[at - self._starts[number] :]

    def _load(self, number: int) -> None:
        place, end = self._places[number], self._places[number + 1]
        front, record = self._read(place, end - place)
        last = bool(_LENGTH.unpack(front)[0] & _LAST)
        try:
            content = self._header.cipher.decrypt(counted(number, last=last), record, self._header.raw)
        except InvalidTag:
            if not self._lenient:
                raise Damaged(f"record {number} is damaged") from None
            content = bytes(len(record) - TAG_BYTES)
        self._held, self._content = number, memoryview(content)

    def _read(self, place: int, size: int) -> tuple[bytes, bytes]:
        whole = self._raw.read_at(place, size)
        if len(whole) != size:
            raise Damaged("the file has become shorter")
        return whole[: _LENGTH.size], whole[_LENGTH.size :]
