"""The way in for the field: POST /api/guest takes a code, once, for a token of one session."""

from __future__ import annotations

from aiohttp import web

from hub.http.bodies import json_answer, json_body
from hub.http.keys import AUTH, GUESTS
from signaling.bodies import GuestIn, GuestLogin


async def admit(request: web.Request) -> web.Response:
    wish = await json_body(request, GuestLogin)
    guests = request.app[GUESTS]
    session_id, actor = await guests.admit(wish.code[:64], wish.person, request.remote or "")
    signed = request.app[AUTH].tokens.sign_guest(actor.account, session_id)
    body = GuestIn(
        token=signed.text,
        expires_ms=signed.expires_ms,
        session_id=session_id,
        venue=actor.account,
        label=actor.seat_name or "",
    )
    return json_answer(body, status=201)
