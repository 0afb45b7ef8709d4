"""大屏: a wall in an office that shows a running session, and is nobody's seat (rules W1 and W2)."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from hub.domain.event import Actor, Command, Event, Recorded, Role
from hub.errors import Refusal
from hub.ids import is_id

NAME_MAX = 20
HASH_LENGTH = 64


def stream_of(wall_id: str) -> str:
    return f"wall:{wall_id}"


class Wall(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="wall"):
    """State of a stream ``wall:{id}``. ``session_id``: what it shows, since ``shown_ms``.

    ``token_hash``: of the word by which the wall is known; the word itself is in no log.
    """

    wall_id: str = ""
    name: str = ""
    token_hash: str = ""
    added_ms: int = 0
    revoked_ms: int | None = None
    session_id: str | None = None
    shown_ms: int | None = None

    @property
    def valid(self) -> bool:
        return self.added_ms > 0 and self.revoked_ms is None


# --- commands -----------------------------------------------------------------------------------


class AddWall(Command, frozen=True, kw_only=True):
    wall_id: str
    name: str
    token_hash: str


class RevokeWall(Command, frozen=True, kw_only=True):
    pass


class ShowSession(Command, frozen=True, kw_only=True):
    """上墙"""

    session_id: str


class ClearWall(Command, frozen=True, kw_only=True):
    """下墙. ``session_id``: only if it still shows that one; by the hub when a session has ended."""

    session_id: str | None = None


# --- events -------------------------------------------------------------------------------------


class WallAdded(Event, frozen=True, kw_only=True, tag="wall.added"):
    wall_id: str
    name: str
    token_hash: str


class WallRevoked(Event, frozen=True, kw_only=True, tag="wall.revoked"):
    pass


class WallShown(Event, frozen=True, kw_only=True, tag="wall.shown"):
    session_id: str


class WallCleared(Event, frozen=True, kw_only=True, tag="wall.cleared"):
    """``reason``: taken (down by a person), ended (the session)."""

    reason: str


WallEvent = WallAdded | WallRevoked | WallShown | WallCleared


def decide(state: Wall, command: Command, by: Actor, now_ms: int) -> list[WallEvent]:
    """Refuses with ``forbidden``, ``bad_request``, ``organisation.exists`` or ``wall.unknown``."""
    _check_right(command, by)
    if isinstance(command, AddWall):
        return _add(state, command)
    if not state.valid:
        raise Refusal("wall.unknown")
    match command:
        case RevokeWall():
            return [WallRevoked()]
        case ShowSession(session_id=session_id):
            return [WallShown(session_id=session_id)] if session_id != state.session_id else []
        case ClearWall(session_id=session_id):
            is_over = state.session_id is None or session_id not in (None, state.session_id)
            reason = "ended" if by.role is Role.HUB else "taken"
            return [] if is_over else [WallCleared(reason=reason)]
    raise TypeError(command)


def _check_right(command: Command, by: Actor) -> None:
    """W1, W2: officers register walls and say what they show; administrators only register them."""
    registers = isinstance(command, AddWall | RevokeWall)
    if by.role not in (Role.OFFICER, Role.HUB) and not (registers and by.role is Role.ADMIN):
        raise Refusal("forbidden")


def _add(state: Wall, wish: AddWall) -> list[WallEvent]:
    name = wish.name.strip()
    if not name or len(name) > NAME_MAX:
        raise Refusal("bad_request", field="name", max=NAME_MAX)
    if not is_id(wish.wall_id) or len(wish.token_hash) != HASH_LENGTH:
        raise Refusal("bad_request", field="wall_id")
    if state.added_ms:
        raise Refusal("organisation.exists", id=wish.wall_id)
    return [WallAdded(wall_id=wish.wall_id, name=name, token_hash=wish.token_hash)]


def apply(state: Wall, recorded: Recorded[WallEvent]) -> Wall:
    event, at_ms = recorded.event, recorded.at_ms
    match event:
        case WallAdded():
            return Wall(wall_id=event.wall_id, name=event.name, token_hash=event.token_hash, added_ms=at_ms)
        case WallRevoked():
            return replace(state, revoked_ms=at_ms, session_id=None, shown_ms=None)
        case WallShown(session_id=session_id):
            return replace(state, session_id=session_id, shown_ms=at_ms)
        case WallCleared():
            return replace(state, session_id=None, shown_ms=None)
