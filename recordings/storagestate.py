"""Where recordings are kept and whether that works, for officers and administrators."""

from __future__ import annotations

from hub.domain.event import Actor, Role
from hub.errors import Refusal
from recordings.keyring import NO_KEY, Keys, NoKey
from recordings.mover import FAILED, Mover
from signaling.bodies import StorageState


class Storage:
    """Asks those who know."""

    def __init__(self, keys: Keys, mover: Mover | None, place: str) -> None:
        """``place``: the setting ``recording.store.url``; it holds no secret."""
        self._keys = keys
        self._mover = mover
        self._place = place

    def state(self, by: Actor) -> StorageState:
        """Refuses with ``forbidden``."""
        if by.role not in (Role.OFFICER, Role.ADMIN):
            raise Refusal("forbidden")
        mover, keyless = self._mover, self._is_keyless()
        failing_since_ms = mover.failing_since_ms if mover is not None else None
        troubles = [NO_KEY] * keyless + [FAILED] * (failing_since_ms is not None)
        return StorageState(
            store=self._place,
            encrypted=self._keys.ring().wanted,
            waiting_files=mover.waiting_files if mover is not None else 0,
            waiting_bytes=mover.waiting_bytes if mover is not None else 0,
            since_ms=failing_since_ms,
            troubles=troubles,
        )

    def _is_keyless(self) -> bool:
        try:
            self._keys.ring().writing()
        except NoKey:
            return True
        return False
