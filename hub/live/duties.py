"""Duty on a live hub: who is on shift at every seat, which slots are empty, and who has left the post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec.structs import replace

from hub.clock import Clock
from hub.domain import duty
from hub.domain.deadline import BEIJING_MS, DAY_MS, MINUTE_MS
from hub.domain.duty import (
    CollectSheet,
    Duty,
    FlagEmpty,
    GiveHandover,
    NoticeShift,
    OpenItem,
    SignHandover,
    TakePost,
    WriteSystem,
    stream_of,
)
from hub.domain.duty_rules import NOTICE_MS
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.organisation import SEATED
from hub.domain.roster import EmptySlot, day_of, gaps, next_shift
from hub.live.bookings import Planner
from hub.live.chores import Chores
from hub.live.openitems import open_items
from hub.live.pages import Pages, Viewer, viewer_of
from hub.live.presence import Presence
from hub.live.rights import duty_seat_of, organisation_of, seats_of_duty
from hub.live.streams import Batch, Streams
from hub.live.summaries import Summaries
from hub.live.timers import Alarms
from signaling.duty_vocabulary import AtPost, SeatShift, Shifts
from signaling.messages import Push

FLAG_MIN = 16 * 60
"""16:00 in Beijing: from then on tomorrow's empty slot is spoken of, while somebody can still be found."""

OFF_POST_MS = 5 * MINUTE_MS
"""A shift is at the post and no page of its office is there for so long: 脱岗."""


