"""The door under pressure: garbage, too much, too slow, too late, not yours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
import pytest_asyncio

from hub.clock import ManualClock
from hub.domain.event import HUB
from hub.domain.organisation import STREAM, DisableAccount
from signaling import gateway
from signaling.framing import CONNECT, EVENT, encode_packet
from signaling.media_vocabulary import Levels
from signaling.throttle import LIMITS
from tests.support.asking import boards_of, written
from tests.support.live import PATIENCE_S, LiveHub, Page, Refused, live_hub


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[LiveHub]:
    async with live_hub(tmp_path) as running:
        yield running


class RawLine:
    """A WebSocket that speaks Engine.IO by hand, and may say what no library would."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def say(self, *packet: Any) -> None:
        await self.socket.send_bytes(encode_packet(*packet))

    async def heard(self) -> dict[str, Any]:
        """The next Socket.IO packet; Engine.IO's own text frames are answered or passed over."""
        while True:
            message = await self.socket.receive(timeout=PATIENCE_S)
            if message.type is aiohttp.WSMsgType.BINARY:
                packet: dict[str, Any] = msgspec.msgpack.decode(message.data)
                return packet
            if message.type is not aiohttp.WSMsgType.TEXT:
                raise ConnectionError(message)

    async def heard_the_end(self) -> None:
        with suppress(ConnectionError):
            while True:
                await self.heard()
        assert self.socket.closed

    async def heard_push(self, name: str) -> dict[str, Any]:
        while True:
            packet = await self.heard()
            if packet["type"] == EVENT and packet["data"][0] == name:
                body: dict[str, Any] = packet["data"][1]
                return body

    async def heard_ack(self, id_: int) -> dict[str, Any]:
        while True:
            packet = await self.heard()
            if packet.get("id") == id_:
                answer: dict[str, Any] = packet["data"][0]
                return answer


@asynccontextmanager
async def raw_line(hub: LiveHub) -> AsyncIterator[RawLine]:
    """A line of 应急 that is in."""
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{hub.url}socket.io/?EIO=4&transport=websocket", max_msg_size=0) as socket,
    ):
        line = RawLine(socket)
        await line.say(CONNECT, {"token": hub.token("yingji")})
        await line.heard_push("rings")
        yield line


@pytest_asyncio.fixture
async def raw(hub: LiveHub) -> AsyncIterator[RawLine]:
    async with raw_line(hub) as line:
        yield line


async def test_nothing_is_compressed(raw: RawLine) -> None:
    assert raw.socket.compress == 0


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\xff\xfe\xfd", b"\x80", msgspec.msgpack.encode({"type": 5, "nsp": "/"}), b"\x91" * 50_000],
)
async def test_garbage_is_told_and_survived(raw: RawLine, garbage: bytes) -> None:
    await raw.socket.send_bytes(garbage)
    await raw.socket.send_str("4garbage")
    assert (await raw.heard_push("notice"))["problem"]["code"] == "bad_request"
    await raw.say(EVENT, ["ping", {}], 1)
    assert (await raw.heard_ack(1))["ok"]


async def test_nobody_may_send_garbage_for_ever(hub: LiveHub, raw: RawLine) -> None:
    for _ in range(30):
        await raw.socket.send_bytes(b"\xff")
    await raw.heard_the_end()
    page = await hub.page("yingji")
    await page.ask("ping")
    await page.close()


@pytest.mark.parametrize(
    "data",
    [
        ["connect", {"token": "x"}],
        ["disconnect", "io"],
        ["ping"],
        ["ping", {}, {}],
        [7, {}],
        [None],
        ["ping", msgspec.msgpack.Ext(1, b"x")],
        ["follow", {"stream": "board:../../etc/passwd"}],
    ],
)
async def test_what_is_malformed_is_refused_and_the_line_lives(raw: RawLine, data: list[object]) -> None:
    await raw.say(EVENT, data, 7)
    answer = await raw.heard_ack(7)
    assert answer["ok"] is False
    assert answer["error"]["code"] in ("bad_request", "not_found")
    await raw.say(EVENT, ["ping", {}], 8)
    assert (await raw.heard_ack(8))["ok"]


