"""Timelines of incidents, histories of their items, and the search in all of them (rules E1, E2, E7)."""

from __future__ import annotations

from aiohttp import web

from hub.domain.kindparts import BoardKind
from hub.errors import Refusal
from hub.http.auth import actor_of
from hub.http.bodies import json_answer
from hub.http.keys import SEARCH, TIMELINES
from hub.live.search import Sought
from hub.live.timeline import ROWS_MAX, Wish

FOUND_MAX = 100
_KINDS = ("", "session", *BoardKind)


async def timeline(request: web.Request) -> web.Response:
    """GET /api/workspaces/{stream}/timeline?before=&limit=&kind=&seat=&q=&noise="""
    asked = request.query
    kind = asked.get("kind", "")
    if kind not in _KINDS:
        raise Refusal("bad_request", field="kind")
    wish = Wish(
        before=number(asked.get("before"), "before", 1, 1 << 53) if asked.get("before") else None,
        limit=number(asked.get("limit", "50"), "limit", 1, ROWS_MAX),
        kind=kind,
        seat=asked.get("seat", "")[:64],
        query=asked.get("q", ""),
        noise=asked.get("noise", "") in ("1", "true"),
    )
    stream = request.match_info["stream"]
    return json_answer(await request.app[TIMELINES].page(stream, wish, await actor_of(request)))


async def history(request: web.Request) -> web.Response:
    """GET /api/workspaces/{stream}/items/{item}/history"""
    found = request.match_info
    by = await actor_of(request)
    return json_answer(await request.app[TIMELINES].history(found["stream"], found["item"], by))


async def search(request: web.Request) -> web.Response:
    """GET /api/search?q=&kind=&since=&limit="""
    asked = request.query
    kind = asked.get("kind", "")
    if kind not in ("", "incident", *BoardKind):
        raise Refusal("bad_request", field="kind")
    sought = Sought(
        query=asked.get("q", ""),
        kind=kind,
        since_ms=number(asked.get("since", "0"), "since", 0, 1 << 53),
        limit=number(asked.get("limit", "30"), "limit", 1, FOUND_MAX),
    )
    return json_answer(await request.app[SEARCH].find(sought, await actor_of(request)))


def number(text: str | None, name: str, least: int, most: int) -> int:
    """Refuses with ``bad_request``, naming the field."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 16:
        raise Refusal("bad_request", field=name)
    if not least <= int(text) <= most:
        raise Refusal("bad_request", field=name)
    return int(text)
