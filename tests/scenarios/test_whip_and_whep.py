"""Outside tools: stock clients publish by WHIP (RFC 9725) and receive by WHEP, over a real hub's HTTP."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.support.hub_process import PASSWORD, ROOT, HubProcess
from tests.support.offers import AIORTC_PUBLISH, AIORTC_SUBSCRIBE, hardware_encoder, offer
from tests.support.rtc import Client
from tests.support.whip import FRAGMENT, SDP, Tool

Enter = Callable[[str], Awaitable[Tool]]
RELAY = "turn:relay.example:3478?transport=udp"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    data: Path = tmp_path_factory.mktemp("whip") / "data"
    with HubProcess(data, HUISHANG_TURN_URLS=RELAY, HUISHANG_TURN_SECRET="north") as process:
        yield process


@pytest.fixture
async def enter(hub: HubProcess) -> AsyncIterator[Enter]:
    """A tool that has logged in."""
    async with aiohttp.ClientSession() as http:

        async def make(account: str) -> Tool:
            tool = Tool(http, hub.url)
            await tool.login(account, PASSWORD)
            return tool

        yield make


@pytest.fixture
async def clients() -> AsyncIterator[Callable[[], Client]]:
    made: list[Client] = []

    def make() -> Client:
        made.append(Client())
        return made[-1]

    yield make
    await asyncio.gather(*(client.close() for client in made))


async def test_M1_one_publishes_and_another_receives(enter: Enter, clients: Callable[[], Client]) -> None:
    officer, gongan = await enter("officer"), await enter("gongan")
    session = await officer.start_session("gongan", "jiaotong")
    camera = clients()
    camera.send_camera_and_microphone()
    created = await gongan.connect(camera, f"/api/sessions/{session}/whip")
    assert created.headers["Content-Type"].startswith(SDP)
    assert created.headers["ETag"].startswith('"')
    assert created.headers["Location"].startswith(f"/api/sessions/{session}/whip/")
    screen = clients()
    screen.receive("audio", "video")
    await officer.connect(screen, f"/api/sessions/{session}/whep?venue=gongan")
    for mid in ("0", "1"):
        await screen.next_frame(mid)
    gone = await gongan.send("DELETE", created.headers["Location"])
    assert gone.status == 200
    again = await gongan.send("DELETE", created.headers["Location"])
    assert (again.status, again.code) == (404, "media.unknown_resource")


async def test_M9_the_same_account_sends_and_watches(enter: Enter, clients: Callable[[], Client]) -> None:
    officer = await enter("officer")
    session = await officer.start_session("gongan")
    camera, mirror, second = clients(), clients(), clients()
    camera.send_camera_and_microphone()
    mirror.receive("audio", "video")
    second.receive("video")
    await officer.connect(camera, f"/api/sessions/{session}/whip")
    await officer.connect(mirror, f"/api/sessions/{session}/whep")
    await officer.connect(second, f"/api/sessions/{session}/whep")
    await mirror.next_frame("1")
    await second.next_frame("0")
    await mirror.next_frame("0")


async def test_P9_who_is_disabled_sees_and_sends_no_more(
    hub: HubProcess, enter: Enter, clients: Callable[[], Client]
) -> None:
    officer, jiyuan = await enter("officer"), await enter("jiyuan")
    session = await officer.start_session("jiyuan")
    camera, screen = clients(), clients()
    camera.send_camera_and_microphone()
    screen.receive("video")
    await jiyuan.connect(camera, f"/api/sessions/{session}/whip")
    await jiyuan.connect(screen, f"/api/sessions/{session}/whep")
    for client in (camera, screen):
        await client.connected()
    command = [sys.executable, "-m", "hub", "account", "disable", "jiyuan", "--data", str(hub.data)]
    done = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=subprocess.DEVNULL)
    assert await done.wait() == 0
    await camera.ended()
    await screen.ended()


async def test_P5_only_the_sessions_venues_and_the_officers_may(enter: Enter) -> None:
    officer, stranger, reviewer = await enter("officer"), await enter("anyang"), await enter("reviewer")
    session = await officer.start_session("gongan")
    whip, whep = f"/api/sessions/{session}/whip", f"/api/sessions/{session}/whep"
    for tool in (stranger, reviewer):
        sent = await tool.send("POST", whip, offer(AIORTC_PUBLISH), SDP)
        assert (sent.status, sent.code) == (403, "session.foreign")
        sent = await tool.send("POST", whep, offer(AIORTC_SUBSCRIBE), SDP)
        assert (sent.status, sent.code) == (403, "session.foreign")
    nobody = await enter("gongan")
    nobody.token = ""
    sent = await nobody.send("POST", whip, offer(AIORTC_PUBLISH), SDP)
    assert (sent.status, sent.code) == (401, "auth.required")


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("garbage", SDP, 400, "media.bad_sdp"),
        (b"\xff\xfe", SDP, 400, "media.bad_sdp"),
        ("", SDP, 400, "media.bad_sdp"),
        (b"v=0\r\n" * 20_000, SDP, 400, "media.bad_sdp"),
        (b"v=0\r\n" * 200_000, SDP, 413, "too_large"),
        (offer(AIORTC_PUBLISH), "text/plain", 415, "media.unsupported_type"),
        (offer(AIORTC_PUBLISH).replace("opus", "speex"), SDP, 415, "media.no_common_codec"),
        (offer(AIORTC_SUBSCRIBE), SDP, 400, "media.bad_sdp"),
    ],
)
async def test_a_bad_offer_has_a_name(
    enter: Enter, body: str | bytes, kind: str, status: int, code: str
) -> None:
    officer = await enter("officer")
    session = await officer.start_session("gongan")
    refused = await officer.send("POST", f"/api/sessions/{session}/whip", body, kind)
    assert (refused.status, refused.code) == (status, code)


async def test_a_hardware_encoder_is_answered_and_told_of_the_relay(enter: Enter) -> None:
    officer, gongan = await enter("officer"), await enter("gongan")
    session = await officer.start_session("gongan")
    created = await gongan.send("POST", f"/api/sessions/{session}/whip", hardware_encoder(), SDP)
    assert created.status == 201
    assert "a=rtpmap:96 H264/90000" in created.text
    (link,) = created.headers.getall("Link")
    assert link.startswith(f'<{RELAY}>; rel="ice-server"; username="')


async def test_an_answer_nobody_can_read_is_not_given(enter: Enter) -> None:
    officer = await enter("officer")
    session = await officer.start_session("gongan")
    path = f"/api/sessions/{session}/whip"
    refused = await officer.send("POST", path, offer(AIORTC_PUBLISH), SDP, Accept="text/html")
    assert (refused.status, refused.code) == (406, "media.not_acceptable")


async def test_an_unknown_session_or_venue_has_a_name(enter: Enter) -> None:
    officer = await enter("officer")
    session = await officer.start_session("gongan")
    refused = await officer.send("POST", "/api/sessions/s-nowhere/whip", offer(AIORTC_PUBLISH), SDP)
    assert (refused.status, refused.code) == (404, "session.unknown")
    path = f"/api/sessions/{session}/whep?venue=anyang"
    refused = await officer.send("POST", path, offer(AIORTC_SUBSCRIBE), SDP)
    assert (refused.status, refused.code) == (400, "session.unknown_venue")


async def test_what_may_be_posted_is_said(enter: Enter) -> None:
    officer = await enter("officer")
    answer = await officer.send("OPTIONS", "/api/sessions/s-any/whip")
    assert (answer.status, answer.headers["Accept-Post"]) == (204, SDP)


async def test_M6_an_ice_restart_by_patch(enter: Enter) -> None:
    officer = await enter("officer")
    session = await officer.start_session("gongan")
    created = await officer.send("POST", f"/api/sessions/{session}/whip", offer(AIORTC_PUBLISH), SDP)
    place, etag = created.headers["Location"], created.headers["ETag"]
    candidates = "a=mid:0\r\na=candidate:1 1 udp 1 192.0.2.9 9 typ host\r\n"
    trickled = await officer.send("PATCH", place, candidates, FRAGMENT, If_Match=etag)
    assert trickled.status == 204
    fresh = "a=ice-ufrag:anew\r\na=ice-pwd:" + "r" * 24 + "\r\n"
    wrong = await officer.send("PATCH", place, fresh, FRAGMENT, If_Match='"other"')
    assert (wrong.status, wrong.code) == (412, "media.stale")
    silent = await officer.send("PATCH", place, fresh, FRAGMENT)
    assert (silent.status, silent.code) == (428, "media.no_precondition")
    done = await officer.send("PATCH", place, fresh, FRAGMENT, If_Match="*")
    assert done.status == 200
    assert done.headers["Content-Type"].startswith(FRAGMENT)
    assert done.headers["ETag"] != etag
    assert "a=ice-ufrag:" in done.text
    old = await officer.send("PATCH", place, candidates, FRAGMENT, If_Match=etag)
    assert (old.status, old.code) == (412, "media.stale")
    mistyped = await officer.send("PATCH", place, fresh, SDP, If_Match="*")
    assert (mistyped.status, mistyped.code) == (415, "media.unsupported_type")
    other = await enter("gongan")
    foreign = await other.send("DELETE", place)
    assert (foreign.status, foreign.code) == (404, "media.unknown_resource")
