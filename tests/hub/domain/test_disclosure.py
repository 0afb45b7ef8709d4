"""What a venue is shown of calls to others is what it would fold from the events it is shown."""

from __future__ import annotations

import msgspec
import pytest

from hub.domain import conduct, disclosure
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
            (conduct.EscalateCall(venue="yingji", contact=LEADER), OFFICER),
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
