"""A consultation on an incident, told second by second: what its minutes are drafted from in tests."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain import booking, chair, floor, item, keeping, recording, rollcall, session, track
from hub.domain.drafting import Records
from hub.domain.drafts import drafted
from hub.domain.event import HUB, Actor, Command
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.paper import Drafted, PaperKind
from hub.domain.paperlog import chronicle
from hub.domain.tally import Scope
from hub.domain.workspace import Nature
from hub.storage.eventlog import EventLog
from tests.support.dutyday import add, an_organisation
from tests.support.factories import (
    BACKUP,
    KAIFENG,
    OFFICER,
    REVIEWER,
    START_MS,
    XINYANG,
    YINGJI,
    Stream,
    a_plan,
    board_of,
    open_workspace,
    start_session,
    unit,
)

MINUTE_MS = 60_000
BOARDS = (
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.TASK,
    BoardKind.OPINION,
)


def at(clock: str) -> int:
    """``10:45`` or ``10:45:30`` of that day."""
    hours, minutes, *rest = (int(part) for part in clock.split(":"))
    seconds = rest[0] if rest else 0
    return START_MS + ((hours - 10) * 60 + minutes - 30) * MINUTE_MS + seconds * 1000


class Consultation:
    """From 10:31 to 11:32; the session, its recording, the incident's boards and the booking as streams."""

    def __init__(self) -> None:
        self.session = Stream("session:s-1")
        self.incident = Stream("incident:i-1")
        self.recording = Stream("recording:r-1")
        self.keeping = Stream("keeping:r-1")
        self.booking = Stream("booking:m-1")

    @property
    def streams(self) -> list[Stream]:
        return [self.session, self.incident, self.recording, self.keeping, self.booking]

    def does(self, stream: Stream, clock: str, command: Command, by: Actor) -> None:
        stream.now_ms = at(clock)
        stream.do(command, by, after_ms=0)

    def records(self) -> Records:
        organisation = an_organisation()
        log = [
            each
            for stream in (self.session, self.incident)
            for each in stream.events
            if at("10:31") <= each.at_ms <= at("11:32")
        ]
        found = [chronicle(each.name, each.events) for each in self.streams]
        return Records(found, organisation.state, len(organisation.events), log)

    def minutes(self) -> Drafted:
        ended_ms = self.session.state.ended_ms
        scope = Scope(at("10:31"), (ended_ms or at("11:32")) + 1, "incident:i-1", "session:s-1")
        return drafted(PaperKind.MINUTES, scope, self.records())


async def logged(log: EventLog, made: Consultation) -> None:
    """As if the hub had lived through it."""
    for stream in made.streams:
        for each in stream.events:
            await log.append(
                stream.name, each.seq - 1, [each.event], actor=each.actor, op=None, at_ms=each.at_ms
            )


def a_consultation() -> Consultation:
    made = Consultation()
    _booked(made)
    _came_and_went(made)
    _spoke(made)
    _wrote(made)
    _was_recorded(made)
    return made


def _booked(made: Consultation) -> None:
    made.does(
        made.booking,
        "08:00",
        booking.PlanBooking(booking_id="m-1", plan=a_plan(YINGJI, XINYANG, KAIFENG, starts_ms=at("10:31"))),
        OFFICER,
    )
    leave = booking.ReplyBooking(venue="kaifeng", reply=booking.Reply.ON_LEAVE, reason="在前线指挥")
    made.does(made.booking, "09:00", leave, KAIFENG)
    made.does(made.booking, "10:30:59", booking.StartBooked(session_id="s-1"), OFFICER)


def _came_and_went(made: Consultation) -> None:
    start = replace(
        start_session(YINGJI, XINYANG, KAIFENG, heirs=[BACKUP]),
        incident_id="i-1",
        agenda=a_plan(YINGJI).agenda,
    )
    of = made.session
    for clock, command, by in (
        ("10:31", start, OFFICER),
        ("10:31:02", session.JoinSession(venue="office"), OFFICER),
        ("10:31:06", session.AnswerCall(venue="yingji"), YINGJI),
        ("10:31:45", session.ExpireCall(venue="kaifeng", offline=True), HUB),
        ("10:31:45", session.ExpireCall(venue="xinyang"), HUB),
        ("10:33", rollcall.StartRollCall(rollcall_id="rc-1", venues=["yingji", "xinyang"]), OFFICER),
        ("10:33:04", rollcall.AnswerRollCall(venue="yingji"), YINGJI),
        ("10:33:10", rollcall.NextInRollCall(venue="yingji"), HUB),
        ("10:43:30", session.JoinSession(venue="xinyang"), XINYANG),
        ("10:50", session.DropVenue(venue="xinyang"), HUB),
        ("10:50:20", session.ReturnVenue(venue="xinyang"), HUB),
        ("10:55", chair.TransferChair(venue="yingji"), OFFICER),
        ("11:05", chair.TakeChair(), OFFICER),
        ("11:20", session.LeaveSession(venue="yingji"), YINGJI),
    ):
        made.does(of, clock, command, by)


