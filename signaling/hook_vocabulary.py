"""Messages about systems outside that are told of what happens."""

from __future__ import annotations

import msgspec

from hub.domain.hook import NoticeType
from signaling.messages import Push, Result, Wish


class HookPut(Wish, frozen=True, kw_only=True):
    """Make a hook (``hook_id`` made by the page), or put all of it anew."""

    hook_id: str
    name: str
    url: str
    types: list[NoticeType]
    exercises: bool = False
    enabled: bool = True


class HookSecret(Result, frozen=True, kw_only=True):
    """With it the receiver checks signatures: ``whsec_`` and base64, as Standard Webhooks has it."""

    hook_id: str
    secret: str


class HookRemove(Wish, frozen=True, kw_only=True):
    hook_id: str


class HookTest(Wish, frozen=True, kw_only=True):
    """Send it a notice of type ``test`` now."""

    hook_id: str


class HookRow(msgspec.Struct, frozen=True, kw_only=True):
    """One hook and how it stands, without anything of what it is told (P7)."""

    hook_id: str
    name: str
    url: str
    types: list[NoticeType]
    exercises: bool
    enabled: bool
    waiting: int
    attempts: int
    next_ms: int | None
    failing_ms: int | None
    failure: str
    delivered: int
    delivered_ms: int | None
    dropped: int


class Hooks(Push, frozen=True, kw_only=True):
    """All hooks, for officers and administrators."""

    hooks: list[HookRow]
