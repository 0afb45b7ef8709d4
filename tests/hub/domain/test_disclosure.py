"""What a venue is shown of calls to others is what it would fold from the events it is shown."""

from __future__ import annotations

import msgspec
import pytest

from hub.domain import conduct, disclosure, guest
from hub.domain.event import HUB, Actor, Role
from hub.domain.session import ExpireCall
from hub.domain.streams import fold
from tests.support.factories import OFFICER, REVIEWER, XINYANG, YINGJI, Stream, start_session

LEADER = conduct.Contact(name="邓立新", post="带班领导", phone="100 0000 3003")


def a_silent_venue() -> Stream:
    stream = Stream("session:s-1")
    phoned = conduct.NotePhoneCall(
        venue="yingji", name="邓立新", phone="100 0000 3003", reached=True, note="十分钟内到岗"
    )
    stream.do_all(
        [
            (start_session(YINGJI, XINYANG), OFFICER),
            (ExpireCall(venue="yingji"), HUB),
            (ExpireCall(venue="yingji"), HUB),
            (conduct.EscalateCall(venue="yingji", contacts=[LEADER], place=0), OFFICER),
            (phoned, OFFICER),
        ]
    )
    return stream


def test_P12_events_without_contacts_fold_to_the_state_without_contacts() -> None:
    stream = a_silent_venue()
    shown = disclosure.events_for_venues(stream.events)
    assert [(one.seq, type(one.event)) for one in shown] == [
        (one.seq, type(one.event)) for one in stream.events
    ]
    assert fold("session:s-1", shown) == disclosure.session_for_venues(stream.state)
    text = msgspec.json.encode(shown).decode() + msgspec.json.encode(fold("session:s-1", shown)).decode()
    assert not any(secret in text for secret in ("邓立新", "3003", "十分钟"))
    assert "邓立新" in msgspec.json.encode(stream.state).decode()


def test_U1_nobody_but_the_office_is_shown_even_the_hash_of_a_code() -> None:
    stream = a_silent_venue()
    until_ms = stream.now_ms + 60_000
    invite = guest.InviteGuest(
        invitation_id="inv-1", label="抢险一组", place="浉河区", code_hash="ab" * 32, until_ms=until_ms
    )
    stream.do(invite, OFFICER)
    shown = disclosure.events_for_venues(stream.events)
    assert fold("session:s-1", shown) == disclosure.session_for_venues(stream.state)
    assert b"abab" not in msgspec.json.encode(shown)
    assert b"abab" in msgspec.json.encode(stream.state)


@pytest.mark.parametrize(
    ("by", "sees"),
    [
        (OFFICER, True),
        (REVIEWER, True),
        (HUB, True),
        (YINGJI, False),
        (Actor(account="admin", person="管理员", role=Role.ADMIN), False),
    ],
)
def test_P12_contacts_are_for_the_duty_office_and_those_who_review(by: Actor, sees: bool) -> None:
    assert disclosure.sees_contacts(by) is sees
