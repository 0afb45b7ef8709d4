"""From the log of a session to what a film of it shows when; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from hub.domain.call import VenueState
from hub.domain.event import Recorded
from hub.domain.floor import TurnKind
from hub.domain.gapwords import gap_reason
from hub.domain.keeping import ExportWish
from hub.domain.picture_rules import main_picture
from hub.domain.recording import Gap, Recording
from hub.domain.session import Session, Venue, VenueSpoke, stream_of
from hub.domain.streams import rules_of
from recordings.render.layout import TILES_MAX
from recordings.render.spec import (
    WIDTHS,
    Absence,
    Change,
    Layout,
    RenderTrack,
    RenderVenue,
    Spec,
    Stretch,
)

BREATH_MS = 1_500
"""Stretches of speech closer than this are one turn (as on the timeline of the review page)."""

WORD_MS = 1_200
"""Whoever speaks for less does not become the large picture: a cough, a yes."""

HOLD_MS = 3_000
"""The large picture does not change again so soon because of a voice."""

_ABSENT = {
    VenueState.IDLE: "未接入",
    VenueState.RINGING: "正在呼叫",
    VenueState.NO_ANSWER: "未应答",
    VenueState.DECLINED: "拒接",
    VenueState.LEFT: "已离开",
    VenueState.RECONNECTING: "线路中断，正在重连",
}


class Moment(NamedTuple):
    """The session as it stood from ``at_ms`` on."""

    at_ms: int
    session: Session


def spec_of(
    recorded: Recording,
    events: Sequence[Recorded[Any]],
    wish: ExportWish,
    files: Mapping[str, str],
    *,
    classification: str,
    threads: int = 2,
) -> Spec:
    """``events``: the log of the session. ``files``: where the tracks lie that can be read, by track id."""
    from_ms = max(wish.from_ms, recorded.started_ms)
    to_ms = max(from_ms + 1000, min(wish.to_ms, recorded.stopped_ms or wish.to_ms))
    moments = _moments(recorded.session_id, events)
    last = moments[-1].session if moments else Session()
    spoken = _spoken(events)
    tracks = [
        RenderTrack(
            track_id=track.track_id,
            venue=track.venue,
            source=track.source,
            kind=track.kind,
            started_ms=track.started_ms,
            ended_ms=track.ended_ms or to_ms,
            path=files[track.track_id],
        )
        for track in recorded.tracks.values()
        if track.track_id in files and track.started_ms < to_ms and (track.ended_ms or to_ms) > from_ms
    ]
    return Spec(
        layout=Layout(wish.layout),
        width=WIDTHS[wish.height],
        height=wish.height,
        fps=wish.fps,
        from_ms=from_ms,
        to_ms=to_ms,
        title=recorded.title,
        classification=last.classification or classification,
        exercise=last.exercise,
        venues=_venues(recorded, last, tracks),
        tracks=tracks,
        main=_main(moments, speakers(spoken), from_ms, to_ms),
        content=_changes((at_ms, session.presenter or "") for at_ms, session in moments),
        marks=_marks(moments, spoken, to_ms),
        absent=_absences(recorded, moments),
        gaps=[
            Stretch(gap.from_ms, gap.to_ms or to_ms, gap_words(gap))
            for gap in recorded.gaps
            if not gap.track_id
        ],
        threads=threads,
    )


def gap_words(gap: Gap) -> str:
    """录制中断 and why."""
    if gap.reason == "recording.paused":
        return f"录制暂停：{gap.note}" if gap.note else "录制暂停"
    return f"录制中断：{gap_reason(gap)}"


def _moments(session_id: str, events: Sequence[Recorded[Any]]) -> list[Moment]:
    apply, state = rules_of(stream_of(session_id)).apply, Session()
    moments: list[Moment] = []
    for recorded in events:
        after = apply(state, recorded)
        if isinstance(after, Session) and after is not state:
            state = after
            moments.append(Moment(recorded.at_ms, state))
    return moments


def _venues(recorded: Recording, session: Session, tracks: Sequence[RenderTrack]) -> list[RenderVenue]:
    """In the order of invitation. Where not all have room, those come first of whom there is something."""
    names = {key: (venue.name, venue.short_name) for key, venue in session.venues.items()}
    for track in recorded.tracks.values():
        names.setdefault(track.venue, (track.venue_name, track.venue_name))
    order = list(names)
    if len(order) > TILES_MAX:
        seen = {track.venue for track in tracks}
        order.sort(key=lambda venue: venue not in seen)
    return [RenderVenue(venue=venue, name=names[venue][0], short=names[venue][1]) for venue in order]


# --- who is large -------------------------------------------------------------------------------


def _spoken(events: Iterable[Recorded[Any]]) -> dict[str, list[Stretch]]:
    """The turns of each venue."""
    spoken: dict[str, list[Stretch]] = {}
    said = [each.event for each in events if isinstance(each.event, VenueSpoke)]
    for event in sorted(said, key=lambda event: event.from_ms):
        own = spoken.setdefault(event.venue, [])
        if own and event.from_ms - own[-1].to_ms < BREATH_MS:
            own[-1] = Stretch(own[-1].from_ms, max(own[-1].to_ms, event.to_ms), own[-1].words)
        else:
            own.append(Stretch(event.from_ms, event.to_ms, "正在发言"))
    return spoken


def speakers(spoken: Mapping[str, Sequence[Stretch]]) -> list[Change]:
    """Who is shown for speaking: not for a word, not in the middle of another's turn, and for a while."""
    turns = sorted(
        (turn.from_ms, turn.to_ms, venue)
        for venue, own in spoken.items()
        for turn in own
        if turn.to_ms - turn.from_ms >= WORD_MS
    )
    changes: list[Change] = []
    until_ms = 0
    for from_ms, to_ms, venue in turns:
        if changes and changes[-1].value == venue:
            until_ms = max(until_ms, to_ms)
            continue
        held_ms = changes[-1].at_ms + HOLD_MS if changes else 0
        at_ms = max(from_ms, until_ms, held_ms)
        if at_ms + WORD_MS <= to_ms:
            changes.append(Change(at_ms, venue))
            until_ms = to_ms
    return changes


