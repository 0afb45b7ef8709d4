"""Who edits, moves on, shares and voids an item, and how two writers are merged (rules B2 to B16)."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from hub.domain.deadline import late_minutes
from hub.domain.event import Actor, Role
from hub.domain.fieldvalues import checked_fields, checked_line, checked_text
from hub.domain.item import (
    Annotate,
    AssignItem,
    Attach,
    ChangeState,
    EditItem,
    Item,
    ItemAnnotated,
    ItemAssigned,
    ItemAttached,
    ItemEdited,
    ItemMoved,
    ItemOnWall,
    ItemPinned,
    ItemShared,
    ItemStateChanged,
    ItemVoided,
    MoveItem,
    PinItem,
    PutOnWall,
    ShareItem,
    VoidItem,
)
from hub.domain.kindparts import BoardKind, Field, Kind, Move, Reach, Who, Writer
from hub.domain.kinds import KINDS, field_of, state_of
from hub.domain.rank import rank_between
from hub.domain.reach import sees
from hub.domain.report_rules import stamps, submitted
from hub.domain.track import Unit
from hub.domain.workspace import Nature, UnitsAdded, Workspace, WorkspaceEvent
from hub.errors import Refusal

OWN_VOID_MS = 10 * 60_000
"""So long a unit takes its own item back by itself; later the duty office does (domain.md 3.6)."""

ATTACHMENTS_MAX = 20
NOTES_MAX = 200

_FROZEN = (BoardKind.REPORT, BoardKind.INSTRUCTION, BoardKind.HAZARD, BoardKind.OPINION)
"""B10: kinds whose items stand as they are once they have come to an end: they are evidence.

A key event that was published after review is not its unit's any more either.
"""

_DELIVERED_BY: dict[BoardKind, str] = {BoardKind.TASK: "finish", BoardKind.HAZARD: "report"}
"""The move by which what was asked is done, and late if its time has gone by (D1)."""


def is_officer(by: Actor) -> bool:
    return by.role in (Role.OFFICER, Role.HUB)


def is_author(item: Item, by: Actor) -> bool:
    """Officers speak for the duty office, whichever of its seats wrote the item."""
    if by.role is Role.OFFICER and item.author.role in (Role.OFFICER, Role.HUB):
        return True
    return by.seat is not None and item.author.seat == by.seat


def kind_of(state: Workspace, item: Item) -> Kind:
    return KINDS[state.boards[item.board_id].kind]


def open_item(state: Workspace, item_id: str) -> Item:
    """Refuses with ``board.unknown_item`` or ``board.voided``."""
    item = state.items.get(item_id)
    if item is None:
        raise Refusal("board.unknown_item", item_id=item_id)
    if item.voided is not None:
        raise Refusal("board.voided", item_id=item_id)
    return item


def in_order(state: Workspace, board_id: str) -> list[Item]:
    """Items as they stand on the board; ``item_id`` breaks a tie so that all screens agree."""
    items = [item for item in state.items.values() if item.board_id == board_id]
    return sorted(items, key=lambda item: (item.rank, item.item_id))


def check_units(state: Workspace, seats: list[str]) -> None:
    """Refuses with ``incident.unknown_unit`` whom only the office may let take part (I4)."""
    unknown = [seat for seat in seats if seat not in state.units]
    if unknown:
        raise Refusal("incident.unknown_unit", seats=unknown[:20])


def check_reach(state: Workspace, reach: Reach | None) -> None:
    """In a session's own workspace nobody's level is known, so there is no reach to departments alone."""
    if reach is Reach.DEPARTMENTS and state.nature is Nature.SESSION:
        raise Refusal("bad_request", field="reach")


def new_units(state: Workspace, units: list[Unit]) -> list[WorkspaceEvent]:
    """I4: who is asked for something takes part from then on."""
    fresh = [unit for unit in units if unit.seat not in state.units]
    return [UnitsAdded(units=fresh)] if fresh and state.nature is not Nature.SESSION else []


def level_of(state: Workspace, by: Actor) -> str:
    """The level of the unit that speaks; in a session's own workspace nobody's matters."""
    unit = state.units.get(by.seat or "")
    return unit.level if unit is not None else ""


# --- editing ------------------------------------------------------------------------------------


def edit(state: Workspace, wish: EditItem, by: Actor) -> list[WorkspaceEvent]:
    item = open_item(state, wish.item_id)
    kind = kind_of(state, item)
    wished = checked_fields(kind.kind, wish.fields)
    if _is_frozen(kind.kind, item, by) and not all(is_secret(kind.kind, name) for name in wished):
        raise Refusal("board.frozen", item_id=item.item_id)
    for name in wished:
        field = field_of(kind.kind, name)
        assert field is not None
        if not may_write(item, field, by):
            raise Refusal("board.foreign_item", field=name)
    if "text" in wished and not wished["text"]:
        raise Refusal("board.empty_text")
    wished = {name: value for name, value in wished.items() if value != value_of(kind.kind, item, name)}
    if not wished:
        return []
    # B4: fields nobody else touched since merge; a field that moved on is a conflict with both texts.
    clashes = [name for name in wished if item.fields_at.get(name, 1) > wish.base_version]
    if clashes:
        raise Refusal(
            "board.conflict",
            item_id=item.item_id,
            version=item.version,
            fields=clashes,
            theirs={name: value_of(kind.kind, item, name) for name in clashes},
            yours={name: wished[name] for name in clashes},
            by=msgspec.to_builtins(item.edited_by or item.author),
            at_ms=item.edited_ms or item.created_ms,
        )
    return _edited(kind.kind, item, wished)


def _is_frozen(kind: BoardKind, item: Item, by: Actor) -> bool:
    frozen = kind in _FROZEN or (kind is BoardKind.KEYEVENT and not is_officer(by))
    return frozen and state_of(kind, item.state).final


def _edited(kind: BoardKind, item: Item, changes: dict[str, str]) -> list[WorkspaceEvent]:
    """T9: what is for the office alone is an event of its own."""
    parts = [
        (office, part)
        for office in (False, True)
        if (part := {name: value for name, value in changes.items() if is_secret(kind, name) is office})
    ]
    return [
        ItemEdited(item_id=item.item_id, version=item.version + step, changes=part, office=office)
        for step, (office, part) in enumerate(parts, 1)
    ]


def value_of(kind: BoardKind, item: Item, name: str) -> str:
    """The field's value, or its initial one."""
    field = field_of(kind, name)
    return item.fields.get(name, field.initial if field is not None else "")


