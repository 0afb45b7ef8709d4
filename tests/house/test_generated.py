"""What is generated from the vocabulary is up to date."""

from __future__ import annotations

from pathlib import Path

from signaling import protocol, typescript

ROOT = Path(__file__).parents[2]


def test_the_front_ends_types_are_those_of_the_vocabulary() -> None:
    made = typescript.generate()
    types = ROOT / "web/src/types"
    assert {f"wire/{path.name}" for path in (types / "wire").iterdir()} | {"wire.ts"} == set(made)
    for path, text in made.items():
        assert (types / path).read_text("utf-8") == text, f"{path}: run `make types`"


def test_the_page_about_the_line_is_that_of_the_vocabulary() -> None:
    assert (ROOT / "docs/protocol.md").read_text("utf-8") == protocol.generate(), "run `make types`"
