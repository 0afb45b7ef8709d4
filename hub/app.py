"""The table of contents: builds every part of the hub in order, and takes them down the other way round."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from hub import __version__, demo
from hub.clock import Clock, SystemClock
from hub.config import Address, Settings
from hub.demodata.play import play
from hub.domain import organisation
from hub.domain.deadline import PROFILES, Profile
from hub.errors import CannotStart
from hub.http import keys, tls
from hub.http.auth import Auth, actor_of
from hub.http.bodies import MAX_BYTES
from hub.http.middleware import add_headers, explain, measure
from hub.http.outbound import Outbound
from hub.http.pages import BESIDE_THE_PROGRAM, Pages
from hub.http.routes import Route, add_routes, routes
from hub.http.tokens import Tokens
from hub.live.attachments import SWEEP_S, Attachments
from hub.live.attention import Attention
from hub.live.bookings import Planner
from hub.live.checks import Checks
from hub.live.duties import Duties
from hub.live.dutylog import DutyLog
from hub.live.guests import Guests
from hub.live.hooks import Hooks
from hub.live.incidents import Incidents
from hub.live.media import MediaPlane, MediaSettings
from hub.live.outsiders import Seal
from hub.live.papers import Press, Rubric
from hub.live.plans import Plans
from hub.live.presence import Presence
from hub.live.recorder import RecorderDesk
from hub.live.relays import RelayCredentials
from hub.live.search import Search
from hub.live.sessions import Customs, Sessions
from hub.live.spotchecks import Checking
from hub.live.streams import Streams
from hub.live.timeline import Timelines
from hub.live.touches import Touches
from hub.live.waitlists import WaitLists
from hub.live.walls import Walls
from hub.storage.credentials import Credentials
from hub.storage.datadir import DataDir
from hub.storage.eventlog import EventLog
from hub.storage.objectblobs import blobs_of
from hub.storage.passwords import Passwords
from hub.storage.sqllog import SqlEventLog, open_log
from hub.storage.uploads import Uploads
from hub.tasks import Tasks, in_time
from recordings.http import let_review
from recordings.service import Recordings
from signaling.bodies import About, DemoAccount
from signaling.delivery import Delivery
from signaling.gateway import Gateway
from signaling.handlers.services import Services
from signaling.whip import Whip

_log = logging.getLogger(__name__)

Close = Callable[[], Coroutine[Any, Any, object]]
Closes = Callable[[str, Close], None]

_OTHER_WRITERS_S = 2.0
_GOODBYE_S = 1.0  # for requests under way; those that go on get it once more after being cancelled


@dataclass(frozen=True, slots=True)
class Hub:
    """A running hub, for those who started it."""

    settings: Settings
    url: str
    media: Address
    about: About
    app: web.Application
    certificate: Path | None


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Hub]:
    """Everything there is, from the disk up to the port; whatever was started is closed again, in time."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:

        def closes(what: str, close: Close) -> None:
            stack.push_async_callback(in_time, what, close)

        # ground and storage
        data = DataDir(settings.data_dir).lock()
        stack.callback(data.close)
        log = open_log(data.path)
        closes("the log", log.close)
        credentials = Credentials(log.engine, clock, Passwords(settings.login.hash_kib))
        closes("passwords", credentials.close)
        tasks = Tasks("hub")
        closes("tasks", tasks.close)

        # what is going on
        streams = Streams(log, clock)
        closes("streams", streams.close)
        if settings.demo:
            await _demo(log, clock, streams, credentials, settings)
        media = MediaPlane(clock, _media_settings(settings))
        await _open_media(closes, media, settings)
        delivery = Delivery(streams)
        stack.callback(delivery.close)
        recordings = await _recordings(closes, clock, log, streams, media, delivery, settings)
        sessions = _sessions(clock, streams, delivery, media, settings)
        await sessions.start()
        closes("sessions", sessions.close)
        boards = await _boards(closes, tasks, clock, log, streams, delivery, data, settings)
        checking, planner = await _duties(closes, clock, streams, delivery, sessions, settings)
        # Before those who listen to it: what its end means is noted, and no packet takes time from them.
        closes("media", media.close)
        presence, duties, plans = await _posts(closes, clock, streams, delivery, sessions, planner, settings)
        _follow_other_writers(tasks, streams)
        guests, walls = await _outsiders(data, clock, streams, sessions, delivery, media, stack)

        # the doors
        about = _about(settings)
        auth = Auth(clock, streams, credentials, _tokens(data, clock, settings), guests, walls)
        relays, checks = RelayCredentials(clock, settings.turn), Checks(clock, media)
        closes("self-checks", checks.close)
        live = (clock, streams, sessions, media, delivery)
        files = await _attachments(tasks, data, clock, streams, settings)
        late = (files, duties, plans, recordings.desk, recordings.exports)
        hub = Services(*live, checks, relays, guests, walls, checking, planner, *boards, *late)
        gateway = Gateway(hub, presence, auth, about, pages_max=settings.limits.pages)
        whip = Whip(media, sessions, streams, relays, actor_of)
        app = _application(routes(_pages(settings), gateway, whip))
        app.on_shutdown.append(lambda _: gateway.close())  # else its sockets would hold up the door
        app[keys.SETTINGS], app[keys.ABOUT], app[keys.AUTH] = settings, about, auth
        app[keys.SESSIONS], app[keys.GUESTS] = sessions, guests
        let_review(app, recordings)
        _let_read(app, clock, log, streams, files, _search(closes, tasks, streams), duties)
        certificate, port = await _open_door(app, settings, data, stack)
        media_address = settings.media_address._replace(port=media.port)
        yield Hub(settings, _url(settings, port), media_address, about, app, certificate)
        _log.info("stopping")


