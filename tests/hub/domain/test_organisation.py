"""Seats and accounts: who may add them, what they must have."""

from __future__ import annotations

import pytest

from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.organisation import (
    Account,
    AddAccount,
    AddSeat,
    DisableAccount,
    Level,
    Seat,
    actor_of,
)
from hub.errors import Refusal
from tests.support.factories import OFFICER, Stream

ADMIN = Actor(account="admin", person="管理员", role=Role.ADMIN)
SEAT = Seat(seat_id="yingji", name="省应急管理厅指挥中心", short_name="应急", level=Level.DEPARTMENT)


def organisation() -> Stream:
    stream = Stream("organisation")
    stream.do(AddSeat(seat=SEAT), HUB)
    return stream


def account(name: str, role: Role, seat_id: str | None = None) -> AddAccount:
    return AddAccount(account=Account(account=name, person="张敏", role=role, seat_id=seat_id))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AddSeat(seat=SEAT), "organisation.exists"),
        (
            AddSeat(seat=Seat(seat_id="../etc", name="坏", short_name="坏", level=Level.CITY)),
            "bad_request",
        ),
        (AddSeat(seat=Seat(seat_id="ok", name=" ", short_name="", level=Level.CITY)), "bad_request"),
        (account("x", Role.SEAT), "bad_request"),
        (account("x", Role.OFFICER, "nowhere"), "bad_request"),
        (account("x", Role.REVIEWER, "yingji"), "bad_request"),
        (account("x", Role.ADMIN, "yingji"), "bad_request"),
        (account("x", Role.HUB), "bad_request"),
        (DisableAccount(account="nobody", reason="离岗"), "not_found"),
    ],
)
def test_P7_what_does_not_fit_is_refused(command: Command, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        organisation().do(command, ADMIN)
    assert refused.value.code == code


def test_P7_only_the_administrator_changes_the_organisation() -> None:
    with pytest.raises(Refusal) as refused:
        organisation().do(account("zhang", Role.SEAT, "yingji"), OFFICER)
    assert refused.value.code == "forbidden"


def test_P7_an_administrator_of_an_older_log_has_no_seat_either() -> None:
    old = Account(account="root", person="张敏", role=Role.ADMIN, seat_id="yingji")
    actor = actor_of(organisation().state, old)
    assert (actor.seat, actor.seat_name) == (None, None)


def test_P8_an_actor_carries_the_seats_name_of_its_time() -> None:
    stream = organisation()
    stream.do(account("zhang", Role.SEAT, "yingji"), ADMIN)
    stream.do(account("audit", Role.REVIEWER), ADMIN)
    accounts = stream.state.accounts
    assert actor_of(stream.state, accounts["zhang"]).seat_name == "省应急管理厅指挥中心"
    assert actor_of(stream.state, accounts["audit"]).seat is None
    stream.do(DisableAccount(account="zhang", reason="离岗"), ADMIN)
    assert stream.state.accounts["zhang"].disabled
