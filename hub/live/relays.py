"""Credentials for the relays (TURN) of the settings, good for some hours and for nothing else.

The relay and the hub share a secret and never talk. What coturn calls ``use-auth-secret``: a user name that
begins with the second it ends at, and for a password that name's HMAC (draft-uberti-behave-turn-rest-00).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from hub.clock import Clock
from hub.config import TurnSettings
from hub.domain.event import Actor
from signaling.media_vocabulary import Relays, RelayServer

_SPECIAL = re.compile(r"[^A-Za-z0-9_.-]")  # it goes into headers and into the relay's own syntax


class RelayCredentials:
    def __init__(self, clock: Clock, settings: TurnSettings) -> None:
        self._clock = clock
        self._settings = settings

    def __bool__(self) -> bool:
        """Whether there is any relay."""
        return bool(self._settings.urls)

    def of(self, by: Actor) -> Relays:
        """What the browser of a page is given; whose it was is for the relay's log."""
        if not self:
            return Relays()
        expires_s = self._clock.wall_ms() // 1000 + round(self._settings.hours * 3600)
        username = f"{expires_s}:{_SPECIAL.sub('_', by.seat or by.account)}"
        server = RelayServer(
            urls=list(self._settings.urls),
            username=username,
            credential=credential(self._settings.secret, username),
        )
        return Relays(servers=[server], expires_ms=expires_s * 1000)

    def links(self, by: Actor) -> list[str]:
        """The same as Link headers (RFC 9725, 4.6), one for each address."""
        return [
            f'<{url}>; rel="ice-server"; username="{server.username}"; '
            f'credential="{server.credential}"; credential-type="password"'
            for server in self.of(by).servers
            for url in server.urls
        ]


def credential(secret: str, username: str) -> str:
    """base64(HMAC-SHA1(secret, username)), as coturn computes it."""
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
