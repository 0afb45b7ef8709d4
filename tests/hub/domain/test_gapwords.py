"""Every reason for which nothing is recorded has words, on paper, in a film and on the page alike."""

from __future__ import annotations

import re
from pathlib import Path

from hub.domain.gapwords import GAP_WORDS, gap_cause, gap_reason
from hub.domain.recording import Gap
from hub.errors import ERRORS

PAGE = Path(__file__).parents[3] / "web/src/views/reasons.ts"


def test_R3_papers_and_the_page_know_the_same_reasons() -> None:
    assert set(re.findall(r'^  "([a-z._]+)": "review', PAGE.read_text(), re.MULTILINE)) == set(GAP_WORDS)
    assert set(GAP_WORDS) <= set(ERRORS)


def test_R3_a_pause_has_the_words_of_who_paused_and_a_foreign_reason_stands_for_itself() -> None:
    paused = Gap(from_ms=0, to_ms=1, reason="recording.paused", note="休会\n十分钟")
    assert gap_reason(paused) == "人工暂停：休会 十分钟"
    assert gap_cause("of.another.version") == "其他原因（of.another.version）"
