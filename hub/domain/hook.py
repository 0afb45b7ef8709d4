"""对外推送: systems outside that are told of what happens, and what each has not taken yet (O1 to O5).

The way of telling is that of the Standard Webhooks specification: a POST with ``webhook-id``,
``webhook-timestamp`` and ``webhook-signature``. The secret is in no event: it is derived from a key of
the hub.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Command, Event

NAME_MAX = 30
URL_MAX = 300
HOOKS_MAX = 20
WAITING_MAX = 1_000
ATTEMPTS_MAX = 12


def stream_of(hook_id: str) -> str:
    return f"hook:{hook_id}"


class NoticeType(StrEnum):
    """What an outside system may be told of."""

    INCIDENT_OPENED = "incident.opened"
    LEVEL_CHANGED = "incident.level_changed"
    STATUS_CHANGED = "incident.status_changed"
    REPORT_SUBMITTED = "report.submitted"
    INSTRUCTION_ISSUED = "instruction.issued"
    WARNING_ISSUED = "warning.issued"
    UNIT_SILENT = "unit.silent"
    KEY_EVENT = "keyevent.published"
    TEST = "test"


class HookNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What is told: enough to show one line and to find the rest in the hub. Never 拟办意见 (T9, O4).

    ``notice_id`` is the event's place in the log, so that a repetition can be recognised.
    """

    notice_id: str
    type: NoticeType
    at_ms: int
    incident_id: str = ""
    number: str = ""
    title: str = ""
    level: str = ""
    status: str = ""
    exercise: bool = False
    item_id: str = ""
    text: str = ""
    units: list[str] = []


class Hook(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="hook"):
    """State of a stream ``hook:{id}``. ``heard``: how far each workspace has been looked through; nothing
    from before ``set_ms``, when the hook was first set, is told.

    ``attempts`` and ``next_ms`` are about the first of ``waiting``. ``failing_ms``: since when none arrives.
    """

    hook_id: str = ""
    name: str = ""
    url: str = ""
    types: list[NoticeType] = []
    exercises: bool = False
    enabled: bool = False
    set_ms: int = 0
    removed: bool = False
    heard: dict[str, int] = {}
    waiting: list[HookNotice] = []
    attempts: int = 0
    next_ms: int = 0
    failing_ms: int | None = None
    failure: str = ""
    delivered: int = 0
    delivered_ms: int | None = None
    dropped: int = 0


# --- commands -----------------------------------------------------------------------------------


class SetHook(Command, frozen=True, kw_only=True):
    """Make it, or put all of it anew. What waits goes on waiting."""

    hook_id: str
    name: str
    url: str
    types: list[NoticeType]
    exercises: bool
    enabled: bool


class RemoveHook(Command, frozen=True, kw_only=True):
    pass


class QueueNotices(Command, frozen=True, kw_only=True):
    """By the hub: ``stream`` has been looked through up to ``seq``."""

    stream: str
    seq: int
    notices: list[HookNotice]


class TryHook(Command, frozen=True, kw_only=True):
    """试推送: a notice that says nothing but that it came."""

    notice_id: str


class NoteDelivered(Command, frozen=True, kw_only=True):
    notice_id: str
    status: int


class NoteFailed(Command, frozen=True, kw_only=True):
    """``reason``: one line for a person."""

    notice_id: str
    reason: str


# --- events -------------------------------------------------------------------------------------


class HookSet(Event, frozen=True, kw_only=True, tag="hook.set"):
    hook_id: str
    name: str
    url: str
    types: list[NoticeType]
    exercises: bool
    enabled: bool


class HookRemoved(Event, frozen=True, kw_only=True, tag="hook.removed"):
    pass


class NoticesQueued(Event, frozen=True, kw_only=True, tag="hook.queued"):
    """``stream`` is empty for a test."""

    stream: str
    seq: int
    notices: list[HookNotice]


class NoticeDelivered(Event, frozen=True, kw_only=True, tag="hook.delivered"):
    notice_id: str
    status: int


class NoticeFailed(Event, frozen=True, kw_only=True, tag="hook.failed"):
    """``next_ms``: when it is tried again; None when it is given up."""

    notice_id: str
    reason: str
    next_ms: int | None


HookEvent = HookSet | HookRemoved | NoticesQueued | NoticeDelivered | NoticeFailed
