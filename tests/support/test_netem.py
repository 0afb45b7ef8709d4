"""The bad line is as bad as it is told to be: no more, no less, and the same for the same seed."""

from __future__ import annotations

import asyncio
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.netem import PERFECT, Address, Impairment, Way, is_media, relay

PACKET = b"\x80\x60" + bytes(998)


def arrivals(line: Impairment, count: int, *, seed: int = 1, every_s: float = 0.01) -> list[float | None]:
    way = Way(seed)
    return [way.arrival(PACKET, line, number * every_s) for number in range(count)]


def bursts(found: list[float | None]) -> list[int]:
    """How many were lost in a row, each time."""
    return [len(list(group)) for lost, group in itertools.groupby(at is None for at in found) if lost]


@given(
    st.floats(0, 0.2),
    st.sampled_from([1.0, 3.0, 10.0]),
    st.floats(0, 0.1),
    st.floats(0, 0.1),
    st.integers(0, 1000),
)
def test_without_reordering_the_order_is_kept(
    loss: float, burst: float, delay_s: float, jitter_s: float, seed: int
) -> None:
    line = Impairment(loss=loss, burst=burst, delay_s=delay_s, jitter_s=jitter_s)
    found = arrivals(line, 200, seed=seed)
    came = [at for at in found if at is not None]
    assert came == sorted(came)
    assert all(at >= number * 0.01 + delay_s - 1e-9 for number, at in enumerate(found) if at is not None)
    assert found == arrivals(line, 200, seed=seed), "the same seed is the same line"


@pytest.mark.parametrize("burst", [1.0, 4.0, 12.0])
def test_loss_and_bursts_are_as_told(burst: float) -> None:
    found = arrivals(Impairment(loss=0.1, burst=burst), 50_000)
    assert found.count(None) / len(found) == pytest.approx(0.1, abs=0.015)
    runs = bursts(found)
    assert sum(runs) / len(runs) == pytest.approx(max(burst, 1 / 0.9), rel=0.12)


def test_a_narrow_line_sends_at_its_rate_and_keeps_little() -> None:
    line = Impairment(rate_bps=256_000, queue_bytes=16_000)
    found = arrivals(line, 300)  # 800 kbit/s
    came = [at for at in found if at is not None]
    assert len(came) * 8000 / came[-1] == pytest.approx(256_000, rel=0.05)
    late = [at - number * 0.01 for number, at in enumerate(found) if at is not None]
    assert max(late) <= 16_000 * 8 / 256_000 + 0.001


def test_some_come_too_late() -> None:
    found = [at for at in arrivals(Impairment(reordered=0.1), 1000) if at is not None]
    overtaken = sum(later < sooner for sooner, later in itertools.pairwise(found))
    assert 50 < overtaken < 150


def test_what_is_not_meant_passes() -> None:
    way = Way(1)
    line = Impairment(loss=1.0, only=is_media)
    assert way.arrival(b"\x00\x01", line, 5.0) == 5.0
    assert way.arrival(PACKET, line, 5.0) is None
    assert way.arrival(PACKET, PERFECT, 6.0) == 6.0


async def test_a_cut_line_passes_nothing_and_tcp_waits() -> None:
    class Echo(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: Address) -> None:
            echo.sendto(data, addr)

    async def repeat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(100):
            writer.write(data)
        writer.close()

    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(repeat, "127.0.0.1", 0)
    number = server.sockets[0].getsockname()[1]
    echo, _ = await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", number))
    came: asyncio.Queue[bytes] = asyncio.Queue()

    class Client(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: Address) -> None:
            came.put_nowait(data)

    async with relay(number) as line:
        client, _ = await loop.create_datagram_endpoint(Client, remote_addr=("127.0.0.1", line.port))
        reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
        client.sendto(b"one")
        writer.write(b"one")
        assert await came.get() == await reader.read(100) == b"one"
        line.cut = True
        client.sendto(b"two")
        writer.write(b"two")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(100), 0.1)
        line.cut = False
        client.sendto(b"three")
        assert await came.get() == b"three"
        assert await reader.read(100) == b"two"
        writer.close()
        client.close()
    echo.close()
    server.close()
    await server.wait_closed()
