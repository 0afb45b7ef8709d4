"""Who sets a hook, what it is told of, and when what did not arrive is tried again (rules O1 to O5)."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec.structs import replace

from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.hook import (
    ATTEMPTS_MAX,
    NAME_MAX,
    URL_MAX,
    WAITING_MAX,
    Hook,
    HookEvent,
    HookNotice,
    HookRemoved,
    HookSet,
    NoteDelivered,
    NoteFailed,
    NoticeDelivered,
    NoticeFailed,
    NoticesQueued,
    NoticeType,
    QueueNotices,
    RemoveHook,
    SetHook,
    TryHook,
)
from hub.errors import Refusal

WAITS_S = (5, 30, 120, 600, 1800, 3600, 7200)
"""O3: how long after a failure it is tried again; the last one repeats until ``ATTEMPTS_MAX``."""


def decide(state: Hook, command: Command, by: Actor, now_ms: int) -> list[HookEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    is_hubs = isinstance(command, QueueNotices | NoteDelivered | NoteFailed)
    # O1: administrators and the duty office set hooks; what is told and what arrives is the hub's.
    if by.role not in ((Role.HUB,) if is_hubs else (Role.ADMIN, Role.OFFICER, Role.HUB)):
        raise Refusal("forbidden")
    if isinstance(command, SetHook):
        return _set(state, command)
    if not state.set_ms or state.removed:
        raise Refusal("hook.unknown")
    match command:
        case RemoveHook():
            return [HookRemoved()]
        case QueueNotices():
            return _queue(state, command)
        case TryHook(notice_id=notice_id):
            test = HookNotice(notice_id=notice_id, type=NoticeType.TEST, at_ms=now_ms)
            return [NoticesQueued(stream="", seq=0, notices=[test])]
        case NoteDelivered(notice_id=notice_id, status=status):
            return (
                [NoticeDelivered(notice_id=notice_id, status=status)] if _is_first(state, notice_id) else []
            )
        case NoteFailed(notice_id=notice_id, reason=reason):
            if not _is_first(state, notice_id):
                return []
            next_ms = retry_ms(state.attempts + 1, now_ms)
            return [NoticeFailed(notice_id=notice_id, reason=reason[:200], next_ms=next_ms)]
    raise TypeError(command)


def _set(state: Hook, wish: SetHook) -> list[HookEvent]:
    name = " ".join(wish.name.split())
    if not name or len(name) > NAME_MAX:
        raise Refusal("bad_request", field="name", max=NAME_MAX)
    if state.removed:
        raise Refusal("hook.unknown")
    check_url(wish.url)
    types: list[NoticeType] = [each for each in dict.fromkeys(wish.types) if each is not NoticeType.TEST]
    if not types:
        raise Refusal("bad_request", field="types")
    made = HookSet(
        hook_id=wish.hook_id,
        name=name,
        url=wish.url,
        types=types,
        exercises=wish.exercises,
        enabled=wish.enabled,
    )
    known = (state.hook_id, state.name, state.url, state.types, state.exercises, state.enabled)
    same = (made.hook_id, made.name, made.url, made.types, made.exercises, made.enabled) == known
    return [] if same else [made]


def check_url(url: str) -> None:
    """An address on the intranet: http or https, a host, and no name or password in it (``hook.bad_url``)."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    else:
        good = good and parts.username is None and parts.password is None and not parts.fragment
    if not good or len(url) > URL_MAX or any(ord(letter) <= 32 for letter in url):
        raise Refusal("hook.bad_url")


def _queue(state: Hook, wish: QueueNotices) -> list[HookEvent]:
    """O2: each event once, of the types that were chosen; an exercise only where that is wanted (O5)."""
    if wish.seq <= state.heard.get(wish.stream, 0):
        return []
    known = {notice.notice_id for notice in state.waiting}
    wanted = [
        notice
        for notice in wish.notices
        if notice.type in state.types
        and (state.exercises or not notice.exercise)
        and notice.notice_id not in known
    ]
    if not wanted or not state.enabled:
        return []
    return [NoticesQueued(stream=wish.stream, seq=wish.seq, notices=wanted)]


def _is_first(state: Hook, notice_id: str) -> bool:
    return bool(state.waiting) and state.waiting[0].notice_id == notice_id


def retry_ms(attempts: int, now_ms: int) -> int | None:
    """When to try again after so many attempts; None when that was enough."""
    if attempts >= ATTEMPTS_MAX:
        return None
    return now_ms + WAITS_S[min(attempts, len(WAITS_S)) - 1] * 1000


def due_ms(state: Hook) -> int | None:
    """When the first of what waits is to be sent; 0: at once; None: nothing waits, or it is switched off."""
    if not state.enabled or state.removed or not state.waiting:
        return None
    return state.next_ms


def apply(state: Hook, recorded: Recorded[HookEvent]) -> Hook:
    event, at_ms = recorded.event, recorded.at_ms
    match event:
        case HookSet():
            return replace(
                state,
                hook_id=event.hook_id,
                name=event.name,
                url=event.url,
                types=event.types,
                exercises=event.exercises,
                enabled=event.enabled,
                set_ms=state.set_ms or at_ms,
                attempts=0,
                next_ms=0,
            )
        case HookRemoved():
            return replace(state, removed=True, enabled=False, waiting=[])
        case NoticesQueued(stream=stream, seq=seq, notices=notices):
            waiting = [*state.waiting, *notices]
            over = max(0, len(waiting) - WAITING_MAX)
            heard = {**state.heard, stream: seq} if stream else state.heard
            # The oldest but the first, which may be on its way at this moment.
            kept = waiting if not over else [waiting[0], *waiting[1 + over :]]
            return replace(state, heard=heard, waiting=kept, dropped=state.dropped + over)
        case NoticeDelivered():
            return replace(
                _next(state), delivered=state.delivered + 1, delivered_ms=at_ms, failing_ms=None, failure=""
            )
        case NoticeFailed(reason=reason, next_ms=next_ms):
            failing = {"failing_ms": state.failing_ms or at_ms, "failure": reason}
            if next_ms is None:
                return replace(_next(state), dropped=state.dropped + 1, **failing)
            return replace(state, attempts=state.attempts + 1, next_ms=next_ms, **failing)


def _next(state: Hook) -> Hook:
    return replace(state, waiting=state.waiting[1:], attempts=0, next_ms=0)
