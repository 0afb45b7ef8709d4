"""No frame and no route carries a byte of others' to a city or a department (rules T8, T9, E8).

Everything is written, shared and answered at random, each time with a word of its own. Then every frame that
their pages have received, and every route that there is, is searched for words that were never shown to them.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from hub.domain.event import Actor, Command
from hub.domain.item import Annotate, AssignItem, EditItem, ShareItem, VoidItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.reach import may_follow, workspace_for
from hub.domain.track import MoveTrack, NotePhoned, Progress, Urge
from hub.domain.workspace import NoteEntry
from hub.errors import Refusal
from hub.http.keys import SESSIONS, STREAMS
from hub.live.boards import units_of
from tests.support.affair import UNITS, Affair
from tests.support.live import Page, new_op
from tests.support.served import Answer, Client, served

VIEWERS = ("xinyang", "yingji")
STEPS = 110
KINDS_OF_UNITS = (BoardKind.SITUATION, BoardKind.REPORT, BoardKind.RESOURCE, BoardKind.KEYEVENT)
TRACKED = (BoardKind.INSTRUCTION, BoardKind.WARNING, BoardKind.HAZARD, BoardKind.TASK)
FORMS = ("csv", "xlsx", "pdf", "docx")
OFFICE_PAPER, OFFICE_ENTRY = "pp-1", "de-1"

PUBLIC = {"/socket.io/", "/healthz", "/readyz", "/metrics", "/{path}"}
"""Routes that tell nothing of anybody's, or (Socket.IO) whose frames are looked at one by one."""


def _given(**fields: str) -> Any:
    return {name: value for name, value in fields.items() if value}


