"""Items under many hands: whose words, which order, whose edit wins, who moves them on."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import pytest

from hub.domain.event import Actor
from hub.domain.item import (
    Annotate,
    AssignItem,
    Attach,
    Attachment,
    MoveItem,
    PinItem,
    PutOnWall,
    ShareItem,
    VoidItem,
)
from hub.domain.item_rules import ATTACHMENTS_MAX, NOTES_MAX, OWN_VOID_MS, in_order
from hub.domain.kindparts import BoardKind, Move, Reach, Who
from hub.domain.kinds import KINDS
from tests.support.factories import Stream, unit
from tests.support.incident import (
    BACKUP,
    HUB,
    KAIFENG,
    OFFICER,
    QIXIANG,
    XINYANG,
    YINGJI,
    add,
    an_incident,
    edit,
    item_in,
    put_in_state,
    refusal,
    refused,
    step,
)


def board(*texts: str, by: Actor = YINGJI) -> Stream:
    stream = an_incident()
    for number, text in enumerate(texts, 1):
        stream.do(add("situation", f"i-{number}", text), by)
    return stream


def order(stream: Stream) -> list[str]:
    return [item.item_id for item in in_order(stream.state, "situation")]


# --- words ----------------------------------------------------------------------------------------


def test_B2_a_units_words_are_its_own() -> None:
    stream = board("已转移群众 1200 人")
    for by in (QIXIANG, OFFICER):
        assert refused(stream, edit("i-1", 1, text="改"), by) == "board.foreign_item"
    stream.do(edit("i-1", 1, credibility="verified"), OFFICER)
    assert item_in(stream).fields["credibility"] == "verified"
    assert item_in(stream).edited_by == OFFICER
    assert refused(stream, edit("i-1", 1, credibility="false"), QIXIANG) == "board.foreign_item"


def test_B2_officers_speak_for_the_office_whichever_of_its_seats_wrote() -> None:
    stream = board("一", by=OFFICER)
    stream.do(edit("i-1", 1, text="二"), BACKUP)
    assert item_in(stream).fields["text"] == "二"


def test_B2_the_units_it_is_assigned_to_write_what_is_theirs() -> None:
    stream = an_incident()
    stream.do(add("hazard", units=[XINYANG]), OFFICER)
    stream.do(edit("i-1", 1, measure="加固"), XINYANG)
    assert refused(stream, edit("i-1", 2, text="已加固"), XINYANG) == "board.foreign_item"
    assert refused(stream, edit("i-1", 2, measure="拆除"), KAIFENG) == "board.unknown_item"


def test_B3_a_choice_that_is_made_once_stands() -> None:
    stream = an_incident()
    stream.do(add("report"), XINYANG)
    assert refused(stream, edit("i-1", 1, type="followup"), XINYANG) == "board.foreign_item"
    stream.do(add("task", "i-2"), OFFICER)
    stream.do(edit("i-2", 1, due=str(stream.now_ms + 60_000)), OFFICER)
    assert refused(stream, edit("i-2", 2, due=str(stream.now_ms + 90_000)), OFFICER) == "board.foreign_item"


def test_B1_an_item_keeps_some_text() -> None:
    assert refused(board("一"), edit("i-1", 1, text=" "), YINGJI) == "board.empty_text"


def test_B4_different_fields_merge() -> None:
    stream = board("水位 2.1 米")
    stream.do(edit("i-1", 1, place="信阳浉河"), YINGJI)
    stream.do(edit("i-1", 1, text="水位 2.4 米"), YINGJI)
    item = item_in(stream)
    assert (item.fields["place"], item.fields["text"], item.version) == ("信阳浉河", "水位 2.4 米", 3)


def test_B4_the_same_field_is_a_conflict_with_both_texts() -> None:
    stream = board("水位 2.1 米")
    stream.do(edit("i-1", 1, text="水位 2.4 米"), YINGJI)
    clash = refusal(stream, edit("i-1", 1, text="水位 2.6 米"), YINGJI)
    assert clash.code == "board.conflict"
    assert clash.detail["theirs"] == {"text": "水位 2.4 米"}
    assert clash.detail["yours"] == {"text": "水位 2.6 米"}
    assert (clash.detail["version"], clash.detail["at_ms"]) == (2, item_in(stream).edited_ms)
    stream.do(edit("i-1", 2, text="水位 2.6 米"), YINGJI)
    assert item_in(stream).fields["text"] == "水位 2.6 米"


def test_B4_the_same_words_twice_are_no_conflict() -> None:
    stream = board("水位 2.1 米")
    stream.do(edit("i-1", 1, text="水位 2.4 米"), YINGJI)
    assert stream.do(edit("i-1", 1, text="水位 2.4 米"), YINGJI) == []
    assert stream.do(edit("i-1", 1, category="fact"), YINGJI) == [], "what it is already"


# --- its end --------------------------------------------------------------------------------------


def test_B5_nothing_is_deleted_only_voided_with_a_reason() -> None:
    stream = board("误报", "实情")
    assert refused(stream, VoidItem(item_id="i-1", reason=" "), YINGJI) == "board.void_needs_reason"
    assert refused(stream, VoidItem(item_id="i-1", reason="误"), QIXIANG) == "board.foreign_item"
    stream.do(VoidItem(item_id="i-1", reason="核实为误报"), YINGJI)
    voided = item_in(stream).voided
    assert voided is not None
    assert (voided.actor, voided.reason) == (YINGJI, "核实为误报")
    assert refused(stream, edit("i-1", 1, text="改"), YINGJI) == "board.voided"
    assert refused(stream, VoidItem(item_id="i-1", reason="再"), OFFICER) == "board.voided"


def test_B5_a_unit_takes_its_own_item_back_for_ten_minutes_and_the_office_later() -> None:
    stream = board("一", "二")
    stream.now_ms = item_in(stream).created_ms
    stream.do(VoidItem(item_id="i-1", reason="误报"), YINGJI, after_ms=OWN_VOID_MS)
    stream.now_ms = item_in(stream, "i-2").created_ms + OWN_VOID_MS
    late = VoidItem(item_id="i-2", reason="误报")
    assert refused(stream, late, YINGJI) == "board.void_too_late"
    stream.do(late, OFFICER)


@pytest.mark.parametrize(
    ("kind", "final", "by"),
    [
        ("report", "adopted", XINYANG),
        ("instruction", "closed", OFFICER),
        ("hazard", "cleared", XINYANG),
        ("opinion", "approved", XINYANG),
        ("keyevent", "published", XINYANG),
    ],
)
def test_B10_what_has_come_to_an_end_stands_as_it_is(kind: str, final: str, by: Actor) -> None:
    stream = an_incident()
    stream.do(add(kind), by)
    put_in_state(stream, "i-1", final)
    assert refused(stream, edit("i-1", 1, text="改"), by) == "board.frozen"


def test_B10_what_the_office_proposes_about_a_report_is_written_to_its_end() -> None:
    stream = an_incident()
    stream.do(add("report", state="submitted"), XINYANG)
    stream.do(step("i-1", "adopt"), OFFICER)
    stream.do(edit("i-1", 1, proposal="拟报省领导阅", proposal_state="approved"), OFFICER)
    assert refused(stream, edit("i-1", 2, proposal="改", credibility="verified"), OFFICER) == "board.frozen"


def test_B10_a_task_may_still_be_written_to() -> None:
    stream = an_incident()
    stream.do(add("task", units=[XINYANG]), OFFICER)
    stream.do(step("i-1", "finish"), XINYANG)
    stream.do(edit("i-1", 1, result="已转移 1200 人"), XINYANG)


# --- the table of moves ---------------------------------------------------------------------------


class Walker(NamedTuple):
    """Somebody beside an item, and as whom of the table."""

    by: Actor
    roles: frozenset[Who]


WALKERS = (
    Walker(OFFICER, frozenset({Who.OFFICE, Who.SECOND})),
    Walker(YINGJI, frozenset({Who.AUTHOR, Who.SECOND})),
    Walker(XINYANG, frozenset({Who.ASSIGNEE})),
    Walker(KAIFENG, frozenset({Who.SECOND})),
    Walker(HUB, frozenset({Who.OFFICE})),
)
TABLE = [
    (kind, state.value, move)
    for kind in BoardKind
    for state in KINDS[kind].states
    for move in KINDS[kind].moves
]


def _written_by_yingji_for_xinyang(kind: BoardKind, state: str) -> Stream:
    stream = an_incident()
    author = YINGJI if KINDS[kind].units_add else OFFICER
    stream.do(add(kind), author)
    if KINDS[kind].tracked:
        stream.do(AssignItem(item_id="i-1", units=[unit(XINYANG)]), OFFICER)
    stream.do(ShareItem(item_id="i-1", reach=Reach.ALL, shared=[]), OFFICER)
    put_in_state(stream, "i-1", state)
    return stream


@pytest.mark.parametrize(("kind", "state", "move"), TABLE, ids=lambda part: getattr(part, "name", str(part)))
def test_B11_items_move_along_the_table_of_their_kind_by_whom_it_names(
    kind: BoardKind, state: str, move: Move
) -> None:
    for walker in WALKERS:
        if walker.by is YINGJI and not KINDS[kind].units_add:
            continue
        if walker.by is XINYANG and not KINDS[kind].tracked:
            continue
        stream = _written_by_yingji_for_xinyang(kind, state)
        wish = step("i-1", move.name, "有原因")
        if state not in move.sources:
            if state == move.target:
                assert stream.do(wish, walker.by) == []
            else:
                assert refused(stream, wish, walker.by) == "board.no_move"
        elif walker.roles.isdisjoint(move.who):
            assert refused(stream, wish, walker.by) in ("board.foreign_item", "board.second_unit")
        else:
            if move.needs_reason:
                assert refused(stream, step("i-1", move.name), walker.by) == "board.needs_reason"
            stream.do(wish, walker.by)
            assert (item_in(stream).state, item_in(stream).reason) == (move.target, "有原因")


def test_B11_a_move_that_the_kind_does_not_have_is_none() -> None:
    assert refused(board("一"), step("i-1", "clear"), OFFICER) == "bad_request"


def test_B12_a_hazard_is_cleared_by_a_second_unit_only() -> None:
    stream = an_incident()
    stream.do(add("hazard"), YINGJI)
    stream.do(AssignItem(item_id="i-1", units=[unit(XINYANG), unit(KAIFENG)]), OFFICER)
    stream.do(step("i-1", "report"), XINYANG)
    assert item_in(stream).done_by == "xinyang"
    for responsible in (XINYANG, KAIFENG):
        assert refused(stream, step("i-1", "clear"), responsible) == "board.second_unit"
    stream.do(step("i-1", "reject", "裂缝仍在"), YINGJI)
    stream.do(step("i-1", "report"), KAIFENG)
    stream.do(step("i-1", "clear"), YINGJI)
    assert item_in(stream).state == "cleared"


def test_B12_not_even_the_office_clears_what_it_was_to_mend_itself() -> None:
    stream = an_incident()
    stream.do(add("hazard", units=[OFFICER]), OFFICER)
    stream.do(step("i-1", "report"), OFFICER)
    assert refused(stream, step("i-1", "clear"), OFFICER) == "board.second_unit"
    stream.do(step("i-1", "clear"), BACKUP)


# --- order ----------------------------------------------------------------------------------------


def test_B13_the_office_orders_the_board_and_a_unit_its_own_items() -> None:
    stream = board("一", "二", "三")
    stream.do(MoveItem(item_id="i-3", after=None), OFFICER)
    assert order(stream) == ["i-3", "i-1", "i-2"]
    stream.do(MoveItem(item_id="i-3", after="i-1"), YINGJI)
    assert order(stream) == ["i-1", "i-3", "i-2"]
    assert refused(stream, MoveItem(item_id="i-3"), QIXIANG) == "board.foreign_item"
    assert refused(stream, MoveItem(item_id="i-3", after="i-9"), OFFICER) == "board.unknown_item"
    assert stream.do(MoveItem(item_id="i-3", after="i-1"), OFFICER) == []


def test_B13_nobody_orders_by_what_he_does_not_see() -> None:
    stream = board("一")
    stream.do(add("situation", "i-2", reach=Reach.OFFICE), OFFICER)
    assert refused(stream, MoveItem(item_id="i-1", after="i-2"), YINGJI) == "board.unknown_item"


# --- what hangs on it -----------------------------------------------------------------------------


def attachment(number: int = 1) -> Attachment:
    return Attachment(digest=f"{number:064x}", name="水位.pdf", type="application/pdf", size_bytes=77)


def test_B16_its_author_its_units_and_the_office_attach_the_same_content_once() -> None:
    stream = an_incident()
    stream.do(add("hazard", reach=Reach.ALL, units=[XINYANG]), OFFICER)
    for number, by in enumerate((OFFICER, XINYANG), 1):
        stream.do(Attach(item_id="i-1", attachment=attachment(number)), by)
    assert stream.do(Attach(item_id="i-1", attachment=attachment()), XINYANG) == []
    assert refused(stream, Attach(item_id="i-1", attachment=attachment(3)), KAIFENG) == "board.foreign_item"
    for number in range(3, ATTACHMENTS_MAX + 1):
        stream.do(Attach(item_id="i-1", attachment=attachment(number)), OFFICER)
    assert refused(stream, Attach(item_id="i-1", attachment=attachment(99)), OFFICER) == "board.full"


def test_B16_whoever_sees_it_writes_a_note_beside_it() -> None:
    stream = board("夜间仍有强降雨")
    stream.do(Annotate(item_id="i-1", text="已转移"), XINYANG)
    stream.do(Annotate(item_id="i-1", text="核对", office=True), OFFICER)
    assert refused(stream, Annotate(item_id="i-1", text="核对", office=True), YINGJI) == "forbidden"
    assert refused(stream, Annotate(item_id="i-1", text=" "), YINGJI) == "board.empty_text"
    for number in range(NOTES_MAX - 2):
        stream.do(Annotate(item_id="i-1", text=str(number)), YINGJI)
    assert refused(stream, Annotate(item_id="i-1", text="多"), YINGJI) == "board.full"


def test_B2_the_office_pins_items_and_puts_them_on_the_wall() -> None:
    stream = board("一")
    for pin, wall in ((True, True), (False, False)):
        stream.do(PinItem(item_id="i-1", pinned=pin), OFFICER)
        stream.do(PutOnWall(item_id="i-1", on_wall=wall), OFFICER)
        assert (item_in(stream).pinned, item_in(stream).on_wall) == (pin, wall)
        assert stream.do(PinItem(item_id="i-1", pinned=pin), OFFICER) == []
        assert stream.do(PutOnWall(item_id="i-1", on_wall=wall), OFFICER) == []
    for command in (PinItem(item_id="i-1", pinned=True), PutOnWall(item_id="i-1", on_wall=True)):
        assert refused(stream, command, YINGJI) == "forbidden"


def test_T8_only_the_office_makes_an_item_known_to_more_units() -> None:
    stream = an_incident()
    stream.do(add("situation"), XINYANG)
    wider = ShareItem(item_id="i-1", reach=Reach.ALL, shared=[])
    assert refused(stream, wider, XINYANG) == "forbidden"
    shared = ShareItem(item_id="i-1", reach=Reach.UNIT, shared=["kaifeng"])
    stream.do(shared, OFFICER)
    assert stream.do(shared, OFFICER) == []
    assert refused(stream, ShareItem(item_id="i-1", reach=Reach.UNIT, shared=["hebi"]), OFFICER) == (
        "incident.unknown_unit"
    )
    stream.do(wider, OFFICER)
    stream.do(ShareItem(item_id="i-1", reach=Reach.DEPARTMENTS, shared=["kaifeng"]), OFFICER)
    stream.do(ShareItem(item_id="i-1", reach=Reach.UNIT, shared=[]), XINYANG)
    assert (item_in(stream).reach, item_in(stream).shared) == (Reach.UNIT, ["kaifeng"])
    hidden = ShareItem(item_id="i-1", reach=Reach.OFFICE, shared=[])
    assert refused(stream, hidden, XINYANG) == "forbidden"
    assert refused(stream, ShareItem(item_id="i-1", reach=Reach.UNIT, shared=[]), YINGJI) == (
        "board.unknown_item"
    )


def test_T2_the_office_assigns_an_item_to_more_units() -> None:
    stream = an_incident()
    stream.do(add("instruction"), OFFICER)
    assign = AssignItem(item_id="i-1", units=[unit(XINYANG)])
    assert refused(stream, assign, XINYANG) == "board.unknown_item"
    stream.do(assign, OFFICER)
    assert (item_in(stream).state, list(item_in(stream).tracks)) == ("issued", ["xinyang"])
    assert stream.do(assign, OFFICER) == []
    assert refused(stream, assign, XINYANG) == "forbidden"
    stream.do(step("i-1", "revoke", "已有部署"), OFFICER)
    assert refused(stream, AssignItem(item_id="i-1", units=[unit(KAIFENG)]), OFFICER) == "board.frozen"
    stream.do(add("situation", "i-2"), OFFICER)
    assert refused(stream, AssignItem(item_id="i-2", units=[unit(KAIFENG)]), OFFICER) == "board.not_tracked"


def test_T8_what_one_does_not_see_is_as_if_it_were_not() -> None:
    stream = an_incident()
    stream.do(add("situation"), XINYANG)
    commands = [
        edit("i-1", 1, text="改"),
        step("i-1", "settle"),
        VoidItem(item_id="i-1", reason="误"),
        Annotate(item_id="i-1", text="问"),
        Attach(item_id="i-1", attachment=attachment()),
        MoveItem(item_id="i-1"),
    ]
    for command, by in product(commands, (KAIFENG,)):
        seen = refusal(stream, command, by)
        gone = refusal(stream, type(command)(**{**_parts(command), "item_id": "i-9"}), by)
        assert (seen.code, set(seen.detail)) == (gone.code, set(gone.detail))


def _parts(command: object) -> dict[str, object]:
    return {name: getattr(command, name) for name in command.__struct_fields__}  # type: ignore[attr-defined]
