"""The table of contents: builds every part of the hub in order, and takes them down the other way round."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from aiohttp import web

from hub import __version__, demo
from hub.clock import Clock, SystemClock
from hub.config import Settings
from hub.domain import organisation
from hub.errors import CannotStart
from hub.http import keys, tls
from hub.http.auth import Auth
from hub.http.bodies import MAX_BYTES
from hub.http.middleware import add_headers, explain, measure
from hub.http.pages import BESIDE_THE_PROGRAM, Pages
from hub.http.routes import add_routes
from hub.http.tokens import Tokens
from hub.live.streams import Streams
from hub.storage.credentials import Credentials
from hub.storage.datadir import DataDir
from hub.storage.sqllog import open_log
from hub.tasks import Tasks
from signaling.vocabulary import About, DemoAccount

_log = logging.getLogger(__name__)

_OTHER_WRITERS_S = 2.0
_GOODBYE_S = 3.0


@dataclass(frozen=True, slots=True)
class Hub:
    """A running hub, for those who started it."""

    settings: Settings
    url: str
    about: About
    app: web.Application
    certificate: Path | None


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Hub]:
    """Everything there is, from the disk up to the port; whatever was started is closed again."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        # ground and storage
        data = DataDir(settings.data_dir).lock()
        stack.callback(data.close)
        log = open_log(data.path)
        stack.push_async_callback(log.close)
        credentials = Credentials(log.engine, clock)
        stack.push_async_callback(credentials.close)
        tasks = Tasks("hub")
        stack.push_async_callback(tasks.close)

        # what is going on
        streams = Streams(log, clock)
        stack.push_async_callback(streams.close)
        if settings.demo:
            await demo.prepare(streams, credentials, settings.demo_password)
        tasks.start(_follow_other_writers(streams), "following the command line")

        # the doors
        auth = Auth(streams, credentials, _tokens(data, clock, settings))
        about = _about(settings)
        app = _application(settings)
        app[keys.SETTINGS], app[keys.CLOCK], app[keys.ABOUT] = settings, clock, about
        app[keys.LOG], app[keys.STREAMS], app[keys.AUTH] = log, streams, auth
        certificate, port = await _open_door(app, settings, data, stack)
        yield Hub(settings, _url(settings, port), about, app, certificate)
        _log.info("stopping")


async def _follow_other_writers(streams: Streams) -> None:
    """`huishang account ...` writes to the log of a running hub; it takes effect without a restart."""
    while True:
        await asyncio.sleep(_OTHER_WRITERS_S)
        await streams.refresh(organisation.STREAM)


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


def _application(settings: Settings) -> web.Application:
    app = web.Application(middlewares=[measure, explain], client_max_size=MAX_BYTES)
    app.on_response_prepare.append(add_headers)
    add_routes(app, Pages(Path(settings.web) if settings.web else BESIDE_THE_PROGRAM))
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
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, address.host, address.port, ssl_context=context).start()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"地址 {address} 已被其他程序占用，请先停止它，或用 --listen 另选端口。",
                f"The address {address} is in use by another program; stop it or choose another (--listen).",
            ) from error
        raise CannotStart(
            f"无法在 {address} 上监听：{error.strerror}", f"Cannot listen on {address}: {error.strerror}"
        ) from error
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
