"""The merged timeline of a workspace and the history of an item, for each viewer its own (rules E1, E2)."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from hub.domain.chronicle import Chronicle, Entry, seats_of
from hub.domain.event import Actor, Event, Recorded
from hub.domain.item import Item, ItemAdded, ItemEdited
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import fields_of
from hub.domain.reach import sees
from hub.domain.streams import DomainEvent
from hub.domain.words import folded, has_all, words_of
from hub.domain.workspace import EntryNoted, Workspace
from hub.errors import Refusal
from hub.live.meetings import Meeting, Meetings
from hub.live.rights import check_workspace
from hub.live.streams import Streams
from hub.storage.eventlog import EventLog
from signaling.bodies import FieldChange, HistoryRow, ItemHistory, Timeline, TimelineRow

ROWS_MAX = 200
KEPT_MAX = 64
"""Workspaces whose table of contents is kept in memory: a busy hub has tens of open incidents."""

SCANNED_MAX = 4_000
"""Events that one request reads at most in search of a text; its answer says where to go on."""

_PAGE = 1_000
_SOUGHT = 200
_TEXT_MAX = 200


class Wish(NamedTuple):
    """What of a timeline is asked for. ``kind``: of a board, or "session"; ``noise``: the quiet ones too."""

    before: int | None = None
    limit: int = 50
    kind: str = ""
    seat: str = ""
    query: str = ""
    noise: bool = False


class Timelines:
    """Keeps a table of contents of each workspace that is looked at; it catches up with the log by itself."""

    def __init__(self, log: EventLog, streams: Streams) -> None:
        self._log = log
        self._streams = streams
        self._meetings = Meetings(log, streams)
        self._kept: OrderedDict[str, tuple[Chronicle, asyncio.Lock]] = OrderedDict()

    async def page(self, stream: str, wish: Wish, by: Actor) -> Timeline:
        state, chronicle = await self._both(stream, by)
        words = words_of(wish.query)
        rows: list[TimelineRow] = []
        candidates = _candidates(chronicle, state, wish, by) if wish.kind != "session" else iter(())
        scanned, cursor, more = 0, wish.before, True
        at_once = max(wish.limit, _SOUGHT if words or wish.seat else 0)
        while more and len(rows) < wish.limit and scanned < SCANNED_MAX:
            asked = [entry.seq for _, entry in zip(range(at_once), candidates, strict=False)]
            more = len(asked) == at_once
            scanned += len(asked)
            for recorded in reversed(await self._log.pick(stream, asked)):
                cursor = recorded.seq
                row = self._row(chronicle, state, recorded, by)
                if row is not None and _wanted(row, wish, words):
                    rows.append(row)
                    if len(rows) == wish.limit:
                        more = more or cursor != asked[-1]
                        break
        older = cursor if more else None
        rows += await self._of_meetings(state, stream, wish, words, older, by)
        rows.sort(key=lambda row: (row.at_ms, row.stream == stream, row.seq), reverse=True)
        return Timeline(rows=rows, before=older)

    async def history(self, stream: str, item_id: str, by: Actor) -> ItemHistory:
        """Refuses with ``board.unknown_item``, also where ``by`` does not see it."""
        state, chronicle = await self._both(stream, by)
        item = state.items.get(item_id)
        if item is None or not sees(state, item, by):
            raise Refusal("board.unknown_item", item_id=item_id[:80])
        meetings = await self._meetings.of(state, by)
        names = [field.name for field in fields_of(state.boards[item.board_id].kind)]
        fields: dict[str, str] = {}
        rows: list[HistoryRow] = []
        for recorded in await self._log.pick(stream, chronicle.of_item.get(item_id, [])):
            heard = chronicle.heard(state, recorded, by)
            if heard is not None:
                rows.append(_history_row(heard, item, fields, meetings, names))
            if isinstance(recorded.event, ItemAdded | ItemEdited):
                fields |= _said(recorded.event)
        return ItemHistory(rows=rows)

    async def _both(self, stream: str, by: Actor) -> tuple[Workspace, Chronicle]:
        """The state is never older than the table of contents."""
        await check_workspace(self._streams, stream, by)
        chronicle = await self._chronicle(stream)
        return await check_workspace(self._streams, stream, by), chronicle

    async def _chronicle(self, stream: str) -> Chronicle:
        """Up to what the hub has published: the log may be a step further."""
        _, seq = await self._streams.state(stream)
        chronicle, lock = self._kept.setdefault(stream, (Chronicle(), asyncio.Lock()))
        self._kept.move_to_end(stream)
        while len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)
        async with lock:
            while True:
                ahead = min(_PAGE, seq - chronicle.seq)
                if ahead <= 0:
                    return chronicle
                for recorded in await self._log.read(stream, chronicle.seq, ahead):
                    chronicle.take(recorded)

    def _row(
        self, chronicle: Chronicle, state: Workspace, recorded: Recorded[Any], by: Actor
    ) -> TimelineRow | None:
        heard = chronicle.heard(state, recorded, by)
        if heard is None:
            return None
        item = state.items.get(getattr(recorded.event, "item_id", ""))
        return _row(heard, state, item)

    async def _of_meetings(
        self, state: Workspace, stream: str, wish: Wish, words: list[str], older: int | None, by: Actor
    ) -> list[TimelineRow]:
        """What belongs to the sessions held on it, within the time of this page."""
        if wish.kind not in ("", "session"):
            return []
        until = await self._at(stream, wish.before)
        since = await self._at(stream, older)
        rows = []
        for meeting in await self._meetings.of(state, by):
            for recorded in meeting.events:
                inside = (since is None or recorded.at_ms >= since) and (
                    until is None or recorded.at_ms < until
                )
                row = _row(recorded, state, None, meeting) if inside else None
                if row is not None and _wanted(row, wish, words):
                    rows.append(row)
        return rows

    async def _at(self, stream: str, seq: int | None) -> int | None:
        found = await self._log.pick(stream, [seq]) if seq is not None else []
        return found[0].at_ms if found else None


def _candidates(chronicle: Chronicle, state: Workspace, wish: Wish, by: Actor) -> Iterator[Entry]:
    """What may be shown, newest first, without a look into the log.

    An item that ``by`` does not see is never one of them: not even a page's bounds tell of it.
    """
    shown: dict[str, bool] = {}
    for entry in chronicle.before(wish.before):
        if entry.quiet and not wish.noise:
            continue
        item_id = entry.item_id
        if item_id is None:
            if not wish.kind:
                yield entry
            continue
        if item_id not in shown:
            item = state.items[item_id]
            fits = not wish.kind or state.boards[item.board_id].kind == wish.kind
            shown[item_id] = fits and sees(state, item, by)
        if shown[item_id]:
            yield entry


def _wanted(row: TimelineRow, wish: Wish, words: list[str]) -> bool:
    """By what the viewer is told, never by what was left out of it."""
    if wish.seat and row.actor.seat != wish.seat and wish.seat not in seats_of(row.event):
        venue = getattr(row.event, "venue", None)
        if venue != wish.seat:
            return False
    return not words or has_all(folded(" ".join(_strings(row))), words)


def _strings(row: TimelineRow) -> Iterator[str]:
    yield from (row.text, row.actor.person, row.actor.seat_name or "")
    told = msgspec.to_builtins(row.event)
    told.pop("type")
    waiting = [told]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as parts:
                waiting.extend(parts.values())
            case list() as parts:
                waiting.extend(parts)


def _row(
    recorded: Recorded[Any], state: Workspace, item: Item | None, meeting: Meeting | None = None
) -> TimelineRow:
    event = recorded.event
    board = state.boards[item.board_id] if item is not None else None
    return TimelineRow(
        stream=recorded.stream,
        seq=recorded.seq,
        at_ms=recorded.at_ms,
        when_ms=event.when_ms if isinstance(event, EntryNoted) else recorded.at_ms,
        actor=recorded.actor,
        type=_tag(event),
        event=event,
        board_id=board.board_id if board is not None else getattr(event, "board_id", ""),
        kind=board.kind if board is not None else getattr(event, "kind", None) if _opens(event) else None,
        item_id=item.item_id if item is not None else None,
        session_id=meeting.session_id if meeting is not None else getattr(event, "session_id", None) or None,
        text=(item.fields.get("text", "") if item is not None else _text(event, meeting))[:_TEXT_MAX],
    )


def _opens(event: Event) -> bool:
    return isinstance(getattr(event, "kind", None), BoardKind)


def _text(event: Event, meeting: Meeting | None) -> str:
    if meeting is not None:
        return meeting.title
    for name in ("text", "title", "reason"):
        if text := getattr(event, name, ""):
            return str(text)
    return ""


def _tag(event: Event) -> str:
    return str(event.__struct_config__.tag)


# --- one item -----------------------------------------------------------------------------------


def _said(event: ItemAdded | ItemEdited) -> dict[str, str]:
    return event.fields if isinstance(event, ItemAdded) else event.changes


def _history_row(
    heard: Recorded[DomainEvent],
    item: Item,
    before: dict[str, str],
    meetings: list[Meeting],
    names: list[str],
) -> HistoryRow:
    event = heard.event
    changes = []
    if isinstance(event, ItemAdded | ItemEdited):
        said = _said(event)
        changes = [
            FieldChange(field=name, before=before.get(name, ""), after=said[name])
            for name in names
            if name in said
        ]
    held = next((meeting for meeting in meetings if meeting.has(heard.at_ms)), None)
    session_id, media_ms = (held.session_id, held.media_ms(heard.at_ms)) if held else (None, None)
    if isinstance(event, ItemAdded) and item.session_id is not None:
        session_id, media_ms = item.session_id, item.media_ms
    return HistoryRow(
        seq=heard.seq,
        at_ms=heard.at_ms,
        actor=heard.actor,
        type=_tag(event),
        event=event,
        changes=changes,
        session_id=session_id,
        media_ms=media_ms,
    )
