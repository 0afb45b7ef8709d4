"""Every body of the HTTP interface, declared once; the front end's types come from here too."""

from __future__ import annotations

from typing import Annotated

import msgspec

from hub.domain.duty import DutyEntry
from hub.domain.event import Actor, Recorded, Role
from hub.domain.item import Attachment
from hub.domain.keeping import Destruction, Export, ExportForm, Fate, Hold
from hub.domain.kindparts import BoardKind
from hub.domain.organisation import Level
from hub.domain.recording import RecordingState
from hub.domain.roster import EmptySlot, Shift
from hub.domain.rosterfile import BadLine
from hub.domain.session import SessionKind
from hub.domain.streams import DomainEvent
from hub.domain.workspace import Workspace
from signaling.duty_vocabulary import AtPost
from signaling.messages import Problem
from signaling.vocabulary import Started

ACCOUNT_MAX = 200
"""More is nobody's name; those that are tried in vain are remembered for a while."""


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """POST /api/login"""

    account: Annotated[str, msgspec.Meta(max_length=ACCOUNT_MAX)]
    password: str


class LoggedIn(msgspec.Struct, frozen=True, kw_only=True):
    token: str
    expires_ms: int
    account: str
    actor: Actor


class GuestLogin(msgspec.Struct, frozen=True, kw_only=True):
    """POST /api/guest: eight digits, and who one is."""

    code: str
    person: str = ""


class GuestIn(msgspec.Struct, frozen=True, kw_only=True):
    """The code is used; the token opens the page's line to this one session."""

    token: str
    expires_ms: int
    session_id: str
    venue: str
    label: str


