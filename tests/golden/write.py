"""Writes the golden streams that Python and TypeScript both fold: ``python -m tests.golden.write``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from hub.domain import (
    booking,
    chair,
    conduct,
    floor,
    groups,
    guest,
    keeping,
    picture,
    recording,
    rollcall,
    session,
    spotcheck,
    wall,
)
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.organisation import Account, AddAccount, AddSeat, DisableAccount, EditSeat, Level, Seat
from tests.golden import duties, papers, workspaces
from tests.support.factories import (
    BACKUP,
    KAIFENG,
    OFFICER,
    REVIEWER,
    START_MS,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    a_plan,
    checked,
    invited,
    start_session,
)

FOLDER = Path(__file__).parent


def an_organisation() -> Stream:
    stream = Stream("organisation")
    for sort, (seat_id, name, level) in enumerate(
        [("office", "省委总值班室", Level.PROVINCE), ("yingji", "省应急管理厅指挥中心", Level.DEPARTMENT)]
    ):
        seat = Seat(seat_id=seat_id, name=name, short_name=name[:2], level=level, phone="0371-1", sort=sort)
        stream.do(AddSeat(seat=seat), HUB)
    account = Account(account="yingji", person="张敏", role=Role.SEAT, seat_id="yingji")
    stream.do(AddAccount(account=account), HUB)
    stream.do(DisableAccount(account="yingji", reason="离岗"), HUB)
    leader = conduct.Contact(name="邓立新", post="带班领导", phone="100 0000 3003")
    stream.do(EditSeat(seat_id="yingji", phone="0371-2", contacts=[leader], backup_of="office"), HUB)
    for key, name in (("fangxun", "省防指成员单位"), ("yuliu", "预留")):
        stream.do(groups.SetGroup(group=groups.Group(group_id=key, name=name, seats=["yingji"])), HUB)
        template = groups.Template(template_id=key, name=name, groups=[key], seats=["office"])
        stream.do(groups.SetTemplate(template=template), HUB)
    stream.do(groups.RemoveTemplate(template_id="yuliu"), HUB)
    stream.do(groups.RemoveGroup(group_id="yuliu"), HUB)
    return stream


def a_session() -> Stream:
    stream = Stream("session:s-1")
    camera = session.Source(source_id="p-1", venue="yingji", name="camera", kind="video", codec="VP8")
    sound = session.Source(source_id="p-2", venue="yingji", name="microphone", kind="audio", codec="opus")
    stream.do_all(
        [
            (start_session(YINGJI, XINYANG), OFFICER),
            (session.JoinSession(venue="office"), OFFICER),
            (session.AnswerCall(venue="yingji"), YINGJI),
            (session.StartSource(source=camera), HUB),
            (session.StartSource(source=sound), HUB),
            (session.DeclineCall(venue="xinyang"), XINYANG),
            (session.SetDevices(venue="yingji", microphone=False), YINGJI),
            (session.MuteVenue(venue="yingji", muted=True), OFFICER),
            (session.StartPresentation(venue="office"), OFFICER),
            (session.StopPresentation(), OFFICER),
            (session.StartPresentation(venue="yingji"), YINGJI),
            (session.NoteSpeech(venue="yingji", from_ms=START_MS, to_ms=START_MS + 900), HUB),
            (session.DropVenue(venue="yingji"), HUB),
            (session.EndSource(venue="yingji", source_id="p-1"), HUB),
            (session.ReturnVenue(venue="yingji"), HUB),
            (session.CallVenues(venues=[invited(XINYANG), invited(STRANGER)]), OFFICER),
            (session.ExpireCall(venue="xinyang"), HUB),
            (session.LeaveSession(venue="yingji"), YINGJI),
            (session.JoinSession(venue="yingji"), YINGJI),
            (session.MuteVenue(venue="yingji", muted=False), OFFICER),
            (session.StartPresentation(venue="yingji"), YINGJI),
            (
                session.SetMarker(marker_id="m-1", kind=session.MarkerKind.DECISION, label="启动二级响应"),
                OFFICER,
            ),
            (session.EndSession(reason="处置完毕"), OFFICER),
        ]
    )
    return stream


def a_steered_session() -> Stream:
    """Everything that the chair's desk does, and what the hub does by itself."""
    stream = Stream("session:s-2")
    start = start_session(YINGJI, XINYANG, KAIFENG, heirs=[BACKUP])
    ends_ms = START_MS + 3 * 3600 * 1000
    li = conduct.Contact(name="李主任", post="值班长", phone="0376-110", seat_id="hebi")
    stream.do_all(
        [
            (replace(start, session_id="s-2", mode=floor.SpeakMode.REQUEST, mute_on_entry=True), OFFICER),
            (conduct.NoteRinging(venue="yingji"), YINGJI),
            (session.AnswerCall(venue="yingji"), YINGJI),
            (session.ExpireCall(venue="kaifeng", offline=True), HUB),
            (session.ExpireCall(venue="kaifeng"), HUB),
            (conduct.EscalateCall(venue="kaifeng", contacts=[li], place=0), OFFICER),
            (
                conduct.NotePhoneCall(
                    venue="kaifeng", name="李主任", phone="0376-110", reached=True, note="即接入"
                ),
                OFFICER,
            ),
            (session.JoinSession(venue="xinyang"), XINYANG),
            (conduct.LockSession(locked=True), OFFICER),
            (conduct.LockPresentation(locked=True), OFFICER),
            (conduct.PlanEnd(ends_ms=ends_ms), OFFICER),
            (conduct.RenameVenue(venue="yingji", short_name="应急指挥部"), OFFICER),
            *_the_floor(),
            *_the_pictures(),
            *_a_roll_call(),
            *_the_chair(),
            (session.EndSession(), OFFICER),
        ]
    )
    return stream


