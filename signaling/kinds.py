"""Writes the table of board kinds for the front end; ``make types`` puts it into web/src/types/kinds.ts."""

from __future__ import annotations

import json
import sys

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
    kinds = {kind: msgspec.to_builtins(each) for kind, each in KINDS.items()}
    common = json.dumps(msgspec.to_builtins(COMMON), ensure_ascii=False, indent=1)
    table = json.dumps(kinds, ensure_ascii=False, indent=1)
    profile = json.dumps(msgspec.to_builtins(DEFAULT), ensure_ascii=False, indent=1)
    constants = (
        "/** Fields that every kind has. */\n"
        f"export const COMMON: readonly Field[] = {common};\n\n"
        "/** The eleven kinds, in the order of the list beside the boards. */\n"
        f"export const KINDS: Readonly<Record<BoardKind, Kind>> = {table};\n\n"
        "/** Of a workspace whose opening says nothing of it. */\n"
        f"export const DEFAULT_PROFILE: Profile = {profile};\n"
    )
    return "\n".join([HEADER, *writer.blocks.values(), constants])


if __name__ == "__main__":
    sys.stdout.write(generate())
