"""Attachments over HTTP: uploaded by a seat, given with Range to whoever sees the item (rules E4, E5)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import quote

from aiohttp import hdrs, web

from hub.domain.item import Attachment
from hub.errors import Refusal
from hub.http.auth import actor_of, check_ticket, sign_ticket
from hub.http.bodies import json_answer
from hub.http.keys import ATTACHMENTS
from hub.storage.filetypes import INLINE
from signaling.bodies import AttachmentLink

_PIECE_BYTES = 256 * 1024
_SILENT_S = 60.0
"""A line that carries nothing for so long carries nothing any more."""

_NAME_MAX = 1_000
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox"
_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
"""Browsers show no PDF in a sandbox; it has no right to anything all the same."""


async def upload(request: web.Request) -> web.Response:
    """POST /api/attachments?name=: the body is the file; answers Attachment, to be hung on an item."""
    by = await actor_of(request)
    attachments = request.app[ATTACHMENTS]
    name = request.query.get("name", "")
    if not name or len(name) > _NAME_MAX:
        raise Refusal("bad_request", field="name")
    if (request.content_length or 0) > attachments.max_bytes:
        raise Refusal("too_large", max=attachments.max_bytes)
    return json_answer(await attachments.take_in(name, _pieces(request), by), status=201)


async def _pieces(request: web.Request) -> AsyncIterator[bytes]:
    while True:
        try:
            async with asyncio.timeout(_SILENT_S):
                piece = await request.content.read(_PIECE_BYTES)
        except (TimeoutError, ConnectionError, web.RequestPayloadError):
            raise Refusal("bad_request", why="the body ended early") from None
        if not piece:
            return
        yield piece


async def link(request: web.Request) -> web.Response:
    """GET …/attachments/{digest}/link: an address for players and new windows, which send no header."""
    by = await actor_of(request)
    stream, item, digest = _named(request)
    await request.app[ATTACHMENTS].find(stream, item, digest, by)
    ticket = await sign_ticket(request, _scope(request))
    path = f"/api/workspaces/{quote(stream, safe='')}/items/{quote(item)}/attachments/{digest}"
    return json_answer(
        AttachmentLink(href=f"{path}?ticket={quote(ticket.text)}", expires_ms=ticket.expires_ms)
    )


async def download(request: web.Request) -> web.StreamResponse:
    """GET /api/workspaces/{stream}/items/{item}/attachments/{digest}, by bearer token or ``?ticket=``."""
    by = await check_ticket(request, _scope(request))
    stream, item, digest = _named(request)
    found = await request.app[ATTACHMENTS].find(stream, item, digest, by)
    start, stop = _range(request, found.size_bytes)
    answer = web.StreamResponse(headers=_headers(found))
    if (start, stop) != (0, found.size_bytes):
        answer.set_status(206)
        answer.headers[hdrs.CONTENT_RANGE] = f"bytes {start}-{stop - 1}/{found.size_bytes}"
    answer.content_length = stop - start
    await answer.prepare(request)
    if request.method == hdrs.METH_GET:
        async for piece in request.app[ATTACHMENTS].read(digest, start, stop - start):
            await answer.write(piece)
    return answer


def _named(request: web.Request) -> tuple[str, str, str]:
    found = request.match_info
    return found["stream"], found["item"], found["digest"]


def _scope(request: web.Request) -> str:
    """What a ticket opens: this attachment of this item."""
    return " ".join(_named(request))


def _range(request: web.Request, size: int) -> tuple[int, int]:
    """RFC 9110, 14.2: one range; the whole when none is asked for. Refuses with ``bad_range``."""
    try:
        start, stop, _ = request.http_range.indices(size)
    except ValueError:
        raise Refusal("bad_range", size=size) from None
    if start >= stop:
        raise Refusal("bad_range", size=size)
    return start, stop


def _headers(found: Attachment) -> dict[str, str]:
    how = "inline" if found.type in INLINE else "attachment"
    return {
        hdrs.CONTENT_TYPE: found.type,
        hdrs.CONTENT_DISPOSITION: f"{how}; filename*=UTF-8''{quote(found.name, safe='')}",
        hdrs.ACCEPT_RANGES: "bytes",
        "Content-Security-Policy": _PDF if found.type == "application/pdf" else _SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }
