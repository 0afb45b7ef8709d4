"""The golden stream of an office's duty: a roster, two shifts, a handover and a log."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain import duty
from hub.domain.event import HUB
from hub.domain.roster import Crew, Shift
from tests.support.factories import OFFICER, START_MS, Stream

HOUR_MS = 3_600_000
RELIEF = replace(OFFICER, account="relief", person="何卫平")


def _shift(number: int, chief: str) -> Shift:
    starts_ms = START_MS + (8 * number - 1) * HOUR_MS
    crew = Crew(leader="沈国栋", chief=chief, primary=["李建华"], deputies=["周全"], phone="0371-1")
    return Shift(shift_id=f"r-{number}", starts_ms=starts_ms, ends_ms=starts_ms + 8 * HOUR_MS, crew=crew)


def a_duty() -> Stream:
    """Every event there is."""
    stream = Stream("duty:office")
    item = duty.OpenItem(
        key="incident:i-1/x-1",
        kind=duty.OpenKind.INSTRUCTION,
        stream="incident:i-1",
        title="转移低洼地群众",
        silent=["信阳"],
    )
    call = duty.PhoneRecord(unit="信阳市委值班室", name="李强", cause="强降雨", occurred_ms=START_MS)
    night = _shift(1, "何卫平")
    stream.do_all(
        [
            (duty.PlanShifts(shifts=[_shift(0, "王建国"), night, _shift(2, "赵一鸣")]), OFFICER),
            (duty.PlanShifts(shifts=[_shift(2, "钱进"), _shift(3, "赵一鸣")], replace=True), OFFICER),
            (duty.FlagEmpty(), HUB),
            (duty.SignIn(watch_id="w-1", person="王建国"), OFFICER),
            (duty.WriteEntry(entry_id="e-1", kind=duty.EntryKind.CALL_IN, text="溃坝", call=call), OFFICER),
            (
                duty.WriteEntry(entry_id="e-2", kind=duty.EntryKind.KEY, text="雨势减弱", at_ms=START_MS),
                OFFICER,
            ),
            (duty.WriteSystem(entry_id="s-1", at_ms=START_MS, text="会商开始", source="session:s-1"), HUB),
            (duty.CorrectEntry(entry_id="e-1", text="漫坝", call=call, reason="核实后更正"), OFFICER),
            (duty.VoidEntry(entry_id="e-2", reason="重复"), OFFICER),
            (duty.LinkReport(entry_id="e-1", report="incident:i-1"), OFFICER),
            (duty.ChangeCrew(shift_id="r-0", crew=Crew(chief="王建国"), reason="李建华下县"), OFFICER),
            (duty.SwapShifts(shift_id="r-2", with_id="r-3", reason="互换"), OFFICER),
            (duty.RemoveShift(shift_id="r-3", reason="并班"), OFFICER),
        ]
    )
    stream.now_ms = night.starts_ms - 10 * 60_000
    stream.do_all(
        [
            (duty.NoticeShift(shift_id="r-1"), HUB),
            (duty.CollectSheet(items=[item]), OFFICER),
            (duty.NoteItems(keys=[item.key], text="信阳尚未签收，已电话催办"), OFFICER),
            (duty.GiveHandover(person="王建国", items=[item]), OFFICER),
            (duty.WithdrawHandover(), OFFICER),
            (duty.GiveHandover(person="王建国", items=[item]), OFFICER),
            (duty.SignHandover(watch_id="w-2", person="何卫平", remark="情况清楚"), RELIEF),
            (duty.TakePost(watch_id="w-3", person="周全", reason="急病", items=[item]), OFFICER),
        ]
    )
    return stream
