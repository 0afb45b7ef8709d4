"""How much a page's line carries: random bytes down, the page's own up, bounded in every way."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from aiohttp import hdrs, web

from hub.clock import Clock
from hub.errors import Refusal
from hub.http.auth import actor_of
from hub.http.bodies import json_answer
from hub.http.keys import CLOCK
from signaling.bodies import Received
from signaling.throttle import Throttle

MOST_BYTES = 8 * 1024 * 1024
WITHIN_S = 10.0
AT_ONCE = 2
"""The others wait a moment; together they must leave the hub's line to the sessions."""

RATE_BPS = 16_000_000
"""Eight times what a venue needs: faster would tell nobody anything and take from those who talk."""

_PIECE = 16 * 1024
_NOISE = os.urandom(16 * _PIECE)
"""Repeats itself only beyond the window of whatever compresses on the way (RFC 1951: 32 KiB)."""


class Bandwidth:
    """One measurement an account and a few in the house at a time."""

    def __init__(self) -> None:
        self._measuring: set[str] = set()
        self._throttles: dict[str, Throttle] = {}

    async def down(self, request: web.Request) -> web.StreamResponse:
        """GET /api/check/down?bytes=: that many, or what goes through in ten seconds."""
        size = _size(request.query.get("bytes", ""))
        with self._turn((await actor_of(request)).account, request.app[CLOCK]):
            answer = web.StreamResponse()
            answer.content_type = "application/octet-stream"
            answer.enable_chunked_encoding()  # so that an early end is an end and no fault
            await answer.prepare(request)
            if request.method == hdrs.METH_GET:
                await _in_time(_send(answer, size))
            return answer

    async def up(self, request: web.Request) -> web.StreamResponse:
        """POST /api/check/up: reads what comes and says how much it was."""
        if (request.content_length or 0) > MOST_BYTES:
            raise Refusal("too_large")
        with self._turn((await actor_of(request)).account, request.app[CLOCK]):
            flow = _Flow()
            await _in_time(_receive(request, flow))
            answer = json_answer(Received(bytes=flow.moved))
            if not request.content.at_eof():
                answer.force_close()  # what is still on its way is not the next request
            return answer

    @contextmanager
    def _turn(self, account: str, clock: Clock) -> Iterator[None]:
        if account in self._measuring or len(self._measuring) >= AT_ONCE:
            raise Refusal("check.busy", retry_after_s=2)
        if self._throttles.setdefault(account, Throttle()).wait_s("check", clock.now()) > 0:
            raise Refusal("too_many", retry_after_s=5)
        self._measuring.add(account)
        try:
            yield
        finally:
            self._measuring.discard(account)


def _size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Refusal("bad_request", why="bytes= is missing or no number")
    if (size := int(text)) > MOST_BYTES:
        raise Refusal("too_large")
    return size


async def _in_time(moving: Coroutine[Any, Any, None]) -> None:
    """A slow line is what this is for, and a page may leave at any time: neither holds up the others."""
    with suppress(TimeoutError, ConnectionError, web.RequestPayloadError):
        async with asyncio.timeout(WITHIN_S):
            await moving


async def _send(answer: web.StreamResponse, size: int) -> None:
    flow = _Flow()
    while (left := size - flow.moved) > 0:
        at = flow.moved % len(_NOISE)
        piece = _NOISE[at : at + min(_PIECE, left)]
        await answer.write(piece)
        await flow.passed(len(piece))


async def _receive(request: web.Request, flow: _Flow) -> None:
    async for piece in request.content.iter_any():
        if flow.moved + len(piece) > MOST_BYTES:
            raise Refusal("too_large")
        await flow.passed(len(piece))


class _Flow:
    """Counts what has moved, and holds it to the rate."""

    def __init__(self) -> None:
        self.moved = 0
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()

    async def passed(self, size: int) -> None:
        self.moved += size
        ahead_s = self._began + self.moved * 8 / RATE_BPS - self._loop.time()
        if ahead_s > 0:
            await asyncio.sleep(ahead_s)
