"""From the log to the pages: encoded once, framed once, written to each socket that follows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from hub.domain import disclosure, reach
from hub.domain.event import OUTSIDE, Actor, Role
from hub.domain.item import Withheld
from hub.domain.organisation import STREAM as ORGANISATION
from hub.domain.organisation import Organisation
from hub.domain.session import Session
from hub.domain.streams import State, fold
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

What it is catching up with does not count, or a thin line would be dropped for ever.
"""

BUSY_BYTES = 64 * 1024
"""With so much waiting, what is worth something only now (levels) is not sent at all."""


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
        return waiting_bytes > SLOW_BYTES + self.granted_bytes


class Delivery:
    """Knows every line and what it follows. Implements ``hub.live.pages.Pages``."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._there: dict[str, _There] = {}
        self._followers: dict[str, dict[str, _There]] = {}
        self._unsubscribe = streams.subscribe(self._published)

    def close(self) -> None:
        self._unsubscribe()
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
        for stream in list(line.cursors):
            self.unfollow(line, stream)
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
            for stream in list(there.line.cursors):
                self.unfollow(there.line, stream)

    def _of(self, viewer: Viewer) -> list[_There]:
        return [there for there in self._there.values() if viewer_of(there.line.actor) == viewer]

    def push_followers(
        self, stream: str, message: Push, to: Callable[[Actor], bool] = lambda actor: True
    ) -> None:
        followers = self._followers.get(stream)
        if followers:
            idle = [
                each
                for each in followers.values()
                if to(each.line.actor) and each.outlet.waiting_bytes() < BUSY_BYTES
            ]
            self._write(idle, message)

    def push_follower_views(self, stream: str, view: View) -> None:
        groups: dict[Viewer, list[_There]] = {}
        for each in self._followers.get(stream, {}).values():
            if each.outlet.waiting_bytes() < BUSY_BYTES:
                groups.setdefault(viewer_of(each.line.actor), []).append(each)
        for group in groups.values():
            message = view(group[0].line.actor)
            if message is not None:
                self._write(group, message)

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
        line.cursors[stream] = cursor
        self._followers.setdefault(stream, {})[line.page] = there
        there.granted_bytes += self._write((there,), push)

    def unfollow(self, line: Line, stream: str) -> None:
        if line.cursors.pop(stream, None) is None:
            return
        followers = self._followers[stream]
        del followers[line.page]
        if not followers:
            del self._followers[stream]

    def expel(self, seat: str, streams: Collection[str]) -> None:
        for stream in streams:
            for there in list(self._followers.get(stream, {}).values()):
                if there.line.actor.seat == seat:
                    self.unfollow(there.line, stream)

    def _published(self, stream: str, events: Batch) -> None:
        followers = self._followers.get(stream)
        if not followers:
            return
        if stream == ORGANISATION:
            self._publish_organisation(followers.values(), events)
            return
        self._advance(followers.values(), stream, events[-1].seq)
        if is_workspace(stream):
            self._publish_workspace(stream, followers.values(), events)
            return
        partly: list[_There] = []
        if any(disclosure.is_private(recorded.event) for recorded in events):
            partly = [each for each in followers.values() if not disclosure.sees_contacts(each.line.actor)]
            self._write(partly, Events(stream=stream, events=disclosure.events_for_venues(events)))
        whole = [each for each in followers.values() if each not in partly] if partly else followers.values()
        self._write(whole, Events(stream=stream, events=events))

    def _publish_workspace(self, stream: str, followers: Iterable[_There], events: Batch) -> None:
        """T8: everybody hears its own part. Who hears the same shares the bytes."""
        whole = [each for each in followers if reach.sees_all(each.line.actor)]
        partly: dict[Viewer, list[_There]] = {}
        for each in followers:
            if not reach.sees_all(each.line.actor):
                partly.setdefault(viewer_of(each.line.actor), []).append(each)
        if not partly:
            self._write(whole, Events(stream=stream, events=events))
            return
        states = _steps(stream, self._streams.before(stream), events)
        alike: dict[object, tuple[Batch, list[_There]]] = {_alike(events, events): (events, whole)}
        for viewer, group in partly.items():
            heard = [
                reach.view(before, after, recorded, group[0].line.actor)
                for (before, after), recorded in zip(states, events, strict=True)
            ]
            key = _alike(events, heard) or viewer
            alike.setdefault(key, (heard, []))[1].extend(group)
        for heard, everyone in alike.values():
            self._write(everyone, Events(stream=stream, events=heard))

    def _publish_organisation(self, followers: Iterable[_There], events: Batch) -> None:
        """The administrator hears events; the others get their part of the state when that has changed."""
        by_role: dict[Role, list[_There]] = {}
        for each in followers:
            by_role.setdefault(each.line.actor.role, []).append(each)
        known = self._streams.peek(ORGANISATION)
        assert known is not None, "a stream that publishes is in memory"
        state, seq = known
        assert isinstance(state, Organisation)
        for role, group in by_role.items():
            if role is Role.ADMIN:
                self._advance(group, ORGANISATION, events[-1].seq)
                self._write(group, Events(stream=ORGANISATION, events=events))
            elif any(disclosure.concerns(role, recorded.event) for recorded in events):
                self._advance(group, ORGANISATION, seq)
                seen = disclosure.organisation_for(state, role)
                self._write(group, Snapshot(stream=ORGANISATION, seq=seq, state=seen))

    @staticmethod
    def _advance(followers: Iterable[_There], stream: str, seq: int) -> None:
        for there in followers:
            there.line.cursors[stream] = seq

    def _write(self, to: Iterable[_There], message: Push) -> int:
        """The size of the frame; nothing is encoded when nobody gets it."""
        frame = b""
        for there in to:
            if there.is_slow():
                LINES_DROPPED.inc()
                there.outlet.drop()
                continue
            if not frame:
                frame = binary_frame(encode_push(message))
            there.outlet.write(frame)
            LINE_PUSHES.inc()
        return len(frame)


def _state_for(by: Actor, state: State) -> State:
    """What of ``state`` a page of ``by`` is shown."""
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


def _alike(events: Batch, heard: Batch) -> object | None:
    """What viewers that hear all of some events and nothing of the others have in common."""
    parts = []
    for recorded, part in zip(events, heard, strict=True):
        if part is not recorded and not isinstance(part.event, Withheld):
            return None
        parts.append(part is recorded)
    return tuple(parts)


def _events_for(by: Actor, events: Batch) -> Batch:
    return events if disclosure.sees_contacts(by) else disclosure.events_for_venues(events)
