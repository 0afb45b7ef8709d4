"""WHIP (RFC 9725) and WHEP (its draft): media over HTTP for clients that are not our page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import hdrs, web
from multidict import CIMultiDict

from hub.domain.event import Actor
from hub.errors import Refusal
from hub.ids import new_id
from hub.live.media import Answer, MediaPlane, Resource
from hub.live.relays import RelayCredentials
from hub.live.rights import check_session
from hub.live.sessions import Sessions
from hub.live.streams import Streams
from signaling.negotiation import Direction, plan_publish, write_fragment
from signaling.sdp import check_size, parse_fragment, parse_offer

SDP = "application/sdp"
FRAGMENT = "application/trickle-ice-sdpfrag"

_PATHS = {Direction.PUBLISH: "whip", Direction.SUBSCRIBE: "whep"}


class Whip:
    """The handlers. Routes (hub/http/routes.py), with a token for all but OPTIONS:

    ``POST`` and ``OPTIONS /api/sessions/{session}/whip`` and ``/whep``,
    ``PATCH`` and ``DELETE /api/sessions/{session}/{whip|whep}/{resource}``.
    """

    def __init__(
        self,
        media: MediaPlane,
        sessions: Sessions,
        streams: Streams,
        relays: RelayCredentials,
        actor_of: Callable[[web.Request], Awaitable[Actor]],
    ) -> None:
        self._media = media
        self._sessions = sessions
        self._streams = streams
        self._relays = relays
        self._actor_of = actor_of

    async def publish(self, request: web.Request) -> web.Response:
        """Send for one's own venue, which thereby joins the session (rule M1)."""
        session_id, by = request.match_info["session"], await self._actor_of(request)
        offer = parse_offer(await _offer_of(request))
        await check_session(self._streams, session_id, by)
        # What would be refused must not make the venue come and go.
        plan_publish(offer)
        self._media.check_admission(session_id, by.seat or "", by.account)
        client = new_id("whip")
        venue = await self._sessions.venue_arrived(session_id, by, client)
        gone = partial(self._gone, session_id, venue, client)
        try:
            answer = await self._media.publish(
                session_id, venue, offer, {}, owner=by.account, displace=False, on_over=gone
            )
        except BaseException:  # or the place would be held for a client that never was
            gone("closed")
            raise
        return self._created(answer, session_id, Direction.PUBLISH, by)

    async def subscribe(self, request: web.Request) -> web.Response:
        """Receive: the offer's m-lines are slots. ``?venue=`` asks for one venue."""
        session_id, by = request.match_info["session"], await self._actor_of(request)
        offer = await _offer_of(request)
        session = await check_session(self._streams, session_id, by)
        if not session.running:
            raise Refusal("session.ended")
        want = request.query.get("venue")
        if want is not None and want not in session.venues:
            raise Refusal("session.unknown_venue", venues=[want[:64]])
        answer = await self._media.subscribe(
            session_id, by.seat, offer, owner=by.account, own=True, want=want, displace=False
        )
        return self._created(answer, session_id, Direction.SUBSCRIBE, by)

    async def patch(self, request: web.Request) -> web.Response:
        """An ICE restart. Trickled candidates change nothing: a lite agent sends no checks (204)."""
        resource, found = await self._resource_of(request)
        _check_type(request, FRAGMENT)
        named = parse_fragment(await _text_of(request))
        wanted = request.headers.get(hdrs.IF_MATCH)
        if wanted not in (None, "*", f'"{found.etag}"'):
            raise Refusal("media.stale", etag=found.etag)
        if named is None or named == found.remote:
            return web.Response(status=204)
        if wanted is None:  # RFC 9725, 4.3.3: a restart comes with If-Match
            raise Refusal("media.no_precondition", etag=found.etag)
        restarted = await self._media.restart_ice(resource, named)
        fragment = write_fragment(
            restarted.first_mid, restarted.local, self._media.addresses, self._media.tcp_addresses
        )
        etag = {hdrs.ETAG: f'"{restarted.etag}"'}
        return web.Response(text=fragment, content_type=FRAGMENT, headers=etag)

    async def delete(self, request: web.Request) -> web.Response:
        """The end, said by the client."""
        resource, _ = await self._resource_of(request)
        await self._media.close_resource(resource, "closed")
        return web.Response(status=200)

    async def options(self, request: web.Request) -> web.Response:
        """RFC 9725, 4.2: what may be posted, for anybody to ask."""
        return web.Response(status=204, headers={"Accept-Post": SDP, hdrs.ALLOW: "OPTIONS, POST"})

    async def _resource_of(self, request: web.Request) -> tuple[str, Resource]:
        """Only for the account that made it, and only by its full path."""
        by = await self._actor_of(request)
        resource = request.match_info["resource"]
        found = self._media.describe(resource, owner=by.account)
        path = request.match_info["session"], request.match_info["kind"]
        if path != (found.session_id, _PATHS[found.direction]):
            raise Refusal("media.unknown_resource")
        return resource, found

    def _created(self, answer: Answer, session_id: str, direction: Direction, by: Actor) -> web.Response:
        headers = CIMultiDict(
            {
                hdrs.LOCATION: f"/api/sessions/{session_id}/{_PATHS[direction]}/{answer.resource}",
                hdrs.ETAG: f'"{answer.etag}"',
                "Accept-Patch": FRAGMENT,
            }
        )
        for link in self._relays.links(by):
            headers.add(hdrs.LINK, link)
        return web.Response(status=201, text=answer.sdp, content_type=SDP, headers=headers)

    def _gone(self, session_id: str, venue: str, client: str, reason: str) -> None:
        """Only the client's good-bye takes the venue out; a broken line or a hub that stops does not."""
        self._sessions.venue_gone(session_id, venue, client, lost=reason != "closed")


async def _offer_of(request: web.Request) -> str:
    _check_type(request, SDP)
    accept = request.headers.get(hdrs.ACCEPT, "*/*")
    if not any(kind in accept for kind in (SDP, "application/*", "*/*")):
        raise Refusal("media.not_acceptable", answer=SDP)
    return await _text_of(request)


def _check_type(request: web.Request, expected: str) -> None:
    if request.content_type != expected:
        raise Refusal("media.unsupported_type", expected=expected)


async def _text_of(request: web.Request) -> str:
    body = await request.read()
    check_size(body)
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refusal("media.bad_sdp", reason="not UTF-8") from None
