"""Hooks: who sets them, what is queued, and how what does not arrive is tried again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.event import HUB, Actor, Role
from hub.domain.hook import (
    ATTEMPTS_MAX,
    WAITING_MAX,
    HookNotice,
    NoteDelivered,
    NoteFailed,
    NoticeType,
    QueueNotices,
    RemoveHook,
    SetHook,
    TryHook,
)
from hub.domain.hook_rules import WAITS_S, due_ms
from hub.errors import Refusal
from tests.support.factories import OFFICER, REVIEWER, YINGJI, Stream

ADMIN = Actor(account="admin", person="钱程", role=Role.ADMIN)
TYPES = [NoticeType.INCIDENT_OPENED, NoticeType.REPORT_SUBMITTED]


def wish(**changes: object) -> SetHook:
    usual: dict[str, object] = {
        "hook_id": "h-1",
        "name": "办公系统",
        "url": "https://oa.example/hook",
        "types": TYPES,
        "exercises": False,
        "enabled": True,
    }
    return SetHook(**{**usual, **changes})  # type: ignore[arg-type]


def a_hook(**changes: object) -> Stream:
    stream = Stream("hook:h-1")
    stream.do(wish(**changes), ADMIN)
    return stream


def notice(seq: int, kind: NoticeType = NoticeType.INCIDENT_OPENED, *, exercise: bool = False) -> HookNotice:
    return HookNotice(notice_id=f"incident:i-1/{seq}", type=kind, at_ms=1, exercise=exercise)


def queue(stream: Stream, *notices: HookNotice, seq: int) -> list[object]:
    return stream.do(QueueNotices(stream="incident:i-1", seq=seq, notices=list(notices)), HUB)


def waiting(stream: Stream) -> list[str]:
    return [each.notice_id for each in stream.state.waiting]


def test_O1_administrators_and_the_duty_office_set_hooks_and_only_the_hub_reports_on_them() -> None:
    for nobody in (YINGJI, REVIEWER):
        with pytest.raises(Refusal, match="forbidden"):
            Stream("hook:h-1").do(wish(), nobody)
    stream = a_hook()
    stream.do(wish(name="应急门户"), OFFICER)
    assert stream.state.name == "应急门户"
    for command in (
        QueueNotices(stream="incident:i-1", seq=1, notices=[notice(1)]),
        NoteDelivered(notice_id="x", status=200),
        NoteFailed(notice_id="x", reason="x"),
    ):
        with pytest.raises(Refusal, match="forbidden"):
            stream.do(command, OFFICER)
    stream.do(RemoveHook(), OFFICER)
    with pytest.raises(Refusal, match=r"hook\.unknown"):
        stream.do(wish(), ADMIN)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://oa.example/x",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@oa.example/",
        "https://oa.example/#part",
        "https://oa.example:0/",
        "https://oa.example:99999/",
        "https://oa.example/ x",
        "https://oa.example/" + "x" * 300,
        "oa.example",
    ],
)
def test_an_address_that_cannot_be_posted_to_is_refused(url: str) -> None:
    with pytest.raises(Refusal, match=r"hook\.bad_url"):
        a_hook(url=url)


def test_a_hook_has_a_name_and_types_and_setting_it_alike_is_no_event() -> None:
    wrong: tuple[dict[str, object], ...] = (
        {"name": " "},
        {"name": "长" * 31},
        {"types": []},
        {"types": [NoticeType.TEST]},
    )
    for bad in wrong:
        with pytest.raises(Refusal, match="bad_request"):
            a_hook(**bad)
    assert a_hook().do(wish(), ADMIN) == []


def test_O2_each_event_is_queued_once_in_order_and_only_of_the_types_that_were_chosen() -> None:
    stream = a_hook()
    queue(stream, notice(1), notice(2, NoticeType.WARNING_ISSUED), notice(3), seq=3)
    assert waiting(stream) == ["incident:i-1/1", "incident:i-1/3"]
    assert queue(stream, notice(3), seq=3) == []
    assert queue(stream, notice(4, NoticeType.WARNING_ISSUED), seq=4) == []
    queue(stream, notice(5), seq=5)
    assert waiting(stream)[-1] == "incident:i-1/5"


def test_O5_an_exercise_is_told_only_where_that_is_wanted() -> None:
    assert queue(a_hook(), notice(1, exercise=True), seq=1) == []
    stream = a_hook(exercises=True)
    queue(stream, notice(1, exercise=True), seq=1)
    assert waiting(stream) == ["incident:i-1/1"]


def test_O3_what_does_not_arrive_is_tried_later_and_later_and_given_up_in_the_end() -> None:
    stream = a_hook()
    queue(stream, notice(1), notice(2), seq=2)
    assert due_ms(stream.state) == 0
    for attempt in range(1, ATTEMPTS_MAX):
        stream.do(NoteFailed(notice_id="incident:i-1/1", reason="HTTP 500"), HUB)
        wait_s = WAITS_S[min(attempt, len(WAITS_S)) - 1]
        assert due_ms(stream.state) == stream.now_ms + wait_s * 1000
        assert stream.state.failure == "HTTP 500"
    since_ms = stream.state.failing_ms
    stream.do(NoteFailed(notice_id="incident:i-1/1", reason="HTTP 500"), HUB)
    assert waiting(stream) == ["incident:i-1/2"]
    assert (stream.state.dropped, due_ms(stream.state), stream.state.failing_ms) == (1, 0, since_ms)
    assert stream.do(NoteDelivered(notice_id="incident:i-1/1", status=200), HUB) == []  # it is not the first
    stream.do(NoteDelivered(notice_id="incident:i-1/2", status=204), HUB)
    assert (stream.state.delivered, stream.state.failing_ms, due_ms(stream.state)) == (1, None, None)


def test_a_hook_that_is_off_sends_nothing_and_goes_on_where_it_was() -> None:
    stream = a_hook()
    queue(stream, notice(1), seq=1)
    stream.do(NoteFailed(notice_id="incident:i-1/1", reason="HTTP 500"), HUB)
    stream.do(wish(enabled=False), ADMIN)
    assert due_ms(stream.state) is None
    assert queue(stream, notice(2), seq=2) == []
    stream.do(wish(), ADMIN)
    assert (waiting(stream), due_ms(stream.state)) == (["incident:i-1/1"], 0)


def test_a_test_says_nothing_but_that_it_came() -> None:
    stream = a_hook()
    stream.do(TryHook(notice_id="n-1"), OFFICER)
    assert [(each.type, each.text, each.title) for each in stream.state.waiting] == [
        (NoticeType.TEST, "", "")
    ]


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=60))
def test_O2_whatever_comes_in_whatever_order_nothing_waits_twice_and_not_too_much(
    steps: list[tuple[int, bool]],
) -> None:
    stream = a_hook()
    sent: list[str] = []
    for seq, arrives in steps:
        queue(stream, notice(seq), seq=seq)
        if arrives and stream.state.waiting:
            first = stream.state.waiting[0].notice_id
            stream.do(NoteDelivered(notice_id=first, status=200), HUB)
            sent.append(first)
    everything = sent + waiting(stream)
    assert len(everything) == len(set(everything))
    assert len(stream.state.waiting) <= WAITING_MAX


def test_a_queue_that_is_full_drops_the_oldest_but_the_one_on_its_way() -> None:
    stream = a_hook()
    queue(stream, *[notice(seq) for seq in range(1, WAITING_MAX + 3)], seq=WAITING_MAX + 2)
    assert waiting(stream)[:2] == ["incident:i-1/1", "incident:i-1/4"]
    assert (len(stream.state.waiting), stream.state.dropped) == (WAITING_MAX, 2)
