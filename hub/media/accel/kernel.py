"""Many datagrams in one system call: ``sendmmsg``, and trains of them in one message by ``UDP_SEGMENT``.

Linux of 64 bits only, and only by what the C library of this process offers: no compiler is needed.
"""

from __future__ import annotations

import ctypes
import errno
import struct
import sys
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from ipaddress import ip_address
from typing import cast

from hub.media.accel.rows import Address
from hub.media.accel.trains import SEGMENT_BYTES_MAX, Train, couple

Recvmmsg = Callable[[int, int, int, int, None], int]

_MSG_DONTWAIT = 0x40
_SOCK_DGRAM = 2
_AF_INET, _AF_INET6 = 2, 10
_SOL_UDP, _UDP_SEGMENT = 17, 103
# struct mmsghdr, in words of 8 bytes: name, its length, iovec, how many, control, its length, flags, sent
_HEADER_WORDS, _NAME, _NAME_BYTES, _CONTROL, _CONTROL_BYTES = 8, 0, 1, 4, 5
# struct cmsghdr with one u16: CMSG_LEN(2) = 18 bytes, CMSG_SPACE(2) = 24
_SEGMENT_CONTROL = struct.Struct("@NiiH6x")
# What the kernel says where a route cannot take trains: no checksum by hardware, IPsec, a smaller MTU.
_NO_TRAINS = {errno.EIO, errno.EINVAL, errno.EMSGSIZE, errno.EOPNOTSUPP}


class Name:
    """The address of a receiver as the kernel reads it: struct sockaddr_in or sockaddr_in6."""

    __slots__ = ("_bytes", "at", "size", "takes_trains")

    def __init__(self, address: Address) -> None:
        packed = _sockaddr(address)
        self._bytes = ctypes.create_string_buffer(packed, len(packed))
        self.at, self.size = ctypes.addressof(self._bytes), len(packed)
        self.takes_trains = segments_known()


def _sockaddr(address: Address) -> bytes:
    host = ip_address(address[0].partition("%")[0])
    port = address[1].to_bytes(2, "big")
    if host.version == 4:
        return _AF_INET.to_bytes(2, sys.byteorder) + port + host.packed + bytes(8)
    flow, scope = (address[2], address[3]) if len(address) == 4 else (0, 0)
    head = _AF_INET6.to_bytes(2, sys.byteorder) + port + flow.to_bytes(4, "big")
    return head + host.packed + scope.to_bytes(4, sys.byteorder)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


@cache
def sendmmsg() -> Callable[[int, int, int, int], int] | None:
    """(descriptor, address of the headers, how many, flags) -> how many were sent; None: no such call."""
    if sys.platform != "linux" or ctypes.sizeof(ctypes.c_void_p) != 8:
        return None
    function = getattr(_libc(), "sendmmsg", None)
    if function is not None:
        function.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int]
        function.restype = ctypes.c_int
    return cast("Callable[[int, int, int, int], int] | None", function)


@cache
def recvmmsg() -> Recvmmsg | None:
    """(descriptor, address of the headers, how many, flags, no time limit) -> how many came."""
    if sendmmsg() is None:
        return None
    function = getattr(_libc(), "recvmmsg", None)
    if function is not None:
        function.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_void_p]
        function.restype = ctypes.c_int
    return cast("Recvmmsg | None", function)


@cache
def segments_known() -> bool:
    """Whether this kernel has UDP_SEGMENT (4.18): an older one would send the whole train as one datagram."""
    libc = _libc()
    probe = libc.socket(_AF_INET, _SOCK_DGRAM, 0)
    if probe < 0:
        return False
    value, size = ctypes.c_int(0), ctypes.c_uint(4)
    refused = libc.getsockopt(probe, _SOL_UDP, _UDP_SEGMENT, ctypes.byref(value), ctypes.byref(size))
    libc.close(probe)
    return not refused


class Messages:
    """An array of struct mmsghdr over one arena: filled train by train, then handed over at once."""

    def __init__(self, arena: int, capacity: int) -> None:
        """``arena``: the address of the memory in which all packets lie."""
        function = sendmmsg()
        if function is None:
            raise RuntimeError("asked for what the platform has not")
        self._sendmmsg = function
        self._arena = arena
        self._names: list[Name] = []
        self._trains: list[Train] = []
        self._iovecs = array("Q", bytes(16 * capacity))
        self._words = array("Q", bytes(8 * _HEADER_WORDS * capacity))
        for n in range(capacity):
            self._words[n * _HEADER_WORDS + 2] = self._iovecs.buffer_info()[0] + 16 * n
            self._words[n * _HEADER_WORDS + 3] = 1
        self._controls = ctypes.create_string_buffer(
            b"".join(
                [
                    _SEGMENT_CONTROL.pack(18, _SOL_UDP, _UDP_SEGMENT, size)
                    for size in range(SEGMENT_BYTES_MAX + 1)
                ]
            )
        )
        self._control_at = ctypes.addressof(self._controls)

    def add(self, name: Name, at: int, sizes: Sequence[int]) -> None:
        """Packets of these sizes, side by side from ``at`` in the arena."""
        trains = couple(tuple(sizes)) if name.takes_trains else [Train(1, size, size) for size in sizes]
        for train in trains:
            self._put(len(self._names), name, at, train)
            self._names.append(name)
            self._trains.append(train)
            at += train.size

    def _put(self, n: int, name: Name, at: int, train: Train) -> None:
        words, word = self._words, n * _HEADER_WORDS
        words[word + _NAME], words[word + _NAME_BYTES] = name.at, name.size
        self._iovecs[2 * n], self._iovecs[2 * n + 1] = self._arena + at, train.size
        if train.packets > 1:
            words[word + _CONTROL] = self._control_at + train.segment * _SEGMENT_CONTROL.size
            words[word + _CONTROL_BYTES] = _SEGMENT_CONTROL.size
        else:
            words[word + _CONTROL] = words[word + _CONTROL_BYTES] = 0

    def hand_over(self, fileno: int) -> int:
        """All of them leave; says how many packets did not. A message that fails takes no other with it."""
        failed = done = 0
        while done < len(self._trains):
            sent = self._call(fileno, done, len(self._trains) - done)
            if sent > 0:  # it stops at the first that it cannot send, and says why only when that comes first
                done += sent
            else:
                failed += self._one_by_one(fileno, done)
                done += 1
        self._names.clear()
        self._trains.clear()
        return failed

    def _call(self, fileno: int, first: int, count: int) -> int:
        headers = self._words.buffer_info()[0] + first * _HEADER_WORDS * 8
        return self._sendmmsg(fileno, headers, count, _MSG_DONTWAIT)

    def _one_by_one(self, fileno: int, n: int) -> int:
        """The train that was refused, where the route is to blame; a datagram that was refused is lost."""
        name, train = self._names[n], self._trains[n]
        if train.packets == 1 or ctypes.get_errno() not in _NO_TRAINS:
            return train.packets
        name.takes_trains = False
        failed, at, left = 0, self._iovecs[2 * n] - self._arena, train.size
        while left:
            size = min(left, train.segment)
            self._put(n, name, at, Train(1, size, size))
            failed += self._call(fileno, n, 1) != 1
            at, left = at + size, left - size
        return failed