class MapBase(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/map: what lies under the marks of a board's map.

    ``tiles``: address of tiles, or empty. ``base``: what GET /api/map/base is: geojson, image or empty.
    ``bounds``: of the image, west, south, east, north.
    """

    tiles: str
    base: str
    bounds: list[float]


class DemoAccount(msgspec.Struct, frozen=True, kw_only=True):
    account: str
    person: str
    role: str
    seat_name: str | None
    level: Level | None = None


class About(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/about, for the login page; the demo accounts only in demo mode."""

    product: str
    version: str
    office: str
    classification: str
    demo: bool
    may_start_paused: bool = False
    demo_password: str | None = None
    demo_accounts: list[DemoAccount] = []


class NewSession(msgspec.Struct, frozen=True, kw_only=True):
    """POST /api/sessions"""

    title: str
    kind: SessionKind
    venues: list[str]
    exercise: bool = False


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """How long a recording is kept: for ever where ``until_ms`` is null and it is over.

    Why it is held, and by whom it is to be destroyed, is told to those alone who keep it.
    """

    until_ms: int | None = None
    hold: Hold | None = None
    destruction: Destruction | None = None

    @property
    def gone(self) -> bool:
        """Nothing of it is to be played any more."""
        return self.destruction is not None and self.destruction.fate is not Fate.PROPOSED


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """A line of GET /api/recordings/{id}/log: who did ``what`` with it; ``detail``: of it, or why."""

    at_ms: int
    account: str
    person: str
    seat_name: str
    role: Role
    what: str
    detail: str


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Who spoke in a session: how long in all, and when first."""

    venue: str
    name: str
    total_ms: int
    first_ms: int


class RecordingHit(msgspec.Struct, frozen=True, kw_only=True):
    """A second at which the words stand that were looked for.

    ``what``: item_KIND of a board, marker_KIND, or speech.
    """

    at_ms: int
    what: str
    snippet: str
    item_id: str = ""


class RecordingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One recording of GET /api/recordings. ``units`` came; ``speakers``: who spoke longest first.

    ``incident_id`` is empty where the session was held on no incident.
    """

    recording_id: str
    session_id: str
    title: str
    kind: SessionKind
    exercise: bool
    state: RecordingState
    started_ms: int
    stopped_ms: int | None
    venues: int
    tracks: int
    gaps: int
    held: bool
    fate: Fate | None
    kept: Kept = Kept()
    incident_id: str = ""
    incident_number: str = ""
    incident_title: str = ""
    units: list[str] = []
    speakers: list[Speaker] = []
    hits: list[RecordingHit] = []
    hits_total: int = 0


class RecordingList(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/recordings, newest first; ``total`` counts those that are not shown as well."""

    rows: list[RecordingRow]
    total: int


class ExportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One export. ``ahead``: exports that are made before it; ``share`` of it is made, ``left_s`` to go.

    ``until_ms``: when its file goes; ``href`` opens that, with a ticket.
    """

    export: Export
    running: bool
    ahead: int
    share: float
    left_s: int | None
    until_ms: int | None
    href: str


class ExportRate(msgspec.Struct, frozen=True, kw_only=True):
    """How large a film of that size becomes, on the safe side."""

    height: int
    fps: int
    bytes_per_s: int


class ExportList(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/recordings/{recording}/exports, newest first. ``forms``: what can be made; ``days``: how long
    a file is kept."""

    rows: list[ExportRow]
    forms: list[ExportForm]
    days: int
    rates: list[ExportRate]


class Thumbnails(msgspec.Struct, frozen=True, kw_only=True):
    """Small pictures of a track, one every ``every_ms`` from its start; ``count`` of them so far.

    There are ``columns`` by ``rows`` of them on a sheet; ``{n}`` in ``href`` is the sheet's number, from 0.
    """

    every_ms: int
    count: int
    columns: int
    rows: int
    width_px: int
    height_px: int
    href: str


class StorageState(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/storage: where sealed recordings are kept, and what is wrong with that (codes of errors).

    ``waiting_*``: what is not there yet, and plays from the hub meanwhile; ``since_ms``: the store fails.
    ``unfinished_*``: files that the disk here does not let be finished; they are kept and tried again.
    """

    store: str
    encrypted: bool
    waiting_files: int
    waiting_bytes: int
    since_ms: int | None
    troubles: list[str]
    unfinished_files: int = 0
    unfinished_since_ms: int | None = None


class ManifestTrack(msgspec.Struct, frozen=True, kw_only=True):
    """``started_ms``: hub time of the file's first frame; ``href`` plays it, with Range."""

    track_id: str
    venue: str
    venue_name: str
    source: str
    kind: str
    codec: str
    media_type: str
    state: str
    started_ms: int
    ended_ms: int | None
    size_bytes: int
    digest: str
    algorithm: str
    href: str
    thumbnails: Thumbnails | None = None


class GrowingTrack(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is being written: ``size_bytes`` of it can be fetched by now.

    ``cues``: milliseconds from its first frame, and the byte from which on they can be shown.
    """

    track_id: str
    size_bytes: int
    cues: list[tuple[int, int]]


class Growing(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/recordings/{id}/growing?after_ms=: what has been written of a session that goes on.

    ``after_ms``: the ``now_ms`` of the answer before, so that only newer cues come; some of them come twice.
    """

    now_ms: int
    tracks: list[GrowingTrack]


class ManifestGap(msgspec.Struct, frozen=True, kw_only=True):
    from_ms: int
    to_ms: int | None
    reason: str
    track_id: str
    note: str = ""
    venue: str = ""
    source: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/recordings/{id}. ``hrefs`` of tracks carry a ticket, valid until ``ticket_ms``.

    ``boards``: the stream of its boards, of an incident or its own.
    """

    recording_id: str
    session_id: str
    boards: str
    title: str
    kind: SessionKind
    exercise: bool
    classification: str
    chair: str
    state: RecordingState
    started_ms: int
    stopped_ms: int | None
    ticket_ms: int
    tracks: list[ManifestTrack]
    gaps: list[ManifestGap]
    kept: Kept = Kept()


class History(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/recordings/{id}/events: the session, its boards and its recording, merged by hub time.

    ``boards``: as the reader sees them at the start of the recording; the events go on from there. With
    ``?after=SESSION,BOARDS,RECORDING``, the numbers of the last events known: what came since, no boards.
    """

    boards: Workspace
    events: list[Recorded[DomainEvent]]


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """POST /api/check/up: how much of the body came in time."""

    bytes: int


class TimelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a timeline. ``seq`` counts in ``stream``: the workspace's own, or that of a session held on
    it or of its recording. ``event``: as its viewer is told of it; ``type`` is its tag. ``text``: of the item
    as it is now, or of the event. ``when_ms``: when it was, where that was written by hand; else ``at_ms``.
    """

    stream: str
    seq: int
    at_ms: int
    when_ms: int
    actor: Actor
    type: str
    event: DomainEvent
    board_id: str = ""
    kind: BoardKind | None = None
    item_id: str | None = None
    session_id: str | None = None
    text: str = ""


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/workspaces/{stream}/timeline, newest first. ``before``: where what is older begins."""

    rows: list[TimelineRow]
    before: int | None


class AttachmentLink(msgspec.Struct, frozen=True, kw_only=True):
    """GET …/attachments/{digest}/link: ``href`` opens it without a header until ``expires_ms``."""

    href: str
    expires_ms: int


class SearchRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was found: an item, or where ``item_id`` is None the incident itself.

    ``snippet``: the piece of text around the first word; ``state``: of the item, or the incident's status.
    """

    stream: str
    number: str
    title: str
    exercise: bool
    snippet: str
    at_ms: int
    state: str
    kind: BoardKind | None = None
    board_id: str = ""
    item_id: str | None = None
    session_id: str | None = None
    voided: bool = False


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/search. ``complete`` is false while a hub that has just started is still reading."""

    rows: list[SearchRow]
    complete: bool


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a field was and what it is since; an empty ``before`` of an item that was added."""

    field: str
    before: str
    after: str


class HistoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event of an item. ``media_ms``: how far into the recording of ``session_id`` it happened."""

    seq: int
    at_ms: int
    actor: Actor
    type: str
    event: DomainEvent
    changes: list[FieldChange] = []
    session_id: str | None = None
    media_ms: int | None = None


class ItemHistory(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/workspaces/{stream}/items/{item}/history, oldest first."""

    rows: list[HistoryRow]


class RosterImported(msgspec.Struct, frozen=True, kw_only=True):
    """POST /api/duty/roster: what the file says, what is wrong with it, and what it leaves empty.

    ``planned``: shifts that stand on the roster in its time; ``committed``: those of the file are among them.
    """

    shifts: list[Shift]
    bad: list[BadLine]
    gaps: list[EmptySlot]
    planned: int
    committed: bool


class WasOnDuty(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/duty/at: who was at the post of that seat, and who should have been."""

    seat_id: str
    at_ms: int
    at_post: AtPost | None
    planned: Shift | None


class DutyEntries(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/duty/log: the newest of those that fit, oldest first; ``all`` counts them all."""

    seat_id: str
    entries: list[DutyEntry]
    all: int


HTTP_BODIES: tuple[type[msgspec.Struct], ...] = (
    Login,
    LoggedIn,
    GuestLogin,
    MapBase,
    GuestIn,
    About,
    NewSession,
    Started,
    RecordingList,
    Look,
    StorageState,
    ExportList,
    Manifest,
    Growing,
    History,
    Received,
    Timeline,
    ItemHistory,
    Attachment,
    AttachmentLink,
    SearchResult,
    RosterImported,
    WasOnDuty,
    DutyEntries,
    Problem,
)
