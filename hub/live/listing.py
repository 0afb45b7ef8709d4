"""A list of the newest streams of one kind, pushed to each viewer whom it has changed for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from hub.domain.event import Actor
from hub.live.pages import Pages, Viewer, viewer_of
from hub.live.streams import Batch, Streams
from signaling.messages import Push

NEWEST = 100
"""Rows of a list; what is older is found by its address."""

S = TypeVar("S")


class Listing(Generic[S]):
    """``view`` makes the list for one viewer, None where the viewer is not to know that there is one."""

    def __init__(
        self,
        streams: Streams,
        pages: Pages,
        kind: type[S],
        prefix: str,
        view: Callable[[Sequence[S], Actor], Push | None],
    ) -> None:
        self._streams = streams
        self._pages = pages
        self._kind = kind
        self._prefix = prefix
        self._view = view
        self._states: dict[str, S] = {}
        self._shown: dict[Viewer, Push | None] = {}
        self._unsubscribe = streams.subscribe(self._published)

    async def start(self) -> None:
        """Take up what was there before the hub was."""
        for stream in sorted(await self._streams.names(self._prefix))[-NEWEST:]:
            state, _ = await self._streams.state(stream)
            if isinstance(state, self._kind):
                self._states[stream] = state

    def close(self) -> None:
        self._unsubscribe()

    @property
    def states(self) -> list[S]:
        return list(self._states.values())

    def first(self, viewer: Actor) -> list[Push]:
        """For a page that has just come."""
        now = self._view(self.states, viewer)
        self._shown[viewer_of(viewer)] = now
        return [now] if now is not None else []

    def _published(self, stream: str, events: Batch) -> None:
        if not stream.startswith(self._prefix):
            return
        known = self._streams.peek(stream)
        if known is None or not isinstance(known[0], self._kind):
            return
        self._states[stream] = known[0]
        for oldest in sorted(self._states)[:-NEWEST]:
            del self._states[oldest]
        self._pages.push_views(self._if_new)

    def _if_new(self, viewer: Actor) -> Push | None:
        now = self._view(self.states, viewer)
        new = now != self._shown.get(viewer_of(viewer))
        self._shown[viewer_of(viewer)] = now
        return now if new else None
