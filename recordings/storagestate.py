"""Where recordings are kept and whether that works, for officers and administrators."""

from __future__ import annotations

from hub.domain.event import Actor, Role
from hub.errors import Refusal
from recordings.assemble import Assembler
from recordings.keyring import NO_KEY, Keys, NoKey
from recordings.mover import FAILED, Mover
from recordings.tape import STORAGE_FAILED
from signaling.bodies import StorageState


class Storage:
    """Asks those who know."""

    def __init__(self, keys: Keys, mover: Mover | None, assembler: Assembler, place: str) -> None:
        """``place``: the setting ``recording.store.url``; it holds no secret."""
        self._assembler = assembler
        self._keys = keys
        self._mover = mover
        self._place = place

    def state(self, by: Actor) -> StorageState:
        """Refuses with ``forbidden``."""
        if by.role not in (Role.OFFICER, Role.ADMIN):
            raise Refusal("forbidden")
        mover, keyless = self._mover, self._is_keyless()
        failing_since_ms = mover.failing_since_ms if mover is not None else None
        unfinished = self._assembler.unfinished.values()
        troubles = [NO_KEY] * keyless + [FAILED] * (failing_since_ms is not None)
        troubles += [STORAGE_FAILED] * bool(unfinished)
        return StorageState(
            store=self._place,
            encrypted=self._keys.ring().wanted,
            waiting_files=mover.waiting_files if mover is not None else 0,
            waiting_bytes=mover.waiting_bytes if mover is not None else 0,
            since_ms=failing_since_ms,
            unfinished_files=len(unfinished),
            unfinished_since_ms=min(unfinished, default=None),
            troubles=troubles,
        )

    def _is_keyless(self) -> bool:
        try:
            self._keys.ring().writing()
        except NoKey:
            return True
        return False
