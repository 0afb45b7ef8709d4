"""Sessions for outside tools: start, list, look at and end them. Pages use the socket."""

from __future__ import annotations

from aiohttp import hdrs, web

from hub.domain import disclosure
from hub.domain.session import stream_of
from hub.http.auth import actor_of
from hub.http.bodies import json_answer, json_body
from hub.http.keys import SESSIONS, STREAMS
from hub.live.rights import check_session
from signaling.bodies import NewSession
from signaling.messages import Done
from signaling.vocabulary import Started


class Created(Started, frozen=True, kw_only=True):
    """``id`` and ``session_id`` are the same; tools rely on the one, pages on the other."""

    id: str


async def start(request: web.Request) -> web.Response:
    wish = await json_body(request, NewSession)
    by = await actor_of(request)
    session_id = await request.app[SESSIONS].open(
        wish.title, wish.kind, wish.venues, by, exercise=wish.exercise
    )
    answer = json_answer(Created(session_id=session_id, id=session_id), status=201)
    answer.headers[hdrs.LOCATION] = f"/api/sessions/{session_id}"
    return answer


async def running(request: web.Request) -> web.Response:
    """Those the asker may enter (rule P5)."""
    by = await actor_of(request)
    return json_answer(request.app[SESSIONS].summaries.sessions_for(by))


async def one(request: web.Request) -> web.Response:
    """Its state, for those who may enter it (rule P5), as far as it is for them (rule P12)."""
    by = await actor_of(request)
    state = await check_session(request.app[STREAMS], request.match_info["session"], by)
    return json_answer(state if disclosure.sees_contacts(by) else disclosure.session_for_venues(state))


async def end(request: web.Request) -> web.Response:
    session_id = request.match_info["session"]
    by = await actor_of(request)
    seq = await request.app[SESSIONS].end(session_id, "", by, None)
    return json_answer(Done(stream=stream_of(session_id), seq=seq))
