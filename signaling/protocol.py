"""Writes docs/protocol.md from the vocabulary, so that the page about the line cannot lie."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from typing import get_args

import msgspec
from msgspec import inspect as mi

from hub.domain.streams import DomainEvent
from hub.errors import ERRORS
from signaling.bodies import HTTP_BODIES
from signaling.typescript import TypeWriter
from signaling.vocabulary import PROTOCOL, PUSHES, REQUESTS, Wire

_types = TypeWriter()

INTRODUCTION = f"""# The line between a page and the hub

Generated from `signaling/vocabulary.py`, `signaling/bodies.py` and `hub/errors.py` by `make types`; do not
edit. Version {PROTOCOL}.

Socket.IO at `/socket.io/`, WebSocket only, MessagePack parser. The connect packet carries
`{{token, page}}`: the token of `POST /api/login`, and an id by which a page is known again. A *request* is
one event with one map; its acknowledgement is `{{ok: true, result}}` or
`{{ok: false, error: {{code, zh, en, detail}}}}`. A *push* is one event with one map. A request with `op` may
be sent again after a lost line: the same `op` happens once.

A page follows streams: `organisation`, `session:ID`, `board:ID`, `recording:ID`. Each event has a
number `seq` that counts from 1 in its stream. The page keeps the last one it has applied and asks for what
follows; the hub answers with the events in between, or with a snapshot when they are too many.
"""


def _fields(cls: type[msgspec.Struct]) -> str:
    kind = mi.type_info(cls)
    if not isinstance(kind, mi.StructType) or not kind.fields:
        return "–"
    written = ((field, _types.type_of(field.type).replace("|", "or")) for field in kind.fields)
    return ", ".join(
        f"`{field.encode_name}` {name}{'' if field.required else ' ?'}" for field, name in written
    )


def _doc(cls: type) -> str:
    own = cls.__dict__.get("__doc__") or ""
    return (
        ""
        if own.startswith(f"{cls.__name__}(")
        else " ".join(inspect.cleandoc(own).split()).replace("``", "`")
    )


def _wires(title: str, wires: Iterable[Wire]) -> list[str]:
    lines = [f"\n## {title}\n", "| name | fields | result | meaning |", "|---|---|---|---|"]
    for wire in wires:
        result = wire.result.__name__ if wire.result else "–"
        lines.append(f"| `{wire.name}` | {_fields(wire.body)} | {result} | {_doc(wire.body)} |")
    return lines


def _structs(title: str, structs: Iterable[type[msgspec.Struct]]) -> list[str]:
    lines = [f"\n## {title}\n", "| name | fields | meaning |", "|---|---|---|"]
    lines += [f"| `{cls.__name__}` | {_fields(cls)} | {_doc(cls)} |" for cls in structs]
    return lines


def _events() -> list[str]:
    lines = ["\n## Events in the log\n", "| type | fields | meaning |", "|---|---|---|"]
    for cls in get_args(DomainEvent):
        kind = mi.type_info(cls)
        tag = kind.tag if isinstance(kind, mi.StructType) else ""
        lines.append(f"| `{tag}` | {_fields(cls)} | {_doc(cls)} |")
    return lines


def _errors() -> list[str]:
    lines = ["\n## Refusals\n", "| code | HTTP | 中文 | English |", "|---|---|---|---|"]
    lines += [f"| `{code}` | {said.status} | {said.zh} | {said.en} |" for code, said in ERRORS.items()]
    return lines


def generate() -> str:
    """The whole of docs/protocol.md."""
    results = {wire.result: None for wire in REQUESTS if wire.result is not None}
    return "\n".join(
        [
            INTRODUCTION,
            *_wires("Requests", REQUESTS),
            *_structs("Results", results),
            *_wires("Pushes", PUSHES),
            *_structs("HTTP bodies", HTTP_BODIES),
            *_events(),
            *_errors(),
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(generate())