def _the_floor() -> list[tuple[Command, Actor]]:
    return [
        (session.MuteAll(muted=True, self_unmute=True), OFFICER),
        (floor.OpenMicrophone(venue="yingji"), YINGJI),
        (floor.RequestFloor(venue="yingji"), YINGJI),
        (floor.RequestFloor(venue="xinyang"), XINYANG),
        (floor.EndFloorRequest(venue="xinyang"), OFFICER),
        (floor.GrantFloor(venue="yingji"), OFFICER),
        (floor.NameSpeaker(venue="xinyang"), OFFICER),
        (floor.EndTurn(), XINYANG),
        (floor.RequestFloor(venue="yingji"), YINGJI),
        (floor.SetSpeakMode(mode=floor.SpeakMode.SILENT), OFFICER),
        (floor.SetSpeakMode(mode=floor.SpeakMode.FREE), OFFICER),
        (floor.RequestFloor(venue="xinyang"), XINYANG),
        (floor.NameSpeaker(venue="yingji"), OFFICER),
    ]


def _the_pictures() -> list[tuple[Command, Actor]]:
    around = picture.StartCarousel(kind=picture.CarouselKind.BROADCAST, venues=["yingji", "xinyang"])
    return [
        (picture.SetLayout(layout=9), OFFICER),
        (picture.SetVoiceSwitching(on=False), OFFICER),
        (picture.BroadcastVenue(venue=None), OFFICER),
        (picture.BroadcastVenue(venue="xinyang"), OFFICER),
        (picture.StopBroadcast(), OFFICER),
        (around, OFFICER),
        (picture.TurnCarousel(), OFFICER),
        (picture.PauseCarousel(paused=True), OFFICER),
        (picture.StopCarousel(), OFFICER),
        (around, OFFICER),
        (picture.BroadcastVenue(venue="yingji"), OFFICER),
    ]


def _a_roll_call() -> list[tuple[Command, Actor]]:
    return [
        (rollcall.StartRollCall(rollcall_id="rc-1", venues=["kaifeng", "xinyang", "yingji"]), OFFICER),
        (rollcall.AnswerRollCall(venue="xinyang"), XINYANG),
        (session.CallVenues(venues=[invited(KAIFENG)]), OFFICER),
        (session.AnswerCall(venue="kaifeng"), KAIFENG),
        (rollcall.NextInRollCall(venue="xinyang"), OFFICER),
        (rollcall.HearRollCall(venue="yingji", heard_ms=START_MS + 70_000), HUB),
        (rollcall.NextInRollCall(venue="yingji"), OFFICER),
        (rollcall.NextInRollCall(venue="kaifeng"), OFFICER),
        (
            rollcall.TickRollCall(
                rollcall_id="rc-1", venue="kaifeng", result=rollcall.RollResult.ON_LEAVE, note="已请假"
            ),
            OFFICER,
        ),
        (rollcall.AskAgain(venues=["xinyang"]), OFFICER),
        (rollcall.EndRollCall(), OFFICER),
        (rollcall.StartRollCall(rollcall_id="rc-2", venues=["yingji", "xinyang"]), OFFICER),
    ]