def may_write(item: Item, field: Field, by: Actor) -> bool:
    """B2: a unit's words are its own."""
    match field.writer:
        case Writer.SECRET:
            return is_officer(by)
        case Writer.OFFICE:
            return is_officer(by) or is_author(item, by)
        case Writer.ASSIGNEE:
            return is_author(item, by) or by.seat in item.tracks
        case Writer.ONCE:
            return is_author(item, by) and not item.fields.get(field.name)
        case Writer.AUTHOR:
            return is_author(item, by)


def is_secret(kind: BoardKind, name: str) -> bool:
    field = field_of(kind, name)
    return field is not None and field.writer is Writer.SECRET


def reorder(state: Workspace, wish: MoveItem, by: Actor) -> list[WorkspaceEvent]:
    item = open_item(state, wish.item_id)
    if not is_author(item, by) and not is_officer(by):
        raise Refusal("board.foreign_item")
    others = [other for other in in_order(state, item.board_id) if other.item_id != item.item_id]
    place = 0
    if wish.after is not None:
        ids = [other.item_id for other in others]
        if wish.after not in ids or not sees(state, state.items[wish.after], by):
            raise Refusal("board.unknown_item", item_id=wish.after)
        place = ids.index(wish.after) + 1
    before = others[place - 1].rank if place else None
    behind = others[place].rank if place < len(others) else None
    if (before is None or before < item.rank) and (behind is None or item.rank < behind):
        return []  # it stands there already
    return [ItemMoved(item_id=item.item_id, rank=rank_between(before, behind))]


# --- moving on ----------------------------------------------------------------------------------


