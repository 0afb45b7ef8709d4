"""Finding a recording: by date, unit, incident, kind, speaker, and by what was written and marked (R38, R39).

What happened in a recording is read from its logs once, when it is over, and kept; a recording that is still
going on is read anew. Nobody finds a recording that they may not review, nor by a text that is not for them.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from hub.domain import keeping, recording, session
from hub.domain.event import Actor, Recorded, Role
from hub.domain.item import ItemShown
from hub.domain.keeping import Keeping
from hub.domain.permissions import may_review
from hub.domain.reach import item_for, sees, sees_all
from hub.domain.recording import Recording, RecordingState
from hub.domain.session import Session, SessionKind, VenueSpoke
from hub.domain.streams import State
from hub.domain.words import folded, has_all, words_of
from hub.domain.workspace import Nature, Workspace
from hub.live.search import snippet_of, texts_of
from hub.live.streams import Batch, Streams
from hub.storage.eventlog import EventLog
from recordings.custody import Custody
from recordings.manifest import count_gaps, row_of
from recordings.pastboards import boards_during
from signaling.bodies import RecordingHit, RecordingList, RecordingRow, Speaker

HITS_MAX = 20
"""Of one recording; the line says when there are more."""

_KEPT_MAX = 2_000
_ROUND = 20


class Sought(NamedTuple):
    """What is looked for; what is empty does not matter. ``from_ms``, ``to_ms``: of when it began."""

    query: str = ""
    from_ms: int | None = None
    to_ms: int | None = None
    unit: str = ""
    speaker: str = ""
    incident: str = ""
    session: str = ""
    kind: SessionKind | None = None
    held: bool = False
    gaps: bool = False
    exercise: bool | None = None
    destroyed: bool | None = None
    limit: int = 200


class Speech(NamedTuple):
    """How long a venue spoke in all, and when first."""

    venue: str
    total_ms: int
    first_ms: int


class Course(NamedTuple):
    """What happened: the speech of each venue, longest first, and when each item was first heard of."""

    speech: list[Speech]
    touched: dict[str, int]


def course_of(
    about: Iterable[Recorded[Any]], items: Iterable[Recorded[Any]], from_ms: int, to_ms: int | None
) -> Course:
    """From the log of a session and that of its boards, as the asker may hear it; only what falls into the
    recording counts."""
    totals: dict[str, Speech] = {}
    for recorded in about:
        if isinstance(spoke := recorded.event, VenueSpoke):
            known = totals.get(spoke.venue, Speech(spoke.venue, 0, spoke.from_ms))
            totals[spoke.venue] = known._replace(total_ms=known.total_ms + spoke.to_ms - spoke.from_ms)
    touched: dict[str, int] = {}
    for recorded in items:
        event = recorded.event
        item_id = event.item.item_id if isinstance(event, ItemShown) else getattr(event, "item_id", None)
        if item_id is not None and from_ms <= recorded.at_ms and (to_ms is None or recorded.at_ms <= to_ms):
            touched.setdefault(item_id, recorded.at_ms)
    return Course(sorted(totals.values(), key=lambda speech: -speech.total_ms), touched)


class _Known(NamedTuple):
    """A recording, its session, and what has become of it."""

    taken: Recording
    of: Session
    kept: Keeping


class Finder:
    """Reads every recording that its asker may review."""

    def __init__(self, log: EventLog, streams: Streams, custody: Custody, *, seats_may_review: bool) -> None:
        self._log = log
        self._streams = streams
        self._custody = custody
        self._seats_may_review = seats_may_review
        self._courses: OrderedDict[tuple[str, str], Course] = OrderedDict()
        self._ready: dict[str, tuple[Recording, Session]] = {}
        self._kept: dict[str, Keeping] = {}

    def published(self, stream: str, events: Batch) -> None:
        """A ``Streams`` subscriber: what becomes of a recording is known anew."""
        noun, _, key = stream.partition(":")
        if noun == "keeping":
            self._kept.pop(key, None)

    async def find(self, sought: Sought, by: Actor) -> RecordingList:
        """The newest first; ``total`` counts those that are not shown as well."""
        words = words_of(sought.query)
        fitting = await self._fitting(sought, by)
        is_read = bool(words or sought.speaker)  # of every one, not only of those that are shown
        rows: list[RecordingRow] = []
        total = 0
        for place, known in enumerate(fitting):
            if not is_read and place >= sought.limit:
                total = len(fitting)
                break
            row = await self._row(known, sought, words, by)
            if row is not None:
                total += 1
                rows.append(row)
            if place % _ROUND == _ROUND - 1:
                await asyncio.sleep(0)  # others have their turn
        return RecordingList(rows=rows[: sought.limit], total=total)

    async def _fitting(self, sought: Sought, by: Actor) -> list[_Known]:
        """What can be told without reading what happened."""
        found: list[_Known] = []
        for place, stream in enumerate(await self._streams.names("recording:")):
            if place % _ROUND == _ROUND - 1:
                await asyncio.sleep(0)
            recording_id = stream.partition(":")[2]
            both = await self._both(recording_id)
            if both is None or not may_review(by, both[1], seats_may_review=self._seats_may_review):
                continue
            kept = await self._keeping(recording_id)
            if _fits(sought, *both, kept):
                found.append(_Known(*both, kept))
        found.sort(key=lambda one: (one.taken.started_ms, one.taken.recording_id), reverse=True)
        return found

    async def _row(self, known: _Known, sought: Sought, words: list[str], by: Actor) -> RecordingRow | None:
        taken, of, kept = known
        course = await self._course(taken, of, by)
        if sought.speaker and all(speech.venue != sought.speaker for speech in course.speech):
            return None
        boards: State = Workspace()
        if words or of.incident_id is not None:
            boards, _ = await self._streams.state(of.boards)
        assert isinstance(boards, Workspace)
        row = _told(row_of(taken, of, kept, self._custody.told(taken, of, kept, by)), of, boards, course)
        return _with_hits(row, of, _texts(of, kept, boards, course, by), words) if words else row

    async def _both(self, recording_id: str) -> tuple[Recording, Session] | None:
        """The recording and its session; those that are ready change no more, and are thousands."""
        if (known := self._ready.get(recording_id)) is not None:
            return known
        taken, _ = await self._streams.state(recording.stream_of(recording_id))
        if not isinstance(taken, Recording) or not taken.started_ms:
            return None
        of, _ = await self._streams.state(session.stream_of(taken.session_id))
        assert isinstance(of, Session)
        if taken.state is RecordingState.READY and not of.running:
            self._ready[recording_id] = taken, of
        return taken, of

    async def _keeping(self, recording_id: str) -> Keeping:
        if (known := self._kept.get(recording_id)) is not None:
            return known
        kept, _ = await self._streams.state(keeping.stream_of(recording_id))
        assert isinstance(kept, Keeping)
        self._kept[recording_id] = kept
        return kept

    async def _course(self, taken: Recording, of: Session, by: Actor) -> Course:
        # The second at which something was done that one does not see is not told either (T8, T9).
        key = taken.recording_id, "" if sees_all(by) else f"{by.role}:{by.seat}"
        known = self._courses.get(key)
        if known is not None:
            self._courses.move_to_end(key)
            return known
        span = taken.started_ms, taken.stopped_ms
        about = await self._log.read(session.stream_of(of.session_id))
        items = await self._log.read(of.boards)
        if not sees_all(by):
            items = (await asyncio.to_thread(boards_during, items, by, *span)).events
        course = course_of(about, items, *span)
        if taken.stopped_ms is not None and not of.running:
            self._courses[key] = course
            while len(self._courses) > _KEPT_MAX:
                self._courses.popitem(last=False)
        return course


def _fits(sought: Sought, taken: Recording, of: Session, kept: Keeping) -> bool:
    """Whether everything holds that can be told without a log."""
    unit = of.venues.get(sought.unit)
    return all(
        (
            sought.from_ms is None or taken.started_ms >= sought.from_ms,
            sought.to_ms is None or taken.started_ms < sought.to_ms,
            not sought.unit or (unit is not None and bool(unit.attendance)),
            not sought.incident or of.incident_id == sought.incident,
            not sought.session or of.session_id == sought.session,
            sought.kind is None or of.kind is sought.kind,
            not sought.held or kept.hold is not None,
            not sought.gaps or bool(count_gaps(taken.gaps)),
            sought.exercise is None or of.exercise is sought.exercise,
            sought.destroyed is None or kept.destroyed is sought.destroyed,
        )
    )


def _told(row: RecordingRow, of: Session, boards: Workspace, course: Course) -> RecordingRow:
    """The line with its incident, its units and its speakers."""
    about_incident = of.incident_id is not None and boards.nature is not Nature.SESSION
    speakers = [
        Speaker(venue=venue, name=_name_of(of, venue), total_ms=total_ms, first_ms=first_ms)
        for venue, total_ms, first_ms in course.speech
    ]
    return replace(
        row,
        incident_id=(of.incident_id or "") if about_incident else "",
        incident_number=boards.number if about_incident else "",
        incident_title=boards.header.title if about_incident else "",
        units=[venue.short_name for venue in of.venues.values() if venue.attendance],
        speakers=speakers,
    )


def _name_of(of: Session, venue: str) -> str:
    known = of.venues.get(venue)
    return known.short_name if known is not None else venue


def _full_name_of(of: Session, venue: str) -> str:
    known = of.venues.get(venue)
    return known.name if known is not None else ""


class _Text(NamedTuple):
    """Something that can be read, and its second."""

    at_ms: int
    what: str
    texts: Sequence[str]
    item_id: str = ""


def _texts(of: Session, kept: Keeping, boards: Workspace, course: Course, by: Actor) -> Iterator[_Text]:
    for marker in of.markers:
        yield _Text(marker.at_ms, f"marker_{marker.kind}", [marker.label])
    if by.role is not Role.SEAT:  # P16: what was marked afterwards is for those who keep it
        for mark in kept.marks.values():
            yield _Text(mark.at_ms, f"marker_{mark.kind}", [mark.label, mark.note])
    for item_id, at_ms in course.touched.items():
        item = boards.items.get(item_id)
        if item is not None and sees(boards, item, by):
            kind = boards.boards[item.board_id].kind
            yield _Text(at_ms, f"item_{kind}", list(texts_of(boards, item_for(boards, item, by))), item_id)
    for speech in course.speech:
        yield _Text(speech.first_ms, "speech", [_name_of(of, speech.venue), _full_name_of(of, speech.venue)])


def _with_hits(
    row: RecordingRow, of: Session, texts: Iterable[_Text], words: list[str]
) -> RecordingRow | None:
    """The line with the seconds at which its words stand; None when they do not stand in it."""
    names = [f"{venue.name} {venue.short_name}" for venue in of.venues.values() if venue.attendance]
    about = folded(" ".join((row.title, row.incident_number, row.incident_title, *names)))
    hits = []
    for at_ms, what, parts, item_id in texts:
        whole = folded(" ".join(parts))
        if any(word in whole for word in words) and has_all(f"{about} {whole}", words):
            readable = [part for part in parts if part] or [""]
            snippet = snippet_of(readable, words)
            hits.append(RecordingHit(at_ms=at_ms, what=what, snippet=snippet, item_id=item_id))
    if not hits and not has_all(about, words):
        return None
    hits.sort(key=lambda hit: hit.at_ms)
    return replace(row, hits=hits[:HITS_MAX], hits_total=len(hits))
