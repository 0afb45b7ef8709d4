"""Papers are drafted from the log: every figure is a recount, and nothing unverified is a fact."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain import item, mark, track, workspace
from hub.domain.drafting import Records
from hub.domain.drafts import drafted
from hub.domain.event import Role
from hub.domain.item import ItemAdded, ItemStateChanged
from hub.domain.kindparts import BoardKind
from hub.domain.paper import Drafted, PaperKind
from hub.domain.paperlog import chronicle
from hub.domain.tally import Scope
from tests.support.dutyday import (
    DAY,
    HOUR_MS,
    a_check,
    a_session,
    add,
    an_incident,
    an_organisation,
    random_incident,
    records_of,
    report,
)
from tests.support.factories import KAIFENG, OFFICER, START_MS, XINYANG, YINGJI, Stream, unit

MINUTE_MS = 60_000


def section(of: Drafted, section_id: str) -> str:
    return next(each.text for each in of.sections if each.section_id == section_id)


def table(of: Drafted, section_id: str) -> dict[str, dict[str, str]]:
    """By unit and column."""
    grid = next(each.grid for each in of.sections if each.section_id == section_id)
    if grid is None:
        return {}
    return {
        row[0].text: {head: cell.text for head, cell in zip(grid.head[1:], row[1:], strict=True)}
        for row in grid.rows
    }


def plain(text: str) -> str:
    """Without the sources."""
    return re.sub(r"［[\d、-]+］", "", text)


def keys_in(text: str) -> list[int]:
    found: list[int] = []
    for piece in re.findall(r"［([\d、-]+)］", text):
        for run in piece.split("、"):
            first, _, last = run.partition("-")
            found += range(int(first), int(last or first) + 1)
    return found


def a_full_day() -> list[Stream]:
    """One incident with all that a paper tells of, an exercise, a session and a check."""
    real = an_incident()
    due = str(START_MS + 30 * MINUTE_MS)
    order = add(
        BoardKind.INSTRUCTION,
        "i-order",
        "立即核实失联人数",
        fields={"leader": "邓立新", "due": due, "proposal": "拟由信阳承办"},
        units=[unit(XINYANG), unit(KAIFENG), unit(YINGJI)],
    )
    warning = add(
        BoardKind.WARNING,
        "i-warn",
        "未来三小时降雨一百毫米",
        fields={"colour": "red"},
        units=[unit(XINYANG), unit(KAIFENG)],
    )
    real.do(report("i-first", "浉河漫堤首报", nature="上游来水过大", casualties="失联2人"), XINYANG)
    real.do(item.EditItem(item_id="i-first", base_version=1, fields={"proposal": "拟请派员"}), OFFICER)
    real.do(item.ChangeState(item_id="i-first", move="adopt"), OFFICER)
    real.do(
        report("i-late", "开封段管涌首报", nature="堤基渗漏", measures="已组织抢险"),
        KAIFENG,
        after_ms=2 * HOUR_MS,
    )
    real.do(item.EditItem(item_id="i-late", base_version=1, fields={"credibility": "verified"}), OFFICER)
    real.do(item.ChangeState(item_id="i-late", move="adopt"), OFFICER)
    real.do(report("i-clue", "网传水库溃坝", "clue"), OFFICER)
    real.do(item.EditItem(item_id="i-clue", base_version=1, fields={"credibility": "false"}), OFFICER)
    real.now_ms = START_MS + 10 * MINUTE_MS
    real.do(order, OFFICER)
    real.do(warning, OFFICER)
    for by in (XINYANG, KAIFENG):
        real.do(track.MoveTrack(item_id="i-order", seat=by.seat or "", state=track.Progress.SIGNED), by)
    real.do(
        track.MoveTrack(item_id="i-order", seat="xinyang", state=track.Progress.REPLIED, text="已核实"),
        XINYANG,
    )
    real.do(track.MoveTrack(item_id="i-warn", seat="xinyang", state=track.Progress.SIGNED), XINYANG)
    real.do(track.NotePhoned(item_id="i-warn", seat="kaifeng", reached=False), OFFICER)
    entry = workspace.Casualties(as_of_ms=real.now_ms, source="信阳市委值班室", dead=1, missing=2)
    real.do(workspace.RecordCasualties(entry=entry), OFFICER)
    real.do(workspace.NoteEntry(when_ms=real.now_ms, text="向带班领导口头报告"), OFFICER)
    real.do(
        mark.MarkUnit(mark_id="k-1", unit=unit(KAIFENG), mark=mark.MarkKind.MISSED, reason="媒体先于报告"),
        OFFICER,
    )
    drill = an_incident("i-9", exercise=True)
    drill.do(report("i-drill", "演练首报"), XINYANG)
    drill.do(
        mark.MarkUnit(mark_id="k-9", unit=unit(XINYANG), mark=mark.MarkKind.CONCEALED, reason="演练注入"),
        OFFICER,
    )
    return [real, drill, a_session(), a_session("s-9", exercise=True), a_check()]


# --- what it says -------------------------------------------------------------------------------


def test_N2_the_duty_report_of_a_day_says_what_the_log_says() -> None:
    made = drafted(PaperKind.DUTY_REPORT, DAY, records_of(a_full_day()))
    assert made.title == "7月20日10:30至7月21日10:30值班情况"
    assert plain(section(made, "overview")) == (
        "本期事件专题1个，收到报告3件，其中迟报1件。\n"
        "领导批示指示1件，预警1件，会商1次，点名抽查5个次，待办事项2件。"
    )
    events = plain(section(made, "events"))
    assert "〔2026-0001〕浉河漫堤（自然灾害，重大；处置中），地点信阳市浉河区。" in events
    assert "向带班领导口头报告。" in events
    reports = plain(section(made, "reports"))
    assert "信阳市委值班室首报：浉河漫堤首报（待核实；按时；已采用）。" in reports
    assert "开封市委值班室首报：开封段管涌首报（迟报80分钟；已采用）。" in reports
    assert "网传水库溃坝（经核实不实；已提交）。" in reports
    assert (
        "邓立新：立即核实失联人数（批办性；时限7月20日11:00；办理中），承办单位3个，已签收2个，已反馈1个；"
        "未签收：省应急管理厅指挥中心；未反馈：开封市委值班室。"
    ) in plain(section(made, "instructions"))
    assert (
        "红色预警：未来三小时降雨一百毫米（已发布），发送2个单位，已确认1个，电话叫应1次、叫通0次；未确认：开封市委值班室。"
        in plain(section(made, "warnings"))
    )
    assert "应到3个单位，实到2个；未到：开封市委值班室。" in plain(section(made, "sessions"))
    assert "死亡1人、失联2人（来源：信阳市委值班室）。" in plain(section(made, "casualties"))
    assert "抽查开封市委值班室：8.0秒应答；值班员不在岗。" in plain(section(made, "checks"))
    assert "批示指示板：立即核实失联人数" in plain(section(made, "open"))


def test_N2_the_circular_counts_each_unit_and_names_its_records() -> None:
    made = drafted(PaperKind.DUTY_CIRCULAR, DAY, records_of(a_full_day()))
    xinyang, kaifeng, yingji = "信阳市委值班室", "开封市委值班室", "省应急管理厅指挥中心"
    assert table(made, "reporting") == {
        kaifeng: {
            "报送": "1",
            "按时": "0",
            "迟报": "1",
            "迟报分钟": "80",
            "漏报": "1",
            "瞒报": "0",
            "谎报": "0",
        },
        xinyang: {
            "报送": "1",
            "按时": "1",
            "迟报": "0",
            "迟报分钟": "0",
            "漏报": "0",
            "瞒报": "0",
            "谎报": "0",
        },
    }
    assert table(made, "orders") == {
        yingji: {"交办": "1", "按时反馈": "0", "超时反馈": "0", "超期未反馈": "1", "办理中": "0"},
        kaifeng: {"交办": "1", "按时反馈": "0", "超时反馈": "0", "超期未反馈": "1", "办理中": "0"},
        xinyang: {"交办": "1", "按时反馈": "1", "超时反馈": "0", "超期未反馈": "0", "办理中": "0"},
    }
    assert table(made, "warnings")[kaifeng]["未确认"] == "1"
    assert table(made, "answering")[xinyang]["抽查应答"] == "0"
    problems = plain(section(made, "problems")).splitlines()
    assert f"{kaifeng}：漏报，媒体先于报告。" in problems
    assert f"{xinyang}：7月20日10:30点名无应答。" in problems
    assert section(made, "praise") == "无。"
    for each in made.sections:
        assert set(keys_in(each.text)) <= {source.key for source in made.sources}


def test_N2_a_unit_is_praised_for_what_it_did_in_time_when_nothing_is_held_against_it() -> None:
    real = an_incident()
    real.do(report("i-first", "首报"), XINYANG)
    made = drafted(PaperKind.DUTY_CIRCULAR, DAY, records_of([real]))
    assert plain(section(made, "praise")) == "信阳市委值班室：信息按时报送1次。"
    assert [each.stream for each in made.sources] == ["incident:i-1"]


def test_N2_the_same_events_give_the_same_draft_and_the_basis_names_them() -> None:
    streams = a_full_day()
    made = drafted(PaperKind.DUTY_CIRCULAR, DAY, records_of(streams))
    streams[0].do(report("i-after", "之后的报告"), XINYANG)
    assert drafted(PaperKind.DUTY_CIRCULAR, DAY, records_of(streams)) != made
    upto = {each.stream: each.seq for each in made.basis}
    organisation = an_organisation()
    again = Records(
        [chronicle(each.name, each.events[: upto[each.name]]) for each in streams],
        organisation.state,
        upto["organisation"],
    )
    assert drafted(PaperKind.DUTY_CIRCULAR, DAY, again) == made


# --- recounts -----------------------------------------------------------------------------------


def recounted(streams: list[Stream]) -> dict[str, Counter[str]]:
    """The figures of the circular, counted from the events themselves."""
    counts = {name: Counter[str]() for name in ("报送", "迟报", "迟报分钟", "交办", "预警", "标记")}
    for stream in streams:
        voided = {each.event.item_id for each in stream.events if isinstance(each.event, item.ItemVoided)}
        taken_back = {
            each.event.mark_id for each in stream.events if isinstance(each.event, mark.MarkRetracted)
        }
        state: dict[str, str] = {}
        kinds: dict[str, str] = {}
        authors: dict[str, str] = {}
        for each in stream.events:
            event = each.event
            if isinstance(event, ItemAdded):
                kinds[event.item_id] = event.board_id
                authors[event.item_id] = (each.actor.seat_name or "") if each.actor.role is Role.SEAT else ""
            if isinstance(event, ItemAdded | ItemStateChanged):
                before, state[event.item_id] = state.get(event.item_id), event.state
                own = (
                    kinds[event.item_id] == "report"
                    and event.item_id not in voided
                    and authors[event.item_id]
                )
                first = event.state == "submitted" and before in (None, "draft")
                if own and first:
                    counts["报送"][authors[event.item_id]] += 1
                    if event.late_min is not None:
                        counts["迟报"][authors[event.item_id]] += 1
                        counts["迟报分钟"][authors[event.item_id]] += event.late_min
            if isinstance(event, mark.Marked) and event.mark_id not in taken_back:
                counts["标记"][event.unit.name] += 1
        final = state
        for item_id, state_item in stream.state.items.items():
            board = kinds[item_id]
            if item_id not in voided and board == "warning":
                counts["预警"].update(each.unit.name for each in state_item.tracks.values())
            if item_id not in voided and board == "instruction" and final[item_id] != "revoked":
                counts["交办"].update(each.unit.name for each in state_item.tracks.values())
    return counts


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_N2_every_figure_of_a_circular_is_a_recount_of_the_log(seed: int) -> None:
    random = Random(seed)
    real = [random_incident(random, "i-1"), random_incident(random, "i-2")]
    drill = random_incident(random, "i-3", exercise=True, steps=20)
    scope = Scope(START_MS, START_MS + 10_000 * HOUR_MS)
    made = drafted(PaperKind.DUTY_CIRCULAR, scope, records_of([*real, drill]))
    expected = recounted(real)
    reporting = table(made, "reporting")
    for column in ("报送", "迟报", "迟报分钟"):
        assert {unit: int(row[column]) for unit, row in reporting.items() if row[column] != "0"} == expected[
            column
        ]
    marks = {
        unit: sum(int(row[word]) for word in ("漏报", "瞒报", "谎报")) for unit, row in reporting.items()
    }
    assert {unit: count for unit, count in marks.items() if count} == expected["标记"]
    orders = table(made, "orders")
    assert {unit: int(row["交办"]) for unit, row in orders.items()} == expected["交办"]
    for row in orders.values():
        came = sum(int(row[word]) for word in ("按时反馈", "超时反馈", "超期未反馈", "办理中"))
        assert came == int(row["交办"])
    warned = table(made, "warnings")
    assert {unit: int(row["预警"]) for unit, row in warned.items()} == expected["预警"]
    check_sources(made, [*real, drill])


def check_sources(made: Drafted, streams: list[Stream]) -> None:
    """Every figure and line names records that are there, and none of an exercise."""
    events = {(stream.name, each.seq): each.event for stream in streams for each in stream.events}
    for source in made.sources:
        assert source.stream != "incident:i-3"
        assert (source.stream, source.seq) in events
    known = {source.key for source in made.sources}
    for each in made.sections:
        assert set(keys_in(each.text)) <= known
        for row in each.grid.rows if each.grid is not None else ():
            for cell in row[1:]:
                assert set(cell.sources) <= known
                assert (cell.text in ("0", "—")) == (not cell.sources)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_N10_what_nobody_has_verified_is_never_stated_as_a_fact(seed: int) -> None:
    stream = random_incident(Random(seed), "i-1", steps=80)
    scope = Scope(START_MS, START_MS + 10_000 * HOUR_MS, stream.name)
    claims = [
        text
        for each in stream.state.items.values()
        if stream.state.boards[each.board_id].kind
        in (BoardKind.REPORT, BoardKind.SITUATION, BoardKind.KEYEVENT)
        and each.fields.get("credibility", "unverified") == "unverified"
        for text in (each.fields["text"], each.fields.get("nature", ""))
        if text
    ]
    for kind in (PaperKind.BRIEF, PaperKind.DUTY_REPORT):
        lines = [
            line
            for each in drafted(kind, scope, records_of([stream])).sections
            for line in each.text.splitlines()
        ]
        for claim in claims:
            # A later item's text may begin with an earlier one's: i-1-3 and i-1-31.
            said = [line for line in lines if re.search(rf"{re.escape(claim)}(?!\d)", line)]
            assert all("待核实" in line for line in said)


# --- what is not counted, what is not told -----------------------------------------------------------


def test_N9_exercises_count_nowhere_unless_the_paper_is_about_one() -> None:
    streams = a_full_day()
    drill = next(each for each in streams if each.name == "incident:i-9")
    for kind in (PaperKind.DUTY_REPORT, PaperKind.DUTY_CIRCULAR):
        made = drafted(kind, DAY, records_of(streams))
        assert not made.exercise
        assert {each.stream for each in made.sources} & {drill.name, "session:s-9"} == set()
        assert "演练首报" not in "".join(each.text for each in made.sections)
    own = drafted(PaperKind.BRIEF, Scope(START_MS, START_MS + HOUR_MS, drill.name), records_of(streams))
    assert own.exercise


def test_N10_the_brief_merges_adopted_reports_and_says_who_claims_what() -> None:
    streams = a_full_day()
    scope = Scope(START_MS, START_MS + 24 * HOUR_MS, "incident:i-1")
    made = drafted(PaperKind.BRIEF, scope, records_of(streams))
    what = plain(section(made, "what")).splitlines()
    assert what[0] == (
        "2026年7月20日10时10分（接报时间7月20日10:30），信阳市浉河区，浉河漫堤。属自然灾害，级别重大。"
    )
    assert "据信阳市委值班室报告（待核实）：上游来水过大。" in what
    assert "堤基渗漏。" in what
    assert "失联2人" in section(made, "casualties")
    assert "网传水库溃坝（经核实不实）" in plain(section(made, "doubts"))
    assert "网传水库溃坝" not in section(made, "what")
    assert "立即核实失联人数" in section(made, "next")


def test_N13_no_draft_says_anything_of_what_is_proposed_to_the_leaders() -> None:
    records = records_of(a_full_day())
    scope = Scope(START_MS, START_MS + 24 * HOUR_MS, "incident:i-1")
    drafts = [
        drafted(PaperKind.BRIEF, scope, records),
        drafted(PaperKind.DUTY_REPORT, scope, records),
        drafted(PaperKind.DUTY_REPORT, DAY, records),
        drafted(PaperKind.DUTY_CIRCULAR, DAY, records),
    ]
    for made in drafts:
        written = msgspec.json.encode(made).decode()
        assert "拟由信阳承办" not in written
        assert "拟请派员" not in written