class Duties:
    """The use-cases of duty, and what it pushes to the desk."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        pages: Pages,
        presence: Presence,
        summaries: Summaries,
        planner: Planner,
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._pages = pages
        self._presence = presence
        self._summaries = summaries
        self._planner = planner
        self._states: dict[str, Duty] = {}
        self._places: dict[str, list[str]] = {}
        self._away: dict[str, int] = {}
        self._shown: dict[Viewer, Push | None] = {}
        self.chores = Chores()
        self.alarms = Alarms(clock, "duty")
        self._unsubscribe = streams.subscribe(self._published)

    async def start(self) -> None:
        for stream in await self._streams.names(stream_of("")):
            state, _ = await self._streams.state(stream)
            if isinstance(state, Duty):
                await self._take_up(stream.partition(":")[2], state)
        self._look_again()

    async def close(self) -> None:
        self._unsubscribe()
        await self.alarms.close()
        await self.chores.idle()

    # --- people ---------------------------------------------------------------------------------

    async def do(self, command: Command, by: Actor, op: str | None) -> tuple[str, int]:
        """L1: always about the own office's post. Refuses with ``forbidden`` who has none."""
        seat = await duty_seat_of(self._streams, by)
        stream = stream_of(seat)
        if isinstance(command, CollectSheet | GiveHandover | TakePost):
            command = replace(command, items=await self.open_items(by))
        elif isinstance(command, SignHandover):
            command = replace(command, alone=await self._is_alone(seat, by))
        return stream, await self._streams.execute(stream, command, by, op=op)

    async def open_items(self, by: Actor) -> list[OpenItem]:
        now_ms = self._clock.wall_ms()
        sessions, bookings = self._summaries.running, self._planner.list.states
        return await open_items(self._streams, sessions, bookings, by, now_ms)

    async def _is_alone(self, seat: str, by: Actor) -> bool:
        """L9: there is no other account that could sign."""
        organisation = await organisation_of(self._streams)
        seats = seats_of_duty(organisation, seat)
        return not any(
            account.account != by.account and not account.disabled
            for account in organisation.accounts.values()
            if account.seat_id == seat or (account.role is Role.OFFICER and account.seat_id in seats)
        )

    # --- the list -------------------------------------------------------------------------------

    def first(self, viewer: Actor) -> list[Push]:
        """For a page that has just come."""
        now = self._shifts_for(viewer)
        self._shown[viewer_of(viewer)] = now
        return [now] if now is not None else []

    def _shifts_for(self, viewer: Actor) -> Shifts | None:
        """L14: officers see every office's shifts, a seat its own; what is in a log is in no list.

        None where there is nothing to tell: then nobody has been on a roster or at a post yet.
        """
        if viewer.role not in SEATED or viewer.seat is None:
            return None
        seats: Iterable[str] = self._states
        if viewer.role is not Role.OFFICER:
            seats = [viewer.seat] if viewer.seat in self._states else []
        rows = [self._row(seat) for seat in sorted(seats)]
        return Shifts(seats=rows) if rows else None

    def _row(self, seat: str) -> SeatShift:
        state, now_ms = self._states[seat], self._clock.wall_ms()
        watch = state.watch
        left_ms = self._away.get(seat)
        return SeatShift(
            seat_id=seat,
            at_post=None
            if watch is None
            else AtPost(
                watch_id=watch.watch_id,
                crew=watch.crew,
                person=watch.person,
                began_ms=watch.began_ms,
                until_ms=watch.until_ms,
            ),
            next=next_shift(state.roster.values(), now_ms),
            gaps=self._gaps(state, now_ms),
            off_post_ms=left_ms if left_ms is not None and now_ms - left_ms >= OFF_POST_MS else None,
        )

    @staticmethod
    def _gaps(state: Duty, now_ms: int) -> list[EmptySlot]:
        """Of today and tomorrow, without what is over; an office without a roster has none."""
        if not state.roster:
            return []
        today_ms = day_of(now_ms)
        found = gaps(state.roster.values(), today_ms, today_ms + 2 * DAY_MS)
        return [gap for gap in found if gap.to_ms > now_ms]

    def _push(self) -> None:
        self._pages.push_views(self._if_new)

    def _if_new(self, viewer: Actor) -> Push | None:
        now = self._shifts_for(viewer)
        new = now != self._shown.get(viewer_of(viewer))
        self._shown[viewer_of(viewer)] = now
        return now if new else None

    def _published(self, stream: str, events: Batch) -> None:
        known = self._streams.peek(stream) if stream.startswith(stream_of("")) else None
        if known is None or not isinstance(known[0], Duty):
            return
        seat, state = stream.partition(":")[2], known[0]
        if seat in self._places:
            self._states[seat] = state
            self._push()
        else:
            self.chores.add(stream, "take up an office's duty", lambda: self._take_up(seat, state))

    async def _take_up(self, seat: str, state: Duty) -> None:
        self._states[seat] = state
        self._places[seat] = seats_of_duty(await organisation_of(self._streams), seat)
        known = self._streams.peek(stream_of(seat))
        if known is not None and isinstance(known[0], Duty):
            self._states[seat] = known[0]  # it may have moved on meanwhile
        self._push()

    # --- time -----------------------------------------------------------------------------------

    def _look_again(self) -> None:
        """With every whole minute: shifts begin and end on them."""
        next_ms = (self._clock.wall_ms() // MINUTE_MS + 1) * MINUTE_MS
        self.alarms.set(("look",), next_ms, self._look)

    async def _look(self) -> None:
        try:
            for seat, state in list(self._states.items()):
                self._look_at(seat, state, self._clock.wall_ms())
            self._push()
        finally:
            self._look_again()

    def _look_at(self, seat: str, state: Duty, now_ms: int) -> None:
        """L12: what the hub says by itself; each is done once, for the state remembers it."""
        tomorrow_ms = day_of(now_ms) + DAY_MS
        if now_ms >= tomorrow_ms - DAY_MS + FLAG_MIN * MINUTE_MS and tomorrow_ms not in state.flagged:
            found = gaps(state.roster.values(), tomorrow_ms, tomorrow_ms + DAY_MS) if state.roster else []
            if found:
                self._later(seat, FlagEmpty())
                text = f"明日空班：{'，'.join(_span(gap) for gap in found)}，请尽快安排值班人员"
                self._say(seat, f"empty-{tomorrow_ms}", text)
        for shift in state.roster.values():
            if shift.noticed_ms is None and shift.starts_ms - NOTICE_MS <= now_ms < shift.starts_ms:
                self._later(seat, NoticeShift(shift_id=shift.shift_id))
        self._look_for_people(seat, state, now_ms)

    def _look_for_people(self, seat: str, state: Duty, now_ms: int) -> None:
        there = any(self._presence.of(place).online for place in self._places.get(seat, [seat]))
        since_ms = self._away.get(seat)
        if there or state.watch is None:
            self._away.pop(seat, None)
            if since_ms is not None and now_ms - since_ms >= OFF_POST_MS and state.watch is not None:
                self._say(seat, f"back-{since_ms}", "岗位页面恢复在线（返岗）")
        elif since_ms is None:
            self._away[seat] = now_ms
        elif now_ms - since_ms >= OFF_POST_MS:
            minutes = OFF_POST_MS // MINUTE_MS
            self._say(seat, f"away-{since_ms}", f"岗位页面离线超过 {minutes} 分钟（疑似脱岗）")

    def _say(self, seat: str, key: str, text: str) -> None:
        entry = WriteSystem(entry_id=f"s-{key}", at_ms=self._clock.wall_ms(), text=text)
        self._later(seat, entry, f"duty/{key}")

    def _later(self, seat: str, command: Command, op: str | None = None) -> None:
        stream = duty.stream_of(seat)
        self.chores.add(stream, "duty", lambda: self._streams.execute(stream, command, HUB, op=op))


def _span(gap: EmptySlot) -> str:
    from_, to = (datetime.fromtimestamp((ms + BEIJING_MS) / 1000, UTC) for ms in (gap.from_ms, gap.to_ms))
    end = "24:00" if (to.hour, to.minute) == (0, 0) else f"{to:%H:%M}"
    return f"{from_:%m月%d日 %H:%M}–{end}"
