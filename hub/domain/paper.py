"""公文: what the duty office writes from the log, 值班报告, 通报, 快报 and 会商纪要 (rules N1 to N16).

A paper is drafted by the hub from the log, edited, reviewed and issued; what is issued is frozen, and its
digest says so. Every figure and every line names the records that it comes from.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Actor, Command, Event

TITLE_MAX = 120
TEXT_MAX = 40_000
SECTIONS_MAX = 40
SOURCES_MAX = 5_000
PUSHED_MAX = 300


def stream_of(paper_id: str) -> str:
    return f"paper:{paper_id}"


class PaperKind(StrEnum):
    """值班报告 · 值班工作通报 · 快报 · 会商纪要"""

    DUTY_REPORT = "duty_report"
    DUTY_CIRCULAR = "duty_circular"
    BRIEF = "brief"
    MINUTES = "minutes"


NAMES = {
    PaperKind.DUTY_REPORT: "值班报告",
    PaperKind.DUTY_CIRCULAR: "值班工作通报",
    PaperKind.BRIEF: "快报",
    PaperKind.MINUTES: "会商纪要",
}
"""What stands on paper, and in the number: 值班报告〔2026〕第12期."""


class PaperState(StrEnum):
    """草稿 · 审核 · 退回 · 已签发 · 已推送"""

    DRAFT = "draft"
    REVIEW = "review"
    RETURNED = "returned"
    ISSUED = "issued"
    PUSHED = "pushed"


EDITABLE = (PaperState.DRAFT, PaperState.RETURNED)
FROZEN = (PaperState.ISSUED, PaperState.PUSHED)


class SourceKind(StrEnum):
    """事件专题 · 条目 · 伤亡记录 · 大事记 · 标记 · 会商 · 点名 · 抽查 · 录制 · 录制中的一刻"""

    INCIDENT = "incident"
    ITEM = "item"
    CASUALTIES = "casualties"
    ENTRY = "entry"
    MARK = "mark"
    SESSION = "session"
    ROLLCALL = "rollcall"
    CHECK = "check"
    RECORDING = "recording"
    MOMENT = "moment"


class PaperSource(msgspec.Struct, frozen=True, kw_only=True):
    """One record that a figure or a line comes from. ``key``: what the text names it by, ［12］.

    ``record``: the item, the recording (and its roll call), the row of the check, as ``kind`` says; of a
    moment the recording and how many seconds into it, as the review page is addressed: r-1?t=754.
    ``seq``: the event of ``stream`` that put it there. ``label`` says what it is, not what stands in it.
    """

    key: int
    kind: SourceKind
    stream: str
    record: str
    seq: int
    label: str


class PaperCell(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a table, and the records that it counts."""

    text: str
    sources: list[int] = []


class PaperGrid(msgspec.Struct, frozen=True, kw_only=True):
    """A table as it was counted; it is left out or taken whole, never rewritten."""

    head: list[str]
    rows: list[list[PaperCell]]


class PaperSection(msgspec.Struct, frozen=True, kw_only=True):
    """``text``: one paragraph a line; ［3］ and ［3-5、9］ in it name sources."""

    section_id: str
    title: str
    text: str
    grid: PaperGrid | None = None


class PaperPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """From the first millisecond to the last, the end not included."""

    from_ms: int
    to_ms: int


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """The incident, or the session of minutes, that a paper is about, as it was called then."""

    stream: str
    number: str
    title: str


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """A stream that was read for the draft, up to this event; the same ones give the same draft (N2)."""

    stream: str
    seq: int


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """An issued paper that another one replaces, or is replaced by."""

    paper_id: str
    edition: int
    digest: str = ""


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who took a step, as it stands on paper."""

    person: str
    seat_name: str
    at_ms: int


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """推送: to which seat, since when, and when somebody there first read it."""

    seat: str
    name: str
    short_name: str
    at_ms: int
    read_ms: int | None = None
    person: str | None = None


class PaperStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of its way, with the reason where it needs one."""

    verb: str
    actor: Actor
    at_ms: int
    reason: str = ""


