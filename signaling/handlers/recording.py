"""Requests about recordings become their use-cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain import keeping, recording
from hub.domain.event import Command
from hub.errors import Refusal
from hub.ids import is_id
from hub.live.keeping import keep, pause
from signaling import recording_vocabulary as wire
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done, Result


async def _pause(hub: Services, line: Line, wish: wire.RecordingWish, command: Command) -> Done:
    seq = await pause(hub.streams, wish.recording_id, command, line.actor, wish.op)
    return Done(stream=recording.stream_of(wish.recording_id), seq=seq)


async def _keep(hub: Services, line: Line, wish: wire.RecordingWish, command: Command) -> Done:
    seq = await keep(hub.streams, wish.recording_id, command, line.actor, wish.op)
    return Done(stream=keeping.stream_of(wish.recording_id), seq=seq)


async def stop(hub: Services, line: Line, wish: wire.RecordingReason) -> Done:
    return await _pause(hub, line, wish, recording.PauseRecording(reason=wish.reason))


async def go_on(hub: Services, line: Line, wish: wire.RecordingWish) -> Done:
    return await _pause(hub, line, wish, recording.ResumeRecording())


async def hold(hub: Services, line: Line, wish: wire.RecordingReason) -> Done:
    return await _keep(hub, line, wish, keeping.HoldRecording(reason=wish.reason))


async def release(hub: Services, line: Line, wish: wire.RecordingReason) -> Done:
    return await _keep(hub, line, wish, keeping.ReleaseRecording(reason=wish.reason))


async def propose(hub: Services, line: Line, wish: wire.RecordingReason) -> Done:
    return await _keep(hub, line, wish, keeping.ProposeDestruction(reason=wish.reason))


async def withdraw(hub: Services, line: Line, wish: wire.RecordingWish) -> Done:
    return await _keep(hub, line, wish, keeping.WithdrawDestruction())


async def approve(hub: Services, line: Line, wish: wire.RecordingWish) -> Done:
    return await _keep(hub, line, wish, keeping.ApproveDestruction())


async def mark(hub: Services, line: Line, wish: wire.RecordingMark) -> Done:
    _check_id("mark_id", wish.mark_id)
    command = keeping.SetMark(
        mark_id=wish.mark_id,
        kind=wish.kind,
        label=wish.label,
        note=wish.note,
        at_ms=wish.at_ms,
        about=wish.about,
    )
    return await _keep(hub, line, wish, command)


async def change_mark(hub: Services, line: Line, wish: wire.RecordingMarkChange) -> Done:
    command = keeping.ChangeMark(
        mark_id=wish.mark_id,
        base_version=wish.base_version,
        kind=wish.kind,
        label=wish.label,
        note=wish.note,
        at_ms=wish.at_ms,
    )
    return await _keep(hub, line, wish, command)


async def remove_mark(hub: Services, line: Line, wish: wire.RecordingMarkOff) -> Done:
    return await _keep(hub, line, wish, keeping.RemoveMark(mark_id=wish.mark_id))


async def export(hub: Services, line: Line, wish: wire.RecordingExport) -> Done:
    _check_id("export_id", wish.export_id)
    if hub.exports is not None:
        await hub.exports.check(wish.recording_id, wish.wish, line.actor)
    return await _keep(hub, line, wish, keeping.RequestExport(export_id=wish.export_id, wish=wish.wish))


async def cancel_export(hub: Services, line: Line, wish: wire.RecordingExportOff) -> Done:
    return await _keep(hub, line, wish, keeping.CancelExport(export_id=wish.export_id))


def _check_id(field: str, key: str) -> None:
    if not is_id(key):
        raise Refusal("bad_request", field=field)


HANDLERS: dict[str, Callable[[Services, Line, Any], Awaitable[Result]]] = {
    "recording.pause": stop,
    "recording.resume": go_on,
    "recording.hold": hold,
    "recording.release": release,
    "recording.propose_destruction": propose,
    "recording.withdraw_destruction": withdraw,
    "recording.approve_destruction": approve,
    "recording.mark": mark,
    "recording.change_mark": change_mark,
    "recording.remove_mark": remove_mark,
    "recording.export": export,
    "recording.cancel_export": cancel_export,
}
