"""What has become of each recording, at hand for lists: the states of ``keeping:`` streams."""

from __future__ import annotations

from collections.abc import Callable

from hub.domain import keeping
from hub.domain.keeping import Keeping
from hub.live.streams import Batch, Streams


class Fates:
    """A list asks for hundreds at a time, so none is read twice."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._known: dict[str, Keeping] = {}
        self.close: Callable[[], None] = streams.subscribe(self._published)

    async def of(self, recording_id: str) -> Keeping:
        known = self._known.get(recording_id)
        if known is None:
            state, _ = await self._streams.state(keeping.stream_of(recording_id))
            assert isinstance(state, Keeping)
            known = self._known[recording_id] = state
        return known

    def _published(self, stream: str, events: Batch) -> None:
        kind, _, key = stream.partition(":")
        if kind == "keeping" and (now := self._streams.peek(stream)) is not None:
            state, _ = now
            assert isinstance(state, Keeping)
            self._known[key] = state
