"""Who is reading a recording at this moment: what is being looked at is not destroyed (rule R24)."""

from __future__ import annotations

import asyncio

from hub.clock import Clock

QUIET_S = 60.0
"""A player asks for its next piece within seconds; after a minute nobody looks any more."""


class Readers:
    """When each recording was last read; those of long ago are forgotten."""

    def __init__(self, clock: Clock, *, quiet_s: float = QUIET_S) -> None:
        self._clock = clock
        self._quiet_s = quiet_s
        self._read_s: dict[str, float] = {}

    def note(self, recording_id: str) -> None:
        """Something of it was read just now."""
        self._read_s[recording_id] = self._clock.now()

    async def quiet(self, recording_id: str) -> None:
        """Until nobody has read of it for a while."""
        wait_s = self.wait_s(recording_id)
        while wait_s > 0:
            await asyncio.sleep(wait_s)
            wait_s = self.wait_s(recording_id)

    def wait_s(self, recording_id: str) -> float:
        """How long until it has been quiet for long enough; 0 when it has."""
        now = self._clock.now()
        self._read_s = {key: at for key, at in self._read_s.items() if now - at < self._quiet_s}
        last = self._read_s.get(recording_id)
        return 0.0 if last is None else max(0.0, last + self._quiet_s - now)
