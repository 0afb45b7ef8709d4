"""A request of every name of the vocabulary, filled with what is really there."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

from msgspec import inspect as mi

from hub.domain.session import Session
from hub.domain.streams import State
from signaling.messages import Wish
from signaling.vocabulary import Wire
from tests.support.live import new_op


def body_of(wire: Wire, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Every field that must be there, and those that ``facts`` name; it passes the schema."""
    kind = mi.type_info(wire.body)
    assert isinstance(kind, mi.StructType)
    body: dict[str, Any] = {"op": new_op()} if issubclass(wire.body, Wish) else {}
    for field in kind.fields:
        if field.name in facts:
            body[field.name] = facts[field.name]
        elif field.required and field.name != "op":
            body[field.name] = _value(field.type)
    return body


def written(stream: str, item_id: str, text: str, **fields: str) -> dict[str, Any]:
    """The body of ``item.add`` for the situation board of ``stream``, without its ``op``."""
    return {"stream": stream, "board_id": "situation", "item_id": item_id, "fields": {"text": text, **fields}}


def boards_of(session: State) -> str:
    """The stream of the boards of a session."""
    assert isinstance(session, Session)
    return session.boards


def _value(kind: mi.Type) -> Any:
    match kind:
        case mi.StrType():
            return "x-1"
        case mi.BoolType():
            return True
        case mi.IntType():
            return 1
        case mi.ListType():
            return []
        case mi.DictType():
            return {}
        case mi.StructType(fields=fields):
            return {field.name: _value(field.type) for field in fields if field.required}
        case mi.EnumType(cls=cls):
            members: list[enum.Enum] = list(cls)
            return members[0].value
        case mi.LiteralType(values=values):
            return values[0]
        case mi.UnionType(types=types):
            return None if any(isinstance(one, mi.NoneType) for one in types) else _value(types[0])
    raise TypeError(kind)
