"""JSON in and out: bodies are checked against signaling.vocabulary, answers are made from it."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from aiohttp import hdrs, web

from hub.errors import Refusal

MAX_BYTES = 256 * 1024
"""Of any request body; only offers are long (``signaling.sdp.OFFER_MAX_BYTES``)."""

_T = TypeVar("_T")


async def json_body(request: web.Request, kind: type[_T]) -> _T:
    """Refuses with ``bad_request`` (and says where) or ``too_large``."""
    try:
        return msgspec.json.decode(await request.read(), type=kind)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Refusal("bad_request", why=str(error)) from None


def json_answer(body: object, *, status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(body), status=status, content_type="application/json")


def refusal_answer(refusal: Refusal, *, allow: str | None = None) -> web.Response:
    """The one shape of every error, with the headers that HTTP asks for."""
    answer = json_answer({"error": refusal.as_dict()}, status=refusal.meaning.status)
    if answer.status == 401:  # RFC 9110, 15.5.2: MUST send a WWW-Authenticate header field
        answer.headers[hdrs.WWW_AUTHENTICATE] = 'Bearer realm="huishang"'
    if allow is not None:  # RFC 9110, 15.5.6: 405 MUST come with an Allow header field
        answer.headers[hdrs.ALLOW] = allow
    if (wait_s := refusal.detail.get("retry_after_s")) is not None:
        answer.headers[hdrs.RETRY_AFTER] = str(wait_s)
    return answer
