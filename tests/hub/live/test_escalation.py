"""Going on from contact to contact of an office that does not answer."""

from __future__ import annotations

import asyncio

import pytest

from hub.domain.call import VenueState
from hub.errors import Refusal
from hub.live.rights import organisation_of
from tests.support.desk import live_desk


async def test_S17_J3_a_wish_that_is_sent_again_goes_on_to_no_other_contact() -> None:
    async with live_desk() as desk:
        session_id, officer = await desk.consult("yingji"), await desk.actor("officer")
        contacts = (await organisation_of(desk.streams)).seats["yingji"].contacts
        assert contacts
        for number, contact in enumerate(contacts, 1):
            op = f"op-{number}"
            first = await desk.sessions.escalate(session_id, "yingji", officer, op)
            assert await desk.sessions.escalate(session_id, "yingji", officer, op) <= first
            session = await desk.session(session_id)
            assert session.venues["yingji"].contacts == contacts[:number]
            if contact.seat_id is not None:
                assert session.venues[contact.seat_id].state is VenueState.RINGING
        rung = {key for key, venue in session.venues.items() if venue.calls}
        assert rung == {"yingji", *(one.seat_id for one in contacts if one.seat_id is not None)}
        with pytest.raises(Refusal, match=r"call\.nobody_left"):
            await desk.sessions.escalate(session_id, "yingji", officer, "op-last")


async def test_S17_of_two_officers_who_go_on_at_once_only_one_does() -> None:
    async with live_desk() as desk:
        session_id, deputy = await desk.consult("yingji"), await desk.actor("deputy")
        contacts = (await organisation_of(desk.streams)).seats["yingji"].contacts
        both = [(await desk.actor("officer"), "op-1"), (deputy, "op-2")]
        await asyncio.gather(*(desk.sessions.escalate(session_id, "yingji", by, op) for by, op in both))
        session = await desk.session(session_id)
        assert session.venues["yingji"].contacts == contacts[:1], "nobody is passed over"
        await desk.sessions.escalate(session_id, "yingji", deputy, "op-3")
        assert (await desk.session(session_id)).venues["yingji"].contacts == contacts[:2]


async def test_P12_who_may_not_go_on_does_not_hear_whether_anybody_is_left() -> None:
    async with live_desk() as desk:
        session_id, officer = await desk.consult("yingji"), await desk.actor("officer")
        for number, _ in enumerate((await organisation_of(desk.streams)).seats["yingji"].contacts):
            await desk.sessions.escalate(session_id, "yingji", officer, f"op-{number}")
        for account in ("yingji", "xinyang"):
            with pytest.raises(Refusal, match="forbidden"):
                await desk.sessions.escalate(session_id, "yingji", await desk.actor(account), "op-1")
