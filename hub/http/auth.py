"""Who is asking: logging in with a password, then a bearer token, or a ticket for one recording."""

from __future__ import annotations

import logging
from typing import NamedTuple

from aiohttp import hdrs, web

from hub.clock import Clock
from hub.domain.event import Actor
from hub.domain.organisation import STREAM, Account, Organisation
from hub.domain.organisation import actor_of as actor_in
from hub.errors import Refusal
from hub.http.tokens import Signed, Tokens
from hub.live.guests import Guests
from hub.live.streams import Streams
from hub.live.walls import SEES_MS, Walls
from hub.metrics import LOGINS
from hub.storage.credentials import Credentials
from signaling.bodies import LoggedIn

_log = logging.getLogger(__name__)


class Identity(NamedTuple):
    """Somebody who has shown a valid token, and until when it is one."""

    actor: Actor
    expires_ms: int


class Auth:
    """Joins passwords, tokens and the organisation's accounts."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        credentials: Credentials,
        tokens: Tokens,
        guests: Guests,
        walls: Walls,
    ) -> None:
        self._clock = clock
        self._guests = guests
        self._walls = walls
        self._streams = streams
        self._credentials = credentials
        self.tokens = tokens

    async def login(self, account: str, password: str) -> LoggedIn:
        """Refuses with ``auth.wrong_password``, ``auth.locked``, ``auth.disabled`` or ``too_many``."""
        try:
            await self._credentials.check(account, password)
            await self._streams.refresh(STREAM)  # the command line may just have added the account
            actor = await self._actor(account)
        except Refusal as refusal:
            LOGINS.labels(refusal.code).inc()
            _log.warning("login refused", extra={"code": refusal.code, "account": account[:64]})
            raise
        LOGINS.labels("ok").inc()
        _log.info("logged in", extra={"account": account, "seat": actor.seat})
        signed = self.tokens.sign_login(account)
        return LoggedIn(token=signed.text, expires_ms=signed.expires_ms, account=account, actor=actor)

    async def identify(self, token: str) -> Identity:
        """Refuses with ``auth.required``, ``auth.expired`` or ``auth.disabled``."""
        claims = self.tokens.check_login(token)
        return Identity(await self._actor(claims.account), claims.expires_ms)

    async def identify_page(self, token: str) -> Identity:
        """For the line of a page, which guests and walls have too. Over HTTP their tokens open nothing.

        Refuses as ``identify``, and with ``guest.over`` or ``wall.over``.
        """
        if token.startswith("wall."):
            return Identity(self._walls.actor(token), self._clock.wall_ms() + SEES_MS)
        guest = self.tokens.check_guest(token)
        if guest is not None:
            return Identity(await self._guests.actor(guest.scope, guest.account), guest.expires_ms)
        return await self.identify(token)

    async def holder(self, ticket: str, scope: str) -> Actor:
        """Who got ``ticket``; it is worth nothing any more once that account is disabled."""
        return await self._actor(self.tokens.check_ticket(ticket, scope).account)

    async def _actor(self, name: str) -> Actor:
        state, _ = await self._streams.state(STREAM)
        assert isinstance(state, Organisation)
        account: Account | None = state.accounts.get(name)
        if account is None:
            raise Refusal("auth.required")
        if account.disabled:
            raise Refusal("auth.disabled")
        return actor_in(state, account)


AUTH = web.AppKey("auth", Auth)
_IDENTITY = web.RequestKey("identity", Identity)


async def identity_of(request: web.Request) -> Identity:
    """From the ``Authorization: Bearer`` header; asked once a request."""
    known: Identity | None = request.get(_IDENTITY)
    if known is not None:
        return known
    scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refusal("auth.required")
    identity = await request.app[AUTH].identify(token.strip())
    request[_IDENTITY] = identity
    return identity


async def actor_of(request: web.Request) -> Actor:
    return (await identity_of(request)).actor


async def sign_ticket(request: web.Request, recording_id: str) -> Signed:
    """A ticket that opens the files of one recording to whoever asks now."""
    actor = await actor_of(request)
    return request.app[AUTH].tokens.sign_ticket(actor.account, recording_id)


async def check_ticket(request: web.Request, recording_id: str) -> Actor:
    """Who holds the ``?ticket=`` of the request; a bearer token opens the files as well."""
    ticket = request.query.get("ticket")
    if ticket is None:
        return await actor_of(request)
    return await request.app[AUTH].holder(ticket, recording_id)
