"""What of a workspace each viewer is shown, and what each hears of what happens in it (rules T8 and T9).

The log has everything. A viewer folds what it is told to exactly what ``workspace_for`` shows of the whole:
tested with random histories in tests/hub/domain/test_reach.py.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from hub.domain.event import Actor, Event, Recorded, Role
from hub.domain.item import (
    Attached,
    Item,
    ItemAdded,
    ItemAnnotated,
    ItemAssigned,
    ItemAttached,
    ItemEdited,
    ItemHidden,
    ItemMoved,
    ItemOnWall,
    ItemPinned,
    ItemShared,
    ItemShown,
    ItemStateChanged,
    ItemVoided,
    Note,
    Withheld,
)
from hub.domain.kindparts import Reach, Writer
from hub.domain.kinds import KINDS, fields_of
from hub.domain.mark import Marked, MarkRetracted
from hub.domain.track import TracksDelivered, TracksEscalated, TracksUrged
from hub.domain.workspace import EntryNoted, Nature, Workspace, WorkspaceExported

SECRET = {
    kind: frozenset(field.name for field in fields_of(kind) if field.writer is Writer.SECRET)
    for kind in KINDS
}
"""拟办意见: fields that nobody but the duty office receives (T9)."""

_NOBODY = Actor(account="", person="", role=Role.HUB)
_LOCAL = ("city", "county")


def sees_all(by: Actor) -> bool:
    """The duty office and the hub itself."""
    return by.role in (Role.OFFICER, Role.HUB)


def may_follow(state: Workspace, by: Actor) -> bool:
    """P15: an incident is for the duty office, reviewers and the units that take part in it.

    A session's own boards are for whoever may follow the session: ``hub.live.rights`` knows.
    """
    if sees_all(by) or by.role is Role.REVIEWER or state.nature is Nature.SESSION:
        return True
    return by.role is Role.SEAT and by.seat in state.units


def sees(state: Workspace, item: Item, by: Actor) -> bool:
    """T8: by the reach of the item, to its author, to those it is asked of and those it is shared with."""
    if sees_all(by):
        return True
    if item.reach is Reach.OFFICE:
        return False
    if by.role is Role.REVIEWER:
        return True
    if by.role is Role.WALL:
        return item.on_wall or (state.nature is Nature.SESSION and item.reach is Reach.ALL)
    if by.role is not Role.SEAT or by.seat is None:
        return False
    if state.nature is not Nature.SESSION and by.seat not in state.units:
        return False
    if by.seat in (item.author.seat, *item.tracks, *item.shared):
        return True
    if item.reach is Reach.DEPARTMENTS:
        unit = state.units.get(by.seat)
        return unit is not None and unit.level not in _LOCAL
    return item.reach is Reach.ALL


def item_for(state: Workspace, item: Item, by: Actor) -> Item:
    """An item that ``by`` sees, without what is for the office alone and without other units' answers."""
    if sees_all(by):
        return item
    secret = SECRET[state.boards[item.board_id].kind]
    mine = {seat: track for seat, track in item.tracks.items() if by.role is Role.REVIEWER or seat == by.seat}
    fields_at = {name: at for name, at in item.fields_at.items() if name not in secret}
    return replace(
        item,
        fields={name: value for name, value in item.fields.items() if name not in secret},
        fields_at=fields_at,
        version=max(fields_at.values(), default=1),
        tracks=mine,
        notes=[each for each in item.notes if not each.office and _is_told(item, each, each.actor, by)],
        attachments=[each for each in item.attachments if _is_told(item, each, each.actor, by)],
        shared=[],
    )


def _is_told(item: Item, hung: Note | Attached | ItemAnnotated | ItemAttached, of: Actor, by: Actor) -> bool:
    """T10: what a unit hangs on something that others see as well goes to whom it is for."""
    return not hung.private or by.role is Role.REVIEWER or by.seat in (of.seat, item.author.seat)


def workspace_for(state: Workspace, by: Actor) -> Workspace:
    """The whole as ``by`` sees it."""
    if sees_all(by):
        return state
    shown = {key: item_for(state, item, by) for key, item in state.items.items() if sees(state, item, by)}
    return replace(state, items=shown, marks={})


