"""An object store that speaks as much of S3 as a hub needs, and fails, stalls, lies or loses as told."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ssl import SSLContext
from xml.sax.saxutils import escape

from aiohttp import web
from aiohttp.test_utils import TestServer

from hub.config import StoreSettings
from recordings.mover import Mover

BUCKET = "records"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


class ObjectServer:
    """One bucket. ``failing``: every request gets 503; ``stalled``: none is answered; ``lying``: a byte of
    what is put is changed; ``losing``: what is put is thanked for and forgotten."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.failing = self.lying = self.losing = False
        self.stalled = False
        self.requests: list[str] = []
        self._uploads: dict[str, dict[int, bytes]] = {}
        self._ended = asyncio.Event()
        self.asked = asyncio.Event()
        self.url = ""

    def settings(self, *, url: str = f"s3://{BUCKET}/hub-1", timeout_s: float = 5.0) -> StoreSettings:
        return StoreSettings(
            url=url, endpoint=self.url, key_id="AKIATEST", secret="secret", timeout_s=timeout_s
        )

    def end(self) -> None:
        """Let go of those who wait."""
        self._ended.set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        answer = await self._answer(request)
        answer.force_close()  # a client that keeps lines open for another day would outlive its test
        return answer

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info.get("key", "")
        self.requests.append(f"{request.method} {key}")
        self.asked.set()
        if self.stalled:
            await self._ended.wait()
        if self.failing:
            return web.Response(status=503, text=f"{_HEAD}<Error><Code>SlowDown</Code></Error>")
        if "AKIATEST" not in request.headers.get("Authorization", ""):
            return web.Response(status=403, text=f"{_HEAD}<Error><Code>AccessDenied</Code></Error>")
        if request.match_info["bucket"] != BUCKET:
            return web.Response(status=404, text=f"{_HEAD}<Error><Code>NoSuchBucket</Code></Error>")
        match request.method:
            case "PUT":
                return await self._put(key, request)
            case "POST":
                return await self._post(key, request)
            case "DELETE":
                self._uploads.pop(request.query.get("uploadId", ""), None)
                self.objects.pop(key, None)
                return web.Response(status=204)
        return self._list(request) if not key else self._get(key, request)

    async def _put(self, key: str, request: web.Request) -> web.Response:
        body = await request.read()
        if "partNumber" in request.query:
            self._uploads[request.query["uploadId"]][int(request.query["partNumber"])] = body
        else:
            self._keep(key, body)
        return web.Response(headers={"ETag": _tag(body)})

    def _keep(self, key: str, body: bytes) -> None:
        if self.losing:
            return
        if self.lying and body:
            body = body[:-1] + bytes((body[-1] ^ 1,))
        self.objects[key] = body

    async def _post(self, key: str, request: web.Request) -> web.Response:
        if "uploads" in request.query:
            upload = f"upload-{len(self.requests)}"
            self._uploads[upload] = {}
            name = f"<Bucket>{BUCKET}</Bucket><Key>{escape(key)}</Key><UploadId>{upload}</UploadId>"
            return _xml(f"<InitiateMultipartUploadResult>{name}</InitiateMultipartUploadResult>")
        parts = self._uploads.pop(request.query["uploadId"])
        numbers = [int(number) for number in re.findall(r"<PartNumber>(\d+)<", await request.text())]
        body = b"".join(parts[number] for number in numbers)
        self._keep(key, body)
        name = f"<Bucket>{BUCKET}</Bucket><Key>{escape(key)}</Key><ETag>{_tag(body)}-2</ETag>"
        return _xml(f"<CompleteMultipartUploadResult>{name}</CompleteMultipartUploadResult>")

    def _get(self, key: str, request: web.Request) -> web.Response:
        body = self.objects.get(key)
        if body is None:
            return web.Response(status=404, text=f"{_HEAD}<Error><Code>NoSuchKey</Code></Error>")
        headers = {"ETag": _tag(body), "Last-Modified": "Mon, 20 Jul 2026 08:00:00 GMT"}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("Range", ""))
        if wanted is None:
            headers["Content-Length"] = str(len(body))
            return web.Response(body=body, headers=headers)
        start, end = int(wanted[1]), min(int(wanted[2] or len(body)), len(body) - 1)
        if start >= len(body):
            return web.Response(status=416, headers={"Content-Range": f"bytes */{len(body)}"})
        headers["Content-Range"] = f"bytes {start}-{end}/{len(body)}"
        return web.Response(status=206, body=body[start : end + 1], headers=headers)

    def _list(self, request: web.Request) -> web.Response:
        """Two to a page, so that there are pages."""
        prefix, after = request.query.get("prefix", ""), request.query.get("continuation-token", "")
        names = sorted(name for name in self.objects if name.startswith(prefix) and name > after)
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><Size>{len(self.objects[name])}</Size>"
            f"<ETag>{_tag(self.objects[name])}</ETag>"
            "<LastModified>2026-07-20T08:00:00.000Z</LastModified></Contents>"
            for name in names[:2]
        )
        more = len(names) > 2
        token = f"<NextContinuationToken>{escape(names[1])}</NextContinuationToken>" if more else ""
        truncated = f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}"
        return _xml(f"<ListBucketResult><Name>{BUCKET}</Name>{truncated}{rows}</ListBucketResult>")


def _tag(body: bytes) -> str:
    return '"' + hashlib.md5(body, usedforsecurity=False).hexdigest() + '"'


def _xml(body: str) -> web.Response:
    return web.Response(text=_HEAD + body, content_type="application/xml")


async def until(mover: Mover | None, done: Callable[[Mover], bool]) -> None:
    """As soon as the mover is as wished."""
    assert mover is not None
    changed = asyncio.Event()
    stop = mover.listen(changed.set)
    try:
        while not done(mover):
            await asyncio.wait_for(changed.wait(), 30)
            changed.clear()
    finally:
        stop()


@asynccontextmanager
async def object_server(tls: SSLContext | None = None) -> AsyncIterator[ObjectServer]:
    """Running on a port of its own."""
    made = ObjectServer()
    app = web.Application(client_max_size=1 << 30)
    app.router.add_route("*", "/{bucket}", made.handle)
    app.router.add_route("*", "/{bucket}/{key:.*}", made.handle)
    server = TestServer(app)
    await server.start_server(ssl=tls)
    made.url = f"{server.scheme}://127.0.0.1:{server.port}"
    try:
        yield made
    finally:
        made.end()
        await server.close()
