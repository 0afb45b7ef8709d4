"""The office's papers: drafted from the log, numbered when issued, listed for whoever may read them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from hub.clock import Clock
from hub.domain import paper_seal
from hub.domain.drafting import Records
from hub.domain.drafts import drafted
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.organisation import STREAM as ORGANISATION
from hub.domain.organisation import Organisation
from hub.domain.paper import (
    Drafted,
    DraftPaper,
    Edition,
    IssuePaper,
    Paper,
    PaperKind,
    PaperPeriod,
    Pushed,
    PushPaper,
    ReadPaper,
    ReplacePaper,
    stream_of,
)
from hub.domain.paperlog import Chronicle, chronicle
from hub.domain.paperwords import year_of
from hub.domain.session import Session
from hub.domain.tally import Scope
from hub.domain.workspace import Workspace
from hub.errors import Refusal
from hub.live import minutes
from hub.live.boards import units_of
from hub.live.listing import Listing
from hub.live.pages import Pages
from hub.live.rights import check_paper
from hub.live.streams import Streams
from hub.storage.eventlog import EventLog
from signaling.messages import Push
from signaling.paper_vocabulary import PaperDraft, Papers, PaperSummary

PERIOD_MAX_MS = 366 * 24 * 3_600_000


class Rubric(NamedTuple):
    """What stands on every paper of this hub, and what it is sealed with."""

    classification: str = ""
    algorithm: str = "sha256"


UNMARKED = Rubric()


class Press:
    """The use-cases of a paper that need more than its own stream: what it is made of, and its number."""

    def __init__(
        self, clock: Clock, streams: Streams, log: EventLog, pages: Pages, rubric: Rubric = UNMARKED
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._log = log
        self._rubric = rubric
        self._numbering = asyncio.Lock()
        self._last: dict[tuple[PaperKind, int], int] = {}
        self.list: Listing[Paper] = Listing(streams, pages, Paper, stream_of(""), _list_for)

    async def start(self) -> None:
        """Numbers go on behind the last one; what a hub that fell left undone is done now (N8)."""
        await self.list.start()
        for stream in await self._streams.names(stream_of("")):
            paper = await self._paper(stream.partition(":")[2])
            if paper is not None and paper.frozen:
                self._note(paper)
                await self._replaced(paper)

    async def close(self) -> None:
        """What is being issued comes to its end first."""
        async with self._numbering:
            self.list.close()

    # --- drafting -------------------------------------------------------------------------------

    async def draft(self, wish: PaperDraft, by: Actor) -> int:
        if by.role is not Role.OFFICER:
            raise Refusal("forbidden")
        if wish.replaces is not None:
            command = await self._next_edition(wish)
        else:
            scope = await self._scope(wish, by)
            made = await self.drafted(wish.kind, scope)
            command = DraftPaper(
                paper_id=wish.paper_id,
                kind=wish.kind,
                period=PaperPeriod(from_ms=scope.from_ms, to_ms=scope.to_ms),
                draft=made,
                classification=await minutes.marking_of(self._streams, scope) or self._rubric.classification,
            )
        return await self._streams.execute(stream_of(wish.paper_id), command, by, op=wish.op)

    async def drafted(self, kind: PaperKind, scope: Scope) -> Drafted:
        """N2: from what is in the log now. It is counted beside the loop: that may take a moment."""
        records = await self._records(scope)
        return await asyncio.to_thread(drafted, kind, scope, records)

    async def _scope(self, wish: PaperDraft, by: Actor) -> Scope:
        now_ms = self._clock.wall_ms()
        if wish.kind is PaperKind.MINUTES:
            return await minutes.scope_of(self._streams, wish.session or "", by, now_ms)
        if wish.kind is PaperKind.DUTY_CIRCULAR or (
            wish.incident is None and wish.kind is not PaperKind.BRIEF
        ):
            if wish.from_ms is None or wish.to_ms is None:
                raise Refusal("paper.no_period")
            # What is still to come is not written about: nothing is overdue before its time.
            to_ms = min(wish.to_ms, now_ms)
            if not wish.from_ms < to_ms or to_ms - wish.from_ms > PERIOD_MAX_MS:
                raise Refusal("paper.no_period")
            return Scope(wish.from_ms, to_ms)
        stream = wish.incident or ""
        state = (await self._streams.state(stream))[0] if stream.startswith("incident:") else None
        if not isinstance(state, Workspace) or not state.opened_ms:
            raise Refusal("paper.no_incident")
        from_ms = state.opened_ms if wish.from_ms is None else wish.from_ms
        return Scope(from_ms, now_ms if wish.to_ms is None else min(wish.to_ms, now_ms), stream)

    async def _records(self, scope: Scope) -> Records:
        if scope.session is not None:
            return await minutes.records_of(self._streams, self._log, scope)
        if scope.incident is not None:
            found = [await self._read(scope.incident)]
            state = found[0].state
            assert isinstance(state, Workspace)
            found += [await self._read(f"session:{link.session_id}") for link in state.sessions]
        else:
            found = await self._of_the_time(scope)
        organisation, seq = await self._streams.state(ORGANISATION)
        assert isinstance(organisation, Organisation)
        return Records(found, organisation, seq)

    async def _of_the_time(self, scope: Scope) -> list[Chronicle]:
        """Incidents go on from one shift to the next; sessions and checks belong to where they began."""
        found = []
        for stream in await self._streams.names("incident:"):
            first = await self._streams.first(stream)
            if first is not None and first.at_ms < scope.to_ms:
                found.append(await self._read(stream))
        for prefix in ("session:", "spotcheck:"):
            for stream in await self._streams.names(prefix):
                first = await self._streams.first(stream)
                if first is not None and scope.has(first.at_ms):
                    found.append(await self._read(stream))
        own = [
            each.state.boards
            for each in found
            if isinstance(each.state, Session) and each.state.incident_id is None
        ]
        return found + [await self._read(stream) for stream in own]

    async def _read(self, stream: str) -> Chronicle:
        events = await self._log.read(stream, 0)
        return await asyncio.to_thread(chronicle, stream, events)

    async def _next_edition(self, wish: PaperDraft) -> DraftPaper:
        """N8: it begins as the issued one stands, and names it by its digest."""
        old = await self._paper(wish.replaces or "")
        if old is None or not old.frozen:
            raise Refusal("paper.unknown")
        if old.replaced_by is not None:
            raise Refusal("paper.replaced", paper_id=old.replaced_by.paper_id)
        made = Drafted(
            title=old.title,
            sections=old.sections,
            sources=old.sources,
            basis=old.basis,
            about=old.about,
            exercise=old.exercise,
        )
        return DraftPaper(
            paper_id=wish.paper_id,
            kind=old.kind,
            period=old.period,
            draft=made,
            classification=self._rubric.classification,
            replaces=Edition(paper_id=old.paper_id, edition=old.edition, digest=old.digest),
        )

    # --- its way --------------------------------------------------------------------------------

    async def do(self, paper_id: str, command: Command, by: Actor, op: str | None) -> int:
        await check_paper(self._streams, paper_id, by)
        return await self._streams.execute(stream_of(paper_id), command, by, op=op)

    async def issue(self, paper_id: str, by: Actor, *, alone: bool, op: str | None) -> int:
        """N6: one after the other, and to the end, also when whoever asked has gone away."""
        await check_paper(self._streams, paper_id, by)
        work = asyncio.ensure_future(self._issue(paper_id, by, alone=alone, op=op))
        return await asyncio.shield(work)

    async def _issue(self, paper_id: str, by: Actor, *, alone: bool, op: str | None) -> int:
        async with self._numbering:
            paper = await self._known(paper_id)
            year = year_of(self._clock.wall_ms())
            number, edition = self._last.get((paper.kind, year), 0) + 1, 1
            if paper.replaces is not None:
                old = await self._known(paper.replaces.paper_id)
                if old.replaced_by is not None and old.replaced_by.paper_id != paper_id:
                    raise Refusal("paper.replaced", paper_id=old.replaced_by.paper_id)
                assert old.year is not None
                assert old.number is not None
                year, number, edition = old.year, old.number, old.edition + 1
            command = IssuePaper(
                year=year, number=number, edition=edition, algorithm=self._rubric.algorithm, alone=alone
            )
            seq = await self._streams.execute(stream_of(paper_id), command, by, op=op)
            issued = await self._known(paper_id)
            self._note(issued)
            await self._replaced(issued)
            return seq

    def _note(self, paper: Paper) -> None:
        if paper.year is not None and paper.number is not None:
            series = (paper.kind, paper.year)
            self._last[series] = max(self._last.get(series, 0), paper.number)

    async def _replaced(self, paper: Paper) -> None:
        """The paper that ``paper`` replaces says so from now on."""
        if paper.replaces is not None:
            newer = Edition(paper_id=paper.paper_id, edition=paper.edition, digest=paper.digest)
            await self._streams.execute(
                stream_of(paper.replaces.paper_id), ReplacePaper(by=newer), HUB, op=f"by/{paper.paper_id}"
            )

    async def push(self, paper_id: str, seats: list[str], by: Actor, op: str | None) -> int:
        units = await units_of(self._streams, seats)
        chosen = [
            Pushed(seat=unit.seat, name=unit.name, short_name=unit.short_name, at_ms=0) for unit in units
        ]
        return await self.do(paper_id, PushPaper(seats=chosen), by, op)

    async def read(self, paper_id: str, by: Actor, op: str | None) -> Paper:
        """N12: the paper for whoever may read it; a seat's first time is in the log."""
        await check_paper(self._streams, paper_id, by)
        if by.role is Role.SEAT:
            await self._streams.execute(stream_of(paper_id), ReadPaper(), by, op=op)
        return paper_seal.paper_for(await self._known(paper_id), by)

    # --- inside ---------------------------------------------------------------------------------

    async def _known(self, paper_id: str) -> Paper:
        paper = await self._paper(paper_id)
        if paper is None:
            raise Refusal("paper.unknown")
        return paper

    async def _paper(self, paper_id: str) -> Paper | None:
        state, _ = await self._streams.state(stream_of(paper_id))
        return state if isinstance(state, Paper) and state.drafted_ms else None


