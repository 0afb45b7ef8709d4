"""Guests in the field: what becomes of their codes, and what they are to the others."""

from __future__ import annotations

import pytest

from hub.domain import chair, conduct, floor, guest, picture, rollcall, session
from hub.domain.call import VenueState
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.guest_rules import OF_GUEST, is_valid
from hub.domain.organisation import Account, AddAccount
from hub.domain.session_rules import _ELSEWHERE
from hub.errors import Refusal
from tests.support.factories import OFFICER, XINYANG, YINGJI, Stream, invited, start_session

GUEST = Actor(account="guest-1", person="刘洋", role=Role.GUEST, seat="guest-1", seat_name="抢险一组")
MINUTE_MS = 60_000


def invite(stream: Stream, number: int = 1, *, minutes: int = 30, place: str = "浉河区") -> guest.InviteGuest:
    return guest.InviteGuest(
        invitation_id=f"inv-{number}",
        label="抢险一组",
        place=place,
        code_hash="ab" * 32,
        until_ms=stream.now_ms + minutes * MINUTE_MS,
    )


def admit(number: int = 1) -> guest.AdmitGuest:
    return guest.AdmitGuest(invitation_id=f"inv-{number}", venue=f"guest-{number}", person="刘洋")


@pytest.fixture
def running() -> Stream:
    stream = Stream("session:s-1")
    stream.do(start_session(YINGJI, XINYANG), OFFICER)
    return stream


@pytest.fixture
def with_guest(running: Stream) -> Stream:
    running.do(invite(running), OFFICER)
    running.do(admit(), HUB)
    running.do(session.JoinSession(venue="guest-1"), GUEST)
    return running


def refused(stream: Stream, command: Command, by: Actor) -> str:
    with pytest.raises(Refusal) as refusal:
        stream.do(command, by)
    return refusal.value.code


def test_U1_a_code_is_good_once(running: Stream) -> None:
    assert refused(running, admit(), HUB) == "guest.bad_code"
    running.do(invite(running), OFFICER)
    running.do(admit(), HUB)
    assert refused(running, admit(), HUB) == "guest.used"


def test_U1_a_code_ends_with_its_minutes_and_when_it_is_withdrawn(running: Stream) -> None:
    running.do(invite(running, minutes=1), OFFICER)
    running.do(invite(running, 2), OFFICER)
    running.now_ms += MINUTE_MS
    assert refused(running, admit(), HUB) == "guest.expired"
    running.do(guest.WithdrawInvitation(invitation_id="inv-2"), OFFICER)
    assert refused(running, admit(2), HUB) == "guest.expired"
    assert running.do(guest.WithdrawInvitation(invitation_id="inv-2"), OFFICER) == []


@pytest.mark.parametrize("by", [YINGJI, GUEST, Actor(account="admin", person="管", role=Role.ADMIN)])
def test_U1_only_the_chair_and_its_office_make_codes(running: Stream, by: Actor) -> None:
    assert refused(running, invite(running), by) == "forbidden"
    assert refused(running, admit(), by) == "forbidden"


def test_U1_a_code_says_for_whom_and_where_and_not_for_ever(running: Stream) -> None:
    assert refused(running, invite(running, place=" "), OFFICER) == "bad_request"
    assert refused(running, invite(running, minutes=0), OFFICER) == "bad_request"
    assert refused(running, invite(running, minutes=24 * 60 + 1), OFFICER) == "bad_request"
    for number in range(50):
        running.do(invite(running, number, minutes=60), OFFICER)
    assert refused(running, invite(running, 51), OFFICER) == "too_many"


def test_U3_a_guest_is_a_venue_that_says_where_it_is(with_guest: Stream) -> None:
    venue = with_guest.state.venues["guest-1"]
    assert (venue.field, venue.place, venue.name, venue.person) == (True, "浉河区", "抢险一组", "刘洋")
    assert venue.state is VenueState.JOINED
    assert not with_guest.state.venues["yingji"].field


@pytest.mark.parametrize(
    "command",
    [
        session.MuteVenue(venue="guest-1", muted=True),
        floor.NameSpeaker(venue="guest-1"),
        picture.BroadcastVenue(venue="guest-1"),
        conduct.RenameVenue(venue="guest-1", short_name="一组"),
        rollcall.StartRollCall(rollcall_id="rc-1", venues=["guest-1"], answer_s=5),
    ],
)
def test_U3_the_chair_commands_it_as_any_other(with_guest: Stream, command: Command) -> None:
    assert with_guest.do(command, OFFICER) != []


def test_U3_it_is_no_seat_that_is_called_or_has_the_chair(with_guest: Stream) -> None:
    assert refused(with_guest, chair.TransferChair(venue="guest-1"), OFFICER) == "guest.no_seat"
    assert refused(with_guest, session.CallVenues(venues=[invited(GUEST)]), OFFICER) == "guest.no_seat"
    organisation = Stream("organisation")
    account = Account(account="g", person="刘洋", role=Role.GUEST)
    assert refused(organisation, AddAccount(account=account), HUB) == "bad_request"


def test_U3_it_comes_in_muted_where_all_do_and_a_lock_does_not_keep_it_out(running: Stream) -> None:
    running.do(session.MuteAll(muted=True), OFFICER)
    running.do(conduct.LockSession(locked=True), OFFICER)
    running.do(invite(running), OFFICER)
    running.do(admit(), HUB)
    running.do(session.JoinSession(venue="guest-1"), GUEST)
    assert running.state.venues["guest-1"].muted


def test_U4_a_guest_that_is_removed_or_hung_up_is_no_guest_any_more(with_guest: Stream) -> None:
    assert is_valid(with_guest.state, "guest-1")
    with_guest.do(session.LeaveSession(venue="guest-1"), GUEST)
    assert is_valid(with_guest.state, "guest-1"), "it left by itself, and may come back"
    with_guest.do(session.JoinSession(venue="guest-1"), GUEST)
    with_guest.do(session.LeaveSession(venue="guest-1", reason="hung_up"), OFFICER)
    assert not is_valid(with_guest.state, "guest-1")
    assert refused(with_guest, session.JoinSession(venue="guest-1"), GUEST) == "session.removed"


def test_U4_the_end_of_the_session_is_the_end_of_its_guests(with_guest: Stream) -> None:
    with_guest.do(session.EndSession(), OFFICER)
    assert not is_valid(with_guest.state, "guest-1")
    assert not is_valid(with_guest.state, "yingji")


KINDS = sorted(
    {
        *_ELSEWHERE,
        *(one for one in vars(session).values() if isinstance(one, type) and issubclass(one, Command)),
    }
    - {Command, session.StartSession},
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("role", "seat"), [(Role.GUEST, "guest-1"), (Role.WALL, "w-1")])
def test_P13_P14_of_all_commands_a_guest_has_four_and_a_wall_none(
    with_guest: Stream, kind: type[Command], role: Role, seat: str
) -> None:
    """Refused before any field is looked at: so it does not matter what they hold."""
    if role is Role.GUEST and kind in OF_GUEST:
        return
    by = Actor(account=seat, person="刘洋", role=role, seat=seat)
    filled = dict.fromkeys(kind.__struct_fields__, "guest-1")
    assert refused(with_guest, kind(**filled), by) == "forbidden"


@pytest.mark.parametrize("kind", OF_GUEST)
def test_P13_and_those_only_for_its_own_venue(with_guest: Stream, kind: type[Command]) -> None:
    assert refused(with_guest, kind(venue="yingji"), GUEST) == "forbidden"
