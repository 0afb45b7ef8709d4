"""A self-check is a room of its own: nobody hears of it, it ends in time, and it leaves room for others."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from hub.clock import ManualClock
from hub.errors import Refusal
from hub.live import checks
from hub.live.checks import LASTS_MS, Checks
from hub.live.media import MediaPlane, MediaSettings
from signaling.media_vocabulary import Via
from tests.support.offers import CHROMIUM_PUBLISH, CHROMIUM_SUBSCRIBE, offer
from tests.support.rtc import Ear

PUBLISH, SUBSCRIBE = offer(CHROMIUM_PUBLISH), offer(CHROMIUM_SUBSCRIBE)
PAGE, OTHER = "yingji/p-1", "xinyang/p-2"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest_asyncio.fixture
async def plane(clock: ManualClock) -> AsyncIterator[MediaPlane]:
    media = MediaPlane(clock, MediaSettings())
    await media.start()
    yield media
    await media.close()


@pytest_asyncio.fixture
async def desk(clock: ManualClock, plane: MediaPlane) -> AsyncIterator[Checks]:
    found = Checks(clock, plane)
    yield found
    await found.close()


async def test_each_transport_is_named_alone(desk: Checks, plane: MediaPlane) -> None:
    ways: tuple[tuple[Via, str], ...] = (("udp", " tcp "), ("tcp", " udp "))
    for via, other in ways:
        candidates = [
            line
            for half in (desk.publish(PAGE, PUBLISH, via), desk.subscribe(PAGE, SUBSCRIBE, via))
            for line in (await half).sdp.splitlines()
            if line.startswith("a=candidate")
        ]
        assert candidates
        assert [line for line in candidates if other in line] == []


async def test_nobody_hears_of_it(desk: Checks, plane: MediaPlane) -> None:
    ear = Ear()
    plane.listen(ear)
    await desk.publish(PAGE, PUBLISH, "udp")
    await desk.end(PAGE)
    assert plane.connections == 0
    assert ear.changes == []


async def test_it_ends_with_its_minute(desk: Checks, plane: MediaPlane, clock: ManualClock) -> None:
    await desk.publish(PAGE, PUBLISH, "udp")
    clock.advance(LASTS_MS / 2000)
    await desk.subscribe(PAGE, SUBSCRIBE, "udp")  # what comes later does not make it longer
    await desk.publish(OTHER, PUBLISH, "udp")
    clock.advance(LASTS_MS / 2000)
    await desk.alarms.run_due()
    assert plane.connections == 1
    await desk.publish(PAGE, PUBLISH, "tcp")  # and it may be done again
    assert plane.connections == 2


async def test_one_that_its_page_has_closed_leaves_its_place_and_its_minute(
    desk: Checks, plane: MediaPlane, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "AT_ONCE", 1)
    done = await desk.publish(PAGE, PUBLISH, "udp")
    await plane.close_resource(done.resource, owner=PAGE)
    other = await desk.publish(OTHER, PUBLISH, "udp")
    await plane.close_resource(other.resource, owner=OTHER)
    clock.advance(LASTS_MS * 0.9 / 1000)
    await desk.publish(PAGE, PUBLISH, "udp")  # once more, to be sure
    clock.advance(LASTS_MS * 0.2 / 1000)
    await desk.alarms.run_due()
    assert plane.connections == 1


async def test_it_ends_with_its_page_and_no_other(desk: Checks, plane: MediaPlane) -> None:
    for page in (PAGE, OTHER):
        await desk.publish(page, PUBLISH, "udp")
    await desk.end(PAGE)
    await desk.end(PAGE)
    assert plane.connections == 1


async def test_no_more_at_once_than_the_house_allows(desk: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "AT_ONCE", 1)
    await desk.publish(PAGE, PUBLISH, "udp")
    with pytest.raises(Refusal, match=r"check\.busy"):
        await desk.subscribe(OTHER, SUBSCRIBE, "udp")
    await desk.subscribe(PAGE, SUBSCRIBE, "udp")
    await desk.end(PAGE)
    await desk.subscribe(OTHER, SUBSCRIBE, "udp")


async def test_an_offer_that_is_refused_takes_no_place(desk: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "AT_ONCE", 1)
    with pytest.raises(Refusal, match=r"media\.bad_sdp"):
        await desk.publish(PAGE, "v=0", "udp")
    await desk.publish(OTHER, PUBLISH, "udp")
