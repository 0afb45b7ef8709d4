"""Writes the front end's types from the vocabulary; ``make types`` puts them into web/src/types/wire.ts."""

from __future__ import annotations

import enum
import inspect
import json
import sys
from collections.abc import Iterable
from typing import get_origin

import msgspec
from msgspec import inspect as mi

from hub.domain.streams import DomainEvent
from signaling.bodies import HTTP_BODIES
from signaling.messages import Request
from signaling.vocabulary import PROTOCOL, PUSHES, REQUESTS

HEADER = "// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.\n"


class TypeWriter:
    """Collects every struct and enum that is reachable, each written once."""

    def __init__(self) -> None:
        self.blocks: dict[str, str] = {}
        self._named: dict[str, type] = {}
        events = mi.type_info(DomainEvent)
        self._events = events.types if isinstance(events, mi.UnionType) else ()

    def type_of(self, kind: mi.Type) -> str:
        match kind:
            case mi.AnyType():
                return "unknown"
            case mi.NoneType():
                return "null"
            case mi.BoolType():
                return "boolean"
            case mi.IntType() | mi.FloatType():
                return "number"
            case mi.StrType():
                return "string"
            case mi.BytesType():
                return "Uint8Array"
            case mi.LiteralType(values=values):
                return " | ".join(json.dumps(value, ensure_ascii=False) for value in values)
            case mi.ListType(item_type=item) | mi.VarTupleType(item_type=item):
                inner = self.type_of(item)
                return f"({inner})[]" if " | " in inner else f"{inner}[]"
            case mi.TupleType(item_types=items):
                return f"[{', '.join(map(self.type_of, items))}]"
            case mi.DictType(value_type=value):
                return f"Record<string, {self.type_of(value)}>"
            case mi.UnionType(types=types):
                return self._union(types)
            case mi.EnumType(cls=cls):
                return self._enum(cls)
            case mi.StructType():
                return self._struct(kind)
        raise TypeError(f"the vocabulary uses {kind!r}, which has no TypeScript form yet")

    def _union(self, types: tuple[mi.Type, ...]) -> str:
        members = " | ".join(dict.fromkeys(self.type_of(one) for one in types))
        if types != self._events:
            return members
        self.blocks.setdefault("DomainEvent", f"export type DomainEvent = {members};\n")
        return "DomainEvent"

    def _own_name(self, cls: type) -> str:
        """Raises TypeError where two types of the house would be one in the front end."""
        if self._named.setdefault(cls.__name__, cls) is not cls:
            raise TypeError(f"{cls!r} and {self._named[cls.__name__]!r} have the same name")
        return cls.__name__

    def _enum(self, cls: type[enum.Enum]) -> str:
        values = " | ".join(f'"{member.value}"' for member in cls)
        name = self._own_name(cls)
        self.blocks.setdefault(name, f"{_doc(cls)}export type {name} = {values};\n")
        return name

    def _struct(self, kind: mi.StructType) -> str:
        cls = get_origin(kind.cls) or kind.cls
        name = self._own_name(cls)
        if name in self.blocks:
            return name
        self.blocks[name] = ""  # stands for itself while its fields are written
        lines = [f'  {kind.tag_field}: "{kind.tag}";\n'] if kind.tag_field else []
        request = issubclass(cls, Request)
        sparse = cls.__struct_config__.omit_defaults
        for field in kind.fields:
            optional = "?" if not field.required and (request or sparse) else ""
            lines.append(f"  {field.encode_name}{optional}: {self.type_of(field.type)};\n")
        self.blocks[name] = f"{_doc(cls)}export interface {name} {{\n{''.join(lines)}}}\n"
        return name


def _doc(cls: type) -> str:
    text = inspect.cleandoc(cls.__doc__ or "")
    inherited = cls.__doc__ is not None and any(cls.__doc__ == base.__doc__ for base in cls.__mro__[1:])
    if not text or inherited or text.startswith(f"{cls.__name__}("):
        return ""
    return "/** " + text.replace("``", "`").replace("\n", "\n * ") + " */\n"


def _table(name: str, rows: Iterable[str]) -> str:
    return f"export interface {name} {{\n{''.join(rows)}}}\n"


def generate() -> str:
    """The whole of web/src/types/wire.ts."""
    writer = TypeWriter()

    def named(cls: type[msgspec.Struct]) -> str:
        return writer.type_of(mi.type_info(cls))

    requests = [
        f'  "{wire.name}": {{ body: {named(wire.body)}; result: {named(wire.result)} }};\n'
        for wire in REQUESTS
        if wire.result is not None
    ]
    pushes = [f'  "{wire.name}": {named(wire.body)};\n' for wire in PUSHES]
    for body in HTTP_BODIES:
        named(body)
    tables = _table("Requests", requests) + "\n" + _table("Pushes", pushes)
    constants = f"export const PROTOCOL = {PROTOCOL};\n"
    return "\n".join([HEADER, constants, *writer.blocks.values(), tables])


if __name__ == "__main__":
    sys.stdout.write(generate())