async def _demo(
    log: SqlEventLog, clock: Clock, streams: Streams, credentials: Credentials, settings: Settings
) -> None:
    await demo.prepare(streams, credentials, settings.demo_password)
    await play(log, clock, wanted=settings.demo_incident)


async def _boards(
    closes: Closes,
    tasks: Tasks,
    clock: Clock,
    log: EventLog,
    streams: Streams,
    delivery: Delivery,
    data: DataDir,
    settings: Settings,
) -> tuple[Incidents, Touches, WaitLists, Hooks, Press]:
    """What is written together, who is at which item, what waits for whom, who outside is told, papers."""
    attention = Attention(clock, streams, delivery)  # listens from now on
    closes("reminders", attention.close)
    tasks.start(attention.start(), "taking up what waits")
    incidents = Incidents(clock, streams, profile=_profile(settings))
    await incidents.start()
    closes("incidents", incidents.close)
    outbound = Outbound()
    closes("the way out", outbound.close)
    hooks = Hooks(clock, log, streams, delivery, data.secret("hooks.key"), outbound.post)
    await hooks.start()
    closes("hooks", hooks.close)
    press = Press(clock, streams, log, delivery, Rubric(settings.classification, settings.papers.digest))
    await press.start()
    closes("papers", press.close)
    return incidents, Touches(clock, streams, delivery), attention.lists, hooks, press


def _let_read(
    app: web.Application,
    clock: Clock,
    log: EventLog,
    streams: Streams,
    attachments: Attachments,
    search: Search,
    duties: Duties,
) -> None:
    """What the routes read of the log and beside it."""
    app[keys.CLOCK], app[keys.LOG], app[keys.STREAMS] = clock, log, streams
    app[keys.TIMELINES], app[keys.ATTACHMENTS] = Timelines(log, streams), attachments
    app[keys.SEARCH], app[keys.DUTIES] = search, duties


async def _recordings(
    closes: Closes,
    clock: Clock,
    log: EventLog,
    streams: Streams,
    media: MediaPlane,
    delivery: Delivery,
    settings: Settings,
) -> Recordings:
    desk = RecorderDesk(clock, delivery)
    recordings = Recordings(clock, log, streams, media, settings, desk=desk)
    await recordings.start()  # before the sessions: it must not miss what they take up
    closes("recordings", recordings.close)
    return recordings


def _search(closes: Closes, tasks: Tasks, streams: Streams) -> Search:
    search = Search(streams)
    closes("the search", search.close)
    tasks.start(search.start(), "taking up what can be searched")
    return search


