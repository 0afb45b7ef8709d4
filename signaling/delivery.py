"""From the log to the pages: encoded once, framed once, written to each socket that follows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from typing import Protocol

from hub.domain import disclosure, reach
from hub.domain.event import OUTSIDE, Actor, Role
from hub.domain.hook import Hook
from hub.domain.item import Withheld
from hub.domain.organisation import STREAM as ORGANISATION
from hub.domain.organisation import Organisation
from hub.domain.plan import ResponsePlan
from hub.domain.session import Session
from hub.domain.streams import PageState, State, fold
from hub.domain.workspace import Workspace, is_workspace
from hub.live.pages import View, Viewer, viewer_of
from hub.live.streams import Batch, Streams
from hub.metrics import LINE_PUSHES, LINES_DROPPED
from signaling.connection import Line
from signaling.framing import binary_frame, encode_push
from signaling.messages import Push
from signaling.vocabulary import Events, Snapshot

SLOW_BYTES = 4 * 1024 * 1024
"""A reader that has so much waiting is dropped; it comes back and catches up from its cursor (J6).

What it is catching up with does not count, or a thin line would be dropped for ever: up to ``GRANTED_BYTES``.
"""

GRANTED_BYTES = 64 * 1024 * 1024
"""More than any page catches up with at once: who asks again and again and never reads fills no memory."""

BUSY_BYTES = 64 * 1024
"""With so much waiting, what is worth something only now (levels) is not sent at all."""


HOLD_S = 0.03
"""Boards on which much is written are told of 33 times a second: what comes within that time of the last
time goes to everybody together. After a silence nothing waits."""


class Outlet(Protocol):
    """The writing end of one socket; none of it waits."""

    def write(self, frame: bytes) -> None: ...

    def waiting_bytes(self) -> int: ...

    def drop(self) -> None:
        """Cut the line without a word; what waits is thrown away."""
        ...


class _There:
    """A line with its socket. ``granted_bytes``: what it may have waiting beyond ``SLOW_BYTES``."""

    __slots__ = ("granted_bytes", "line", "outlet")

    def __init__(self, line: Line, outlet: Outlet) -> None:
        self.line = line
        self.outlet = outlet
        self.granted_bytes = 0

    def is_slow(self) -> bool:
        waiting_bytes = self.outlet.waiting_bytes()
        if waiting_bytes == 0:
            self.granted_bytes = 0
            return False
        return waiting_bytes > SLOW_BYTES + min(self.granted_bytes, GRANTED_BYTES)


class _Audience:
    """Who follows a stream, and which of them are told the same."""

    __slots__ = ("groups", "pages")

    def __init__(self) -> None:
        self.pages: dict[str, _There] = {}
        self.groups: dict[Viewer, dict[str, _There]] = {}

    def add(self, there: _There) -> None:
        self.pages[there.line.page] = there
        self.groups.setdefault(viewer_of(there.line.actor), {})[there.line.page] = there

    def remove(self, there: _There) -> None:
        page, viewer = there.line.page, viewer_of(there.line.actor)
        del self.pages[page]
        del self.groups[viewer][page]
        if not self.groups[viewer]:
            del self.groups[viewer]

    def by_actor(self) -> Iterator[tuple[Actor, Collection[_There]]]:
        """One of each group, whose rights are those of the others, and all of them."""
        for group in self.groups.values():
            yield next(iter(group.values())).line.actor, group.values()


class _Held:
    """Events of a workspace that its followers have not been told of yet."""

    __slots__ = ("before", "events", "timer")

    def __init__(self, before: State, timer: asyncio.TimerHandle) -> None:
        self.before = before
        self.events: Batch = []
        self.timer = timer


class Delivery:
    """Knows every line and what it follows. Implements ``hub.live.pages.Pages``."""

    def __init__(self, streams: Streams, *, hold_s: float = HOLD_S) -> None:
        self._streams = streams
        self._hold_s = hold_s
        self._there: dict[str, _There] = {}
        self._followers: dict[str, _Audience] = {}
        self._held: dict[str, _Held] = {}
        self._unsubscribe = streams.subscribe(self._published)

    def close(self) -> None:
        self._unsubscribe()
        for held in self._held.values():
            held.timer.cancel()
        for there in list(self._there.values()):
            self.detach(there.line)

    # --- lines ----------------------------------------------------------------------------------

    def attach(self, line: Line, outlet: Outlet) -> None:
        """``line`` is the line of its page from now on; a former one (half open) is cut."""
        former = self._there.get(line.page)
        if former is not None:
            self.detach(former.line)
            former.outlet.drop()
        self._there[line.page] = _There(line, outlet)

    def detach(self, line: Line) -> bool:
        """False when the page has another line by now, or none."""
        there = self._there.get(line.page)
        if there is None or there.line is not line:
            return False
        del self._there[line.page]
        for stream in list(line.follows):
            self._unfollow(there, stream)
        return True

    def lines(self) -> list[Line]:
        return [there.line for there in self._there.values()]

    # --- pushes (Pages) -------------------------------------------------------------------------

    def is_there(self, page: str) -> bool:
        return page in self._there

    def is_seated(self, seat: str) -> bool:
        return any(there.line.actor.seat == seat for there in self._there.values())

    def push(self, page: str, message: Push) -> None:
        if (there := self._there.get(page)) is not None:
            self._write((there,), message)

    def push_views(self, view: View) -> None:
        groups: dict[Viewer, list[_There]] = {}
        for there in self._there.values():
            if there.line.actor.role not in OUTSIDE:
                groups.setdefault(viewer_of(there.line.actor), []).append(there)
        for group in groups.values():
            message = view(group[0].line.actor)
            if message is not None:
                self._write(group, message)

    def push_viewer(self, viewer: Viewer, message: Push) -> None:
        self._write(self._of(viewer), message)

    def unfollow_viewer(self, viewer: Viewer) -> None:
        for there in self._of(viewer):
            for stream in list(there.line.follows):
                self._unfollow(there, stream)

    def _of(self, viewer: Viewer) -> list[_There]:
        return [there for there in self._there.values() if viewer_of(there.line.actor) == viewer]

    def push_followers(
        self, stream: str, message: Push, to: Callable[[Actor], bool] = lambda actor: True
    ) -> None:
        audience = self._followers.get(stream)
        if audience:
            idle = [
                each
                for each in audience.pages.values()
                if to(each.line.actor) and each.outlet.waiting_bytes() < BUSY_BYTES
            ]
            self._write(idle, message)

    def push_follower_views(self, stream: str, view: View) -> None:
        audience = self._followers.get(stream)
        for actor, group in audience.by_actor() if audience is not None else ():
            idle = [each for each in group if each.outlet.waiting_bytes() < BUSY_BYTES]
            message = view(actor) if idle else None
            if message is not None:
                self._write(idle, message)

    # --- streams --------------------------------------------------------------------------------

    async def follow(self, line: Line, stream: str, since: int | None) -> None:
        """Send what ``line`` has missed since ``since``, or the state; then everything as it happens.

        Between reading the stream and joining its followers nothing is awaited, so nothing is missed
        and nothing comes twice (J1, J2).
        """
        self.unfollow(line, stream)
        by_event = _hears_events(stream, line.actor)
        missed = await self._streams.history(stream, since) if since is not None and by_event else None
        if missed is not None and since is not None:
            push: Push = Events(stream=stream, events=_events_for(line.actor, missed))
            cursor = since + len(missed)
        else:
            state, cursor = await self._streams.state(stream)
            push = Snapshot(stream=stream, seq=cursor, state=_state_for(line.actor, state))
        there = self._there.get(line.page)
        if there is None or there.line is not line:
            return  # the line broke meanwhile
        self._release(stream)  # they know already what is held for the others
        line.follows.add(stream)
        self._followers.setdefault(stream, _Audience()).add(there)
        there.granted_bytes += self._write((there,), push)

    def unfollow(self, line: Line, stream: str) -> None:
        there = self._there.get(line.page)
        if there is not None and there.line is line:
            self._unfollow(there, stream)

    def _unfollow(self, there: _There, stream: str) -> None:
        if stream not in there.line.follows:
            return
        there.line.follows.discard(stream)
        audience = self._followers[stream]
        audience.remove(there)
        if not audience.pages:
            del self._followers[stream]

    def expel(self, seat: str, streams: Collection[str]) -> None:
        for stream in streams:
            audience = self._followers.get(stream)
            for there in list(audience.pages.values()) if audience is not None else []:
                if there.line.actor.seat == seat:
                    self._unfollow(there, stream)

    def _published(self, stream: str, events: Batch) -> None:
        audience = self._followers.get(stream)
        if audience is None:
            return
        if is_workspace(stream):
            self._hold(stream, events)
        elif stream == ORGANISATION:
            self._publish_organisation(audience, events)
        else:
            self._publish(stream, audience, events)

    def _publish(self, stream: str, audience: _Audience, events: Batch) -> None:
        if not any(disclosure.is_private(recorded.event) for recorded in events):
            self._write(audience.pages.values(), Events(stream=stream, events=events))
            return
        whole: list[_There] = []
        partly: list[_There] = []
        for actor, group in audience.by_actor():
            (whole if disclosure.sees_contacts(actor) else partly).extend(group)
        self._write(whole, Events(stream=stream, events=events))
        self._write(partly, Events(stream=stream, events=disclosure.events_for_venues(events)))

    def _publish_organisation(self, audience: _Audience, events: Batch) -> None:
        """The administrator hears events; the others get their part of the state when that has changed."""
        by_role: dict[Role, list[_There]] = {}
        for actor, group in audience.by_actor():
            by_role.setdefault(actor.role, []).extend(group)
        known = self._streams.peek(ORGANISATION)
        assert known is not None, "a stream that publishes is in memory"
        state, seq = known
        assert isinstance(state, Organisation)
        for role, members in by_role.items():
            if role is Role.ADMIN:
                self._write(members, Events(stream=ORGANISATION, events=events))
            elif any(disclosure.concerns(role, recorded.event) for recorded in events):
                seen = disclosure.organisation_for(state, role)
                self._write(members, Snapshot(stream=ORGANISATION, seq=seq, state=seen))

    # --- workspaces -----------------------------------------------------------------------------

    def _hold(self, stream: str, events: Batch) -> None:
        """Tell it at once, and what follows right behind it together."""
        held = self._held.get(stream)
        if held is None:
            self._publish_workspace(stream, self._streams.before(stream), events)
            timer = asyncio.get_running_loop().call_later(self._hold_s, self._release, stream)
            self._held[stream] = _Held(self._streams.before(stream), timer)
            return
        if not held.events:
            held.before = self._streams.before(stream)
        held.events.extend(events)

    def _release(self, stream: str) -> None:
        """What was held is told; when that was something, the next has to wait as well."""
        held = self._held.pop(stream, None)
        if held is None:
            return
        held.timer.cancel()
        if held.events:
            self._publish_workspace(stream, held.before, held.events)
            timer = asyncio.get_running_loop().call_later(self._hold_s, self._release, stream)
            self._held[stream] = _Held(held.before, timer)

    def _publish_workspace(self, stream: str, before: State, events: Batch) -> None:
        """T8: everybody hears its own part. Who hears the same shares the bytes."""
        audience = self._followers.get(stream)
        if audience is None:
            return
        steps = _steps(stream, before, events)
        for_all = all(reach.is_for_all(*step, recorded) for step, recorded in zip(steps, events, strict=True))
        whole: list[_There] = []
        alike: dict[object, tuple[Batch, list[_There]]] = {}
        for actor, group in audience.by_actor():
            if reach.sees_all(actor) or (for_all and reach.takes_part(steps[-1][1], actor)):
                whole.extend(group)
                continue
            heard = [reach.view(*step, recorded, actor) for step, recorded in zip(steps, events, strict=True)]
            key = _alike(events, heard) or viewer_of(actor)
            alike.setdefault(key, (heard, []))[1].extend(group)
        whole.extend(alike.pop((True,) * len(events), ([], []))[1])
        self._write(whole, Events(stream=stream, events=events))
        for heard, everyone in alike.values():
            self._write(everyone, Events(stream=stream, events=heard))

    def _write(self, to: Collection[_There], message: Push) -> int:
        """The size of the frame; nothing is encoded when nobody gets it."""
        if not to:
            return 0
        frame = b""
        written = 0
        for there in to:
            if there.is_slow():
                LINES_DROPPED.inc()
                there.outlet.drop()
                continue
            if not frame:
                frame = binary_frame(encode_push(message))
            there.outlet.write(frame)
            written += 1
        LINE_PUSHES.inc(written)
        return len(frame)


def _state_for(by: Actor, state: State) -> PageState:
    """What of ``state`` a page of ``by`` is shown."""
    assert not isinstance(state, Hook | ResponsePlan), "they are told of in lists"
    match state:
        case Organisation():
            return disclosure.organisation_for(state, by.role)
        case Workspace():
            return reach.workspace_for(state, by)
        case Session() if not disclosure.sees_contacts(by):
            return disclosure.session_for_venues(state)
    return state


def _hears_events(stream: str, by: Actor) -> bool:
    """Whether a page that returns may be told what it has missed, or only how things stand (J2)."""
    if stream == ORGANISATION:
        return by.role is Role.ADMIN
    return not is_workspace(stream) or reach.sees_all(by)


def _steps(stream: str, before: State, events: Batch) -> list[tuple[Workspace, Workspace]]:
    """The workspace before and after each event."""
    steps: list[tuple[Workspace, Workspace]] = []
    for recorded in events:
        after = fold(stream, [recorded], before)
        assert isinstance(before, Workspace)
        assert isinstance(after, Workspace)
        steps.append((before, after))
        before = after
    return steps


def _alike(events: Batch, heard: Batch) -> tuple[bool, ...] | None:
    """What viewers that hear all of some events and nothing of the others have in common."""
    parts = []
    for recorded, part in zip(events, heard, strict=True):
        if part is not recorded and not isinstance(part.event, Withheld):
            return None
        parts.append(part is recorded)
    return tuple(parts)


def _events_for(by: Actor, events: Batch) -> Batch:
    return events if disclosure.sees_contacts(by) else disclosure.events_for_venues(events)
