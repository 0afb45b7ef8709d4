"""A paper is drafted from the log: the same streams up to the same events give the same draft (rule N2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from hub.domain.event import Recorded
from hub.domain.item import Item
from hub.domain.organisation import Level, Organisation
from hub.domain.paper import Basis, PaperCell, PaperGrid, PaperSection, PaperSource, SourceKind
from hub.domain.paperlog import Chronicle
from hub.domain.paperwords import moment
from hub.domain.session import Session
from hub.domain.tally import Checked, Rolled, Scope, sessions, workspaces
from hub.domain.workspace import Workspace


class Records(msgspec.Struct, frozen=True):
    """All that a draft is made of. ``log``: of minutes, the events of the session and of its boards."""

    chronicles: list[Chronicle]
    organisation: Organisation
    organisation_seq: int = 0
    log: list[Recorded[Any]] = []


class Draft:
    """What is being written: its sections, and the sources that they name, each once."""

    def __init__(self, records: Records, scope: Scope) -> None:
        self.scope = scope
        self.organisation = records.organisation
        self.chronicles = records.chronicles
        self.log = records.log
        self.workspaces = workspaces(records.chronicles, scope)
        self.sessions = sessions(records.chronicles, scope)
        self.sections: list[PaperSection] = []
        self._sources: dict[tuple[str, str, str, int], PaperSource] = {}

    @property
    def sources(self) -> list[PaperSource]:
        return list(self._sources.values())

    # --- sources --------------------------------------------------------------------------------

    def cite(self, kind: SourceKind, stream: str, record: str, seq: int, label: str) -> int:
        known = self._sources.get((kind, stream, record, seq))
        if known is None:
            key = len(self._sources) + 1
            known = PaperSource(key=key, kind=kind, stream=stream, record=record, seq=seq, label=label)
            self._sources[kind, stream, record, seq] = known
        return known.key

    def incident(self, of: Chronicle, state: Workspace) -> int:
        return self.cite(SourceKind.INCIDENT, of.stream, state.workspace_id, 1, f"事件专题 {where(state)}")

    def item(self, of: Chronicle, item: Item) -> int:
        state = of.state
        assert isinstance(state, Workspace)
        board = state.boards[item.board_id].title
        label = f"{board} {item.author.seat_name or item.author.person} {moment(item.created_ms)}"
        seq = of.places[f"item:{item.item_id}"].seq
        return self.cite(SourceKind.ITEM, of.stream, item.item_id, seq, f"{where(state)} {label}")

    def casualties(self, of: Chronicle, place: int) -> int:
        assert isinstance(of.state, Workspace)
        seq = of.places[f"casualties:{place}"].seq
        label = f"{where(of.state)} 伤亡记录 {moment(of.state.casualties[place].entry.as_of_ms)}"
        return self.cite(SourceKind.CASUALTIES, of.stream, str(place), seq, label)

    def entry(self, of: Chronicle, seq: int, at_ms: int) -> int:
        assert isinstance(of.state, Workspace)
        label = f"{where(of.state)} 大事记 {moment(at_ms)}"
        return self.cite(SourceKind.ENTRY, of.stream, str(seq), seq, label)

    def mark(self, of: Chronicle, mark_id: str) -> int:
        assert isinstance(of.state, Workspace)
        place = of.places[f"mark:{mark_id}"]
        label = f"{where(of.state)} 报送标记 {moment(place.at_ms)}"
        return self.cite(SourceKind.MARK, of.stream, mark_id, place.seq, label)

    def session(self, of: Chronicle, state: Session) -> int:
        label = f"会商 {state.title} {moment(state.started_ms)}"
        return self.cite(SourceKind.SESSION, of.stream, state.recording_id, 1, label)

    def rolled(self, of: Chronicle, row: Rolled) -> int:
        place = of.places[f"rollcall:{row.roll.rollcall_id}"]
        label = f"点名 {row.session.title} {moment(place.at_ms)}"
        record = f"{row.session.recording_id}/{row.roll.rollcall_id}"
        return self.cite(SourceKind.ROLLCALL, of.stream, record, place.seq, label)

    def checked(self, row: Checked) -> int:
        stream = f"spotcheck:{row.check.check_id}"
        label = f"抽查 {row.check.title} 第{row.row.number}行"
        return self.cite(SourceKind.CHECK, stream, str(row.row.number), row.place.seq, label)

    # --- sections -------------------------------------------------------------------------------

    def add(self, section_id: str, title: str, lines: Sequence[str], grid: PaperGrid | None = None) -> None:
        """A section with nothing in it says so: that nothing happened is a finding, too."""
        text = "\n".join(lines) if lines or grid is not None else "无。"
        self.sections.append(PaperSection(section_id=section_id, title=title, text=text, grid=grid))

    def put_first(self, section_id: str, title: str, lines: Sequence[str]) -> None:
        self.add(section_id, title, lines)
        self.sections.insert(0, self.sections.pop())

    def unit(self, seat: str, otherwise: str = "") -> str:
        """Its name as it is now, else as it was when it was written down."""
        known = self.organisation.seats.get(seat)
        return known.name if known is not None else otherwise or seat

    def in_order(self, seats: Iterable[str]) -> list[str]:
        """Departments, then cities, in the order of every list."""
        levels = list(Level)
        places = {
            key: (levels.index(seat.level), seat.sort, key) for key, seat in self.organisation.seats.items()
        }
        return sorted(set(seats), key=lambda seat: places.get(seat, (99, 0, seat)))


def where(state: Workspace) -> str:
    """〔2026-0003〕 of an incident, else what the boards are called."""
    return f"〔{state.number}〕" if state.number else state.header.title or "会商专板"


def refs(keys: Iterable[int]) -> str:
    """［3-5、9］; nothing where there are none."""
    runs: list[list[int]] = []
    for key in sorted(set(keys)):
        if runs and key == runs[-1][1] + 1:
            runs[-1][1] = key
        else:
            runs.append([key, key])
    said = "、".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"［{said}］" if said else ""


def counted(keys: Iterable[int], unit: str = "件") -> str:
    """A figure in a sentence, with what it counts: 3件［4-6］. Every key stands for one thing."""
    listed = list(keys)
    return f"{len(listed)}{unit}{refs(listed)}"


def cell(keys: Iterable[int]) -> PaperCell:
    """A figure in a table: how many, and which."""
    listed = list(keys)
    return PaperCell(text=str(len(listed)), sources=sorted(set(listed)))


def basis_of(records: Records) -> list[Basis]:
    own = Basis(stream="organisation", seq=records.organisation_seq)
    read = [Basis(stream=each.stream, seq=each.seq) for each in records.chronicles]
    return sorted([own, *read], key=lambda each: each.stream)
