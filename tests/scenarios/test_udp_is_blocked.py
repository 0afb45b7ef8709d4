"""A wall lets no UDP through: media goes by TCP on the same port number, also when it turns up midway."""

from __future__ import annotations

import aioice.ice
import pytest
from playwright.sync_api import Page

from hub.media.transport import ice
from tests.scenarios.test_chromium_by_whip import start_session
from tests.support.netem import Relay, relay
from tests.support.rtc import stage


async def test_M42_sound_and_picture_come_and_go_by_tcp() -> None:
    async with stage() as on, relay(on.plane.port) as line:
        line.onward_by_tcp = True
        on.reroute = line.reroute(on.plane.port)
        await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng")
        for _ in range(30):
            await viewer.next_frame("1")
        assert (await viewer.next_frame("0")).sample_rate == 48_000
        await viewer.close()
        await on.ear.until(lambda: (on.resource(viewer), False, "closed") in on.ear.changes)


async def test_M45_a_connection_goes_from_udp_to_tcp_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """aiortc's later checks nominate nothing: the hub moves when the former path has been silent."""
    monkeypatch.setattr(aioice.ice, "CONSENT_INTERVAL", 0.3)
    monkeypatch.setattr(ice, "SILENT_S", 1.0)
    async with stage() as on, relay(on.plane.port) as line:
        on.reroute = line.reroute(on.plane.port)
        await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng", ("audio",))
        await viewer.next_frame("0")
        for by_tcp in (True, False):
            line.onward_by_tcp = by_tcp
            line.move_everybody()
            for _ in range(150):  # more than is under way or waits to be decoded
                await viewer.next_frame("0")
        assert [change for change in on.ear.changes if not change[1]] == []


def protocols(tab: Page) -> list[str]:
    """By what each of both connections sends."""
    found: list[str] = tab.evaluate("async () => [await protocol(sending), await protocol(receiving)]")
    return found


@pytest.mark.browser
def test_M42_chromium_connects_where_udp_is_blocked(tab: Page, line: Relay) -> None:
    line.udp = False
    session = start_session(tab, "officer")
    tab.evaluate("session => publish(session)", session)
    tab.evaluate("session => subscribe(session)", session)
    figures = tab.evaluate("() => decoded(receiving, 30)")
    assert protocols(tab) == ["tcp", "tcp"]
    assert figures["video"]["frameWidth"] == 640
    assert figures["audio"]["packetsLost"] == 0


@pytest.mark.browser
def test_M45_chromium_moves_to_tcp_and_back_by_restarts(tab: Page, line: Relay) -> None:
    """It gives up its TCP connections once UDP works, so the page restarts ICE when the line goes dead."""
    session = start_session(tab, "officer")
    tab.evaluate("session => publish(session)", session)
    tab.evaluate("session => subscribe(session)", session)
    tab.evaluate("() => decoded(receiving, 10)")
    assert protocols(tab) == ["udp", "udp"]
    for udp, protocol in ((False, "tcp"), (True, "udp")):
        line.udp = udp
        assert tab.evaluate("() => restart(sending)") == 200
        assert tab.evaluate("() => restart(receiving)") == 200
        tab.evaluate(
            "protocol => Promise.all([uses(sending, protocol), uses(receiving, protocol)])", protocol
        )
        tab.evaluate("() => decoded(receiving, 60)")
        assert protocols(tab) == [protocol, protocol]
