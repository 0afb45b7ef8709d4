"""What the media plane knows of a session is what the session's own rules say."""

from __future__ import annotations

import itertools

import pytest

from hub.domain import floor, picture, session
from hub.domain.event import HUB, Command
from hub.domain.guest import AdmitGuest, InviteGuest
from hub.domain.picture_rules import main_picture
from hub.live.orders import orders_of
from hub.live.outsiders import shown_to
from tests.hub.domain.test_guest import GUEST
from tests.support.factories import OFFICER, XINYANG, YINGJI, Stream, start_session

WISHES: tuple[Command | None, ...] = (
    None,
    picture.BroadcastVenue(venue="yingji"),
    picture.BroadcastVenue(venue="guest-1"),
    picture.BroadcastVenue(venue=None),
    floor.NameSpeaker(venue="xinyang"),
    picture.StartCarousel(kind=picture.CarouselKind.BROADCAST, venues=["xinyang", "yingji"], interval_s=10),
    picture.StartCarousel(kind=picture.CarouselKind.CHAIR, venues=["xinyang"], interval_s=10),
    session.LeaveSession(venue="office", reason="hung_up"),
)


def with_guest() -> Stream:
    stream = Stream("session:s-1")
    stream.do(start_session(YINGJI, XINYANG), OFFICER)
    until_ms = stream.now_ms + 60_000
    invite = InviteGuest(
        invitation_id="inv-1", label="抢险一组", place="浉河区", code_hash="", until_ms=until_ms
    )
    stream.do(invite, OFFICER)
    stream.do(AdmitGuest(invitation_id="inv-1", venue="guest-1", person=""), HUB)
    for who in (OFFICER, YINGJI, XINYANG, GUEST):
        stream.do(session.JoinSession(venue=who.seat or ""), who)
    return stream


@pytest.mark.parametrize("first", WISHES)
@pytest.mark.parametrize("voice", [True, False])
def test_U5_the_hub_sends_a_guest_what_its_rules_would_show(first: Command | None, voice: bool) -> None:
    for second in WISHES:
        stream = with_guest()
        stream.do(picture.SetVoiceSwitching(on=voice), OFFICER)
        for wish in (first,) if first is second else (first, second):
            if wish is not None and stream.state.running:
                stream.do(wish, HUB)
        for speaker, gone in itertools.product((None, "yingji", "guest-1", "nobody"), (False, True)):
            if gone and stream.state.venues["yingji"].state == "joined":
                stream.do(session.LeaveSession(venue="yingji"), YINGJI)
            main = main_picture(stream.state, "guest-1", None, speaker)
            sent = orders_of(stream.state).large_of("guest-1", speaker)
            assert sent == (main.venue if main is not None else None)
            assert sent != "guest-1"
            shown = shown_to(stream.state, "guest-1", speaker)
            assert (shown.venue if shown is not None else None) == sent
