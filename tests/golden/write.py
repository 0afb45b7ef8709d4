"""Writes the golden streams that Python and TypeScript both fold: ``python -m tests.golden.write``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec

from hub.domain import board, recording, session
from hub.domain.event import HUB, Role
from hub.domain.organisation import Account, AddAccount, AddSeat, DisableAccount, Level, Seat
from tests.support.factories import (
    OFFICER,
    REVIEWER,
    START_MS,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
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


def a_board() -> Stream:
    stream = Stream("board:b-1")
    title = "态势研判板"
    opening = board.OpenBoard(board_id="b-1", kind=board.BoardKind.SITUATION, title=title, session_id="s-1")
    stream.do_all(
        [
            (opening, HUB),
            (board.AddItem(item_id="i-1", text="浉河水位 2.1 米", place="信阳"), XINYANG),
            (board.AddItem(item_id="i-2", text="夜间仍有强降雨", category=board.Category.FORECAST), YINGJI),
            (
                board.EditItem(item_id="i-1", base_version=1, changes=board.Changes(text="浉河水位 2.4 米")),
                XINYANG,
            ),
            (
                board.EditItem(
                    item_id="i-1",
                    base_version=1,
                    changes=board.Changes(credibility=board.Credibility.VERIFIED),
                ),
                OFFICER,
            ),
            (board.MoveItem(item_id="i-2"), OFFICER),
            (board.VoidItem(item_id="i-2", reason="预报已更新"), YINGJI),
            (board.CloseBoard(), HUB),
        ]
    )
    return stream


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
            sha256="ab",
            recovered=recovered,
        )

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
            (recording.FailTrack(track_id="t-3", at_ms=START_MS + 6000, reason="storage.full"), HUB),
            (recording.StopRecording(), HUB),
            (recording.FinishRecording(), HUB),
            (recording.NoteView(what="view"), REVIEWER),
        ]
    )
    return stream


GOLDEN: dict[str, Callable[[], Stream]] = {
    "organisation": an_organisation,
    "session": a_session,
    "board": a_board,
    "recording": a_recording,
}


def rendered(name: str) -> str:
    """The golden file of that name as it should be."""
    stream = GOLDEN[name]()
    content = {"stream": stream.name, "events": stream.events, "state": stream.state}
    return json.dumps(msgspec.to_builtins(content), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in GOLDEN:
        (FOLDER / f"{name}.json").write_text(rendered(name), encoding="utf-8")
