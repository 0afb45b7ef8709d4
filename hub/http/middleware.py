"""Around every request: its id, its figures, security headers, and one shape for whatever goes wrong."""

from __future__ import annotations

import logging
import secrets
import time

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from hub.errors import Refusal
from hub.http.bodies import refusal_answer
from hub.http.keys import SETTINGS
from hub.metrics import HTTP_REQUESTS, HTTP_SECONDS

_log = logging.getLogger(__name__)

_REQUEST_ID = "X-Request-Id"
_ID = web.RequestKey("request_id", str)

_POLICY = "Content-Security-Policy"

SECURITY_HEADERS = {
    # ws: and wss: beside 'self', which older Chromium forks do not take to cover them. Inline styles
    # are set by the views for positions; there is no inline script anywhere.
    _POLICY: "; ".join(
        (
            "default-src 'self'",
            "connect-src 'self' ws: wss:",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), "
        "autoplay=(self), screen-wake-lock=(self), geolocation=(), payment=(), usb=()"
    ),
}


def policy_with(tiles_origin: str) -> str:
    """The content policy, with a map server of the intranet where one is configured, for pictures alone."""
    policy = SECURITY_HEADERS[_POLICY]
    return policy.replace("img-src 'self'", f"img-src 'self' {tiles_origin}") if tiles_origin else policy


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """For every response, also those that are not ours (files, errors of aiohttp)."""
    settings = request.app.get(SETTINGS)
    if settings is not None and settings.map.tiles_origin:
        response.headers.setdefault(_POLICY, policy_with(settings.map.tiles_origin))
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers[hdrs.SERVER] = "huishang"  # and not which versions of what
    response.headers.setdefault(_REQUEST_ID, request.get(_ID, ""))
    if request.path.startswith("/api/"):
        response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")


@web.middleware
async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost: numbers the request and counts its outcome."""
    request[_ID] = secrets.token_hex(8)
    started = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    finally:
        route = _route_of(request)
        method = request.method if request.method in hdrs.METH_ALL else "other"
        HTTP_REQUESTS.labels(route, method, status).inc()
        HTTP_SECONDS.labels(route).observe(time.perf_counter() - started)


def _route_of(request: web.Request) -> str:
    """The route's pattern, never the path: paths are endless and name sessions."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "none"


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong below leaves as a stable code with its texts in both languages."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return refusal_answer(refusal)
    except web.HTTPMethodNotAllowed as error:
        allow = ", ".join(sorted(error.allowed_methods))
        return refusal_answer(Refusal("method_not_allowed"), allow=allow)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return refusal_answer(Refusal(_CODES.get(error.status, "bad_request")))
    except Exception:  # noqa: BLE001 - the door: a fault of ours is logged and answered like any other
        _log.exception("request failed", extra={"request_id": request[_ID], "route": _route_of(request)})
        return refusal_answer(Refusal("internal", request_id=request[_ID]))


_CODES = {404: "not_found", 413: "too_large", 415: "media.unsupported_type"}
