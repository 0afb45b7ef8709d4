"""The real hub in this process, from the disk to the port, and a client that speaks JSON to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from aiohttp import ClientSession

from hub.app import Hub, running
from hub.clock import Clock
from hub.config import Settings, load

PASSWORD = "for-these-tests"
LIGHT_KIB = 64  # of memory to hash it: a thousandth of what an office takes


def settings(data: Path, **options: object) -> Settings:
    """On free ports, with the demo organisation."""
    fixed: dict[str, object] = {
        "listen": "127.0.0.1:0",
        "media": "127.0.0.1:0",
        "data": str(data),
        "demo": True,
        "demo_password": PASSWORD,
        "recording.min_free_bytes": 0,
        "recording.thumbnails": False,
        "login.hash_kib": LIGHT_KIB,
        "limits.protect": False,
    }
    return load(environment={}, options=fixed | options)


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def code(self) -> str:
        """The stable code of a refusal."""
        code: str = self.body["error"]["code"]
        return code


class Client:
    """One tool without a browser; ``login`` remembers the token."""

    def __init__(self, hub: Hub, http: ClientSession) -> None:
        self.hub = hub
        self.token = ""
        self._http = http

    async def ask(
        self, method: str, path: str, body: object = None, *, headers: dict[str, str] | None = None
    ) -> Answer:
        sent = dict(headers or {})
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        data = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        async with self._http.request(
            method, self.hub.url + path, data=data, headers=sent, allow_redirects=False, ssl=False
        ) as answer:
            content = await answer.read()
            is_json = bool(content) and answer.content_type == "application/json"
            return Answer(answer.status, answer.headers, msgspec.json.decode(content) if is_json else content)

    async def login(self, account: str, password: str = PASSWORD) -> Answer:
        self.token = ""
        answer = await self.ask("POST", "/api/login", {"account": account, "password": password})
        if answer.status == 200:
            self.token = answer.body["token"]
        return answer


@asynccontextmanager
async def served(data: Path, clock: Clock | None = None, /, **options: object) -> AsyncIterator[Client]:
    async with running(settings(data, **options), clock) as hub, ClientSession() as http:
        yield Client(hub, http)
