"""Who may do what with a recording: its session says it, and so it is asked here, before the rules (P16)."""

from __future__ import annotations

from typing import Protocol

from hub.domain import keeping, recording
from hub.domain.event import Actor, Command
from hub.domain.keeping import (
    ChangeMark,
    ExportForm,
    ExportWish,
    NoteDenial,
    ProposeDestruction,
    ReleaseRecording,
    RequestExport,
    SetMark,
    WithdrawDestruction,
)
from hub.domain.permissions import may_pause
from hub.domain.session import Session
from hub.errors import Refusal
from hub.live.rights import check_keeping, session_of_recording
from hub.live.streams import Streams

_OF_THE_OFFICE = (ReleaseRecording, ProposeDestruction, WithdrawDestruction)
"""Reviewers may hold and be the second person; what takes something away begins at the office."""

_OF_WHAT_IS_READY = (ProposeDestruction, RequestExport)


class ExportDesk(Protocol):
    """Who makes what is asked for (``recordings.exports``), and knows whether there is room for it."""

    async def check(self, recording_id: str, wish: ExportWish, by: Actor) -> None:
        """Refuses with ``export.no_room``."""
        ...


async def keeper_of(streams: Streams, recording_id: str, by: Actor, what: str) -> Session:
    """P16: the session, for who may keep its recording. Who may not is refused, and in the log (R6)."""
    try:
        return await check_keeping(streams, recording_id, by)
    except Refusal as refusal:
        if refusal.code == "forbidden":
            await _deny(streams, recording_id, by, what)
        raise


async def _deny(streams: Streams, recording_id: str, by: Actor, what: str) -> None:
    await streams.execute(keeping.stream_of(recording_id), NoteDenial(what=what), by)


async def pause(streams: Streams, recording_id: str, command: Command, by: Actor, op: str) -> int:
    """R12: pause or go on; the seq of what came of it. Refuses with ``recording.unknown``, ``forbidden``."""
    if not may_pause(by, await session_of_recording(streams, recording_id)):
        await _deny(streams, recording_id, by, "keep")
        raise Refusal("forbidden")
    return await _do(streams, recording.stream_of(recording_id), command, by, op)


async def keep(streams: Streams, recording_id: str, command: Command, by: Actor, op: str) -> int:
    """Everything else; the seq of what came of it. Refuses with ``recording.unknown``,
    ``recording.not_ready`` and ``forbidden``."""
    of = await keeper_of(streams, recording_id, by, "keep")
    if isinstance(command, _OF_THE_OFFICE) and not may_pause(by, of):
        await _deny(streams, recording_id, by, "keep")
        raise Refusal("forbidden")
    if isinstance(command, _OF_WHAT_IS_READY):
        taken, _ = await streams.state(recording.stream_of(recording_id))
        assert isinstance(taken, recording.Recording)
        if taken.state is not recording.RecordingState.READY:
            raise Refusal("recording.not_ready")
        if isinstance(command, RequestExport) and not _touches(taken, command.wish):
            raise Refusal("export.bad_span")
    if isinstance(command, SetMark | ChangeMark):
        await _check_second(streams, recording_id, command.at_ms)
    if isinstance(command, SetMark) and command.about not in ("", *(each.marker_id for each in of.markers)):
        raise Refusal("keeping.mark_unknown", mark_id=command.about[:80])
    return await _do(streams, keeping.stream_of(recording_id), command, by, op)


def _touches(taken: recording.Recording, wish: ExportWish) -> bool:
    """R20: a film of nothing would be made of what lies beside the recording; a package is of all."""
    if wish.form is ExportForm.PACKAGE:
        return True
    return wish.to_ms > taken.started_ms and (taken.stopped_ms is None or wish.from_ms < taken.stopped_ms)


async def _check_second(streams: Streams, recording_id: str, at_ms: int) -> None:
    """R36: a marker lies where there is something to look at, or nobody would find it again."""
    taken, _ = await streams.state(recording.stream_of(recording_id))
    assert isinstance(taken, recording.Recording)
    if at_ms < taken.started_ms or (taken.stopped_ms is not None and at_ms > taken.stopped_ms):
        raise Refusal("bad_request", field="at_ms")


async def _do(streams: Streams, stream: str, command: Command, by: Actor, op: str) -> int:
    return await streams.execute(stream, command, by, op=op)
