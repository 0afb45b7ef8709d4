"""The two halves of a self-check: what the page sends to the hub, and what comes back to it."""

from __future__ import annotations

from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.media_vocabulary import CheckPublish, CheckSubscribe, MediaAnswer


async def publish(hub: Services, line: Line, request: CheckPublish) -> MediaAnswer:
    answer = await hub.checks.publish(line.page, request.sdp, request.via)
    return MediaAnswer(resource=answer.resource, sdp=answer.sdp)


async def subscribe(hub: Services, line: Line, request: CheckSubscribe) -> MediaAnswer:
    answer = await hub.checks.subscribe(line.page, request.sdp, request.via)
    return MediaAnswer(resource=answer.resource, sdp=answer.sdp)