def _spoke(made: Consultation) -> None:
    """The log is in order of time: what is told here happened before the end."""
    of = made.session
    mark = session.SetMarker(
        marker_id="m-1", kind=session.MarkerKind.DECISION, label="启动Ⅱ级应急响应，信阳转移浉河沿岸群众"
    )
    key = session.SetMarker(marker_id="m-2", kind=session.MarkerKind.KEY, label="水位超保证0.4米")

    def spoke(venue: str, start: str, end: str) -> session.NoteSpeech:
        return session.NoteSpeech(venue=venue, from_ms=at(start), to_ms=at(end))

    for clock, command, by in (
        ("11:20:30", spoke("office", "10:32", "10:32:40"), HUB),
        ("11:20:31", spoke("office", "10:32:48", "10:33"), HUB),
        ("11:20:32", spoke("yingji", "10:34", "10:34:02"), HUB),
        ("11:21", floor.NameSpeaker(venue="xinyang"), OFFICER),
        ("11:23", spoke("xinyang", "11:21:05", "11:22:50"), HUB),
        ("11:23:14", floor.EndTurn(), XINYANG),
        ("11:24", mark, OFFICER),
        ("11:25", key, OFFICER),
        ("11:32", session.EndSession(reason="处置方案已定"), OFFICER),
    ):
        made.does(of, clock, command, by)


def _wrote(made: Consultation) -> None:
    of = made.incident
    opened = open_workspace(
        YINGJI,
        XINYANG,
        KAIFENG,
        nature=Nature.INCIDENT,
        workspace_id="i-1",
        number="2026-0007",
        boards=[board_of(kind) for kind in BOARDS],
    )
    within = {"session_id": "s-1"}
    secret = {"proposal": "拟请省领导出面"}
    due = {"due": str(at("12:00"))}
    asked = add(
        BoardKind.INSTRUCTION,
        "o-1",
        "立即转移浉河沿岸群众",
        fields={"leader": "邓立新", **due, **secret},
        units=[unit(XINYANG), unit(YINGJI)],
        **within,
    )
    for clock, command, by in (
        ("10:00", opened, OFFICER),
        ("10:05", add(BoardKind.SITUATION, "f-0", "浉河上游持续降雨"), YINGJI),
        ("10:40", add(BoardKind.SITUATION, "f-1", "浉河水位仍在上涨"), YINGJI),
        ("10:41", add(BoardKind.SITUATION, "f-2", "本室内部提醒", reach=Reach.OFFICE), OFFICER),
        ("10:42", item.EditItem(item_id="f-0", base_version=1, fields={"credibility": "verified"}), OFFICER),
        (
            "10:46",
            add(BoardKind.OPINION, "p-1", "建议提前转移", fields={"advice": "两小时内完成"}, **within),
            XINYANG,
        ),
        (
            "10:47",
            add(BoardKind.OPINION, "p-2", "同意转移", fields={"role": "conclusion"}, **within),
            OFFICER,
        ),
        ("10:48", add(BoardKind.REPORT, "d-1", "还没写完的续报", state="draft"), XINYANG),
        ("11:00", asked, OFFICER),
        ("11:01", track.MoveTrack(item_id="o-1", seat="xinyang", state=track.Progress.SIGNED), XINYANG),
        ("11:02", add(BoardKind.TASK, "t-1", "核对转移名单", units=[unit(YINGJI)], fields=due), OFFICER),
        ("11:40", add(BoardKind.SITUATION, "f-9", "会后的新情况"), YINGJI),
    ):
        made.does(of, clock, command, by)


def _was_recorded(made: Consultation) -> None:
    of = made.recording

    def opened(number: int, venue: Actor) -> recording.OpenTrack:
        return recording.OpenTrack(
            track=recording.Track(
                track_id=f"t-{number}",
                venue=venue.seat or "",
                venue_name=venue.seat_name or "",
                source="camera",
                kind="video",
                codec="VP8",
                started_ms=at("10:31:05"),
            )
        )

    for clock, command in (
        ("10:31", recording.StartRecording(recording_id="r-1", session_id="s-1", title="强降雨防汛会商")),
        ("10:31:05", opened(1, OFFICER)),
        ("10:31:07", opened(2, YINGJI)),
        ("10:58", recording.InterruptRecording(from_ms=at("10:57:30"), reason="hub.crashed")),
        ("10:58:10", recording.ResumeRecording()),
    ):
        made.does(of, clock, command, HUB)
    made.does(of, "11:10", recording.PauseRecording(reason="领导要求"), OFFICER)
    made.does(of, "11:11", recording.ResumeRecording(), OFFICER)
    made.does(of, "11:32", recording.StopRecording(), HUB)
    _was_marked(made)


def _was_marked(made: Consultation) -> None:
    """Afterwards, by who looks at it again."""

    def mark(number: int, kind: session.MarkerKind, clock: str, label: str, **rest: str) -> keeping.SetMark:
        return keeping.SetMark(mark_id=f"k-{number}", kind=kind, label=label, at_ms=at(clock), **rest)

    kinds = session.MarkerKind
    for command, by in (
        (mark(1, kinds.TODO, "10:45", "开封核对沿河养殖户"), REVIEWER),
        (mark(2, kinds.DECISION, "11:24", "", note="由省防指行文", about="m-1"), REVIEWER),
        (mark(3, kinds.KEY, "10:36", "口误", note="记错了"), REVIEWER),
        (keeping.RemoveMark(mark_id="k-3"), OFFICER),
        (keeping.HoldRecording(reason="重大险情"), OFFICER),
    ):
        made.does(made.keeping, "12:30", command, by)
