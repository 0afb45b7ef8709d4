"""The table of the eleven kinds holds together: names, states, moves, words in two languages."""

from __future__ import annotations

from typing import Any

import pytest

from hub.domain.kindparts import BoardKind, Choice, FieldType, Kind, Reach, Who, Writer
from hub.domain.kinds import KINDS, field_of, fields_of, state_of
from hub.domain.reach import SECRET


def test_B11_every_kind_has_its_row() -> None:
    assert list(KINDS) == list(BoardKind)
    assert all(kind.kind is key for key, kind in KINDS.items())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind.value)
def test_B11_a_row_names_only_what_it_has(kind: Kind) -> None:
    names = [field.name for field in fields_of(kind.kind)]
    assert len(names) == len(set(names))
    states = [state.value for state in kind.states]
    assert len(states) == len(set(states))
    moves = [move.name for move in kind.moves]
    assert len(moves) == len(set(moves))
    for move in kind.moves:
        assert {*move.sources, move.target} <= set(states)
        assert move.target not in move.sources
        assert Who.ASSIGNEE not in move.who or kind.tracked
        assert move.who
    for field in fields_of(kind.kind):
        assert bool(field.choices) == (field.type is FieldType.CHOICE)
        values = [choice.value for choice in field.choices]
        assert len(values) == len(set(values))
        assert field.writer is not Writer.ASSIGNEE or kind.tracked
        assert not field.element or kind.kind is BoardKind.REPORT


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind.value)
def test_B11_every_state_can_be_reached(kind: Kind) -> None:
    by_tracks = {  # T3, and those that an item may begin in
        BoardKind.INSTRUCTION: {"issued", "working", "review"},
        BoardKind.HAZARD: {"assigned"},
        BoardKind.WARNING: {"closed"},
    }
    reached = {kind.states[0].value, *by_tracks.get(kind.kind, set())}
    for _ in kind.states:
        reached |= {move.target for move in kind.moves if reached & set(move.sources)}
    assert reached == {state.value for state in kind.states}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind.value)
def test_every_head_says_what_the_board_is_for_in_two_languages(kind: Kind) -> None:
    words: list[Any] = [
        kind.purpose,
        kind.writers,
        kind.asks,
        *kind.states,
        *kind.moves,
        *fields_of(kind.kind),
    ]
    for each in words:
        assert each.zh
        assert each.en
        assert each.zh != each.en
    assert all(_said(choice) for field in fields_of(kind.kind) for choice in field.choices)


def _said(choice: Choice) -> bool:
    return bool(choice.zh and choice.en)


def test_T9_the_proposals_are_secret_and_nothing_else_is() -> None:
    assert {kind: names for kind, names in SECRET.items() if names} == {
        BoardKind.REPORT: {"proposal", "proposal_state"},
        BoardKind.INSTRUCTION: {"proposal"},
    }


def test_T8_a_citys_items_go_no_further_than_a_departments() -> None:
    order = list(Reach)
    for kind in KINDS.values():
        assert order.index(kind.city_reach) <= order.index(kind.reach)
        assert kind.city_reach in (Reach.UNIT, Reach.DEPARTMENTS)


def test_a_field_and_a_state_are_found_by_name() -> None:
    leader = field_of(BoardKind.INSTRUCTION, "leader")
    assert leader is not None
    assert leader.zh == "批示领导"
    assert leader.initial == ""
    assert field_of(BoardKind.TASK, "leader") is None
    assert state_of(BoardKind.TASK, "done").final
    with pytest.raises(StopIteration):
        state_of(BoardKind.TASK, "cleared")
