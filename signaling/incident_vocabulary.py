"""Messages about incidents, their boards, items and tracks, and the lists that the desk and the units get."""

from __future__ import annotations

import msgspec

from hub.domain.deadline import Deadline, EventLevel
from hub.domain.item import Attachment
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.mark import MarkKind
from hub.domain.track import Extension, Progress
from hub.domain.workspace import Casualties, Header, HeaderChanges, IncidentCategory, Status
from signaling.messages import Push, Request, Result, Wish


class NewReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report with which an incident is opened: a telephone record or a first report; what is known."""

    item_id: str
    fields: dict[str, str]


class IncidentOpen(Wish, frozen=True, kw_only=True):
    """Open an incident with its boards; a seat that reports one gets it as a draft.

    ``units`` are seat ids. With ``plan_id`` boards, tasks and units of the plan come besides. Without it,
    ``boards`` empty: the usual ones.
    """

    header: Header
    level: EventLevel = EventLevel.IV
    status: Status = Status.ACTIVE
    exercise: bool = False
    units: list[str] = msgspec.field(default_factory=list)
    boards: list[BoardKind] = msgspec.field(default_factory=list)
    plan_id: str | None = None
    report: NewReport | None = None


class Opened(Result, frozen=True, kw_only=True):
    incident_id: str
    stream: str


class IncidentEdit(Wish, frozen=True, kw_only=True):
    """Refused with ``board.conflict`` (both values in ``detail``) when a field has moved on."""

    stream: str
    base_version: int
    changes: HeaderChanges


class IncidentLevel(Wish, frozen=True, kw_only=True):
    stream: str
    level: EventLevel
    response: str
    reason: str


class IncidentStatus(Wish, frozen=True, kw_only=True):
    stream: str
    status: Status
    reason: str = ""


class IncidentCasualties(Wish, frozen=True, kw_only=True):
    stream: str
    entry: Casualties


class IncidentUnits(Wish, frozen=True, kw_only=True):
    """These seats take part from now on."""

    stream: str
    units: list[str]


class IncidentRemoveUnit(Wish, frozen=True, kw_only=True):
    stream: str
    seat: str


class IncidentBoard(Wish, frozen=True, kw_only=True):
    """Open one more board."""

    stream: str
    kind: BoardKind
    title: str


class IncidentMark(Wish, frozen=True, kw_only=True):
    """漏报, 瞒报 or 谎报 of a unit; the duty office alone hears of it. ``mark_id`` is the page's."""

    stream: str
    mark_id: str
    seat: str
    mark: MarkKind
    reason: str


class IncidentRetractMark(Wish, frozen=True, kw_only=True):
    stream: str
    mark_id: str
    reason: str


class IncidentNote(Wish, frozen=True, kw_only=True):
    """A line of the timeline by hand, at a time that may be past."""

    stream: str
    when_ms: int
    text: str


# --- items --------------------------------------------------------------------------------------


class ItemAdd(Wish, frozen=True, kw_only=True):
    """Add an item at the end of a board. ``item_id`` is made by the page.

    ``units`` (seat ids) are asked for something and get a track each; ``shared`` only see it. ``reach`` None:
    as the kind of the board says. ``session_id``: it is written during that session.
    """

    stream: str
    board_id: str
    item_id: str
    fields: dict[str, str]
    units: list[str] = msgspec.field(default_factory=list)
    shared: list[str] = msgspec.field(default_factory=list)
    reach: Reach | None = None
    state: str | None = None
    chain: str | None = None
    pinned: bool = False
    session_id: str | None = None


class ItemEdit(Wish, frozen=True, kw_only=True):
    """Refused with ``board.conflict`` (both texts in ``detail``) when a field has moved on."""

    stream: str
    item_id: str
    base_version: int
    fields: dict[str, str]


class ItemMove(Wish, frozen=True, kw_only=True):
    """Put the item right behind ``after``; to the top when that is None."""

    stream: str
    item_id: str
    after: str | None = None


class ItemChangeState(Wish, frozen=True, kw_only=True):
    """``move``: one of the moves of its kind (submit, adopt, close, clear, …)."""

    stream: str
    item_id: str
    move: str
    reason: str = ""


class ItemVoid(Wish, frozen=True, kw_only=True):
    stream: str
    item_id: str
    reason: str


