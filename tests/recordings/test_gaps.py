"""Which sources are missed, and why, from what is told of connections, lines and venues."""

from __future__ import annotations

from hub.clock import ManualClock
from hub.domain import session
from hub.domain.event import Command
from hub.domain.recording import CloseGap, OpenGap
from hub.domain.session import Source
from recordings.gaps import Gaps
from signaling.media_vocabulary import LineState, VenueLine
from tests.support.studio import CAMERA, MICROPHONE


class Told:
    def __init__(self) -> None:
        self.clock = ManualClock()
        self.commands: list[Command] = []
        self.gaps = Gaps(self.clock, self.commands.append)

    def end(self, reason: str, *sources: Source) -> None:
        """A connection is over, and its sources with it."""
        for source in sources:
            self.gaps.source_ended(source)
        self.gaps.connection_over("yingji", reason)

    def line(self, state: LineState) -> None:
        line = VenueLine(state=state, since_ms=self.clock.wall_ms() - 3000)
        self.gaps.lines([CAMERA, MICROPHONE], {"yingji": line})

    def said(self) -> list[tuple[str, str]]:
        """What was opened, with its reason, and what was closed."""
        found = [
            (one.source, one.reason if isinstance(one, OpenGap) else "closed")
            for one in self.commands
            if isinstance(one, OpenGap | CloseGap)
        ]
        self.commands.clear()
        return found


def test_R15_a_connection_that_is_lost_or_made_anew_leaves_gaps() -> None:
    told = Told()
    told.end("lost", CAMERA, MICROPHONE)
    assert told.said() == [("camera", "line.lost"), ("microphone", "line.lost")]
    told.end("displaced", CAMERA)
    assert told.said() == [("camera", "line.renewed")]
    told.end("ended", CAMERA)
    assert told.said() == []


def test_R15_what_a_venue_switches_off_is_no_gap() -> None:
    told = Told()
    told.gaps.source_ended(CAMERA)
    told.gaps.forget_ended()  # its connection goes on
    told.end("lost", MICROPHONE)
    assert told.said() == [("microphone", "line.lost")]
    told.gaps.happened(session.DevicesSet(venue="yingji", microphone=False, camera=True))
    assert told.said() == [("microphone", "closed")]
    told.line(LineState.LOST)
    assert told.said() == [("camera", "line.lost")]


def test_R15_a_page_that_is_loaded_again_leaves_gaps_whichever_end_is_heard_first() -> None:
    told = Told()
    told.end("closed", CAMERA)
    assert told.said() == []
    told.gaps.happened(session.VenueDropped(venue="yingji"))
    assert told.said() == [("camera", "line.lost")]
    told.end("closed", MICROPHONE)
    assert told.said() == [("microphone", "line.lost")]
    told.gaps.happened(session.VenueReturned(venue="yingji"))
    told.end("closed", CAMERA)
    told.clock.advance(10.0)
    told.gaps.happened(session.VenueDropped(venue="yingji"))
    assert told.said() == []  # that was long before


def test_R15_a_line_that_is_silent_and_comes_back_is_a_gap_from_its_last_sign_of_life() -> None:
    told = Told()
    told.line(LineState.GOOD)
    told.line(LineState.LOST)
    told.line(LineState.LOST)
    (opened, _) = told.commands
    assert isinstance(opened, OpenGap)
    assert opened.from_ms == told.clock.wall_ms() - 3000
    assert told.said() == [("camera", "line.lost"), ("microphone", "line.lost")]
    told.line(LineState.FAIR)
    assert told.said() == [("camera", "closed"), ("microphone", "closed")]


def test_R15_whoever_leaves_is_not_missed() -> None:
    told = Told()
    told.end("lost", CAMERA)
    told.gaps.happened(session.VenueLeft(venue="yingji", reason="lost"))
    assert ("camera", "closed") in told.said()
