"""Groups of seats and templates of sessions: who sets them, what must fit, whom a template calls."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.conduct import Contact
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.groups import Group, RemoveGroup, RemoveTemplate, SetGroup, SetTemplate, Template
from hub.domain.organisation import AddSeat, EditSeat, Level, Seat, called_by
from hub.errors import Refusal
from tests.support.factories import OFFICER, REVIEWER, YINGJI, Stream

ADMIN = Actor(account="admin", person="管理员", role=Role.ADMIN)
CITIES = Group(group_id="cities", name="全省各市", seats=["xinyang", "hebi", "xinyang"])
FLOOD = Template(template_id="flood", name="防汛会商", groups=["cities"], seats=["yingji", "hebi"])


@pytest.fixture
def stream() -> Stream:
    made = Stream("organisation")
    for key in ("office", "office2", "yingji", "xinyang", "hebi"):
        made.do(AddSeat(seat=Seat(seat_id=key, name=key, short_name=key, level=Level.CITY)), HUB)
    made.do(SetGroup(group=CITIES), ADMIN)
    made.do(SetTemplate(template=FLOOD), OFFICER)
    return made


def edit(**changes: object) -> EditSeat:
    wish = EditSeat(seat_id="yingji", phone="0371-1", contacts=[])
    return replace(wish, **changes)


def test_S22_a_template_calls_its_groups_as_they_are_then_and_its_own_seats_each_once(stream: Stream) -> None:
    assert called_by(stream.state, FLOOD) == ["xinyang", "hebi", "yingji"]
    stream.do(SetGroup(group=replace(CITIES, seats=["hebi", "office2"])), OFFICER)
    assert called_by(stream.state, FLOOD) == ["hebi", "office2", "yingji"]


def test_S23_a_group_stays_while_a_template_uses_it(stream: Stream) -> None:
    with pytest.raises(Refusal) as refused:
        stream.do(RemoveGroup(group_id="cities"), ADMIN)
    assert (refused.value.code, refused.value.detail) == ("organisation.in_use", {"by": ["防汛会商"]})
    stream.do(RemoveTemplate(template_id="flood"), OFFICER)
    stream.do(RemoveGroup(group_id="cities"), OFFICER)
    assert (stream.state.groups, stream.state.templates) == ({}, {})


def test_what_is_set_alike_is_no_event(stream: Stream) -> None:
    assert stream.do(SetGroup(group=CITIES), OFFICER) == []
    assert stream.do(SetTemplate(template=FLOOD), ADMIN) == []
    leader = Contact(name=" 邓立新 ", phone="100 0000 3003")
    assert len(stream.do(edit(contacts=[leader], backup_of="office"), ADMIN)) == 1
    assert stream.do(edit(contacts=[leader], backup_of="office"), ADMIN) == []
    assert stream.state.seats["yingji"].contacts == [Contact(name="邓立新", phone="100 0000 3003")]


@pytest.mark.parametrize("who", [YINGJI, REVIEWER])
@pytest.mark.parametrize(
    "wish",
    [
        SetGroup(group=CITIES),
        RemoveGroup(group_id="cities"),
        SetTemplate(template=FLOOD),
        RemoveTemplate(template_id="flood"),
        edit(),
    ],
    ids=lambda wish: type(wish).__name__,
)
def test_P11_groups_and_templates_are_the_administrators_and_the_officers(
    stream: Stream, wish: Command, who: Actor
) -> None:
    with pytest.raises(Refusal) as refused:
        stream.do(wish, who)
    assert refused.value.code == "forbidden"


def test_P7_how_a_seat_is_reached_is_changed_by_the_administrator_alone(stream: Stream) -> None:
    with pytest.raises(Refusal) as refused:
        stream.do(edit(), OFFICER)
    assert refused.value.code == "forbidden"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (SetGroup(group=replace(CITIES, group_id="../etc")), "bad_request"),
        (SetGroup(group=replace(CITIES, name="  ")), "bad_request"),
        (SetGroup(group=replace(CITIES, name="长" * 21)), "bad_request"),
        (SetGroup(group=replace(CITIES, seats=[])), "bad_request"),
        (SetGroup(group=replace(CITIES, seats=["nowhere"])), "bad_request"),
        (SetGroup(group=replace(CITIES, sort=-1)), "bad_request"),
        (SetTemplate(template=replace(FLOOD, groups=["nowhere"])), "bad_request"),
        (SetTemplate(template=replace(FLOOD, groups=[], seats=[])), "bad_request"),
        (SetTemplate(template=replace(FLOOD, title="长" * 81)), "bad_request"),
        (RemoveGroup(group_id="nowhere"), "not_found"),
        (RemoveTemplate(template_id="nowhere"), "not_found"),
        (edit(seat_id="nowhere"), "not_found"),
        (edit(backup_of="yingji"), "bad_request"),
        (edit(backup_of="nowhere"), "bad_request"),
        (edit(phone="1" * 41), "bad_request"),
        (edit(contacts=[Contact(name="")]), "bad_request"),
        (edit(contacts=[Contact(name="本席位", seat_id="yingji")]), "bad_request"),
        (edit(contacts=[Contact(name="别处", seat_id="nowhere")]), "bad_request"),
        (edit(contacts=[Contact(name="人")] * 11), "bad_request"),
    ],
)
def test_what_does_not_fit_is_refused(stream: Stream, wish: Command, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        stream.do(wish, ADMIN)
    assert refused.value.code == code
