"""The table of the eleven kinds of boards: fields, states, moves and rights (docs/boards.md).

Values of fields are text on the wire and in the log: a choice is its code, a number is decimal, a time is hub
milliseconds, a seat is its id. The front end gets the same table (web/src/types/kinds.ts).
"""

from __future__ import annotations

from hub.domain.kindparts import COMMON, BoardKind, Field, Kind, StateOf
from hub.domain.kinds_information import DUTY, KEYEVENT, OPINION, REPORT, RESOURCE, SITUATION
from hub.domain.kinds_orders import CHECK, HAZARD, INSTRUCTION, TASK, WARNING

KINDS: dict[BoardKind, Kind] = {
    each.kind: each
    for each in (
        SITUATION,
        REPORT,
        INSTRUCTION,
        WARNING,
        HAZARD,
        TASK,
        RESOURCE,
        DUTY,
        CHECK,
        OPINION,
        KEYEVENT,
    )
}
"""In the order of the list beside the boards."""


def fields_of(kind: BoardKind) -> tuple[Field, ...]:
    """All fields of an item of ``kind``, those that every kind has first."""
    return (*COMMON, *KINDS[kind].fields)


def field_of(kind: BoardKind, name: str) -> Field | None:
    return next((each for each in fields_of(kind) if each.name == name), None)


def state_of(kind: BoardKind, value: str) -> StateOf:
    """Raises StopIteration for a state that the kind does not have."""
    return next(each for each in KINDS[kind].states if each.value == value)
