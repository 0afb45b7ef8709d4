"""Every route on one screen: method, path, handler, and who may."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from aiohttp import web
from aiohttp.typedefs import Handler

from hub.http import sessions
from hub.http.auth import actor_of
from hub.http.health import Readiness, healthz, metrics
from hub.http.login import about, login
from hub.http.pages import Pages


class Who(Enum):
    """Who gets as far as the handler; what they may do there is for the rules of the noun."""

    ANYBODY = "anybody"
    PERSON = "a person with a valid token"
    HOLDER = "checked by the handler: a ticket or a token"


class Route(NamedTuple):
    method: str
    path: str
    handler: Handler
    who: Who


def routes(pages: Pages) -> list[Route]:
    anybody, person = Who.ANYBODY, Who.PERSON
    return [
        Route("POST", "/api/login", login, anybody),
        Route("GET", "/api/about", about, anybody),
        Route("POST", "/api/sessions", sessions.start, person),
        Route("GET", "/api/sessions", sessions.running, person),
        Route("POST", "/api/sessions/{session_id}/end", sessions.end, person),
        Route("GET", "/healthz", healthz, anybody),
        Route("GET", "/readyz", Readiness().readyz, anybody),
        Route("GET", "/metrics", metrics, anybody),
        Route("GET", "/{path:.*}", pages.page, anybody),
    ]


def add_routes(app: web.Application, pages: Pages) -> None:
    for method, path, handler, who in routes(pages):
        app.router.add_route(method, path, _guarded(handler) if who is Who.PERSON else handler)
        if method == "GET":
            app.router.add_route("HEAD", path, _guarded(handler) if who is Who.PERSON else handler)


def _guarded(handler: Handler) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        await actor_of(request)
        return await handler(request)

    return guarded
