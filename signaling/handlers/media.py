"""Offers of a page that sits in a venue; the page's id owns the connections."""

from __future__ import annotations

from hub.domain.event import Role
from hub.errors import Refusal
from hub.live.rights import check_venues
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.media_vocabulary import (
    MediaAnswer,
    MediaClose,
    MediaLayers,
    MediaPublish,
    MediaRelays,
    MediaRestart,
    MediaSubscribe,
    MediaView,
    Relays,
    Slot,
    Slots,
)
from signaling.messages import Nothing


async def publish(hub: Services, line: Line, request: MediaPublish) -> MediaAnswer:
    venue = await hub.sessions.check_seated(request.session_id, line.actor, line.page)

    def ask_for(resource: str, encodings: dict[str, list[str]]) -> None:
        push = MediaLayers(session_id=request.session_id, resource=resource, encodings=encodings)
        hub.delivery.push(line.page, push)

    answer = await hub.media.publish(
        request.session_id, venue, request.sdp, request.sources, owner=line.page, on_layers=ask_for
    )
    return MediaAnswer(resource=answer.resource, sdp=answer.sdp)


async def subscribe(hub: Services, line: Line, request: MediaSubscribe) -> MediaAnswer:
    is_guest, venue = line.actor.role is Role.GUEST, None
    if line.actor.role is not Role.WALL:
        venue = await hub.sessions.check_seated(request.session_id, line.actor, line.page)
    elif not hub.walls.shows(line.actor, request.session_id):  # W3, W4: it looks on, and is nobody's venue
        raise Refusal("forbidden")

    def show(resource: str, slots: list[Slot]) -> None:
        if is_guest:  # who is heard, and who is not seen, is not said to it (P13)
            slots = [slot for slot in slots if slot.kind == "video"][:1]
        push = Slots(session_id=request.session_id, resource=resource, slots=slots)
        hub.delivery.push(line.page, push)

    answer = await hub.media.subscribe(
        request.session_id,
        venue,
        request.sdp,
        owner=line.page,
        own=False,
        content=None if is_guest else request.content,
        on_slots=show,
        guided=is_guest,
    )
    return MediaAnswer(resource=answer.resource, sdp=answer.sdp)


async def restart(hub: Services, line: Line, request: MediaRestart) -> MediaAnswer:
    answer = await hub.media.restart(
        request.resource, request.sdp, request.sources, content=request.content, owner=line.page
    )
    return MediaAnswer(resource=answer.resource, sdp=answer.sdp)


async def view(hub: Services, line: Line, request: MediaView) -> Nothing:
    seen = hub.media.describe(request.resource, owner=line.page)
    named = {slot.venue for slot in request.slots if slot.venue is not None}
    if (
        named and line.actor.role is not Role.GUEST
    ):  # whose wishes count for nothing: it learns nothing from them
        await check_venues(hub.streams, seen.session_id, named)
    await hub.media.view(request.resource, request.slots, owner=line.page)
    return Nothing()


async def relays(hub: Services, line: Line, request: MediaRelays) -> Relays:
    return hub.relays.of(line.actor)


async def close(hub: Services, line: Line, request: MediaClose) -> Nothing:
    await hub.media.close_resource(request.resource, owner=line.page)
    return Nothing()
