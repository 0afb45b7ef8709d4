"""Takes what waits at a UDP socket: by ``recvmmsg`` where the C library has it, else one by one."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import sys
from array import array
from collections.abc import Callable
from functools import lru_cache

from hub.media.accel.kernel import Recvmmsg, recvmmsg
from hub.media.accel.rows import Address

DATAGRAM_BYTES_MAX = 2048  # of a longer one the beginning: it is nothing of ours
MANY = 32  # datagrams to a call; more would wait for those before them
_NAME_BYTES = 28  # struct sockaddr_in6; sockaddr_in is shorter
# struct mmsghdr in words of 8 bytes: name, its length, iovec, how many, control, its length, flags, received
_WORDS, _NAME, _NAME_LENGTH, _IOVEC, _IOVECS, _RECEIVED = 8, 0, 1, 2, 3, 7
_EMPTY = {errno.EAGAIN, errno.EINTR}

# Up to MANY datagrams with where they came from, none when none waits. OSError: an ICMP error about something
# sent earlier; the next call goes on behind it.
Read = Callable[[], "list[tuple[bytes, Address]]"]


def reader(raw: socket.socket) -> Read:
    """For a non-blocking socket."""
    call = recvmmsg()
    return _OneByOne(raw).read if call is None else _Many(raw, call).read


class _OneByOne:
    def __init__(self, raw: socket.socket) -> None:
        self._raw = raw

    def read(self) -> list[tuple[bytes, Address]]:
        try:
            return [self._raw.recvfrom(DATAGRAM_BYTES_MAX)]
        except BlockingIOError:
            return []


class _Many:
    """An array of struct mmsghdr, made once: the kernel fills memory, names and lengths anew."""

    def __init__(self, raw: socket.socket, call: Recvmmsg) -> None:
        self._fileno, self._call = raw.fileno, call
        memory, names = bytearray(MANY * DATAGRAM_BYTES_MAX), bytearray(MANY * _NAME_BYTES)
        self._memory, self._names = memoryview(memory), memoryview(names)
        self._iovecs = array("Q", bytes(16 * MANY))
        self._words = array("Q", bytes(8 * _WORDS * MANY))
        for n in range(MANY):
            self._iovecs[2 * n] = _address_of(memory) + n * DATAGRAM_BYTES_MAX
            self._iovecs[2 * n + 1] = DATAGRAM_BYTES_MAX
            at = n * _WORDS
            self._words[at + _NAME] = _address_of(names) + n * _NAME_BYTES
            self._words[at + _NAME_LENGTH] = (
                _NAME_BYTES  # the real one comes back; of one socket all are alike
            )
            self._words[at + _IOVEC] = self._iovecs.buffer_info()[0] + 16 * n
            self._words[at + _IOVECS] = 1

    def read(self) -> list[tuple[bytes, Address]]:
        words, memory, names = self._words, self._memory, self._names
        count = self._call(self._fileno(), words.buffer_info()[0], MANY, socket.MSG_DONTWAIT, None)
        if count < 0:
            why = ctypes.get_errno()
            if why in _EMPTY:
                return []
            raise OSError(why, os.strerror(why))
        found = []
        for n in range(count):
            start, name = n * DATAGRAM_BYTES_MAX, n * _NAME_BYTES
            size = words[n * _WORDS + _RECEIVED] & 0xFFFF_FFFF
            source = _source(names[name : name + _NAME_BYTES].tobytes())
            found.append((memory[start : start + size].tobytes(), source))
        return found


def _address_of(memory: bytearray) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(memory))


@lru_cache(maxsize=4096)
def _source(name: bytes) -> Address:
    """A struct sockaddr_in or sockaddr_in6 as the socket module says it."""
    port = int.from_bytes(name[2:4], "big")
    if int.from_bytes(name[:2], sys.byteorder) == socket.AF_INET:
        return socket.inet_ntop(socket.AF_INET, name[4:8]), port
    host = socket.inet_ntop(socket.AF_INET6, name[8:24])
    return host, port, int.from_bytes(name[4:8], "big"), int.from_bytes(name[24:28], sys.byteorder)
