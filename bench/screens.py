"""Synthetic pages of a consultation: real Socket.IO lines, and when each screen hears of what.

``python -m bench.screens URL VENUES``: the duty office calls them all, they answer one by one, and are called
by roll, with keys for answers. Prints one line of JSON.
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

from bench.hub_side import LOGINS_AT_ONCE
from bench.organisation import OFFICER, PASSWORD, venue
from signaling.framing import ACK, CONNECT, EVENT, decode_packet, encode_packet

ANSWERS_WITHIN_S = 12.0
KEY_S = 0.15  # from being asked on the own screen to the key
PATIENCE_S = 120.0
ROLL_CALL = "roll call"
PHASES = {
    "venue.answered": "answer",
    **dict.fromkeys(("rollcall.started", "rollcall.asked", "rollcall.ticked", "rollcall.ended"), ROLL_CALL),
}


class Screen:
    """One page: what it follows, and for each event how late it was."""

    def __init__(self, account: str) -> None:
        self.account = account
        self.late_ms: dict[str, list[float]] = {}
        self.rang_at_ms = 0.0
        self.rung = asyncio.Event()
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._socket: aiohttp.ClientWebSocketResponse
        self._acks: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._in = asyncio.Event()
        self._reading: asyncio.Task[None]

    async def connect(self, http: aiohttp.ClientSession, url: str) -> None:
        login = {"account": self.account, "password": PASSWORD}
        async with http.post(f"{url}/api/login", json=login) as answer:
            token = (await answer.json())["token"]
        self._socket = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket", max_msg_size=0)
        self._reading = asyncio.create_task(self._read())
        page = {"token": token, "page": f"page-{self.account}"}
        await self._socket.send_bytes(encode_packet(CONNECT, page))
        await asyncio.wait_for(self._in.wait(), PATIENCE_S)

    async def ask(self, name: str, **body: Any) -> dict[str, Any]:
        number = len(self._acks) + 1
        self._acks[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_bytes(encode_packet(EVENT, [name, body], number))
        answer = await asyncio.wait_for(self._acks[number], PATIENCE_S)
        if not answer["ok"]:
            raise RuntimeError(f"{self.account}: {name}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    async def wish(self, name: str, **body: Any) -> dict[str, Any]:
        return await self.ask(name, op=f"{self.account}-{len(self._acks)}", **body)

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        await self._socket.close()

    async def _read(self) -> None:
        async for message in self._socket:
            now_ms = time.time() * 1000
            if message.type is aiohttp.WSMsgType.TEXT:
                if message.data == "2":  # Engine.IO: a ping
                    await self._socket.send_str("3")
                continue
            packet = decode_packet(message.data)
            if packet.type == CONNECT:
                self._in.set()
            elif packet.type == ACK and packet.id is not None:
                self._acks[packet.id].set_result(packet.data[0])
            elif packet.type == EVENT:
                self._pushed(packet.data[0], packet.data[1], now_ms)

    def _pushed(self, name: str, body: dict[str, Any], now_ms: float) -> None:
        if name == "rings" and body["rings"]:
            self.rang_at_ms = self.rang_at_ms or now_ms
            self.rung.set()
        elif name == "events":
            for recorded in body["events"]:
                event = recorded["event"]
                phase = PHASES.get(event["type"])
                if phase is not None:
                    self.late_ms.setdefault(phase, []).append(now_ms - recorded["at_ms"])
                    self.heard.put_nowait(event)


async def keys(screen: Screen, session: str) -> None:
    """Until the run is over: press the key when this venue is asked."""
    while (event := await screen.heard.get())["type"] != "rollcall.ended":
        if event["type"] == "rollcall.asked" and event["venue"] == screen.account:
            await asyncio.sleep(KEY_S)
            await screen.wish("rollcall.answer", session_id=session)


async def chair(screen: Screen, session: str) -> None:
    """Goes on as soon as an answer stands on the own screen."""
    while (event := await screen.heard.get())["type"] != "rollcall.ended":
        if event["type"] == "rollcall.ticked":
            await screen.wish("rollcall.next", session_id=session, venue=event["venue"])


async def consult(officer: Screen, venues: list[Screen]) -> dict[str, Any]:
    accounts = [screen.account for screen in venues]
    called_ms = time.time() * 1000
    started = await officer.wish("session.start", title="压测点名", kind="consultation", venues=accounts)
    session: str = started["session_id"]
    await officer.ask("follow", stream=f"session:{session}", since=None)
    dice = random.Random(len(venues))

    async def come_in(screen: Screen) -> None:
        await asyncio.wait_for(screen.rung.wait(), PATIENCE_S)
        await asyncio.sleep(dice.random() * ANSWERS_WITHIN_S)
        await screen.wish("session.answer", session_id=session)
        await screen.ask("follow", stream=f"session:{session}", since=None)

    await asyncio.gather(*map(come_in, venues))
    screens = (officer, *venues)
    for screen in screens:
        while not screen.heard.empty():
            screen.heard.get_nowait()
    began = time.monotonic()
    running = [keys(screen, session) for screen in venues]
    await asyncio.gather(
        officer.wish("rollcall.start", session_id=session, venues=accounts), chair(officer, session), *running
    )
    return {
        "ring": [screen.rang_at_ms - called_ms for screen in venues],
        **{
            phase: [ms for one in screens for ms in one.late_ms.get(phase, [])]
            for phase in set(PHASES.values())
        },
        "run_s": time.monotonic() - began,
    }


async def main(url: str, count: int) -> None:
    officer, venues = Screen(OFFICER), [Screen(venue(number)) for number in range(count)]
    screens = [officer, *venues]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        for at in range(0, len(screens), LOGINS_AT_ONCE):
            await asyncio.gather(*[one.connect(http, url) for one in screens[at : at + LOGINS_AT_ONCE]])
        gc.freeze()
        found = await consult(officer, venues)
        await asyncio.gather(*[screen.close() for screen in screens])
    print(json.dumps(found))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2])))