def _the_chair() -> list[tuple[Command, Actor]]:
    return [
        (chair.RequestChair(venue="xinyang"), XINYANG),
        (chair.RequestChair(venue="kaifeng"), KAIFENG),
        (chair.EndChairRequest(venue="kaifeng"), KAIFENG),
        (chair.TransferChair(venue="xinyang"), OFFICER),
        (chair.RequestChair(venue="kaifeng"), KAIFENG),
        (chair.TakeChair(), BACKUP),
        (session.DropVenue(venue="yingji"), HUB),
        (session.LeaveSession(venue="yingji", reason="lost"), HUB),
        (conduct.RemoveVenue(venue="kaifeng"), BACKUP),
        (floor.RequestFloor(venue="xinyang"), XINYANG),
        (floor.NameSpeaker(venue="xinyang"), BACKUP),
        (picture.BroadcastVenue(venue="xinyang"), BACKUP),
    ]


def a_recording() -> Stream:
    stream = Stream("recording:r-1")

    def track(number: int) -> recording.Track:
        return recording.Track(
            track_id=f"t-{number}",
            venue="yingji",
            venue_name="省应急管理厅指挥中心",
            source="camera",
            kind="video",
            codec="VP8",
            started_ms=START_MS + number * 1000,
        )

    def seal(number: int, *, recovered: bool = False) -> recording.SealTrack:
        return recording.SealTrack(
            track_id=f"t-{number}",
            ended_ms=START_MS + 9000,
            size_bytes=77,
            digest="ab",
            recovered=recovered,
        )

    def lost(what: type[Command], **more: object) -> Command:
        return what(venue="yingji", source="camera", **more)

    stream.do_all(
        [
            (recording.StartRecording(recording_id="r-1", session_id="s-1", title="防汛会商"), HUB),
            (recording.OpenTrack(track=track(1)), HUB),
            (recording.OpenTrack(track=track(2)), HUB),
            (recording.OpenTrack(track=track(3)), HUB),
            (seal(1), HUB),
            (recording.InterruptRecording(from_ms=START_MS + 5000, reason="hub.crashed"), HUB),
            (seal(2, recovered=True), HUB),
            (recording.ResumeRecording(), HUB),
            (recording.OpenTrack(track=track(4)), HUB),  # ends the gap that the crash was for the camera
            (lost(recording.OpenGap, from_ms=START_MS + 20_000, reason="line.lost"), HUB),
            (lost(recording.CloseGap, to_ms=START_MS + 26_000), HUB),
            (lost(recording.OpenGap, from_ms=START_MS + 30_000, reason="recording.stalled"), HUB),
            (recording.PauseRecording(reason="领导要求"), OFFICER),
            (recording.ResumeRecording(), OFFICER),
            (recording.FailTrack(track_id="t-3", at_ms=START_MS + 6000, reason="storage.full"), HUB),
            (recording.StopRecording(), HUB),
            (seal(4), HUB),
            (recording.FinishRecording(digest="cd"), HUB),
        ]
    )
    return stream


