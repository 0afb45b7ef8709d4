"""Papers on a live hub: drafts from its log, the number series, editions, and who is shown what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
import pytest_asyncio

from hub.domain.event import Actor, Command
from hub.domain.organisation import STREAM as ORGANISATION
from hub.domain.paper import EditPaper, Paper, PaperKind, SectionText, SubmitPaper, stream_of
from hub.domain.paper_seal import check, number_of
from hub.domain.tally import Scope
from hub.errors import Refusal
from hub.live.rights import check_follow, check_paper
from signaling.paper_vocabulary import PaperDraft
from tests.support.aconsultation import a_consultation, logged
from tests.support.desk import Desk, Reader, live_desk
from tests.support.dutyday import an_incident, report
from tests.support.factories import XINYANG

DAY_MS = 24 * 3_600_000


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


async def officer(desk: Desk, account: str = "officer") -> Actor:
    return await desk.actor(account)


async def draft(desk: Desk, paper_id: str, kind: PaperKind = PaperKind.DUTY_REPORT, **rest: Any) -> Paper:
    now_ms = desk.clock.wall_ms()
    period = (
        {} if "replaces" in rest or "incident" in rest else {"from_ms": now_ms - DAY_MS, "to_ms": now_ms + 1}
    )
    wish = PaperDraft(op=f"draft-{paper_id}", paper_id=paper_id, kind=kind, **{**period, **rest})
    await desk.press.draft(wish, await officer(desk))
    return await paper(desk, paper_id)


async def paper(desk: Desk, paper_id: str) -> Paper:
    state, _ = await desk.streams.state(stream_of(paper_id))
    assert isinstance(state, Paper)
    return state


async def issue(desk: Desk, paper_id: str) -> Paper:
    await desk.press.do(paper_id, SubmitPaper(), await officer(desk), None)
    await desk.press.issue(paper_id, await officer(desk, "deputy"), alone=False, op=f"issue-{paper_id}")
    return await paper(desk, paper_id)


async def incident(desk: Desk) -> str:
    """What the rules would have made of it, in the hub's log."""
    made = an_incident()
    made.do(report("i-first", "浉河漫堤首报", nature="上游来水过大"), XINYANG)
    for recorded in made.events:
        await desk.log.append(
            made.name, recorded.seq - 1, [recorded.event], actor=recorded.actor, op=None, at_ms=recorded.at_ms
        )
    await desk.pass_s(3_600)
    return made.name


def listed(page: Reader) -> list[dict[str, Any]]:
    lists: Sequence[Any] = [body["papers"] for name, body in page.read() if name == "papers"]
    rows: list[dict[str, Any]] = lists[-1] if lists else []
    return rows


# --- who is shown what ----------------------------------------------------------------------------


async def test_N1_everybody_has_the_list_that_is_theirs(desk: Desk) -> None:
    names = ("officer", "reviewer", "yingji", "xinyang", "admin")
    pages = {name: await desk.reader(name) for name in names}
    await draft(desk, "n-1")
    seen = {name: [row["state"] for row in listed(page)] for name, page in pages.items()}
    assert seen == {"officer": ["draft"], "reviewer": [], "yingji": [], "xinyang": [], "admin": []}
    await issue(desk, "n-1")
    await desk.press.push("n-1", ["xinyang", "yingji"], await officer(desk), None)
    await desk.press.read("n-1", await desk.actor("xinyang"), None)
    rows = {name: listed(page)[-1:] for name, page in pages.items()}
    assert [(row["pushed"], row["read"], row["read_ms"]) for row in rows["officer"]] == [(2, 1, None)]
    assert [row["number"] for row in rows["reviewer"]] == ["值班报告〔2026〕第1期"]
    assert [(row["pushed"], row["read_ms"]) for row in rows["yingji"]] == [(0, None)]
    assert [row["read_ms"] is not None for row in rows["xinyang"]] == [True]
    assert rows["admin"] == []


