"""One suite for every fan-out: real ciphers, real sockets, and the same bytes from each of them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence

import pytest
from pylibsrtp import Policy, Session

from hub.media.accel import batch, chooser, reference
from hub.media.accel.rows import Address, Output, Row, Send
from hub.media.rtp.packet import HEADER

Prepare = Callable[[Sequence[Sequence[Row]]], Send]
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
    """More rows than the arena has cells, two ciphers with tags of different length."""
    hub, receiver = wire
    pairs = [a_pair(n, "sha1" if n % 5 == 0 else "gcm") for n in range(batch.CELLS * 2 + 7)]
    rows = [
        Row(output(pair[0], hub, receiver.getsockname()), n * 10, n * 1000, 7000 + n)
        for n, pair in enumerate(pairs)
    ]
    groups = [rows[:3], [], rows[3:40], rows[40:]]
    send = prepare(groups)
    for later, tail in enumerate((b"tail" * 250, b"", b"shorter")):
        dressed = [(0x80E0, b"%d" % group + tail) for group in range(len(groups))]
        assert send(0x1_FFF8 + later, 0xFFFF_FF00, dressed) == 0
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
        assert way([rows])(5, 6, [(0x8060, b"tail")]) == 0
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
        assert prepare([rows])(1, 2, [(0x8060, b"tail")]) == 4
        got = [int.from_bytes(receiver.recv(4096)[8:12], "big") for _ in range(4)]
        assert got == [1, 2, 5, 6]


def test_a_closed_socket_loses_everything_quietly(prepare: Prepare) -> None:
    """Its number may belong to a stranger by now, so it is not written to."""
    hub = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    rows = [Row(output(a_pair(n)[0], hub, ("127.0.0.1", 4000)), 0, 0, n) for n in range(3)]
    send = prepare([rows])
    hub.close()
    assert send(1, 2, [(0x8060, b"tail")]) == 3


def test_a_packet_too_long_for_the_cipher_is_lost_not_raised(
    prepare: Prepare, wire: tuple[socket.socket, socket.socket]
) -> None:
    hub, receiver = wire
    send = prepare([[Row(output(a_pair(1)[0], hub, receiver.getsockname()), 0, 0, 1)]])
    assert send(1, 2, [(0x8060, bytes(batch.CELL_BYTES))]) == 1


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
        assert chooser.prepare([rows])(1, 2, [(0x8060, b"tail")]) == 0
        assert len(framed) == 1
        assert receiver.recv(4096)[8:12] == b"\0\0\0\x02"


def test_nobody_there_is_nobody_lost() -> None:
    assert chooser.prepare([])(1, 2, []) == 0
    assert reference.fan_out([], 0x8060, 1, 2, b"tail") == 0


def test_the_cipher_can_still_be_gone_around() -> None:
    """A canary: names inside pylibsrtp that the batch stands on; a release that moves them fails here."""
    session, opening = a_pair(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hub:
        assert batch.suits(Row(output(session, hub, ("127.0.0.1", 9)), 0, 0, 1))
        assert not batch.suits(Row(Output(session, hub.sendto, ("127.0.0.1", 9)), 0, 0, 1))
    assert opening.unprotect(session.protect(HEADER.pack(0x80, 96, 1, 2, 3))) is not None
