"""A patched client sends on whatever the chair has said: nobody hears it, and no recorder has it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.chamber import LOUD, Chamber, chamber
from tests.support.rtc import Client, Ledger

OTHER = "jiaotong"


class Hall(NamedTuple):
    """``gongan`` is the patched one; what reaches a listener and a recorder is counted."""

    chamber: Chamber
    listener: Client
    ledger: Ledger

    async def arrived(self) -> int:
        """Packets of sound that the listener's browser has had."""
        stats = (await self.listener.pc.getStats()).values()
        return sum(one.packetsReceived for one in stats if one.type == "inbound-rtp" and one.kind == "audio")

    async def came(self) -> tuple[int, int]:
        return await self.arrived(), self.ledger.packets

    async def check_dropped(self, why: str) -> None:
        """While its pictures go on."""
        await self.listener.watch("1", 0.4)  # what was on its way is there
        before = await self.came()
        await self.listener.watch("1", 1)
        assert await self.came() == before, why
        await self.chamber.officer.until(lambda: self.chamber.level("gongan") == 127)

    async def check_heard(self) -> None:
        before = await self.came()
        while not all(now > then + 10 for now, then in zip(await self.came(), before, strict=True)):
            await self.listener.watch("1", 0.1)
        await self.chamber.officer.until(lambda: self.chamber.level("gongan") < LOUD)


@asynccontextmanager
async def hall(data: Path) -> AsyncIterator[Hall]:
    async with chamber(data, ("gongan", OTHER)) as found:
        await found.send("gongan")
        listener = await found.watch("officer", "audio", "video")
        made = Hall(found, listener, await found.record("gongan"))
        await made.check_heard()
        yield made


Wish = tuple[str, str, dict[str, Any]]

CLOSED: dict[str, tuple[Sequence[Wish], Sequence[Wish]]] = {
    "its microphone is closed": (
        [("officer", "session.mute", {"venue": "gongan", "muted": True})],
        [("officer", "floor.name", {"venue": "gongan"})],
    ),
    "all are closed": (
        [("officer", "session.mute_all", {"muted": True, "self_unmute": True})],
        [("gongan", "floor.open_microphone", {})],
    ),
    "another is named": (
        [("officer", "floor.name", {"venue": OTHER})],
        [("officer", "floor.name", {"venue": "gongan"})],
    ),
    "on request": (
        [("officer", "floor.mode", {"mode": "request"})],
        [("gongan", "floor.request", {}), ("officer", "floor.grant", {"venue": "gongan"})],
    ),
    "silence": (
        [("officer", "floor.mode", {"mode": "silent"})],
        [("officer", "floor.name", {"venue": "gongan"})],
    ),
    "another is asked": (
        [("officer", "rollcall.start", {"venues": [OTHER, "gongan"], "answer_s": 60})],
        [("officer", "rollcall.next", {"venue": OTHER})],
    ),
}
"""What closes it, and what opens it again while that still holds."""


@pytest.mark.parametrize("why", CLOSED)
async def test_F1_F2_M26_who_may_not_speak_is_dropped_in_the_hub(tmp_path: Path, why: str) -> None:
    close, open_again = CLOSED[why]
    async with hall(tmp_path) as made:
        for account, name, body in close:
            await made.chamber.wish(account, name, **body)
        await made.check_dropped(why)
        for account, name, body in open_again:
            await made.chamber.wish(account, name, **body)
        await made.check_heard()


async def test_F1_who_comes_in_while_another_has_the_floor_is_dropped_from_the_first_packet(
    tmp_path: Path,
) -> None:
    async with chamber(tmp_path, ("gongan", OTHER)) as found:
        await found.wish("officer", "floor.name", venue=OTHER)
        await found.send("gongan")
        made = Hall(found, await found.watch("officer", "audio", "video"), await found.record("gongan"))
        await made.check_dropped("another was named before")
        assert made.ledger.packets == 0
