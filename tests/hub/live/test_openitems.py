"""What is not finished, for the sheet of a handover."""

from __future__ import annotations

from hub.domain.deadline import EventLevel
from hub.domain.event import HUB
from hub.domain.workspace import ChangeLevel, CheckDeadlines
from hub.live.openitems import of_workspace
from tests.support.incident import OFFICER, XINYANG, an_incident


def test_L8_a_follow_up_that_nobody_waits_for_any_more_is_not_open() -> None:
    stream = an_incident()
    stream.do(CheckDeadlines(), HUB)

    def titles() -> list[str]:
        found = of_workspace("incident:i-1", stream.state, OFFICER, stream.now_ms)
        return [item.title for item in found]

    assert titles() == ["电话报告待报", "书面报告待报", "续报待报"]
    stream.do(ChangeLevel(level=EventLevel.IV, response="", reason="核定"), OFFICER)
    assert "续报待报" not in titles()
    assert list(of_workspace("incident:i-1", stream.state, XINYANG, stream.now_ms)) == []
