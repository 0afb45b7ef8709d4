"""Minutes are drafted from the log of one session: who was there, who spoke, what came of it, and where."""

from __future__ import annotations

import re
from random import Random

import pytest

from hub.domain import floor, item, session
from hub.domain.drafts import drafted
from hub.domain.event import HUB
from hub.domain.kindparts import BoardKind
from hub.domain.meeting import LINES_CHARS, bounded
from hub.domain.minuteswords import length
from hub.domain.paper import Drafted, PaperKind, SourceKind
from hub.domain.proceedings import Absence, Turn, is_listed, presences, turns
from hub.domain.tally import Scope
from hub.errors import Refusal
from tests.hub.domain.test_drafting import keys_in, plain, section
from tests.support.aconsultation import Consultation, a_consultation, at
from tests.support.dutyday import add
from tests.support.factories import KAIFENG, OFFICER, START_MS, XINYANG, YINGJI, Stream, start_session

OFFICE, FIRST, SECOND = "省委总值班室", "省应急管理厅指挥中心", "信阳市委值班室"


def rows(of: Drafted, section_id: str) -> list[list[str]]:
    grid = next(each.grid for each in of.sections if each.section_id == section_id)
    return [[cell.text for cell in row] for row in grid.rows] if grid is not None else []


def lines(of: Drafted, section_id: str) -> list[str]:
    return plain(section(of, section_id)).splitlines()


# --- what it says -------------------------------------------------------------------------------


def test_N14_the_head_says_when_where_who_chaired_and_on_which_incident() -> None:
    made = a_consultation().minutes()
    assert (made.title, made.exercise) == ("强降雨防汛会商纪要", False)
    assert made.about is not None
    assert (made.about.stream, made.about.title) == ("session:s-1", "强降雨防汛会商")
    assert lines(made, "general") == [
        "时间：2026年7月20日10时31分至11时32分，历时1小时1分。",
        f"形式和地点：视频会商，主会场设在{OFFICE}，分会场应到3个单位，实到2个。",
        "类型：应急会商。",
        f"主席：{OFFICE}（王建国）；10:55:00起{FIRST}（张敏）（移交主席）；"
        f"11:05:00起{OFFICE}（王建国）（收回主席）。",
        "事件专题：〔2026-0007〕强降雨防汛。",
        "结束说明：处置方案已定。",
    ]
    assert lines(made, "agenda") == [f"1. 通报雨情（{FIRST}；20分钟）。", "2. 部署（10分钟）。"]


def test_N14_attendance_by_unit_and_person_with_who_was_late_left_and_was_cut() -> None:
    made = a_consultation().minutes()
    assert lines(made, "attendance") == [
        f"迟到：{SECOND}（12分钟）。",
        f"提前离开：{FIRST}（11:20:00离开）。",
        f"断线重连：{SECOND}（1次，共20秒）。",
        "请假：开封市委值班室（在前线指挥）。",
    ]
    assert rows(made, "attendance") == [
        [OFFICE, "王建国", "10:31:02-11:32:00", "1小时1分", "—"],
        [FIRST, "张敏", "10:31:06-11:20:00", "48分54秒", "应答"],
        [SECOND, "李强", "10:43:30-11:32:00", "48分30秒", "离线"],
    ]
    assert lines(made, "rollcalls") == [f"10:33:00　点名2个单位，应答1个，平均用时4.0秒；{SECOND}（离线）。"]


def test_N14_speech_in_its_order_with_lengths_and_each_unit_in_all() -> None:
    made = a_consultation().minutes()
    assert lines(made, "speeches") == [
        f"10:32:00　{OFFICE}（王建国），52秒。",
        f"11:21:00　{SECOND}（李强），点名发言，2分14秒。",
    ]
    assert rows(made, "speeches") == [
        [OFFICE, "1", "0", "52秒"],
        [FIRST, "0", "0", "2秒"],
        [SECOND, "1", "1", "2分14秒"],
    ]


def test_N14_opinions_items_decisions_and_what_was_asked_of_whom_until_when() -> None:
    made = a_consultation().minutes()
    assert lines(made, "opinions") == [
        f"{SECOND}：建议提前转移；建议：两小时内完成。",
        f"会商结论　{OFFICE}：同意转移。",
    ]
    assert lines(made, "items") == [
        f"10:40:00　{FIRST}，态势研判板：浉河水位仍在上涨（待核实）。",
        f"10:42:00　{FIRST}，态势研判板：浉河上游持续降雨（更新）。",
    ]
    assert lines(made, "decisions") == [
        "11:24:00　启动Ⅱ级应急响应，信阳转移浉河沿岸群众（备注：由省防指行文）"
        f"（责任单位：{SECOND}；时限待明确）。"
    ]
    assert lines(made, "instructions") == [
        f"11:00:00　邓立新：立即转移浉河沿岸群众（责任单位：{SECOND}、{FIRST}；时限7月20日12:00；办理中）。"
    ]
    assert rows(made, "instructions") == [
        [SECOND, "立即转移浉河沿岸群众", "7月20日12:00", "已签收"],
        [FIRST, "立即转移浉河沿岸群众", "7月20日12:00", "已发送，未签收"],
    ]
    assert lines(made, "todos") == [
        "10:45:00　开封核对沿河养殖户（责任单位：开封市委值班室；时限待明确）。",
        f"11:02:00　核对转移名单（责任单位：{FIRST}；时限7月20日12:00；未开始）。",
    ]
    assert rows(made, "todos") == [[FIRST, "核对转移名单", "7月20日12:00", "已发送，未签收"]]
    assert lines(made, "key") == ["11:25:00　水位超保证0.4米。"]


