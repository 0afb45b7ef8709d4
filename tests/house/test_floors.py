"""Imports only go down the floors of docs/architecture.md, and the pure floors stay pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# The first prefix that matches wins.
FLOORS: list[tuple[str, int]] = [
    ("hub.app", 6),
    ("hub.__main__", 6),
    ("hub.demo", 6),
    ("hub.demodata", 6),
    ("hub.domain", 2),
    ("hub.media.rtp", 1),
    ("hub.media.accel", 1),
    ("hub.media.sfu", 2),
    ("hub.media.transport", 3),
    ("hub.storage", 3),
    ("hub.cluster", 3),
    ("hub.live", 4),
    ("hub.http", 5),
    ("hub", 0),
    ("signaling.messages", 2),
    ("signaling.media_vocabulary", 2),
    ("signaling.control_vocabulary", 2),
    ("signaling.organisation_vocabulary", 2),
    ("signaling.outside_vocabulary", 2),
    ("signaling.booking_vocabulary", 2),
    ("signaling.paper_vocabulary", 2),
    ("signaling.recording_vocabulary", 2),
    ("signaling.duty_vocabulary", 2),
    ("signaling.spotcheck_vocabulary", 2),
    ("signaling.incident_vocabulary", 2),
    ("signaling.plan_vocabulary", 2),
    ("signaling.todo_vocabulary", 2),
    ("signaling.hook_vocabulary", 2),
    ("signaling.kinds", 2),
    ("signaling.vocabulary", 2),
    ("signaling.bodies", 2),
    ("signaling.framing", 2),
    ("signaling.typescript", 2),
    ("signaling.protocol", 2),
    ("signaling.schema", 2),
    ("signaling.throttle", 2),
    ("signaling.connection", 2),
    ("signaling.sdp", 2),
    ("signaling.codecs", 2),
    ("signaling.negotiation", 2),
    ("signaling", 5),
    ("recordings.timeline", 2),
    ("recordings.manifest", 2),
    ("recordings.retention", 2),
    ("recordings.pipeline", 2),
    ("recordings.forms", 2),
    ("recordings.frames", 2),
    ("recordings.h264", 2),
    ("recordings.reorder", 2),
    ("recordings.render.spec", 2),
    ("recordings.render.layout", 2),
    ("recordings.render.scenes", 2),
    ("recordings.render.plan", 2),
    ("recordings", 5),
]

PURE_MAY_NOT = {
    "asyncio",
    "socket",
    "time",
    "random",
    "os",
    "aiohttp",
    "aiortc",
    "socketio",
    "redis",
    "threading",
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("hub", "signaling", "recordings"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if "migrations" not in parts:
                yield name, path


def floor_of(module: str) -> int | None:
    for prefix, floor in FLOORS:
        if module == prefix or module.startswith(prefix + "."):
            return floor
    return None


ALL = list(modules())
NAMES = {name for name, _ in ALL}


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute in this house"
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in NAMES else node.module


@pytest.mark.parametrize(("name", "path"), ALL, ids=[name for name, _ in ALL])
def test_imports_only_go_down(name: str, path: Path) -> None:
    floor = floor_of(name)
    assert floor is not None, f"{name} has no floor"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    above = {
        imported for imported in imports(tree) if (other := floor_of(imported)) is not None and other > floor
    }
    assert above == set()


@pytest.mark.parametrize(
    ("name", "path"), [row for row in ALL if floor_of(row[0]) in (1, 2)], ids=lambda value: str(value)
)
def test_the_pure_floors_have_no_clock_no_socket_and_no_loop(name: str, path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asynchronous = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]
    assert asynchronous == []
    roots = {imported.partition(".")[0] for imported in imports(tree)}
    assert roots & PURE_MAY_NOT == set()


def test_socketio_has_one_door() -> None:
    users = {name for name, path in ALL if "socketio" in set(imports(ast.parse(path.read_text("utf-8"))))}
    assert users == {"signaling.gateway"}
