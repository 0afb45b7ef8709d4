"""What the chair's desk asks for: each message becomes one command of the session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain import chair, conduct, floor, picture, rollcall
from hub.domain.event import Command
from hub.domain.session import stream_of
from hub.ids import new_id
from signaling.connection import Line
from signaling.control_vocabulary import SessionEscalate, SessionWish
from signaling.handlers.services import Services
from signaling.messages import Done, Result

Make = Callable[[Any, str], Command]
"""The command that a message means; the second argument is the venue of whoever sends it."""

COMMANDS: dict[str, Make] = {
    "chair.request": lambda wish, own: chair.RequestChair(venue=own),
    "chair.end_request": lambda wish, own: chair.EndChairRequest(venue=wish.venue or own),
    "chair.transfer": lambda wish, own: chair.TransferChair(venue=wish.venue),
    "chair.release": lambda wish, own: chair.ReleaseChair(),
    "chair.take": lambda wish, own: chair.TakeChair(),
    "floor.mode": lambda wish, own: floor.SetSpeakMode(mode=wish.mode),
    "floor.self_unmute": lambda wish, own: floor.AllowSelfUnmute(allowed=wish.allowed),
    "floor.open_microphone": lambda wish, own: floor.OpenMicrophone(venue=own),
    "floor.name": lambda wish, own: floor.NameSpeaker(venue=wish.venue),
    "floor.request": lambda wish, own: floor.RequestFloor(venue=own),
    "floor.grant": lambda wish, own: floor.GrantFloor(venue=wish.venue),
    "floor.end_request": lambda wish, own: floor.EndFloorRequest(venue=wish.venue or own),
    "floor.end_turn": lambda wish, own: floor.EndTurn(),
    "picture.broadcast": lambda wish, own: picture.BroadcastVenue(venue=wish.venue),
    "picture.stop_broadcast": lambda wish, own: picture.StopBroadcast(),
    "picture.carousel": lambda wish, own: picture.StartCarousel(
        kind=wish.kind, venues=wish.venues, interval_s=wish.interval_s
    ),
    "picture.pause": lambda wish, own: picture.PauseCarousel(paused=wish.paused),
    "picture.turn": lambda wish, own: picture.TurnCarousel(),
    "picture.stop_carousel": lambda wish, own: picture.StopCarousel(),
    "picture.layout": lambda wish, own: picture.SetLayout(layout=wish.layout),
    "picture.voice": lambda wish, own: picture.SetVoiceSwitching(on=wish.on),
    "rollcall.start": lambda wish, own: rollcall.StartRollCall(
        rollcall_id=new_id("rc"), venues=wish.venues, answer_s=wish.answer_s
    ),
    "rollcall.answer": lambda wish, own: rollcall.AnswerRollCall(venue=own),
    "rollcall.tick": lambda wish, own: rollcall.TickRollCall(
        rollcall_id=wish.rollcall_id, venue=wish.venue, result=wish.result, note=wish.note
    ),
    "rollcall.next": lambda wish, own: rollcall.NextInRollCall(venue=wish.venue),
    "rollcall.again": lambda wish, own: rollcall.AskAgain(venues=wish.venues),
    "rollcall.end": lambda wish, own: rollcall.EndRollCall(),
    "session.ringing": lambda wish, own: conduct.NoteRinging(venue=own),
    "session.phone": lambda wish, own: conduct.NotePhoneCall(
        venue=wish.venue, name=wish.name, phone=wish.phone, reached=wish.reached, note=wish.note
    ),
    "session.lock": lambda wish, own: conduct.LockSession(locked=wish.locked),
    "session.lock_presentation": lambda wish, own: conduct.LockPresentation(locked=wish.locked),
    "session.plan_end": lambda wish, own: conduct.PlanEnd(ends_ms=wish.ends_ms),
    "session.rename": lambda wish, own: conduct.RenameVenue(venue=wish.venue, short_name=wish.short_name),
    "session.remove": lambda wish, own: conduct.RemoveVenue(venue=wish.venue),
}


def _handler(make: Make) -> Callable[[Services, Line, Any], Awaitable[Result]]:
    async def handle(hub: Services, line: Line, request: SessionWish) -> Done:
        command = make(request, line.actor.seat or "")
        seq = await hub.sessions.control(request.session_id, command, line.actor, request.op)
        return Done(stream=stream_of(request.session_id), seq=seq)

    return handle


HANDLERS = {name: _handler(make) for name, make in COMMANDS.items()}


async def escalate(hub: Services, line: Line, request: SessionEscalate) -> Done:
    seq = await hub.sessions.escalate(request.session_id, request.venue, line.actor, request.op)
    return Done(stream=stream_of(request.session_id), seq=seq)
