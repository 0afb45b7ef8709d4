"""An incident of 1,000 items and 20,000 events: how long it takes to open, in the hub and in a browser."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
import urllib.request
from pathlib import Path

import aiohttp
from playwright.sync_api import Browser

from bench import hub_side
from bench.boardpages import UNITS, Page
from bench.organisation import OFFICER, PASSWORD, found, venue
from bench.processes import Server
from bench.report import middle, say, section
from hub.clock import SystemClock
from hub.domain.deadline import EventLevel
from hub.domain.event import Actor, Event, Recorded, Role
from hub.domain.item import AddItem, EditItem
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import KINDS
from hub.domain.track import Unit
from hub.domain.workspace import Header, Nature, NewBoard, OpenWorkspace, Workspace, WorkspaceEvent, stream_of
from hub.domain.workspace_fold import apply
from hub.domain.workspace_rules import decide
from hub.storage.sqllog import SqlEventLog, open_log
from tests.support.chromium import chromium

ITEMS, EVENTS, ROUNDS = 1_000, 20_000, 5
INCIDENT = "i-large"
STREAM = stream_of(INCIDENT)
BOARDS = (
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.RESOURCE,
    BoardKind.KEYEVENT,
)
BY = Actor(account=OFFICER, person="王建国", role=Role.OFFICER, seat="office", seat_name="总值班室")
_BATCH = 500


async def fill(place: Path) -> None:
    """Before the hub starts on that directory."""
    log = open_log(place / "hub")
    try:
        await _write(log)
    finally:
        await log.close()


async def _write(log: SqlEventLog) -> None:
    at_ms = SystemClock().wall_ms() - EVENTS * 500
    units = [
        Unit(seat=venue(number), name=f"第 {number} 会场", short_name=f"会场 {number}", level="city")
        for number in range(UNITS)
    ]
    boards = [NewBoard(board_id=kind, kind=kind, title=KINDS[kind].zh) for kind in BOARDS]
    opening = OpenWorkspace(
        workspace_id=INCIDENT,
        nature=Nature.INCIDENT,
        number="2026-0001",
        header=Header(title="强降雨防汛", place="信阳市"),
        level=EventLevel.II,
        units=units,
        boards=boards,
    )
    state, waiting = Workspace(), decide(Workspace(), opening, BY, at_ms)
    written = 0
    while written < EVENTS:
        fresh: list[Event] = []
        while waiting:
            for event in waiting:
                number = written + len(fresh) + 1
                recorded = Recorded(stream=STREAM, seq=number, at_ms=at_ms, actor=BY, event=event)
                state = apply(state, recorded)
                fresh.append(event)
            full = len(fresh) >= _BATCH or written + len(fresh) >= EVENTS
            waiting = [] if full else _next(state, written + len(fresh), at_ms)
        at_ms += len(fresh) * 500
        await log.append(STREAM, written, fresh, actor=BY, op=None, at_ms=at_ms)
        written += len(fresh)
        waiting = _next(state, written, at_ms)


def _next(state: Workspace, number: int, now_ms: int) -> list[WorkspaceEvent]:
    """Items first, then edits of them, in turn."""
    if len(state.items) < ITEMS:
        board = BOARDS[number % len(BOARDS)]
        text = f"第 {number} 条：浉河水位 2.4 米，超警戒 0.6 米，转移群众 320 人"
        wish = AddItem(board_id=board, item_id=f"i-{number}", fields={"text": text, "source": "信阳市水利局"})
        return decide(state, wish, BY, now_ms)
    names = list(state.items)
    item = state.items[names[number % len(names)]]
    text = f"第 {number} 次更新：浉河水位 2.{number % 10} 米"
    fields = {"text": text, "place": f"信阳市浉河区 {number % 90} 号断面"}
    return decide(state, EditItem(item_id=item.item_id, base_version=item.version, fields=fields), BY, now_ms)


async def follow(url: str, token: str) -> tuple[float, int]:
    """Seconds from asking to the whole state being there, and its size."""
    page = Page()
    async with aiohttp.ClientSession() as http:
        await page.connect(http, url, {"token": token, "page": f"page-{time.time_ns()}"})
        began = time.perf_counter()
        await page.ask("follow", {"stream": STREAM, "since": None})
        took_s = time.perf_counter() - began
        await page.close()
    return took_s, page.snapshot_bytes


def show(browser: Browser, server: Server, login: str) -> float:
    """Seconds from the address to the first rows of the board, in a browser that has loaded nothing yet."""
    context = browser.new_context()
    context.add_init_script(f"localStorage.setItem('huishang.login', {json.dumps(login)})")
    page = context.new_page()
    began = time.perf_counter()
    page.goto(f"{server.url}/incident/{INCIDENT}", wait_until="commit")
    page.get_by_text("次更新：浉河水位").first.wait_for()
    took_s = time.perf_counter() - began
    context.close()
    return took_s


def _log_in(url: str) -> str:
    wish = json.dumps({"account": OFFICER, "password": PASSWORD}).encode()
    request = urllib.request.Request(f"{url}/api/login", wish, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def run() -> None:
    cold, warm, shown = [], [], []
    size = 0
    for number in range(ROUNDS):
        say(f"opening: round {number + 1} of {ROUNDS}")
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / "hub").mkdir()
            asyncio.run(found(Path(place) / "hub", UNITS))
            asyncio.run(fill(Path(place)))
            with hub_side.resumed(Path(place)) as server:
                login = _log_in(server.url)
                token = json.loads(login)["token"]
                first, size = asyncio.run(follow(server.url, token))
                cold.append(first)
                warm.append(asyncio.run(follow(server.url, token))[0])
                with chromium() as browser:  # it has an event loop of its own, for as long as it lives
                    shown.append(show(browser, server, login))
    title = (
        f"opening, an incident of {ITEMS:,} items and {EVENTS:,} events: {middle(shown) * 1000:.0f} ms "
        "from its address to its rows"
    )
    words = (
        f"The middle of {ROUNDS} rounds, each on a hub that was just started. Cold: the first page that "
        "follows the incident, which the hub reads and folds for it, until its state "
        f"({size / 1e6:.1f} MB) is there; warm: the next page. Shown: from the address in a Chromium with an "
        "empty cache, scripts and all, to the first rows of the board."
    )
    rows = [
        (name, f"{middle(values) * 1000:.0f} ms", f"{max(values) * 1000:.0f} ms")
        for name, values in (("cold", cold), ("warm", warm), ("shown", shown))
    ]
    section(title, words, ("", "middle", "longest"), rows)