def test_N14_the_recording_with_its_gaps_and_their_reasons() -> None:
    assert lines(a_consultation().minutes(), "recording") == [
        "录制自10:31:00起，时长1小时1分，2个会场2路，缺口2处、共1分40秒。",
        "10:57:30至10:58:10，全部中断（系统异常中断）。",
        "11:10:00至11:11:00，全部中断（人工暂停：领导要求）。",
        "录制已封存（重大险情）。",
    ]


def test_N14_every_line_names_its_second_in_the_recording_and_its_record() -> None:
    made = a_consultation()
    minutes = made.minutes()
    sources = {source.key: source for source in minutes.sources}
    events = {(stream.name, each.seq) for stream in made.streams for each in stream.events}
    assert all((source.stream, source.seq) in events for source in sources.values())
    for each in minutes.sections:
        for line in each.text.splitlines():
            named = [sources[key] for key in keys_in(line)]
            if re.match(r"\d\d:\d\d:\d\d　", line):
                moment = next(source for source in named if source.kind is SourceKind.MOMENT)
                into_s = (at(line.partition("　")[0]) - at("10:31")) // 1000
                assert moment.record == f"r-1?t={into_s}"
    [order] = [line for line in section(minutes, "instructions").splitlines() if "邓立新" in line]
    assert [sources[key].kind for key in keys_in(order)] == [SourceKind.ITEM, SourceKind.MOMENT]


def test_N14_the_same_events_give_the_same_minutes_whatever_comes_afterwards() -> None:
    made = a_consultation()
    before = made.minutes()
    assert {each.stream for each in before.basis} == {
        "session:s-1",
        "incident:i-1",
        "recording:r-1",
        "keeping:r-1",
        "booking:m-1",
        "organisation",
    }
    made.does(made.incident, "12:00", add(BoardKind.SITUATION, "f-later", "之后的情况"), YINGJI)
    after = made.minutes()
    assert (after.sections, after.sources) == (before.sections, before.sources)
    assert a_consultation().minutes() == before


# --- what it does not say ------------------------------------------------------------------------


def test_N16_what_is_for_the_office_alone_is_not_in_it() -> None:
    made = a_consultation()
    made.does(
        made.incident,
        "11:10",
        item.EditItem(item_id="o-1", base_version=1, fields={"proposal": "拟改由副省长出面"}),
        OFFICER,
    )
    made.does(made.incident, "11:11", item.Annotate(item_id="o-1", text="内部批注", office=True), OFFICER)
    minutes = made.minutes()
    said = "".join(each.text for each in minutes.sections)
    said += "".join(
        cell for each in minutes.sections for row in rows(minutes, each.section_id) for cell in row
    )
    for secret in ("拟请省领导出面", "拟改由副省长出面", "本室内部提醒", "内部批注", "还没写完的续报"):
        assert secret not in said


def test_N16_an_edit_of_a_proposal_is_no_change_that_the_minutes_tell_of() -> None:
    made = a_consultation()
    made.does(
        made.incident,
        "11:10",
        item.EditItem(item_id="d-1", base_version=1, fields={"proposal": "拟采用"}),
        OFFICER,
    )
    made.does(made.incident, "11:11", item.VoidItem(item_id="f-1", reason="重复"), OFFICER)
    said = "\n".join(lines(made.minutes(), "items"))
    assert "浉河水位仍在上涨" not in said
    assert "续报" not in said


def test_N14_minutes_are_of_a_session_that_is_there() -> None:
    for scope in (Scope(0, 1), Scope(0, 1, session="session:s-none"), Scope(0, 1, "incident:i-1")):
        with pytest.raises(Refusal) as refused:
            drafted(PaperKind.MINUTES, scope, a_consultation().records())
        assert refused.value.code == "paper.no_session"


def test_N14_a_session_that_still_runs_has_minutes_up_to_now() -> None:
    made = Consultation()
    made.does(made.session, "10:31", start_session(YINGJI), OFFICER)
    made.does(made.session, "10:31:02", session.JoinSession(venue="office"), OFFICER)
    minutes = made.minutes()
    assert lines(minutes, "general")[0] == "时间：2026年7月20日10时31分开始，起草时仍在进行。"
    assert lines(minutes, "attendance") == [f"未到：{FIRST}（未接入）。"]
    assert lines(minutes, "recording") == ["没有录制。"]
    assert lines(minutes, "decisions") == ["无。"]


# --- stays and turns ------------------------------------------------------------------------------


