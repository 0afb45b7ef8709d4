"""All eleven boards with three hours of a flood, written by their units over real lines."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

from hub.domain.kindparts import BoardKind
from tests.support.live import Page

MINUTE_MS = 60_000
CITIES = ("zhengzhou", "kaifeng", "luoyang", "xinxiang", "xinyang", "nanyang", "zhoukou", "zhumadian")
DEPARTMENTS = ("yingji", "qixiang", "shuili", "jiaotong", "gongan")
WRITERS = ("officer", *DEPARTMENTS, *CITIES)


def in_minutes(minutes: int) -> str:
    return str(round(time.time() * 1000) + minutes * MINUTE_MS)


def rows() -> dict[str, list[tuple[str, dict[str, str], dict[str, Any]]]]:
    """By kind of board: who writes, the fields (``@-18``: 18 minutes ago), and what else goes with them."""
    written = json.loads((Path(__file__).parent / "boards.json").read_text("utf-8"))
    return {
        kind: [
            (account, {name: _time(text) for name, text in fields.items()}, more)
            for account, fields, more in each
        ]
        for kind, each in written.items()
    }


def _time(text: str) -> str:
    return in_minutes(int(text[1:])) if text.startswith("@") else text


def seed(url: str, password: str) -> str:
    """Writes all of it and gives the stream; in a thread, for Playwright has the loop of this one."""
    found: list[str] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            found.append(asyncio.run(_seed(url, password)))
        except Exception as fault:  # noqa: BLE001 - it is raised again where the test is
            faults.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]
    return found[0]


async def _seed(url: str, password: str) -> str:
    pages = {account: Page(url, {"token": _token(url, account, password)}) for account in WRITERS}
    await asyncio.gather(*(page.connect() for page in pages.values()))
    office = pages["officer"]
    opened = await office.wish(
        "incident.open",
        header={
            "title": "郑州新乡强降雨防汛",
            "place": "郑州、新乡",
            "occurred_ms": int(in_minutes(-95)),
            "learned_ms": int(in_minutes(-80)),
        },
        level="II",
        status="active",
        units=list(WRITERS[1:]),
        boards=[kind.value for kind in BoardKind],
    )
    stream: str = opened["stream"]
    for kind, written in rows().items():
        for number, (account, fields, more) in enumerate(written):
            await pages[account].wish(
                "item.add",
                stream=stream,
                board_id=kind,
                item_id=f"{kind}-{number}",
                fields=fields,
                **more,
            )
    await _answers(pages, stream)
    for page in pages.values():
        await page.close()
    return stream


async def _answers(pages: dict[str, Page], stream: str) -> None:
    """Some sign, some answer, one is sent back, one asks for more time, one is called."""

    async def track(account: str, item_id: str, state: str, text: str = "", seat: str = "") -> None:
        await pages[account].wish(
            "track.move", stream=stream, item_id=item_id, seat=seat or account, state=state, text=text
        )

    first = "instruction-0"
    for city in CITIES[:5]:
        await track(city, first, "signed")
    await track(
        "zhengzhou", first, "replied", "已排查隧道 38 处、地下商场 16 处，封闭 5 处，其余险情正在处置。"
    )
    await track("kaifeng", first, "replied", "已排查。")
    await track("officer", first, "returned", "请写明排查数量和封闭情况", seat="kaifeng")
    await track("luoyang", first, "working")
    await track("zhengzhou", "instruction-2", "read")
    office = pages["officer"]
    await office.wish("track.urge", stream=stream, item_id=first, seats=["nanyang", "zhoukou"])
    await office.wish(
        "track.phone", stream=stream, item_id=first, seat="zhoukou", reached=False, note="无人接听"
    )
    await pages["luoyang"].wish(
        "track.extend",
        stream=stream,
        item_id=first,
        seat="luoyang",
        due_ms=int(in_minutes(120)),
        reason="山区道路中断",
    )
    await track("zhengzhou", "warning-0", "signed")
    await track("xinxiang", "hazard-1", "signed")
    await office.wish("item.state", stream=stream, item_id="report-0", move="adopt")
    await office.wish("item.annotate", stream=stream, item_id=first, text="洛阳延期拟同意", office=True)
    await office.wish("item.void", stream=stream, item_id="situation-4", reason="省公安厅核实为旧闻")


def _token(url: str, account: str, password: str) -> str:
    wish = urllib.request.Request(
        f"{url}/api/login",
        json.dumps({"account": account, "password": password}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(wish) as answer:
        token: str = json.loads(answer.read())["token"]
        return token
