"""The hub under load: a real process with a demo session; publisher by WHIP, viewers by WHEP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp

from bench.descriptions import offer
from bench.peers import Peer

ROOT = Path(__file__).parents[1]
PASSWORD = "bench-password"


class Server(NamedTuple):
    """A running server: whom to ask, and whose CPU to count."""

    url: str
    pid: int


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(data: Path, core: int) -> Iterator[Server]:
    port, media = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
    command = [sys.executable, "-m", "hub", "serve", "--demo", "--data", str(data)]
    command += ["--listen", f"127.0.0.1:{port}", "--media", f"127.0.0.1:{media}"]
    with (data.parent / "hub.log").open("wb") as log:
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            cwd=ROOT,
            env=os.environ | {"HUISHANG_DEMO_PASSWORD": PASSWORD},
            stdout=log,
            stderr=log,
        )
    try:
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


class HubSide:
    """Asks the hub for connections, as any outside tool does."""

    def __init__(self, http: aiohttp.ClientSession, url: str, password: str = PASSWORD) -> None:
        self._http = http
        self._url = url
        self._password = password
        self._headers: dict[str, str] = {}
        self._session = ""

    async def start(self) -> None:
        login = {"account": "officer", "password": self._password}
        async with self._http.post(f"{self._url}/api/login", json=login) as answer:
            answer.raise_for_status()
            self._headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        wish = {"title": "bench", "kind": "consultation", "venues": ["gongan"]}
        async with self._http.post(f"{self._url}/api/sessions", json=wish, headers=self._headers) as answer:
            answer.raise_for_status()
            self._session = (await answer.json())["id"]

    async def publish(self, peer: Peer) -> None:
        await self._connect(peer, "whip", sends=True)

    async def subscribe(self, peer: Peer) -> None:
        await self._connect(peer, "whep", sends=False)

    async def close(self) -> None:
        return

    async def _connect(self, peer: Peer, kind: str, *, sends: bool) -> None:
        headers = self._headers | {"Content-Type": "application/sdp"}
        path = f"{self._url}/api/sessions/{self._session}/{kind}"
        async with self._http.post(path, data=offer(peer, sends=sends), headers=headers) as answer:
            answer.raise_for_status()
            await peer.connect(await answer.text())
