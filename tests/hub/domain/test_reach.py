"""Each viewer is told its part and nothing of the rest: folded, it is what the whole shows of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.event import Actor, Event, Role
from hub.domain.item import (
    AddItem,
    Annotate,
    Attach,
    Attached,
    Attachment,
    Item,
    ItemHidden,
    ItemShown,
    Note,
    ShareItem,
    Withheld,
)
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.reach import is_for_all, may_follow, sees, takes_part, view, workspace_for
from hub.domain.streams import decode_event, encode_event, fold
from hub.domain.track import Progress
from hub.domain.workspace import NoteEntry, RemoveUnit, Workspace
from signaling.framing import encode_push
from signaling.vocabulary import Events, Snapshot
from tests.golden.workspaces import heard_by
from tests.support.factories import BACKUP, REVIEWER, STRANGER, Stream
from tests.support.history import History
from tests.support.incident import (
    ADMIN,
    HUB,
    KAIFENG,
    OFFICER,
    QIXIANG,
    WALL,
    XINYANG,
    YINGJI,
    a_session,
    add,
    an_incident,
    edit,
    item_in,
    step,
    track,
)

UNITS_AND_OTHERS = (YINGJI, QIXIANG, XINYANG, KAIFENG, REVIEWER, WALL)
VIEWERS = (*UNITS_AND_OTHERS, OFFICER)
WORDS = re.compile(rb"<\d+>")


# --- whatever happens -----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_B8_T8_T9_T10_each_viewer_is_told_exactly_its_part(seed: int) -> None:
    stream = an_incident()
    history = History(seed, stream)
    before: Workspace = stream.state
    told = {viewer: workspace_for(before, viewer) for viewer in VIEWERS}
    known: dict[Actor, set[bytes]] = {viewer: set() for viewer in VIEWERS}
    allowed: dict[Actor, set[bytes]] = defaultdict(set)
    for count in history.run(50):
        for recorded in stream.events[-count:]:
            assert decode_event(encode_event(recorded.event)) == recorded.event
            after = stream.rules.apply(before, recorded)
            for viewer in UNITS_AND_OTHERS:
                allowed[viewer] |= _may_know(after, recorded.event, viewer)
            for viewer in VIEWERS:
                heard = view(before, after, recorded, viewer)
                if is_for_all(before, after, recorded) and takes_part(after, viewer):
                    assert heard is recorded  # the short cut says what the long way says
                told[viewer] = stream.rules.apply(told[viewer], heard)
                assert told[viewer] == workspace_for(after, viewer)
                known[viewer] |= _words(Events(stream=stream.name, events=[heard]))
            before = after
    assert before == stream.state == fold(stream.name, stream.events)
    for viewer in UNITS_AND_OTHERS:
        shown = workspace_for(before, viewer)
        known[viewer] |= _words(Snapshot(stream=stream.name, seq=1, state=shown))
        assert known[viewer] <= allowed[viewer]


def _words(message: object) -> set[bytes]:
    """The words in the bytes that are sent."""
    if isinstance(message, Events | Snapshot):
        return set(WORDS.findall(encode_push(message)))
    return set(WORDS.findall(repr(message).encode()))


def _may_know(state: Workspace, event: Event, by: Actor) -> set[bytes]:
    """The words of an item that ``by`` may know, told by the rules as they are written, not by the code."""
    item = state.items.get(getattr(event, "item_id", ""))
    if item is None:
        return set()
    kind = state.boards[item.board_id].kind
    if not _is_for(state, item, by):
        return set()
    secret = ("proposal", "proposal_state") if kind in (BoardKind.REPORT, BoardKind.INSTRUCTION) else ()
    parts: list[object] = [value for name, value in item.fields.items() if name not in secret]
    parts += [item.reason, item.voided]
    if by.role is Role.REVIEWER or getattr(event, "seat", None) == by.seat:
        parts.append(event if hasattr(event, "seat") else None)  # what is said with a step of a track
    parts += [each for seat, each in item.tracks.items() if by.role is Role.REVIEWER or seat == by.seat]
    hung: list[Note | Attached] = [*item.attachments, *(note for note in item.notes if not note.office)]
    parts += [each for each in hung if _is_told(state, item, each.actor, kind, by)]
    return _words(parts)


def _is_for(state: Workspace, item: Item, by: Actor) -> bool:
    if item.reach is Reach.OFFICE:
        return False
    if by.role is Role.REVIEWER:
        return True
    if by.role is Role.WALL:
        return item.on_wall
    if by.seat == item.author.seat or by.seat in item.tracks or by.seat in item.shared:
        return True
    department = state.units[by.seat or ""].level == "dept"
    return item.reach is Reach.ALL or (item.reach is Reach.DEPARTMENTS and department)


def _is_told(state: Workspace, item: Item, of: Actor, kind: BoardKind, by: Actor) -> bool:
    if by.role is Role.REVIEWER or by.seat in (of.seat, item.author.seat):
        return True
    if of.role is Role.OFFICER or of.seat == item.author.seat:
        return True
    tracked = kind in (
        BoardKind.INSTRUCTION,
        BoardKind.WARNING,
        BoardKind.HAZARD,
        BoardKind.TASK,
        BoardKind.CHECK,
    )
    return not tracked and state.units[of.seat or ""].level == "dept"


# --- one by one -----------------------------------------------------------------------------------


def seen_by(stream: Stream, item_id: str = "i-1") -> set[str]:
    return {by.account for by in VIEWERS if sees(stream.state, item_in(stream, item_id), by)}


@pytest.mark.parametrize(
    ("reach", "who"),
    [
        (Reach.OFFICE, {"officer"}),
        (Reach.UNIT, {"officer", "reviewer", "xinyang"}),
        (Reach.DEPARTMENTS, {"officer", "reviewer", "xinyang", "yingji", "qixiang"}),
        (Reach.ALL, {"officer", "reviewer", "xinyang", "yingji", "qixiang", "kaifeng"}),
    ],
)
def test_T8_an_item_goes_as_far_as_its_reach(reach: Reach, who: set[str]) -> None:
    stream = an_incident()
    stream.do(add("situation"), XINYANG)
    stream.do(ShareItem(item_id="i-1", reach=reach, shared=[]), OFFICER)
    assert seen_by(stream) == who
    assert not sees(stream.state, item_in(stream), STRANGER)
    assert not sees(stream.state, item_in(stream), ADMIN)


def test_T8_a_city_hears_nothing_of_another_citys_item_but_that_something_happened() -> None:
    stream = an_incident()
    stream.do(add("situation", "i-secret", "浉河水位 2.1 米"), XINYANG)
    stream.do(edit("i-secret", 1, place="浉河"), XINYANG)
    heard = heard_by(KAIFENG, stream)
    for recorded in heard.events[-2:]:
        assert isinstance(recorded.event, Withheld)
        assert (recorded.actor.account, recorded.actor.seat, recorded.op) == ("", None, None)
    assert heard.state.items == {}


def test_T8_what_is_shared_appears_whole_and_goes_when_it_is_taken_back() -> None:
    stream = an_incident()
    stream.do(add("situation"), XINYANG)
    stream.do(edit("i-1", 1, text="浉河水位 2.4 米"), XINYANG)
    stream.do(ShareItem(item_id="i-1", reach=Reach.UNIT, shared=["kaifeng"]), OFFICER)
    stream.do(ShareItem(item_id="i-1", reach=Reach.UNIT, shared=[]), OFFICER)
    shown, hidden = [recorded.event for recorded in heard_by(KAIFENG, stream).events[-2:]]
    assert isinstance(shown, ItemShown)
    assert (shown.item.fields["text"], shown.item.shared) == ("浉河水位 2.4 米", [])
    assert isinstance(hidden, ItemHidden)


def test_T8_which_units_answer_moved_an_instruction_on_is_not_told() -> None:
    stream = an_incident()
    stream.do(add("instruction", units=[XINYANG, KAIFENG]), OFFICER)
    stream.do(track("i-1", XINYANG, Progress.SIGNED), XINYANG)
    heard = heard_by(KAIFENG, stream)
    assert heard.state.items["i-1"].state == "working"
    assert heard.events[-1].actor.account == ""
    assert list(heard.state.items["i-1"].tracks) == ["kaifeng"]
    assert heard_by(XINYANG, stream).events[-1].actor == XINYANG


def test_T9_a_proposal_never_leaves_the_office_and_leaves_no_trace() -> None:
    stream = an_incident()
    stream.do(add("report", state="submitted"), XINYANG)
    stream.do(edit("i-1", 1, proposal="拟请应急厅派员", credibility="verified"), OFFICER)
    stream.do(edit("i-1", 3, proposal_state="approved"), BACKUP)
    whole, shown = item_in(stream), heard_by(XINYANG, stream).state.items["i-1"]
    assert whole.fields["proposal"] == "拟请应急厅派员"
    assert (whole.version, shown.version, shown.edited_by) == (4, 2, OFFICER)
    assert not {"proposal", "proposal_state"} & {*shown.fields, *shown.fields_at}
    assert isinstance(heard_by(REVIEWER, stream).events[-1].event, Withheld)


def test_T10_what_a_unit_hangs_on_what_was_asked_of_several_goes_to_whom_it_is_for() -> None:
    stream = an_incident()
    stream.do(add("instruction", units=[XINYANG, KAIFENG]), OFFICER)
    paper = Attachment(digest="ab" * 32, name="名单.pdf", type="application/pdf", size_bytes=9)
    stream.do(Attach(item_id="i-1", attachment=paper), XINYANG)
    stream.do(Annotate(item_id="i-1", text="已核实"), XINYANG)
    for by, count in ((XINYANG, 1), (KAIFENG, 0), (REVIEWER, 1), (OFFICER, 1)):
        item = workspace_for(stream.state, by).items["i-1"]
        assert (len(item.attachments), len(item.notes)) == (count, count)


def test_T10_a_citys_note_is_for_the_office_and_the_author() -> None:
    stream = an_incident()
    stream.do(add("situation", reach=Reach.ALL), YINGJI)
    stream.do(Annotate(item_id="i-1", text="已转移"), XINYANG)
    stream.do(Annotate(item_id="i-1", text="已派员"), QIXIANG)
    notes = {
        by.account: [note.text for note in workspace_for(stream.state, by).items["i-1"].notes]
        for by in (YINGJI, QIXIANG, XINYANG, KAIFENG, OFFICER)
    }
    assert notes == {
        "yingji": ["已转移", "已派员"],
        "qixiang": ["已派员"],
        "xinyang": ["已转移", "已派员"],
        "kaifeng": ["已派员"],
        "officer": ["已转移", "已派员"],
    }


def test_I8_what_the_office_notes_by_hand_stays_with_it() -> None:
    stream = an_incident()
    stream.do(NoteEntry(when_ms=1, text="口头报告"), OFFICER)
    for by in (XINYANG, REVIEWER):
        assert isinstance(heard_by(by, stream).events[-1].event, Withheld)
    assert heard_by(OFFICER, stream).events[-1] is stream.events[-1]


def test_W3_on_a_wall_is_what_the_office_put_there() -> None:
    stream = an_incident()
    stream.do(add("situation", reach=Reach.ALL), OFFICER)
    assert seen_by(stream) & {"w-1"} == set()
    session = a_session()
    session.do(add("situation"), XINYANG)
    session.do(add("instruction", "i-2", units=[XINYANG]), OFFICER)
    assert list(workspace_for(session.state, WALL).items) == ["i-1"]


def followers(stream: Stream) -> Iterator[str]:
    for by in (OFFICER, HUB, REVIEWER, YINGJI, XINYANG, STRANGER, ADMIN, WALL):
        if may_follow(stream.state, by):
            yield by.account


def test_P15_an_incident_is_for_those_who_take_part_in_it() -> None:
    stream = an_incident()
    assert list(followers(stream)) == ["officer", "hub", "reviewer", "yingji", "xinyang"]
    stream.do(RemoveUnit(seat="xinyang"), OFFICER)
    assert list(followers(stream)) == ["officer", "hub", "reviewer", "yingji"]
    stream.do(add("situation", reach=Reach.ALL), OFFICER)
    stream.do(step("i-1", "settle"), OFFICER)
    assert isinstance(heard_by(XINYANG, stream).events[-1].event, Withheld)


def test_T8_an_edit_on_a_board_that_all_see_is_for_all_and_a_secret_or_a_citys_is_not() -> None:
    stream = an_incident()
    before: Workspace = stream.state
    stream.do(AddItem(board_id="situation", item_id="n-1", fields={"text": "全省"}), OFFICER)
    assert is_for_all(before, stream.state, stream.events[-1])
    before = stream.state
    stream.do(AddItem(board_id="situation", item_id="n-2", fields={"text": "本市"}), XINYANG)
    assert not is_for_all(before, stream.state, stream.events[-1])
