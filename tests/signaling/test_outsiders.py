"""Guests and walls, over every request there is, and over everything that is ever pushed to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from hub.domain.event import HUB, Role
from hub.domain.organisation import STREAM, AddSeat, Level, Seat
from hub.domain.session import stream_of
from hub.domain.wall import stream_of as wall_stream
from hub.live.rights import session_of
from signaling.outside import ALLOWED
from signaling.vocabulary import REQUESTS, Wire
from tests.support.asking import boards_of, body_of, written
from tests.support.live import LiveHub, Page, Refused, live_hub
from tests.support.offers import CHROMIUM_PUBLISH, CHROMIUM_SUBSCRIBE, offer
from tests.support.rtc import Client


class Meeting(NamedTuple):
    """A session with its officer, one seat, and a second session that concerns nobody here."""

    hub: LiveHub
    session_id: str
    boards: str
    other_id: str
    officer: Page
    yingji: Page

    async def state(self) -> tuple[int, ...]:
        """Where every stream stands that somebody could have changed."""
        streams = (stream_of(self.session_id), self.boards, stream_of(self.other_id), STREAM)
        return tuple([(await self.hub.streams.state(stream))[1] for stream in streams])


@pytest_asyncio.fixture
async def at(tmp_path: Path) -> AsyncIterator[Meeting]:
    async with live_hub(tmp_path) as hub:
        officer, yingji = await hub.page("officer"), await hub.page("yingji")
        ids = []
        for seat in ("yingji", "hebi"):
            start = {"title": "防汛会商", "kind": "consultation", "venues": [seat]}
            ids.append((await officer.wish("session.start", **start))["session_id"])
        for page in (officer, yingji):
            await page.wish("session.join", session_id=ids[0])
        await officer.follow(stream_of(ids[0]))
        boards = boards_of(officer.states[stream_of(ids[0])])
        yield Meeting(hub, ids[0], boards, ids[1], officer, yingji)
        await asyncio.gather(officer.close(), yingji.close())


def facts_of(at: Meeting, resource: str) -> dict[str, Any]:
    return {
        "session_id": at.session_id,
        "board_id": "situation",
        "venue": "yingji",
        "venues": ["yingji"],
        "resource": resource,
        "sdp": offer(CHROMIUM_SUBSCRIBE),
        "stream": stream_of(at.session_id),
        "title": "会商",
        "text": "水位 2.1 米",
        "fields": {"text": "水位 2.1 米"},
        "item_id": "i-1",
    }


async def somebodys_media(at: Meeting) -> str:
    """A resource of the officer's own."""
    answer = await at.officer.ask(
        "media.subscribe", session_id=at.session_id, sdp=offer(CHROMIUM_SUBSCRIBE), content=None
    )
    resource: str = answer["resource"]
    return resource


async def refusal(page: Page, name: str, body: dict[str, Any]) -> str:
    with pytest.raises(Refused) as refused:
        await page.ask(name, **body)
    return refused.value.code


async def settled(*pages: Page) -> None:
    """What was pushed before is there: answers and pushes share one line."""
    for page in pages:
        await page.ask("ping")


def heard(page: Page) -> set[str]:
    return {name for name, _ in page.pushes}


DENIED = {role: [wire for wire in REQUESTS if wire.name not in names] for role, names in ALLOWED.items()}


async def test_P13_every_request_that_is_not_a_guests_own_is_refused_and_changes_nothing(at: Meeting) -> None:
    venue, guest = await at.hub.guest(at.session_id, at.officer)
    await guest.wish("session.join", session_id=at.session_id)
    facts = facts_of(at, await somebodys_media(at))
    before = await at.state()
    for wire in DENIED[Role.GUEST]:
        page = Page(at.hub.url, guest.auth, "guest")  # a line of its own: so many on one would be too many
        await page.connect()
        assert await refusal(page, wire.name, body_of(wire, facts)) == "forbidden", wire.name
        mine = body_of(wire, facts | {"venue": venue, "venues": [venue]})
        assert await refusal(page, wire.name, mine) == "forbidden", wire.name
        await page.close()
    assert await at.state() == before
    await guest.close()