def what_became_of_it() -> Stream:
    stream = Stream("keeping:r-1")
    whole = keeping.ExportWish(form=keeping.ExportForm.MP4, from_ms=START_MS, to_ms=START_MS + 60_000)
    decision, todo = session.MarkerKind.DECISION, session.MarkerKind.TODO
    stream.do_all(
        [
            (keeping.NoteDenial(what="view"), XINYANG),
            (keeping.NoteView(what="view"), REVIEWER),
            (
                keeping.SetMark(
                    mark_id="m-1", kind=decision, label="启动Ⅱ级响应", note="", at_ms=START_MS, about=""
                ),
                REVIEWER,
            ),
            (
                keeping.SetMark(mark_id="m-2", kind=todo, label="核实", note="", at_ms=START_MS, about="k-1"),
                OFFICER,
            ),
            (
                keeping.ChangeMark(
                    mark_id="m-1",
                    base_version=1,
                    kind=decision,
                    label="启动Ⅱ级响应",
                    note="省应急厅提出",
                    at_ms=START_MS + 500,
                ),
                REVIEWER,
            ),
            (keeping.RemoveMark(mark_id="m-2"), OFFICER),
            *((keeping.RequestExport(export_id=f"e-{n}", wish=whole), OFFICER) for n in (1, 2, 3)),
            (
                keeping.FinishExport(
                    export_id="e-1", name="防汛会商.mp4", size_bytes=9, digest="ab", algorithm="sha256"
                ),
                HUB,
            ),
            (keeping.FailExport(export_id="e-2", reason="storage.full"), HUB),
            (keeping.CancelExport(export_id="e-3"), OFFICER),
            (keeping.RemoveExport(export_id="e-1"), HUB),
            (keeping.NoteStored(track_id="t-1", place="s3://archive/r-1/t-1.webm"), HUB),
        ]
    )
    return destroyed(stream)


def destroyed(stream: Stream) -> Stream:
    stream.do_all(
        [
            (keeping.HoldRecording(reason="省纪委调阅"), OFFICER),
            (keeping.ReleaseRecording(reason="调阅结束"), OFFICER),
            (keeping.ProposeDestruction(reason="误开"), OFFICER),
            (keeping.WithdrawDestruction(), OFFICER),
            (keeping.ProposeDestruction(reason="retention.expired"), HUB),
            (keeping.WithdrawDestruction(), OFFICER),
            (keeping.ProposeDestruction(reason="保存期满"), OFFICER),
            (keeping.ApproveDestruction(), REVIEWER),
            (keeping.NoteStuck(reason="storage.failed"), HUB),
            (
                keeping.NoteDestroyed(
                    files=[
                        keeping.DestroyedFile(name="t-1.webm", size_bytes=9, digest="ab", algorithm="sha256")
                    ]
                ),
                HUB,
            ),
        ]
    )
    return stream


def guests() -> Stream:
    stream = Stream("session:s-1")

    def invite(number: int, place: str) -> guest.InviteGuest:
        return guest.InviteGuest(
            invitation_id=f"inv-{number}",
            label=f"现场{number}",
            place=place,
            code_hash=f"{number:064x}",
            until_ms=START_MS + 1_800_000,
        )

    def admit(number: int, person: str = "") -> guest.AdmitGuest:
        return guest.AdmitGuest(invitation_id=f"inv-{number}", venue=f"guest-{number}", person=person)

    in_the_field = Actor(account="guest-1", person="刘洋", role=Role.GUEST, seat="guest-1", seat_name="现场1")
    stream.do_all(
        [
            (start_session(YINGJI), OFFICER),
            (invite(1, "浉河区董家河镇"), OFFICER),
            (invite(2, "罗山县"), OFFICER),
            (invite(3, "潢川县"), OFFICER),
            (guest.WithdrawInvitation(invitation_id="inv-3"), OFFICER),
            (admit(1, "刘洋"), HUB),
            (session.JoinSession(venue="guest-1"), in_the_field),
            (session.SetDevices(venue="guest-1", camera=False), in_the_field),
            (session.MuteAll(muted=True), OFFICER),
            (admit(2), HUB),
            (session.LeaveSession(venue="guest-1", reason="hung_up"), OFFICER),
            (conduct.RemoveVenue(venue="guest-2"), OFFICER),
            (session.EndSession(), OFFICER),
        ]
    )
    return stream


def a_wall() -> Stream:
    stream = Stream("wall:w-1")
    stream.do_all(
        [
            (wall.AddWall(wall_id="w-1", name="指挥大厅", token_hash="ab" * 32), OFFICER),
            (wall.ShowSession(session_id="s-1"), OFFICER),
            (wall.ClearWall(), OFFICER),
            (wall.ShowSession(session_id="s-2"), OFFICER),
            (wall.ClearWall(session_id="s-2"), HUB),
            (wall.ShowSession(session_id="s-3"), OFFICER),
            (wall.RevokeWall(), OFFICER),
        ]
    )
    return stream


