"""What the hub writes into the duty office's log by itself: sessions, incidents, lateness, silence (L13)."""

from __future__ import annotations

import logging
from collections import deque
from typing import Any

from hub.clock import Clock
from hub.domain.conduct import CallEscalated
from hub.domain.duty import WriteSystem, stream_of
from hub.domain.event import HUB, Recorded, Role
from hub.domain.item import ItemAdded, ItemStateChanged
from hub.domain.organisation import Organisation
from hub.domain.session import Session, SessionEnded, SessionStarted
from hub.domain.track import TracksEscalated
from hub.domain.workspace import (
    DeadlineMet,
    LevelChanged,
    Nature,
    Status,
    StatusChanged,
    Workspace,
    WorkspaceOpened,
)
from hub.live.chores import Chores
from hub.live.rights import organisation_of, seats_of_duty
from hub.live.streams import Batch, Streams

_log = logging.getLogger(__name__)

WAITING_MAX = 1_000
"""Entries that wait for the disk; a hub so far behind has other troubles than a line of the log."""

CATCH_UP_MS = 10 * 60_000
"""What is older than so long before the hub fell has been written long ago."""

_JUST_NOW_MS = 60_000
"""What a hub that comes back does at once is no sign of when it fell."""

SESSIONS_LOOKED_AT = 20
EVENTS_LOOKED_AT = 200

_LEVELS = {"I": "特别重大", "II": "重大", "III": "较大", "IV": "一般"}
_STATUS = {
    Status.DRAFT: "待核实",
    Status.ACTIVE: "处置中",
    Status.MONITORING: "持续关注",
    Status.CLOSED: "已办结",
    Status.VOID: "作废",
}
_CLOCKS = {"phone": "电话报告", "written": "书面报告", "followup": "续报"}
_LOGGED = (
    SessionStarted,
    SessionEnded,
    CallEscalated,
    WorkspaceOpened,
    LevelChanged,
    StatusChanged,
    DeadlineMet,
    ItemAdded,
    ItemStateChanged,
    TracksEscalated,
)


class DutyLog:
    """Listens to everything and writes one line for what a relief has to know; each once, by its ``op``."""

    def __init__(self, clock: Clock, streams: Streams) -> None:
        self._clock = clock
        self._streams = streams
        self._waiting: deque[tuple[str, str, WriteSystem]] = deque()
        self.chores = Chores()
        self._unsubscribe = streams.subscribe(self._published)

    async def start(self) -> None:
        """What a hub that fell had not written yet; what it had is known by its ``op``."""
        sessions = sorted(await self._streams.names("session:"))[-SESSIONS_LOOKED_AT:]
        ends: dict[str, int] = {}
        for stream in (*await self._streams.names("incident:"), *sessions):
            if (last := await self._streams.last(stream)) is not None:
                ends[stream] = last.at_ms
        now_ms = self._clock.wall_ms()
        before = [at_ms for at_ms in ends.values() if at_ms < now_ms - _JUST_NOW_MS]
        since_ms = max(before, default=0) - CATCH_UP_MS  # it may have been down for a night
        for stream, at_ms in ends.items():
            if at_ms < since_ms:
                continue
            state, seq = await self._streams.state(stream)
            events = await self._streams.history(stream, max(0, seq - EVENTS_LOOKED_AT)) or []
            self._take(stream, state, [each for each in events if each.at_ms >= since_ms])

    async def close(self) -> None:
        self._unsubscribe()
        await self.chores.idle()

    def _published(self, stream: str, events: Batch) -> None:
        if not stream.startswith(("session:", "incident:")):
            return
        known = self._streams.peek(stream)
        if known is not None:
            self._take(stream, known[0], events)

    def _take(self, stream: str, state: object, events: Batch) -> None:
        office = state.office if isinstance(state, Session) else ""
        for recorded in events:
            text = said_of(state, recorded) if isinstance(recorded.event, _LOGGED) else None
            if text is None:
                continue
            if len(self._waiting) >= WAITING_MAX:
                _log.error("too many entries wait for the duty log; this one is left out")
                return
            key = f"{stream.replace(':', '-')}-{recorded.seq}"
            entry = WriteSystem(entry_id=key[-64:], at_ms=recorded.at_ms, text=text, source=stream)
            self._waiting.append((office, f"{stream}/{recorded.seq}", entry))
            self.chores.add("duty log", "write", self._write)

    async def _write(self) -> None:
        office, op, entry = self._waiting.popleft()
        organisation = await organisation_of(self._streams)
        for seat in offices(organisation):
            if not office or office in seats_of_duty(organisation, seat):
                await self._streams.execute(stream_of(seat), entry, HUB, op=op)


def offices(organisation: Organisation) -> list[str]:
    """The duty office: where officers sit, but not its backup, which has the same post."""
    seats = {account.seat_id for account in organisation.accounts.values() if account.role is Role.OFFICER}
    return [
        seat.seat_id for seat in organisation.seats.values() if seat.seat_id in seats and not seat.backup_of
    ]


def said_of(state: object, recorded: Recorded[Any]) -> str | None:
    """One line in the words of the office; None for what is no news to a relief."""
    if isinstance(state, Session):
        mark = "【演练】" if state.exercise else ""
        return _of_session(f"{mark}《{state.title}》", state, recorded.event)
    if isinstance(state, Workspace) and state.nature is Nature.INCIDENT:
        mark = "【演练】" if state.exercise else ""
        return _of_incident(f"{mark}《{state.header.title}》", state, recorded.event)
    return None


def _of_session(title: str, state: Session, event: object) -> str | None:
    match event:
        case SessionStarted():
            return f"会商开始：{title}，呼叫 {len(state.venues) - 1} 个会场"
        case SessionEnded(reason=reason):
            return f"会商结束：{title}" + (f"，{reason}" if reason else "")
        case CallEscalated(venue=venue):
            return f"呼叫升级：{title} {state.venues[venue].name} 未应答，改呼下一联系人"
    return None


def _of_incident(title: str, state: Workspace, event: object) -> str | None:
    match event:
        case WorkspaceOpened(number=number, level=level):
            return f"事件专题建立：{number} {title}，{_LEVELS[level]}"
        case LevelChanged(level=level, response=response, reason=reason):
            started = f"，{response} 级响应" if response else ""
            return f"事件级别调整：{title}，{_LEVELS[level]}{started}" + (f"，{reason}" if reason else "")
        case StatusChanged(status=status, reason=reason):
            return f"事件状态变更：{title}，{_STATUS[status]}" + (f"，{reason}" if reason else "")
        case DeadlineMet(name=name, late_min=int(late_min)):
            return f"迟报：{title}{_CLOCKS[name]}晚 {late_min} 分钟"
        case (
            ItemAdded(item_id=key, late_min=int(late_min))
            | ItemStateChanged(item_id=key, late_min=int(late_min))
        ):
            return f"迟报：{title}{state.items[key].author.seat_name or ''}报送晚 {late_min} 分钟"
        case TracksEscalated(item_id=key, seats=seats):
            names = "、".join(_name(state, key, seat) for seat in seats)
            return f"未读升级：{title}“{state.items[key].fields.get('text', '')}”，{names}转电话叫应"
    return None


def _name(state: Workspace, key: str, seat: str) -> str:
    track = state.items[key].tracks.get(seat)
    return track.unit.short_name if track is not None else seat
