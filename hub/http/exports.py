"""Sheets to take away of an incident: boards, feedback, casualties, receipts (rule E3)."""

from __future__ import annotations

from aiohttp import hdrs, web

from hub.domain.event import Actor
from hub.domain.kinds import KINDS
from hub.domain.reach import sees_all, workspace_for
from hub.domain.workspace import Nature, NoteExport, Workspace
from hub.errors import Refusal
from hub.http.auth import actor_of
from hub.http.boardtables import board_table, casualties_table, feedback_table, receipts_table
from hub.http.documents import Table, day_and_time
from hub.http.keys import CLOCK, SETTINGS, STREAMS
from hub.http.sheets import export
from hub.live.rights import check_workspace


async def board(request: web.Request) -> web.Response:
    """GET /api/workspaces/{stream}/boards/{board}.{csv|xlsx|pdf}"""
    by, seen = await _seen(request)
    of = seen.boards.get(request.match_info["board"])
    if of is None:
        raise Refusal("board.unknown")
    table = board_table(seen, of, secrets=sees_all(by))
    return await _answer(request, seen, table, KINDS[of.kind].zh, "board", of.board_id)


async def feedback(request: web.Request) -> web.Response:
    """GET /api/workspaces/{stream}/feedback.{csv|xlsx|pdf}"""
    _, seen = await _seen(request)
    table = feedback_table(seen, request.app[CLOCK].wall_ms())
    return await _answer(request, seen, table, table.title, "feedback")


async def casualties(request: web.Request) -> web.Response:
    """GET /api/workspaces/{stream}/casualties.{csv|xlsx|pdf}"""
    _, seen = await _seen(request)
    table = casualties_table(seen)
    return await _answer(request, seen, table, table.title, "casualties")


async def receipts(request: web.Request) -> web.Response:
    """GET /api/workspaces/{stream}/items/{item}/receipts.{csv|xlsx|pdf}"""
    _, seen = await _seen(request)
    item = seen.items.get(request.match_info["item"])
    if item is None:
        raise Refusal("board.unknown_item")
    table = receipts_table(seen, item)
    return await _answer(request, seen, table, table.title, "receipts", item.item_id)


async def _seen(request: web.Request) -> tuple[Actor, Workspace]:
    """The workspace as whoever asks sees it."""
    by = await actor_of(request)
    state = await check_workspace(request.app[STREAMS], request.match_info["stream"], by)
    return by, workspace_for(state, by)


async def _answer(
    request: web.Request, seen: Workspace, table: Table, name: str, what: str, key: str = ""
) -> web.Response:
    """The file, once it is noted that it was taken; who only asks whether it is there takes nothing."""
    by, form = await actor_of(request), request.match_info["form"]
    now_ms = request.app[CLOCK].wall_ms()
    answer = await export(_whole(request, seen, table, by, now_ms), form, _file_name(seen, name, now_ms))
    if request.method == hdrs.METH_GET:
        stream = request.match_info["stream"]
        await request.app[STREAMS].execute(stream, NoteExport(what=what, key=key, form=form), by)
    return answer


def _whole(request: web.Request, seen: Workspace, table: Table, by: Actor, now_ms: int) -> Table:
    """With whose incident it is, who takes it away and when, and the marking."""
    about = f"{seen.number}　{seen.header.title}".strip()
    marks = [request.app[SETTINGS].classification, *(["演练"] if seen.exercise else [])]
    facts = [
        *([f"事件：{about}"] if seen.nature is Nature.INCIDENT else [about]),
        *table.facts,
        f"导出：{f'{by.seat_name or str()} {by.person}'.strip()}　{day_and_time(now_ms)}",
    ]
    title = f"{table.title}（演练）" if seen.exercise else table.title
    return table._replace(title=title, facts=facts, marking=" · ".join(marks), made_ms=now_ms)


def _file_name(seen: Workspace, name: str, now_ms: int) -> str:
    """What it is, of which number, as of when: what people have written is not in it."""
    mark = "演练_" if seen.exercise else ""
    at = day_and_time(now_ms).replace(" ", "_").replace(":", "").replace("-", "")
    return "_".join([f"{mark}{name}", *([seen.number] if seen.number else []), at])
