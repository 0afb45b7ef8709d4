"""The fan-out receiver by receiver: what a drain brought leaves as trains, and still without a compiler.

Three things cost most of a forwarded packet: the way through the kernel, the cipher, and what
``Session.protect`` does around it (a new length, a copy in, a copy out). So packets are held until the drain
that brought them is over; then each receiver's are made side by side in one arena, where its keys are warm,
protected where they lie by the function that pylibsrtp's own binding offers, and leave as one message.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from functools import cache
from weakref import WeakValueDictionary

import pylibsrtp
from pylibsrtp._binding import ffi, lib  # type: ignore[import-not-found]

from hub.media.accel.kernel import Messages, Name, sendmmsg
from hub.media.accel.rows import Address, Dressed, Row, Send

_HEADER_BYTES = 12
_TRAILER_BYTES_MAX = 144  # SRTP_MAX_TRAILER_LEN
_TAIL_BYTES_MAX = 2048  # no datagram that comes in is longer
# What is held for the end of a drain: packets in of one source, and packets out of all of them, some 10 ms of
# work. More would let the first of them wait for the last.
IN_MAX = 64
OUT_MAX = 2048
# Room for all that one source holds; it lies in the second cache until the kernel has copied it.
ARENA_BYTES = 256 * 1024
MESSAGES_MAX = 1024

Fileno = Callable[[], int]
# writes header and tail, first half word, sequence number, timestamp, tail, length without trailer
_Packet = tuple[Callable[..., None], int, int, int, bytes, int]
# packets of one source in one dress, and the room that they need at most
_Load = tuple[list[_Packet], int]


class _Receiver:
    """One address behind one socket, and what is due to it: of one drain, from all sources."""

    __slots__ = ("__weakref__", "due", "name")

    def __init__(self, address: Address) -> None:
        self.name = Name(address)
        self.due: list[tuple[_Cell, _Load]] = []


# receiver, context of the cipher, what to add to the sequence number and the timestamp, SSRC
_Cell = tuple[_Receiver, object, int, int, int]


class _Arena:
    """One for the whole process: the fan-out is synchronous and has one thread."""

    def __init__(self) -> None:
        self.start = ffi.new("char[]", ARENA_BYTES)
        self.view = memoryview(ffi.buffer(self.start, ARENA_BYTES))
        self.messages = Messages(int(ffi.cast("uintptr_t", self.start)), MESSAGES_MAX)
        self.length = ffi.new("int *")
        self.held: list[_Held] = []
        self.count = 0  # packets out that are held
        self.receivers: WeakValueDictionary[tuple[Fileno, Address], _Receiver] = WeakValueDictionary()

    def receiver(self, fileno: Fileno, address: Address) -> _Receiver:
        known = self.receivers.get((fileno, address))
        if known is None:
            known = self.receivers[fileno, address] = _Receiver(address)
        return known


@cache
def _arena() -> _Arena:
    return _Arena()


@cache
def _works() -> bool:
    # libsrtp 3 takes more arguments and does not work in place.
    return sendmmsg() is not None and len(ffi.typeof(lib.srtp_protect).args) == 3


def suits(row: Row) -> bool:
    """Only real ciphers and real sockets can be gone around."""
    output = row.output
    return output.fileno is not None and isinstance(output.cipher, pylibsrtp.Session) and _works()


class _Held:
    """The rows of one send, and the packets that they are still to get."""

    def __init__(self, groups: Sequence[Sequence[Row]], fileno: Fileno, arena: _Arena) -> None:
        self.fileno = fileno
        self.packets: list[tuple[int, int, Dressed]] = []
        self.count = sum([len(rows) for rows in groups])
        self._ciphers = [row.output.cipher for rows in groups for row in rows]  # the contexts are theirs
        self._groups = [[_cell(row, fileno, arena) for row in rows] for rows in groups]

    def length(self) -> int:
        """Of its first packet."""
        return len(self.packets[0][2][0][1])

    def hand_out(self, due: list[_Receiver]) -> int:
        """Its part to every receiver; those to whom nothing was due before join ``due``.

        Says how many packets were too long for anybody.
        """
        packets, self.packets = self.packets, []
        failed = 0
        for group, cells in enumerate(self._groups):
            load = _load([(seq, timestamp, *dressed[group]) for seq, timestamp, dressed in packets])
            failed += (len(packets) - len(load[0])) * len(cells)
            for cell in cells:
                receiver = cell[0]
                if not receiver.due:
                    due.append(receiver)
                receiver.due.append((cell, load))
        return failed


def _cell(row: Row, fileno: Fileno, arena: _Arena) -> _Cell:
    output = row.output
    context: object = output.cipher._srtp[0]  # type: ignore[attr-defined]
    return arena.receiver(fileno, output.address), context, row.seq_delta, row.timestamp_delta, row.ssrc


def _load(packets: list[tuple[int, int, int, bytes]]) -> _Load:
    made = [
        (_writer(len(tail)), first, seq, timestamp, tail, _HEADER_BYTES + len(tail))
        for seq, timestamp, first, tail in packets
        if len(tail) <= _TAIL_BYTES_MAX
    ]
    return made, sum([packet[-1] for packet in made]) + _TRAILER_BYTES_MAX * len(made)


@cache
def _writer(tail_bytes: int) -> Callable[..., None]:
    return struct.Struct(f"!HHII{tail_bytes}s").pack_into


def prepare(groups: Sequence[Sequence[Row]], fileno: Fileno) -> Send:
    """For rows that all ``suits`` and leave by that socket. What it is given is held until ``flush``."""
    arena = _arena()
    held = _Held(groups, fileno, arena)

    def send(seq: int, timestamp: int, dressed: Dressed) -> int:
        if not held.packets:
            arena.held.append(held)
        held.packets.append((seq, timestamp, dressed))
        arena.count += held.count
        return flush() if len(held.packets) == IN_MAX or arena.count >= OUT_MAX else 0

    return send


def flush() -> int:
    """Everything that is held leaves; says how many packets could not."""
    arena = _arena()
    if not arena.held:
        return 0
    due: dict[Fileno, list[_Receiver]] = {}
    # Kept to the end of this: the ciphers may have no other owner. Sounds of one length share a train.
    leaving, arena.held = sorted(arena.held, key=_Held.length, reverse=True), []
    failed = sum([held.hand_out(due.setdefault(held.fileno, [])) for held in leaving])
    arena.count = 0
    return failed + sum([_flush_socket(arena, fileno(), receivers) for fileno, receivers in due.items()])


def _flush_socket(arena: _Arena, fileno: int, receivers: list[_Receiver]) -> int:
    """``fileno`` is negative when the socket has been closed: its number may be a stranger's by now."""
    view, start, length, messages = arena.view, arena.start, arena.length, arena.messages
    protect = lib.srtp_protect
    failed = at = 0
    free = MESSAGES_MAX  # if every packet needed one of its own
    for receiver in receivers:
        due, receiver.due = receiver.due, []
        if fileno < 0:
            failed += sum([len(packets) for _, (packets, _) in due])
            continue
        began = at
        sizes: list[int] = []
        for (_, context, seq_delta, timestamp_delta, ssrc), (packets, room) in due:
            if at + room > ARENA_BYTES or len(packets) > free:
                messages.add(receiver.name, began, sizes)
                failed += messages.hand_over(fileno)
                began, at, sizes, free = 0, 0, [], MESSAGES_MAX
            free -= len(packets)
            for write, first, seq, timestamp, tail, size in packets:
                out_seq, out_timestamp = (
                    (seq + seq_delta) & 0xFFFF,
                    (timestamp + timestamp_delta) & 0xFFFF_FFFF,
                )
                write(view, at, first, out_seq, out_timestamp, ssrc, tail)
                length[0] = size
                if protect(context, start + at, length):
                    failed += 1
                    continue
                sizes.append(length[0])
                at += sizes[-1]
        messages.add(receiver.name, began, sizes)
    return failed + messages.hand_over(fileno)
