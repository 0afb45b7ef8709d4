"""Random histories of an incident, in which every text is unlike any other, to be looked for afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hub.domain.deadline import EventLevel
from hub.domain.event import HUB, Actor, Command
from hub.domain.item import (
    AddItem,
    Annotate,
    AssignItem,
    Attach,
    Attachment,
    EditItem,
    Item,
    MoveItem,
    PinItem,
    PutOnWall,
    ShareItem,
    VoidItem,
)
from hub.domain.kindparts import BoardKind, FieldType, Reach
from hub.domain.kinds import KINDS, fields_of
from hub.domain.track import (
    AnswerExtension,
    AskExtension,
    Escalate,
    MarkDelivered,
    MoveTrack,
    NotePhoned,
    Progress,
    Urge,
)
from hub.domain.workspace import (
    AddUnits,
    Casualties,
    ChangeLevel,
    ChangeStatus,
    CheckDeadlines,
    EditHeader,
    HeaderChanges,
    LinkSession,
    NoteEntry,
    RecordCasualties,
    Status,
    Workspace,
)
from hub.errors import Refusal
from tests.support.factories import BACKUP, OFFICER, Stream, unit
from tests.support.incident import KAIFENG, QIXIANG, UNITS, XINYANG, YINGJI, step

MINUTE_MS = 60_000
WRITERS = (OFFICER, OFFICER, BACKUP, YINGJI, QIXIANG, XINYANG, KAIFENG)


class History:
    """What everybody may try, one thing after the other; what the rules refuse does not happen."""

    def __init__(self, seed: int, stream: Stream) -> None:
        self.random = Random(seed)
        self.stream = stream
        self.words = 0
        self.ids = 0

    def word(self) -> str:
        """Unlike any other, and found again in any bytes."""
        self.words += 1
        return f"<{self.words}>"

    def run(self, steps: int) -> Iterator[int]:
        """The number of new events after each step that made any."""
        for _ in range(steps):
            before = len(self.stream.events)
            command, by = self._wish()
            try:
                self.stream.do(command, by, after_ms=self.random.randrange(20) * MINUTE_MS)
            except Refusal:
                continue
            if len(self.stream.events) > before:
                yield len(self.stream.events) - before

    def _wish(self) -> tuple[Command, Actor]:
        by = self.random.choice(WRITERS)
        items = [item for item in self._state.items.values() if item.voided is None]
        if not items or self.random.random() < 0.25:
            return self._add(by), by
        if self.random.random() < 0.08:
            return self._of_the_incident(), self.random.choice((OFFICER, HUB))
        item = self.random.choice(items)
        if item.tracks and self.random.random() < 0.5:
            return self._of_a_track(item)
        return self._of_an_item(item, by), self.random.choice((by, OFFICER, self._author(item)))

    @property
    def _state(self) -> Workspace:
        state: Workspace = self.stream.state
        return state

    def _author(self, item: Item) -> Actor:
        return next((each for each in WRITERS if each.seat == item.author.seat), OFFICER)

    def _fields(self, kind: BoardKind, *, most: int) -> dict[str, str]:
        found = {}
        for field in self.random.sample(fields_of(kind), most):
            match field.type:
                case FieldType.LINE | FieldType.LONG:
                    found[field.name] = self.word()
                case FieldType.CHOICE:
                    found[field.name] = self.random.choice(field.choices).value
                case FieldType.TIME if field.name == "due" and kind is not BoardKind.REPORT:
                    found[field.name] = str(self.stream.now_ms + self.random.randrange(90) * MINUTE_MS)
        return found

    def _add(self, by: Actor) -> AddItem:
        kind = self.random.choice(list(BoardKind))
        self.ids += 1
        asked = KINDS[kind].tracked and self.random.random() < 0.8
        some = self.random.sample(UNITS, self.random.randrange(1, 4)) if asked else []
        return AddItem(
            board_id=kind,
            item_id=f"i-{self.ids}",
            fields={**self._fields(kind, most=3), "text": self.word()},
            units=[unit(each) for each in some],
            shared=[self.random.choice(UNITS).seat or ""] if self.random.random() < 0.1 else [],
            reach=self.random.choice((None, None, None, *Reach)),
            chain=self.random.choice((None, None, *self._state.items)),
        )

    def _of_the_incident(self) -> Command:
        now_ms = self.stream.now_ms
        entry = Casualties(as_of_ms=now_ms - 1, source="信阳市委值班室", dead=self.random.randrange(9))
        return self.random.choice(
            [
                NoteEntry(when_ms=now_ms, text=self.word()),
                RecordCasualties(entry=entry),
                ChangeLevel(level=self.random.choice(list(EventLevel)), response="", reason="核定"),
                ChangeStatus(status=self.random.choice((Status.ACTIVE, Status.MONITORING))),
                EditHeader(base_version=99, changes=HeaderChanges(summary=f"概况 {now_ms}")),
                LinkSession(session_id=f"s-{now_ms}", title="防汛会商"),
                AddUnits(units=[unit(each) for each in UNITS]),
                CheckDeadlines(),
            ]
        )

    def _of_an_item(self, item: Item, by: Actor) -> Command:
        kind = self._state.boards[item.board_id].kind
        others = [each.item_id for each in self._state.items.values() if each.board_id == item.board_id]
        self.ids += 1
        digest = f"{self.ids:064x}"
        paper = Attachment(digest=digest, name=self.word(), type="application/pdf", size_bytes=9)
        moves = [move.name for move in KINDS[kind].moves] or ["settle"]
        shared = [each.seat or "" for each in self.random.sample(UNITS, self.random.randrange(3))]
        edit = EditItem(item_id=item.item_id, base_version=99, fields=self._fields(kind, most=2))
        return self.random.choice(
            [
                edit,
                edit,
                step(item.item_id, self.random.choice(moves), self.word()),
                step(item.item_id, self.random.choice(moves), self.word()),
                MoveItem(item_id=item.item_id, after=self.random.choice((None, *others))),
                VoidItem(item_id=item.item_id, reason=self.word()),
                PinItem(item_id=item.item_id, pinned=not item.pinned),
                PutOnWall(item_id=item.item_id, on_wall=not item.on_wall),
                ShareItem(item_id=item.item_id, reach=self.random.choice(list(Reach)), shared=shared),
                AssignItem(item_id=item.item_id, units=[unit(self.random.choice(UNITS))]),
                Annotate(item_id=item.item_id, text=self.word(), office=self.random.random() < 0.3),
                Attach(item_id=item.item_id, attachment=paper),
            ]
        )

    def _of_a_track(self, item: Item) -> tuple[Command, Actor]:
        seat = self.random.choice(list(item.tracks))
        its_unit = next((each for each in UNITS if each.seat == seat), OFFICER)
        now_ms = self.stream.now_ms
        by_unit = MoveTrack(
            item_id=item.item_id, seat=seat, state=self.random.choice(list(Progress)[2:6]), text=self.word()
        )
        by_office = MoveTrack(
            item_id=item.item_id,
            seat=seat,
            state=self.random.choice((Progress.RETURNED, Progress.CONFIRMED)),
            text=self.word(),
        )
        asked = AskExtension(
            item_id=item.item_id, seat=seat, due_ms=now_ms + 90 * MINUTE_MS, reason=self.word()
        )
        granted = self.random.random() < 0.5
        return self.random.choice(
            [
                (by_unit, its_unit),
                (by_unit, its_unit),
                (by_office, OFFICER),
                (by_office, BACKUP),
                (asked, its_unit),
                (AnswerExtension(item_id=item.item_id, seat=seat, granted=granted), OFFICER),
                (MarkDelivered(item_id=item.item_id, seats=list(item.tracks)), HUB),
                (Urge(item_id=item.item_id, seats=list(item.tracks)), OFFICER),
                (Escalate(item_id=item.item_id, seats=list(item.tracks)), HUB),
                (
                    NotePhoned(item_id=item.item_id, seat=seat, reached=granted, note=self.word()),
                    OFFICER,
                ),
            ]
        )
