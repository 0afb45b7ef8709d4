"""The hash chain that makes a changed, missing or inserted event of a stream visible."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from hub.domain.digests import DIGESTS, SHA256

__all__ = ["ALGORITHMS", "GENESIS", "SHA256", "Entry", "Link", "canonical", "link"]

GENESIS = b""

# The name is kept with every event: an office that must use SM3 writes with it from then on, and the older
# part of its log still verifies.
ALGORITHMS = DIGESTS


class Entry(NamedTuple):
    """What of an event is hashed. ``actor`` and ``event`` are canonical JSON, exactly as stored."""

    stream: str
    seq: int
    at_ms: int
    actor: bytes
    op: str | None
    event: bytes


class Link(NamedTuple):
    """An event with its place in the chain, for whoever checks it without the hub.

    ``hash`` is the digest of the hash of the event before, then ``entry``: the canonical bytes.
    """

    seq: int
    at_ms: int
    algorithm: str
    hash: bytes
    entry: bytes


def link(algorithm: str, previous: bytes, entry: Entry) -> bytes:
    """The hash of ``entry`` behind the event whose hash is ``previous``."""
    return ALGORITHMS[algorithm](previous + canonical(entry))


def canonical(entry: Entry) -> bytes:
    """One JSON array; ``op`` comes from outside and is therefore escaped, the rest is ours."""
    head = msgspec.json.encode([entry.stream, entry.seq, entry.at_ms, entry.op])
    return b"[" + b",".join((head, entry.actor, entry.event)) + b"]"
