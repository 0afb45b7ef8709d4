"""工作区: the boards that belong together, of an incident, a session, or the daily duty (rules I1 to I9).

One stream holds all boards, items, tracks, deadlines and casualties of an incident, so its merged timeline is
the log itself. A session without an incident has a smaller one of its own.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.deadline import DEFAULT, ClockName, Deadline, EventLevel, Profile
from hub.domain.event import Actor, Command, Event
from hub.domain.floor import SpeakMode
from hub.domain.item import AddItem, Item, ItemEvent, ViewEvent
from hub.domain.kindparts import BoardKind
from hub.domain.mark import Mark, MarkEvent
from hub.domain.track import TrackEvent, Unit

TITLE_MAX = 80
SUMMARY_MAX = 500
DAILY = "daily"
"""The workspace of the daily duty: hazards, checks, duty and instructions that belong to no incident."""


class Nature(StrEnum):
    """事件专题 · 会商 · 日常值班"""

    INCIDENT = "incident"
    SESSION = "session"
    DAILY = "daily"


class IncidentCategory(StrEnum):
    """自然灾害 · 事故灾难 · 公共卫生事件 · 社会安全事件"""

    NATURAL = "natural"
    ACCIDENT = "accident"
    HEALTH = "health"
    SECURITY = "security"


class Status(StrEnum):
    """待核实 · 处置中 · 持续关注 · 已办结 · 作废"""

    DRAFT = "draft"
    ACTIVE = "active"
    MONITORING = "monitoring"
    CLOSED = "closed"
    VOID = "void"


class Board(msgspec.Struct, frozen=True, kw_only=True):
    board_id: str
    kind: BoardKind
    title: str
    opened_ms: int


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What an incident is. The time of its first report is stamped, the other two are written."""

    title: str
    category: IncidentCategory = IncidentCategory.NATURAL
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    occurred_ms: int | None = None
    learned_ms: int | None = None
    sensitive: bool = False
    summary: str = ""


