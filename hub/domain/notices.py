"""What of a workspace's events an outside system is told (rule O4). Pure."""

from __future__ import annotations

from typing import Any

from hub.domain.event import Recorded
from hub.domain.hook import HookNotice, NoticeType
from hub.domain.item import Item, ItemAdded, ItemStateChanged
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.track import TracksEscalated
from hub.domain.workspace import LevelChanged, Nature, StatusChanged, Workspace, WorkspaceOpened

_BY_STATE = {
    (BoardKind.REPORT, "submitted"): NoticeType.REPORT_SUBMITTED,
    (BoardKind.INSTRUCTION, "issued"): NoticeType.INSTRUCTION_ISSUED,
    (BoardKind.WARNING, "issued"): NoticeType.WARNING_ISSUED,
    (BoardKind.KEYEVENT, "published"): NoticeType.KEY_EVENT,
}


TOLD = (WorkspaceOpened, LevelChanged, StatusChanged, ItemAdded, ItemStateChanged, TracksEscalated)
"""No other event is anything for outside."""


def notice_of(state: Workspace, recorded: Recorded[Any]) -> HookNotice | None:
    """``state`` is that after the event. None for all that nobody outside is told."""
    if state.nature is Nature.SESSION:
        return None
    event = recorded.event
    match event:
        case WorkspaceOpened(nature=Nature.INCIDENT):
            return _notice(state, recorded, NoticeType.INCIDENT_OPENED)
        case LevelChanged(reason=reason):
            return _notice(state, recorded, NoticeType.LEVEL_CHANGED, text=reason)
        case StatusChanged(reason=reason):
            return _notice(state, recorded, NoticeType.STATUS_CHANGED, text=reason)
        case ItemAdded() | ItemStateChanged():
            item = state.items[event.item_id]
            kind = _BY_STATE.get((state.boards[item.board_id].kind, event.state))
            return _about(state, recorded, item, kind)
        case TracksEscalated(seats=seats):
            item = state.items[event.item_id]
            return _about(state, recorded, item, NoticeType.UNIT_SILENT, seats)
    return None


def _about(
    state: Workspace,
    recorded: Recorded[Any],
    item: Item,
    kind: NoticeType | None,
    seats: list[str] | None = None,
) -> HookNotice | None:
    """O4: nothing of an item that stays in the office, and of the others their one line."""
    if kind is None or item.reach is Reach.OFFICE or item.voided is not None:
        return None
    named = item.tracks if seats is None else {seat: item.tracks[seat] for seat in seats}
    units = [track.unit.name for track in named.values()]
    return _notice(state, recorded, kind, text=item.fields.get("text", ""), item_id=item.item_id, units=units)


def _notice(
    state: Workspace,
    recorded: Recorded[Any],
    kind: NoticeType,
    *,
    text: str = "",
    item_id: str = "",
    units: list[str] | None = None,
) -> HookNotice:
    return HookNotice(
        notice_id=f"{recorded.stream}/{recorded.seq}",
        type=kind,
        at_ms=recorded.at_ms,
        incident_id=state.workspace_id,
        number=state.number,
        title=state.header.title,
        level=state.level if state.nature is Nature.INCIDENT else "",
        status=state.status,
        exercise=state.exercise,
        item_id=item_id,
        text=text,
        units=units or [],
    )
