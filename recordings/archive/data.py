"""What the page of a package shows, as ``data.js``: a page that is opened from a disk may read no JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from hub.domain.event import Recorded
from hub.domain.gapwords import gap_reason
from hub.domain.recording import Recording, Track
from hub.domain.session import Session, VenueSpoke
from recordings.archive.words import said
from recordings.manifest import PLAYABLE, media_type_of


class PageTrack(msgspec.Struct, frozen=True, kw_only=True):
    """A file that plays; ``name`` is where it lies in the package."""

    name: str
    venue: str
    source: str
    kind: str
    media_type: str
    from_ms: int
    to_ms: int


class PageLine(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the list of events."""

    at_ms: int
    kind: str
    text: str


class PageStretch(msgspec.Struct, frozen=True, kw_only=True):
    """Speech of a venue, or a gap with its reason."""

    from_ms: int
    to_ms: int
    venue: str
    text: str = ""


class PageData(msgspec.Struct, frozen=True, kw_only=True):
    """All of ``data.js``."""

    title: str
    classification: str
    exercise: bool
    recording_id: str
    digest: str
    made_ms: int
    made_by: str
    from_ms: int
    to_ms: int
    names: dict[str, str]
    tracks: list[PageTrack]
    speech: list[PageStretch]
    gaps: list[PageStretch]
    lines: list[PageLine]


def name_of_track(track: Track, suffix: str) -> str:
    """Ids come from the log and are plain; what people have written is no name of a file."""
    return f"tracks/{track.track_id}{suffix}"


def page_data(
    recording: Recording,
    session: Session,
    events: Sequence[Recorded[Any]],
    names: dict[str, str],
    *,
    classification: str,
    digest: str,
    made_ms: int,
    made_by: str,
) -> PageData:
    """``names``: where each track that plays lies in the package."""
    shown = {key: venue.short_name or venue.name for key, venue in session.venues.items()}
    ends = [recording.stopped_ms or 0, recording.started_ms + 1000]
    ends += [track.ended_ms or 0 for track in recording.tracks.values()]
    to_ms = recording.stopped_ms or max(ends)
    return PageData(
        title=recording.title,
        classification=session.classification or classification,
        exercise=session.exercise,
        recording_id=recording.recording_id,
        digest=digest,
        made_ms=made_ms,
        made_by=made_by,
        from_ms=recording.started_ms,
        to_ms=to_ms,
        names={**{track.venue: track.venue_name for track in recording.tracks.values()}, **shown},
        tracks=_tracks(recording, names),
        speech=[
            PageStretch(from_ms=event.from_ms, to_ms=event.to_ms, venue=event.venue)
            for event in (each.event for each in events)
            if isinstance(event, VenueSpoke)
        ],
        gaps=_gaps(recording, to_ms),
        lines=[
            PageLine(at_ms=each.at_ms, kind=line.kind, text=line.text)
            for each in events
            if recording.started_ms <= each.at_ms <= to_ms
            and (line := said(each, lambda seat: shown.get(seat, seat))) is not None
        ],
    )


def as_script(data: PageData) -> bytes:
    """JSON is JavaScript (ECMA-262 since 2019), and in a file of its own nothing in it can end a script."""
    return b"window.PACKAGE = " + msgspec.json.encode(data) + b";\n"


def _tracks(recording: Recording, names: dict[str, str]) -> list[PageTrack]:
    tracks = sorted(recording.tracks.values(), key=lambda track: (track.started_ms, track.track_id))
    return [
        PageTrack(
            name=names[track.track_id],
            venue=track.venue,
            source=track.source,
            kind=track.kind,
            media_type=media_type_of(track),
            from_ms=track.started_ms,
            to_ms=track.ended_ms or track.started_ms,
        )
        for track in tracks
        if track.state in PLAYABLE and track.track_id in names
    ]


def _gaps(recording: Recording, to_ms: int) -> list[PageStretch]:
    venues = {track.track_id: track.venue for track in recording.tracks.values()}
    return [
        PageStretch(
            from_ms=gap.from_ms,
            to_ms=to_ms if gap.to_ms is None else gap.to_ms,
            venue=venues.get(gap.track_id, ""),
            text=gap_reason(gap),
        )
        for gap in recording.gaps
    ]