@pytest.mark.parametrize("account", ["xinyang", "reviewer", "admin"])
async def test_N1_to_everybody_else_a_paper_does_not_exist(desk: Desk, account: str) -> None:
    await draft(desk, "n-1")
    by = await desk.actor(account)
    for attempt in (
        check_follow(desk.streams, stream_of("n-1"), by),
        check_paper(desk.streams, "n-1", by),
        desk.press.read("n-1", by, None),
        desk.press.do("n-1", SubmitPaper(), by, None),
        desk.press.issue("n-1", by, alone=True, op=None),
    ):
        with pytest.raises(Refusal) as refused:
            await attempt
        assert refused.value.code == "paper.unknown"
    wish = PaperDraft(op="x", paper_id="n-2", kind=PaperKind.DUTY_REPORT, from_ms=0, to_ms=1)
    with pytest.raises(Refusal) as refused:
        await desk.press.draft(wish, by)
    assert refused.value.code == "forbidden"
    if account != "admin":
        await issue(desk, "n-1")
        await desk.press.push("n-1", ["xinyang"], await officer(desk), None)
        with pytest.raises(Refusal):  # it reads it, and does not see it being written
            await check_follow(desk.streams, stream_of("n-1"), by)
        assert (await desk.press.read("n-1", by, None)).sections


# --- drafts ---------------------------------------------------------------------------------------


async def test_N2_a_draft_is_made_of_the_log_and_can_be_made_again_from_it(desk: Desk) -> None:
    stream = await incident(desk)
    made = await draft(desk, "n-1", incident=stream)
    assert made.about is not None
    assert (made.about.stream, made.classification) == (stream, "内部")
    assert "浉河漫堤首报" in "".join(section.text for section in made.sections)
    assert {basis.stream for basis in made.basis} == {stream, ORGANISATION}
    assert made.period is not None
    again = await desk.press.drafted(made.kind, Scope(made.period.from_ms, made.period.to_ms, stream))
    assert (again.sections, again.sources, again.basis) == (made.sections, made.sources, made.basis)
    whole = await draft(desk, "n-2")
    assert stream in {basis.stream for basis in whole.basis}
    assert "浉河漫堤首报" in "".join(section.text for section in whole.sections)


