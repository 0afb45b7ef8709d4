"""Who looks at which item, and who writes in it: in memory alone, gone when the page leaves (B15)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.clock import Clock
from hub.domain.event import Actor, Role
from hub.domain.item import Item
from hub.domain.kindparts import Reach
from hub.domain.reach import sees, sees_all
from hub.domain.workspace import Workspace
from hub.live.pages import Pages
from hub.live.streams import Streams
from signaling.incident_vocabulary import Touch, Touching


class Touches:
    """One item a page: what it shows in full at this moment. Nothing of it reaches the log."""

    def __init__(self, clock: Clock, streams: Streams, pages: Pages) -> None:
        self._clock = clock
        self._streams = streams
        self._pages = pages
        self._there: dict[str, dict[str, tuple[Actor, Touch | None]]] = {}

    def touch(self, stream: str, page: str, by: Actor, item_id: str | None, *, editing: bool) -> None:
        """``by`` sees the item: the caller has made sure. A page that is new here hears of all others."""
        pages = self._there.setdefault(stream, {})
        is_new = page not in pages
        former = pages[page][1] if not is_new else None
        now = self._touch(by, item_id, former, editing=editing) if item_id is not None else None
        pages[page] = (by, now)
        if is_new:
            self._tell_newcomer(stream, page, by)
        if former != now:
            self._tell(stream, {each.item_id for each in (former, now) if each is not None})

    def leave(self, page: str, stream: str | None = None) -> None:
        """The page shows ``stream`` no more, or is gone altogether."""
        for name in [stream] if stream is not None else list(self._there):
            pages = self._there.get(name, {})
            _, former = pages.pop(page, (None, None))
            if not pages:
                self._there.pop(name, None)
            if former is not None:
                self._tell(name, {former.item_id})

    def _touch(self, by: Actor, item_id: str, former: Touch | None, *, editing: bool) -> Touch:
        if former is not None and (former.item_id, former.editing) == (item_id, editing):
            return former
        return Touch(
            item_id=item_id,
            seat=by.seat or "",
            seat_name=by.seat_name or "",
            person=by.person,
            editing=editing,
            since_ms=self._clock.wall_ms(),
        )

    def _tell_newcomer(self, stream: str, page: str, by: Actor) -> None:
        state = self._state(stream)
        touched = {touch.item_id for _, touch in self._there[stream].values() if touch is not None}
        self._pages.push(
            page, Touching(stream=stream, full=True, items=self._seen(state, stream, touched, by))
        )

    def _tell(self, stream: str, items: set[str]) -> None:
        state = self._state(stream)

        def view(viewer: Actor) -> Touching | None:
            seen = {item_id for item_id in items if _may_see(state, item_id, viewer)}
            if not seen:
                return None
            touching = self._seen(state, stream, seen, viewer)
            return Touching(stream=stream, items={item_id: touching.get(item_id, []) for item_id in seen})

        self._pages.push_follower_views(stream, view)

    def _seen(self, state: Workspace, stream: str, items: set[str], viewer: Actor) -> dict[str, list[Touch]]:
        """What ``viewer`` hears of who touches these items; people at several pages are there once."""
        found: dict[str, dict[tuple[str, str], Touch]] = {}
        for by, touch in self._there.get(stream, {}).values():
            if touch is None or touch.item_id not in items or not _may_see(state, touch.item_id, viewer):
                continue
            if not _hears_of(state, state.items[touch.item_id], by, viewer):
                continue
            people = found.setdefault(touch.item_id, {})
            known = people.get((touch.seat, touch.person))
            people[touch.seat, touch.person] = _stronger(known, touch)
        return {item_id: list(people.values()) for item_id, people in found.items()}

    def _state(self, stream: str) -> Workspace:
        known = self._streams.peek(stream)
        state = known[0] if known is not None else None
        return state if isinstance(state, Workspace) else Workspace()


def _stronger(known: Touch | None, touch: Touch) -> Touch:
    if known is None:
        return touch
    first_ms = min(known.since_ms, touch.since_ms)
    return replace(known, editing=known.editing or touch.editing, since_ms=first_ms)


def _may_see(state: Workspace, item_id: str, viewer: Actor) -> bool:
    item = state.items.get(item_id)
    return item is not None and viewer.role in (Role.OFFICER, Role.SEAT) and sees(state, item, viewer)


def _hears_of(state: Workspace, item: Item, by: Actor, viewer: Actor) -> bool:
    """T8: whom an item is asked of or shared with is told to nobody, and so neither who of them reads it."""
    if sees_all(viewer) or sees_all(by) or by.seat in (viewer.seat, item.author.seat):
        return True
    if item.reach is Reach.DEPARTMENTS:
        unit = state.units.get(by.seat or "")
        return unit is not None and unit.level not in ("city", "county")
    return item.reach is Reach.ALL
