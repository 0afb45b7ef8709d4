"""What an item is when it is added: who may, its first state, to whom it goes."""

from __future__ import annotations

from typing import Any

import pytest

from hub.domain.adding_rules import ITEMS_MAX
from hub.domain.event import HUB, Actor
from hub.domain.item import VoidItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.kinds import KINDS
from hub.domain.workspace import Status
from tests.support.incident import (
    BACKUP,
    KAIFENG,
    OFFICER,
    QIXIANG,
    XINYANG,
    YINGJI,
    a_session,
    add,
    an_incident,
    item_in,
    refusal,
    refused,
)


def test_B1_an_item_knows_its_author_and_time() -> None:
    stream = an_incident()
    stream.do(add("situation", text="  京广铁路信阳段\n水位超警戒 "), YINGJI)
    item = item_in(stream)
    assert (item.author, item.created_ms, item.version) == (YINGJI, stream.now_ms, 1)
    assert item.fields["text"] == "京广铁路信阳段 水位超警戒"


@pytest.mark.parametrize("text", ["", "  \n "])
def test_B1_an_item_needs_text(text: str) -> None:
    assert refused(an_incident(), add("situation", text=text), YINGJI) == "board.empty_text"


def test_B1_text_is_at_most_2000_characters() -> None:
    assert refused(an_incident(), add("situation", text="水" * 2001), YINGJI) == "board.text_too_long"


def test_B1_it_is_added_once_to_a_board_that_is_there() -> None:
    stream = an_incident()
    stream.do(add("situation"), YINGJI)
    assert refused(stream, add("situation"), YINGJI) == "bad_request"
    assert refused(stream, add("moon", "i-2"), YINGJI) == "board.unknown"


@pytest.mark.parametrize("item_id", ["", "../x", "水", "x" * 65])
def test_B1_it_has_an_id_by_which_it_can_be_named(item_id: str) -> None:
    assert refused(an_incident(), add("situation", item_id), YINGJI) == "bad_request"


def test_B1_a_workspace_holds_so_many_items() -> None:
    stream = an_incident()
    stream.do(add("situation"), YINGJI)
    items = dict.fromkeys((f"x-{number}" for number in range(ITEMS_MAX)), item_in(stream))
    stream.state = type(stream.state)(**{**_fields(stream.state), "items": items})
    assert refused(stream, add("situation", "i-2"), YINGJI) == "board.full"


def _fields(state: Any) -> dict[str, Any]:
    return {name: getattr(state, name) for name in state.__struct_fields__}


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BoardKind)
@pytest.mark.parametrize("by", [OFFICER, YINGJI, XINYANG], ids=["officer", "dept", "city"])
def test_B2_units_add_on_boards_that_are_for_units(kind: BoardKind, by: Actor) -> None:
    stream = an_incident()
    if by is OFFICER or KINDS[kind].units_add:
        stream.do(add(kind), by)
        assert item_in(stream).author == by
    else:
        assert refused(stream, add(kind), by) == "board.not_for_units"


@pytest.mark.parametrize("kind", [kind for kind in BoardKind if KINDS[kind].tracked])
def test_B2_who_something_is_asked_of_is_for_the_office_and_a_department_warns(kind: BoardKind) -> None:
    asked = add(kind, units=[KAIFENG, KAIFENG])
    stream = an_incident()
    stream.do(asked, OFFICER)
    assert list(item_in(stream).tracks) == ["kaifeng"]
    if KINDS[kind].units_add:
        assert refused(an_incident(), asked, XINYANG) == "forbidden"
    if kind is BoardKind.WARNING:
        an_incident().do(asked, QIXIANG)
    elif KINDS[kind].units_add:
        assert refused(an_incident(), asked, QIXIANG) == "forbidden"


@pytest.mark.parametrize("kind", [kind for kind in BoardKind if not KINDS[kind].tracked])
def test_B2_nothing_is_asked_on_a_board_without_tracks(kind: BoardKind) -> None:
    assert refused(an_incident(), add(kind, units=[XINYANG]), OFFICER) == "board.not_tracked"


@pytest.mark.parametrize(
    "item",
    [
        add("situation", shared=["kaifeng"]),
        add("situation", pinned=True),
        add("opinion", role="conclusion"),
        add("report", proposal="拟请应急厅派员"),
        add("report", proposal_state="approved"),
    ],
)
def test_B2_what_is_for_the_office_alone_a_unit_does_not_add(item: Any) -> None:
    assert refused(an_incident(), item, XINYANG) == "forbidden"
    an_incident().do(item, OFFICER)


def test_B3_choices_that_are_made_once_are_made_when_it_is_added() -> None:
    stream = an_incident()
    stream.do(add("report"), XINYANG)
    stream.do(add("opinion", "i-2"), XINYANG)
    assert item_in(stream).fields["type"] == "initial"
    assert item_in(stream, "i-2").fields["role"] == "opinion"


def test_B9_a_unit_has_one_row_on_the_duty_board_and_one_opinion_in_each_session() -> None:
    stream = an_incident()
    stream.do(add("duty"), XINYANG)
    again = refusal(stream, add("duty", "i-2"), XINYANG)
    assert (again.code, again.detail["item_id"]) == ("board.one_row", "i-1")
    stream.do(add("duty", "i-2"), KAIFENG)
    stream.do(VoidItem(item_id="i-1", reason="换班"), XINYANG)
    stream.do(add("duty", "i-3"), XINYANG)
    stream.do(add("opinion", "o-1", session_id="s-1"), XINYANG)
    same = add("opinion", "o-2", session_id="s-1", role="opinion")
    assert refused(stream, same, XINYANG) == "board.one_row"
    stream.do(add("opinion", "o-2", session_id="s-2"), XINYANG)
    stream.do(add("opinion", "o-3", session_id="s-1", role="conclusion"), OFFICER)


