"""WHIP and WHEP as an outside tool speaks them: aiohttp, aiortc and the RFC, nothing of our code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.support.rtc import Client

SDP = "application/sdp"
FRAGMENT = "application/trickle-ice-sdpfrag"


@dataclass
class Reply:
    status: int
    headers: Any
    text: str
    code: str = ""


class Tool:
    """One account of the hub at ``url``, asking over HTTP."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self.url = url
        self.token = ""

    async def login(self, account: str, password: str) -> None:
        body = {"account": account, "password": password}
        async with self._http.post(f"{self.url}/api/login", json=body) as answer:
            assert answer.status == 200, await answer.text()
            self.token = (await answer.json())["token"]

    async def start_session(self, *venues: str) -> str:
        body = {"title": "防汛会商", "kind": "consultation", "venues": list(venues)}
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self._http.post(f"{self.url}/api/sessions", json=body, headers=headers) as answer:
            assert answer.status in (200, 201), await answer.text()
            return str((await answer.json())["id"])

    async def send(
        self, method: str, path: str, text: str | bytes | None = None, kind: str | None = None, **headers: str
    ) -> Reply:
        head = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            head["Authorization"] = f"Bearer {self.token}"
        if kind is not None:
            head["Content-Type"] = kind
        async with self._http.request(method, f"{self.url}{path}", data=text, headers=head) as answer:
            body = await answer.text()
            code = (await answer.json())["error"]["code"] if answer.status >= 400 else ""
            return Reply(answer.status, answer.headers, body, code)

    async def connect(self, client: Client, path: str) -> Reply:
        """Offer, answer, and wait until it stands."""
        reply = await self.send("POST", path, await client.offer(), SDP)
        assert reply.status == 201, reply.text
        await client.accept(reply.text)
        return reply