@pytest.mark.parametrize(
    ("kind", "rest", "code"),
    [
        (PaperKind.BRIEF, {"incident": None}, "paper.no_incident"),
        (PaperKind.BRIEF, {"incident": "incident:i-none"}, "paper.no_incident"),
        (PaperKind.BRIEF, {"incident": "session:s-1"}, "paper.no_incident"),
        (PaperKind.DUTY_REPORT, {"from_ms": None}, "paper.no_period"),
        (PaperKind.DUTY_CIRCULAR, {"from_ms": 5, "to_ms": 4}, "paper.no_period"),
        (PaperKind.DUTY_CIRCULAR, {"from_ms": 0}, "paper.no_period"),
        (PaperKind.DUTY_CIRCULAR, {"replaces": "n-none"}, "paper.unknown"),
    ],
)
async def test_N2_a_draft_needs_to_know_of_what(
    desk: Desk, kind: PaperKind, rest: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await draft(desk, "n-1", kind, **rest)
    assert refused.value.code == code


# --- minutes --------------------------------------------------------------------------------------


async def test_N14_minutes_are_made_of_the_log_of_their_session(desk: Desk) -> None:
    made = a_consultation()
    await logged(desk.log, made)
    await desk.pass_s(2 * 3_600)
    page = await desk.reader("officer")
    minutes = await draft(desk, "n-1", PaperKind.MINUTES, session="session:s-1", from_ms=None, to_ms=None)
    expected = made.minutes()
    assert (minutes.title, minutes.about) == (expected.title, expected.about)
    assert [(each.section_id, each.text) for each in minutes.sections] == [
        (each.section_id, each.text) for each in expected.sections
    ]
    assert [row["about"] for row in listed(page)] == ["session:s-1"]


async def test_N15_minutes_are_drafted_by_the_office_that_held_the_session(desk: Desk) -> None:
    await logged(desk.log, a_consultation())
    for account, session, code in (
        ("xinyang", "session:s-1", "forbidden"),
        ("reviewer", "session:s-1", "forbidden"),
        ("deputy", "session:s-1", "paper.no_session"),  # another office, and no heir of this session
        ("officer", "session:s-none", "paper.no_session"),
        ("officer", "incident:i-1", "paper.no_session"),
        ("officer", None, "paper.no_session"),
    ):
        wish = PaperDraft(op="x", paper_id="n-1", kind=PaperKind.MINUTES, session=session)
        with pytest.raises(Refusal) as refused:
            await desk.press.draft(wish, await desk.actor(account))
        assert refused.value.code == code


async def test_N15_minutes_are_issued_read_and_replaced_like_every_paper(desk: Desk) -> None:
    await logged(desk.log, a_consultation())
    await draft(desk, "n-1", PaperKind.MINUTES, session="session:s-1", from_ms=None, to_ms=None)
    with pytest.raises(Refusal):
        await desk.press.read("n-1", await desk.actor("reviewer"), None)
    issued = await issue(desk, "n-1")
    assert (number_of(issued), check(issued).ok) == ("会商纪要〔2026〕第1期", True)
    assert (await desk.press.read("n-1", await desk.actor("reviewer"), None)).sections
    await draft(desk, "n-2", PaperKind.MINUTES, replaces="n-1")
    assert number_of(await issue(desk, "n-2")) == "会商纪要〔2026〕第1期（第2版）"


# --- numbers --------------------------------------------------------------------------------------


async def test_N6_many_at_once_get_one_series_without_gaps_and_it_goes_on_after_a_restart(desk: Desk) -> None:
    deputy = await officer(desk, "deputy")
    names = [f"n-{place}" for place in range(12)]
    for name in names:
        kind = PaperKind.BRIEF if name == "n-0" else PaperKind.DUTY_REPORT
        rest = {"incident": await incident(desk)} if name == "n-0" else {}
        await draft(desk, name, kind, **rest)
        await desk.press.do(name, SubmitPaper(), await officer(desk), None)
    both = [
        asyncio.ensure_future(desk.press.issue(name, deputy, alone=False, op=f"i-{name}"))
        for name in names * 2
    ]
    await asyncio.sleep(0)
    both[3].cancel()  # who asked went away: the paper is issued all the same, once
    await asyncio.gather(*both, return_exceptions=True)
    issued = [await paper(desk, name) for name in names]
    assert [number_of(each) for each in issued if each.kind is PaperKind.BRIEF] == ["快报〔2026〕第1期"]
    series = [each.number for each in issued if each.kind is PaperKind.DUTY_REPORT]
    assert sorted(number for number in series if number is not None) == list(range(1, 12))
    await desk.restart()
    await draft(desk, "n-next")
    assert (await issue(desk, "n-next")).number == 12


async def test_N6_a_paper_that_cannot_be_issued_takes_no_number(desk: Desk) -> None:
    await draft(desk, "n-1")
    with pytest.raises(Refusal):
        await desk.press.issue("n-1", await officer(desk, "deputy"), alone=False, op=None)
    await desk.press.do("n-1", SubmitPaper(), await officer(desk), None)
    with pytest.raises(Refusal) as refused:
        await desk.press.issue("n-1", await officer(desk), alone=False, op=None)
    assert refused.value.code == "paper.same_person"
    await desk.press.issue("n-1", await officer(desk), alone=True, op=None)
    assert (await paper(desk, "n-1")).number == 1


async def test_N8_an_edition_has_the_number_of_what_it_replaces_and_there_is_one_successor(
    desk: Desk,
) -> None:
    first_draft = await draft(desk, "n-1")
    first = await issue(desk, "n-1")
    await draft(desk, "n-other")
    for name in ("n-2", "n-3"):
        await draft(desk, name, replaces="n-1")
    text = SectionText(section_id=first_draft.sections[0].section_id, title="值班概况", text="更正。")
    change: Command = EditPaper(base_version=1, sections=[text])
    await desk.press.do("n-2", change, await officer(desk), None)
    second = await issue(desk, "n-2")
    assert number_of(second) == "值班报告〔2026〕第1期（第2版）"
    assert second.replaces is not None
    assert second.replaces.digest == first.digest
    old = await paper(desk, "n-1")
    assert old.replaced_by is not None
    assert (old.replaced_by.paper_id, check(old).ok, old.digest) == ("n-2", True, first.digest)
    with pytest.raises(Refusal) as refused:
        await issue(desk, "n-3")
    assert refused.value.code == "paper.replaced"
    with pytest.raises(Refusal) as refused:
        await draft(desk, "n-4", replaces="n-1")
    assert refused.value.code == "paper.replaced"
    assert (await issue(desk, "n-other")).number == 2