# --- one event ----------------------------------------------------------------------------------


def view(before: Workspace, after: Workspace, recorded: Recorded[Any], by: Actor) -> Recorded[Any]:
    """What ``by`` hears of an event that made ``after`` of ``before``; the same object when it is all."""
    if sees_all(by):
        return recorded
    event = recorded.event
    if isinstance(event, EntryNoted | WorkspaceExported | Marked | MarkRetracted):  # N11
        return withheld(recorded)
    item_id = getattr(event, "item_id", None)
    if item_id is None:
        return recorded  # of the incident itself everything is for all that take part
    old, new = before.items.get(item_id), after.items[item_id]
    saw, sees_now = old is not None and sees(before, old, by), sees(after, new, by)
    if not sees_now:
        return replace(recorded, event=ItemHidden(item_id=item_id), op=None) if saw else withheld(recorded)
    if not saw and not isinstance(event, ItemAdded):
        return replace(recorded, event=ItemShown(item=item_for(after, new, by)), op=None)
    heard = _heard(after, new, recorded, by)
    if heard is None:
        return withheld(recorded)
    if isinstance(heard, ItemStateChanged) and not heard.move and recorded.actor.seat != by.seat:
        return replace(recorded, actor=_NOBODY, op=None)  # T8: which unit's answer it was is not told
    return recorded if heard is event else replace(recorded, event=heard)


def is_for_all(before: Workspace, after: Workspace, recorded: Recorded[Any]) -> bool:
    """Whether every unit that takes part hears the very event: what ``view`` would say to each of them.

    The usual case on a board that all see; it is found without asking for each of thirty units.
    """
    event = recorded.event
    if not isinstance(event, _PLAIN):
        return False
    old, new = before.items.get(event.item_id), after.items[event.item_id]
    if new.reach is not Reach.ALL or (old is not None and old.reach is not Reach.ALL):
        return False
    secret = SECRET[after.boards[new.board_id].kind]
    match event:
        case ItemAdded():
            return not event.units and not event.shared and secret.isdisjoint(event.fields)
        case ItemEdited():
            return not event.office and secret.isdisjoint(event.changes)
        case ItemStateChanged():
            return event.move != ""
    return True


_PLAIN = (ItemAdded, ItemEdited, ItemMoved, ItemStateChanged, ItemVoided, ItemPinned, ItemOnWall)


def takes_part(state: Workspace, by: Actor) -> bool:
    """Whether ``by`` is one of those that hear what is for all."""
    if by.role is Role.SEAT:
        return state.nature is Nature.SESSION or by.seat in state.units
    return by.role is Role.REVIEWER


def withheld(recorded: Recorded[Any]) -> Recorded[Any]:
    """Its place in the stream and nothing more."""
    return replace(recorded, event=Withheld(), actor=_NOBODY, op=None)


def _heard(after: Workspace, item: Item, recorded: Recorded[Any], by: Actor) -> Event | None:
    """An event about an item that ``by`` sees; None where it is about what ``by`` does not see of it."""
    secret = SECRET[after.boards[item.board_id].kind]
    all_tracks = by.role is Role.REVIEWER
    event: Event = recorded.event
    match event:
        case ItemAdded():
            fields = {name: value for name, value in event.fields.items() if name not in secret}
            units = [unit for unit in event.units if all_tracks or unit.seat == by.seat]
            if (fields, units, event.shared) == (event.fields, event.units, []):
                return event
            return replace(event, fields=fields, units=units, shared=[])
        case ItemEdited(office=True) | ItemAnnotated(office=True):
            return None
        case ItemAnnotated() | ItemAttached():
            return event if _is_told(item, event, recorded.actor, by) else None
        case ItemShared():
            return replace(event, shared=[])
        case TracksDelivered() | TracksUrged() | TracksEscalated():
            seats = [seat for seat in event.seats if all_tracks or seat == by.seat]
            return event if seats == event.seats else (replace(event, seats=seats) if seats else None)
        case ItemAssigned(units=asked):
            mine = [unit for unit in asked if all_tracks or unit.seat == by.seat]
            return replace(event, units=mine) if mine else None
    seat = getattr(event, "seat", None)
    return event if seat is None or all_tracks or seat == by.seat else None