class House:
    """The hub, two incidents, a session on the first; ``shown``: the words each viewer was ever shown."""

    def __init__(self, client: Client, seed: int) -> None:
        self.client = client
        self.random = Random(seed)
        self.first, self.second = Affair(client, "i-1"), Affair(client, "i-2")
        self.words: list[str] = []
        self.shown: dict[str, set[str]] = {viewer: set() for viewer in VIEWERS}
        self.actors: dict[str, Actor] = {}
        self.pages: dict[str, Page] = {}
        self.sessions: list[str] = []
        self.digests: set[str] = set()

    def word(self) -> str:
        self.words.append(f"zz{len(self.words):03}{self.random.randrange(16**6):06x}zz")
        return self.words[-1]

    async def open(self) -> None:
        await self.first.open(title="两市强降雨")
        await self.second.open(title=self.word(), units=("kaifeng",))
        for viewer in VIEWERS:
            self.actors[viewer] = await self.first.actor(viewer)
            self.pages[viewer] = await self.page(viewer)
            await self.pages[viewer].follow(self.first.stream)
        for title, venues in (("联合会商", ["xinyang", "kaifeng"]), (self.word(), ["kaifeng"])):
            self.first.enter("officer")
            wish = {"title": title, "kind": "consultation", "venues": venues}
            self.sessions.append((await self.client.ask("POST", "/api/sessions", wish)).body["id"])
        await self.note()

    async def page(self, account: str) -> Page:
        self.first.enter(account)
        page = Page(self.client.hub.url, {"token": self.client.token, "page": None})
        await page.connect()
        return page

    async def note(self) -> None:
        """Which words each viewer is shown at this moment."""
        for affair in (self.first, self.second):
            state = await affair.state()
            for viewer, actor in self.actors.items():
                if may_follow(state, actor):
                    told = msgspec.json.encode(workspace_for(state, actor)).decode()
                    self.shown[viewer].update(re.findall(r"zz\d{3}[0-9a-f]{6}zz", told))

    async def step(self) -> None:
        """One thing happens, or is refused."""
        affair = self.first if self.random.random() < 0.85 else self.second
        by = self.random.choice(("officer", "officer", *UNITS))
        try:
            await self.happen(affair, by)
        except Refusal:
            return
        await self.note()

    async def happen(self, affair: Affair, by: str) -> None:
        state, random = await affair.state(), self.random
        units = tuple(random.sample(UNITS, random.randrange(len(UNITS) + 1)))
        item_id = random.choice([*state.items, ""])
        seat = "office" if by == "officer" else by
        match random.randrange(10):
            case 0 | 1 | 2 if by == "officer":
                kind = random.choice((*TRACKED, *KINDS_OF_UNITS))
                secret = self.word() if kind in (BoardKind.REPORT, BoardKind.INSTRUCTION) else ""
                text, reach = self.word(), random.choice((None, *Reach))
                await affair.adds(by, kind, text, units=units, reach=reach, **_given(proposal=secret))
            case 0 | 1 | 2:
                await affair.adds(by, random.choice(KINDS_OF_UNITS), self.word(), source=self.word())
            case 3 | 4:
                name = random.choice(("place", "body", "proposal", "source"))
                version = state.items[item_id].version if item_id else 1
                await affair.does(
                    by, EditItem(item_id=item_id, base_version=version, fields={name: self.word()})
                )
            case 5:
                await affair.does(by, self.asks(by, item_id, seat))
            case 6:
                known = list(units) if state.items else []
                await affair.does(
                    by, ShareItem(item_id=item_id, reach=random.choice(list(Reach)), shared=known)
                )
            case 7:
                await affair.does(
                    by, Annotate(item_id=item_id, text=self.word(), office=random.random() < 0.3)
                )
            case 8:
                await self.hang(affair, by, item_id)
            case _:
                await affair.does(by, await self.office(affair, item_id, units))

    def asks(self, by: str, item_id: str, seat: str) -> Command:
        """What a unit answers, or what the office asks once more."""
        if by == "officer":
            return Urge(item_id=item_id, seats=list(UNITS))
        progress = self.random.choice((Progress.READ, Progress.SIGNED, Progress.REPLIED))
        text = self.word() if progress is Progress.REPLIED else ""
        return MoveTrack(item_id=item_id, seat=seat, state=progress, text=text)

    async def office(self, affair: Affair, item_id: str, units: tuple[str, ...]) -> Command:
        match self.random.randrange(4):
            case 0:
                return NoteEntry(when_ms=affair.now_ms(), text=self.word())
            case 1:
                return AssignItem(item_id=item_id, units=await units_of(self.client.hub.app[STREAMS], units))
            case 2:
                return NotePhoned(item_id=item_id, seat="kaifeng", reached=False, note=self.word())
            case _:
                return VoidItem(item_id=item_id, reason=self.word())

    async def hang(self, affair: Affair, by: str, item_id: str) -> None:
        affair.enter(by)
        word = self.word()
        content = f"{word} in the file".encode()
        answer = await self.client.ask("POST", f"/api/attachments?name={word}.txt", content)
        assert answer.status in (201, 429), answer
        if answer.status == 201 and item_id:
            self.digests.add(answer.body["digest"])
            command_page = self.pages.get(by) or await self.page(by)
            wish = {"stream": affair.stream, "item_id": item_id, "attachment": answer.body}
            await command_page.client.call("item.attach", {"op": new_op(), **wish}, timeout=30)
            if by not in self.pages:
                await command_page.close()

    # --- what is asked at the end ---------------------------------------------------------------

    async def of_the_office(self) -> None:
        """A paper, a line of the duty log and of the timeline, a marker: they are nobody else's."""
        await self.first.does("officer", NoteEntry(when_ms=self.first.now_ms(), text=self.word()))
        page = await self.page("officer")
        await page.wish("duty.write", entry_id=OFFICE_ENTRY, kind="key", text=self.word())
        await page.wish("paper.draft", paper_id=OFFICE_PAPER, kind="brief", incident=self.second.stream)
        now_ms = self.first.now_ms()
        for running in self.client.hub.app[SESSIONS].summaries.running:
            mark = {
                "mark_id": "m-1",
                "kind": "key",
                "label": self.word(),
                "note": self.word(),
                "at_ms": now_ms,
            }
            await page.wish("recording.mark", recording_id=running.recording_id, **mark)
        await page.close()

    async def fillings(self) -> dict[str, list[str]]:
        """What stands in for each part of a path: all that there is, also what is not the asker's."""
        states = [await affair.state() for affair in (self.first, self.second)]
        sessions = self.client.hub.app[SESSIONS].summaries.running
        return {
            "stream": [self.first.stream, self.second.stream, *(each.boards for each in sessions)],
            "item": [item_id for state in states for item_id in state.items],
            "board": [*dict.fromkeys(board for state in states for board in state.boards)],
            "digest": sorted(self.digests),
            "form": [form for form in FORMS if form != "docx"],
            "kind": ["csv", "docx", "pdf"],
            "session": self.sessions,
            "recording": [each.recording_id for each in sessions],
            "paper": [OFFICE_PAPER],
            "check": ["none"],
            "rollcall": ["none"],
            "track": ["none"],
            "watch": ["none"],
            "export": ["none"],
            "n": ["0"],
        }


