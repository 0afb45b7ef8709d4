"""A shared situation board (态势板): one-line items, each with author, time and version (rules B1 to B8)."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from hub.domain.event import Actor, Command, Event, Recorded, Role
from hub.domain.rank import rank_between
from hub.errors import Refusal

TEXT_MAX = 2000
SHORT_MAX = 120


def stream_of(board_id: str) -> str:
    return f"board:{board_id}"


class BoardKind(StrEnum):
    """Only the situation board (态势研判板) so far."""

    SITUATION = "situation"


class Category(StrEnum):
    """事实 · 研判 · 预测 · 缺口"""

    FACT = "fact"
    JUDGEMENT = "judgement"
    FORECAST = "forecast"
    GAP = "gap"


class Credibility(StrEnum):
    """已核实 · 待核实 · 不实"""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    FALSE = "false"


class Voided(msgspec.Struct, frozen=True, kw_only=True):
    """作废: by whom, when and why. The item stays readable."""

    actor: Actor
    at_ms: int
    reason: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """条目. ``fields_at`` says at which version each field was last written, for merging (B4)."""

    item_id: str
    rank: str
    text: str
    author: Actor
    created_ms: int
    category: Category = Category.FACT
    credibility: Credibility = Credibility.UNVERIFIED
    place: str = ""
    source: str = ""
    version: int = 1
    fields_at: dict[str, int] = {}
    edited_by: Actor | None = None
    edited_ms: int | None = None
    voided: Voided | None = None


class Board(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="board"):
    """State of a stream ``board:{id}``; read it in the order of ``rank``."""

    board_id: str = ""
    kind: BoardKind = BoardKind.SITUATION
    title: str = ""
    session_id: str = ""
    opened_ms: int = 0
    closed_ms: int | None = None
    items: dict[str, Item] = {}


class Changes(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """New values of some fields; None means untouched."""

    text: str | None = None
    category: Category | None = None
    credibility: Credibility | None = None
    place: str | None = None
    source: str | None = None

    def given(self) -> dict[str, str]:
        """The fields that are really there, by name."""
        return {name: value for name in self.__struct_fields__ if (value := getattr(self, name)) is not None}


# --- commands -----------------------------------------------------------------------------------


class OpenBoard(Command, frozen=True, kw_only=True):
    board_id: str
    kind: BoardKind
    title: str
    session_id: str


class AddItem(Command, frozen=True, kw_only=True):
    """Goes to the end of the board."""

    item_id: str
    text: str
    category: Category = Category.FACT
    credibility: Credibility = Credibility.UNVERIFIED
    place: str = ""
    source: str = ""


class EditItem(Command, frozen=True, kw_only=True):
    """``base_version`` is the version the writer was looking at."""

    item_id: str
    base_version: int
    changes: Changes


class MoveItem(Command, frozen=True, kw_only=True):
    """Put the item right behind ``after``; to the top when that is None."""

    item_id: str
    after: str | None = None


class VoidItem(Command, frozen=True, kw_only=True):
    item_id: str
    reason: str


class CloseBoard(Command, frozen=True, kw_only=True):
    pass


# --- events -------------------------------------------------------------------------------------


class BoardOpened(Event, frozen=True, kw_only=True, tag="board.opened"):
    board_id: str
    kind: BoardKind
    title: str
    session_id: str


class ItemAdded(Event, frozen=True, kw_only=True, tag="item.added"):
    item_id: str
    rank: str
    text: str
    category: Category
    credibility: Credibility
    place: str
    source: str


class ItemEdited(Event, frozen=True, kw_only=True, tag="item.edited"):
    item_id: str
    version: int
    changes: Changes


class ItemMoved(Event, frozen=True, kw_only=True, tag="item.moved"):
    item_id: str
    rank: str


class ItemVoided(Event, frozen=True, kw_only=True, tag="item.voided"):
    item_id: str
    reason: str


class BoardClosed(Event, frozen=True, kw_only=True, tag="board.closed"):
    pass


BoardEvent = BoardOpened | ItemAdded | ItemEdited | ItemMoved | ItemVoided | BoardClosed


# --- decide -------------------------------------------------------------------------------------


def decide(state: Board, command: Command, by: Actor, now_ms: int) -> list[BoardEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    if isinstance(command, OpenBoard):
        return [
            BoardOpened(
                board_id=command.board_id,
                kind=command.kind,
                title=command.title,
                session_id=command.session_id,
            )
        ]
    if not state.opened_ms:
        raise Refusal("not_found")
    if state.closed_ms is not None:
        raise Refusal("board.closed")
    match command:
        case AddItem():
            return [_add(state, command)]
        case EditItem():
            return _edit(state, command, by)
        case MoveItem():
            return _reorder(state, command, by)
        case VoidItem():
            return [_void(state, command, by)]
        case CloseBoard():
            return [BoardClosed()]
    raise TypeError(command)


def _add(state: Board, command: AddItem) -> ItemAdded:
    if command.item_id in state.items:
        raise Refusal("bad_request", field="item_id")
    last = in_order(state)[-1].rank if state.items else None
    return ItemAdded(
        item_id=command.item_id,
        rank=rank_between(last, None),
        text=_checked_text(command.text),
        category=command.category,
        credibility=command.credibility,
        place=_checked_short(command.place),
        source=_checked_short(command.source),
    )


def _edit(state: Board, command: EditItem, by: Actor) -> list[BoardEvent]:
    item = _open_item(state, command.item_id)
    wished = command.changes.given()
    if "text" in wished:
        wished["text"] = _checked_text(wished["text"])
    for name in ("place", "source"):
        if name in wished:
            wished[name] = _checked_short(wished[name])
    # B2: a unit's words are its own; the duty office may only say how far they are verified.
    if item.author.seat != by.seat and not (by.role is Role.OFFICER and set(wished) <= {"credibility"}):
        raise Refusal("board.foreign_item")
    wished = {name: value for name, value in wished.items() if value != getattr(item, name)}
    if not wished:
        return []
    # B4: fields nobody else touched since merge; a field that moved on is a conflict with both texts.
    clashes = [name for name in wished if item.fields_at.get(name, 1) > command.base_version]
    if clashes:
        raise Refusal(
            "board.conflict",
            item_id=item.item_id,
            version=item.version,
            fields=clashes,
            theirs={name: getattr(item, name) for name in clashes},
            yours={name: wished[name] for name in clashes},
            by=msgspec.to_builtins(item.edited_by or item.author),
            at_ms=item.edited_ms or item.created_ms,
        )
    changes = msgspec.convert(wished, Changes)
    return [ItemEdited(item_id=item.item_id, version=item.version + 1, changes=changes)]


def _reorder(state: Board, command: MoveItem, by: Actor) -> list[BoardEvent]:
    item = _open_item(state, command.item_id)
    if item.author.seat != by.seat and by.role is not Role.OFFICER:
        raise Refusal("board.foreign_item")
    others = [other for other in in_order(state) if other.item_id != item.item_id]
    place = 0
    if command.after is not None:
        ids = [other.item_id for other in others]
        if command.after not in ids:
            raise Refusal("board.unknown_item", item_id=command.after)
        place = ids.index(command.after) + 1
    before = others[place - 1].rank if place else None
    behind = others[place].rank if place < len(others) else None
    if (before is None or before < item.rank) and (behind is None or item.rank < behind):
        return []  # it stands there already
    return [ItemMoved(item_id=item.item_id, rank=rank_between(before, behind))]


def _void(state: Board, command: VoidItem, by: Actor) -> ItemVoided:
    item = _open_item(state, command.item_id)
    if item.author.seat != by.seat and by.role is not Role.OFFICER:
        raise Refusal("board.foreign_item")
    reason = command.reason.strip()
    if not reason:
        raise Refusal("board.void_needs_reason")
    return ItemVoided(item_id=item.item_id, reason=_checked_short(reason))


def _open_item(state: Board, item_id: str) -> Item:
    item = state.items.get(item_id)
    if item is None:
        raise Refusal("board.unknown_item", item_id=item_id)
    if item.voided is not None:
        raise Refusal("board.voided", item_id=item_id)
    return item


def _checked_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal("board.empty_text")
    if len(text) > TEXT_MAX:
        raise Refusal("board.text_too_long", max=TEXT_MAX)
    return text


def _checked_short(text: str) -> str:
    text = text.strip()
    if len(text) > SHORT_MAX:
        raise Refusal("board.text_too_long", max=SHORT_MAX)
    return text


def in_order(state: Board) -> list[Item]:
    """Items as they stand on the board; ``item_id`` breaks a tie so that all screens agree."""
    return sorted(state.items.values(), key=lambda item: (item.rank, item.item_id))


# --- apply --------------------------------------------------------------------------------------


def apply(state: Board, recorded: Recorded[BoardEvent]) -> Board:
    event, at_ms, actor = recorded.event, recorded.at_ms, recorded.actor
    match event:
        case BoardOpened():
            return Board(
                board_id=event.board_id,
                kind=event.kind,
                title=event.title,
                session_id=event.session_id,
                opened_ms=at_ms,
            )
        case BoardClosed():
            return replace(state, closed_ms=at_ms)
        case ItemAdded():
            added = Item(
                item_id=event.item_id,
                rank=event.rank,
                text=event.text,
                author=actor,
                created_ms=at_ms,
                category=event.category,
                credibility=event.credibility,
                place=event.place,
                source=event.source,
            )
            return _with(state, added)
        case ItemEdited(item_id=item_id, version=version, changes=changes):
            item, given = state.items[item_id], changes.given()
            fields_at = {**item.fields_at, **dict.fromkeys(given, version)}
            edited = replace(
                item, version=version, fields_at=fields_at, edited_by=actor, edited_ms=at_ms, **given
            )
            return _with(state, edited)
        case ItemMoved(item_id=item_id, rank=rank):
            return _with(state, replace(state.items[item_id], rank=rank))
        case ItemVoided(item_id=item_id, reason=reason):
            voided = Voided(actor=actor, at_ms=at_ms, reason=reason)
            return _with(state, replace(state.items[item_id], voided=voided))


def _with(state: Board, item: Item) -> Board:
    return replace(state, items={**state.items, item.item_id: item})
