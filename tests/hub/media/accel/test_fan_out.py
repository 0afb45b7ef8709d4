"""One suite for every fan-out: real ciphers, real sockets, and the same bytes from each of them."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Callable, Iterator, Sequence

import pytest
from pylibsrtp import Policy, Session

from hub.media.accel import batch, chooser, kernel, reference
from hub.media.accel.rows import Address, Dressed, Output, Row, Send
from hub.media.rtp.packet import HEADER

Prepare = Callable[[Sequence[Sequence[Row]]], Send]
UDP_GRO = 104  # linux/udp.h: a receiver with it gets a train as the sender handed it over
SO_NO_CHECK = 11  # without a checksum the kernel refuses trains, as it does where a route cannot take them
PROFILES = {
    "gcm": (Policy.SRTP_PROFILE_AEAD_AES_256_GCM, 44),
    "sha1": (Policy.SRTP_PROFILE_AES128_CM_SHA1_80, 30),
}


def by_batch(groups: Sequence[Sequence[Row]]) -> Send:
    rows = [row for members in groups for row in members]
    fileno = rows[0].output.fileno
    assert fileno is not None
    assert all(batch.suits(row) for row in rows)
    return batch.prepare(groups, fileno)


def sent(send: Send, seq: int, timestamp: int, dressed: Dressed) -> int:
    """One drain with one packet; how many it did not reach."""
    return send(seq, timestamp, dressed) + chooser.flush()


@pytest.fixture(params=[reference.prepare, by_batch, chooser.prepare], ids=["reference", "batch", "chooser"])
def prepare(request: pytest.FixtureRequest) -> Prepare:
    chosen: Prepare = request.param
    return chosen


@pytest.fixture(params=["127.0.0.1", "::1"])
def wire(request: pytest.FixtureRequest) -> Iterator[tuple[socket.socket, socket.socket]]:
    """The hub's socket, and one that receives."""
    family = socket.AF_INET6 if ":" in request.param else socket.AF_INET
    with (
        socket.socket(family, socket.SOCK_DGRAM) as hub,
        socket.socket(family, socket.SOCK_DGRAM) as receiver,
    ):
        hub.bind((request.param, 0))
        receiver.bind((request.param, 0))
        receiver.settimeout(5)
        yield hub, receiver


def a_pair(number: int, profile: str = "gcm") -> tuple[Session, Session]:
    kind, size = PROFILES[profile]
    key = bytes((number & 0xFF,)) * size
    sending = Policy(key=key, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=kind)
    receiving = Policy(key=key, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=kind)
    return Session(sending), Session(receiving)


def output(cipher: Session, hub: socket.socket, address: Address) -> Output:
    return Output(cipher, hub.sendto, address, hub.fileno)


def test_every_row_gets_its_own_numbers(prepare: Prepare, wire: tuple[socket.socket, socket.socket]) -> None:
    """Two ciphers with tags of different length, groups with and without rows."""
    hub, receiver = wire
    pairs = [a_pair(n, "sha1" if n % 5 == 0 else "gcm") for n in range(71)]
    rows = [
        Row(output(pair[0], hub, receiver.getsockname()), n * 10, n * 1000, 7000 + n)
        for n, pair in enumerate(pairs)
    ]
    groups = [rows[:3], [], rows[3:40], rows[40:]]
    send = prepare(groups)
    for later, tail in enumerate((b"tail" * 250, b"", b"shorter")):
        dressed = [(0x80E0, b"%d" % group + tail) for group in range(len(groups))]
        assert sent(send, 0x1_FFF8 + later, 0xFFFF_FF00, dressed) == 0
        for n, (_, opening) in enumerate(pairs):
            packet = opening.unprotect(receiver.recv(4096))
            first, second, seq, timestamp, ssrc = HEADER.unpack_from(packet)
            assert (first, second) == (0x80, 0xE0)
            assert seq == (0xFFF8 + later + n * 10) & 0xFFFF
            assert timestamp == (0xFFFF_FF00 + n * 1000) & 0xFFFF_FFFF
            assert ssrc == 7000 + n
            assert packet[12:] == b"%d" % (0 if n < 3 else 2 if n < 40 else 3) + tail


def test_both_ways_send_the_same_bytes(wire: tuple[socket.socket, socket.socket]) -> None:
    hub, receiver = wire
    got = []
    for way in (reference.prepare, by_batch):
        rows = [Row(output(a_pair(n)[0], hub, receiver.getsockname()), n, n, 7000 + n) for n in range(40)]
        assert sent(way([rows]), 5, 6, [(0x8060, b"tail")]) == 0
        got.append([receiver.recv(4096) for _ in rows])
    assert got[0] == got[1]


