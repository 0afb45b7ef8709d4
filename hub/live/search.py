"""Looking for something in all incidents and sessions; nobody finds what is not shown to them (E7)."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from typing import NamedTuple

from hub.domain.event import Actor
from hub.domain.item import Item
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import field_of
from hub.domain.reach import item_for, may_follow, sees
from hub.domain.words import folded, has_all, words_of
from hub.domain.workspace import Nature, Workspace, is_workspace
from hub.errors import Refusal
from hub.live.rights import check_workspace
from hub.live.streams import Batch, Streams
from signaling.bodies import SearchResult, SearchRow

WORKSPACES_MAX = 1_000
"""The latest ones; what is older is found in the list of incidents."""

_ROUND = 20
"""So many workspaces are gone through before others have their turn."""

_BEFORE, _AROUND = 20, 100


class Sought(NamedTuple):
    """``kind``: of a board, or "incident"; ``since_ms``: what was last touched before then is left out."""

    query: str
    kind: str = ""
    since_ms: int = 0
    limit: int = 30


class _Shelf:
    """A workspace and its texts, folded."""

    __slots__ = ("about", "state", "texts")

    def __init__(self, state: Workspace) -> None:
        self.state = state
        self.about = _about(state)
        self.texts = {key: _folded(state, item) for key, item in state.items.items()}


class Search:
    """Kept in memory, in the order in which workspaces were last touched."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._shelves: OrderedDict[str, _Shelf] = OrderedDict()
        self._complete = False
        self._unsubscribe = streams.subscribe(self._published)

    async def close(self) -> None:
        self._unsubscribe()

    async def start(self) -> None:
        """Take up what was there before the hub ran; until then answers say that they are not complete."""
        for prefix in ("board:", "incident:"):
            latest = (await self._streams.names(prefix))[-WORKSPACES_MAX // 2 :]
            for stream in reversed(latest):
                state, _ = await self._streams.state(stream)
                if stream not in self._shelves and isinstance(state, Workspace) and state.opened_ms:
                    self._shelves[stream] = _Shelf(state)
                    self._shelves.move_to_end(stream, last=False)
                await asyncio.sleep(0)
        self._complete = True

    def _published(self, stream: str, events: Batch) -> None:
        known = self._streams.peek(stream) if is_workspace(stream) else None
        if known is None or not isinstance(known[0], Workspace):
            return
        state, shelf = known[0], self._shelves.get(stream)
        if shelf is None:
            self._shelves[stream] = _Shelf(state)
        else:
            shelf.state, shelf.about = state, _about(state)
            for item_id in {getattr(recorded.event, "item_id", None) for recorded in events}:
                if item_id in state.items:
                    shelf.texts[item_id] = _folded(state, state.items[item_id])
        self._shelves.move_to_end(stream)
        while len(self._shelves) > WORKSPACES_MAX:
            self._shelves.popitem(last=False)

    async def find(self, sought: Sought, by: Actor) -> SearchResult:
        """Incidents first, then items, newest first; all words have to be there."""
        words = words_of(sought.query)
        rows: list[SearchRow] = []
        for place, (stream, shelf) in enumerate(reversed(list(self._shelves.items())) if words else ()):
            if place % _ROUND == _ROUND - 1:
                await asyncio.sleep(0)
            if may_follow(shelf.state, by):
                found = list(_found(stream, shelf, sought, words, by))
                if found and await self._may_see(stream, shelf.state, by):
                    rows += found
        rows.sort(key=lambda row: (row.item_id is None, row.at_ms), reverse=True)
        return SearchResult(rows=rows[: sought.limit], complete=self._complete)

    async def _may_see(self, stream: str, state: Workspace, by: Actor) -> bool:
        """A session's boards are for those who may see the session (P15)."""
        if state.nature is not Nature.SESSION:
            return True
        try:
            await check_workspace(self._streams, stream, by)
        except Refusal:
            return False
        return True


def _found(stream: str, shelf: _Shelf, sought: Sought, words: list[str], by: Actor) -> Iterator[SearchRow]:
    state = shelf.state
    if sought.kind in ("", "incident") and state.nature is not Nature.SESSION and has_all(shelf.about, words):
        at_ms = state.closed_ms or state.opened_ms
        if at_ms >= sought.since_ms:
            yield _incident_row(stream, state, at_ms)
    if sought.kind == "incident":
        return
    for item_id, text in shelf.texts.items():
        if not any(word in text for word in words) or not has_all(f"{shelf.about} {text}", words):
            continue
        item = state.items[item_id]
        kind = state.boards[item.board_id].kind
        if (sought.kind and kind != sought.kind) or not sees(state, item, by):
            continue
        shown = item_for(state, item, by)
        told = _folded(state, shown)  # what is not told to this viewer has not been found either
        at_ms = max(shown.created_ms, shown.edited_ms or 0, shown.state_ms)
        hit = any(word in told for word in words) and has_all(f"{shelf.about} {told}", words)
        if hit and at_ms >= sought.since_ms:
            yield _item_row(stream, state, kind, shown, words, at_ms)


def _incident_row(stream: str, state: Workspace, at_ms: int) -> SearchRow:
    return SearchRow(
        stream=stream,
        number=state.number,
        title=state.header.title,
        exercise=state.exercise,
        snippet=" · ".join(part for part in (state.header.place, state.header.summary) if part)[:_AROUND],
        at_ms=at_ms,
        state=state.status,
    )


def _item_row(
    stream: str, state: Workspace, kind: BoardKind, shown: Item, words: list[str], at_ms: int
) -> SearchRow:
    return SearchRow(
        stream=stream,
        number=state.number,
        title=state.header.title,
        exercise=state.exercise,
        kind=kind,
        board_id=shown.board_id,
        item_id=shown.item_id,
        snippet=snippet_of(list(texts_of(state, shown)), words),
        at_ms=at_ms,
        state=shown.state,
        voided=shown.voided is not None,
        session_id=state.session_id or None,
    )


def _about(state: Workspace) -> str:
    header = state.header
    return folded(" ".join((state.number, header.title, header.place, header.summary)))


def _folded(state: Workspace, item: Item) -> str:
    return folded(" ".join(texts_of(state, item)))


def texts_of(state: Workspace, item: Item) -> Iterator[str]:
    """Everything of an item that can be read, its text first."""
    yield item.fields.get("text", "")
    kind = state.boards[item.board_id].kind
    for name, value in item.fields.items():
        field = field_of(kind, name)
        if name == "text" or field is None or not value:
            continue
        choice = next((each for each in field.choices if each.value == value), None)
        yield value if choice is None else choice.zh
    yield from (note.text for note in item.notes)
    yield from (each.attachment.name for each in item.attachments)
    for track in item.tracks.values():
        yield from (reply.text for reply in track.replies)
    yield item.author.seat_name or ""


def snippet_of(texts: list[str], words: list[str]) -> str:
    """The piece around the first word; the item's own text when that is enough."""
    text = next((each for each in texts if any(word in folded(each) for word in words)), texts[0])
    at = min((place for word in words if (place := folded(text).find(word)) >= 0), default=0)
    start = max(0, at - _BEFORE) if at > _AROUND - _BEFORE else 0
    piece = " ".join(text.split())[start : start + _AROUND]
    return f"…{piece}" if start else piece