def a_session() -> Stream:
    stream = Stream("session:s-1")
    stream.do(start_session(YINGJI, XINYANG, KAIFENG), OFFICER)
    for by in (YINGJI, XINYANG):
        stream.do(session.AnswerCall(venue=by.seat or ""), by)
    return stream


def spoken(*said: tuple[str, int, int]) -> list[Turn]:
    """Stretches of speech: venue, from and to in seconds from the start."""
    stream = a_session()
    for venue, from_s, to_s in said:
        wish = session.NoteSpeech(venue=venue, from_ms=START_MS + from_s * 1000, to_ms=START_MS + to_s * 1000)
        stream.do(wish, HUB)
    return turns(stream.events, stream.now_ms)


def shape(found: list[Turn]) -> list[tuple[str, int, int, int]]:
    return [
        (
            turn.venue,
            (turn.from_ms - START_MS) // 1000,
            (turn.to_ms - START_MS) // 1000,
            turn.spoken_ms // 1000,
        )
        for turn in found
    ]


def test_N14_pauses_are_in_a_turn_and_words_thrown_in_do_not_end_it() -> None:
    found = spoken(
        ("yingji", 10, 20), ("yingji", 30, 40), ("xinyang", 40, 42), ("yingji", 41, 60), ("xinyang", 61, 90)
    )
    assert shape(found) == [("yingji", 10, 60, 39), ("xinyang", 40, 42, 2), ("xinyang", 61, 90, 29)]
    assert [is_listed(turn) for turn in found] == [True, False, True]
    assert shape(spoken(("yingji", 10, 20), ("yingji", 36, 40))) == [
        ("yingji", 10, 20, 10),
        ("yingji", 36, 40, 4),
    ]


def test_N14_speech_on_the_floor_is_in_the_turn_that_was_given() -> None:
    stream = a_session()
    stream.do(floor.NameSpeaker(venue="yingji"), OFFICER, after_ms=10_000)
    given_ms = stream.now_ms
    stream.do(session.NoteSpeech(venue="yingji", from_ms=given_ms + 2_000, to_ms=given_ms + 9_000), HUB)
    stream.do(session.NoteSpeech(venue="office", from_ms=given_ms + 3_000, to_ms=given_ms + 4_000), HUB)
    stream.do(floor.NameSpeaker(venue="xinyang"), OFFICER, after_ms=20_000)
    stream.do(session.EndSession(), OFFICER, after_ms=5_000)
    found = turns(stream.events, stream.now_ms)
    assert [(turn.venue, turn.given is not None, turn.length_ms) for turn in found] == [
        ("yingji", True, 22_000),
        ("office", False, 1_000),
        ("xinyang", True, 5_000),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_N14_no_second_of_speech_is_lost_or_counted_twice(seed: int) -> None:
    random = Random(seed)
    said, now_s = [], 10
    for _ in range(60):
        now_s += random.randrange(0, 30)
        said.append((random.choice(("yingji", "xinyang", "office")), now_s, now_s + random.randrange(1, 40)))
    found = spoken(*said)
    for venue in ("yingji", "xinyang", "office"):
        heard = sum(to_s - from_s for who, from_s, to_s in said if who == venue)
        assert sum(turn.spoken_ms for turn in found if turn.venue == venue) == heard * 1000
    assert [turn.from_ms for turn in found] == sorted(turn.from_ms for turn in found)


def test_N14_a_stay_ends_with_its_person_and_absence_has_its_last_reason() -> None:
    stream = a_session()
    stream.do(session.LeaveSession(venue="yingji"), YINGJI)
    stream.do(session.JoinSession(venue="yingji"), YINGJI)
    stream.do(session.DropVenue(venue="xinyang"), HUB)
    stream.do(session.LeaveSession(venue="xinyang", reason="lost"), HUB, after_ms=30_000)
    stream.do(session.DeclineCall(venue="kaifeng"), KAIFENG)
    stream.do(session.EndSession(), OFFICER)
    found = {each.venue: each for each in presences(stream.events, stream.now_ms)}
    assert [stay.ended for stay in found["yingji"].stays] == ["left", ""]
    assert found["yingji"].persons == ["张敏"]
    assert (found["xinyang"].cuts, found["xinyang"].cut_ms) == (1, 30_000)
    assert found["xinyang"].stays[0].ended == "lost"
    assert found["kaifeng"].absence is Absence.DECLINED
    assert found["office"].stays == ()


def test_a_section_stays_short_enough_to_be_edited() -> None:
    many = ["某单位发言，两分钟。" * 10] * 1_000
    kept = bounded(many)
    assert sum(len(line) + 1 for line in kept) < LINES_CHARS + 100
    assert kept[-1] == f"其余{1_000 - len(kept) + 1}条从略，见录制时间轴。"
    assert bounded(many[:3]) == many[:3]


@pytest.mark.parametrize(
    ("length_ms", "said"),
    [
        (400, "1秒"),
        (9_000, "9秒"),
        (60_000, "1分"),
        (134_000, "2分14秒"),
        (3_600_000, "1小时"),
        (5_430_000, "1小时30分"),
    ],
)
def test_lengths_are_said_as_people_say_them(length_ms: int, said: str) -> None:
    assert length(length_ms) == said