async def _attachments(
    tasks: Tasks, data: DataDir, clock: Clock, streams: Streams, settings: Settings
) -> Attachments:
    """Their content lies beside the log, and leaves as much room for it as the recordings do."""
    limits, free = settings.attachments, settings.recording.min_free_bytes
    folder = data.path / "blobs"
    blobs = blobs_of(limits.store, folder, quota_bytes=limits.quota_bytes, min_free_bytes=free)
    attachments = Attachments(
        clock,
        streams,
        blobs,
        Uploads(data.path / "uploads"),
        data.path / "incoming",
        max_bytes=limits.max_bytes,
    )
    await attachments.start()
    tasks.repeat(attachments.sweep, "removing what was uploaded and never attached", SWEEP_S)
    return attachments


async def _outsiders(
    data: DataDir,
    clock: Clock,
    streams: Streams,
    sessions: Sessions,
    delivery: Delivery,
    media: MediaPlane,
    stack: AsyncExitStack,
) -> tuple[Guests, Walls]:
    """Those without an account, once the sessions that they belong to have been taken up."""
    seal = Seal(data.secret("outside.key"))
    guests = Guests(clock, streams, sessions.summaries, delivery, media, seal)
    stack.callback(guests.close)
    walls = Walls(clock, streams, delivery, media, sessions.chores, seal)
    stack.callback(walls.close)
    await walls.start()
    return guests, walls


def _follow_other_writers(tasks: Tasks, streams: Streams) -> None:
    """`huishang account ...` writes to the log of a running hub; it takes effect without a restart."""
    look = partial(streams.refresh, organisation.STREAM)
    tasks.repeat(look, "reading what the command line may have written", _OTHER_WRITERS_S)


def _tokens(data: DataDir, clock: Clock, settings: Settings) -> Tokens:
    return Tokens(
        data.secret("token.key"),
        clock,
        token_ms=round(settings.login.token_hours * 3_600_000),
        ticket_ms=round(settings.login.ticket_hours * 3_600_000),
    )


def _about(settings: Settings) -> About:
    about = About(
        product="会商",
        version=__version__,
        office=settings.office,
        classification=settings.classification,
        demo=settings.demo,
        may_start_paused=settings.recording.may_start_paused,
    )
    if not settings.demo:
        return about
    names = {seat.seat_id: seat for seat in demo.seats()}
    accounts = [
        DemoAccount(
            account=account.account,
            person=account.person,
            role=account.role,
            seat_name=seat.name if (seat := names.get(account.seat_id or "")) else None,
            level=seat.level if seat else None,
        )
        for account in demo.accounts()
    ]
    return msgspec.structs.replace(about, demo_password=settings.demo_password, demo_accounts=accounts)


def _profile(settings: Settings) -> Profile:
    """The limits that an incident opened from now on has."""
    limits = settings.deadlines
    return msgspec.structs.replace(
        PROFILES[limits.profile],
        unread_s=limits.unread_s,
        unconfirmed_s=limits.unconfirmed_s,
        urge_every_s=limits.urge_every_s,
    )


def _sessions(
    clock: Clock, streams: Streams, delivery: Delivery, media: MediaPlane, settings: Settings
) -> Sessions:
    grace_ms = round(settings.presence.drop_grace_s * 1000)
    most = settings.limits.sessions
    customs = Customs(
        ring_ms=round(settings.calls.ring_timeout_s * 1000),
        auto_recall=settings.calls.auto_recall,
        classification=settings.classification,
        profile=_profile(settings),
        may_start_paused=settings.recording.may_start_paused,
    )
    return Sessions(clock, streams, delivery, media, grace_ms=grace_ms, sessions_max=most, customs=customs)


async def _duties(
    closes: Closes, clock: Clock, streams: Streams, delivery: Delivery, sessions: Sessions, settings: Settings
) -> tuple[Checking, Planner]:
    """After the sessions: it reads in them what came of its calls."""
    limits_s = {
        "video_ring_s": settings.checks.video_ring_s,
        "phone_answer_s": settings.checks.phone_answer_s,
    }
    checking = Checking(clock, streams, delivery, sessions, **limits_s)
    await checking.start()
    closes("spot checks", checking.close)
    planner = Planner(clock, streams, delivery, sessions)
    await planner.start()
    closes("bookings", planner.close)
    return checking, planner


