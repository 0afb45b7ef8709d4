"""The rules of a duty log, its roster and its handover."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.domain.duty import (
    ChangeCrew,
    CollectSheet,
    CorrectEntry,
    EntryKind,
    FlagEmpty,
    GiveHandover,
    LinkReport,
    NoteItems,
    NoticeShift,
    OpenItem,
    OpenKind,
    PhoneRecord,
    PlanShifts,
    RemoveShift,
    SignHandover,
    SignIn,
    SwapShifts,
    TakePost,
    VoidEntry,
    WatchHow,
    WithdrawHandover,
    WriteEntry,
    WriteSystem,
)
from hub.domain.duty_fold import ENTRIES_KEPT, on_duty_at, whole
from hub.domain.event import HUB, Command
from hub.domain.roster import Crew, EmptySlot, Shift, day_of, gaps
from hub.errors import Refusal
from tests.support.factories import OFFICER, REVIEWER, START_MS, XINYANG, Stream

HOUR_MS = 3_600_000
RELIEF = replace(OFFICER, account="relief", person="何卫平")
ITEM = OpenItem(key="incident:i-1/x-1", kind=OpenKind.INSTRUCTION, stream="incident:i-1", title="转移群众")
OTHER = replace(ITEM, key="incident:i-1/x-2", title="排查堤防")


def shift(key: str, from_h: float, hours: float = 8, *names: str) -> Shift:
    starts_ms = START_MS + round(from_h * HOUR_MS)
    crew = Crew(leader="沈国栋", chief=names[0] if names else "王建国", primary=list(names[1:]), phone="1")
    return Shift(shift_id=key, starts_ms=starts_ms, ends_ms=starts_ms + round(hours * HOUR_MS), crew=crew)


DAY, NIGHT = shift("r-day", -1, 8, "王建国"), shift("r-night", 7, 8, "何卫平", "李建华")


def at_post() -> Stream:
    stream = Stream("duty:office")
    stream.do(PlanShifts(shifts=[DAY, NIGHT]), OFFICER)
    stream.do(SignIn(watch_id="w-1", person="王建国"), OFFICER)
    return stream


def write(key: str = "e-1", kind: EntryKind = EntryKind.KEY, **more: Any) -> WriteEntry:
    return WriteEntry(entry_id=key, kind=kind, text=more.pop("text", "接省气象局预警"), **more)


def refused(stream: Stream, command: Command, code: str, by: Any = OFFICER) -> Refusal:
    before = stream.state
    with pytest.raises(Refusal, match=code.replace(".", r"\.")) as caught:
        stream.do(command, by)
    assert stream.state is before
    return caught.value


def test_L2_an_entry_is_corrected_or_voided_and_the_original_stays() -> None:
    stream = at_post()
    stream.do(write(), OFFICER)
    refused(stream, CorrectEntry(entry_id="e-1", text="接省水利厅预警", reason=" "), "duty.empty")
    stream.do(CorrectEntry(entry_id="e-1", text="接省水利厅预警", reason="单位写错"), RELIEF)
    entry = stream.state.entries[-1]
    assert (entry.text, entry.corrections[0].text) == ("接省气象局预警", "接省水利厅预警")
    assert (entry.corrections[0].reason, entry.corrections[0].actor) == ("单位写错", RELIEF)
    stream.do(VoidEntry(entry_id="e-1", reason="重复登记"), OFFICER)
    entry = stream.state.entries[-1]
    assert (entry.text, entry.voided.reason) == ("接省气象局预警", "重复登记")
    refused(stream, CorrectEntry(entry_id="e-1", text="再改", reason="误"), "duty.voided")
    refused(stream, VoidEntry(entry_id="e-9", reason="误"), "duty.unknown_entry")


def test_L2_what_the_system_wrote_stands() -> None:
    stream = at_post()
    system = WriteSystem(entry_id="s-1", at_ms=START_MS, text="会商开始", source="session:s-1")
    refused(stream, system, "forbidden")
    stream.do(system, HUB)
    assert stream.do(system, HUB) == []
    refused(stream, CorrectEntry(entry_id="s-1", text="不是", reason="误"), "duty.of_the_system")
    refused(stream, VoidEntry(entry_id="s-1", reason="误"), "duty.of_the_system")
    refused(stream, write("e-2", EntryKind.SYSTEM), "forbidden")


def test_L3_an_entry_says_when_it_happened_and_that_is_never_to_come() -> None:
    stream = at_post()
    stream.do(write(at_ms=START_MS - HOUR_MS), OFFICER)
    entry = stream.state.entries[-1]
    assert (entry.at_ms, entry.noted_ms) == (START_MS - HOUR_MS, stream.now_ms)
    assert entry.person == "王建国"
    refused(stream, write("e-2", at_ms=stream.now_ms + HOUR_MS), "duty.future")
    refused(stream, write("e-2", text="  "), "duty.empty")
    refused(stream, write("e-2", text="长" * 2001), "board.text_too_long")
    refused(stream, write("e-1"), "bad_request")
    refused(stream, write("e-2"), "forbidden", REVIEWER)


def test_L4_a_telephone_record_says_who_was_on_the_line_and_becomes_one_report() -> None:
    stream = at_post()
    call = PhoneRecord(unit=" 信阳市委值班室 ", name="李强", phone="0376-0100", cause="暴雨致溃坝")
    stream.do(write(kind=EntryKind.CALL_IN, call=call), OFFICER)
    assert stream.state.entries[-1].call == replace(call, unit="信阳市委值班室")
    stream.do(write("e-2", call=call), OFFICER)
    assert stream.state.entries[-1].call is None  # 要情 is no call
    refused(stream, LinkReport(entry_id="e-2", report="incident:i-1"), "bad_request")
    refused(stream, LinkReport(entry_id="e-1", report="session:s-1"), "bad_request")
    stream.do(LinkReport(entry_id="e-1", report="incident:i-1"), OFFICER)
    assert stream.state.entries[0].report == "incident:i-1"
    refused(stream, LinkReport(entry_id="e-1", report="incident:i-2"), "duty.linked")


def test_L5_shifts_do_not_overlap_and_a_roster_comes_whole_or_not_at_all() -> None:
    stream = at_post()
    late = shift("r-late", 30)
    refused(stream, PlanShifts(shifts=[late, shift("r-x", 6)]), "duty.overlap")
    refused(stream, PlanShifts(shifts=[late, replace(late, shift_id="r-y")]), "duty.overlap")
    refused(stream, PlanShifts(shifts=[late, shift("r-z", 50, 0)]), "duty.bad_shift")
    refused(stream, PlanShifts(shifts=[replace(late, crew=Crew(leader="沈国栋"))]), "duty.bad_shift")
    refused(stream, PlanShifts(shifts=[]), "duty.no_shifts")
    assert list(stream.state.roster) == ["r-day", "r-night"]


def test_L5_a_new_roster_takes_the_place_of_what_has_not_begun() -> None:
    stream = at_post()
    fresh = shift("r-new", 7, 8, "赵一鸣")
    stream.do(PlanShifts(shifts=[replace(DAY, crew=Crew(chief="冒名")), fresh], replace=True), OFFICER)
    assert list(stream.state.roster) == ["r-day", "r-new"]
    assert stream.state.roster["r-day"].crew.chief == "王建国"


def test_L6_who_takes_whose_place_is_written_down() -> None:
    stream = at_post()
    crew = replace(NIGHT.crew, chief="赵一鸣")
    refused(stream, ChangeCrew(shift_id="r-night", crew=crew, reason=""), "duty.empty")
    stream.do(ChangeCrew(shift_id="r-night", crew=crew, reason="何卫平病假"), OFFICER)
    change = stream.state.changes[-1]
    assert (change.before.chief, change.after.chief) == ("何卫平", "赵一鸣")
    assert (change.reason, change.actor, change.at_ms) == ("何卫平病假", OFFICER, stream.now_ms)
    stream.do(PlanShifts(shifts=[shift("r-3", 15, 8, "钱进")]), OFFICER)
    stream.do(SwapShifts(shift_id="r-night", with_id="r-3", reason="互换"), OFFICER)
    assert [stream.state.roster[key].crew.chief for key in ("r-night", "r-3")] == ["钱进", "赵一鸣"]
    assert [change.with_id for change in stream.state.changes[-2:]] == ["r-3", "r-night"]
    stream.do(RemoveShift(shift_id="r-3", reason="并班"), OFFICER)
    assert stream.state.changes[-1].after is None
    refused(stream, RemoveShift(shift_id="r-day", reason="误"), "duty.shift_over")
    refused(stream, RemoveShift(shift_id="r-9", reason="误"), "duty.unknown_shift")


def test_L6_a_change_of_the_shift_at_the_post_shows_at_the_post() -> None:
    stream = at_post()
    crew = replace(DAY.crew, deputies=["周全"])
    stream.do(ChangeCrew(shift_id="r-day", crew=crew, reason="加派"), OFFICER)
    assert stream.state.watch.crew.deputies == ["周全"]


def test_L7_one_watch_stands_and_stays_until_it_is_relieved() -> None:
    stream = Stream("duty:office")
    for command in (CollectSheet(items=[]), TakePost(watch_id="w-1", person="何卫平", reason="急")):
        refused(stream, command, "duty.no_watch")
    stream.do(PlanShifts(shifts=[DAY, NIGHT]), OFFICER)
    stream.do(SignIn(watch_id="w-1", person="王建国"), OFFICER)
    assert (stream.state.watch.shift_id, stream.state.watch.until_ms) == ("r-day", DAY.ends_ms)
    refused(stream, SignIn(watch_id="w-2", person="何卫平"), "duty.watch_stands", RELIEF)
    stream.now_ms = DAY.ends_ms + 2 * HOUR_MS
    there = on_duty_at(stream.state, stream.now_ms).watch
    assert there is not None
    assert there.person == "王建国"


def test_L8_no_shift_is_handed_over_while_an_open_item_has_no_note() -> None:
    stream = at_post()
    refused(stream, GiveHandover(person="王建国", items=[]), "duty.no_sheet")
    stream.do(CollectSheet(items=[ITEM]), OFFICER)
    assert refused(stream, GiveHandover(person="王建国", items=[ITEM]), "duty.notes_missing").detail["n"] == 1
    stream.do(NoteItems(keys=[ITEM.key], text="等信阳回复"), OFFICER)
    late = refused(stream, GiveHandover(person="王建国", items=[ITEM, OTHER]), "duty.notes_missing")
    assert late.detail["items"] == ["排查堤防"]  # it has come since the sheet was made
    stream.do(CollectSheet(items=[ITEM, OTHER]), OFFICER)
    stream.do(NoteItems(keys=[OTHER.key], text="已电话催办"), OFFICER)
    stream.do(GiveHandover(person="王建国", items=[OTHER]), OFFICER)  # the first was finished meanwhile
    assert [item.key for item in stream.state.watch.sheet.items] == [OTHER.key]
    refused(stream, NoteItems(keys=[OTHER.key], text="再写"), "duty.given")
    stream.do(WithdrawHandover(), OFFICER)
    assert stream.state.watch.sheet.given is None
    assert stream.state.watch.sheet.missing == []


def signed_off() -> Stream:
    stream = at_post()
    stream.now_ms = NIGHT.starts_ms - 600_000
    stream.do(CollectSheet(items=[]), OFFICER)
    stream.do(GiveHandover(person="王建国", items=[]), OFFICER)
    return stream


def test_L9_somebody_else_signs_for_the_next_shift() -> None:
    stream = signed_off()
    for by, person in ((OFFICER, "何卫平"), (RELIEF, "王建国"), (OFFICER, "王建国")):
        refused(stream, SignHandover(watch_id="w-2", person=person), "duty.same_person", by)
    stream.do(SignHandover(watch_id="w-2", person="何卫平", remark="情况已清楚"), RELIEF)
    watch, before = stream.state.watch, stream.state.past[-1]
    assert (watch.shift_id, watch.crew, watch.how) == ("r-night", NIGHT.crew, WatchHow.HANDOVER)
    assert before.ended_ms == watch.began_ms == stream.now_ms
    assert (before.sheet.given.person, before.sheet.signed.person) == ("王建国", "何卫平")
    refused(stream, SignHandover(watch_id="w-3", person="王建国"), "duty.not_given")


def test_L9_an_office_of_one_account_signs_by_another_name_and_one_person_relieves_itself() -> None:
    stream = signed_off()
    alone = SignHandover(watch_id="w-2", person="何卫平", alone=True)
    refused(stream, replace(alone, person="王建国"), "duty.same_person")
    stream.do(alone, OFFICER)
    assert stream.state.watch.person == "何卫平"
    one = at_post()
    one.do(ChangeCrew(shift_id="r-night", crew=Crew(chief="王建国"), reason="独自值守"), OFFICER)
    one.now_ms = NIGHT.starts_ms
    one.do_all([(CollectSheet(items=[]), OFFICER), (GiveHandover(person="王建国", items=[]), OFFICER)])
    one.do(replace(alone, person="王建国"), OFFICER)
    assert one.state.watch.shift_id == "r-night"


def test_L10_in_need_the_post_is_taken_at_once_and_the_reason_stands_on_what_is_open() -> None:
    stream = at_post()
    take = TakePost(watch_id="w-2", person="何卫平", reason="王建国突发疾病送医", items=[ITEM])
    refused(stream, replace(take, reason=" "), "duty.empty", RELIEF)
    refused(stream, replace(take, person="王建国"), "duty.same_person", RELIEF)
    stream.do(take, RELIEF)
    before = stream.state.past[-1]
    assert before.sheet.notes[ITEM.key].text == "王建国突发疾病送医"
    assert (stream.state.watch.how, stream.state.watch.reason) == (WatchHow.AT_ONCE, "王建国突发疾病送医")


def test_L11_who_was_on_duty_is_answered_for_any_minute() -> None:
    stream = signed_off()
    stream.do(SignHandover(watch_id="w-2", person="何卫平"), RELIEF)
    began_ms = stream.state.watch.began_ms
    answers = [on_duty_at(whole(stream.events), at) for at in (0, began_ms - 1, began_ms, began_ms + HOUR_MS)]
    assert [one.watch.person if one.watch else None for one in answers] == [
        None,
        "王建国",
        "何卫平",
        "何卫平",
    ]
    assert [one.shift.shift_id if one.shift else None for one in answers] == [
        None,
        "r-day",
        "r-day",
        "r-night",
    ]


def test_L12_tomorrows_empty_slot_is_flagged_once_and_a_shift_is_announced_once() -> None:
    stream = Stream("duty:office")
    assert stream.do(FlagEmpty(), HUB) == []  # no roster, no alarm
    stream.do(PlanShifts(shifts=[DAY, NIGHT]), OFFICER)
    tomorrow_ms = day_of(START_MS) + 24 * HOUR_MS
    flagged = stream.do(FlagEmpty(), HUB)[0]
    assert flagged.gaps == gaps([DAY, NIGHT], tomorrow_ms, tomorrow_ms + 24 * HOUR_MS) != []
    assert stream.do(FlagEmpty(), HUB) == []
    assert stream.do(NoticeShift(shift_id="r-night"), HUB) == []
    stream.now_ms = NIGHT.starts_ms - 30 * 60_000
    assert len(stream.do(NoticeShift(shift_id="r-night"), HUB)) == 1
    assert stream.do(NoticeShift(shift_id="r-night"), HUB) == []
    refused(stream, FlagEmpty(), "forbidden")


def test_L12_a_gap_is_where_nobody_is_at_the_post() -> None:
    nobody = replace(shift("r-0", 4, 4), crew=Crew(leader="沈国栋"))
    found = gaps([shift("r-1", 0, 4), nobody, shift("r-2", 8, 4)], START_MS, START_MS + 14 * HOUR_MS)
    at = [START_MS + hours * HOUR_MS for hours in (4, 8, 12, 14)]
    assert found == [EmptySlot(from_ms=at[0], to_ms=at[1]), EmptySlot(from_ms=at[2], to_ms=at[3])]


# --- whatever anybody does ------------------------------------------------------------------------

_names = st.sampled_from(["王建国", "何卫平", "李建华"])
_keys = st.sampled_from(["e-1", "e-2", "e-3"])
_texts = st.sampled_from(["", "雨势减弱", "已转移 320 人"])
_shifts = st.builds(
    shift, st.sampled_from(["r-1", "r-2", "r-3"]), st.integers(-9, 40), st.integers(1, 12), _names
)
_items = st.lists(st.sampled_from([ITEM, OTHER]), unique_by=lambda item: item.key)
_commands = st.one_of(
    st.builds(WriteEntry, entry_id=_keys, kind=st.sampled_from(EntryKind), text=_texts),
    st.builds(CorrectEntry, entry_id=_keys, text=_texts, reason=_texts),
    st.builds(VoidEntry, entry_id=_keys, reason=_texts),
    st.builds(LinkReport, entry_id=_keys, report=st.just("incident:i-1")),
    st.builds(PlanShifts, shifts=st.lists(_shifts, max_size=2), replace=st.booleans()),
    st.builds(ChangeCrew, shift_id=st.just("r-1"), crew=st.builds(Crew, chief=_names), reason=_texts),
    st.builds(RemoveShift, shift_id=st.just("r-2"), reason=_texts),
    st.builds(SignIn, watch_id=st.just("w-1"), person=_names),
    st.builds(TakePost, watch_id=st.just("w-2"), person=_names, reason=_texts, items=_items),
    st.builds(CollectSheet, items=_items),
    st.builds(NoteItems, keys=st.just([ITEM.key, OTHER.key]), text=_texts),
    st.builds(GiveHandover, person=_names, items=_items),
    st.builds(SignHandover, watch_id=st.just("w-3"), person=_names),
    st.just(WithdrawHandover()),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_commands, st.sampled_from([OFFICER, RELIEF, XINYANG, HUB])), max_size=25))
def test_L2_L11_nothing_takes_an_entry_away_and_every_minute_has_an_answer(
    steps: list[tuple[Command, Any]],
) -> None:
    stream = Stream("duty:office")
    for command, by in steps:
        before = stream.state.entries
        try:
            stream.do(command, by, after_ms=HOUR_MS // 2)
        except Refusal:
            continue
        now = stream.state.entries
        assert [(e.entry_id, e.text, e.call, e.at_ms) for e in now[: len(before)]] == [
            (e.entry_id, e.text, e.call, e.at_ms) for e in before
        ]
        for old, new in zip(before, now, strict=False):
            assert new.corrections[: len(old.corrections)] == old.corrections
    everything = whole(stream.events)
    assert everything == stream.state
    watches = [*everything.past, *([everything.watch] if everything.watch else [])]
    for at_ms in range(START_MS - HOUR_MS, stream.now_ms + HOUR_MS, HOUR_MS // 2):
        there = on_duty_at(everything, at_ms).watch
        assert (there is None) == (not watches or at_ms < watches[0].began_ms)


def test_L2_the_page_has_the_newest_and_the_log_has_all() -> None:
    stream = at_post()
    for number in range(ENTRIES_KEPT + 3):
        stream.do(write(f"e-{number}"), OFFICER)
    assert len(stream.state.entries) == ENTRIES_KEPT
    assert len(whole(stream.events).entries) == ENTRIES_KEPT + 3