async def test_P13_and_its_own_ones_reach_no_other_session_and_no_other_page(at: Meeting) -> None:
    _, guest = await at.hub.guest(at.session_id, at.officer)
    await guest.wish("session.join", session_id=at.session_id)
    facts = facts_of(at, await somebodys_media(at)) | {"session_id": at.other_id}
    before = await at.state()
    for wire in REQUESTS:
        if wire.name in ALLOWED[Role.GUEST] - {"ping", "media.relays"}:
            by_resource = "resource" in wire.body.__struct_fields__
            code = "media.unknown_resource" if by_resource else "session.foreign"
            assert await refusal(guest, wire.name, body_of(wire, facts)) == code, wire.name
    assert await at.state() == before
    await guest.close()


async def everything_happens(at: Meeting, venue: str) -> None:
    """A busy hour of the duty office, in which the guest or the wall has no part."""
    officer, yingji, session_id = at.officer, at.yingji, at.session_id
    await yingji.wish("item.add", **written(at.boards, "i-1", "浉河水位 2.1 米"))
    for name, wish in (
        ("session.call", {"venues": ["zhengzhou"]}),
        ("session.mark", {"kind": "decision", "label": "启动二级响应"}),
        ("floor.name", {"venue": "yingji"}),
        ("floor.end_turn", {}),
        ("session.mute_all", {"muted": True}),
        ("session.mute_all", {"muted": False}),
        ("picture.broadcast", {"venue": "yingji"}),
        ("picture.layout", {"layout": 4}),
        ("rollcall.start", {"venues": ["yingji"]}),
        ("rollcall.end", {}),
        ("session.end", {"session_id": at.other_id}),
    ):
        await officer.wish(name, **{"session_id": session_id} | wish)
    for account in ("zhengzhou", "reviewer"):
        await (await at.hub.page(account)).close()
    seat = Seat(seat_id="new", name="新设席位", short_name="新设", level=Level.CITY)
    await at.hub.streams.execute(STREAM, AddSeat(seat=seat), HUB)
    client = Client()
    client.send_camera_and_microphone()
    sent = await yingji.ask(
        "media.publish", session_id=session_id, sdp=await client.offer(), sources={"0": "camera"}
    )
    await client.accept(sent["sdp"])
    await officer.until(lambda: officer.last("media.lines") is not None)
    await client.close()
    await at.hub.settled()


async def test_P13_a_guest_hears_of_itself_and_of_nobody_else(at: Meeting) -> None:
    venue, guest = await at.hub.guest(at.session_id, at.officer)
    await guest.wish("session.join", session_id=at.session_id)
    answer = await guest.ask(
        "media.subscribe", session_id=at.session_id, sdp=offer(CHROMIUM_SUBSCRIBE), content="1"
    )
    slots = [{"mid": "1", "venue": "yingji", "width": 1920}, {"mid": "2", "venue": "hebi", "width": 320}]
    view = {"resource": answer["resource"], "slots": slots}
    assert await refusal(guest, "media.view", view | {"slots": [{"mid": "99"}]}) == "bad_request"
    await guest.ask("media.publish", session_id=at.session_id, sdp=offer(CHROMIUM_PUBLISH), sources={})
    await everything_happens(at, venue)
    await settled(guest)
    assert heard(guest) <= {"welcome", "guest", "slots", "media.state", "media.layers"}
    told = [body for name, body in guest.pushes if name == "guest"]
    assert {body["label"] for body in told} == {"抢险一组"}
    assert {body["main"]["venue"] for body in told if body["main"]} <= {"office", "yingji"}
    assert all(len(body["slots"]) <= 1 for name, body in guest.pushes if name == "slots")
    await guest.close()


