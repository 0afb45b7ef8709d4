"""A recorded file to a browser by Range, read in a thread: where the kernel cannot send it as it lies."""

from __future__ import annotations

from typing import BinaryIO

from aiohttp import hdrs, web

from hub.storage.s3 import aside
from recordings.shelf import refusing

PIECE_BYTES = 256 * 1024


async def send(request: web.Request, file: BinaryIO, tag: str, headers: dict[str, str]) -> web.StreamResponse:
    """Answer with ``file``, or the part of it that is asked for, and close it; ``tag`` names its content.

    What cannot be read is refused with its code as long as nothing was sent, and later cuts the line.
    """
    try:
        return await _send(request, file, {**headers, hdrs.ETAG: f'"{tag}"', hdrs.ACCEPT_RANGES: "bytes"})
    finally:
        await aside(file.close)


async def _send(request: web.Request, file: BinaryIO, headers: dict[str, str]) -> web.StreamResponse:
    if headers[hdrs.ETAG] in request.headers.get(hdrs.IF_NONE_MATCH, "").split(", "):
        return web.Response(status=304, headers=headers)
    size = await aside(refusing, lambda: file.seek(0, 2))
    start, end, status = 0, size, 200
    if request.headers.get(hdrs.IF_RANGE, headers[hdrs.ETAG]) == headers[hdrs.ETAG]:
        try:
            wanted = request.http_range
        except ValueError:
            return _beyond(size)
        if hdrs.RANGE in request.headers:
            start, end, _ = wanted.indices(size)
            if start >= end:
                return _beyond(size)
            status = 206
            headers[hdrs.CONTENT_RANGE] = f"bytes {start}-{end - 1}/{size}"
    answer = web.StreamResponse(status=status, headers=headers)
    answer.content_length = end - start
    if request.method == hdrs.METH_HEAD:
        await answer.prepare(request)
        return answer

    def piece(at: int) -> bytes:
        file.seek(at)
        return file.read(min(PIECE_BYTES, end - at))

    # The first piece before the head: so a damaged file is told as such.
    content = await aside(refusing, lambda: piece(start)) if start < end else b""
    await answer.prepare(request)
    while content:
        await answer.write(content)
        start += len(content)
        content = await aside(piece, start) if start < end else b""
    await answer.write_eof()
    return answer


def _beyond(size: int) -> web.Response:
    return web.Response(status=416, headers={hdrs.CONTENT_RANGE: f"bytes */{size}"})
