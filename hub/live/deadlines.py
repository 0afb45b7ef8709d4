"""What the hub does when a time has come: it escalates, urges, sets follow-ups, and tells the desk (D5, D6).

What has been done is in the log, so a restart does nothing twice; what is to be done follows from the log, so
a restart forgets nothing. Each change of an item makes its plan anew.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hub.clock import Clock
from hub.domain.event import HUB, Command
from hub.domain.track import Escalate, Urge
from hub.domain.waiting import Planned, next_check_ms, next_edge_ms, plan
from hub.domain.workspace import CheckDeadlines
from hub.live.chores import Chores
from hub.live.streams import Streams
from hub.live.timers import Act, Alarms, Key
from hub.live.watching import Change, Watched, Watching

AFTER_START_MS = 30_000
"""Nobody is urged for what could not be signed while the hub was away; the pages come back within this."""


_RETRY_MS = 30_000
"""After a step that failed (a full disk)."""


class Deadlines:
    """One alarm a workspace for what is to be done, and one for what only changes how things look."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        watching: Watching,
        time_has_come: Callable[[str], None],
        *,
        after_start_ms: int = AFTER_START_MS,
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._watching = watching
        self._time_has_come = time_has_come
        self._after_start_ms = after_start_ms
        self._plans: dict[str, dict[str, list[Planned]]] = {}
        self._checks: dict[str, int] = {}
        self._under_way: set[tuple[str, str]] = set()
        self.alarms = Alarms(clock, "deadlines")
        self.chores = Chores()
        watching.listen(self._changed)

    async def close(self) -> None:
        await self.alarms.close()
        await self.chores.idle()

    # --- plans ----------------------------------------------------------------------------------

    def _changed(self, changes: list[Change]) -> None:
        for change in changes:
            stream = change.watched.stream
            if stream not in self._watching.all:
                self._plans.pop(stream, None)
                self._checks.pop(stream, None)
                self.alarms.cancel(stream)
                continue
            not_before_ms = self._clock.wall_ms() + self._after_start_ms if change.taken_up else 0
            items = change.items
            if items is None:
                items = frozenset(change.watched.waiting.keys() | self._plans.get(stream, {}).keys())
                self._plan_check(change.watched)
            for item_id in items:
                self._plan(change.watched, item_id, not_before_ms)
            self._set(change.watched)

    def _plan(self, watched: Watched, item_id: str, not_before_ms: int = 0) -> None:
        """What is under way is planned anew when it is done: the log does not show it yet."""
        if (watched.stream, item_id) in self._under_way:
            return
        one = watched.waiting.get(item_id)
        profile, now_ms = watched.state.profile, self._clock.wall_ms()
        planned = plan(one, profile, now_ms, not_before_ms) if one is not None else []
        plans = self._plans.setdefault(watched.stream, {})
        if planned:
            plans[item_id] = planned
        else:
            plans.pop(item_id, None)

    def _plan_check(self, watched: Watched) -> None:
        at_ms = next_check_ms(watched.state, self._clock.wall_ms())
        if at_ms is None:
            self._checks.pop(watched.stream, None)
        else:
            self._checks[watched.stream] = at_ms

    def _set(self, watched: Watched) -> None:
        stream = watched.stream
        times = [each.at_ms for planned in self._plans.get(stream, {}).values() for each in planned]
        if stream in self._checks:
            times.append(self._checks[stream])
        self._alarm((stream, "do"), min(times, default=None), partial(self._act, stream))
        edge_ms = next_edge_ms(watched.state, watched.waiting.values(), self._clock.wall_ms())
        self._alarm((stream, "edge"), edge_ms, partial(self._edge, stream))

    def _alarm(self, key: Key, at_ms: int | None, act: Act) -> None:
        if at_ms is None:
            self.alarms.cancel(*key)
        else:
            self.alarms.set(key, at_ms, act)

    # --- what is due ----------------------------------------------------------------------------

    async def _edge(self, stream: str) -> None:
        self._time_has_come(stream)
        watched = self._watching.all.get(stream)
        if watched is not None:
            self._set(watched)

    async def _act(self, stream: str) -> None:
        watched = self._watching.all.get(stream)
        if watched is None:
            return
        now_ms = self._clock.wall_ms()
        if self._checks.get(stream, now_ms + 1) <= now_ms:
            del self._checks[stream]
            check = partial(self._streams.execute, stream, CheckDeadlines(), HUB)
            self.chores.add(stream, "check deadlines", check)
        plans = self._plans.get(stream, {})
        for item_id in [key for key, steps in plans.items() if any(each.at_ms <= now_ms for each in steps)]:
            steps = plans.pop(item_id)
            self._under_way.add((stream, item_id))
            commands = _commands(item_id, [each for each in steps if each.at_ms <= now_ms])
            self.chores.add(stream, "remind", partial(self._do, stream, item_id, commands))
        self._set(watched)

    async def _do(self, stream: str, item_id: str, commands: list[Command]) -> None:
        not_before_ms = self._clock.wall_ms() + _RETRY_MS
        try:
            for command in commands:
                await self._streams.execute(stream, command, HUB)
            not_before_ms = 0
        finally:
            self._watching.flush()
            self._under_way.discard((stream, item_id))
            watched = self._watching.all.get(stream)
            if watched is not None:
                self._plan(watched, item_id, not_before_ms)
                self._set(watched)


def _commands(item_id: str, due: list[Planned]) -> list[Command]:
    escalated = sorted(each.seat for each in due if each.escalates)
    urged = sorted(each.seat for each in due if not each.escalates)
    commands: list[Command] = [Escalate(item_id=item_id, seats=escalated)] if escalated else []
    return [*commands, Urge(item_id=item_id, seats=urged)] if urged else commands
