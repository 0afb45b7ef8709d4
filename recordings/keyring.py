"""The keys that recordings are encrypted with: the first one writes, all of them read."""

from __future__ import annotations

import base64
import binascii
import errno
import hashlib
import logging
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hub.config import RecordingSettings

_log = logging.getLogger(__name__)

NO_KEY = "recording.no_key"

KEY_BYTES = 32
ID_BYTES = 8


class NoKey(OSError):
    """There is no key, or not the one that is asked for. Nothing is written in clear instead."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.ENOKEY, why)


class Key(NamedTuple):
    """A master key; no byte of a file is encrypted with it, but with one made of it for that file alone."""

    id: bytes
    secret: bytes

    def of_file(self, salt: bytes) -> bytes:
        """The key of the one file that has ``salt``, so that a nonce can never be used twice with it."""
        return HKDF(SHA256(), KEY_BYTES, salt, b"huishang recording 1").derive(self.secret)

    def __repr__(self) -> str:
        return f"Key({self.id.hex()})"


def key_of(secret: bytes) -> Key:
    """The id is a digest of the key: a key can be looked up by it, and not be mistaken for another."""
    return Key(hashlib.sha256(b"huishang key id" + secret).digest()[:ID_BYTES], secret)


def new_key() -> str:
    """A key as it is written into the key file."""
    return secrets.token_hex(KEY_BYTES)


def parse_key(text: str) -> Key:
    """32 bytes in hex or base64. Raises ValueError, which does not repeat the key."""
    text = text.strip()
    try:
        secret = bytes.fromhex(text) if len(text) == 2 * KEY_BYTES else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise ValueError("a key is 32 bytes, in hex or base64")
    return key_of(secret)


class KeyRing:
    """Keys by id. ``wanted``: what is written must be encrypted, whether there is a key or not."""

    def __init__(self, keys: Sequence[Key] = (), *, wanted: bool | None = None) -> None:
        """The first of ``keys`` encrypts what is written from now on."""
        self._keys = list(keys)
        self._by_id = {key.id: key for key in keys}
        self.wanted = bool(keys) if wanted is None else wanted

    def writing(self) -> Key | None:
        """What encrypts a new file; None: it is written in clear, as was wished. Raises NoKey."""
        if self._keys:
            return self._keys[0]
        if self.wanted:
            raise NoKey("there is no key to write with")
        return None

    def find(self, key_id: bytes) -> Key:
        """Raises NoKey."""
        key = self._by_id.get(key_id)
        if key is None:
            raise NoKey(f"there is no key {key_id.hex()}")
        return key

    def ids(self) -> list[str]:
        return [key.id.hex() for key in self._keys]

    def to_bytes(self) -> bytes:
        """For the standard input of a child process: its arguments and environment are seen by others."""
        lines = ["wanted" if self.wanted else "clear", *(key.secret.hex() for key in self._keys)]
        return "\n".join(lines).encode()

    @classmethod
    def from_bytes(cls, text: bytes | None) -> KeyRing:
        """What ``to_bytes`` made; nothing at all is a ring without keys."""
        first, *keys = (text or b"").decode().split("\n")
        return cls([key_of(bytes.fromhex(key)) for key in keys], wanted=first == "wanted")


CLEAR = KeyRing()
"""Nothing is encrypted."""


class Keys:
    """The keys of the configuration.

    A key file that is changed is read again; one that is taken away is not missed before the next start.
    """

    def __init__(self, settings: RecordingSettings) -> None:
        self._file, self._text = settings.key_file, settings.key
        self._found = None if settings.encrypts else CLEAR
        self._seen: tuple[int, int] | None = None
        self._why = ""

    def ring(self) -> KeyRing:
        """As long as they cannot be read: a ring that writes nothing in clear and opens nothing encrypted."""
        if self._found is None or self._has_changed():
            try:
                self._found = read_ring(Path(self._file)) if self._file else KeyRing([_given(self._text)])
            except NoKey as error:
                if str(error) != self._why:
                    self._why = str(error)
                    _log.error("the keys of the recordings: %s", error.strerror, extra={"code": NO_KEY})
        return self._found or KeyRing(wanted=True)

    def _has_changed(self) -> bool:
        if not self._file:
            return False
        try:
            status = os.stat(self._file)
        except OSError:
            return False
        seen, self._seen = self._seen, (status.st_mtime_ns, status.st_ino)
        return seen != self._seen


def _given(text: str) -> Key:
    try:
        return parse_key(text)
    except ValueError as error:
        raise NoKey(f"the key of the environment cannot be used: {error}") from error


def read_ring(file: Path) -> KeyRing:
    """One key a line, the writing one first; ``#`` begins a comment. Raises NoKey when it cannot be used."""
    try:
        status = file.stat()
        lines = [line.partition("#")[0].strip() for line in file.read_text("ascii").splitlines()]
        keys = [parse_key(line) for line in lines if line]
    except (OSError, ValueError) as error:
        raise NoKey(f"the key file cannot be used: {error}") from error
    if not keys:
        raise NoKey("the key file holds no key")
    if status.st_mode & 0o077 and status.st_uid == os.getuid():
        raise NoKey("the key file can be read by others: chmod 600")
    return KeyRing(keys)