class ItemPin(Wish, frozen=True, kw_only=True):
    stream: str
    item_id: str
    pinned: bool


class ItemWall(Wish, frozen=True, kw_only=True):
    stream: str
    item_id: str
    on_wall: bool


class ItemShare(Wish, frozen=True, kw_only=True):
    stream: str
    item_id: str
    reach: Reach
    shared: list[str]


class ItemAssign(Wish, frozen=True, kw_only=True):
    stream: str
    item_id: str
    units: list[str]


class ItemAnnotate(Wish, frozen=True, kw_only=True):
    stream: str
    item_id: str
    text: str
    office: bool = False


class ItemAttach(Wish, frozen=True, kw_only=True):
    """What was uploaded with POST /api/attachments hangs on the item from now on."""

    stream: str
    item_id: str
    attachment: Attachment


class ItemTouch(Request, frozen=True, kw_only=True):
    """This page shows the item in full, or writes in it; None: it shows the board and no item (B15).

    The first of a page is answered with all that others touch. Nothing of it is kept.
    """

    stream: str
    item_id: str | None = None
    editing: bool = False


# --- tracks -------------------------------------------------------------------------------------


class TrackMove(Wish, frozen=True, kw_only=True):
    """By the unit of this page: read, signed, working, replied; by the office: returned, confirmed."""

    stream: str
    item_id: str
    seat: str
    state: Progress
    text: str = ""


class TrackUrge(Wish, frozen=True, kw_only=True):
    stream: str
    item_id: str
    seats: list[str]


class TrackPhone(Wish, frozen=True, kw_only=True):
    """电话叫应."""

    stream: str
    item_id: str
    seat: str
    reached: bool
    note: str = ""


class TrackExtend(Wish, frozen=True, kw_only=True):
    """By the unit, before its time has come."""

    stream: str
    item_id: str
    seat: str
    due_ms: int
    reason: str


class TrackAnswerExtension(Wish, frozen=True, kw_only=True):
    stream: str
    item_id: str
    seat: str
    granted: bool


# --- who is at which item -------------------------------------------------------------------------


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody has an item open, or writes in it; ``since_ms`` is when that began."""

    item_id: str
    seat: str
    seat_name: str
    person: str
    editing: bool
    since_ms: int


class Touching(Push, frozen=True, kw_only=True):
    """Who touches these items now; of items not named nothing has changed, or with ``full`` nobody does."""

    stream: str
    items: dict[str, list[Touch]]
    full: bool = False


# --- lists --------------------------------------------------------------------------------------


class IncidentSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One incident on the desk, as its viewer may know it.

    ``open`` and ``overdue`` count what the viewer sees of the work that is to be done: reports, instructions,
    warnings, hazards, tasks, checks, nominations. ``silent``: short names of units that have not signed for
    something they were sent. ``next_due``: the earliest deadline of the incident that is not met.
    ``updated_ms`` is told to ten seconds, so that lists do not move with every word.
    """

    incident_id: str
    number: str
    title: str
    category: IncidentCategory
    level: EventLevel
    status: Status
    exercise: bool
    place: str
    opened_ms: int
    updated_ms: int
    next_due: Deadline | None
    next_item_due_ms: int | None
    open: int
    overdue: int
    silent: list[str]


class Incidents(Push, frozen=True, kw_only=True):
    """All incidents that are not ended, newest first, for whoever takes part in them."""

    incidents: list[IncidentSummary]


class InboxRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is asked of this page's seat and waits: an instruction, a warning, a hazard, a task.

    ``fields``: of the item, as this seat sees it. ``state``: what was sent has been delivered once it stands
    here. ``returned``: why the last answer came back. ``since_ms``: of the state of the unit's track.
    """

    stream: str
    session_id: str
    incident_title: str
    exercise: bool
    item_id: str
    board_id: str
    kind: BoardKind
    fields: dict[str, str]
    item_state: str
    giver: str
    state: Progress
    since_ms: int
    sent_ms: int
    due_ms: int | None
    urged: int
    returned: str = ""
    extension: Extension | None = None


class Inbox(Push, frozen=True, kw_only=True):
    """Everything that waits for this seat, what is due first at the top; empty when nothing does."""

    rows: list[InboxRow]
