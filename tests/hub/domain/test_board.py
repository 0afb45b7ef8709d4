"""A board under many hands: whose words, which order, whose edit wins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.board import (
    AddItem,
    BoardKind,
    Category,
    Changes,
    CloseBoard,
    Credibility,
    EditItem,
    MoveItem,
    OpenBoard,
    VoidItem,
    in_order,
)
from hub.domain.event import HUB, Actor, Command
from hub.domain.rank import DIGITS, rank_between
from hub.domain.streams import decode_event, encode_event, fold
from hub.errors import Refusal
from tests.support.factories import OFFICER, XINYANG, YINGJI, Stream


def board(*texts: str, by: Actor = YINGJI) -> Stream:
    stream = Stream("board:b-1")
    opening = OpenBoard(board_id="b-1", kind=BoardKind.SITUATION, title="态势研判板", session_id="s-1")
    stream.do(opening, HUB)
    for number, text in enumerate(texts, 1):
        stream.do(AddItem(item_id=f"i-{number}", text=text), by)
    return stream


def edit(item: str, version: int, **changes: str) -> EditItem:
    return EditItem(item_id=item, base_version=version, changes=Changes(**changes))  # type: ignore[arg-type]


def refusal(stream: Stream, command: Command, by: Actor) -> Refusal:
    before = stream.state
    with pytest.raises(Refusal) as refused:
        stream.do(command, by)
    assert stream.state is before
    return refused.value


def order(stream: Stream) -> list[str]:
    return [item.item_id for item in in_order(stream.state)]


def test_B1_an_item_knows_its_author_and_time() -> None:
    stream = board("京广铁路信阳段水位超警戒")
    item = stream.state.items["i-1"]
    assert (item.author, item.created_ms, item.version) == (YINGJI, stream.now_ms, 1)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_B1_an_item_needs_text(text: str) -> None:
    assert refusal(board(), AddItem(item_id="i-1", text=text), YINGJI).code == "board.empty_text"


def test_B1_text_is_at_most_2000_characters() -> None:
    assert refusal(board(), AddItem(item_id="i-1", text="水" * 2001), YINGJI).code == "board.text_too_long"


def test_B2_a_units_words_are_its_own() -> None:
    stream = board("已转移群众 1200 人")
    for by in (XINYANG, OFFICER):
        assert refusal(stream, edit("i-1", 1, text="改"), by).code == "board.foreign_item"
    stream.do(edit("i-1", 1, credibility=Credibility.VERIFIED), OFFICER)
    assert stream.state.items["i-1"].credibility is Credibility.VERIFIED
    assert stream.state.items["i-1"].edited_by == OFFICER


def test_B3_the_office_orders_the_board_and_a_unit_its_own_items() -> None:
    stream = board("一", "二", "三")
    stream.do(MoveItem(item_id="i-3", after=None), OFFICER)
    assert order(stream) == ["i-3", "i-1", "i-2"]
    stream.do(MoveItem(item_id="i-3", after="i-1"), YINGJI)
    assert order(stream) == ["i-1", "i-3", "i-2"]
    assert refusal(stream, MoveItem(item_id="i-3"), XINYANG).code == "board.foreign_item"
    assert refusal(stream, MoveItem(item_id="i-3", after="i-9"), OFFICER).code == "board.unknown_item"
    assert stream.do(MoveItem(item_id="i-3", after="i-1"), OFFICER) == []


def test_B4_different_fields_merge() -> None:
    stream = board("水位 2.1 米")
    stream.do(edit("i-1", 1, place="信阳浉河"), YINGJI)
    stream.do(edit("i-1", 1, text="水位 2.4 米"), YINGJI)
    item = stream.state.items["i-1"]
    assert (item.place, item.text, item.version) == ("信阳浉河", "水位 2.4 米", 3)


def test_B4_the_same_field_is_a_conflict_with_both_texts() -> None:
    stream = board("水位 2.1 米")
    stream.do(edit("i-1", 1, text="水位 2.4 米"), YINGJI)
    refused = refusal(stream, edit("i-1", 1, text="水位 2.6 米"), YINGJI)
    assert refused.code == "board.conflict"
    assert refused.detail["theirs"] == {"text": "水位 2.4 米"}
    assert refused.detail["yours"] == {"text": "水位 2.6 米"}
    assert refused.detail["version"] == 2
    stream.do(edit("i-1", 2, text="水位 2.6 米"), YINGJI)
    assert stream.state.items["i-1"].text == "水位 2.6 米"


def test_B4_the_same_words_twice_are_no_conflict() -> None:
    stream = board("水位 2.1 米")
    stream.do(edit("i-1", 1, text="水位 2.4 米"), YINGJI)
    assert stream.do(edit("i-1", 1, text="水位 2.4 米"), YINGJI) == []


def test_B5_nothing_is_deleted_only_voided_with_a_reason() -> None:
    stream = board("误报", "实情")
    assert refusal(stream, VoidItem(item_id="i-1", reason=" "), YINGJI).code == "board.void_needs_reason"
    assert refusal(stream, VoidItem(item_id="i-1", reason="误"), XINYANG).code == "board.foreign_item"
    stream.do(VoidItem(item_id="i-1", reason="核实为误报"), YINGJI)
    voided = stream.state.items["i-1"].voided
    assert (voided.actor, voided.reason) == (YINGJI, "核实为误报")
    assert refusal(stream, edit("i-1", 1, text="改"), YINGJI).code == "board.voided"
    assert refusal(stream, VoidItem(item_id="i-1", reason="再"), OFFICER).code == "board.voided"


def test_B6_a_closed_board_is_read_only() -> None:
    stream = board("一")
    stream.do(CloseBoard(), HUB)
    assert refusal(stream, AddItem(item_id="i-2", text="二"), YINGJI).code == "board.closed"


def test_B7_any_rank_has_room_on_both_sides() -> None:
    assert rank_between(None, None) < rank_between(rank_between(None, None), None)
    with pytest.raises(ValueError, match="no rank"):
        rank_between("b", "a")


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=120))
def test_B7_inserting_anywhere_keeps_the_order(places: list[int]) -> None:
    ranks: list[str] = []
    for place in places:
        index = place % (len(ranks) + 1)
        before = ranks[index - 1] if index else None
        behind = ranks[index] if index < len(ranks) else None
        rank = rank_between(before, behind)
        assert not rank.endswith(DIGITS[0])
        ranks.insert(index, rank)
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_B7_a_long_list_grows_at_the_end_with_short_ranks() -> None:
    rank = None
    for _ in range(1000):
        rank = rank_between(rank, None)
    assert rank is not None
    assert len(rank) < 25


@given(st.data())
def test_B8_the_state_is_the_fold_of_the_log(data: st.DataObject) -> None:
    stream = board("一", "二")
    people = st.sampled_from([OFFICER, YINGJI, XINYANG])
    items = st.sampled_from([f"i-{number}" for number in range(1, 6)])
    text = st.text("水位雨量转移群众", min_size=1, max_size=6)
    command = st.one_of(
        st.builds(AddItem, item_id=items, text=text, category=st.sampled_from(Category)),
        st.builds(
            EditItem,
            item_id=items,
            base_version=st.integers(1, 4),
            changes=st.builds(Changes, text=text, place=text),
        ),
        st.builds(MoveItem, item_id=items, after=st.none() | items),
        st.builds(VoidItem, item_id=items, reason=text),
    )
    seen: set[str] = set()
    for wish, by in data.draw(st.lists(st.tuples(command, people), max_size=25)):
        try:
            stream.do(wish, by)
        except Refusal as refused:
            seen.add(refused.code)
    assert all(code.startswith(("board.", "bad_request")) for code in seen)
    assert fold("board:b-1", stream.events) == stream.state
    for recorded in stream.events:
        assert decode_event(encode_event(recorded.event)) == recorded.event