async def _posts(
    closes: Closes,
    clock: Clock,
    streams: Streams,
    delivery: Delivery,
    sessions: Sessions,
    planner: Planner,
    settings: Settings,
) -> tuple[Presence, Duties, Plans]:
    """Who is at every seat, who is on shift there and the log of it, and what is planned for the worst."""
    offline_after_ms = round(settings.presence.offline_after_s * 1000)
    presence = Presence(clock, streams, delivery, offline_after_ms=offline_after_ms)
    closes("presence", presence.close)
    duties = Duties(clock, streams, delivery, presence, sessions.summaries, planner)
    await duties.start()
    closes("duty", duties.close)
    duty_log = DutyLog(clock, streams)
    await duty_log.start()
    closes("the duty log", duty_log.close)
    plans = Plans(streams, delivery)
    await plans.start()
    return presence, duties, plans


def _media_settings(settings: Settings) -> MediaSettings:
    address = settings.media_address
    return MediaSettings(
        host=address.host,
        port=address.port,
        announced=settings.announce,
        max_connections=settings.limits.media_connections,
        max_each=settings.limits.media_connections_each,
        protect=settings.limits.protect,
        # 443 for both: then TCP is the door for pages.
        tcp=address.port == 0 or address.port != settings.listen_address.port,
    )


async def _open_media(closes: Closes, media: MediaPlane, settings: Settings) -> None:
    try:
        await media.start()
    except OSError as error:
        raise _cannot_listen(f"UDP {settings.media_address}", "--media", error) from error
    closes("media", media.close)


def _cannot_listen(where: str, option: str, error: OSError) -> CannotStart:
    if error.errno == errno.EADDRINUSE:
        return CannotStart(
            f"地址 {where} 已被其他程序占用，请先停止它，或用 {option} 另选端口。",
            f"The address {where} is in use by another program; stop it or choose another ({option}).",
        )
    why = error.strerror or str(error)
    return CannotStart(f"无法在 {where} 上监听：{why}", f"Cannot listen on {where}: {why}")


def _pages(settings: Settings) -> Pages:
    return Pages(Path(settings.web) if settings.web else BESIDE_THE_PROGRAM)


def _application(table: list[Route]) -> web.Application:
    app = web.Application(middlewares=[measure, explain], client_max_size=MAX_BYTES)
    app.on_response_prepare.append(add_headers)
    add_routes(app, table)
    return app


async def _open_door(
    app: web.Application, settings: Settings, data: DataDir, stack: AsyncExitStack
) -> tuple[Path | None, int]:
    """Listens; the certificate (when there is one) and the port."""
    address = settings.listen_address
    certificate = context = None
    if settings.serves_tls:
        certificate, key = _certificate(settings, data)
        context = tls.server_context(certificate, key)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE_S)
    await runner.setup()
    stack.push_async_callback(in_time, "the doors", runner.cleanup)
    try:
        await web.TCPSite(runner, address.host, address.port, ssl_context=context).start()
    except OSError as error:
        raise _cannot_listen(str(address), "--listen", error) from error
    return certificate, int(runner.addresses[0][1])


def _certificate(settings: Settings, data: DataDir) -> tuple[Path, Path]:
    if settings.tls_cert:
        return Path(settings.tls_cert), Path(settings.tls_key)
    host = settings.listen_address.host
    here = tls.names_of_this_machine() if settings.listen_address.is_wildcard else {host}
    return tls.self_signed(data.path, {*here, *settings.tls_names, *settings.announce})


def _url(settings: Settings, port: int) -> str:
    address = settings.listen_address
    host = address.host
    if address.is_loopback:
        host = "localhost"
    elif address.is_wildcard:
        host = socket.gethostname()
    scheme = "https" if settings.serves_tls else "http"
    return f"{scheme}://{address._replace(host=host, port=port)}"
