"""An item of a board (条目): its words, its state, whom it goes to, what hangs on it (B1 to B16, T8)."""

from __future__ import annotations

import msgspec

from hub.domain.event import Actor, Command, Event
from hub.domain.kindparts import Reach
from hub.domain.track import Unit, UnitTrack

LINE_MAX = 120
TEXT_MAX = 2_000
LONG_MAX = 8_000


class Voided(msgspec.Struct, frozen=True, kw_only=True):
    """作废: by whom, when and why. The item stays readable."""

    actor: Actor
    at_ms: int
    reason: str


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """附件, kept under the digest of its content (SHA-256, hex). ``type`` is what the hub found it to be."""

    digest: str
    name: str
    type: str
    size_bytes: int


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """``private``: for the duty office, the author of the item and who attached it, as a unit's track is."""

    attachment: Attachment
    actor: Actor
    at_ms: int
    private: bool = False


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """批注: a line beside the item by anybody who sees it.

    ``office``: for the duty office alone. ``private``: for it, the author of the item and who wrote the note.
    """

    text: str
    actor: Actor
    at_ms: int
    office: bool = False
    private: bool = False


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """条目. ``fields``: by name, as the table of its kind says; an absent one is its initial value.

    ``fields_at``: at which version each field was last written, for merging (B4). ``reason``: why it is in
    its state, where that needs one. ``done_by``: the seat that last reported it done, for "cleared by a
    second unit". ``chain``: the report that this one follows, or the item it came from. ``media_ms``: how
    far into the recording of ``session_id`` it was written. ``due_ms`` and ``late_min``: stamped once (D2).
    """

    item_id: str
    board_id: str
    rank: str
    fields: dict[str, str]
    author: Actor
    created_ms: int
    state: str
    state_ms: int
    reach: Reach
    reason: str = ""
    done_by: str | None = None
    shared: list[str] = []
    tracks: dict[str, UnitTrack] = {}
    attachments: list[Attached] = []
    notes: list[Note] = []
    pinned: bool = False
    on_wall: bool = False
    chain: str | None = None
    number: int | None = None
    session_id: str | None = None
    media_ms: int | None = None
    due_ms: int | None = None
    late_min: int | None = None
    version: int = 1
    fields_at: dict[str, int] = {}
    edited_by: Actor | None = None
    edited_ms: int | None = None
    voided: Voided | None = None


# --- commands -----------------------------------------------------------------------------------


class AddItem(Command, frozen=True, kw_only=True):
    """Goes to the end of the board. ``reach`` None: as the kind says. ``state`` None: the kind's first one.

    ``units`` are asked for something (their tracks begin), ``shared`` only see it. A report that is added
    with ``state`` "submitted" is submitted at once. ``session_id`` and ``media_ms`` come from the hub.
    """

    board_id: str
    item_id: str
    fields: dict[str, str]
    units: list[Unit] = msgspec.field(default_factory=list)
    shared: list[str] = msgspec.field(default_factory=list)
    reach: Reach | None = None
    state: str | None = None
    chain: str | None = None
    pinned: bool = False
    session_id: str | None = None
    media_ms: int | None = None


class EditItem(Command, frozen=True, kw_only=True):
    """``base_version`` is the version the writer was looking at."""

    item_id: str
    base_version: int
    fields: dict[str, str]


class MoveItem(Command, frozen=True, kw_only=True):
    """Put the item right behind ``after``; to the top when that is None."""

    item_id: str
    after: str | None = None


class ChangeState(Command, frozen=True, kw_only=True):
    """``move``: the name of one of the moves of its kind."""

    item_id: str
    move: str
    reason: str = ""


class VoidItem(Command, frozen=True, kw_only=True):
    item_id: str
    reason: str


class PinItem(Command, frozen=True, kw_only=True):
    """置顶, by the office."""

    item_id: str
    pinned: bool


class PutOnWall(Command, frozen=True, kw_only=True):
    """上墙 and 下墙, by the office."""

    item_id: str
    on_wall: bool


