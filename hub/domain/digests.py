"""Digests by name: what is hashed once stays checkable, whichever digest the office must use later.

SM3 (GB/T 32905) is there where the OpenSSL of the machine has it; what was made with another one keeps the
name of it and is checked with that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import BinaryIO

SHA256 = "sha256"
SM3 = "sm3"

Digest = Callable[[bytes], bytes]


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    return hashlib.new(SM3, data).digest()


DIGESTS: dict[str, Digest] = {SHA256: _sha256, **({SM3: _sm3} if SM3 in hashlib.algorithms_available else {})}
"""By the name that is kept beside every digest."""

SHOWN = {SHA256: "SHA-256", SM3: "SM3"}
"""What stands on paper."""


def hex_digest(algorithm: str, data: bytes) -> str:
    """Raises KeyError for a digest that this machine does not have."""
    return DIGESTS[algorithm](data).hex()


def file_digest(algorithm: str, file: BinaryIO) -> str:
    """Of all that follows in ``file``, in hex. Raises KeyError for a digest that this machine has not."""
    if algorithm not in DIGESTS:
        raise KeyError(algorithm)
    return hashlib.file_digest(file, algorithm).hexdigest()  # type: ignore[arg-type]
