"""Short identifiers that sort by the time they were made."""

from __future__ import annotations

import re
import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
_VALID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")


def _base32(value: int, digits: int) -> str:
    return "".join(_ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(digits)))


def new_id(prefix: str) -> str:
    """``prefix-`` + 9 digits of milliseconds + 8 random digits (40 bits)."""
    return f"{prefix}-{_base32(time.time_ns() // 1_000_000, 9)}{_base32(secrets.randbits(40), 8)}"


def is_id(text: str) -> bool:
    """Whether ``text`` may name a thing: safe in a path, a URL and a stream name."""
    return _VALID.match(text) is not None
