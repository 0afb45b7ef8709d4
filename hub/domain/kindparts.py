"""What a kind of board is made of: fields, choices, states, moves, and who may do what."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class BoardKind(StrEnum):
    """The eleven kinds of domain.md 3.3; their Chinese and English names stand in the table (kinds.py)."""

    SITUATION = "situation"
    REPORT = "report"
    INSTRUCTION = "instruction"
    WARNING = "warning"
    HAZARD = "hazard"
    TASK = "task"
    RESOURCE = "resource"
    DUTY = "duty"
    CHECK = "check"
    OPINION = "opinion"
    KEYEVENT = "keyevent"


class FieldType(StrEnum):
    """How the text of a field is read: one line, many lines, a code, a number, milliseconds, a seat's id."""

    LINE = "line"
    LONG = "long"
    CHOICE = "choice"
    NUMBER = "number"
    TIME = "time"
    SEAT = "seat"


class Writer(StrEnum):
    """Who may write a field of an item that is there.

    ``author``: the seat that wrote the item. ``assignee``: the units it is assigned to, and the author.
    ``office``: the duty office on anybody's item, and the author. ``secret``: the duty office, and nobody
    else ever receives it (T9). ``once``: the author while it is empty; afterwards it stands.
    """

    AUTHOR = "author"
    ASSIGNEE = "assignee"
    OFFICE = "office"
    SECRET = "secret"
    ONCE = "once"


class Who(StrEnum):
    """Who may move an item from state to state. ``second``: a unit that did not report it done itself."""

    AUTHOR = "author"
    ASSIGNEE = "assignee"
    OFFICE = "office"
    SECOND = "second"


class Reach(StrEnum):
    """本室 · 填报与承办单位 · 省直单位 · 全部参加单位: to whom an item goes (T8).

    Its author, its assignees and the units it is shared with see it in any case, but for ``office``.
    """

    OFFICE = "office"
    UNIT = "unit"
    DEPARTMENTS = "departments"
    ALL = "all"


class Choice(msgspec.Struct, frozen=True):
    """One value of a field of choices."""

    value: str
    zh: str
    en: str


class Field(msgspec.Struct, frozen=True):
    """One field of an item. ``element``: a required element of a report, savable as 待核实 (empty)."""

    name: str
    type: FieldType
    zh: str
    en: str
    writer: Writer = Writer.AUTHOR
    choices: tuple[Choice, ...] = ()
    element: bool = False

    @property
    def initial(self) -> str:
        """What it is when nobody has said anything: the first choice, else nothing."""
        return self.choices[0].value if self.choices else ""


class StateOf(msgspec.Struct, frozen=True):
    """A state of an item. ``final``: nothing more is expected, it is never overdue."""

    value: str
    zh: str
    en: str
    final: bool = False


class Move(msgspec.Struct, frozen=True):
    """A step from one of ``sources`` to ``target``; ``zh`` and ``en`` are the verb on the button."""

    name: str
    sources: tuple[str, ...]
    target: str
    who: tuple[Who, ...]
    zh: str
    en: str
    needs_reason: bool = False


class Words(msgspec.Struct, frozen=True):
    zh: str
    en: str


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of board. ``purpose``, ``writers`` and ``asks`` are the three lines of its head.

    The first of ``states`` is that of a new item. ``units_add``: units add items of their own; else only the
    duty office does. ``tracked``: an item asks something of units, and each has its track. ``reach``: to whom
    an item of the office or a department goes when nobody says otherwise; a city's goes to ``city_reach``.
    """

    kind: BoardKind
    zh: str
    en: str
    purpose: Words
    writers: Words
    asks: Words
    fields: tuple[Field, ...]
    states: tuple[StateOf, ...]
    moves: tuple[Move, ...] = ()
    units_add: bool = True
    tracked: bool = False
    reach: Reach = Reach.UNIT
    city_reach: Reach = Reach.UNIT


LINE, LONG, CHOICE = FieldType.LINE, FieldType.LONG, FieldType.CHOICE
NUMBER, TIME, SEAT = FieldType.NUMBER, FieldType.TIME, FieldType.SEAT

CREDIBILITY = (
    Choice("unverified", "待核实", "unverified"),
    Choice("verified", "已核实", "verified"),
    Choice("false", "不实", "false"),
)
CHANNELS = (
    Choice("", "未注明", "not said"),
    Choice("phone", "电话", "telephone"),
    Choice("video", "视频会商", "video"),
    Choice("intranet", "电子政务内网", "intranet"),
    Choice("field", "现场", "on site"),
    Choice("media", "媒体网络", "media"),
    Choice("other", "其他", "other"),
)

COMMON = (
    Field("text", LINE, "内容", "Text"),
    Field("body", LONG, "详情", "Details"),
    Field("place", LINE, "地点", "Place"),
    Field("lon", NUMBER, "经度", "Longitude"),
    Field("lat", NUMBER, "纬度", "Latitude"),
    Field("source", LINE, "来源", "Source"),
    Field("channel", CHOICE, "渠道", "Channel", choices=CHANNELS),
    Field("credibility", CHOICE, "核实", "Credibility", Writer.OFFICE, CREDIBILITY),
    Field("as_of", TIME, "截至", "As of"),
    Field("due", TIME, "时限", "Due", Writer.ONCE),
)
"""Fields of every kind. ``text`` is never empty. ``as_of`` is when it was true, not when it was written."""
