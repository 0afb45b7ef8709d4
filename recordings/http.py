"""The recordings over HTTP: the list, a manifest, its events, and the files with Range."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

from aiohttp import hdrs, web

from hub.domain.digests import SHA256
from hub.domain.recording import Track
from hub.http.auth import actor_of, check_ticket, sign_ticket
from hub.http.bodies import json_answer
from recordings.review import Review
from recordings.sending import send

REVIEW = web.AppKey("review", Review)


async def list_recordings(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings: RecordingRow, newest first."""
    return json_answer(await request.app[REVIEW].rows(await actor_of(request)))


async def get_manifest(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}: Manifest; its hrefs carry a ticket, for a player sends no header."""
    recording_id = request.match_info["recording"]
    ticket = await sign_ticket(request, recording_id)

    def href(track: Track) -> str:
        path = f"/api/recordings/{quote(recording_id)}/tracks/{quote(track.track_id)}"
        return f"{path}?ticket={quote(ticket.text)}"

    review = request.app[REVIEW]
    return json_answer(await review.manifest(recording_id, await actor_of(request), ticket.expires_ms, href))


async def get_history(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/events: History."""
    return json_answer(
        await request.app[REVIEW].history(request.match_info["recording"], await actor_of(request))
    )


async def get_track(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/tracks/{track}: the file, by bearer token or ``?ticket=``."""
    recording_id = request.match_info["recording"]
    by = await check_ticket(request, recording_id)
    whole = hdrs.RANGE not in request.headers and request.method == hdrs.METH_GET
    file = await request.app[REVIEW].file(recording_id, request.match_info["track"], by, whole=whole)
    headers: dict[str, str] = {
        hdrs.CONTENT_TYPE: file.media_type,
        hdrs.CACHE_CONTROL: "private, max-age=3600",
    }
    if file.algorithm == SHA256:
        # A sealed file never changes; the digest lets a downloader check what came. RFC 9530 knows no SM3.
        headers["Repr-Digest"] = f"sha-256=:{_base64(file.digest)}:"
    if file.lying.file is not None:
        return await send(request, file.lying.file, file.digest, headers)
    assert file.lying.path is not None
    return web.FileResponse(file.lying.path, headers=headers)


async def get_thumbnails(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/tracks/{track}/thumbnails/{n}: JPEG, by token or ``?ticket=``."""
    match = request.match_info
    by = await check_ticket(request, match["recording"])
    sheet = await request.app[REVIEW].thumbnails(match["recording"], match["track"], int(match["n"]), by)
    headers = {hdrs.CACHE_CONTROL: "private, max-age=3600"}
    return web.Response(body=sheet, content_type="image/jpeg", headers=headers)


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()
