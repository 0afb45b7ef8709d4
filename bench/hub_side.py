"""The hub under load: a real process with a session of many venues; media by WHIP and WHEP."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from bench.descriptions import Line, offer
from bench.organisation import OFFICER, PASSWORD, found, venue
from bench.peers import Peer
from bench.processes import SERVER_CORE, Server, free_port, started, wait_until_ready

LOGINS_AT_ONCE = 8


@contextmanager
def running(place: Path, venues: int, *, protected: bool = True, records: bool = True) -> Iterator[Server]:
    """``protected``: it sends less rather than be late, which is no way to measure what sending costs.
    Without ``records`` it believes that the disk is full."""
    (place / "hub").mkdir()
    asyncio.run(found(place / "hub", venues))
    with resumed(place, protected=protected, records=records) as server:
        yield server


@contextmanager
def resumed(place: Path, *, protected: bool = True, records: bool = True) -> Iterator[Server]:
    """A hub on a data directory that is there."""
    data, port, media = place / "hub", free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
    command = [sys.executable, "-m", "hub", "serve", "--data", str(data)]
    command += ["--listen", f"127.0.0.1:{port}", "--media", f"127.0.0.1:{media}"]
    command += ["--limits-protect" if protected else "--no-limits-protect"]
    command += [] if records else ["--recording-min-free-bytes", str(1 << 60)]
    with started(command, SERVER_CORE, place / "hub.log") as pid:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(f"{url}/readyz")
        yield Server(url, pid)


class HubSide:
    """Asks the hub for connections, as any outside tool does: each venue by its own account."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.session = ""
        self._http = http
        self._url = url
        self._tokens: list[str] = []
        self._officer = ""

    async def start(self, venues: int) -> None:
        officer = self._officer = await self._log_in(OFFICER)
        names = [venue(number) for number in range(venues)]
        for at in range(0, venues, LOGINS_AT_ONCE):
            self._tokens += await asyncio.gather(*map(self._log_in, names[at : at + LOGINS_AT_ONCE]))
        wish = {"title": "压测会商", "kind": "consultation", "venues": names}
        async with self._http.post(
            f"{self._url}/api/sessions", json=wish, headers=_bearer(officer)
        ) as answer:
            answer.raise_for_status()
            self.session = (await answer.json())["id"]

    async def publish(self, number: int, peer: Peer, lines: Sequence[Line]) -> None:
        await self._connect("whip", number, peer, lines)

    async def subscribe(self, number: int, peer: Peer, lines: Sequence[Line]) -> None:
        """A WHEP client is shown all venues, its own among them, as far as its slots go."""
        await self._connect("whep", number, peer, lines)

    async def end(self) -> None:
        """The session ends; this returns when its recording can be reviewed."""
        headers = _bearer(self._officer)
        async with self._http.post(
            f"{self._url}/api/sessions/{self.session}/end", json={}, headers=headers
        ) as answer:
            answer.raise_for_status()
        while True:
            async with self._http.get(f"{self._url}/api/recordings", headers=headers) as answer:
                rows = (await answer.json())["rows"]
            if all(row["state"] == "ready" for row in rows):
                return
            await asyncio.sleep(0.2)

    async def close(self) -> None:
        return

    async def _log_in(self, account: str) -> str:
        login = {"account": account, "password": PASSWORD}
        async with self._http.post(f"{self._url}/api/login", json=login) as answer:
            answer.raise_for_status()
            token: str = (await answer.json())["token"]
            return token

    async def _connect(self, kind: str, number: int, peer: Peer, lines: Sequence[Line]) -> None:
        headers = _bearer(self._tokens[number]) | {"Content-Type": "application/sdp"}
        path = f"{self._url}/api/sessions/{self.session}/{kind}"
        async with self._http.post(path, data=offer(peer, lines), headers=headers) as answer:
            answer.raise_for_status()
            await peer.connect(await answer.text())


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