class Paper(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="paper"):
    """State of a stream ``paper:{id}``.

    ``year`` and ``number`` are given when it is issued (N6); ``edition`` counts from 1, later ones replace
    earlier ones under the same number (N8). ``same_person``: who drafted it has issued it (N5).
    """

    paper_id: str = ""
    kind: PaperKind = PaperKind.DUTY_REPORT
    title: str = ""
    period: PaperPeriod | None = None
    about: Subject | None = None
    exercise: bool = False
    classification: str = ""
    office: str = ""
    office_name: str = ""
    sections: list[PaperSection] = []
    sources: list[PaperSource] = []
    basis: list[Basis] = []
    state: PaperState = PaperState.DRAFT
    since_ms: int = 0
    reason: str = ""
    version: int = 1
    fields_at: dict[str, int] = {}
    edited_by: Actor | None = None
    edited_ms: int | None = None
    drafted_by: Actor | None = None
    drafted_ms: int = 0
    reviewed: Signer | None = None
    issued: Signer | None = None
    same_person: bool = False
    year: int | None = None
    number: int | None = None
    edition: int = 1
    replaces: Edition | None = None
    replaced_by: Edition | None = None
    algorithm: str = ""
    digest: str = ""
    pushed: dict[str, Pushed] = {}
    steps: list[PaperStep] = []

    @property
    def frozen(self) -> bool:
        return self.state in FROZEN


# --- commands -----------------------------------------------------------------------------------


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """What the hub has made of the log."""

    title: str
    sections: list[PaperSection]
    sources: list[PaperSource]
    basis: list[Basis]
    about: Subject | None = None
    exercise: bool = False


class DraftPaper(Command, frozen=True, kw_only=True):
    """Begin a paper. ``replaces``: a later edition of an issued paper, whose number it will have (N8)."""

    paper_id: str
    kind: PaperKind
    period: PaperPeriod | None
    draft: Drafted
    classification: str
    replaces: Edition | None = None


class SectionText(msgspec.Struct, frozen=True, kw_only=True):
    """A section as it is written now; ``grid`` False leaves its table out."""

    section_id: str
    title: str
    text: str
    grid: bool = True


class EditPaper(Command, frozen=True, kw_only=True):
    """``base_version`` is what the writer was looking at; None is untouched.

    ``order``: the sections that there are from now on; one that is not among them is left out.
    """

    base_version: int
    title: str | None = None
    sections: list[SectionText] = msgspec.field(default_factory=list)
    order: list[str] | None = None


class SubmitPaper(Command, frozen=True, kw_only=True):
    """送审."""


class ApprovePaper(Command, frozen=True, kw_only=True):
    """审核通过: it may be issued; who issues without that has reviewed it as well."""


class ReturnPaper(Command, frozen=True, kw_only=True):
    """退回, with the reason."""

    reason: str


class IssuePaper(Command, frozen=True, kw_only=True):
    """签发. ``year``, ``number``, ``edition`` and ``algorithm`` come from the hub.

    ``alone``: who drafted it issues it, and knows that (N5).
    """

    year: int
    number: int
    edition: int
    algorithm: str
    alone: bool = False


class PushPaper(Command, frozen=True, kw_only=True):
    """推送 to these seats besides those that have it."""

    seats: list[Pushed]


class ReadPaper(Command, frozen=True, kw_only=True):
    """By a seat that it was pushed to; the first time counts."""


class ReplacePaper(Command, frozen=True, kw_only=True):
    """By the hub: a later edition has been issued."""

    by: Edition


# --- events -------------------------------------------------------------------------------------


class PaperDrafted(Event, frozen=True, kw_only=True, tag="paper.drafted"):
    paper_id: str
    kind: PaperKind
    period: PaperPeriod | None
    draft: Drafted
    classification: str
    replaces: Edition | None


class PaperEdited(Event, frozen=True, kw_only=True, tag="paper.edited"):
    """``sections``: those that were written anew, whole; ``order``: where it has changed."""

    version: int
    title: str | None = None
    sections: list[SectionText] = msgspec.field(default_factory=list)
    order: list[str] | None = None


class PaperSubmitted(Event, frozen=True, kw_only=True, tag="paper.submitted"):
    pass


class PaperApproved(Event, frozen=True, kw_only=True, tag="paper.approved"):
    pass


class PaperReturned(Event, frozen=True, kw_only=True, tag="paper.returned"):
    reason: str


class PaperIssued(Event, frozen=True, kw_only=True, tag="paper.issued"):
    year: int
    number: int
    edition: int
    same_person: bool
    algorithm: str
    digest: str


class PaperPushed(Event, frozen=True, kw_only=True, tag="paper.pushed"):
    seats: list[Pushed]


class PaperRead(Event, frozen=True, kw_only=True, tag="paper.read"):
    seat: str


class PaperReplaced(Event, frozen=True, kw_only=True, tag="paper.replaced"):
    by: Edition


PaperEvent = (
    PaperDrafted
    | PaperEdited
    | PaperSubmitted
    | PaperApproved
    | PaperReturned
    | PaperIssued
    | PaperPushed
    | PaperRead
    | PaperReplaced
)
