"""What waits at a socket, one by one and many to a call: the same."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from hub.media.accel.kernel import recvmmsg
from hub.media.transport import reading
from hub.media.transport.reading import DATAGRAM_BYTES_MAX, MANY, Read, reader

Make = Callable[[socket.socket], Read]


def one_by_one(raw: socket.socket) -> Read:
    return reading._OneByOne(raw).read


@pytest.fixture(params=[socket.AF_INET, socket.AF_INET6], ids=["IPv4", "IPv6"])
def pair(request: pytest.FixtureRequest) -> Iterator[tuple[socket.socket, socket.socket]]:
    here = "127.0.0.1" if request.param == socket.AF_INET else "::1"
    with (
        socket.socket(request.param, socket.SOCK_DGRAM) as ours,
        socket.socket(request.param, socket.SOCK_DGRAM) as theirs,
    ):
        for one in (ours, theirs):
            one.bind((here, 0))
            one.setblocking(False)
        yield ours, theirs


def drained(read: Read) -> list[tuple[bytes, object]]:
    found: list[tuple[bytes, object]] = []
    while arrived := read():
        found += arrived
    return found


@pytest.mark.parametrize("make", [one_by_one, reader])
def test_everything_comes_in_order_and_says_from_where(
    pair: tuple[socket.socket, socket.socket], make: Make
) -> None:
    ours, theirs = pair
    sent = [bytes([n % 251]) * (7 * n) for n in range(MANY * 2 + 3)]  # the first is empty
    for datagram in sent:
        theirs.sendto(datagram, ours.getsockname())
    read = make(ours)
    assert drained(read) == [(datagram, theirs.getsockname()) for datagram in sent]
    assert read() == []


@pytest.mark.parametrize("make", [one_by_one, reader])
def test_of_a_long_one_the_beginning_comes_and_nothing_of_it_stays(
    pair: tuple[socket.socket, socket.socket], make: Make
) -> None:
    ours, theirs = pair
    read = make(ours)
    for datagram in (bytes(9000), b"short"):
        theirs.sendto(datagram, ours.getsockname())
        assert [data for data, _ in drained(read)] == [datagram[:DATAGRAM_BYTES_MAX]]


@pytest.mark.parametrize("make", [one_by_one, reader])
def test_a_closed_socket_is_an_error(make: Make) -> None:
    ours = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    read = make(ours)
    ours.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        read()


def test_linux_takes_many_to_a_call(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    assert recvmmsg() is not None
    for _ in range(MANY):
        theirs.sendto(b"x", ours.getsockname())
    assert len(reader(ours)()) == MANY
