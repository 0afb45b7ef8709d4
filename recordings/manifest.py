"""What a reviewer is told of a recording: a line of the list, and everything needed to play it."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from heapq import merge
from types import MappingProxyType

from hub.domain.event import Recorded
from hub.domain.keeping import Keeping
from hub.domain.recording import Gap, Recording, Track, TrackState
from hub.domain.session import Session
from hub.domain.streams import DomainEvent
from hub.domain.workspace import Workspace
from recordings.forms import COLUMNS, EVERY_MS, HEIGHT, ROWS, WIDTH, form_of
from signaling.bodies import History, Kept, Manifest, ManifestGap, ManifestTrack, RecordingRow, Thumbnails

KEPT = Kept()
PLAYABLE = (TrackState.SEALED, TrackState.RECOVERED)


def media_type_of(track: Track) -> str:
    return f"{track.kind}/{form_of(track.codec).name}"


def row_of(recording: Recording, session: Session, keeping: Keeping, kept: Kept = KEPT) -> RecordingRow:
    """Only venues that came count: those that were called in vain are no part of a recording."""
    return RecordingRow(
        recording_id=recording.recording_id,
        session_id=session.session_id,
        title=recording.title,
        kind=session.kind,
        exercise=session.exercise,
        state=recording.state,
        started_ms=recording.started_ms,
        stopped_ms=recording.stopped_ms,
        venues=sum(bool(venue.attendance) for venue in session.venues.values()),
        tracks=len(recording.tracks),
        gaps=count_gaps(recording.gaps),
        held=keeping.hold is not None,
        fate=keeping.destruction.fate if keeping.destruction is not None else None,
        kept=kept,
    )


def manifest_of(
    recording: Recording,
    session: Session,
    *,
    classification: str,
    ticket_ms: int,
    href: Callable[[Track], str],
    growing: Container[str] = (),
    thumbnails: Mapping[str, int] = MappingProxyType({}),
    kept: Kept = KEPT,
) -> Manifest:
    """``href`` makes the address of a file; a track that has none yet, or never will, gets an empty one.

    ``growing``: tracks that can be played while they are written. ``thumbnails``: how many small pictures
    there are of a track, by its id.
    """
    tracks = sorted(recording.tracks.values(), key=lambda track: (track.started_ms, track.track_id))
    return Manifest(
        recording_id=recording.recording_id,
        session_id=session.session_id,
        boards=session.boards,
        title=recording.title,
        kind=session.kind,
        exercise=session.exercise,
        classification=session.classification or classification,
        chair=session.chair,
        state=recording.state,
        started_ms=recording.started_ms,
        stopped_ms=recording.stopped_ms,
        ticket_ms=ticket_ms,
        tracks=[
            _track(
                track,
                href(track) if track.state in PLAYABLE or track.track_id in growing else "",
                _thumbnails(href(track), thumbnails.get(track.track_id, 0)),
            )
            for track in tracks
        ],
        gaps=[_gap(gap) for gap in recording.gaps],
        kept=kept,
    )


def count_gaps(gaps: Sequence[Gap]) -> int:
    """As a person counts them: what was one interruption for all, or for camera and microphone, is one."""
    counted: list[Gap] = []
    for gap in sorted(gaps, key=lambda gap: (bool(gap.track_id), gap.from_ms)):
        if not any(_is_part(gap, one) for one in counted):
            counted.append(gap)
    return len(counted)


def _is_part(gap: Gap, of: Gap) -> bool:
    alike = gap.reason == of.reason and (not of.track_id or gap.venue == of.venue)
    begins_within = of.to_ms is None or gap.from_ms <= of.to_ms
    return alike and bool(gap.track_id) and begins_within and (gap.to_ms is None or gap.to_ms >= of.from_ms)


def _gap(gap: Gap) -> ManifestGap:
    return ManifestGap(
        from_ms=gap.from_ms,
        to_ms=gap.to_ms,
        reason=gap.reason,
        track_id=gap.track_id,
        note=gap.note,
        venue=gap.venue,
        source=gap.source,
    )


def _thumbnails(href: str, count: int) -> Thumbnails | None:
    if not count:
        return None
    path, _, ticket = href.partition("?")
    return Thumbnails(
        every_ms=EVERY_MS,
        count=count,
        columns=COLUMNS,
        rows=ROWS,
        width_px=WIDTH,
        height_px=HEIGHT,
        href=f"{path}/thumbnails/{{n}}?{ticket}&of={count}",  # a sheet that grows is another one
    )


def _track(track: Track, href: str, thumbnails: Thumbnails | None) -> ManifestTrack:
    return ManifestTrack(
        track_id=track.track_id,
        venue=track.venue,
        venue_name=track.venue_name,
        source=track.source,
        kind=track.kind,
        codec=track.codec,
        media_type=media_type_of(track),
        state=track.state,
        started_ms=track.started_ms,
        ended_ms=track.ended_ms,
        size_bytes=track.size_bytes,
        digest=track.digest,
        algorithm=track.algorithm,
        href=href,
        thumbnails=thumbnails,
    )


def history_of(boards: Workspace, *streams: Sequence[Recorded[DomainEvent]]) -> History:
    """The streams merged by the hub's clock; each keeps its own order."""
    return History(boards=boards, events=list(merge(*streams, key=lambda recorded: recorded.at_ms)))