class ShareItem(Command, frozen=True, kw_only=True):
    """The whole list of units it is shared with, and its reach, anew; by the office (T8).

    Its author may narrow its reach; whom the office shares it with stays.
    """

    item_id: str
    reach: Reach
    shared: list[str]


class AssignItem(Command, frozen=True, kw_only=True):
    """交办: more units are asked; a track once begun stays."""

    item_id: str
    units: list[Unit]


class Annotate(Command, frozen=True, kw_only=True):
    item_id: str
    text: str
    office: bool = False


class Attach(Command, frozen=True, kw_only=True):
    """The content is there already: hub.storage.blobs has checked its type and size."""

    item_id: str
    attachment: Attachment


# --- events -------------------------------------------------------------------------------------


class ItemAdded(Event, frozen=True, kw_only=True, tag="item.added"):
    """With what is stamped when it is added: ``state``, ``reach``, ``number`` (续报 n), time and lateness."""

    board_id: str
    item_id: str
    rank: str
    fields: dict[str, str]
    state: str
    reach: Reach
    units: list[Unit] = msgspec.field(default_factory=list)
    shared: list[str] = msgspec.field(default_factory=list)
    chain: str | None = None
    number: int | None = None
    pinned: bool = False
    session_id: str | None = None
    media_ms: int | None = None
    due_ms: int | None = None
    late_min: int | None = None


class ItemEdited(Event, frozen=True, kw_only=True, tag="item.edited"):
    """``office``: of fields that nobody but the office receives; to all others nothing was edited (T9)."""

    item_id: str
    version: int
    changes: dict[str, str]
    office: bool = False


class ItemMoved(Event, frozen=True, kw_only=True, tag="item.moved"):
    item_id: str
    rank: str


class ItemStateChanged(Event, frozen=True, kw_only=True, tag="item.state_changed"):
    """``reach``: where the step widens it (a key event is published). Times are stamped by a submission.

    ``move`` is empty where the hub makes the step itself, because of what the tracks say (T3).
    """

    item_id: str
    move: str
    state: str
    reason: str = ""
    reach: Reach | None = None
    number: int | None = None
    due_ms: int | None = None
    late_min: int | None = None


class ItemVoided(Event, frozen=True, kw_only=True, tag="item.voided"):
    item_id: str
    reason: str


class ItemPinned(Event, frozen=True, kw_only=True, tag="item.pinned"):
    item_id: str
    pinned: bool


class ItemOnWall(Event, frozen=True, kw_only=True, tag="item.on_wall"):
    item_id: str
    on_wall: bool


class ItemShared(Event, frozen=True, kw_only=True, tag="item.shared"):
    item_id: str
    reach: Reach
    shared: list[str]


class ItemAssigned(Event, frozen=True, kw_only=True, tag="item.assigned"):
    item_id: str
    units: list[Unit]


class ItemAnnotated(Event, frozen=True, kw_only=True, tag="item.annotated"):
    item_id: str
    text: str
    office: bool = False
    private: bool = False


class ItemAttached(Event, frozen=True, kw_only=True, tag="item.attached"):
    item_id: str
    attachment: Attachment
    private: bool = False


# --- what a viewer hears instead, never in the log ------------------------------------------------


class ItemShown(Event, frozen=True, kw_only=True, tag="item.shown"):
    """The item as this viewer sees it from now on."""

    item: Item


class ItemHidden(Event, frozen=True, kw_only=True, tag="item.hidden"):
    """This viewer sees it no more."""

    item_id: str


class Withheld(Event, frozen=True, kw_only=True, tag="withheld"):
    """Something has happened here that is not for this viewer."""


ItemEvent = (
    ItemAdded
    | ItemEdited
    | ItemMoved
    | ItemStateChanged
    | ItemVoided
    | ItemPinned
    | ItemOnWall
    | ItemShared
    | ItemAssigned
    | ItemAnnotated
    | ItemAttached
)
ViewEvent = ItemShown | ItemHidden | Withheld
