"""Offers of a page that sits in a venue; the page's id owns the connections."""

from __future__ import annotations

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
    venue = await hub.sessions.check_seated(request.session_id, line.actor, line.page)

    def show(resource: str, slots: list[Slot]) -> None:
        push = Slots(session_id=request.session_id, resource=resource, slots=slots)
        hub.delivery.push(line.page, push)

    answer = await hub.media.subscribe(
        request.session_id,
        venue,
        request.sdp,
        owner=line.page,
        own=False,
        content=request.content,
        on_slots=show,
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
    if named:
        await check_venues(hub.streams, seen.session_id, named)
    await hub.media.view(request.resource, request.slots, owner=line.page)
    return Nothing()


async def relays(hub: Services, line: Line, request: MediaRelays) -> Relays:
    return hub.relays.of(line.actor)


async def close(hub: Services, line: Line, request: MediaClose) -> Nothing:
    await hub.media.close_resource(request.resource, owner=line.page)
    return Nothing()