def a_spotcheck() -> Stream:
    stream = Stream("spotcheck:k-1")
    seats = [checked(XINYANG), checked(YINGJI), checked(STRANGER)]
    draw = spotcheck.Draw(label="省辖市", pool=[], count=2, seed="5eed")

    def call(number: int, session_id: str) -> spotcheck.CallRow:
        return spotcheck.CallRow(number=number, session_id=session_id, called_ms=stream.now_ms)

    def judge(verdict: spotcheck.Verdict, *answers: bool | None) -> spotcheck.JudgeRow:
        return spotcheck.JudgeRow(
            number=1, answers=[*answers], verdict=verdict, note="带班领导外出", problem="立即补岗"
        )

    start = spotcheck.StartSpotCheck(check_id="k-1", title="国庆值班抽查", seats=seats, draw=draw)
    missed = spotcheck.CheckState.NO_ANSWER
    stream.do_all(
        [
            (start, OFFICER),
            (call(1, "s-1"), OFFICER),
            (spotcheck.WithdrawRow(number=1, session_id="s-1"), HUB),
            (call(1, "s-2"), OFFICER),
            (spotcheck.MissRow(number=1, session_id="s-2", state=missed, recalled=True), HUB),
            (call(1, "s-3"), OFFICER),
        ]
    )
    answered_ms = stream.now_ms + 4200
    answer = spotcheck.AnswerRow(number=1, session_id="s-3", answered_ms=answered_ms, recalled=False)
    stream.do_all(
        [
            (answer, HUB),
            (judge(spotcheck.Verdict.PROBLEM, False, True, None, True), OFFICER),
            (spotcheck.AddPhoneRow(seat=checked(YINGJI)), OFFICER),
            (spotcheck.StepPhone(number=3, step=spotcheck.PhoneStep.DIAL), OFFICER),
            (spotcheck.StepPhone(number=3, step=spotcheck.PhoneStep.ANSWER, rings=2), OFFICER),
            (spotcheck.CloseSpotCheck(), OFFICER),
        ]
    )
    return stream


def a_booking() -> Stream:
    stream = Stream("booking:m-1")
    plan, later = a_plan(XINYANG, YINGJI), START_MS + 3 * 3_600_000
    stream.do_all(
        [
            (booking.PlanBooking(booking_id="m-1", plan=plan), OFFICER),
            (booking.ReplyBooking(venue="xinyang", reply=booking.Reply.CONFIRMED), XINYANG),
            (booking.ChangeBooking(plan=a_plan(XINYANG, YINGJI, starts_ms=later)), OFFICER),
            (booking.ReplyBooking(venue="yingji", reply=booking.Reply.ON_LEAVE, reason="在前线"), YINGJI),
            (booking.ReportLineTest(venue="xinyang", passed=True), XINYANG),
        ]
    )
    stream.now_ms = later - 30 * 60_000
    stream.do(booking.RemindBooking(), HUB)
    stream.do(booking.StartBooked(session_id="s-1"), OFFICER)
    return stream


def a_cancelled_booking() -> Stream:
    stream = Stream("booking:m-2")
    stream.do(booking.PlanBooking(booking_id="m-2", plan=a_plan(YINGJI)), OFFICER)
    stream.do(booking.CancelBooking(reason="并入会商"), OFFICER)
    return stream


GOLDEN: dict[str, Callable[[], Stream]] = {
    "organisation": an_organisation,
    "session": a_session,
    "steered": a_steered_session,
    "incident": workspaces.an_incident,
    "incident-city": workspaces.a_citys_view,
    "board": workspaces.a_sessions_boards,
    "board-older": workspaces.an_older_board,
    "recording": a_recording,
    "keeping": what_became_of_it,
    "guests": guests,
    "wall": a_wall,
    "spotcheck": a_spotcheck,
    "booking": a_booking,
    "booking-cancelled": a_cancelled_booking,
    "paper": papers.a_paper,
    "paper-edition": papers.a_later_edition,
    "duty": duties.a_duty,
}


def rendered(name: str) -> str:
    """The golden file of that name as it should be."""
    stream = GOLDEN[name]()
    content = {"stream": stream.name, "events": stream.events, "state": stream.state}
    return json.dumps(msgspec.to_builtins(content), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in GOLDEN:
        (FOLDER / f"{name}.json").write_text(rendered(name), encoding="utf-8")