class HeaderChanges(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """New values of some fields; None means untouched."""

    title: str | None = None
    category: IncidentCategory | None = None
    place: str | None = None
    lon: float | None = None
    lat: float | None = None
    occurred_ms: int | None = None
    learned_ms: int | None = None
    sensitive: bool | None = None
    summary: str | None = None

    def given(self) -> dict[str, object]:
        """The fields that are really there, by name."""
        return {name: value for name in self.__struct_fields__ if (value := getattr(self, name)) is not None}


class Casualties(msgspec.Struct, frozen=True, kw_only=True):
    """死亡 · 失联 · 受伤 · 被困, as of a time, by a source; none takes an earlier one's place."""

    as_of_ms: int
    source: str
    dead: int | None = None
    missing: int | None = None
    injured: int | None = None
    trapped: int | None = None
    note: str = ""


class CasualtyEntry(msgspec.Struct, frozen=True, kw_only=True):
    entry: Casualties
    actor: Actor
    at_ms: int


class SessionLink(msgspec.Struct, frozen=True, kw_only=True):
    session_id: str
    title: str
    at_ms: int


class PlanRef(msgspec.Struct, frozen=True, kw_only=True):
    """The plan it was opened by, as it stood then: a later edit of the plan changes nothing here (I7).

    ``session_title`` and ``mode`` are those of a session that is held on the incident (Q5).
    """

    plan_id: str
    name: str
    version: int
    session_title: str = ""
    mode: SpeakMode = SpeakMode.FREE


class Workspace(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="workspace"):
    """State of a stream ``incident:{id}`` or ``board:{id}``.

    ``version`` and ``fields_at`` are those of the header. ``call``: seats that a session on it calls first.
    ``level`` and ``response`` are of the incident; ``response`` (应急响应) is empty while none is started.
    """

    workspace_id: str = ""
    nature: Nature = Nature.SESSION
    number: str = ""
    header: Header = Header(title="")
    level: EventLevel = EventLevel.IV
    response: str = ""
    status: Status = Status.ACTIVE
    exercise: bool = False
    office: str = ""
    office_name: str = ""
    opened_by: Actor | None = None
    opened_ms: int = 0
    closed_ms: int | None = None
    session_id: str = ""
    profile: Profile = DEFAULT
    plan: PlanRef | None = None
    units: dict[str, Unit] = {}
    call: list[str] = []
    boards: dict[str, Board] = {}
    items: dict[str, Item] = {}
    casualties: list[CasualtyEntry] = []
    first_reported_ms: int | None = None
    deadlines: dict[str, Deadline] = {}
    sessions: list[SessionLink] = []
    marks: dict[str, Mark] = {}
    version: int = 1
    fields_at: dict[str, int] = {}


def stream_of(workspace_id: str, nature: Nature = Nature.INCIDENT) -> str:
    """A session's own boards keep the name they have always had."""
    return f"board:{workspace_id}" if nature is Nature.SESSION else f"incident:{workspace_id}"


def is_workspace(stream: str) -> bool:
    return stream.partition(":")[0] in ("incident", "board")


# --- commands -----------------------------------------------------------------------------------


class NewBoard(msgspec.Struct, frozen=True, kw_only=True):
    board_id: str
    kind: BoardKind
    title: str


class OpenWorkspace(Command, frozen=True, kw_only=True):
    """Opens it whole: boards, units, and what a plan puts on its boards.

    ``number`` (2026-0012) and ``profile`` come from the hub.
    """

    workspace_id: str
    nature: Nature
    number: str
    header: Header
    level: EventLevel = EventLevel.IV
    status: Status = Status.ACTIVE
    exercise: bool = False
    session_id: str = ""
    profile: Profile = DEFAULT
    plan: PlanRef | None = None
    units: list[Unit] = msgspec.field(default_factory=list)
    call: list[str] = msgspec.field(default_factory=list)
    boards: list[NewBoard] = msgspec.field(default_factory=list)
    items: list[AddItem] = msgspec.field(default_factory=list)


class EditHeader(Command, frozen=True, kw_only=True):
    """``base_version`` is the version the writer was looking at."""

    base_version: int
    changes: HeaderChanges


class ChangeLevel(Command, frozen=True, kw_only=True):
    """The level of the event and of the response to it, with the reason."""

    level: EventLevel
    response: str
    reason: str


class RecordCasualties(Command, frozen=True, kw_only=True):
    entry: Casualties


class AddUnits(Command, frozen=True, kw_only=True):
    units: list[Unit]


class RemoveUnit(Command, frozen=True, kw_only=True):
    """It sees nothing more of the incident; its items and tracks stay."""

    seat: str


class ChangeStatus(Command, frozen=True, kw_only=True):
    status: Status
    reason: str = ""


class OpenBoard(Command, frozen=True, kw_only=True):
    board: NewBoard


class LinkSession(Command, frozen=True, kw_only=True):
    """A session is held on this incident."""

    session_id: str
    title: str


class NoteEntry(Command, frozen=True, kw_only=True):
    """A line of the timeline by hand, at a time that may be past."""

    when_ms: int
    text: str


class CheckDeadlines(Command, frozen=True, kw_only=True):
    """By the hub, when a follow-up may have become due."""


class NoteExport(Command, frozen=True, kw_only=True):
    """Somebody who may see it takes a sheet away: see ``WorkspaceExported``."""

    what: str
    key: str
    form: str


class CloseBoards(Command, frozen=True, kw_only=True):
    """By the hub, at the end of the session whose own boards these are."""


# --- events -------------------------------------------------------------------------------------


class WorkspaceOpened(Event, frozen=True, kw_only=True, tag="workspace.opened"):
    workspace_id: str
    nature: Nature
    number: str
    header: Header
    level: EventLevel
    status: Status
    exercise: bool
    session_id: str
    profile: Profile
    plan: PlanRef | None
    units: list[Unit]
    call: list[str]
    deadlines: list[Deadline]


class HeaderEdited(Event, frozen=True, kw_only=True, tag="workspace.edited"):
    version: int
    changes: HeaderChanges


class LevelChanged(Event, frozen=True, kw_only=True, tag="workspace.level_changed"):
    level: EventLevel
    response: str
    reason: str


class CasualtiesRecorded(Event, frozen=True, kw_only=True, tag="workspace.casualties_recorded"):
    entry: Casualties


class UnitsAdded(Event, frozen=True, kw_only=True, tag="workspace.units_added"):
    units: list[Unit]


class UnitRemoved(Event, frozen=True, kw_only=True, tag="workspace.unit_removed"):
    seat: str


class StatusChanged(Event, frozen=True, kw_only=True, tag="workspace.status_changed"):
    status: Status
    reason: str


class DeadlinesSet(Event, frozen=True, kw_only=True, tag="workspace.deadlines_set"):
    """Those named here, anew; a deadline that was met is never among them (D2)."""

    deadlines: list[Deadline]


class DeadlineMet(Event, frozen=True, kw_only=True, tag="workspace.deadline_met"):
    name: ClockName
    late_min: int | None


class FirstReported(Event, frozen=True, kw_only=True, tag="workspace.first_reported"):
    """首报时间: the first report has come, written or by telephone."""


class BoardOpened(Event, frozen=True, kw_only=True, tag="board.opened"):
    """In an empty stream ``board:{id}`` of an older log it opens the session's own workspace as well."""

    board_id: str
    kind: BoardKind
    title: str
    session_id: str = ""


class SessionLinked(Event, frozen=True, kw_only=True, tag="workspace.session_linked"):
    session_id: str
    title: str


class EntryNoted(Event, frozen=True, kw_only=True, tag="workspace.noted"):
    when_ms: int
    text: str


class WorkspaceExported(Event, frozen=True, kw_only=True, tag="workspace.exported"):
    """导出, for the duty office alone to see. ``what``: board, feedback, casualties or receipts.

    ``key``: of which board or item, empty for the whole; ``form``: csv, xlsx or pdf.
    """

    what: str
    key: str
    form: str


class BoardsClosed(Event, frozen=True, kw_only=True, tag="board.closed"):
    pass


WorkspaceEvent = (
    WorkspaceOpened
    | HeaderEdited
    | LevelChanged
    | CasualtiesRecorded
    | UnitsAdded
    | UnitRemoved
    | StatusChanged
    | DeadlinesSet
    | DeadlineMet
    | FirstReported
    | BoardOpened
    | SessionLinked
    | EntryNoted
    | WorkspaceExported
    | BoardsClosed
    | MarkEvent
    | ItemEvent
    | TrackEvent
    | ViewEvent
)
