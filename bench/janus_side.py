"""Debian's Janus under the same load: its videoroom, over its WebSocket interface."""

from __future__ import annotations

import asyncio
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bench.descriptions import Line, answer, offer
from bench.peers import Peer
from bench.processes import SERVER_CORE, Server, free_port, started

BINARY = Path("/usr/bin/janus")
PLUGINS = Path("/usr/lib/x86_64-linux-gnu/janus")
ROOM = 1234
START_S = 2.0  # it has no door to knock at that says when it is ready

_GENERAL = """
general: {{
    configs_folder = "{folder}"
    plugins_folder = "{plugins}/plugins"
    transports_folder = "{plugins}/transports"
    debug_level = 3
    server_name = "bench"
    session_timeout = 0
    {loops}
}}
media: {{ rtp_port_range = "20000-30000" }}
nat: {{
    ice_lite = true
    full_trickle = false
}}
plugins: {{ disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,\
libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,\
libjanus_videocall.so,libjanus_voicemail.so" }}
transports: {{ disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,\
libjanus_rabbitmq.so" }}
"""
_WEBSOCKETS = """
general: {{ json = "compact" ws = true ws_port = {port} ws_ip = "127.0.0.1" }}
"""
_ROOM = """
general: {{ }}
room-{room}: {{
    description = "bench"
    publishers = 100
    bitrate = 3000000
    videocodec = "vp8"
    audiocodec = "opus"
    record = false
}}
"""


def version() -> str:
    query = ["dpkg-query", "-W", "-f", "${Version}", "janus"]
    found = subprocess.run(query, capture_output=True, text=True, check=False)
    return f"Janus {found.stdout.strip()}"


def installed() -> bool:
    return BINARY.exists()


@contextmanager
def running(place: Path, *, event_loops: int = 0) -> Iterator[Server]:
    """``event_loops`` 0 is Debian's setting: a thread for every connection. With 1 they share one."""
    folder, port = place / f"janus-{event_loops}", free_port(socket.SOCK_STREAM)
    folder.mkdir()
    loops = f"event_loops = {event_loops}" if event_loops else ""
    (folder / "janus.jcfg").write_text(_GENERAL.format(folder=folder, plugins=PLUGINS, loops=loops))
    (folder / "janus.transport.websockets.jcfg").write_text(_WEBSOCKETS.format(port=port))
    (folder / "janus.plugin.videoroom.jcfg").write_text(_ROOM.format(room=ROOM))
    with started([str(BINARY), "-F", str(folder)], SERVER_CORE, place / f"janus-{event_loops}.log") as pid:
        time.sleep(START_S)
        yield Server(f"http://127.0.0.1:{port}", pid)


class JanusSide:
    """One Janus session with a handle for each connection."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url
        self._session = 0
        self._feeds: list[int] = []
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._line: aiohttp.ClientWebSocketResponse
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, venues: int) -> None:
        self._line = await self._http.ws_connect(self._url, protocols=("janus-protocol",))
        self._tasks = [asyncio.create_task(self._listen())]
        self._session = (await self._ask({"janus": "create"}))["data"]["id"]
        self._tasks.append(asyncio.create_task(self._keep_alive()))

    async def publish(self, number: int, peer: Peer, lines: Sequence[Line]) -> None:
        handle = await self._attach()
        joined = await self._message(handle, {"request": "join", "ptype": "publisher", "room": ROOM})
        jsep = {"type": "offer", "sdp": offer(peer, lines)}
        done = await self._message(handle, {"request": "publish"}, jsep)
        await peer.connect(done["jsep"]["sdp"])
        self._feeds.append(joined["plugindata"]["data"]["id"])

    async def subscribe(self, number: int, peer: Peer, lines: Sequence[Line]) -> None:
        """All publishers on one connection, the asker's own among them."""
        handle = await self._attach()
        streams = [{"feed": feed} for feed in self._feeds]
        wish = {"request": "join", "ptype": "subscriber", "room": ROOM, "streams": streams}
        offered = (await self._message(handle, wish))["jsep"]["sdp"]
        jsep = {"type": "answer", "sdp": answer(peer, offered)}
        connecting = asyncio.create_task(peer.connect(offered))
        await self._message(handle, {"request": "start"}, jsep)
        await connecting

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self._line.close()

    async def _attach(self) -> int:
        attached = await self._ask({"janus": "attach", "plugin": "janus.plugin.videoroom"})
        return int(attached["data"]["id"])

    async def _message(
        self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None
    ) -> dict[str, Any]:
        wish: dict[str, Any] = {"janus": "message", "handle_id": handle, "body": body}
        if jsep is not None:
            wish["jsep"] = jsep
        reply = await self._ask(wish)
        data = reply.get("plugindata", {}).get("data", {})
        if "error" in data:
            raise ConnectionError(data["error"])
        return reply

    async def _ask(self, wish: dict[str, Any]) -> dict[str, Any]:
        transaction = secrets.token_hex(8)
        done = self._waiting[transaction] = asyncio.get_running_loop().create_future()
        session = {"session_id": self._session} if self._session else {}
        await self._line.send_json({**wish, **session, "transaction": transaction})
        return await asyncio.wait_for(done, 20)

    async def _listen(self) -> None:
        async for message in self._line:
            body: dict[str, Any] = message.json()
            if body["janus"] == "ack":
                continue  # the event with the same transaction follows
            waiting = self._waiting.pop(body.get("transaction", ""), None)
            if waiting is None:
                continue
            if body["janus"] == "error":
                waiting.set_exception(ConnectionError(str(body["error"])))
            else:
                waiting.set_result(body)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(20)
            await self._ask({"janus": "keepalive"})
