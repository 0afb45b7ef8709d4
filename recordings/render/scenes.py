"""What a film shows at a moment: whose picture at which place, and what is written there; pure.

A *scene* holds until something of it changes; the picture is set up anew with each, and between two of
them only what moves is painted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from recordings.render import layout
from recordings.render.layout import Cell, Plan
from recordings.render.spec import Absence, Change, Layout, RenderVenue, Spec

CAMERA, CONTENT = "camera", "content"
SHARED, NO_PICTURE = "共享内容", "无画面"

_C = TypeVar("_C", Change, Absence)


class Feed(NamedTuple):
    """A moving picture: the camera or the content of a venue."""

    venue: str
    role: str


SMALL = 260
"""A picture that is narrower bears the short name of its venue."""


class Place(NamedTuple):
    """One cell of a scene. ``feed``: what moves in it; ``instead``: what is said when nothing does.

    ``mark``: 点名发言 and the like, which also has a frame drawn around the picture.
    """

    cell: Cell
    name: str
    mark: str
    feed: Feed | None
    instead: str


class Scene(NamedTuple):
    """``gap``: nothing was recorded, and why; then there are no places."""

    from_tick: int
    to_tick: int
    plan: Plan
    places: list[Place]
    gap: str
    note: str


def scenes_of(spec: Spec) -> Iterator[Scene]:
    """One after the other, from the first picture to the last."""
    plan = _plan_of(spec)
    times = {spec.from_ms}
    for changes in (spec.main, spec.content):
        times.update(change.at_ms for change in changes)
    for absences in spec.absent.values():
        times.update(absence.at_ms for absence in absences)
    for stretches in (spec.gaps, *spec.marks.values()):
        times.update(at for each in stretches for at in (each.from_ms, each.to_ms))
    inner = sorted({_tick(spec, at) for at in times if spec.from_ms <= at < spec.to_ms})
    last: Scene | None = None
    for from_tick, to_tick in zip(inner, [*inner[1:], spec.ticks], strict=True):
        if from_tick >= to_tick:
            continue
        scene = _scene(spec, plan, from_tick, to_tick)
        if last is not None and scene[2:] == last[2:]:
            last = last._replace(to_tick=to_tick)
            continue
        if last is not None:
            yield last
        last = scene
    assert last is not None
    yield last


def _tick(spec: Spec, at_ms: int) -> int:
    """The first picture at or after that time."""
    return -(-(at_ms - spec.from_ms) * spec.fps // 1000)


def _plan_of(spec: Spec) -> Plan:
    if spec.layout is Layout.GRID:
        tiles = len(spec.venues) + _has_content(spec)
        return layout.grid(spec.width, spec.height, min(max(1, tiles), layout.TILES_MAX))
    return layout.speaker(spec.width, spec.height, len(spec.venues))


def _has_content(spec: Spec) -> bool:
    return any(change.value for change in spec.content)


def _scene(spec: Spec, plan: Plan, from_tick: int, to_tick: int) -> Scene:
    at_ms = spec.at_ms(from_tick)
    left_out = len(spec.venues) + (spec.layout is Layout.GRID and _has_content(spec)) - len(plan.tiles)
    note = f"另有 {left_out} 个会场未列入画面" if left_out > 0 else ""
    gap = next((gap.words for gap in spec.gaps if gap.from_ms <= at_ms < gap.to_ms), "")
    if gap:
        return Scene(from_tick, to_tick, plan, [], gap, note)
    main, content = value_at(spec.main, at_ms), value_at(spec.content, at_ms)
    places = _speaker(spec, plan, at_ms, main, content)
    if spec.layout is Layout.GRID:
        places = _grid(spec, plan, at_ms, content)
    return Scene(from_tick, to_tick, plan, places, "", note)


def _grid(spec: Spec, plan: Plan, at_ms: float, content: str) -> list[Place]:
    cells = iter(plan.tiles)
    places = []
    if _has_content(spec):
        name = f"{SHARED} {_of(spec, content).name}" if content else SHARED
        feed = Feed(content, CONTENT) if content else None
        places.append(Place(next(cells), name, "", feed, "" if content else "无共享内容"))
    return [
        *places,
        *(_venue(spec, venue, cell, at_ms) for venue, cell in zip(spec.venues, cells, strict=False)),
    ]


def _speaker(spec: Spec, plan: Plan, at_ms: float, main: str, content: str) -> list[Place]:
    if plan.main is None:
        return []
    strip = list(spec.venues[: len(plan.tiles)])
    shown = {venue.venue for venue in strip}
    # Who speaks is to be seen beside the content: the last place is theirs when they have none.
    if content and main and main not in shown and strip:
        strip[-1] = _of(spec, main)
    if content:
        name = f"{SHARED} {_of(spec, content).name}"
        large = Place(plan.main, name, "", Feed(content, CONTENT), "")
    elif main:
        large = _venue(spec, _of(spec, main), plan.main, at_ms)
    else:
        large = Place(plan.main, "", "", None, "无人发言")
    places = [large]
    for venue, cell in zip(strip, plan.tiles, strict=False):
        if not content and venue.venue == main:
            places.append(Place(cell, venue.short, "", None, "见大画面"))
        else:
            places.append(_venue(spec, venue, cell, at_ms))
    return places


def _venue(spec: Spec, venue: RenderVenue, cell: Cell, at_ms: float) -> Place:
    key = venue.venue
    mark = next((m.words for m in spec.marks.get(key, []) if m.from_ms <= at_ms < m.to_ms), "")
    absent = _last(spec.absent.get(key, []), at_ms)
    name = venue.short if cell.picture.width < SMALL else venue.name
    if absent is None or not absent.words:
        return Place(cell, name, mark, Feed(key, CAMERA), NO_PICTURE)
    return Place(cell, name, mark, None if absent.hides else Feed(key, CAMERA), absent.words)


def _of(spec: Spec, key: str) -> RenderVenue:
    unknown = RenderVenue(venue=key, name=key, short=key)
    return next((venue for venue in spec.venues if venue.venue == key), unknown)


def value_at(changes: list[Change], at_ms: float) -> str:
    """What holds then; nothing before the first change."""
    last = _last(changes, at_ms)
    return last.value if last is not None else ""


def _last(changes: list[_C], at_ms: float) -> _C | None:
    place = bisect_right(changes, at_ms, key=lambda change: change.at_ms)
    return changes[place - 1] if place else None
