"""Check 10 of the users: nothing of others arrives, no other host is asked, a changed log is found out."""

from __future__ import annotations

import subprocess
import sys

import pytest
from playwright.sync_api import Page, WebSocket, expect

from hub.domain.kindparts import BoardKind
from tests.browser.conftest import Enter
from tests.browser.test_boards import board, goes_to, row
from tests.support.boards import CITIES, rows, seed
from tests.support.hub_process import PASSWORD, ROOT, HubProcess
from tests.support.logs import tamper

pytestmark = pytest.mark.browser

PROPOSAL = "拟请分管副省长赴现场，口径由省委宣传部统一"
REPORT = "郑州市二七区京广快速路隧道积水，12 辆车被困"


class Ear:
    """Every byte that the hub has sent over a page's line; its routes have a test of their own."""

    def __init__(self, page: Page) -> None:
        self.heard = b""
        page.on("websocket", self._listen)

    def _listen(self, line: WebSocket) -> None:
        line.on("framereceived", self._read)

    def _read(self, frame: bytes | str) -> None:
        self.heard += frame if isinstance(frame, bytes) else frame.encode()


ALIKE = (BoardKind.KEYEVENT, BoardKind.DUTY)
"""Published for all, or said by every unit in nearly the same words."""


def of_others(city: str) -> list[str]:
    """What other cities have written and nobody has shared."""
    return [
        fields["text"]
        for kind, written in rows().items()
        for account, fields, more in written
        if account in CITIES
        and account != city
        and kind not in ALIKE
        and not more.keys() & {"reach", "shared"}
    ]


def test_nothing_of_others_arrives_and_a_changed_row_is_found_out(enter: Enter, hub: HubProcess) -> None:
    stream = seed(hub.url, PASSWORD)
    officer, kaifeng, zhengzhou = enter("officer"), enter("kaifeng"), enter("zhengzhou")
    ears = {page: Ear(page) for page in (kaifeng, zhengzhou)}
    for page in (officer, kaifeng, zhengzhou):
        goes_to(page, hub, stream)

    # 拟办意见 is written in the office, and the office's own page is told of it
    board(officer, BoardKind.REPORT)
    row(officer, REPORT).press("e")
    officer.get_by_label("拟办意见", exact=True).fill(PROPOSAL)
    officer.get_by_label("拟办意见", exact=True).press("Control+Enter")
    other = enter("deputy")
    goes_to(other, hub, stream)
    board(other, BoardKind.REPORT)
    row(other, REPORT).click()
    expect(other.get_by_text(PROPOSAL)).to_be_visible()

    # each city walks through all boards, sees its own and not a word of the others, here and in the search
    for page, own, city in ((kaifeng, "", "kaifeng"), (zhengzhou, REPORT, "zhengzhou")):
        for kind in (BoardKind.SITUATION, BoardKind.REPORT, BoardKind.RESOURCE, BoardKind.OPINION):
            board(page, kind)
        if own:
            board(page, BoardKind.REPORT)
            expect(row(page, own)).to_be_visible()
        assert len(of_others(city)) >= 2
        told = ears[page].heard
        assert [text for text in of_others(city) if text.encode() in told] == []
        assert PROPOSAL.encode() not in told
    assert REPORT.encode() in ears[zhengzhou].heard

    # somebody with the disk in hand changes one word
    hub.stop()
    audit = [sys.executable, "-m", "hub", "audit", "verify", "--data", str(hub.data)]
    assert subprocess.run(audit, cwd=ROOT, check=False, capture_output=True).returncode == 0
    changed = "CAST(REPLACE(CAST(event AS TEXT), '12 辆车', '2 辆车') AS BLOB)"
    change = f"UPDATE events SET event = {changed} WHERE stream = ?"
    tamper(hub.data, change, stream)
    found = subprocess.run(audit, cwd=ROOT, check=False, capture_output=True, text=True)
    assert found.returncode != 0
    assert stream in found.stdout + found.stderr
    hub.start()