async def test_R12_guests_and_walls_see_that_the_recording_is_paused(at: Meeting) -> None:
    _, guest = await at.hub.guest(at.session_id, at.officer)
    wall_id, wall = await at.hub.wall(at.officer)
    await at.officer.wish("wall.show", wall_id=wall_id, session_id=at.session_id)

    def both(state: str) -> bool:
        told, shown = guest.last("guest") or {}, (wall.last("wall") or {}).get("session") or {}
        return all((one.get("recording") or {}).get("state") == state for one in (told, shown))

    await wall.until(lambda: both("recording"))
    recording_id = (await session_of(at.hub.streams, at.session_id)).recording_id
    await at.officer.wish("recording.pause", recording_id=recording_id, reason="涉密研判")
    await settled(guest, wall)
    assert both("paused")
    assert (
        await refusal(guest, "recording.resume", {"recording_id": recording_id, "op": "o-1"}) == "forbidden"
    )
    await at.officer.wish("recording.resume", recording_id=recording_id)
    await settled(guest, wall)
    assert both("recording")
    await guest.close()
    await wall.close()


async def test_U4_its_page_is_out_when_the_session_ends_and_its_token_with_it(at: Meeting) -> None:
    _, guest = await at.hub.guest(at.session_id, at.officer)
    await guest.wish("session.join", session_id=at.session_id)
    await at.officer.wish("session.end", session_id=at.session_id)
    await guest.client.wait()
    last = guest.last("guest")
    assert last is not None
    assert last["ended"]
    notice = guest.last("notice")
    assert notice is not None
    assert notice["problem"]["code"] == "guest.over"
    assert await Page(at.hub.url, guest.auth, "guest").refusal() == "guest.over"


@pytest.mark.parametrize("how", ["session.remove", "session.hang_up"])
async def test_U4_and_when_the_chair_removes_it_or_hangs_it_up(at: Meeting, how: str) -> None:
    venue, guest = await at.hub.guest(at.session_id, at.officer)
    await guest.wish("session.join", session_id=at.session_id)
    await at.officer.wish(how, session_id=at.session_id, venue=venue)
    await guest.client.wait()
    assert await Page(at.hub.url, guest.auth, "guest").refusal() == "guest.over"


async def test_U4_a_reload_and_a_restart_of_the_hub_keep_its_place(at: Meeting) -> None:
    venue, guest = await at.hub.guest(at.session_id, at.officer)
    await guest.wish("session.join", session_id=at.session_id)
    again = Page(at.hub.url, guest.auth, "guest")
    await again.connect()
    await again.wish("session.join", session_id=at.session_id)
    first = again.pushes[1][1]
    assert (first["state"], first["place"]) == ("joined", "浉河区")
    await asyncio.gather(*(page.close() for page in (guest, again, at.officer, at.yingji)))
    await at.hub.restart()
    after = Page(at.hub.url, guest.auth, "guest")
    await after.connect()
    await after.wish("session.join", session_id=at.session_id)
    state, _ = await at.hub.streams.state(stream_of(at.session_id))
    assert state.venues[venue].state == "joined"  # type: ignore[union-attr]
    assert len(state.venues) == 3, "it came in as another one"  # type: ignore[union-attr]
    await after.close()


