"""The fan-out with one system call for many packets: still Python, no compiler needed.

Two things cost most of a forwarded packet: the way into the kernel, and what ``Session.protect`` does
around the cipher (a new length, a copy in, a copy out). Here packets are made side by side in one arena,
protected where they lie by the function that pylibsrtp's own binding offers, and handed over by
``sendmmsg``. On 80 rows that takes two fifths off (bench/fanout.py).
"""

from __future__ import annotations

import ctypes
import sys
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from ipaddress import ip_address
from typing import cast

import pylibsrtp
from pylibsrtp._binding import ffi, lib  # type: ignore[import-not-found]

from hub.media.accel.reference import HEADER
from hub.media.accel.rows import Address, Dressed, Row, Send

CELLS = 32  # packets in the arena: about what fits into the first cache
CELL_BYTES = 4096
_HEADER_BYTES = 12
_MAX_TAIL_BYTES = CELL_BYTES - _HEADER_BYTES - 144  # SRTP_MAX_TRAILER_LEN
_MSG_DONTWAIT = 0x40
_AF_INET, _AF_INET6 = 2, 10
_MMSGHDR_BYTES = 64

# context, view, pointer, what to add to the sequence number and the timestamp, SSRC
_Cell = tuple[object, memoryview, object, int, int, int]
# (descriptor, address of the headers, how many, flags) -> how many were sent, or -1
SendMany = Callable[[int, int, int, int], int]


class _Arena:
    """One for the whole process: the fan-out is synchronous and has one thread."""

    def __init__(self) -> None:
        blob = ffi.new("char[]", CELLS * CELL_BYTES)
        self.pointers = [blob + n * CELL_BYTES for n in range(CELLS)]
        self.views = [memoryview(ffi.buffer(pointer, CELL_BYTES)) for pointer in self.pointers]
        base = int(ffi.cast("uintptr_t", blob))
        # struct iovec: where a packet lies, how long it is
        self.iovecs = array("Q", [word for n in range(CELLS) for word in (base + n * CELL_BYTES, 0)])
        self.length = ffi.new("int *")
        self._blob = blob


@cache
def _arena() -> _Arena:
    return _Arena()


@cache
def _sendmmsg() -> SendMany | None:
    """The system call, or None where there is none such or the cipher cannot be reached."""
    if sys.platform != "linux" or ctypes.sizeof(ctypes.c_void_p) != 8:
        return None
    # libsrtp 3 takes more arguments and does not work in place.
    if len(ffi.typeof(lib.srtp_protect).args) != 3:
        return None
    function = getattr(ctypes.CDLL(None), "sendmmsg", None)
    if function is not None:
        function.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int]
        function.restype = ctypes.c_int
    return cast("SendMany | None", function)


def suits(row: Row) -> bool:
    """Only real ciphers and real sockets can be gone around."""
    output = row.output
    real = output.fileno is not None and isinstance(output.cipher, pylibsrtp.Session)
    return real and _sendmmsg() is not None


def _sockaddr(address: Address) -> bytes:
    """struct sockaddr_in or sockaddr_in6."""
    host = ip_address(address[0].partition("%")[0])
    port = address[1].to_bytes(2, "big")
    if host.version == 4:
        return _AF_INET.to_bytes(2, sys.byteorder) + port + host.packed + bytes(8)
    flow, scope = (address[2], address[3]) if len(address) == 4 else (0, 0)
    head = _AF_INET6.to_bytes(2, sys.byteorder) + port + flow.to_bytes(4, "big")
    return head + host.packed + scope.to_bytes(4, sys.byteorder)


class _Headers:
    """An array of struct mmsghdr for up to CELLS rows, all pointing into the arena."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        packed = [_sockaddr(address) for address in addresses]
        self._names = ctypes.create_string_buffer(b"".join([name.ljust(32, b"\0") for name in packed]))
        names, iovecs = ctypes.addressof(self._names), _arena().iovecs.buffer_info()[0]
        # msg_name, msg_namelen, msg_iov, msg_iovlen = 1; no control data, no flags, msg_len is written to us
        words = array("Q")
        for n, name in enumerate(packed):
            words.extend((names + n * 32, len(name), iovecs + n * 16, 1, 0, 0, 0, 0))
        self._words = words
        self.address = words.buffer_info()[0]


class _Load:
    """What goes into the arena at once: cells in runs of one group, and the headers of all of them."""

    def __init__(self, rows: Sequence[tuple[int, Row]], arena: _Arena) -> None:
        self._ciphers = [row.output.cipher for _, row in rows]  # kept alive: the contexts are theirs
        self.headers = _Headers([row.output.address for _, row in rows])
        self.cells: list[tuple[int, list[_Cell]]] = []
        for (group, row), view, pointer in zip(rows, arena.views, arena.pointers, strict=False):
            if not self.cells or self.cells[-1][0] != group:
                self.cells.append((group, []))
            context: object = row.output.cipher._srtp[0]  # type: ignore[attr-defined]
            self.cells[-1][1].append((context, view, pointer, row.seq_delta, row.timestamp_delta, row.ssrc))


def prepare(groups: Sequence[Sequence[Row]], fileno: Callable[[], int]) -> Send:
    """For rows that all ``suits`` and leave by the socket that ``fileno`` belongs to."""
    sendmmsg = _sendmmsg()
    if sendmmsg is None:
        raise RuntimeError("asked for what suits() refused")
    arena = _arena()
    rows = [(group, row) for group, members in enumerate(groups) for row in members]
    loads = [_Load(rows[start : start + CELLS], arena) for start in range(0, len(rows), CELLS)]

    def send(seq: int, timestamp: int, dressed: Dressed) -> int:
        number = fileno()
        if number < 0 or max([len(tail) for _, tail in dressed], default=0) > _MAX_TAIL_BYTES:
            return len(rows)
        pack_into, protect, length, iovecs = HEADER.pack_into, lib.srtp_protect, arena.length, arena.iovecs
        failed = 0
        for load in loads:
            refused = []
            at = 1
            for group, cells in load.cells:
                first, tail = dressed[group]
                size = _HEADER_BYTES + len(tail)
                behind = slice(_HEADER_BYTES, size)
                for context, view, pointer, seq_delta, timestamp_delta, ssrc in cells:
                    out_seq = (seq + seq_delta) & 0xFFFF
                    pack_into(view, 0, first, out_seq, (timestamp + timestamp_delta) & 0xFFFF_FFFF, ssrc)
                    view[behind] = tail
                    length[0] = size
                    if protect(context, pointer, length):
                        refused.append(at >> 1)
                    iovecs[at] = length[0]
                    at += 2
            failed += _send_all(sendmmsg, number, load.headers.address, at >> 1, refused)
        return failed

    return send


def _send_all(sendmmsg: SendMany, fileno: int, headers: int, count: int, refused: list[int]) -> int:
    """All messages but the refused ones; the kernel stops at the first it cannot send, which is then lost."""
    failed, at = len(refused), 0
    for end in (*refused, count):
        while at < end:
            sent = sendmmsg(fileno, headers + at * _MMSGHDR_BYTES, end - at, _MSG_DONTWAIT)
            if sent <= 0:
                failed, sent = failed + 1, 1
            at += sent
        at = end + 1
    return failed
