"""What a reader of a recording meets of its keeping: until when, hold, tombstone, and what is refused."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain import keeping
from hub.domain.event import HUB, Actor
from hub.domain.keeping import Destruction, Hold, Keeping, NoteDenial
from hub.domain.permissions import may_keep
from hub.domain.recording import Recording
from hub.domain.session import Session
from hub.errors import Refusal
from hub.ids import is_id
from hub.live.streams import Streams
from recordings.fates import Fates
from recordings.readers import Readers
from recordings.retention import Policy
from signaling.bodies import Kept


class Custody:
    """Stands beside ``Review``, which knows who may look."""

    def __init__(self, streams: Streams, policy: Policy, readers: Readers) -> None:
        self._streams = streams
        self._policy = policy
        self._readers = readers
        self._fates = Fates(streams)

    def close(self) -> None:
        self._fates.close()

    async def kept(self, recorded: Recording, of: Session, by: Actor, *, files: bool = False) -> Kept:
        """As ``by`` may know it. ``files``: with what the tombstone says of every file."""
        state = await self._fates.of(recorded.recording_id)
        return self.told(recorded, of, state, by, files=files)

    def told(
        self, recorded: Recording, of: Session, state: Keeping, by: Actor, *, files: bool = False
    ) -> Kept:
        """The same for whoever has the state at hand."""
        knows = may_keep(by, of)
        return Kept(
            until_ms=self._policy.keep_until_ms(recorded.stopped_ms, of.kind, exercise=of.exercise),
            hold=_hold(state, knows=knows),
            destruction=_destruction(state, knows=knows, files=files),
        )

    async def open(self, recording_id: str) -> None:
        """Before a file of it is read: now it is being looked at. Refuses with ``keeping.destroyed``."""
        if (await self._fates.of(recording_id)).condemned:
            raise Refusal("keeping.destroyed")
        self._readers.note(recording_id)

    async def deny(self, recording_id: str, by: Actor, what: str) -> None:
        """R6: an attempt of somebody who has no right to it is in the log of the recording."""
        if is_id(recording_id):
            await self._streams.execute(keeping.stream_of(recording_id), NoteDenial(what=what), by)


def _hold(state: Keeping, *, knows: bool) -> Hold | None:
    """Why and by whom is for those who keep it."""
    return state.hold if state.hold is None or knows else replace(state.hold, reason="", by=HUB)


def _destruction(state: Keeping, *, knows: bool, files: bool) -> Destruction | None:
    was = state.destruction
    if was is None or (not knows and not state.condemned):
        return None
    if not knows:
        return replace(was, reason="", proposed_by=HUB, approved_by=HUB, files=[])
    return was if files else replace(was, files=[])