QUERIES: dict[str, list[str]] = {
    "/api/workspaces/{stream}/timeline": ["?limit=200&noise=1", "?q=zz&limit=200", "?kind=session"],
    "/api/duty/at": ["?at_ms=1784512800000"],
    "/api/check/down": ["?bytes=10"],
}
"""Routes that are asked with more than a path."""


def paths(canonical: str, filled: dict[str, list[str]], random: Random) -> Iterator[str]:
    """All of a route's addresses, and of those that are very many a part; a part of a path that nobody has
    named is a KeyError, so that a new route is thought of here."""
    names = re.findall(r"\{(\w+)\}", canonical)
    every = list(itertools.product(*(filled[name] for name in names)))
    for values in random.sample(every, min(len(every), 60)):
        path = canonical
        for name, value in zip(names, values, strict=True):
            path = path.replace(f"{{{name}}}", value.replace(":", "%3A"), 1)
        for query in QUERIES.get(canonical, [""]):
            yield path + query


def bytes_of(answer: Answer) -> str:
    """Everything that was received, headers too; what is packed is unpacked."""
    body = answer.body
    if isinstance(body, bytes) and body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    text = (
        body.decode("utf-8", "replace") if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False)
    )
    return f"{dict(answer.headers)} {text}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 2026])
async def test_E8_no_frame_and_no_route_has_a_byte_of_others(tmp_path: Path, seed: int) -> None:
    async with served(tmp_path / "var", **{"recording.seats_may_review": True}) as client:
        house = House(client, seed)
        await house.open()
        for _ in range(STEPS):
            await house.step()
        await house.of_the_office()
        await _settled(house)
        filled = await house.fillings()
        for viewer in VIEWERS:
            foreign = set(house.words) - house.shown[viewer]
            assert len(foreign) > 20, "there is much that is not for this viewer"
            assert len(house.shown[viewer]) > 20, "and much that is"
            page = house.pages[viewer]
            frames = json.dumps(page.pushes, ensure_ascii=False, default=str)
            assert _in(foreign, frames) == set()
            seen: set[str] = set()
            for canonical in _routes(client):
                for path in paths(canonical, filled, house.random):
                    house.first.enter(viewer)
                    got = bytes_of(await client.ask("GET", path))
                    assert _in(foreign, got) == set(), path
                    seen |= _in(house.shown[viewer], got)
            for word in sorted(foreign):
                found = await client.ask("GET", f"/api/search?q={word}")
                assert found.body["rows"] == [], word
                assert (await client.ask("GET", f"/api/recordings?q={word}")).body["rows"] == [], word
            assert len(seen) > 20, "the routes do tell what is this viewer's"
        for page in house.pages.values():
            await page.close()


async def _settled(house: House) -> None:
    """Each page has heard the last event."""
    stream = house.first.stream
    _, seq = await house.client.hub.app[STREAMS].state(stream)
    for page in house.pages.values():
        await page.until(lambda page=page: page.seqs[stream] >= seq)  # type: ignore[misc]


def _routes(client: Client) -> list[str]:
    """The paths of all GET routes; those of ``PUBLIC`` aside."""
    known: Any = client.hub.app.router.routes()
    return sorted({r.resource.canonical for r in known if r.method == "GET" and r.resource} - PUBLIC)


def _in(words: set[str], text: str) -> set[str]:
    return words & set(re.findall(r"zz\d{3}[0-9a-f]{6}zz", text))
