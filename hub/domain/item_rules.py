"""Who adds, edits, moves on, shares and voids an item, and how two writers are merged (rules B1 to B14)."""

from __future__ import annotations

import msgspec

from hub.domain.event import Actor, Role
from hub.domain.fieldvalues import checked_fields, checked_line, checked_text
from hub.domain.item import (
    AddItem,
    Annotate,
    AssignItem,
    Attach,
    ChangeState,
    EditItem,
    Item,
    ItemAdded,
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
from hub.domain.report_rules import stamps, submitted
from hub.domain.track import Unit
from hub.domain.workspace import Board, Nature, UnitsAdded, Workspace, WorkspaceEvent
from hub.errors import Refusal

OWN_VOID_MS = 10 * 60_000
"""So long a unit takes its own item back by itself; later the duty office does (domain.md 3.6)."""

ITEMS_MAX = 5_000
ATTACHMENTS_MAX = 20
NOTES_MAX = 200

_FROZEN = (BoardKind.REPORT, BoardKind.INSTRUCTION, BoardKind.HAZARD)
"""Kinds whose items stand as they are once they have come to an end: they are evidence."""

_ONE_A_UNIT = (BoardKind.DUTY, BoardKind.OPINION)

_CHOSEN_AT_ONCE: dict[BoardKind, tuple[str, ...]] = {
    BoardKind.REPORT: ("draft", "submitted"),
    BoardKind.RESOURCE: ("available", "enroute", "onsite"),
    BoardKind.CHECK: ("waiting", "answered", "no_answer", "offline"),
    BoardKind.TASK: ("todo", "doing"),
}


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


# --- adding -------------------------------------------------------------------------------------


def add(state: Workspace, wish: AddItem, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    board = state.boards.get(wish.board_id)
    if board is None:
        raise Refusal("board.unknown", board_id=wish.board_id)
    if wish.item_id in state.items:
        raise Refusal("bad_request", field="item_id")
    if len(state.items) >= ITEMS_MAX:
        raise Refusal("board.full", max=ITEMS_MAX)
    kind = KINDS[board.kind]
    _check_may_add(state, kind, wish, by)
    fields = checked_fields(kind.kind, wish.fields)
    if not fields.get("text"):
        raise Refusal("board.empty_text")
    _check_one_row(state, board, wish, by)
    units = list({unit.seat: unit for unit in wish.units}.values()) if kind.tracked else []
    first = _first_state(kind, wish, by, asked=bool(units))
    stamped = stamps(state, kind.kind, fields, first, now_ms)
    last = in_order(state, board.board_id)
    added = ItemAdded(
        board_id=board.board_id,
        item_id=wish.item_id,
        rank=rank_between(last[-1].rank if last else None, None),
        fields=fields,
        state=first,
        reach=_first_reach(state, kind, wish, by, first),
        units=units,
        shared=list(dict.fromkeys(wish.shared)),
        chain=wish.chain,
        number=stamped.number,
        pinned=wish.pinned,
        session_id=wish.session_id,
        media_ms=wish.media_ms,
        due_ms=stamped.due_ms,
        late_min=stamped.late_min,
    )
    events: list[WorkspaceEvent] = [*new_units(state, units), added]
    if kind.kind is BoardKind.REPORT and first == "submitted":
        events += submitted(state, fields.get("type", ""), now_ms)
    return events


def new_units(state: Workspace, units: list[Unit]) -> list[WorkspaceEvent]:
    """I4: who is asked for something takes part from then on."""
    fresh = [unit for unit in units if unit.seat not in state.units]
    return [UnitsAdded(units=fresh)] if fresh and state.nature is not Nature.SESSION else []


def _check_may_add(state: Workspace, kind: Kind, wish: AddItem, by: Actor) -> None:
    """B2: units write on boards that are for units; whom an item is asked of is for the duty office."""
    if is_officer(by):
        return
    if not kind.units_add or (state.nature is not Nature.SESSION and by.seat not in state.units):
        raise Refusal("board.not_for_units")
    # A department issues warnings; every other item that asks something of others is the office's.
    may_ask = kind.kind is BoardKind.WARNING and level_of(state, by) not in ("city", "county")
    if (wish.units and not may_ask) or wish.shared or wish.pinned:
        raise Refusal("forbidden")
    conclusion = kind.kind is BoardKind.OPINION and wish.fields.get("role") == "conclusion"
    if conclusion or any(_is_secret(kind.kind, name) for name in wish.fields):
        raise Refusal("forbidden")


def level_of(state: Workspace, by: Actor) -> str:
    """The level of the unit that speaks; in a session's own workspace nobody's matters."""
    unit = state.units.get(by.seat or "")
    return unit.level if unit is not None else ""


def _check_one_row(state: Workspace, board: Board, wish: AddItem, by: Actor) -> None:
    """B9: on the duty and the opinion board a unit has one row (of opinions, one in each session)."""
    if board.kind not in _ONE_A_UNIT or by.seat is None:
        return
    role = wish.fields.get("role", "")
    for item in in_order(state, board.board_id):
        same = item.author.seat == by.seat and item.voided is None
        if same and item.session_id == wish.session_id and item.fields.get("role", "") == role:
            raise Refusal("board.one_row", item_id=item.item_id)


def _first_state(kind: Kind, wish: AddItem, by: Actor, *, asked: bool) -> str:
    if kind.kind is BoardKind.KEYEVENT:
        return "published" if is_officer(by) and wish.state != "nominated" else "nominated"
    if kind.kind is BoardKind.INSTRUCTION:
        return "issued" if asked else "registered"
    if kind.kind is BoardKind.HAZARD:
        return "assigned" if asked else "found"
    if kind.kind is BoardKind.REPORT and wish.fields.get("type") in ("phone", "clue"):
        return "submitted"
    if wish.state is not None and wish.state != kind.states[0].value:
        if wish.state not in _CHOSEN_AT_ONCE.get(kind.kind, ()):
            raise Refusal("bad_request", field="state")
        return wish.state
    return kind.states[0].value


def _first_reach(state: Workspace, kind: Kind, wish: AddItem, by: Actor, first: str) -> Reach:
    """T8: a city's items go no further than its kind allows, unless the duty office shares them."""
    city = level_of(state, by) in ("city", "county")
    usual = kind.city_reach if city else kind.reach
    if kind.kind is BoardKind.KEYEVENT and first == "published":
        usual = Reach.ALL
    if state.nature is Nature.SESSION and usual is not Reach.UNIT:
        usual = Reach.ALL
    if wish.reach is None or wish.reach is usual:
        return usual
    order = list(Reach)
    widens = order.index(wish.reach) > order.index(usual)
    if not is_officer(by) and (widens or wish.reach is Reach.OFFICE):
        raise Refusal("forbidden")
    return wish.reach


# --- editing ------------------------------------------------------------------------------------


def edit(state: Workspace, wish: EditItem, by: Actor) -> list[WorkspaceEvent]:
    item = open_item(state, wish.item_id)
    kind = kind_of(state, item)
    if kind.kind in _FROZEN and state_of(kind.kind, item.state).final:
        raise Refusal("board.frozen", item_id=item.item_id)
    wished = checked_fields(kind.kind, wish.fields)
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
    return [ItemEdited(item_id=item.item_id, version=item.version + 1, changes=wished)]


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


def _is_secret(kind: BoardKind, name: str) -> bool:
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
        if wish.after not in ids:
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
    if kind.kind is BoardKind.REPORT and move.name == "submit":
        stamped = stamps(state, kind.kind, item.fields, move.target, now_ms)
        changed = ItemStateChanged(
            item_id=item.item_id,
            move=move.name,
            state=move.target,
            reason=reason,
            number=item.number if item.number is not None else stamped.number,
            # D2: a report that comes back corrected was late when it came first, or it was not
            due_ms=item.due_ms if item.due_ms is not None else stamped.due_ms,
            late_min=item.late_min if item.due_ms is not None else stamped.late_min,
        )
        return [changed, *submitted(state, item.fields.get("type", ""), now_ms)]
    reach = Reach.ALL if kind.kind is BoardKind.KEYEVENT and move.name == "publish" else None
    return [
        ItemStateChanged(item_id=item.item_id, move=move.name, state=move.target, reason=reason, reach=reach)
    ]


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
        if not is_author(item, by) or not narrower or shared != item.shared:
            raise Refusal("forbidden")
    if (wish.reach, shared) == (item.reach, item.shared):
        return []
    unknown = [seat for seat in shared if seat not in state.units]
    if unknown and state.nature is not Nature.SESSION:
        raise Refusal("incident.unknown_unit", seats=unknown[:20])
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
    return [ItemAnnotated(item_id=item.item_id, text=checked_text(wish.text), office=wish.office)]


def attach(state: Workspace, wish: Attach, by: Actor) -> list[WorkspaceEvent]:
    """By its author, the units it is assigned to and the duty office; the same content hangs on it once."""
    item = open_item(state, wish.item_id)
    if not (is_officer(by) or is_author(item, by) or by.seat in item.tracks):
        raise Refusal("board.foreign_item")
    if any(each.attachment.digest == wish.attachment.digest for each in item.attachments):
        return []
    if len(item.attachments) >= ATTACHMENTS_MAX:
        raise Refusal("board.full", max=ATTACHMENTS_MAX)
    return [ItemAttached(item_id=item.item_id, attachment=wish.attachment)]