# --- its first state ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "by", "first"),
    [
        (add("situation"), XINYANG, "current"),
        (add("report"), XINYANG, "draft"),
        (add("report", state="submitted"), XINYANG, "submitted"),
        (add("report", type="phone"), OFFICER, "submitted"),
        (add("report", type="clue"), YINGJI, "submitted"),
        (add("instruction"), OFFICER, "registered"),
        (add("instruction", units=[XINYANG]), OFFICER, "issued"),
        (add("warning", units=[XINYANG]), OFFICER, "issued"),
        (add("hazard"), XINYANG, "found"),
        (add("hazard", units=[XINYANG]), OFFICER, "assigned"),
        (add("task", state="doing"), OFFICER, "doing"),
        (add("resource", state="onsite"), XINYANG, "onsite"),
        (add("duty"), XINYANG, "on_post"),
        (add("check", state="no_answer"), OFFICER, "no_answer"),
        (add("opinion"), XINYANG, "filed"),
        (add("keyevent"), XINYANG, "nominated"),
        (add("keyevent"), OFFICER, "published"),
        (add("keyevent", state="nominated"), OFFICER, "nominated"),
    ],
)
def test_B11_an_item_begins_in_a_state_of_its_kind(item: Any, by: Actor, first: str) -> None:
    stream = an_incident()
    stream.do(item, by)
    assert item_in(stream).state == first


@pytest.mark.parametrize(
    "item",
    [
        add("situation", state="settled"),
        add("report", state="adopted"),
        add("task", state="done"),
        add("resource", state="exhausted"),
        add("opinion", state="approved"),
        add("situation", state="moon"),
    ],
)
def test_B11_and_in_no_other(item: Any) -> None:
    assert refused(an_incident(), item, OFFICER) == "bad_request"


# --- to whom it goes ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in BoardKind if KINDS[kind].units_add])
def test_T8_a_citys_item_goes_no_further_than_its_kind_allows(kind: BoardKind) -> None:
    order = list(Reach)
    for by, usual in ((YINGJI, KINDS[kind].reach), (XINYANG, KINDS[kind].city_reach)):
        stream = an_incident()
        stream.do(add(kind), by)
        assert item_in(stream).reach is usual
        for reach in Reach:
            wish = add(kind, "i-2", reach=reach, session_id="s-1")
            if reach is Reach.OFFICE or order.index(reach) > order.index(usual):
                assert refused(stream, wish, by) in ("forbidden", "board.one_row")
    widest = an_incident()
    widest.do(add(kind, reach=Reach.ALL), OFFICER)
    assert item_in(widest).reach is Reach.ALL


def test_T8_a_key_event_goes_to_all_once_it_is_published() -> None:
    stream = an_incident()
    stream.do(add("keyevent"), OFFICER)
    stream.do(add("keyevent", "i-2"), XINYANG)
    assert [item_in(stream, each).reach for each in ("i-1", "i-2")] == [Reach.ALL, Reach.UNIT]


def test_T8_nobody_is_asked_for_what_only_the_office_sees() -> None:
    hidden = add("instruction", units=[XINYANG], reach=Reach.OFFICE)
    assert refused(an_incident(), hidden, OFFICER) == "bad_request"


def test_T8_in_a_session_everybody_shares_the_board_and_nobody_has_a_level() -> None:
    stream = a_session()
    stream.do(add("situation"), XINYANG)
    stream.do(add("instruction", "i-2", units=[KAIFENG]), OFFICER)
    assert [item_in(stream, each).reach for each in ("i-1", "i-2")] == [Reach.ALL, Reach.UNIT]
    assert refused(stream, add("situation", "i-3", reach=Reach.DEPARTMENTS), OFFICER) == "bad_request"
    assert stream.state.units == {}, "who is in a session is the session's matter"


# --- what it follows ------------------------------------------------------------------------------


def test_B14_follow_ups_are_numbered_in_their_chain() -> None:
    stream = an_incident()
    for by in (XINYANG, KAIFENG):
        first = f"{by.seat}-1"
        stream.do(add("report", first, state="submitted"), by)
        for number in (1, 2, 3):
            before = f"{by.seat}-{number}"
            follow = add(
                "report", f"{by.seat}-{number + 1}", type="followup", state="submitted", chain=before
            )
            stream.do(follow, by)
            assert item_in(stream, f"{by.seat}-{number + 1}").number == number
    stream.do(add("report", "i-alone", type="followup", state="submitted"), OFFICER)
    assert item_in(stream, "i-alone").number == 1


def test_B14_nobody_follows_what_is_not_there_or_not_to_be_seen() -> None:
    stream = an_incident()
    stream.do(add("report", state="submitted"), XINYANG)
    for chain in ("i-9", "i-1"):
        follow = add("report", "i-2", type="followup", chain=chain)
        assert refused(stream, follow, KAIFENG) == "board.unknown_item"


def test_B7_new_items_stand_at_the_end() -> None:
    stream = an_incident(status=Status.DRAFT)
    for number in range(30):
        stream.do(add("situation", f"i-{number}"), (OFFICER, YINGJI, BACKUP)[number % 3])
    ranks = [item.rank for item in stream.state.items.values()]
    assert ranks == sorted(set(ranks))
    stream.do(add("task", "t-1"), HUB)
    assert item_in(stream, "t-1").rank == ranks[0]
