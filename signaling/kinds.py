"""Writes the table of board kinds for the front end; ``make types`` puts it into web/src/types/kinds.ts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import inspect as mi

from hub.domain.deadline import DEFAULT, Profile
from hub.domain.kindparts import COMMON, Kind
from hub.domain.kinds import KINDS
from signaling.typescript import TypeWriter

HEADER = "// Generated from hub/domain/kinds.py by `make types`. Do not edit.\n"


def generate() -> str:
    """The whole of web/src/types/kinds.ts."""
    writer = TypeWriter()
    writer.type_of(mi.type_info(Kind))
    writer.type_of(mi.type_info(Profile))
    common = _list(msgspec.to_builtins(COMMON), "")
    table = "".join(f"  {kind}: {_kind(msgspec.to_builtins(each))},\n" for kind, each in KINDS.items())
    profile = _line(msgspec.to_builtins(DEFAULT))
    constants = (
        "/** Fields that every kind has. */\n"
        f"export const COMMON: readonly Field[] = {common};\n\n"
        "/** The eleven kinds, in the order of the list beside the boards. */\n"
        f"export const KINDS: Readonly<Record<BoardKind, Kind>> = {{\n{table}}};\n\n"
        "/** Of a workspace whose opening says nothing of it. */\n"
        f"export const DEFAULT_PROFILE: Profile = {profile};\n"
    )
    return "\n".join([HEADER, *writer.blocks.values(), constants])


def _kind(kind: dict[str, Any]) -> str:
    """A line for what it is, and one for each field, state and move."""
    parts = [
        f"    {name}: {_list(value, '    ') if isinstance(value, list | tuple) else _line(value)},\n"
        for name, value in kind.items()
    ]
    return f"{{\n{''.join(parts)}  }}"


def _list(rows: Sequence[Any], indent: str) -> str:
    if not rows:
        return "[]"
    return "[\n" + "".join(f"{indent}  {_line(row)},\n" for row in rows) + f"{indent}]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.write(generate())
