"""What a handler may reach, by typed key; hub.app puts it there."""

from __future__ import annotations

from aiohttp import web

from hub.clock import Clock
from hub.config import Settings
from hub.http.auth import AUTH
from hub.live.attachments import Attachments
from hub.live.duties import Duties
from hub.live.guests import Guests
from hub.live.search import Search
from hub.live.sessions import Sessions
from hub.live.streams import Streams
from hub.live.timeline import Timelines
from hub.storage.eventlog import EventLog
from signaling.bodies import About

__all__ = [
    "ABOUT",
    "ATTACHMENTS",
    "AUTH",
    "CLOCK",
    "DUTIES",
    "GUESTS",
    "LOG",
    "SEARCH",
    "SESSIONS",
    "SETTINGS",
    "STREAMS",
    "TIMELINES",
]

ATTACHMENTS = web.AppKey("attachments", Attachments)
SETTINGS = web.AppKey("settings", Settings)
ABOUT = web.AppKey("about", About)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
LOG: web.AppKey[EventLog] = web.AppKey("log")
GUESTS = web.AppKey("guests", Guests)
SEARCH = web.AppKey("search", Search)
SESSIONS = web.AppKey("sessions", Sessions)
STREAMS = web.AppKey("streams", Streams)
TIMELINES = web.AppKey("timelines", Timelines)
DUTIES = web.AppKey("duties", Duties)
