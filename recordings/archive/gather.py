"""Gathers what a package holds beside the tracks: the log, the boards, the page, into a folder of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from hub.domain import recording, session
from hub.domain.event import Actor, Recorded
from hub.domain.reach import sees_all, workspace_for
from hub.domain.recording import Recording
from hub.domain.session import Session
from hub.domain.workspace import Workspace
from hub.domain.workspace_fold import apply
from hub.http.boardtables import board_table
from hub.http.documents import as_csv, day_and_time
from hub.storage.chain import Link
from hub.storage.eventlog import EventLog
from recordings.archive.data import as_script, name_of_track, page_data
from recordings.forms import form_of
from recordings.manifest import PLAYABLE, manifest_of
from recordings.package import SUMS
from recordings.pastboards import boards_during

HERE = Path(__file__).parent
_PAGE = 1_000


class Request(NamedTuple):
    """Whose package it is: what of the boards is in it depends on ``by``."""

    recording: Recording
    session: Session
    by: Actor
    classification: str
    algorithm: str
    made_ms: int

    @property
    def maker(self) -> str:
        return f"{self.by.seat_name or ''} {self.by.person}".strip()

    @property
    def end_ms(self) -> int:
        """What came after the recording was over is no part of the package."""
        return self.recording.stopped_ms or self.made_ms


async def gather(log: EventLog, wish: Request, folder: Path) -> list[str]:
    """Write the files into ``folder``, which is there and empty; their names, in the order of the package."""
    boards = wish.session.boards
    of_session, of_recording, of_boards = await asyncio.gather(
        log.read(session.stream_of(wish.session.session_id)),
        log.read(recording.stream_of(wish.recording.recording_id)),
        log.read(boards),
    )
    items = [each for each in of_boards if each.at_ms <= wish.end_ms]
    excerpt = None if sees_all(wish.by) else items
    await _write_log(log, wish, folder / "events.jsonl", excerpt)
    written = await asyncio.to_thread(_write_rest, wish, folder, [*of_session, *of_recording], items)
    return ["README.txt", "index.html", "data.js", "manifest.json", "events.jsonl", *written, "check.py"]


# --- the log ------------------------------------------------------------------------------------


async def _write_log(
    log: EventLog, wish: Request, path: Path, excerpt: Sequence[Recorded[Any]] | None
) -> None:
    """Whole chains from the first event on; of the boards an excerpt where the reader may not see all."""
    whole = [session.stream_of(wish.session.session_id), recording.stream_of(wish.recording.recording_id)]
    if excerpt is None:
        whole.append(wish.session.boards)
    with path.open("wb") as file:
        for stream in whole:
            # The log of the recording goes on after its end, and says who looked and who took it away.
            until_ms = wish.end_ms if stream == wish.session.boards else wish.made_ms
            async for links in _links(log, stream):
                kept = [link for link in links if link.at_ms <= until_ms]
                await asyncio.to_thread(file.writelines, map(_line, kept))
                if len(kept) < len(links):
                    break
        if excerpt is not None:
            heard = _heard(wish, excerpt)
            await asyncio.to_thread(file.writelines, (msgspec.json.encode(each) + b"\n" for each in heard))


async def _links(log: EventLog, stream: str) -> AsyncIterator[list[Link]]:
    seq = 0
    while links := await log.links(stream, seq, _PAGE):
        yield links
        seq = links[-1].seq


def _line(link: Link) -> bytes:
    """``entry`` last and as it was hashed, so that the plainest program can check it."""
    head = f'{{"algorithm":"{link.algorithm}","hash":"{link.hash.hex()}","entry":'
    return head.encode() + link.entry + b"}\n"


def _heard(wish: Request, items: Sequence[Recorded[Any]]) -> list[Recorded[Any]]:
    """T8: as the reader may know it, from the start of the recording."""
    return boards_during(items, wish.by, wish.recording.started_ms, wish.end_ms).events


# --- the rest -----------------------------------------------------------------------------------


def _write_rest(
    wish: Request, folder: Path, about: list[Recorded[Any]], items: list[Recorded[Any]]
) -> list[str]:
    (folder / "index.html").write_text(page(), "utf-8")
    (folder / "check.py").write_bytes((HERE / "check.py").read_bytes())
    (folder / "README.txt").write_text(_readme(wish), "utf-8")
    places = _places(wish.recording)
    data = page_data(
        wish.recording,
        wish.session,
        sorted([*about, *_heard(wish, items)], key=lambda each: each.at_ms),
        places,
        classification=wish.classification,
        digest=wish.algorithm,
        made_ms=wish.made_ms,
        made_by=wish.maker,
    )
    (folder / "data.js").write_bytes(as_script(data))
    manifest = manifest_of(
        wish.recording,
        wish.session,
        classification=wish.classification,
        ticket_ms=0,
        href=lambda track: places[track.track_id],
    )
    (folder / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return _write_boards(wish, folder, items)


def _places(of: Recording) -> dict[str, str]:
    return {
        track.track_id: name_of_track(track, form_of(track.codec).suffix)
        for track in of.tracks.values()
        if track.state in PLAYABLE
    }


def _write_boards(wish: Request, folder: Path, items: list[Recorded[Any]]) -> list[str]:
    state = Workspace()
    for each in items:
        state = apply(state, each)
    seen = workspace_for(state, wish.by)
    if seen.boards:
        (folder / "boards").mkdir()
    names = []
    for number, board in enumerate(seen.boards.values(), 1):
        name = f"boards/{number:02}-{board.kind}.csv"
        (folder / name).write_bytes(as_csv(board_table(seen, board, secrets=sees_all(wish.by))))
        names.append(name)
    return names


def page() -> str:
    """The page in one file: from a disk a browser loads nothing else but ``data.js`` and the tracks."""
    html = (HERE / "page.html").read_text("utf-8")
    for name in ("page.css", "page.js"):
        html = html.replace(f"/* {name} */", (HERE / name).read_text("utf-8"))
    return html


def _readme(wish: Request) -> str:
    of, sums = wish.recording, SUMS[wish.algorithm]
    marks = [wish.session.classification or wish.classification, *(["演练"] if wish.session.exercise else [])]
    command = f"sha256sum -c {sums}" if wish.algorithm == "sha256" else f"{sums}: SM3 (GB/T 32905)"
    excerpt = (
        ""
        if sees_all(wish.by)
        else "   各板的日志按导出人的可见范围摘录，没有哈希链。\n"
        "   The log of the boards is what the person who made this package may see of it; it has no chain."
    )
    template = (HERE / "README.txt").read_text("utf-8")
    return template.format(
        title=of.title,
        marks=" · ".join(marks),
        recording_id=of.recording_id,
        span=f"{day_and_time(of.started_ms)} - {day_and_time(wish.end_ms)}",
        made=day_and_time(wish.made_ms),
        by=wish.maker,
        sums=sums.ljust(22),
        command=command,
        excerpt=excerpt,
    )
