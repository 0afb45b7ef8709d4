"""Exports over HTTP: what was asked for and how far it is, and the files with Range."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

from aiohttp import hdrs, web

from hub.domain.digests import SHA256
from hub.domain.keeping import Export
from hub.http.auth import actor_of, check_ticket, sign_ticket
from hub.http.bodies import json_answer
from recordings.exports import Exports
from recordings.sending import send

EXPORTS = web.AppKey("exports", Exports)

_TYPES = {".mp4": "video/mp4", ".zip": "application/zip"}


async def list_exports(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/exports: ExportList; its hrefs carry a ticket."""
    recording_id = request.match_info["recording"]
    ticket = await sign_ticket(request, recording_id)

    def href(export_id: str) -> str:
        path = f"/api/recordings/{quote(recording_id)}/exports/{quote(export_id)}"
        return f"{path}?ticket={quote(ticket.text)}"

    by = await actor_of(request)
    return json_answer(await request.app[EXPORTS].list(recording_id, by, href))


async def get_export(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/exports/{export}: the file, by bearer token or ``?ticket=``."""
    recording_id, export_id = request.match_info["recording"], request.match_info["export"]
    by = await check_ticket(request, recording_id)
    at_start = request.headers.get(hdrs.RANGE, "bytes=0-").startswith("bytes=0-")
    export, lying = await request.app[EXPORTS].file(
        recording_id, export_id, by, at_start=at_start and request.method == hdrs.METH_GET
    )
    if lying.file is not None:
        return await send(request, lying.file, export.digest, _headers(export))
    assert lying.path is not None
    return web.FileResponse(lying.path, headers=_headers(export))


def _headers(export: Export) -> dict[str, str]:
    suffix = export.name[export.name.rfind(".") :]
    headers: dict[str, str] = {
        hdrs.CONTENT_TYPE: _TYPES.get(suffix, "application/octet-stream"),
        hdrs.CONTENT_DISPOSITION: f"attachment; filename*=UTF-8''{quote(export.name, safe='')}",
        hdrs.CACHE_CONTROL: "private, no-store",
    }
    if export.algorithm == SHA256:  # RFC 9530 knows no SM3
        headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(export.digest)).decode()}:"
    return headers
