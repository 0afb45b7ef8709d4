"""A draft of a paper by hand, for tests of its way, and what it is pushed to."""

from __future__ import annotations

from hub.domain.event import Actor
from hub.domain.paper import (
    Basis,
    Drafted,
    DraftPaper,
    Edition,
    PaperCell,
    PaperGrid,
    PaperKind,
    PaperPeriod,
    PaperSection,
    PaperSource,
    Pushed,
    SourceKind,
    Subject,
)
from tests.support.factories import START_MS


def a_draft(
    paper_id: str = "n-1", *, replaces: Edition | None = None, kind: PaperKind = PaperKind.DUTY_REPORT
) -> DraftPaper:
    """Two sections, one of them with a table, and one source."""
    source = PaperSource(
        key=1, kind=SourceKind.INCIDENT, stream="incident:i-1", record="i-1", seq=1, label="〔2026-0012〕"
    )
    grid = PaperGrid(
        head=["单位", "报送"], rows=[[PaperCell(text="信阳市委值班室"), PaperCell(text="3", sources=[1])]]
    )
    return DraftPaper(
        paper_id=paper_id,
        kind=kind,
        period=PaperPeriod(from_ms=START_MS - 86_400_000, to_ms=START_MS),
        draft=Drafted(
            title="7月19日至20日值班情况",
            sections=[
                PaperSection(section_id="events", title="重要事项", text="无。"),
                PaperSection(section_id="counts", title="统计", text="", grid=grid),
            ],
            sources=[source],
            basis=[Basis(stream="incident:i-1", seq=9)],
            about=Subject(stream="incident:i-1", number="2026-0012", title="7·20强降雨防汛"),
        ),
        classification="非涉密·内部使用",
        replaces=replaces,
    )


def pushed(to: Actor) -> Pushed:
    assert to.seat is not None
    assert to.seat_name is not None
    return Pushed(seat=to.seat, name=to.seat_name, short_name=to.seat_name[:2], at_ms=0)
