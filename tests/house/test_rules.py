"""Every numbered rule has a test that carries its number, and no test carries a number nobody wrote."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_rules_and_tests_match_both_ways() -> None:
    written = set(
        re.findall(r"^- \*\*([A-Z]\d+)\*\*", (ROOT / "docs/rules.md").read_text("utf-8"), re.MULTILINE)
    )
    proved: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for name in re.findall(r"def test_((?:[A-Z]\d+_)+)", path.read_text("utf-8")):
            proved.update(name.rstrip("_").split("_"))
    for path in (ROOT / "web/src").rglob("*.test.ts*"):
        proved.update(re.findall(r'(?:test|it)\(["`]([A-Z]\d+) ', path.read_text("utf-8")))
    assert proved == written
