"""Passwords as argon2id hashes; the only import of argon2."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 8


class Passwords:
    """argon2-cffi's defaults are RFC 9106's second recommended option: 64 MiB, 3 passes, 4 lanes.

    ``memory_kib``: hashes with less are quick to make and quick to guess.
    """

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib)

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def match(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, password_hash: str) -> bool:
        """Made with other parameters than today's: worth making again at the next login."""
        return self._hasher.check_needs_rehash(password_hash)