def change_state(state: Workspace, wish: ChangeState, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """B11: along the table of the kind, by whom it names, with a reason where it asks for one."""
    item = open_item(state, wish.item_id)
    kind = kind_of(state, item)
    move = next((each for each in kind.moves if each.name == wish.move), None)
    if move is None:
        raise Refusal("bad_request", field="move")
    if item.state == move.target and item.state not in move.sources:
        return []
    if item.state not in move.sources:
        raise Refusal("board.no_move", state=item.state, move=wish.move)
    if not may_move(item, move, by):
        raise Refusal("board.second_unit" if Who.SECOND in move.who else "board.foreign_item")
    reason = checked_line("reason", wish.reason)
    if move.needs_reason and not reason:
        raise Refusal("board.needs_reason", move=wish.move)
    changed = ItemStateChanged(item_id=item.item_id, move=move.name, state=move.target, reason=reason)
    # D2: a report that comes back corrected was late when it came first, or it was not
    if kind.kind is BoardKind.REPORT and move.name == "submit" and item.state != "returned":
        stamped = stamps(state, kind.kind, item.fields, item.chain, move.target, now_ms)
        number, due_ms, late_min = stamped
        changed = replace(changed, number=number, due_ms=due_ms, late_min=late_min)
        return [changed, *submitted(state, item.fields.get("type", ""), now_ms)]
    if kind.kind is BoardKind.KEYEVENT and move.name == "publish":
        return [replace(changed, reach=Reach.ALL)]
    if move.name == _DELIVERED_BY.get(kind.kind) and item.due_ms is not None and item.late_min is None:
        return [replace(changed, late_min=late_minutes(item.due_ms, now_ms))]
    return [changed]


def may_move(item: Item, move: Move, by: Actor) -> bool:
    """Whether one of those the table names is ``by``."""
    for who in move.who:
        if who is Who.OFFICE and is_officer(by):
            return True
        if who is Who.AUTHOR and is_author(item, by):
            return True
        if who is Who.ASSIGNEE and by.seat in item.tracks:
            return True
        # B12: neither who was to do it nor who says it is done may clear it.
        if who is Who.SECOND and by.seat not in (None, item.done_by) and by.seat not in item.tracks:
            return True
    return False


def void(state: Workspace, wish: VoidItem, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    item = open_item(state, wish.item_id)
    if not is_officer(by):
        if not is_author(item, by):
            raise Refusal("board.foreign_item")
        if now_ms - item.created_ms > OWN_VOID_MS:
            raise Refusal("board.void_too_late", minutes=OWN_VOID_MS // 60_000)
    reason = checked_line("reason", wish.reason)
    if not reason:
        raise Refusal("board.void_needs_reason")
    return [ItemVoided(item_id=item.item_id, reason=reason)]


# --- what hangs on it ---------------------------------------------------------------------------


def pin(state: Workspace, wish: PinItem, by: Actor) -> list[WorkspaceEvent]:
    item = _officers(state, wish.item_id, by)
    return [ItemPinned(item_id=item.item_id, pinned=wish.pinned)] if item.pinned != wish.pinned else []


def put_on_wall(state: Workspace, wish: PutOnWall, by: Actor) -> list[WorkspaceEvent]:
    item = _officers(state, wish.item_id, by)
    return [ItemOnWall(item_id=item.item_id, on_wall=wish.on_wall)] if item.on_wall != wish.on_wall else []


def _officers(state: Workspace, item_id: str, by: Actor) -> Item:
    if not is_officer(by):
        raise Refusal("forbidden")
    return open_item(state, item_id)


def share(state: Workspace, wish: ShareItem, by: Actor) -> list[WorkspaceEvent]:
    """T8: only the duty office makes an item known to more units; its author may take back its reach."""
    item = open_item(state, wish.item_id)
    shared = list(dict.fromkeys(wish.shared))
    if not is_officer(by):
        order = list(Reach)
        narrower = order.index(wish.reach) <= order.index(item.reach) and wish.reach is not Reach.OFFICE
        if not is_author(item, by) or not narrower:
            raise Refusal("forbidden")
        shared = item.shared
    if (wish.reach, shared) == (item.reach, item.shared):
        return []
    check_reach(state, wish.reach)
    if state.nature is not Nature.SESSION:
        check_units(state, [seat for seat in shared if seat not in item.shared])
    return [ItemShared(item_id=item.item_id, reach=wish.reach, shared=shared)]


def assign(state: Workspace, wish: AssignItem, by: Actor) -> list[WorkspaceEvent]:
    """交办: a registered instruction is issued by it, a hazard that was found is assigned."""
    item = _officers(state, wish.item_id, by)
    kind = kind_of(state, item)
    if not kind.tracked:
        raise Refusal("board.not_tracked")
    if state_of(kind.kind, item.state).final:
        raise Refusal("board.frozen", item_id=item.item_id)
    fresh = list({unit.seat: unit for unit in wish.units if unit.seat not in item.tracks}.values())
    if not fresh:
        return []
    events: list[WorkspaceEvent] = [
        *new_units(state, fresh),
        ItemAssigned(item_id=item.item_id, units=fresh),
    ]
    onward = {"registered": "issued", "found": "assigned", "review": "working"}.get(item.state)
    if onward is not None and kind.kind in (BoardKind.INSTRUCTION, BoardKind.HAZARD):
        events.append(ItemStateChanged(item_id=item.item_id, move="", state=onward))
    return events


def annotate(state: Workspace, wish: Annotate, by: Actor) -> list[WorkspaceEvent]:
    item = open_item(state, wish.item_id)
    if wish.office and not is_officer(by):
        raise Refusal("forbidden")
    if len(item.notes) >= NOTES_MAX:
        raise Refusal("board.full", max=NOTES_MAX)
    private = not wish.office and _is_private(state, item, by)
    text = checked_text(wish.text)
    return [ItemAnnotated(item_id=item.item_id, text=text, office=wish.office, private=private)]


def _is_private(state: Workspace, item: Item, by: Actor) -> bool:
    """T10: what a unit adds to something that was asked of several, or a city to somebody else's item."""
    if is_officer(by) or is_author(item, by):
        return False
    return kind_of(state, item).tracked or level_of(state, by) in ("city", "county")


def attach(state: Workspace, wish: Attach, by: Actor) -> list[WorkspaceEvent]:
    """By its author, the units it is assigned to and the duty office; the same content hangs on it once."""
    item = open_item(state, wish.item_id)
    if not (is_officer(by) or is_author(item, by) or by.seat in item.tracks):
        raise Refusal("board.foreign_item")
    if any(each.attachment.digest == wish.attachment.digest for each in item.attachments):
        return []
    if len(item.attachments) >= ATTACHMENTS_MAX:
        raise Refusal("board.full", max=ATTACHMENTS_MAX)
    private = _is_private(state, item, by)
    return [ItemAttached(item_id=item.item_id, attachment=wish.attachment, private=private)]