def _main(moments: Sequence[Moment], voices: Sequence[Change], from_ms: int, to_ms: int) -> list[Change]:
    """By the rule of the live picture (V1): broadcast, named, carousel, voice, chair."""

    def large() -> Iterator[tuple[int, str]]:
        session, voice = Session(), ""
        steps = [(at_ms, state, None) for at_ms, state in moments]
        heard = [(change.at_ms, None, change.value) for change in voices]
        for at_ms, state, venue in sorted([*steps, *heard], key=lambda step: step[0]):
            session = state if state is not None else session
            voice = venue if venue is not None else voice
            if at_ms < to_ms:
                yield at_ms, _large(session, voice)

    return _changes(large())


def _large(session: Session, voice: str) -> str:
    heard = replace(session, picture=replace(session.picture, voice=True))
    found = main_picture(heard, None, speaker=voice or None)
    if found is not None and found.venue is None:  # 广播多画面: all of them are shown, none is the large one
        heard = replace(heard, picture=replace(heard.picture, broadcast=None))
        found = main_picture(heard, None, speaker=voice or None)
    return found.venue or "" if found is not None else ""


def _changes(values: Iterable[tuple[int, str]]) -> list[Change]:
    changes: list[Change] = []
    for at_ms, value in values:
        if value != (changes[-1].value if changes else ""):
            changes.append(Change(at_ms, value))
    return changes


# --- what stands beside a name, and instead of a picture ----------------------------------------


def _marks(
    moments: Sequence[Moment], spoken: Mapping[str, Sequence[Stretch]], to_ms: int
) -> dict[str, list[Stretch]]:
    """What the chair has said comes before what was heard."""
    marks: dict[str, list[Stretch]] = {}
    since_ms, now = 0, ("", "")
    for at_ms, session in [*moments, Moment(to_ms, Session())]:
        called = _called(session)
        if called == now:
            continue
        if now[0] and at_ms > since_ms:
            marks.setdefault(now[0], []).append(Stretch(since_ms, at_ms, now[1]))
        since_ms, now = at_ms, called
    for venue, turns in spoken.items():
        marks.setdefault(venue, []).extend(turns)
    return marks


def _called(session: Session) -> tuple[str, str]:
    if session.rollcall is not None and session.rollcall.asked is not None:
        return session.rollcall.asked, "点名"
    turn = session.floor.turn
    if turn is None:
        return "", ""
    return turn.venue, "点名发言" if turn.kind is TurnKind.NAMED else "申请发言"


def _absences(recorded: Recording, moments: Sequence[Moment]) -> dict[str, list[Absence]]:
    """Why each venue has no picture, if it has none."""
    absences: dict[str, list[Absence]] = {}
    for at_ms, session in moments:
        for key, venue in session.venues.items():
            own = absences.setdefault(key, [Absence(0, "未接入", hides=False)])
            words = _why(venue)
            if own[-1].words != words:
                own.append(Absence(at_ms, words, hides=words == _CAMERA_OFF))
    for gap in recorded.gaps:
        track = recorded.tracks.get(gap.track_id)
        if track is not None and track.kind == "video" and track.venue in absences:
            absences[track.venue] = _with_gap(absences[track.venue], gap)
    return absences


_CAMERA_OFF = "摄像头已关闭"


def _why(venue: Venue) -> str:
    if venue.state is VenueState.JOINED:
        return "" if venue.camera else _CAMERA_OFF
    if venue.state is VenueState.LEFT and venue.removed:
        return "已由主席移出"
    if venue.state is VenueState.LEFT and venue.lost:
        return "线路中断，已退出"
    return _ABSENT[venue.state]


def _with_gap(own: list[Absence], gap: Gap) -> list[Absence]:
    """While the venue is there and its file is not, that is why; what was said before holds again after."""

    def then(at_ms: int) -> Absence:
        return next((one for one in reversed(own) if one.at_ms <= at_ms), own[0])

    fresh = [Absence(gap.from_ms, gap_words(gap), hides=False)] if not then(gap.from_ms).words else []
    if fresh and gap.to_ms is not None:
        fresh.append(replace(then(gap.to_ms), at_ms=gap.to_ms))
    return sorted([*own, *fresh], key=lambda one: one.at_ms)
