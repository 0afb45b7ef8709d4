"""The four kinds of papers, each from the same records: the table of what drafts what (rule N2)."""

from __future__ import annotations

from collections.abc import Callable

from hub.domain import draft_brief, draft_circular, draft_minutes, draft_report
from hub.domain.drafting import Draft, Records, basis_of
from hub.domain.paper import Drafted, PaperKind, Subject
from hub.domain.paperwords import day, local, span
from hub.domain.session import Session, SessionKind
from hub.domain.session import stream_of as session_stream
from hub.domain.tally import Scope
from hub.domain.workspace import Workspace
from hub.errors import Refusal

_WRITERS: dict[PaperKind, Callable[[Draft], None]] = {
    PaperKind.DUTY_REPORT: draft_report.write,
    PaperKind.DUTY_CIRCULAR: draft_circular.write,
    PaperKind.BRIEF: draft_brief.write,
    PaperKind.MINUTES: draft_minutes.write,
}


def drafted(kind: PaperKind, scope: Scope, records: Records) -> Drafted:
    """Refuses with ``paper.no_incident`` or ``paper.no_session`` where what it is about is not there."""
    about, exercise = None, False
    if kind is PaperKind.MINUTES:
        held = next((each.state for each in records.chronicles if each.stream == scope.session), None)
        if not isinstance(held, Session) or not held.started_ms:
            raise Refusal("paper.no_session")
        about = Subject(stream=session_stream(held.session_id), number="", title=held.title)
        exercise = held.exercise or held.kind is SessionKind.DRILL
    elif scope.incident is not None:
        state = next((each.state for each in records.chronicles if each.stream == scope.incident), None)
        if not isinstance(state, Workspace) or not state.opened_ms:
            raise Refusal("paper.no_incident")
        about = Subject(stream=scope.incident, number=state.number, title=state.header.title)
        exercise = state.exercise
    elif kind is PaperKind.BRIEF:
        raise Refusal("paper.no_incident")
    draft = Draft(records, scope)
    _WRITERS[kind](draft)
    return Drafted(
        title=_title(kind, scope, about),
        sections=draft.sections,
        sources=draft.sources,
        basis=basis_of(records),
        about=about,
        exercise=exercise,
    )


def _title(kind: PaperKind, scope: Scope, about: Subject | None) -> str:
    if about is not None and kind is PaperKind.MINUTES:
        return f"{about.title}纪要"
    if about is not None:
        return f"{about.title}快报" if kind is PaperKind.BRIEF else f"{about.title}处置情况"
    if kind is PaperKind.DUTY_CIRCULAR:
        last = scope.to_ms - 1
        days = day(scope.from_ms) if day(scope.from_ms) == day(last) else f"{day(scope.from_ms)}至{day(last)}"
        return f"{local(scope.from_ms).year}年{days}值班工作情况"
    return f"{span(scope.from_ms, scope.to_ms)}值班情况"
