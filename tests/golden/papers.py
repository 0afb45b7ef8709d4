"""Golden streams of papers: one that goes all the way, and the edition that replaces it."""

from __future__ import annotations

from hub.domain import paper
from hub.domain.digests import SHA256
from hub.domain.event import HUB
from tests.support.factories import BACKUP, OFFICER, XINYANG, YINGJI, Stream
from tests.support.papers import a_draft, pushed


def a_paper() -> Stream:
    stream = Stream("paper:n-1")
    text = paper.SectionText(section_id="events", title="重要事项", text="浉河漫堤［1］。")
    more = paper.SectionText(section_id="advice", title="工作建议", text="加强巡堤。")
    without = paper.SectionText(section_id="counts", title="统计", text="见附件。", grid=False)
    issue = paper.IssuePaper(year=2026, number=12, edition=1, algorithm=SHA256)
    stream.do_all(
        [
            (a_draft("n-1"), OFFICER),
            (
                paper.EditPaper(base_version=1, sections=[text, more], order=["advice", "events", "counts"]),
                OFFICER,
            ),
            (paper.SubmitPaper(), OFFICER),
            (paper.ApprovePaper(), BACKUP),
            (paper.ReturnPaper(reason="请补充标题"), BACKUP),
            (paper.EditPaper(base_version=2, title="7月20日值班情况", sections=[without]), OFFICER),
            (paper.SubmitPaper(), OFFICER),
            (paper.ApprovePaper(), BACKUP),
            (issue, BACKUP),
            (paper.PushPaper(seats=[pushed(XINYANG), pushed(YINGJI)]), OFFICER),
            (paper.ReadPaper(), XINYANG),
            (paper.ReplacePaper(by=paper.Edition(paper_id="n-2", edition=2, digest="cd" * 32)), HUB),
        ]
    )
    return stream


def a_later_edition() -> Stream:
    stream = Stream("paper:n-2")
    replaces = paper.Edition(paper_id="n-1", edition=1, digest="ab" * 32)
    issue = paper.IssuePaper(year=2026, number=12, edition=2, algorithm=SHA256, alone=True)
    stream.do_all(
        [(a_draft("n-2", replaces=replaces), OFFICER), (paper.SubmitPaper(), OFFICER), (issue, OFFICER)]
    )
    return stream