async def test_W3_after_a_restart_of_the_hub_a_wall_shows_what_it_showed(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    for session_id in (at.other_id, at.session_id):
        await at.officer.wish("wall.show", wall_id=wall_id, session_id=session_id)
    await asyncio.gather(*(page.close() for page in (wall, at.officer, at.yingji)))
    await at.hub.restart()
    after = Page(at.hub.url, wall.auth, "wall")
    await after.connect()
    assert (after.last("wall") or {})["session"]["session_id"] == at.session_id
    await after.follow(at.boards)
    await after.close()


async def test_P14_every_request_that_is_not_a_walls_own_is_refused_and_changes_nothing(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    await at.officer.wish("wall.show", wall_id=wall_id, session_id=at.session_id)
    facts = facts_of(at, await somebodys_media(at)) | {"wall_id": wall_id}
    before = await at.state()
    for wire in DENIED[Role.WALL]:
        page = Page(at.hub.url, wall.auth, "wall")
        await page.connect()
        assert await refusal(page, wire.name, body_of(wire, facts)) == "forbidden", wire.name
        await page.close()
    assert await at.state() == before
    for wire in REQUESTS:
        if "resource" in wire.body.__struct_fields__:
            assert await refusal(wall, wire.name, body_of(wire, facts)) == "media.unknown_resource"
    await wall.close()


async def test_W3_P14_a_wall_follows_the_board_of_what_is_on_it_and_nothing_else(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    mine = at.boards
    other, _ = await at.hub.streams.state(stream_of(at.other_id))
    every = {
        mine,
        boards_of(other),
        STREAM,
        wall_stream(wall_id),
        *(stream_of(one) for one in (at.session_id, at.other_id)),
        *(f"recording:{one.recording_id}" for one in (other, at.officer.states[stream_of(at.session_id)])),  # type: ignore[union-attr]
    }

    async def followed() -> set[str]:
        found = set()
        for stream in every:
            with suppress(Refused):  # that it is forbidden, the rest of the vocabulary shows
                await wall.follow(stream)
                found.add(stream)
        return found

    assert await followed() == set()
    await at.officer.wish("wall.show", wall_id=wall_id, session_id=at.session_id)
    assert await followed() == {mine}
    await at.officer.wish("wall.clear", wall_id=wall_id)
    assert await followed() == set()
    seq = wall.seqs[mine]
    await at.yingji.wish("item.add", **written(at.boards, "i-9", "下墙以后"))
    await settled(wall)
    assert wall.seqs[mine] == seq, "it still followed the board"
    await wall.close()


async def test_W3_P14_a_wall_hears_what_is_on_it_and_nothing_else(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    await everything_happens(at, wall_id)
    await settled(wall)
    assert heard(wall) == {"welcome", "wall"}
    assert [body["session"] for name, body in wall.pushes if name == "wall"] == [None]
    await at.officer.wish("wall.show", wall_id=wall_id, session_id=at.session_id)
    await wall.until(lambda: (wall.last("wall") or {})["session"] is not None)
    await wall.follow(at.boards)
    subscribe = {"sdp": offer(CHROMIUM_SUBSCRIBE), "content": None}
    await wall.ask("media.subscribe", session_id=at.session_id, **subscribe)
    assert await refusal(wall, "media.subscribe", {"session_id": at.other_id, **subscribe}) == "forbidden"
    await at.officer.wish("session.mark", session_id=at.session_id, kind="todo", label="一")
    await settled(wall)
    assert heard(wall) <= {"welcome", "wall", "snapshot", "events", "slots", "media.state"}
    streams = {body["stream"] for name, body in wall.pushes if name in ("snapshot", "events")}
    assert streams == {at.boards}
    await wall.close()


async def test_W3_taken_off_the_wall_its_pictures_end_at_once(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    subscribe = {"session_id": at.session_id, "sdp": offer(CHROMIUM_SUBSCRIBE), "content": None}
    assert await refusal(wall, "media.subscribe", subscribe) == "forbidden"
    await at.officer.wish("wall.show", wall_id=wall_id, session_id=at.session_id)
    answer = await wall.ask("media.subscribe", **subscribe)
    await at.officer.wish("wall.clear", wall_id=wall_id)
    await wall.until(lambda: wall.last("media.state") is not None)
    over = wall.last("media.state")
    assert over == {
        "session_id": at.session_id,
        "resource": answer["resource"],
        "connected": False,
        "reason": "ended",
    }
    assert await refusal(wall, "media.subscribe", subscribe) == "forbidden"
    await wall.close()


async def test_W4_a_wall_is_nobodys_venue_and_sends_nothing(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    await at.officer.wish("wall.show", wall_id=wall_id, session_id=at.session_id)
    before = await at.state()
    subscribe = {"sdp": offer(CHROMIUM_SUBSCRIBE), "content": None}
    await wall.ask("media.subscribe", session_id=at.session_id, **subscribe)
    publish = {"session_id": at.session_id, "sdp": offer(CHROMIUM_PUBLISH), "sources": {}}
    assert await refusal(wall, "media.publish", publish) == "forbidden"
    assert await at.state() == before
    presence = [body for name, body in at.officer.pushes if name == "presence"]
    assert wall_id not in {row["seat_id"] for body in presence for row in body["seats"]}
    rows = at.officer.last("walls")
    assert rows is not None
    assert [(row["name"], row["online"]) for row in rows["walls"]] == [("指挥大厅", True)]
    await wall.close()


async def test_W1_a_wall_that_is_revoked_is_out_at_once(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    await at.officer.wish("wall.revoke", wall_id=wall_id)
    await wall.client.wait()
    for token in (wall.auth["token"], f"wall.{wall_id}.{'0' * 64}", "wall.x", "wall."):  # type: ignore[index]
        page = Page(at.hub.url, {"token": token, "page": None}, "wall")
        assert await page.refusal() == "wall.over"


async def test_W1_the_token_is_told_once_and_the_same_wish_gets_the_same(at: Meeting) -> None:
    first = await at.officer.wish("wall.add", name="指挥大厅", op="op-wall")
    assert await at.officer.wish("wall.add", name="指挥大厅", op="op-wall") == first
    events = await at.hub.streams.history(wall_stream(first["wall_id"]), 0)
    assert events is not None
    assert first["token"].rpartition(".")[2] not in str(events)


async def test_W2_when_the_session_ends_the_wall_is_idle(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    await at.officer.wish("wall.show", wall_id=wall_id, session_id=at.session_id)
    await wall.until(lambda: (wall.last("wall") or {})["session"] is not None)
    await at.officer.wish("session.end", session_id=at.session_id)
    await wall.until(lambda: (wall.last("wall") or {})["session"] is None)
    show = {"wall_id": wall_id, "session_id": at.session_id, "op": "op-late"}
    assert await refusal(at.officer, "wall.show", show) == "session.ended"
    await wall.close()


async def test_W2_walls_are_an_officers_list_and_an_administrator_sees_no_content(at: Meeting) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    await at.officer.wish("wall.show", wall_id=wall_id, session_id=at.session_id)
    admin = await at.hub.page("admin")
    await settled(admin, at.yingji, at.officer)
    rows = {page: page.last("walls") for page in (admin, at.officer)}
    assert [row["session_id"] for row in (rows[admin] or {})["walls"]] == [None]
    assert [row["session_id"] for row in (rows[at.officer] or {})["walls"]] == [at.session_id]
    assert at.yingji.last("walls") is None
    await asyncio.gather(admin.close(), wall.close())


@pytest.mark.parametrize("wire", [wire for wire in REQUESTS if wire.name.startswith(("guest.", "wall."))])
async def test_P13_P14_codes_and_walls_are_the_offices_to_give(at: Meeting, wire: Wire) -> None:
    wall_id, wall = await at.hub.wall(at.officer)
    body = body_of(wire, facts_of(at, "x") | {"wall_id": wall_id, "name": "大屏"})
    assert await refusal(at.yingji, wire.name, body) == "forbidden"
    await wall.close()


async def test_U3_calling_all_that_are_not_there_passes_over_a_guest_that_has_left(at: Meeting) -> None:
    venue, guest = await at.hub.guest(at.session_id, at.officer)
    await guest.wish("session.join", session_id=at.session_id)
    await guest.wish("session.leave", session_id=at.session_id)
    await at.officer.wish("session.call", session_id=at.session_id, venues=[venue, "zhengzhou"])
    state, _ = await at.hub.streams.state(stream_of(at.session_id))
    assert state.venues["zhengzhou"].state == "ringing"  # type: ignore[union-attr]
    assert state.venues[venue].state == "left"  # type: ignore[union-attr]
    call = {"session_id": at.session_id, "venues": [venue], "op": "op-call"}
    assert await refusal(at.officer, "session.call", call) == "guest.no_seat"
    await guest.close()