def _list_for(papers: Sequence[Paper], viewer: Actor) -> Push | None:
    """N1: each viewer its own papers; who never has any is told of none."""
    if viewer.role not in (Role.OFFICER, Role.REVIEWER, Role.SEAT):
        return None
    seen = sorted(
        (paper for paper in papers if paper_seal.sees(paper, viewer)), key=lambda paper: -paper.drafted_ms
    )
    return Papers(papers=[summary(paper, viewer) for paper in seen])


def summary(paper: Paper, viewer: Actor) -> PaperSummary:
    mine = paper.pushed.get(viewer.seat or "") if viewer.role is Role.SEAT else None
    counted = viewer.role is not Role.SEAT
    replaced = paper.replaced_by
    return PaperSummary(
        paper_id=paper.paper_id,
        kind=paper.kind,
        title=paper.title,
        number=paper_seal.number_of(paper),
        edition=paper.edition,
        state=paper.state,
        since_ms=paper.since_ms if mine is None else mine.at_ms,
        drafted_ms=paper.drafted_ms,
        drafted_by=paper.drafted_by.person if paper.drafted_by is not None else "",
        issued_ms=paper.issued.at_ms if paper.issued is not None else None,
        issued_by=paper.issued.person if paper.issued is not None else "",
        exercise=paper.exercise,
        digest=paper.digest,
        algorithm=paper.algorithm,
        replaces=paper.replaces.paper_id if paper.replaces is not None else None,
        replaced_by=replaced.paper_id if replaced is not None else None,
        about=paper.about.stream if paper.about is not None else None,
        pushed=len(paper.pushed) if counted else 0,
        read=sum(each.read_ms is not None for each in paper.pushed.values()) if counted else 0,
        read_ms=mine.read_ms if mine is not None else None,
    )
