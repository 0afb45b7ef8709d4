"""Words the hub has signed: a login, a ticket to the files of one recording, a guest's place in a session."""

from __future__ import annotations

from typing import NamedTuple

import jwt

from hub.clock import Clock
from hub.errors import Refusal

_ALGORITHM = "HS256"
_LOGIN = "login"
_TICKET = "ticket"
_GUEST = "guest"

GUEST_MS = 24 * 3600 * 1000
"""At most: a guest is out when its session ends (rule U4)."""

# The hub's clock decides about expiry, not the library's: it is the one that tests can move.
_OPTIONS: jwt.types.Options = {
    "require": ["sub", "exp", "aud"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


class Signed(NamedTuple):
    """A token or ticket and when it ends."""

    text: str
    expires_ms: int


class Claims(NamedTuple):
    """What a valid token says."""

    account: str
    scope: str
    expires_ms: int


class Tokens:
    """Signs and checks with one key, which never leaves the data directory."""

    def __init__(self, key: bytes, clock: Clock, *, token_ms: int, ticket_ms: int) -> None:
        self._key = key
        self._clock = clock
        self._lives_ms = {_LOGIN: token_ms, _TICKET: ticket_ms, _GUEST: GUEST_MS}

    def sign_login(self, account: str) -> Signed:
        return self._sign(_LOGIN, account, "")

    def check_login(self, token: str) -> Claims:
        """Refuses with ``auth.required`` or ``auth.expired``."""
        return self._check(_LOGIN, token)

    def sign_ticket(self, account: str, scope: str) -> Signed:
        return self._sign(_TICKET, account, scope)

    def check_ticket(self, ticket: str, scope: str) -> Claims:
        """A ticket for something else is no ticket: ``auth.required``."""
        claims = self._check(_TICKET, ticket)
        if claims.scope != scope:
            raise Refusal("auth.required")
        return claims

    def sign_guest(self, venue: str, session_id: str) -> Signed:
        return self._sign(_GUEST, venue, session_id)

    def check_guest(self, token: str) -> Claims | None:
        """``account`` is the venue, ``scope`` the session; None for what is no guest's token."""
        try:
            return self._check(_GUEST, token)
        except Refusal as refusal:
            if refusal.code == "auth.expired":
                raise Refusal("guest.over") from None
            return None

    def _sign(self, audience: str, account: str, scope: str) -> Signed:
        now_s = self._clock.wall_ms() // 1000
        ends_s = now_s + self._lives_ms[audience] // 1000
        claims = {"sub": account, "aud": audience, "scope": scope, "iat": now_s, "exp": ends_s}
        return Signed(jwt.encode(claims, self._key, algorithm=_ALGORITHM), ends_s * 1000)

    def _check(self, audience: str, text: str) -> Claims:
        try:
            claims = jwt.decode(text, self._key, algorithms=[_ALGORITHM], audience=audience, options=_OPTIONS)
            account, scope, ends_s = str(claims["sub"]), str(claims["scope"]), int(claims["exp"])
        except (jwt.InvalidTokenError, KeyError, ValueError):
            raise Refusal("auth.required") from None
        if ends_s * 1000 <= self._clock.wall_ms():
            raise Refusal("auth.expired")
        return Claims(account, scope, ends_s * 1000)
