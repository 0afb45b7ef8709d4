"""What becomes of a recording: hold, destruction by two persons, marks, exports."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.event import HUB, Actor, Command
from hub.domain.keeping import (
    ApproveDestruction,
    CancelExport,
    ChangeMark,
    DestroyedFile,
    ExportForm,
    ExportState,
    ExportWish,
    Fate,
    FinishExport,
    HoldRecording,
    Keeping,
    KeepingViewed,
    NoteDenial,
    NoteDestroyed,
    NoteStored,
    NoteStuck,
    NoteView,
    ProposeDestruction,
    ReleaseRecording,
    RemoveExport,
    RemoveMark,
    RequestExport,
    SetMark,
    WithdrawDestruction,
)
from hub.domain.session import MarkerKind
from hub.errors import Refusal
from tests.support.factories import BACKUP, OFFICER, REVIEWER, START_MS, STRANGER, Stream

WISH = ExportWish(form=ExportForm.MP4, from_ms=START_MS, to_ms=START_MS + 1000)


def keeping() -> Stream:
    return Stream("keeping:r-1")


def refused(stream: Stream, command: Command, by: Actor) -> str:
    with pytest.raises(Refusal) as refusal:
        stream.do(command, by)
    return refusal.value.code


def test_R6_every_view_is_in_the_log() -> None:
    stream = keeping()
    assert stream.do(NoteView(what="view"), REVIEWER) == [KeepingViewed(what="view")]
    assert stream.events[-1].actor == REVIEWER


def test_R6_who_is_refused_is_in_the_log_once_in_ten_minutes() -> None:
    stream = keeping()
    assert len(stream.do(NoteDenial(what="view"), STRANGER)) == 1
    assert stream.do(NoteDenial(what="download"), STRANGER) == []
    assert len(stream.do(NoteDenial(what="view"), BACKUP)) == 1
    assert len(stream.do(NoteDenial(what="view"), STRANGER, after_ms=10 * 60 * 1000)) == 1


def test_R24_what_is_held_is_not_destroyed() -> None:
    stream = keeping()
    assert refused(stream, HoldRecording(reason=" "), OFFICER) == "keeping.reason_missing"
    stream.do(ProposeDestruction(reason="误开"), OFFICER)
    stream.do(HoldRecording(reason="调阅"), REVIEWER)
    assert stream.do(HoldRecording(reason="又一次"), OFFICER) == []
    assert refused(stream, ApproveDestruction(), REVIEWER) == "keeping.held"
    stream.do(ReleaseRecording(reason="完毕"), OFFICER)
    assert refused(stream, ReleaseRecording(reason="完毕"), OFFICER) == "keeping.not_held"
    stream.do(ApproveDestruction(), REVIEWER)
    assert refused(stream, HoldRecording(reason="晚了"), OFFICER) == "keeping.destroyed"


def test_R25_destruction_takes_two_persons() -> None:
    stream = keeping()
    assert refused(stream, ApproveDestruction(), REVIEWER) == "destruction.none"
    stream.do(ProposeDestruction(reason="保存期满"), OFFICER)
    assert refused(stream, ProposeDestruction(reason="再次"), OFFICER) == "destruction.proposed_already"
    assert refused(stream, ApproveDestruction(), OFFICER) == "destruction.same_person"
    again = replace(OFFICER, account="other", seat="backup")
    assert refused(stream, ApproveDestruction(), again) == "destruction.same_person"
    stream.do(WithdrawDestruction(), OFFICER)
    assert stream.state == Keeping()
    stream.do(ProposeDestruction(reason="保存期满"), OFFICER)
    stream.do(ApproveDestruction(), BACKUP)
    assert stream.state.destruction.fate is Fate.APPROVED
    assert refused(stream, WithdrawDestruction(), OFFICER) == "destruction.none"


def test_R26_a_tombstone_says_who_when_why_and_what() -> None:
    stream = keeping()
    files = [DestroyedFile(name="t-1.webm", size_bytes=9, digest="ab", algorithm="sha256")]
    assert refused(stream, NoteDestroyed(files=files), HUB) == "destruction.none"
    stream.do(ProposeDestruction(reason="保存期满"), OFFICER)
    stream.do(ApproveDestruction(), REVIEWER)
    assert refused(stream, NoteDestroyed(files=files), OFFICER) == "forbidden"
    stream.do(NoteDestroyed(files=files), HUB)
    stone = stream.state.destruction
    assert (stone.fate, stone.proposed_by, stone.approved_by) == (Fate.DESTROYED, OFFICER, REVIEWER)
    assert (stone.reason, stone.files) == ("保存期满", files)
    assert stone.destroyed_ms is not None
    assert refused(stream, RequestExport(export_id="e-1", wish=WISH), OFFICER) == "keeping.destroyed"


def test_R25_a_proposal_lapses_after_a_week_and_can_be_made_anew() -> None:
    stream = keeping()
    stream.do(ProposeDestruction(reason="保存期满"), OFFICER)
    week_ms = 7 * 24 * 60 * 60 * 1000
    stream.now_ms += week_ms
    assert refused(stream, ApproveDestruction(), REVIEWER) == "destruction.lapsed"
    stream.do(ProposeDestruction(reason="仍然期满"), BACKUP)
    assert refused(stream, ApproveDestruction(), BACKUP) == "destruction.same_person"
    stream.do(ApproveDestruction(), OFFICER)
    assert refused(stream, ProposeDestruction(reason="再来"), OFFICER) == "keeping.destroyed"


def test_R24_what_is_being_exported_is_not_destroyed() -> None:
    stream = keeping()
    stream.do(RequestExport(export_id="e-1", wish=WISH), OFFICER)
    stream.do(ProposeDestruction(reason="保存期满"), OFFICER)
    assert refused(stream, ApproveDestruction(), REVIEWER) == "destruction.exporting"
    stream.do(CancelExport(export_id="e-1"), OFFICER)
    stream.do(ApproveDestruction(), REVIEWER)


def test_R23_the_policy_destroys_by_itself_unless_the_office_objects() -> None:
    stream = keeping()
    stream.do(ProposeDestruction(reason="retention.expired"), HUB)
    stream.now_ms += 30 * 24 * 60 * 60 * 1000
    stream.do(ApproveDestruction(), HUB)
    assert stream.state.condemned
    stream = keeping()
    stream.do(ProposeDestruction(reason="retention.expired"), HUB)
    stream.do(WithdrawDestruction(), OFFICER)
    assert stream.state.objection.by == OFFICER
    assert stream.state.destruction is None


def test_R27_files_that_resist_are_said_once() -> None:
    stream = keeping()
    assert refused(stream, NoteStuck(reason="storage.failed"), HUB) == "destruction.none"
    stream.do(ProposeDestruction(reason="保存期满"), OFFICER)
    stream.do(ApproveDestruction(), REVIEWER)
    assert refused(stream, NoteStuck(reason="storage.failed"), OFFICER) == "forbidden"
    stream.do(NoteStuck(reason="storage.failed"), HUB)
    assert stream.do(NoteStuck(reason="storage.failed"), HUB) == []
    assert (stream.state.destruction.fate, stream.state.destruction.problem) == (
        Fate.APPROVED,
        "storage.failed",
    )
    stream.do(NoteDestroyed(files=[]), HUB)
    assert stream.state.destruction.problem == ""


def a_mark(stream: Stream, by: Actor = REVIEWER) -> None:
    stream.do(SetMark(mark_id="m-1", kind=MarkerKind.TODO, label=" 核实  人数 ", at_ms=START_MS), by)


def change(version: int, label: str = "核实") -> ChangeMark:
    return ChangeMark(
        mark_id="m-1", base_version=version, kind=MarkerKind.TODO, label=label, note="", at_ms=START_MS
    )


def test_R34_a_marker_may_be_set_afterwards_in_one_line() -> None:
    stream = keeping()
    a_mark(stream)
    mark = stream.state.marks["m-1"]
    assert (mark.label, mark.at_ms, mark.by, mark.version) == ("核实 人数", START_MS, REVIEWER, 1)
    empty = SetMark(mark_id="m-2", kind=MarkerKind.TODO, label=" ", at_ms=START_MS)
    assert refused(stream, empty, REVIEWER) == "keeping.mark_empty"
    long = replace(empty, label="长" * 201)
    assert refused(stream, long, REVIEWER) == "bad_request"


def test_R35_a_marker_is_changed_by_whose_it_is_and_by_the_office_and_nothing_is_lost() -> None:
    stream = keeping()
    a_mark(stream)
    other = replace(REVIEWER, account="another", person="另一人")
    assert refused(stream, change(1), other) == "keeping.mark_foreign"
    stream.do(change(1), OFFICER)
    assert refused(stream, change(1, "别的"), REVIEWER) == "keeping.mark_changed"
    assert stream.do(change(2), REVIEWER) == []
    stream.do(RemoveMark(mark_id="m-1"), REVIEWER)
    assert refused(stream, RemoveMark(mark_id="m-1"), REVIEWER) == "keeping.mark_unknown"


def test_R20_an_export_waits_until_it_is_done_fails_or_is_given_up() -> None:
    stream = keeping()
    assert refused(stream, RequestExport(export_id="e-1", wish=replace(WISH, to_ms=0)), OFFICER) == (
        "export.bad_span"
    )
    for number in range(20):
        stream.do(RequestExport(export_id=f"e-{number}", wish=WISH), OFFICER)
    assert refused(stream, RequestExport(export_id="e-20", wish=WISH), OFFICER) == "export.too_many"
    done = FinishExport(export_id="e-1", name="a.mp4", size_bytes=1, digest="ab", algorithm="sha256")
    assert refused(stream, done, OFFICER) == "forbidden"
    stream.do(done, HUB)
    stream.do(CancelExport(export_id="e-2"), OFFICER)
    states = {key: each.state for key, each in stream.state.exports.items()}
    assert (states["e-0"], states["e-1"], states["e-2"]) == (
        ExportState.WAITING,
        ExportState.DONE,
        ExportState.CANCELLED,
    )
    assert refused(stream, CancelExport(export_id="e-1"), OFFICER) == "export.over"
    assert refused(stream, CancelExport(export_id="e-99"), OFFICER) == "export.unknown"
    stream.do(RemoveExport(export_id="e-1"), HUB)
    assert stream.do(RemoveExport(export_id="e-1"), HUB) == []


def test_R18_where_a_track_lies_is_in_the_log_once() -> None:
    stream = keeping()
    stored = NoteStored(track_id="t-1", place="s3://archive/r-1/t-1.webm")
    stream.do(stored, HUB)
    assert stream.do(stored, HUB) == []
    assert stream.state.stored == {"t-1": "s3://archive/r-1/t-1.webm"}
