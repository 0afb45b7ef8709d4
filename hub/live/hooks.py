"""对外推送: what happens is queued for each hook, and sent until it arrives or is given up."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import msgspec

from hub.clock import Clock
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.hook import (
    HOOKS_MAX,
    Hook,
    HookNotice,
    NoteDelivered,
    NoteFailed,
    QueueNotices,
    RemoveHook,
    SetHook,
    TryHook,
    stream_of,
)
from hub.domain.hook_rules import due_ms
from hub.domain.notices import TOLD, notice_of
from hub.domain.streams import State, fold
from hub.domain.workspace import Workspace, is_workspace
from hub.errors import Refusal
from hub.ids import new_id
from hub.live.chores import Chores
from hub.live.listing import Listing
from hub.live.pages import Pages
from hub.live.streams import Batch, Streams
from hub.live.timers import Alarms
from hub.storage.eventlog import EventLog
from signaling.hook_vocabulary import HookRow, HookSecret
from signaling.hook_vocabulary import Hooks as HookList

Send = Callable[[str, dict[str, str], bytes], Awaitable[int]]
"""POST to an address, with headers and a body: the status of the answer, or OSError when there is none."""


_RETRY_MS = 30_000
"""After a step that could not be written down."""


class Hooks:
    """Owns the timers of what is to be sent; one notice a hook is on its way at a time, in order (O2)."""

    def __init__(
        self, clock: Clock, log: EventLog, streams: Streams, pages: Pages, key: bytes, send: Send
    ) -> None:
        self._clock = clock
        self._log = log
        self._streams = streams
        self._key = key
        self._send = send
        self._sending: set[str] = set()
        self.chores = Chores()
        self.alarms = Alarms(clock, "hooks")
        self.list: Listing[Hook] = Listing(streams, pages, Hook, stream_of(""), _list_for)
        self._unsubscribe = streams.subscribe(self._published)

    async def start(self) -> None:
        """Take up what waited, and what happened and was not queued before the hub went down."""
        await self.list.start()
        for hook in self._hooks():
            for stream in [*await self._streams.names("incident:")]:
                await self._catch_up(hook, stream)
            self._arm(hook)

    async def close(self) -> None:
        self._unsubscribe()
        await self.alarms.close()
        await self.chores.idle()
        self.list.close()

    # --- administrators and officers ------------------------------------------------------------

    async def put(self, wish: SetHook, by: Actor, op: str) -> HookSecret:
        if len(self._hooks()) >= HOOKS_MAX and all(hook.hook_id != wish.hook_id for hook in self._hooks()):
            raise Refusal("board.full", max=HOOKS_MAX)
        await self._streams.execute(stream_of(wish.hook_id), wish, by, op=op)
        return HookSecret(hook_id=wish.hook_id, secret=self.secret(wish.hook_id))

    async def remove(self, hook_id: str, by: Actor, op: str) -> int:
        return await self._streams.execute(stream_of(hook_id), RemoveHook(), by, op=op)

    async def test(self, hook_id: str, by: Actor, op: str) -> int:
        return await self._streams.execute(stream_of(hook_id), TryHook(notice_id=new_id("n")), by, op=op)

    def secret(self, hook_id: str) -> str:
        """Derived, so that it stands neither in the log nor in a table."""
        return "whsec_" + base64.b64encode(_secret(self._key, hook_id)).decode()

    # --- what happens ---------------------------------------------------------------------------

    def _hooks(self) -> list[Hook]:
        return [hook for hook in self.list.states if not hook.removed]

    def _published(self, stream: str, events: Batch) -> None:
        if is_workspace(stream):
            hooks = self._hooks()
            notices = notices_in(stream, self._streams.before(stream), events) if hooks else []
            for hook in hooks if notices else ():
                self._queue(hook, stream, events[-1].seq, notices)
            return
        known = self._streams.peek(stream)
        if known is not None and isinstance(known[0], Hook):
            self._arm(known[0])

    def _queue(self, hook: Hook, stream: str, seq: int, notices: list[HookNotice]) -> None:
        command = QueueNotices(stream=stream, seq=seq, notices=notices)
        self.chores.add(hook.hook_id, "queue notices", partial(self._do, hook.hook_id, command))

    async def _do(self, hook_id: str, command: Command) -> int:
        return await self._streams.execute(stream_of(hook_id), command, HUB)

    async def _catch_up(self, hook: Hook, stream: str) -> None:
        last = await self._streams.last(stream)
        if last is None or last.at_ms < hook.set_ms or last.seq <= hook.heard.get(stream, 0):
            return
        events = await self._log.read(stream)
        heard = hook.heard.get(stream, 0)
        notices = [
            notice
            for notice in notices_in(stream, fold(stream, []), events)
            if notice.at_ms >= hook.set_ms and int(notice.notice_id.rpartition("/")[2]) > heard
        ]
        if notices:
            await self._do(hook.hook_id, QueueNotices(stream=stream, seq=last.seq, notices=notices))

    # --- sending --------------------------------------------------------------------------------

    def _arm(self, hook: Hook) -> None:
        at_ms = due_ms(hook)
        if hook.hook_id in self._sending:
            return  # it is armed again once that has come to something
        if at_ms is None:
            self.alarms.cancel(hook.hook_id)
        else:
            self.alarms.set((hook.hook_id,), at_ms, partial(self._send_next, hook.hook_id))

    async def _send_next(self, hook_id: str) -> None:
        self._sending.add(hook_id)
        try:
            await self._send_first(hook_id)
        except Refusal:  # what came of it could not be written down (a full disk): the same once more
            again_ms = self._clock.wall_ms() + _RETRY_MS
            self.alarms.set((hook_id,), again_ms, partial(self._send_next, hook_id))
            return
        finally:
            self._sending.discard(hook_id)
        state, _ = await self._streams.state(stream_of(hook_id))
        if isinstance(state, Hook):
            self._arm(state)

    async def _send_first(self, hook_id: str) -> None:
        state, _ = await self._streams.state(stream_of(hook_id))
        if not isinstance(state, Hook) or due_ms(state) is None:
            return
        notice = state.waiting[0]
        body = msgspec.json.encode(notice)
        headers = signed(_secret(self._key, hook_id), notice.notice_id, self._clock.wall_ms() // 1000, body)
        try:
            status = await self._send(state.url, headers, body)
        except OSError as error:
            await self._do(hook_id, NoteFailed(notice_id=notice.notice_id, reason=str(error) or repr(error)))
            return
        if 200 <= status < 300:
            await self._do(hook_id, NoteDelivered(notice_id=notice.notice_id, status=status))
        else:
            await self._do(hook_id, NoteFailed(notice_id=notice.notice_id, reason=f"HTTP {status}"))


def notices_in(stream: str, before: State, events: Batch) -> list[HookNotice]:
    """What of ``events``, which follow ``before``, somebody outside may be told."""
    notices: list[HookNotice] = []
    if not any(isinstance(recorded.event, TOLD) for recorded in events):
        return notices
    for recorded in events:
        before = fold(stream, [recorded], before)
        assert isinstance(before, Workspace)
        notice = notice_of(before, recorded)
        if notice is not None:
            notices.append(notice)
    return notices


def signed(secret: bytes, notice_id: str, at_s: int, body: bytes) -> dict[str, str]:
    """Standard Webhooks, "Signature scheme": HMAC-SHA256 over id, time and body, in base64."""
    content = b".".join((notice_id.encode(), str(at_s).encode(), body))
    mark = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "webhook-id": notice_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": f"v1,{mark}",
    }


def _secret(key: bytes, hook_id: str) -> bytes:
    return hmac.new(key, f"hook/{hook_id}".encode(), hashlib.sha256).digest()


def _list_for(hooks: Sequence[Hook], viewer: Actor) -> HookList | None:
    if viewer.role not in (Role.OFFICER, Role.ADMIN):
        return None
    return HookList(hooks=[_row(hook) for hook in hooks if not hook.removed])


def _row(hook: Hook) -> HookRow:
    return HookRow(
        hook_id=hook.hook_id,
        name=hook.name,
        url=hook.url,
        types=hook.types,
        exercises=hook.exercises,
        enabled=hook.enabled,
        waiting=len(hook.waiting),
        attempts=hook.attempts,
        next_ms=due_ms(hook) or None,
        failing_ms=hook.failing_ms,
        failure=hook.failure,
        delivered=hook.delivered,
        delivered_ms=hook.delivered_ms,
        dropped=hook.dropped,
    )
