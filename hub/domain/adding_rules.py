"""What an item is when it is added: who may, its first state, its reach, what is stamped (B1 to B3, T8)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.event import Actor
from hub.domain.fieldvalues import checked_fields
from hub.domain.item import AddItem, ItemAdded
from hub.domain.item_rules import (
    check_reach,
    check_units,
    in_order,
    is_officer,
    is_secret,
    level_of,
    new_units,
)
from hub.domain.kindparts import BoardKind, Kind, Reach, Writer
from hub.domain.kinds import KINDS, fields_of
from hub.domain.rank import rank_between
from hub.domain.reach import sees
from hub.domain.report_rules import stamps, submitted
from hub.domain.workspace import Board, Nature, Workspace, WorkspaceEvent
from hub.errors import Refusal
from hub.ids import is_id

ITEMS_MAX = 5_000

_ONE_A_UNIT = (BoardKind.DUTY, BoardKind.OPINION)

_CHOSEN_AT_ONCE: dict[BoardKind, tuple[str, ...]] = {
    BoardKind.REPORT: ("draft", "submitted"),
    BoardKind.RESOURCE: ("available", "enroute", "onsite"),
    BoardKind.CHECK: ("waiting", "answered", "no_answer", "offline"),
    BoardKind.TASK: ("todo", "doing"),
}


def add(state: Workspace, wish: AddItem, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    board = state.boards.get(wish.board_id)
    if board is None:
        raise Refusal("board.unknown", board_id=wish.board_id)
    if not is_id(wish.item_id) or wish.item_id in state.items:
        raise Refusal("bad_request", field="item_id")
    if len(state.items) >= ITEMS_MAX:
        raise Refusal("board.full", max=ITEMS_MAX)
    kind = KINDS[board.kind]
    fields = _settled(kind.kind) | checked_fields(kind.kind, wish.fields)
    wish = replace(wish, fields=fields)
    _check_may_add(state, kind, wish, by)
    if not fields.get("text"):
        raise Refusal("board.empty_text")
    _check_one_row(state, board, wish, by)
    _check_links(state, kind, wish, by)
    units = list({unit.seat: unit for unit in wish.units}.values())
    first = _first_state(kind, wish, by, asked=bool(units))
    stamped = stamps(state, kind.kind, fields, wish.chain, first, now_ms)
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


def _settled(kind: BoardKind) -> dict[str, str]:
    """Choices that are made once and for all are made when the item is added, or they are the first ones."""
    return {
        field.name: field.initial
        for field in fields_of(kind)
        if field.writer is Writer.ONCE and field.choices
    }


def _check_links(state: Workspace, kind: Kind, wish: AddItem, by: Actor) -> None:
    """What the item names is there: the report it follows, and the units that it is for."""
    before = state.items.get(wish.chain or "")
    if wish.chain is not None and (before is None or not sees(state, before, by)):
        raise Refusal("board.unknown_item", item_id=wish.chain)
    if wish.units and not kind.tracked:
        raise Refusal("board.not_tracked")
    if wish.units and wish.reach is Reach.OFFICE:
        raise Refusal("bad_request", field="reach")
    check_reach(state, wish.reach)
    if state.nature is Nature.SESSION:
        return
    named = [*wish.shared, *(() if is_officer(by) else (unit.seat for unit in wish.units))]
    check_units(state, named)


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
    if conclusion or any(is_secret(kind.kind, name) for name in wish.fields):
        raise Refusal("forbidden")


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