def test_rows_that_fail_do_not_stop_the_others(prepare: Prepare) -> None:
    """No such address, and a cipher that knows no key: the first, the last and two in the middle."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hub,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver,
    ):
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(5)
        address = receiver.getsockname()
        rows = [Row(output(a_pair(n)[0], hub, address), 0, 0, n) for n in range(8)]
        rows[0] = Row(output(a_pair(0)[0], hub, ("127.0.0.1", 0)), 0, 0, 0)
        rows[3] = Row(output(Session(), hub, address), 0, 0, 3)
        rows[4] = Row(output(a_pair(4)[0], hub, ("127.0.0.1", 0)), 0, 0, 4)
        rows[7] = Row(output(Session(), hub, address), 0, 0, 7)
        assert sent(prepare([rows]), 1, 2, [(0x8060, b"tail")]) == 4
        got = [int.from_bytes(receiver.recv(4096)[8:12], "big") for _ in range(4)]
        assert got == [1, 2, 5, 6]


def test_a_closed_socket_loses_everything_quietly(prepare: Prepare) -> None:
    """Its number may belong to a stranger by now, so it is not written to."""
    hub = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    rows = [Row(output(a_pair(n)[0], hub, ("127.0.0.1", 4000)), 0, 0, n) for n in range(3)]
    send = prepare([rows])
    hub.close()
    assert sent(send, 1, 2, [(0x8060, b"tail")]) == 3


def test_a_packet_too_long_for_the_cipher_is_lost_not_raised(
    prepare: Prepare, wire: tuple[socket.socket, socket.socket]
) -> None:
    hub, receiver = wire
    send = prepare([[Row(output(a_pair(1)[0], hub, receiver.getsockname()), 0, 0, 1)]])
    assert sent(send, 1, 2, [(0x8060, bytes(4096))]) == 1


def test_a_connection_without_a_socket_is_served_beside_the_others() -> None:
    """Media over TCP: transport's own function in the same group."""
    framed: list[bytes] = []

    def over_tcp(data: bytes, address: Address) -> None:
        framed.append(data)

    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hub,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver,
    ):
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(5)
        tcp = Output(a_pair(1)[0], over_tcp, ("192.0.2.1", 9))
        rows = [Row(tcp, 0, 0, 1), Row(output(a_pair(2)[0], hub, receiver.getsockname()), 0, 0, 2)]
        assert sent(chooser.prepare([rows]), 1, 2, [(0x8060, b"tail")]) == 0
        assert len(framed) == 1
        assert receiver.recv(4096)[8:12] == b"\0\0\0\x02"


# --- drains of many packets ---------------------------------------------------------------------------------


def opened(receiver: socket.socket, pair: tuple[Session, Session], count: int) -> list[tuple[int, bytes]]:
    """(sequence number, tail) of each packet that came, in order."""
    packets = [pair[1].unprotect(receiver.recv(4096)) for _ in range(count)]
    return [(int.from_bytes(packet[2:4], "big"), packet[12:]) for packet in packets]


def test_M41_what_a_drain_held_comes_in_order(
    prepare: Prepare, wire: tuple[socket.socket, socket.socket]
) -> None:
    """Sizes up and down, some that end a train, some alone; more than one message holds."""
    hub, receiver = wire
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    pair = a_pair(1)
    send = prepare([[Row(output(pair[0], hub, receiver.getsockname()), 0, 0, 1)]])
    tails = [
        bytes((n,)) * size for n, size in enumerate([1170] * 60 + [300, 1330, 1170, 1170, 20, 21, 21, 20])
    ]
    assert sum([send(n, 0, [(0x8060, tail)]) for n, tail in enumerate(tails)]) + chooser.flush() == 0
    assert opened(receiver, pair, len(tails)) == list(enumerate(tails))


def test_M41_more_than_is_held_leaves_before_the_drain_is_over(
    wire: tuple[socket.socket, socket.socket],
) -> None:
    hub, receiver = wire
    pair = a_pair(1)
    send = by_batch([[Row(output(pair[0], hub, receiver.getsockname()), 0, 0, 1)]])
    assert sum([send(n, 0, [(0x8060, b"tail")]) for n in range(batch.IN_MAX + 1)]) == 0
    assert len(opened(receiver, pair, batch.IN_MAX)) == batch.IN_MAX
    receiver.setblocking(False)
    with pytest.raises(BlockingIOError):
        receiver.recv(4096)
    assert chooser.flush() == 0
    assert receiver.recv(4096)


