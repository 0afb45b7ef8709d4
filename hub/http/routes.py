"""Every route on one screen: method, path, handler, and who may."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from aiohttp import web
from aiohttp.typedefs import Handler

from hub.http import (
    attachments,
    duty,
    exports,
    guest,
    login,
    maps,
    papers,
    rollcalls,
    sessions,
    spotchecks,
    workspaces,
)
from hub.http.auth import actor_of
from hub.http.bandwidth import Bandwidth
from hub.http.documents import KINDS
from hub.http.health import Readiness, healthz, metrics
from hub.http.pages import Pages
from hub.http.sheets import FORMS
from recordings import exporthttp as exporting
from recordings import http as recordings
from signaling.gateway import Gateway
from signaling.whip import Whip


class Who(Enum):
    """Who gets as far as the handler; what they may do there is for the rules of the noun."""

    ANYBODY = "anybody"
    PERSON = "a person with a valid token"
    HOLDER = "a person, or whoever holds a ticket: the handler checks"


class Route(NamedTuple):
    method: str
    path: str
    handler: Handler
    who: Who


def routes(pages: Pages, gateway: Gateway, whip: Whip) -> list[Route]:
    anybody, person, holder = Who.ANYBODY, Who.PERSON, Who.HOLDER
    session = "/api/sessions/{session}"
    workspace = "/api/workspaces/{stream}"
    attachment = workspace + "/items/{item}/attachments/{digest}"
    resource = session + "/{kind:whip|whep}/{resource}"
    bandwidth = Bandwidth()
    return [
        Route("POST", "/api/login", login.login, anybody),
        Route("POST", "/api/guest", guest.admit, anybody),
        Route("GET", "/api/about", login.about, anybody),
        Route("POST", "/api/sessions", sessions.start, person),
        Route("GET", "/api/sessions", sessions.running, person),
        Route("GET", session, sessions.one, person),
        Route("POST", f"{session}/end", sessions.end, person),
        Route("GET", f"{session}/rollcalls/{{rollcall}}.{{kind}}", rollcalls.export, person),
        Route("POST", f"{session}/whip", whip.publish, person),
        Route("POST", f"{session}/whep", whip.subscribe, person),
        Route("OPTIONS", f"{session}/{{kind:whip|whep}}", whip.options, anybody),
        Route("PATCH", resource, whip.patch, person),
        Route("DELETE", resource, whip.delete, person),
        *_of_recordings(),
        Route("GET", f"/api/spotchecks/{{check}}/table.{{kind:{KINDS}}}", spotchecks.table, person),
        Route("GET", "/api/map", maps.about, person),
        Route("GET", "/api/map/base", maps.base, person),
        Route("GET", f"{workspace}/boards/{{board}}.{{form:{FORMS}}}", exports.board, person),
        Route("GET", f"{workspace}/feedback.{{form:{FORMS}}}", exports.feedback, person),
        Route("GET", f"{workspace}/casualties.{{form:{FORMS}}}", exports.casualties, person),
        Route("GET", f"{workspace}/items/{{item}}/receipts.{{form:{FORMS}}}", exports.receipts, person),
        Route("POST", "/api/attachments", attachments.upload, person),
        Route("GET", f"{attachment}/link", attachments.link, person),
        Route("GET", attachment, attachments.download, holder),
        Route("GET", "/api/search", workspaces.search, person),
        Route("GET", f"{workspace}/timeline", workspaces.timeline, person),
        Route("GET", f"{workspace}/items/{{item}}/history", workspaces.history, person),
        Route("GET", f"/api/papers/{{paper}}.{{kind:{papers.KINDS}}}", papers.download, person),
        Route("GET", "/api/papers/{paper}/verify", papers.verify, person),
        Route("POST", "/api/duty/roster", duty.import_roster, person),
        Route("GET", "/api/duty/roster.csv", duty.roster_file, person),
        Route("GET", "/api/duty/at", duty.was_on_duty, person),
        Route("GET", "/api/duty/log", duty.entries, person),
        Route("GET", "/api/duty/log.{kind}", duty.log_file, person),
        Route("GET", "/api/duty/handovers/{watch}.{kind}", duty.sheet_file, person),
        Route("GET", "/api/check/down", bandwidth.down, person),
        Route("POST", "/api/check/up", bandwidth.up, person),
        Route("GET", "/socket.io/", gateway.handle, anybody),  # the token comes inside
        Route("GET", "/healthz", healthz, anybody),
        Route("GET", "/readyz", Readiness().readyz, anybody),
        Route("GET", "/metrics", metrics, anybody),
        Route("GET", r"/{path:(?!(?:api|socket\.io)(?:/|$)).*}", pages.page, anybody),
    ]


def _of_recordings() -> list[Route]:
    person, holder = Who.PERSON, Who.HOLDER
    recording = "/api/recordings/{recording}"
    return [
        Route("GET", "/api/storage", recordings.get_storage, person),
        Route("GET", "/api/recordings", recordings.list_recordings, person),
        Route("GET", recording, recordings.get_manifest, person),
        Route("GET", f"{recording}/events", recordings.get_history, person),
        Route("GET", f"{recording}/growing", recordings.get_growing, person),
        Route("GET", f"{recording}/log", recordings.get_log, person),
        Route("GET", f"{recording}/log.{{kind:{KINDS}}}", recordings.get_log_file, person),
        Route("GET", f"{recording}/tracks/{{track}}", recordings.get_track, holder),
        Route("GET", f"{recording}/exports", exporting.list_exports, person),
        Route("GET", f"{recording}/exports/{{export}}", exporting.get_export, holder),
        Route(
            "GET",
            f"{recording}/tracks/{{track}}/thumbnails/{{n:\\d{{1,6}}}}",
            recordings.get_thumbnails,
            holder,
        ),
    ]


def add_routes(app: web.Application, table: list[Route]) -> None:
    for method, path, handler, who in table:
        guarded = _guarded(handler) if who is Who.PERSON else handler
        app.router.add_route(method, path, guarded)
        if method == "GET":
            app.router.add_route("HEAD", path, guarded)


def _guarded(handler: Handler) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        await actor_of(request)
        return await handler(request)

    return guarded
