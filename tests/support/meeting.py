"""A consultation in memory, with everybody in it, for tests of the pure rules."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from hub.domain.chair import TransferChair
from hub.domain.event import HUB, Actor, Command, Recorded
from hub.domain.session import (
    AnswerCall,
    DropVenue,
    JoinSession,
    LeaveSession,
    Session,
    SessionEvent,
    Source,
    StartSource,
)
from hub.domain.session_rules import apply
from hub.errors import Refusal
from tests.support.factories import BACKUP, KAIFENG, OFFICER, XINYANG, YINGJI, Stream, start_session

VENUES = (YINGJI, XINYANG, KAIFENG)


def meeting(*venues: Actor, chair: Actor = OFFICER) -> Stream:
    """The duty office and ``venues`` (three branch venues, else) are there; the backup may inherit."""
    stream = Stream("session:s-1")
    stream.do(start_session(*(venues or VENUES), heirs=[BACKUP]), OFFICER)
    stream.do(JoinSession(venue="office"), OFFICER)
    for venue in venues or VENUES:
        stream.do(AnswerCall(venue=venue.seat or ""), venue)
    if chair is not OFFICER:
        stream.do(TransferChair(venue=chair.seat or ""), OFFICER)
    return stream


def sends(stream: Stream, venue: Actor, *names: str) -> None:
    """The venue's camera, microphone or content comes."""
    for name in names:
        kind = "audio" if name == "microphone" else "video"
        seat = venue.seat or ""
        source = Source(source_id=f"{seat}-{name}", venue=seat, name=name, kind=kind, codec="VP8")
        stream.do(StartSource(source=source), HUB)


def lose(stream: Stream, venue: str) -> list[SessionEvent]:
    """Its line breaks and does not come back in time."""
    stream.do(DropVenue(venue=venue), HUB)
    return stream.do(LeaveSession(venue=venue, reason="lost"), HUB)


def refused(stream: Stream, command: Command, by: Actor) -> str:
    """The code; nothing has changed."""
    before = stream.state
    with pytest.raises(Refusal) as refusal:
        stream.do(command, by)
    assert stream.state is before
    return refusal.value.code


def folded(events: Iterable[Recorded[SessionEvent]]) -> Session:
    """The state that the log alone makes."""
    state = Session()
    for recorded in events:
        state = apply(state, recorded)
    return state
