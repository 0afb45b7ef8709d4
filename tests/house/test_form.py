"""Rooms stay small, first lines say what a module is, and lock files name no place to fetch from."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE_LINES = 500
FUNCTION_LINES = 60


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.split() if (ROOT / line).is_file()]


@pytest.mark.parametrize("path", tracked("*.py", "*.ts", "*.tsx", "*.css"), ids=lambda path: path.name)
def test_no_file_is_longer_than_a_room(path: Path) -> None:
    if path.parent == ROOT / "web/src/types":
        return  # generated
    assert len(path.read_text("utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize("path", tracked("*.py"), ids=lambda path: path.name)
def test_functions_are_short_and_modules_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    long = [
        f"{node.name}: {(node.end_lineno or 0) - node.lineno + 1}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []
    if tree.body:
        assert ast.get_docstring(tree), f"{path} does not say what it is"


@pytest.mark.parametrize("path", tracked("*.lock", "*lock.json"), ids=lambda path: path.name)
def test_lock_files_name_no_download_address(path: Path) -> None:
    addresses = re.findall(r'"resolved"|https?://[^ "]*(?:simple|registry|/-/)', path.read_text("utf-8"))
    assert addresses == []


def test_nothing_is_loaded_from_outside() -> None:
    pages = [*(ROOT / "web").glob("*.html"), *(ROOT / "web/src").rglob("*.css")]
    outside = {
        path.name: found
        for path in pages
        if (
            found := re.findall(
                r"(?:src|href)=\"https?://|url\(['\"]?https?://|@import", path.read_text("utf-8")
            )
        )
    }
    assert outside == {}


def test_a_class_is_dressed_in_one_style_sheet() -> None:
    """Sheets come with the pages that are visited, in any order, and stay: two that dress one class clash.

    Print is apart, and so is what names where it stands (``.consultation .check``).
    """
    homes: dict[str, set[str]] = {}
    for path in tracked("web/src/styles/*.css"):
        screen = re.sub(r"/\*.*?\*/|@media print \{.*?\n\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        for selectors in re.findall(r"([^{}@;]+)\{[^{}]*\}", screen):
            for name in re.findall(r"(?:^|,)\s*(\.[\w-]+)\s*(?=,|$)", selectors):
                homes.setdefault(name, set()).add(path.name)
    assert len(homes) > 500
    assert {name: sorted(sheets) for name, sheets in homes.items() if len(sheets) > 1} == {}
