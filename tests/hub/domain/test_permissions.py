"""Who sees what."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.event import Actor, Role
from hub.domain.permissions import (
    may_administer,
    may_follow_session,
    may_keep,
    may_pause,
    may_review,
    may_start_session,
)
from hub.domain.session import AnswerCall
from tests.support.factories import (
    OFFICER,
    REVIEWER,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    start_session,
)

ADMIN = Actor(account="admin", person="管理员", role=Role.ADMIN)


@pytest.fixture
def session() -> Stream:
    stream = Stream("session:s-1")
    stream.do(start_session(YINGJI, XINYANG), OFFICER)
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    return stream


@pytest.mark.parametrize(
    ("by", "follows", "reviews"),
    [
        (OFFICER, True, True),
        (YINGJI, True, False),
        (STRANGER, False, False),
        (REVIEWER, False, True),
        (ADMIN, False, False),
    ],
)
def test_P5_P6_a_session_is_for_its_venues_and_a_recording_for_reviewers(
    session: Stream, by: Actor, follows: bool, reviews: bool
) -> None:
    assert may_follow_session(by, session.state) is follows
    assert may_review(by, session.state, seats_may_review=False) is reviews


def test_P6_a_seat_reviews_only_what_it_attended_and_only_where_allowed(session: Stream) -> None:
    assert may_review(YINGJI, session.state, seats_may_review=True)
    assert not may_review(XINYANG, session.state, seats_may_review=True)
    assert not may_review(STRANGER, session.state, seats_may_review=True)


def test_P16_a_recording_is_kept_by_its_office_and_by_reviewers(session: Stream) -> None:
    ours = [may_keep(by, session.state) for by in (OFFICER, REVIEWER, YINGJI, ADMIN)]
    assert ours == [True, True, False, False]
    assert not may_keep(replace(OFFICER, seat="elsewhere"), session.state)
    assert [may_pause(by, session.state) for by in (OFFICER, REVIEWER)] == [True, False]


def test_P4_P7_officers_start_sessions_and_admins_administer() -> None:
    assert [may_start_session(by) for by in (OFFICER, YINGJI, REVIEWER, ADMIN)] == [True, False, False, False]
    assert [may_administer(by) for by in (OFFICER, YINGJI, REVIEWER, ADMIN)] == [False, False, False, True]
