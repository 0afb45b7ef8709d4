"""Every request and who handles it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from signaling.connection import Line
from signaling.handlers import (
    booking,
    check,
    control,
    duty,
    hook,
    incident,
    item,
    line,
    media,
    organisation,
    outside,
    paper,
    plan,
    recording,
    session,
    spotcheck,
)
from signaling.handlers.services import Services
from signaling.messages import Result

Handler = Callable[[Services, Line, Any], Awaitable[Result]]
"""The third argument is the request of that name; the schema has made sure of it."""

HANDLERS: dict[str, Handler] = {
    "ping": line.ping,
    "follow": line.follow,
    "unfollow": line.unfollow,
    "session.start": session.start,
    "session.call": session.call,
    "session.answer": session.answer,
    "session.decline": session.decline,
    "session.join": session.join,
    "session.leave": session.leave,
    "session.hang_up": session.hang_up,
    "session.devices": session.devices,
    "session.mute": session.mute,
    "session.mute_all": session.mute_all,
    "session.present": session.present,
    "session.unpresent": session.unpresent,
    "session.mark": session.mark,
    "session.end": session.end,
    "session.escalate": control.escalate,
    **control.HANDLERS,
    **organisation.HANDLERS,
    **plan.HANDLERS,
    **hook.HANDLERS,
    **incident.HANDLERS,
    **item.HANDLERS,
    "media.publish": media.publish,
    "media.subscribe": media.subscribe,
    "media.restart": media.restart,
    "media.view": media.view,
    "media.close": media.close,
    "media.relays": media.relays,
    "guest.invite": outside.invite,
    "guest.withdraw": outside.withdraw,
    "wall.add": outside.add_wall,
    "wall.revoke": outside.revoke_wall,
    "wall.show": outside.show_on_wall,
    "wall.clear": outside.clear_wall,
    "spotcheck.start": spotcheck.start,
    "spotcheck.call": spotcheck.call,
    "spotcheck.judge": spotcheck.judge,
    "spotcheck.add_phone": spotcheck.add_phone,
    "spotcheck.phone": spotcheck.phone,
    "spotcheck.close": spotcheck.close,
    "booking.plan": booking.plan,
    "booking.change": booking.change,
    "booking.cancel": booking.cancel,
    "booking.reply": booking.reply,
    "booking.test": booking.test,
    "booking.start": booking.start,
    **paper.HANDLERS,
    **recording.HANDLERS,
    **duty.HANDLERS,
    "check.publish": check.publish,
    "check.subscribe": check.subscribe,
}
