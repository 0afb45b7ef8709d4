"""The way of a paper from its draft to the seats that read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from hub.domain.digests import DIGESTS, SHA256, SM3, hex_digest
from hub.domain.event import HUB, Actor, Command
from hub.domain.paper import (
    ApprovePaper,
    Edition,
    EditPaper,
    IssuePaper,
    Paper,
    PaperState,
    PushPaper,
    ReadPaper,
    ReplacePaper,
    ReturnPaper,
    SectionText,
    SubmitPaper,
)
from hub.domain.paper_seal import Content, canonical, check, content_of, number_of, paper_for, sees
from hub.errors import Refusal
from tests.support.factories import BACKUP, OFFICER, REVIEWER, XINYANG, YINGJI, Stream
from tests.support.papers import a_draft, pushed

ISSUE = IssuePaper(year=2026, number=12, edition=1, algorithm=SHA256)


@dataclass
class Way:
    """One paper, and what is done to it."""

    stream: Stream

    @property
    def paper(self) -> Paper:
        state = self.stream.state
        assert isinstance(state, Paper)
        return state

    def do(self, command: Command, by: Actor = OFFICER) -> list[Any]:
        return self.stream.do(command, by)

    def refuses(self, command: Command, code: str, by: Actor = OFFICER) -> dict[str, Any]:
        with pytest.raises(Refusal) as refused:
            self.do(command, by)
        assert refused.value.code == code
        return refused.value.detail


@pytest.fixture
def way() -> Way:
    begun = Way(Stream("paper:n-1"))
    begun.do(a_draft())
    return begun


def issued(way: Way, by: Actor = BACKUP) -> Paper:
    way.do(SubmitPaper())
    way.do(ISSUE, by)
    return way.paper


def text(section_id: str, body: str, *, grid: bool = True) -> SectionText:
    return SectionText(section_id=section_id, title="重要事项", text=body, grid=grid)


# --- who ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [XINYANG, REVIEWER], ids=lambda by: by.account)
def test_N1_only_the_office_writes_papers(way: Way, by: Actor) -> None:
    for command in (
        a_draft("n-2"),
        EditPaper(base_version=1, title="x"),
        SubmitPaper(),
        ISSUE,
        PushPaper(seats=[]),
    ):
        way.refuses(command, "forbidden", by)


def test_N1_reviewers_see_what_is_issued_and_a_seat_what_was_pushed_to_it(way: Way) -> None:
    assert [sees(way.paper, by) for by in (OFFICER, REVIEWER, XINYANG)] == [True, False, False]
    paper = issued(way)
    assert [sees(paper, by) for by in (OFFICER, REVIEWER, XINYANG)] == [True, True, False]
    way.do(PushPaper(seats=[pushed(XINYANG), pushed(YINGJI)]))
    assert sees(way.paper, XINYANG)
    shown = paper_for(way.paper, XINYANG)
    assert list(shown.pushed) == ["xinyang"]
    assert (shown.steps, shown.basis) == ([], [])
    assert shown.sections == way.paper.sections


# --- editing ------------------------------------------------------------------------------------


def test_N3_different_sections_merge_and_the_same_one_is_a_conflict_with_both_texts(way: Way) -> None:
    way.do(EditPaper(base_version=1, sections=[text("events", "漫堤。")]))
    way.do(EditPaper(base_version=1, title="另一标题"), BACKUP)
    detail = way.refuses(
        EditPaper(base_version=1, sections=[text("events", "溃口。")]), "paper.conflict", BACKUP
    )
    assert detail["theirs"] == {"events": {"title": "重要事项", "text": "漫堤。"}}
    assert detail["yours"] == {"events": {"title": "重要事项", "text": "溃口。"}}
    way.do(EditPaper(base_version=detail["version"], sections=[text("events", "溃口。")]), BACKUP)
    assert (way.paper.title, way.paper.sections[0].text) == ("另一标题", "溃口。")


def test_N3_sections_come_go_and_change_places_and_a_table_is_left_out_but_never_rewritten(way: Way) -> None:
    grid = way.paper.sections[1].grid
    way.do(EditPaper(base_version=1, sections=[text("more", "建议。")], order=["counts", "more"]))
    assert [section.section_id for section in way.paper.sections] == ["counts", "more"]
    assert way.paper.sections[0].grid == grid
    way.do(EditPaper(base_version=2, sections=[text("counts", "见附件。", grid=False)]))
    assert way.paper.sections[0].grid is None
    assert way.do(EditPaper(base_version=3, sections=[text("counts", "见附件。", grid=True)])) == []
    way.refuses(EditPaper(base_version=3, sections=[text("lost", "无处可放")]), "bad_request")
    way.refuses(EditPaper(base_version=3, order=["unknown"]), "bad_request")


def test_N3_in_review_nobody_edits(way: Way) -> None:
    way.do(SubmitPaper())
    way.refuses(EditPaper(base_version=1, title="x"), "paper.not_editable", BACKUP)


# --- its way --------------------------------------------------------------------------------------

STEPS: dict[str, Command] = {
    "submit": SubmitPaper(),
    "approve": ApprovePaper(),
    "return": ReturnPaper(reason="补充"),
    "issue": ISSUE,
    "push": PushPaper(seats=[pushed(XINYANG)]),
}
ALLOWED = {
    PaperState.DRAFT: {"submit"},
    PaperState.RETURNED: {"submit"},
    PaperState.REVIEW: {"submit", "approve", "return", "issue"},
    PaperState.ISSUED: {"push"},
    PaperState.PUSHED: {"push"},
}
REACHED: dict[PaperState, list[str]] = {
    PaperState.DRAFT: [],
    PaperState.RETURNED: ["submit", "return"],
    PaperState.REVIEW: ["submit"],
    PaperState.ISSUED: ["submit", "issue"],
    PaperState.PUSHED: ["submit", "issue", "push"],
}


@pytest.mark.parametrize("state", list(PaperState))
@pytest.mark.parametrize("step", list(STEPS))
def test_N4_each_step_is_possible_from_where_the_table_says(way: Way, state: PaperState, step: str) -> None:
    for former in REACHED[state]:
        way.do(STEPS[former], BACKUP)
    assert way.paper.state is state
    if step in ALLOWED[state]:
        way.do(STEPS[step], BACKUP)
    else:
        way.refuses(STEPS[step], "paper.frozen" if way.paper.frozen else "paper.no_step", BACKUP)


def test_N4_a_return_says_why_and_takes_the_approval_back(way: Way) -> None:
    way.do(SubmitPaper())
    way.do(ApprovePaper(), BACKUP)
    way.refuses(ReturnPaper(reason=" "), "board.needs_reason", BACKUP)
    way.do(ReturnPaper(reason="补充伤亡来源"), BACKUP)
    assert (way.paper.state, way.paper.reason, way.paper.reviewed) == (
        PaperState.RETURNED,
        "补充伤亡来源",
        None,
    )


def test_N5_who_drafted_it_issues_it_only_knowingly_and_it_stands_in_the_paper(way: Way) -> None:
    way.do(SubmitPaper())
    way.refuses(ISSUE, "paper.same_person", OFFICER)
    way.do(replace(ISSUE, alone=True), OFFICER)
    assert way.paper.same_person
    assert content_of(way.paper).same_person
    other = Way(Stream("paper:n-1"))
    other.do(a_draft())
    assert not issued(other).same_person


def test_N5_who_issues_without_a_review_has_reviewed_it(way: Way) -> None:
    paper = issued(way)
    assert paper.reviewed == paper.issued
    assert paper.issued is not None
    assert paper.issued.person == BACKUP.person


# --- what is issued -------------------------------------------------------------------------------


def test_N7_what_is_issued_is_frozen_and_its_digest_holds_whatever_happens_to_it(way: Way) -> None:
    digest = issued(way).digest
    assert digest == hex_digest(SHA256, canonical(way.paper))
    way.do(PushPaper(seats=[pushed(XINYANG)]))
    way.do(ReadPaper(), XINYANG)
    way.do(ReplacePaper(by=Edition(paper_id="n-2", edition=2)), HUB)
    assert way.paper.digest == digest
    assert check(way.paper).ok
    for command in (EditPaper(base_version=1, title="x"), SubmitPaper(), ReturnPaper(reason="x"), ISSUE):
        with pytest.raises(Refusal):
            way.do(command, BACKUP)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "另一标题"},
        {"number": 13},
        {"exercise": True},
        {"same_person": True},
        {"classification": "机密"},
        {"sources": []},
        {"sections": []},
        {"office_name": "另一值班室"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_N7_any_change_shows(way: Way, change: dict[str, Any]) -> None:
    paper = replace(issued(way), **change)
    outcome = check(paper)
    assert not outcome.ok
    assert outcome.now != outcome.kept


def test_N7_the_canonical_bytes_say_all_and_are_the_same_from_any_fold(way: Way) -> None:
    paper = issued(way)
    again = Stream("paper:n-1")
    for recorded in way.stream.events:
        again.state = again.rules.apply(again.state, recorded)
    assert canonical(again.state) == canonical(paper)
    assert canonical(paper) == canonical(msgspec.convert(msgspec.to_builtins(paper), Paper))
    content = msgspec.json.decode(canonical(paper), type=Content)
    assert content == content_of(paper)


@pytest.mark.parametrize("algorithm", list(DIGESTS))
def test_N7_the_digest_is_one_of_those_the_machine_has(way: Way, algorithm: str) -> None:
    way.do(SubmitPaper())
    way.do(replace(ISSUE, algorithm=algorithm), BACKUP)
    assert check(way.paper).ok
    assert way.paper.algorithm == algorithm
    gone = replace(way.paper, algorithm="md4")
    assert check(gone).now == ""
    assert not check(gone).ok


def test_N7_sm3_is_that_of_the_standard() -> None:
    """GB/T 32905-2016, A.1."""
    if SM3 in DIGESTS:
        assert hex_digest(SM3, b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_N8_an_edition_stands_under_the_same_number(way: Way) -> None:
    assert number_of(way.paper) == ""
    assert number_of(issued(way)) == "值班报告〔2026〕第12期"
    later = Way(Stream("paper:n-2"))
    later.do(a_draft("n-2", replaces=Edition(paper_id="n-1", edition=1, digest=way.paper.digest)))
    later.do(SubmitPaper())
    later.do(replace(ISSUE, edition=2), BACKUP)
    assert number_of(later.paper) == "值班报告〔2026〕第12期（第2版）"
    assert content_of(later.paper).replaces == Edition(paper_id="n-1", edition=1, digest=way.paper.digest)
    way.refuses(ReplacePaper(by=Edition(paper_id="n-2", edition=2)), "forbidden")


def test_N12_a_seat_reads_what_was_pushed_to_it_and_the_first_time_counts(way: Way) -> None:
    issued(way)
    way.refuses(ReadPaper(), "paper.unknown", XINYANG)
    way.refuses(PushPaper(seats=[]), "paper.no_seats")
    way.do(PushPaper(seats=[pushed(XINYANG)]))
    assert way.do(PushPaper(seats=[pushed(XINYANG)])) == []
    way.do(ReadPaper(), XINYANG)
    first_ms = way.paper.pushed["xinyang"].read_ms
    assert first_ms is not None
    assert way.do(ReadPaper(), XINYANG) == []
    way.refuses(ReadPaper(), "paper.unknown", YINGJI)
    assert (way.paper.pushed["xinyang"].read_ms, way.paper.pushed["xinyang"].person) == (first_ms, "李强")
