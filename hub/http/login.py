"""The way in: POST /api/login, and what the login page may know before (GET /api/about)."""

from __future__ import annotations

from aiohttp import web

from hub.http.auth import AUTH
from hub.http.bodies import json_answer, json_body
from hub.http.keys import ABOUT
from signaling.bodies import Login


async def login(request: web.Request) -> web.Response:
    wish = await json_body(request, Login)
    return json_answer(await request.app[AUTH].login(wish.account, wish.password))


async def about(request: web.Request) -> web.Response:
    return json_answer(request.app[ABOUT])
