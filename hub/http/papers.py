"""The office's papers to take away, and their digest taken again, for whoever may read them (N1, N7)."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from aiohttp import hdrs, web

from hub.domain.event import Role
from hub.domain.paper import Paper, ReadPaper, stream_of
from hub.domain.paper_seal import canonical, check, number_of
from hub.http.auth import actor_of
from hub.http.bodies import json_answer
from hub.http.keys import STREAMS
from hub.http.paper import pdf
from hub.http.paperpage import as_html
from hub.http.paperword import as_docx
from hub.live.rights import check_paper

KINDS = "docx|pdf|json"
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}


async def download(request: web.Request) -> web.Response:
    """GET /api/papers/{paper}.docx, .pdf and .json; the last is what the digest is taken of."""
    by = await actor_of(request)
    paper = await check_paper(request.app[STREAMS], request.match_info["paper"], by)
    kind = request.match_info["kind"]
    name = f"{number_of(paper) or '草稿'} {paper.title}.{kind}"
    headers = {
        hdrs.CONTENT_TYPE: _TYPES[kind],
        hdrs.CONTENT_DISPOSITION: f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        hdrs.CACHE_CONTROL: "no-store",
    }
    body = await _body(paper, kind)
    if by.role is Role.SEAT and request.method == hdrs.METH_GET:  # N12: what is taken away is read
        await request.app[STREAMS].execute(stream_of(paper.paper_id), ReadPaper(), by)
    return web.Response(body=body, headers=headers)


async def _body(paper: Paper, kind: str) -> bytes:
    if kind == "json":
        return canonical(paper)
    if kind == "docx":
        return await asyncio.to_thread(as_docx, paper)
    return await pdf(as_html(paper))


async def verify(request: web.Request) -> web.Response:
    """GET /api/papers/{paper}/verify"""
    by = await actor_of(request)
    paper = await check_paper(request.app[STREAMS], request.match_info["paper"], by)
    return json_answer(check(paper)._asdict())
