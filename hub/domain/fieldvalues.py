"""Whether a value may stand in a field: a line, many lines, a choice, a number, a time, a seat (B3)."""

from __future__ import annotations

import re

from hub.domain.item import LINE_MAX, LONG_MAX, TEXT_MAX
from hub.domain.kindparts import BoardKind, FieldType
from hub.domain.kinds import field_of
from hub.errors import Refusal
from hub.ids import is_id

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?\Z")
TIME_MAX_MS = 253_402_271_999_000
"""The end of the year 9999 in Beijing: nothing later can be written on paper."""

_BOUNDS = {"lon": 180.0, "lat": 90.0}


def checked_fields(kind: BoardKind, fields: dict[str, str]) -> dict[str, str]:
    """The same fields, trimmed; refuses with ``bad_request`` or ``board.text_too_long``, naming the field."""
    return {name: _checked(kind, name, value) for name, value in fields.items()}


def _checked(kind: BoardKind, name: str, value: str) -> str:
    field = field_of(kind, name)
    if field is None or (kind is BoardKind.REPORT and name == "due"):
        raise Refusal("bad_request", field=name[:80])  # D2: when a report is due is the hub's to say
    value = value.strip()
    if field.name == "text":
        return _within("text", " ".join(value.split("\n")), TEXT_MAX)
    if not value and field.type is not FieldType.CHOICE:
        return value
    match field.type:
        case FieldType.LINE:
            return checked_line(name, value)
        case FieldType.LONG:
            return _within(name, value, LONG_MAX)
        case FieldType.CHOICE:
            fits = any(choice.value == value for choice in field.choices)
        case FieldType.NUMBER:
            fits = _NUMBER.match(value) is not None and abs(float(value)) <= _BOUNDS.get(name, 1e12)
        case FieldType.TIME:
            fits = value.isascii() and value.isdigit() and len(value) < 16 and int(value) <= TIME_MAX_MS
        case FieldType.SEAT:
            fits = is_id(value)
    if not fits:
        raise Refusal("bad_request", field=name)
    return value


def checked_line(name: str, value: str) -> str:
    return _within(name, " ".join(value.split()), LINE_MAX)


def checked_text(value: str) -> str:
    """The text of an item or a note: not empty; refuses with ``board.empty_text``."""
    value = value.strip()
    if not value:
        raise Refusal("board.empty_text")
    return _within("text", value, TEXT_MAX)


def _within(name: str, value: str, most: int) -> str:
    if len(value) > most:
        raise Refusal("board.text_too_long", field=name, max=most)
    return value


def time_of(fields: dict[str, str], name: str) -> int | None:
    """A field of times as hub milliseconds; None while it is empty."""
    value = fields.get(name, "")
    return int(value) if value else None
