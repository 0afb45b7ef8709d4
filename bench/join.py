"""How long a venue waits for its first picture, in real Chromium, with 0, 30 and 100 other venues there."""

from __future__ import annotations

import json
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bench import hub_side
from bench.crowd import Crowd, crowd
from bench.organisation import PASSWORD, venue
from bench.processes import Server
from bench.report import middle, percentile, say, section
from tests.support.chromium import chromium

OTHERS = (0, 30, 100)
JOINS = 40
SOUNDS, PICTURES = 4, 16  # slots, as our own pages ask for
_WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")


def run() -> None:
    venues = OTHERS[-1] + 2  # the one that joins, and the one that is there before all others
    times: dict[int, list[dict[str, float]]] = {}
    with (
        tempfile.TemporaryDirectory() as place,
        hub_side.running(Path(place), venues) as server,
        crowd(server, venues) as others,
        chromium() as browser,
    ):
        page = browser.new_page()
        page.goto(server.url)
        for count in OTHERS:
            say(f"join: {count} other venues")
            others.fill(count + 1)
            times[count] = _joins(page, server, others, venue(venues - 1), count + 1)
    _report(times)


def _joins(page: Page, server: Server, others: Crowd, account: str, there: int) -> list[dict[str, float]]:
    wish: dict[str, Any] = {
        "path": f"/api/sessions/{others.session}/whep",
        "token": _token(server.url, account),
        "sounds": SOUNDS,
        "pictures": PICTURES,
        "expected": min(there, PICTURES),
    }
    page.evaluate(_WATCH, wish)  # the first loads codecs; nobody calls from a browser that began just now
    return [page.evaluate(_WATCH, wish) for _ in range(JOINS)]


def _token(url: str, account: str) -> str:
    login = json.dumps({"account": account, "password": PASSWORD}).encode()
    request = urllib.request.Request(f"{url}/api/login", login, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        token: str = json.load(answer)["token"]
        return token


def _report(times: dict[int, list[dict[str, float]]]) -> None:
    first = {count: [one["first"] for one in joins] for count, joins in times.items()}
    title = "join, first picture after " + ", ".join(
        [f"{middle(values):.0f} ms ({count} others)" for count, values in first.items()]
    )
    words = (
        "From `new RTCPeerConnection` to the first picture shown (`requestVideoFrameCallback`), in Chromium "
        f"on the loopback: a page that speaks WHEP, with {SOUNDS} slots for sound and {PICTURES} for "
        "pictures like our own. The others are synthetic and send picture (15 a second) and sound. "
        f"{JOINS} joins each, after one that does not count. Offer: made by the "
        "browser alone; answer: the hub's is there; first: of the slot that is filled first; all: of every "
        "slot that shows a venue."
    )
    rows = [
        (
            str(count),
            *[
                f"{statistic(values):.0f} ms"
                for part in ("offered", "answered", "first", "all")
                for values in [[one[part] for one in joins]]
                for statistic in (middle, lambda values: percentile(values, 95))
            ],
        )
        for count, joins in times.items()
    ]
    head = (
        "others",
        "offer, median",
        "95 %",
        "answer, median",
        "95 %",
        "first, median",
        "95 %",
        "all, median",
        "95 %",
    )
    section(title, words, head, rows)
