"""python-socketio's own emit, with the same parser: whatever one page saves, all pages are sent.

``python -m bench.emitter PORT``
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import socketio
import uvloop
from aiohttp import web


async def serve(port: int) -> None:
    server = socketio.AsyncServer(
        async_mode="aiohttp", serializer="msgpack", transports=["websocket"], cors_allowed_origins=[]
    )

    async def connect(sid: str, environ: dict[str, Any], auth: object = None) -> None:
        await server.enter_room(sid, "board")

    async def save(sid: str, body: dict[str, Any]) -> dict[str, bool]:
        await server.emit("events", body, room="board")
        return {"ok": True}

    server.on("connect", connect)
    server.on("save", save)
    app = web.Application()
    server.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
