"""A recording tells of the boards no more than its viewer was shown, and folds to what was there."""

from __future__ import annotations

import msgspec
import pytest

from hub.domain.event import Actor
from hub.domain.item import AddItem, EditItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.reach import workspace_for
from hub.domain.streams import fold
from hub.domain.track import Unit
from hub.domain.workspace import Header, Nature, NewBoard, OpenWorkspace, Workspace
from recordings.pastboards import boards_during
from tests.support.factories import KAIFENG, OFFICER, REVIEWER, XINYANG, Stream

STREAM = "incident:i-1"
KINDS = (BoardKind.SITUATION, BoardKind.REPORT)


def an_incident() -> Stream:
    """Two cities, one secret, one item for the office alone; each step a second later."""
    stream = Stream(STREAM)
    cities = (XINYANG, KAIFENG)
    units = [
        Unit(seat=one.seat or "", name=one.seat_name or "", short_name="", level="city") for one in cities
    ]
    opening = OpenWorkspace(
        workspace_id="i-1",
        nature=Nature.INCIDENT,
        number="2026-0001",
        header=Header(title="强降雨"),
        units=units,
        boards=[NewBoard(board_id=kind, kind=kind, title=kind) for kind in KINDS],
    )
    report = AddItem(board_id="report", item_id="i-1", fields={"text": "浉河漫堤"}, state="submitted")
    stream.do_all(
        [
            (opening, OFFICER),
            (report, XINYANG),
            (EditItem(item_id="i-1", base_version=1, fields={"proposal": "建议启动二级响应"}), OFFICER),
            (
                AddItem(board_id="situation", item_id="i-2", fields={"text": "内部研判"}, reach=Reach.OFFICE),
                OFFICER,
            ),
            (EditItem(item_id="i-1", base_version=2, fields={"text": "浉河漫堤两处"}), XINYANG),
        ]
    )
    return stream


@pytest.mark.parametrize("by", [OFFICER, REVIEWER, XINYANG, KAIFENG], ids=lambda by: by.account)
def test_T8_a_review_of_an_incident_shows_what_the_incident_itself_shows(by: Actor) -> None:
    events = an_incident().events
    for cut in {each.at_ms for each in events}:
        then = boards_during(events, by, cut, None)
        seen = fold(STREAM, then.events, then.before)
        whole = fold(STREAM, events)
        assert isinstance(whole, Workspace)
        assert seen == workspace_for(whole, by)


def test_T9_no_byte_of_what_is_the_offices_alone_is_in_a_review() -> None:
    events = an_incident().events
    for by in (REVIEWER, XINYANG, KAIFENG):
        told = msgspec.json.encode(boards_during(events, by, events[1].at_ms, None)).decode()
        assert "建议启动" not in told
        assert "内部研判" not in told
        assert ("浉河漫堤" in told) is (by is not KAIFENG)


def test_a_review_ends_with_its_session_and_begins_with_what_was_there() -> None:
    events = an_incident().events
    times = [each.at_ms for each in events]
    then = boards_during(events, OFFICER, times[3], times[-2])
    assert {each.at_ms for each in then.events} <= set(times[3:-1])
    assert list(then.before.boards) == list(KINDS)
    assert boards_during(events, OFFICER, 0, 0).before == Workspace()
