"""The recordings over HTTP: the list, a manifest, its events, and the files with Range."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import hdrs, web

from hub.domain.digests import SHA256
from hub.domain.event import Actor
from hub.domain.recording import Track
from hub.domain.session import SessionKind
from hub.errors import Refusal
from hub.http.auth import actor_of, check_ticket, sign_ticket
from hub.http.bodies import json_answer
from hub.http.documents import download
from recordings.exporthttp import EXPORTS
from recordings.find import Finder, Sought
from recordings.looks import looks_table
from recordings.review import After, Review
from recordings.sending import send
from recordings.service import Recordings

REVIEW = web.AppKey("review", Review)
FINDER = web.AppKey("finder", Finder)

ROWS_MAX = 500
GROWING = '"growing"'
"""The ETag of a file that is being written (RFC 9110, 8.8.3): what was told of it stays till it is sealed."""


def let_review(app: web.Application, recordings: Recordings) -> None:
    """What the handlers here need of the recordings."""
    app[REVIEW], app[FINDER] = recordings.review, recordings.finder
    app[EXPORTS] = recordings.exports


_DIGITS_MAX = 16


async def list_recordings(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings: RecordingList, narrowed by what ``_sought`` reads of the query."""
    by = await actor_of(request)
    return json_answer(await request.app[FINDER].find(_sought(request.query), by))


async def get_storage(request: web.Request) -> web.StreamResponse:
    """GET /api/storage: StorageState, for officers and administrators."""
    return json_answer(request.app[REVIEW].storage.state(await actor_of(request)))


async def get_manifest(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}: Manifest; its hrefs carry a ticket, for a player sends no header."""
    recording_id = request.match_info["recording"]
    ticket = await sign_ticket(request, recording_id)

    def href(track: Track) -> str:
        path = f"/api/recordings/{quote(recording_id)}/tracks/{quote(track.track_id)}"
        return f"{path}?ticket={quote(ticket.text)}"

    review = request.app[REVIEW]
    actor, again = await actor_of(request), "again" in request.query
    return json_answer(await review.manifest(recording_id, actor, ticket.expires_ms, href, again=again))


async def get_growing(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/growing?after_ms=: Growing."""
    after = request.query.get("after_ms", "0")
    if not after.isdecimal() or len(after) > _DIGITS_MAX:
        raise Refusal("bad_request", field="after_ms")
    review, recording_id = request.app[REVIEW], request.match_info["recording"]
    return json_answer(await review.growing(recording_id, await actor_of(request), int(after)))


async def get_history(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/events: History; with ``?after=`` what has come since (``_after``)."""
    by, after = await actor_of(request), _after(request.query.get("after", ""))
    return json_answer(await request.app[REVIEW].history(request.match_info["recording"], by, after))


async def get_log(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/log: Look, the latest first."""
    by = await actor_of(request)
    _, looks = await request.app[REVIEW].log(request.match_info["recording"], by)
    return json_answer(looks)


async def get_log_file(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/log.{csv|docx}"""
    by = await actor_of(request)
    title, looks = await request.app[REVIEW].log(
        request.match_info["recording"], by, taken_away=request.method == hdrs.METH_GET
    )
    table = looks_table(title, looks)
    return await download(table, request.match_info["kind"], table.title)


async def get_track(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/tracks/{track}: the file, by bearer token or ``?ticket=``.

    ``If-Match: "growing"`` of who knows where things lie in the file that is being written: the sealed one is
    another, and such a request is refused with ``recording.file_finished``.
    """
    recording_id = request.match_info["recording"]
    by = await check_ticket(request, recording_id)
    if hdrs.RANGE in request.headers and request.app[REVIEW].is_growing(request.match_info["track"]):
        return await _growing_piece(request, recording_id, by)
    if request.headers.get(hdrs.IF_MATCH) == GROWING:
        raise Refusal("recording.file_finished")
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


async def _growing_piece(request: web.Request, recording_id: str, by: Actor) -> web.StreamResponse:
    """RFC 9110, 15.3.7: the length that is told is that of now; what has been told never changes."""
    try:
        wanted = request.http_range
    except ValueError as error:
        raise Refusal("bad_request", field="Range") from error
    start: int = wanted.start or 0
    if start < 0:
        raise Refusal("bad_request", field="Range")  # of what grows nobody knows the end
    review, track_id = request.app[REVIEW], request.match_info["track"]
    piece = await review.piece(recording_id, track_id, by, start, wanted.stop)
    headers = {hdrs.CONTENT_TYPE: piece.media_type, hdrs.CACHE_CONTROL: "no-store", hdrs.ETAG: GROWING}
    if not piece.content:
        headers[hdrs.CONTENT_RANGE] = f"bytes */{piece.size_bytes}"
        return web.Response(status=416, headers=headers)
    last = piece.start + len(piece.content) - 1
    headers[hdrs.CONTENT_RANGE] = f"bytes {piece.start}-{last}/{piece.size_bytes}"
    return web.Response(status=206, body=piece.content, headers=headers)


async def get_thumbnails(request: web.Request) -> web.StreamResponse:
    """GET /api/recordings/{recording}/tracks/{track}/thumbnails/{n}: JPEG, by token or ``?ticket=``."""
    match = request.match_info
    by = await check_ticket(request, match["recording"])
    sheet = await request.app[REVIEW].thumbnails(match["recording"], match["track"], int(match["n"]), by)
    headers = {hdrs.CACHE_CONTROL: "private, max-age=3600"}
    return web.Response(body=sheet, content_type="image/jpeg", headers=headers)


def _after(text: str) -> After:
    """``SESSION,BOARDS,RECORDING``: the numbers of the last events that are known; or ``bad_request``."""
    if not text:
        return After()
    numbers = text.split(",")
    if len(numbers) != len(After._fields) or not all(map(_is_number, numbers)):
        raise Refusal("bad_request", field="after")
    return After(*map(int, numbers))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()


def _sought(query: Mapping[str, str]) -> Sought:
    """``q``, ``from`` and ``to`` (ms), ``unit``, ``speaker``, ``incident``, ``session``, ``kind``, ``limit``;
    1 or 0: ``held``, ``gaps``, ``exercise``, ``destroyed``. Refuses with ``bad_request`` and the ``field``.
    """
    kind = query.get("kind", "")
    if kind and kind not in set(SessionKind):
        raise Refusal("bad_request", field="kind")
    limit = _number(query, "limit")
    return Sought(
        query=query.get("q", ""),
        from_ms=_number(query, "from"),
        to_ms=_number(query, "to"),
        unit=query.get("unit", ""),
        speaker=query.get("speaker", ""),
        incident=query.get("incident", ""),
        session=query.get("session", ""),
        kind=SessionKind(kind) if kind else None,
        held=_flag(query, "held") or False,
        gaps=_flag(query, "gaps") or False,
        exercise=_flag(query, "exercise"),
        destroyed=_flag(query, "destroyed"),
        limit=Sought().limit if limit is None else max(1, min(ROWS_MAX, limit)),
    )


def _number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Refusal("bad_request", field=name)
    return int(text)


def _flag(query: Mapping[str, str], name: str) -> bool | None:
    text = query.get(name, "")
    if text not in ("", "0", "1"):
        raise Refusal("bad_request", field=name)
    return text == "1" if text else None
