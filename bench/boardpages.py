"""Synthetic pages of an incident: some save items, all of them hear of it.

``python -m bench.boardpages KIND URL PID PAGES EDITS_PER_S SECONDS``, KIND hub or emitter: with the hub the
pages follow an incident and save items on its board; an emitter is sent what the hub would have told them.
Prints one line of JSON: how late each page heard, and what it cost the server.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import sys
import time
from typing import Any

import aiohttp
import uvloop

from bench.organisation import OFFICER, PASSWORD, venue
from bench.processes import cpu_s
from signaling.framing import ACK, CONNECT, EVENT, decode_packet, encode_packet

WRITERS = 10
UNITS = 30
PATIENCE_S = 60.0
BOARD = "situation"


class Page:
    """One line; ``late_ms`` has a figure for everything that it has heard while ``counts`` is set."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self.counts = False
        self.heard_bytes = 0
        self.snapshot_bytes = 0
        self._socket: aiohttp.ClientWebSocketResponse
        self._acks: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._in = asyncio.Event()
        self._news = asyncio.Event()
        self._reading: asyncio.Task[None]

    async def connect(self, http: aiohttp.ClientSession, url: str, auth: dict[str, Any] | None) -> None:
        self._socket = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket", max_msg_size=0)
        self._reading = asyncio.create_task(self._read())
        await self._socket.send_bytes(encode_packet(CONNECT, auth))
        await asyncio.wait_for(self._in.wait(), PATIENCE_S)

    async def ask(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._acks[self._number] = answer
        await self._socket.send_bytes(encode_packet(EVENT, [name, body], self._number))
        found = await asyncio.wait_for(answer, PATIENCE_S)
        if not found["ok"]:
            raise RuntimeError(f"{name}: {found['error']}")
        return found

    async def has_heard(self, expected: int) -> None:
        while len(self.late_ms) < expected:
            self._news.clear()
            await self._news.wait()

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        await self._socket.close()

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                if message.data == "2":  # Engine.IO: a ping
                    await self._socket.send_str("3")
                continue
            packet = decode_packet(message.data)
            if packet.type == EVENT and packet.data[0] == "events":
                self._told(packet.data[1], len(message.data))
            elif packet.type == EVENT and packet.data[0] == "snapshot":
                self.snapshot_bytes = len(message.data)
            elif packet.type == CONNECT:
                self._in.set()
            elif packet.type == ACK and packet.id is not None:
                self._acks.pop(packet.id).set_result(packet.data[0])

    def _told(self, body: dict[str, Any], size: int) -> None:
        if self.counts:
            self.heard_bytes = size
            now_ms = time.time() * 1000
            for recorded in body["events"]:
                saved_ms = float(recorded["event"]["changes"]["text"].partition(" ")[2])
                self.late_ms.append(now_ms - saved_ms)
            self._news.set()


class HubPages:
    """Ten pages of the duty office write, the others belong to units of the incident."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url
        self._stream = ""
        self._versions: dict[str, int] = {}

    async def prepare(self, pages: list[Page]) -> None:
        tokens = [await self._log_in(OFFICER)]
        tokens += await asyncio.gather(*[self._log_in(venue(number)) for number in range(UNITS)])
        for number, page in enumerate(pages):
            token = tokens[0] if number < WRITERS else tokens[1 + number % UNITS]
            await page.connect(self._http, self._url, {"token": token, "page": f"page-{number}"})
        units = [venue(number) for number in range(UNITS)]
        wish = {"op": "open", "header": {"title": "压测事件"}, "units": units}
        self._stream = (await pages[0].ask("incident.open", wish))["result"]["stream"]
        for number in range(WRITERS):
            item = {"board_id": BOARD, "item_id": f"item-{number}", "fields": {"text": "浉河水位"}}
            await pages[0].ask("item.add", {"op": f"add-{number}", "stream": self._stream, **item})
        for page in pages:
            await page.ask("follow", {"stream": self._stream, "since": None})

    async def save(self, page: Page, writer: int, turn: int) -> None:
        text = f"浉河水位2.4米超警戒0.6米 {time.time() * 1000}"
        body = {"stream": self._stream, "item_id": f"item-{writer}", "base_version": turn + 1}
        await page.ask("item.edit", {"op": f"edit-{writer}-{turn}", **body, "fields": {"text": text}})

    async def _log_in(self, account: str) -> str:
        login = {"account": account, "password": PASSWORD}
        async with self._http.post(f"{self._url}/api/login", json=login) as answer:
            answer.raise_for_status()
            token: str = (await answer.json())["token"]
            return token


class EmitterPages:
    """What a page saves is what the hub tells for such an edit, all of it."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url

    async def prepare(self, pages: list[Page]) -> None:
        for page in pages:
            await page.connect(self._http, self._url, None)

    async def save(self, page: Page, writer: int, turn: int) -> None:
        text = f"浉河水位2.4米超警戒0.6米 {time.time() * 1000}"
        actor = {
            "account": OFFICER,
            "person": "王建国",
            "role": "officer",
            "seat": "office",
            "seat_name": "总值班室",
        }
        event = {
            "type": "item.edited",
            "item_id": f"item-{writer}",
            "version": turn + 2,
            "changes": {"text": text},
        }
        stream = "incident:i-1m8f84swn4jasr6b1"
        recorded = {"stream": stream, "seq": turn, "at_ms": round(time.time() * 1000), "actor": actor}
        recorded |= {"event": event, "op": f"edit-{writer}-{turn}"}
        await page.ask("save", {"stream": stream, "events": [recorded]})


async def main(kind: str, url: str, pid: int, count: int, edits_per_s: float, seconds: float) -> None:
    pages = [Page() for _ in range(count)]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        of = (HubPages if kind == "hub" else EmitterPages)(http, url)
        await of.prepare(pages)
        turns = round(edits_per_s * seconds / WRITERS)
        dice = random.Random(count)

        async def write(writer: int) -> None:
            times = sorted(dice.random() * seconds for _ in range(turns))  # people do not take turns
            for turn, at_s in enumerate(times):
                await asyncio.sleep(began + at_s - time.monotonic())
                await of.save(pages[writer], writer, turn)

        gc.freeze()
        for page in pages:
            page.counts = True
        cpu, began = cpu_s(pid), time.monotonic()
        await asyncio.gather(*map(write, range(WRITERS)))
        expected = turns * WRITERS
        await asyncio.wait_for(asyncio.gather(*[page.has_heard(expected) for page in pages]), PATIENCE_S)
        spent_s = cpu_s(pid) - cpu
        late = sorted(ms for page in pages for ms in page.late_ms)
        found = {
            "expected": expected * count,
            "deliveries": len(late),
            "late_ms": late[:: max(1, len(late) // 2_000)] + late[-1:],
            "cpu_s": spent_s,
            "run_s": time.monotonic() - began,
            "bytes": pages[-1].heard_bytes,
        }
        await asyncio.gather(*[page.close() for page in pages])
    print(json.dumps(found))


if __name__ == "__main__":
    kind_, url_, pid_, count_, rate_, seconds_ = sys.argv[1:7]
    uvloop.run(main(kind_, url_, int(pid_), int(count_), float(rate_), float(seconds_)))