def test_everything_for_one_receiver_leaves_as_one_train(wire: tuple[socket.socket, socket.socket]) -> None:
    """Of two sources: the address counts, not the send."""
    hub, receiver = wire
    if not kernel.segments_known():
        assert sys.platform != "linux"
        return
    receiver.setsockopt(socket.SOL_UDP, UDP_GRO, 1)
    pair = a_pair(1)
    first, second = (
        by_batch([[Row(output(pair[0], hub, receiver.getsockname()), 0, 0, ssrc)]]) for ssrc in (1, 2)
    )
    for n in range(5):
        first(n, 0, [(0x8060, bytes(1000))])
        second(n, 0, [(0x8060, bytes(1000 if n < 4 else 10))])
    assert chooser.flush() == 0
    size = 12 + 1000 + 16
    data, control, _, _ = receiver.recvmsg(65_536, 64)
    assert len(data) == 9 * size + 12 + 10 + 16
    assert [(level, kind, int.from_bytes(value[:4], sys.byteorder)) for level, kind, value in control] == [
        (socket.SOL_UDP, UDP_GRO, size)
    ]
    assert [data[at + 8 : at + 12][-1] for at in range(0, len(data), size)] == [1] * 5 + [2] * 5


def test_a_route_that_takes_no_trains_gets_single_packets() -> None:
    """Learnt once, and nothing is lost over it."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hub,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver,
    ):
        hub.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(5)
        pair = a_pair(1)
        send = by_batch([[Row(output(pair[0], hub, receiver.getsockname()), 0, 0, 1)]])
        for drain in range(2):
            numbers = range(drain * 9, drain * 9 + 9)
            assert sum([send(n, 0, [(0x8060, bytes(1000))]) for n in numbers]) + chooser.flush() == 0
            assert [number for number, _ in opened(receiver, pair, 9)] == list(numbers)


def test_a_route_that_takes_no_trains_is_known_behind_one_that_was_sent() -> None:
    """The kernel does not say why it stopped when something went before."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hub,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as before,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver,
    ):
        hub.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
        for one in (before, receiver):
            one.bind(("127.0.0.1", 0))
            one.settimeout(5)
        pair = a_pair(2)
        first = by_batch([[Row(output(a_pair(1)[0], hub, before.getsockname()), 0, 0, 1)]])
        train = by_batch([[Row(output(pair[0], hub, receiver.getsockname()), 0, 0, 2)]])
        ctypes.set_errno(0)  # what another test has left there
        first(0, 0, [(0x8060, b"alone")])
        assert sum([train(n, 0, [(0x8060, bytes(1000))]) for n in range(9)]) + chooser.flush() == 0
        assert before.recv(4096)
        assert [number for number, _ in opened(receiver, pair, 9)] == list(range(9))


def test_a_train_that_cannot_leave_is_counted_packet_by_packet(
    wire: tuple[socket.socket, socket.socket],
) -> None:
    hub, receiver = wire
    pair = a_pair(2)
    nowhere = (receiver.getsockname()[0], 0)
    rows = [
        Row(output(a_pair(1)[0], hub, nowhere), 0, 0, 1),
        Row(output(pair[0], hub, receiver.getsockname()), 0, 0, 2),
    ]
    send = by_batch([rows])
    assert sum([send(n, 0, [(0x8060, b"tail")]) for n in range(9)]) + chooser.flush() == 9
    assert [number for number, _ in opened(receiver, pair, 9)] == list(range(9))


def test_more_packets_than_messages_at_once(wire: tuple[socket.socket, socket.socket]) -> None:
    """Every one longer than the one before: a message for each."""
    hub, receiver = wire
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    pairs = [a_pair(n) for n in range(30)]
    send = by_batch([[Row(output(pair[0], hub, receiver.getsockname()), 0, 0, 1) for pair in pairs]])
    failed = sum([send(n, 0, [(0x8060, bytes(n))]) for n in range(batch.IN_MAX)])
    assert failed + chooser.flush() == 0
    for pair in pairs:
        assert [number for number, _ in opened(receiver, pair, batch.IN_MAX)] == list(range(batch.IN_MAX))


def test_nobody_there_is_nobody_lost() -> None:
    assert sent(chooser.prepare([]), 1, 2, []) == 0
    assert reference.fan_out([], 0x8060, 1, 2, b"tail") == 0


def test_the_cipher_can_still_be_gone_around() -> None:
    """A canary: names inside pylibsrtp that the batch stands on; a release that moves them fails here."""
    session, opening = a_pair(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hub:
        assert batch.suits(Row(output(session, hub, ("127.0.0.1", 9)), 0, 0, 1))
        assert not batch.suits(Row(Output(session, hub.sendto, ("127.0.0.1", 9)), 0, 0, 1))
    assert opening.unprotect(session.protect(HEADER.pack(0x80, 96, 1, 2, 3))) is not None
