"""The one way out of every parser of bytes that came from the network."""

from __future__ import annotations


class BadPacket(ValueError):
    """Bytes that are not what they claim to be. Caught at the doors of the router, and counted."""