async def test_a_message_of_a_megabyte_gets_its_answer(raw: RawLine) -> None:
    body = {"session_id": "s-1", "sdp": "v" * 1_000_000, "sources": {}}
    await raw.say(EVENT, ["media.publish", body], 1)
    assert (await raw.heard_ack(1))["error"]["code"] == "too_large"
    await raw.say(EVENT, ["ping", {}], 2)
    assert (await raw.heard_ack(2))["ok"]


async def test_beyond_measure_the_socket_is_closed(hub: LiveHub, raw: RawLine) -> None:
    with suppress(ConnectionError):
        await raw.socket.send_bytes(b"\x00" * 5_000_000)
    await raw.heard_the_end()
    page = await hub.page("yingji")
    await page.close()


async def test_too_many_is_said_with_the_time_to_wait(tmp_path: Path) -> None:
    limit = LIMITS["media"]
    async with live_hub(tmp_path, ManualClock()) as hub, raw_line(hub) as raw:
        for number in range(limit.burst + 1):
            await raw.say(EVENT, ["media.close", {"resource": "x"}], number)
        errors = [(await raw.heard_ack(number))["error"] for number in range(limit.burst + 1)]
    assert [error["code"] for error in errors] == ["media.unknown_resource"] * limit.burst + ["too_many"]
    assert errors[-1]["detail"]["retry_ms"] == 1000 / limit.rate_per_s


async def test_J7_what_one_page_asks_of_one_stream_is_done_in_order(hub: LiveHub) -> None:
    officer = await hub.page("officer")
    session_id = (await start(officer, "yingji"))["session_id"]
    await officer.follow(f"session:{session_id}")
    boards = boards_of(officer.states[f"session:{session_id}"])
    await officer.follow(boards)
    opened = officer.seqs[boards]
    adds = [officer.wish("item.add", **written(boards, f"i-{number}", "条目")) for number in range(40)]
    done = await asyncio.gather(*adds)
    assert [answer["seq"] - opened for answer in done] == list(range(1, 41))
    await officer.close()


async def test_P5_a_stranger_hears_nothing_of_a_session(hub: LiveHub) -> None:
    officer, stranger = await hub.page("officer"), await hub.page("hebi")
    session_id = (await start(officer, "yingji"))["session_id"]
    session = (await hub.streams.state(f"session:{session_id}"))[0]
    boards, recording_id = boards_of(session), session.recording_id  # type: ignore[union-attr]
    for stream in (f"session:{session_id}", boards, f"recording:{recording_id}"):
        with pytest.raises(Refused, match=r"session\.foreign"):
            await stranger.ask("follow", stream=stream)
    for name, body in (
        ("session.join", {"session_id": session_id}),
        ("session.end", {"session_id": session_id}),
        ("item.add", written(boards, "i-1", "外人")),
    ):
        with pytest.raises(Refused, match=r"session\.foreign|forbidden"):
            await stranger.wish(name, **body)
    with pytest.raises(Refused, match=r"session\.foreign"):
        await stranger.ask("media.subscribe", session_id=session_id, sdp="v=0")
    for unknown, code in (("session:s-0", "session.unknown"), ("recording:r-0", "recording.unknown")):
        with pytest.raises(Refused, match=code):
            await stranger.ask("follow", stream=unknown)
    lists = ["bookings", "incidents", "inbox", "papers", "sessions", "rings"]
    assert [name for name, _ in stranger.pushes] == ["welcome", "presence", *lists]
    await officer.close()
    await stranger.close()


async def start(officer: Page, *venues: str) -> dict[str, Any]:
    return await officer.wish(
        "session.start", title="强降雨防汛会商", kind="consultation", venues=list(venues)
    )


