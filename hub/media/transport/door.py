"""Who a datagram is for: the connections by the names the hub gave them, and what a stranger costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from hub.clock import Clock
from hub.media.transport import drops
from hub.media.transport.drops import Drop
from hub.media.transport.ice import Path, ufrag_untrusted


class Endpoint(Protocol):
    """Whoever owns a ufrag: one connection."""

    def receive(self, datagram: bytes, now: float) -> None:
        """DTLS, SRTP or SRTCP from a path that was authenticated before."""
        ...

    def check(self, datagram: bytes, path: Path, now: float) -> bool:
        """Answers a check that names this connection; whether it was authentic."""
        ...

    def holds(self, path: Path, now: float) -> bool:
        """Whether this client is at that address, as far as one can know."""
        ...

    def path_ended(self, path: Path, now: float) -> None:
        """A TCP connection to the client is over."""
        ...


class Door:
    """Shared by all sockets of the media port.

    Nothing is kept of a stranger: its datagrams go no further than a look at a dictionary, and nobody can
    guess a name (48 bits) that was given to somebody else.
    """

    def __init__(self, clock: Clock, after_batch: Callable[[float], None]) -> None:
        self.clock = clock
        self.after_batch = after_batch
        self._endpoints: dict[bytes, Endpoint] = {}

    def admit(self, ufrag: str, endpoint: Endpoint) -> None:
        self._endpoints[ufrag.encode()] = endpoint

    def dismiss(self, ufrag: str) -> None:
        self._endpoints.pop(ufrag.encode(), None)

    def close(self) -> None:
        self._endpoints.clear()

    def check(self, datagram: bytes, path: Path, owner: Endpoint | None, now: float) -> Endpoint | None:
        """Whose authentic check this is, which has been answered then; None for whatever else it is.

        An address is its ``owner``'s for as long as that one is there: nobody can take it from another.
        """
        ufrag = ufrag_untrusted(datagram)
        endpoint = None if ufrag is None else self._endpoints.get(ufrag)
        if endpoint is None:
            drops.count(Drop.STRANGER)
        elif owner is not None and owner is not endpoint and owner.holds(path, now):
            drops.count(Drop.CHECK)
        elif endpoint.check(datagram, path, now):
            return endpoint
        return None
