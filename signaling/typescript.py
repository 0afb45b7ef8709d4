"""Writes the front end's types from the vocabulary; ``make types`` puts them into web/src/types.

``wire.ts`` has the tables of requests and pushes and hands on all the rest, which lies in ``wire/``, one file
a noun: whoever uses a type need not know in which.
"""

from __future__ import annotations

import enum
import inspect
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import get_origin

import msgspec
from msgspec import inspect as mi

from hub.domain.event import Event
from hub.domain.streams import DomainEvent
from signaling.bodies import HTTP_BODIES
from signaling.messages import Request
from signaling.vocabulary import PROTOCOL, PUSHES, REQUESTS

HEADER = "// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.\n"

_BELONGS = {
    "agenda": "session",
    "call": "session",
    "chair": "session",
    "conduct": "session",
    "floor": "session",
    "picture": "session",
    "kindparts": "workspace",
    "deadline": "workspace",
    "mark": "workspace",
    "track": "item",
    "todo": "incident",
    "keeping": "recording",
    "groups": "organisation",
    "guest": "outside",
    "wall": "outside",
    "roster": "duty",
    "rosterfile": "duty",
    "messages": "line",
    "vocabulary": "line",
}
"""Which modules share the file of another noun; any other has its own."""

_NAME = re.compile(r"\b[A-Z]\w*\b")
_COMMENT = re.compile(r"/\*\*.*?\*/", re.DOTALL)


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
        self._named["DomainEvent"] = Event
        return "DomainEvent"

    def files(self) -> dict[str, list[str]]:
        """The names of all types, by the file in which they lie."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.blocks:
            noun = self._named[name].__module__.rpartition(".")[2].removesuffix("_vocabulary")
            found[_BELONGS.get(noun, noun)].append(name)
        return dict(sorted(found.items()))

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


def _imports(texts: Iterable[str], files: dict[str, list[str]], own: str, folder: str) -> str:
    """What ``texts`` use of other files."""
    used = set(_NAME.findall(_COMMENT.sub("", "".join(texts))))
    lines = [
        f'import type {{ {", ".join(sorted(names))} }} from "{folder}/{file}";\n'
        for file, all_names in files.items()
        if file != own and (names := used.intersection(all_names))
    ]
    return "".join(lines)


def generate() -> dict[str, str]:
    """Every file, by its path below web/src/types."""
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
    files = writer.files()
    onward = "".join(f'export type * from "./wire/{file}";\n' for file in files)
    constants = f"export const PROTOCOL = {PROTOCOL};\n"
    made = {
        "wire.ts": "\n".join([HEADER, _imports([tables], files, "", "./wire"), onward, constants, tables])
    }
    for file, names in files.items():
        blocks = [writer.blocks[name] for name in names]
        parts = [HEADER, _imports(blocks, files, file, "."), *blocks]
        made[f"wire/{file}.ts"] = "\n".join(part for part in parts if part)
    return made


def main(folder: Path) -> None:
    """Writes all of them; a file that is no longer made is removed."""
    made = generate()
    (folder / "wire").mkdir(exist_ok=True)
    for old in (folder / "wire").glob("*.ts"):
        if f"wire/{old.name}" not in made:
            old.unlink()
    for path, text in made.items():
        (folder / path).write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