async def test_P9_a_disabled_account_is_out_at_once(hub: LiveHub) -> None:
    page, other = await hub.page("yingji"), await hub.page("zhengzhou")
    await hub.streams.execute(STREAM, DisableAccount(account="yingji", reason="调离"), HUB)
    await page.client.wait()
    notice = page.last("notice")
    assert notice is not None
    assert notice["problem"]["code"] == "auth.disabled"
    await other.ask("ping")
    assert await Page(hub.url, page.auth).refusal() == "auth.disabled"
    await other.close()


async def test_a_login_ends_when_its_token_does(tmp_path: Path) -> None:
    clock = ManualClock()
    async with live_hub(tmp_path, clock) as hub:
        page = await hub.page("yingji")
        clock.advance(3_601)
        await hub.gateway._expiries.run_due()
        await page.client.wait()
        notice = page.last("notice")
        assert notice is not None
        assert notice["problem"]["code"] == "auth.expired"


async def test_who_does_not_say_who_it_is_is_put_out(hub: LiveHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "CONNECT_WITHIN_S", 0.05)
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{hub.url}socket.io/?EIO=4&transport=websocket") as socket,
    ):
        await RawLine(socket).heard_the_end()


async def test_there_is_a_bound_to_the_pages(hub: LiveHub) -> None:
    hub.gateway._pages_max = 1
    page = await hub.page("yingji")
    assert await Page(hub.url, {"token": hub.token("zhengzhou")}).refusal() == "too_many"
    await page.close()


async def test_only_websocket_is_spoken(hub: LiveHub) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{hub.url}socket.io/?EIO=4&transport=polling") as answer,
    ):
        assert answer.status == 400


async def test_J6_a_page_that_does_not_read_is_cut_and_catches_up(hub: LiveHub) -> None:
    officer, slow = await hub.page("officer"), await hub.page("deputy", "p")
    session_id = (await start(officer, "yingji"))["session_id"]
    await officer.follow(f"session:{session_id}")
    stream = boards_of(officer.states[f"session:{session_id}"])
    for page in (officer, slow):
        await page.follow(stream)
    opened = slow.seqs[stream]
    slow.stop_reading()
    much = Levels(session_id=session_id, levels={f"v-{number}": 127 for number in range(50_000)})
    for _ in range(100):
        hub.delivery.push("deputy/p", much)
        await asyncio.sleep(0)  # lets the hub write and notice
        if not hub.delivery.is_there("deputy/p"):
            break
    assert not hub.delivery.is_there("deputy/p"), "the hub keeps no megabytes for a page that does not read"
    for number in range(5):
        await officer.wish("item.add", **written(stream, f"i-{number}", "条目"))
    await slow.cut()
    await slow.back()
    await slow.until(lambda: slow.seqs[stream] == opened + 5)
    assert slow.snapshots == 1, "the rest came as events"
    assert slow.states[stream] == officer.states[stream]
    await officer.close()
    await slow.close()


async def test_a_page_that_names_itself_is_known_again(hub: LiveHub) -> None:
    officer, page = await hub.page("officer"), await hub.page("yingji", "p-1")
    session_id = (await start(officer, "yingji"))["session_id"]
    await page.wish("session.answer", session_id=session_id)
    again = await hub.page("yingji", "p-1")  # the old line is half open
    await page.client.wait()
    await hub.settled()
    venue = (await hub.streams.state(f"session:{session_id}"))[0].venues["yingji"]  # type: ignore[union-attr]
    assert venue.state == "joined"
    await again.wish("session.devices", session_id=session_id, microphone=False)
    await officer.close()
    await again.close()


async def test_an_error_of_ours_is_logged_and_the_line_lives(
    hub: LiveHub, caplog: pytest.LogCaptureFixture
) -> None:
    page = await hub.page("yingji")
    await hub.log.close()
    with pytest.raises(Refused, match="internal"):
        await page.ask("follow", stream="board:b-1")
    assert any(record.exc_info for record in caplog.records)
    assert await page.ask("ping")
    await page.close()
