"""Where the packets of one source go besides the subscribers: a recorder, a relay, a meter."""

from __future__ import annotations

from typing import Protocol


class Sink(Protocol):
    """Attached to one source of a router; called on the packet path, so it must be quick and never raise."""

    def receive_rtp(self, packet: bytes, arrival: float) -> None:
        """One decrypted RTP packet as the publisher sent it; ``arrival`` in monotonic seconds."""
        ...

    def receive_sender_report(self, ntp: int, rtp_timestamp: int, arrival: float) -> None:
        """The publisher's clock: 64-bit NTP (RFC 3550, 6.4.1) beside the RTP timestamp."""
        ...

    def close(self) -> None:
        """The source has ended; nothing follows."""
        ...
