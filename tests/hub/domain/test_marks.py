"""漏报, 瞒报 and 谎报: what the duty office holds against a unit's reporting."""

from __future__ import annotations

import pytest

from hub.domain.event import Actor
from hub.domain.item import Withheld
from hub.domain.mark import MarkKind, MarkRetracted, MarkUnit, RetractMark
from hub.domain.reach import view, workspace_for
from hub.domain.workspace import ChangeStatus, Status
from hub.errors import Refusal
from tests.support.dutyday import an_incident
from tests.support.factories import OFFICER, REVIEWER, STRANGER, XINYANG, YINGJI, unit

MARK = MarkUnit(mark_id="k-1", unit=unit(STRANGER), mark=MarkKind.CONCEALED, reason="群众举报后方才报告")


def test_N11_an_officer_marks_a_unit_with_a_reason_and_takes_it_back_with_one() -> None:
    stream = an_incident()
    for command, code in (
        (MarkUnit(mark_id="k-1", unit=MARK.unit, mark=MARK.mark, reason=" "), "board.needs_reason"),
        (RetractMark(mark_id="k-1", reason="误标"), "mark.unknown"),
    ):
        with pytest.raises(Refusal) as refused:
            stream.do(command, OFFICER)
        assert refused.value.code == code
    stream.do(ChangeStatus(status=Status.CLOSED, reason="险情解除"), OFFICER)
    stream.do(MARK, OFFICER)  # also afterwards, and a unit that took no part
    stream.do(RetractMark(mark_id="k-1", reason="误标"), OFFICER)
    mark = stream.state.marks["k-1"]
    assert (mark.mark, mark.reason, mark.retracted) == (MarkKind.CONCEALED, "群众举报后方才报告", "误标")
    with pytest.raises(Refusal):
        stream.do(RetractMark(mark_id="k-1", reason="再次"), OFFICER)


@pytest.mark.parametrize("by", [XINYANG, YINGJI, REVIEWER], ids=lambda by: by.account)
def test_N11_nobody_else_marks_and_nobody_else_hears_of_it(by: Actor) -> None:
    stream = an_incident()
    with pytest.raises(Refusal) as refused:
        stream.do(MARK, by)
    assert refused.value.code == "forbidden"
    before = stream.state
    [marked] = stream.do(MARK, OFFICER)
    heard = view(before, stream.state, stream.events[-1], by)
    assert (heard.event, heard.actor.person, marked.reason) == (Withheld(), "", MARK.reason)
    assert workspace_for(stream.state, by).marks == {}
    [taken_back] = stream.do(RetractMark(mark_id="k-1", reason="误标"), OFFICER)
    assert isinstance(taken_back, MarkRetracted)
    assert isinstance(view(before, stream.state, stream.events[-1], by).event, Withheld)
