"""For those who watch the hub: is it alive, can it do its work, how busy is it."""

from __future__ import annotations

import asyncio
import logging
import shutil

from aiohttp import web

from hub.errors import Refusal
from hub.http.bodies import json_answer
from hub.http.keys import CLOCK, LOG, SETTINGS
from hub.metrics import CONTENT_TYPE, DISK_FREE_BYTES, exposition

_log = logging.getLogger(__name__)

_KEEP_S = 1.0
_PATIENCE_S = 5.0


async def healthz(_request: web.Request) -> web.Response:
    """The process answers. Nothing else is asked, so that a full disk does not make it restart for ever."""
    return json_answer({"status": "ok"})


class Readiness:
    """Remembers the last check for a second: the route is open to all and each check writes to the disk."""

    def __init__(self) -> None:
        self._checked_at = float("-inf")
        self._problem: Refusal | None = None
        self._lock = asyncio.Lock()

    async def readyz(self, request: web.Request) -> web.Response:
        now = request.app[CLOCK].now()
        async with self._lock:
            if now - self._checked_at > _KEEP_S:
                self._problem = await self._check(request.app)
                self._checked_at = request.app[CLOCK].now()
        if self._problem is not None:
            body = {"status": "unready", "error": self._problem.as_dict()}
            return json_answer(body, status=503)
        return json_answer({"status": "ready"})

    async def _check(self, app: web.Application) -> Refusal | None:
        try:
            await asyncio.wait_for(app[LOG].check(), _PATIENCE_S)
        except Refusal as refusal:
            return refusal
        except Exception:  # noqa: BLE001 - whatever is wrong with the log, the hub is not ready
            _log.exception("the log cannot be written")
            return Refusal("internal")
        return None


async def metrics(request: web.Request) -> web.Response:
    DISK_FREE_BYTES.set(shutil.disk_usage(request.app[SETTINGS].data_dir).free)
    return web.Response(body=exposition(), headers={"Content-Type": CONTENT_TYPE})
