"""How a paper comes about: its steps, the merge of two writers, and when it is frozen (N1 to N8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from hub.domain.digests import DIGESTS
from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.paper import (
    EDITABLE,
    PUSHED_MAX,
    SECTIONS_MAX,
    SOURCES_MAX,
    TEXT_MAX,
    TITLE_MAX,
    ApprovePaper,
    DraftPaper,
    EditPaper,
    IssuePaper,
    Paper,
    PaperApproved,
    PaperDrafted,
    PaperEdited,
    PaperEvent,
    PaperIssued,
    PaperPushed,
    PaperRead,
    PaperReplaced,
    PaperReturned,
    PaperSection,
    PaperState,
    PaperStep,
    PaperSubmitted,
    PushPaper,
    ReadPaper,
    ReplacePaper,
    ReturnPaper,
    SectionText,
    Signer,
    SubmitPaper,
)
from hub.domain.paper_seal import digest_of
from hub.errors import Refusal
from hub.ids import is_id

REASON_MAX = 200

_Rule = Callable[[Paper, Any, Actor, int], list[PaperEvent]]


def decide(state: Paper, command: Command, by: Actor, now_ms: int) -> list[PaperEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    if isinstance(command, ReadPaper):
        return _read(state, by)
    if by.role not in (Role.OFFICER, Role.HUB):
        raise Refusal("forbidden")
    if isinstance(command, DraftPaper):
        return [_draft(state, command)]
    if not state.drafted_ms:
        raise Refusal("paper.unknown")
    rule = _RULES.get(type(command))
    if rule is None:
        raise TypeError(command)
    return rule(state, command, by, now_ms)


def _draft(state: Paper, wish: DraftPaper) -> PaperDrafted:
    if state.drafted_ms or not is_id(wish.paper_id):
        raise Refusal("bad_request", field="paper_id")
    draft = wish.draft
    if len(draft.sections) > SECTIONS_MAX or len(draft.sources) > SOURCES_MAX:
        raise Refusal("paper.too_long", max=SOURCES_MAX)
    return PaperDrafted(
        paper_id=wish.paper_id,
        kind=wish.kind,
        period=wish.period,
        draft=replace(draft, title=_checked_title(draft.title)),
        classification=wish.classification,
        replaces=wish.replaces,
    )


def _checked_title(title: str) -> str:
    title = " ".join(title.split())
    if not title or len(title) > TITLE_MAX:
        raise Refusal("paper.no_title", max=TITLE_MAX)
    return title


# --- editing ------------------------------------------------------------------------------------


def _edit(state: Paper, wish: EditPaper, by: Actor, now_ms: int) -> list[PaperEvent]:
    """N3: sections that nobody else touched merge; one that moved on is a conflict with both texts."""
    if state.state not in EDITABLE:
        raise Refusal("paper.not_editable", state=state.state)
    title = None if wish.title is None else _checked_title(wish.title)
    if title == state.title:
        title = None
    known = {section.section_id: section for section in state.sections}
    texts = [_checked(text, known.get(text.section_id)) for text in wish.sections]
    written = [text for text in texts if _as_text(known.get(text.section_id)) != text]
    order = _checked_order(state, wish, {text.section_id for text in written})
    if title is None and not written and order is None:
        return []
    _check_clashes(state, wish.base_version, title, written, order)
    return [PaperEdited(version=state.version + 1, title=title, sections=written, order=order)]


def _checked(text: SectionText, now: PaperSection | None) -> SectionText:
    """Only a table that is there can be left out."""
    title, body = " ".join(text.title.split()), text.text.strip()
    if not title or len(title) > TITLE_MAX:
        raise Refusal("paper.no_title", max=TITLE_MAX)
    if len(body) > TEXT_MAX:
        raise Refusal("paper.too_long", max=TEXT_MAX)
    if not is_id(text.section_id):
        raise Refusal("bad_request", field="section_id")
    return replace(text, title=title, text=body, grid=text.grid or now is None or now.grid is None)


def _as_text(section: PaperSection | None) -> SectionText | None:
    if section is None:
        return None
    return SectionText(section_id=section.section_id, title=section.title, text=section.text)


def _checked_order(state: Paper, wish: EditPaper, written: set[str]) -> list[str] | None:
    """The new order; None where it stays. A section that is new has to stand somewhere."""
    before = [section.section_id for section in state.sections]
    order = before if wish.order is None else wish.order
    unknown = set(order) - set(before) - written
    homeless = written - set(order)
    if unknown or len(set(order)) != len(order) or not order:
        raise Refusal("bad_request", field="order")
    if homeless - set(before):
        raise Refusal("bad_request", field="sections")
    if len(order) > SECTIONS_MAX:
        raise Refusal("paper.too_long", max=SECTIONS_MAX)
    return order if order != before else None


def _check_clashes(
    state: Paper, base: int, title: str | None, written: list[SectionText], order: list[str] | None
) -> None:
    yours: dict[str, Any] = {text.section_id: {"title": text.title, "text": text.text} for text in written}
    if title is not None:
        yours["title"] = title
    if order is not None:
        yours["order"] = order
    clashes = [name for name in yours if state.fields_at.get(name, 1) > base]
    if not clashes:
        return
    now = {
        section.section_id: {"title": section.title, "text": section.text} for section in state.sections
    } | {"title": state.title, "order": [section.section_id for section in state.sections]}
    raise Refusal(
        "paper.conflict",
        version=state.version,
        fields=clashes,
        theirs={name: now.get(name) for name in clashes},
        yours={name: yours[name] for name in clashes},
        by=msgspec.to_builtins(state.edited_by),
        at_ms=state.edited_ms,
    )


# --- its way --------------------------------------------------------------------------------------


def _submit(state: Paper, wish: SubmitPaper, by: Actor, now_ms: int) -> list[PaperEvent]:
    if state.state is PaperState.REVIEW:
        return []
    _check_state(state, *EDITABLE)
    return [PaperSubmitted()]


def _approve(state: Paper, wish: ApprovePaper, by: Actor, now_ms: int) -> list[PaperEvent]:
    _check_state(state, PaperState.REVIEW)
    return [] if state.reviewed is not None else [PaperApproved()]


def _return(state: Paper, wish: ReturnPaper, by: Actor, now_ms: int) -> list[PaperEvent]:
    _check_state(state, PaperState.REVIEW)
    reason = " ".join(wish.reason.split())
    if not reason:
        raise Refusal("board.needs_reason", move="return")
    if len(reason) > REASON_MAX:
        raise Refusal("board.text_too_long", field="reason", max=REASON_MAX)
    return [PaperReturned(reason=reason)]


def _issue(state: Paper, wish: IssuePaper, by: Actor, now_ms: int) -> list[PaperEvent]:
    """N5 to N7: numbered, signed, and frozen by its digest, all in one event."""
    _check_state(state, PaperState.REVIEW)
    same = state.drafted_by is not None and state.drafted_by.account == by.account
    if same and not wish.alone:
        raise Refusal("paper.same_person", person=by.person)
    if wish.algorithm not in DIGESTS or wish.number < 1 or wish.edition < 1:
        raise Refusal("bad_request", field="number")
    issued = PaperIssued(
        year=wish.year,
        number=wish.number,
        edition=wish.edition,
        same_person=same,
        algorithm=wish.algorithm,
        digest="",
    )
    # The content names who issued it and when, so the digest is taken of the paper as it will be.
    recorded = Recorded(stream="", seq=0, at_ms=now_ms, actor=by, event=issued)
    return [replace(issued, digest=digest_of(apply(state, recorded)))]


def _push(state: Paper, wish: PushPaper, by: Actor, now_ms: int) -> list[PaperEvent]:
    _check_state(state, PaperState.ISSUED, PaperState.PUSHED)
    seats = {each.seat: each for each in wish.seats if each.seat not in state.pushed}
    if len(state.pushed) + len(seats) > PUSHED_MAX:
        raise Refusal("paper.too_long", max=PUSHED_MAX)
    if not wish.seats:
        raise Refusal("paper.no_seats")
    fresh = [replace(each, at_ms=now_ms, read_ms=None, person=None) for each in seats.values()]
    return [PaperPushed(seats=fresh)] if fresh else []


def _read(state: Paper, by: Actor) -> list[PaperEvent]:
    """N12: the first reading of a seat is in the log."""
    pushed = state.pushed.get(by.seat or "") if by.role is Role.SEAT else None
    if pushed is None:
        raise Refusal("paper.unknown")
    return [] if pushed.read_ms is not None else [PaperRead(seat=pushed.seat)]


def _replace(state: Paper, wish: ReplacePaper, by: Actor, now_ms: int) -> list[PaperEvent]:
    if by.role is not Role.HUB:
        raise Refusal("forbidden")
    if not state.frozen or state.replaced_by is not None:
        return []
    return [PaperReplaced(by=wish.by)]


def _check_state(state: Paper, *allowed: PaperState) -> None:
    if state.state not in allowed:
        raise Refusal("paper.frozen" if state.frozen else "paper.no_step", state=state.state)


_RULES: dict[type[Command], _Rule] = {
    EditPaper: _edit,
    SubmitPaper: _submit,
    ApprovePaper: _approve,
    ReturnPaper: _return,
    IssuePaper: _issue,
    PushPaper: _push,
    ReplacePaper: _replace,
}


# --- apply --------------------------------------------------------------------------------------


def apply(state: Paper, recorded: Recorded[PaperEvent]) -> Paper:
    event, at_ms, actor = recorded.event, recorded.at_ms, recorded.actor
    match event:
        case PaperDrafted():
            return _drafted(event, actor, at_ms)
        case PaperEdited():
            return _edited(state, event, actor, at_ms)
        case PaperSubmitted():
            return _moved(state, PaperState.REVIEW, recorded)
        case PaperApproved():
            passed = _signer(actor, at_ms)
            return replace(state, reviewed=passed, steps=[*state.steps, _step(recorded)])
        case PaperReturned(reason=reason):
            return replace(_moved(state, PaperState.RETURNED, recorded, reason), reviewed=None)
        case PaperIssued():
            return replace(
                _moved(state, PaperState.ISSUED, recorded),
                reviewed=state.reviewed or _signer(actor, at_ms),
                issued=_signer(actor, at_ms),
                same_person=event.same_person,
                year=event.year,
                number=event.number,
                edition=event.edition,
                algorithm=event.algorithm,
                digest=event.digest,
            )
        case PaperPushed(seats=seats):
            pushed = {**state.pushed, **{each.seat: each for each in seats}}
            return replace(_moved(state, PaperState.PUSHED, recorded), pushed=pushed)
        case PaperRead(seat=seat):
            read = replace(state.pushed[seat], read_ms=at_ms, person=actor.person)
            return replace(state, pushed={**state.pushed, seat: read})
        case PaperReplaced(by=by):
            return replace(state, replaced_by=by)
    raise TypeError(event)


def _drafted(event: PaperDrafted, actor: Actor, at_ms: int) -> Paper:
    draft = event.draft
    return Paper(
        paper_id=event.paper_id,
        kind=event.kind,
        title=draft.title,
        period=event.period,
        about=draft.about,
        exercise=draft.exercise,
        classification=event.classification,
        office=actor.seat or "",
        office_name=actor.seat_name or "",
        sections=draft.sections,
        sources=draft.sources,
        basis=draft.basis,
        since_ms=at_ms,
        drafted_by=actor,
        drafted_ms=at_ms,
        replaces=event.replaces,
        edition=1 if event.replaces is None else event.replaces.edition + 1,
        steps=[PaperStep(verb="paper.drafted", actor=actor, at_ms=at_ms)],
    )


def _edited(state: Paper, event: PaperEdited, actor: Actor, at_ms: int) -> Paper:
    sections = {section.section_id: section for section in state.sections}
    for text in event.sections:
        former = sections.get(text.section_id)
        grid = former.grid if former is not None and text.grid else None
        sections[text.section_id] = PaperSection(
            section_id=text.section_id, title=text.title, text=text.text, grid=grid
        )
    order = event.order if event.order is not None else [section.section_id for section in state.sections]
    touched = [text.section_id for text in event.sections]
    touched += ["title"] if event.title is not None else []
    touched += ["order"] if event.order is not None else []
    return replace(
        state,
        title=state.title if event.title is None else event.title,
        sections=[sections[key] for key in order],
        version=event.version,
        fields_at={**state.fields_at, **dict.fromkeys(touched, event.version)},
        edited_by=actor,
        edited_ms=at_ms,
    )


def _moved(state: Paper, to: PaperState, recorded: Recorded[PaperEvent], reason: str = "") -> Paper:
    steps = [*state.steps, _step(recorded, reason)]
    return replace(state, state=to, since_ms=recorded.at_ms, reason=reason, steps=steps)


def _step(recorded: Recorded[PaperEvent], reason: str = "") -> PaperStep:
    verb = str(type(recorded.event).__struct_config__.tag)
    return PaperStep(verb=verb, actor=recorded.actor, at_ms=recorded.at_ms, reason=reason)


def _signer(actor: Actor, at_ms: int) -> Signer:
    return Signer(person=actor.person, seat_name=actor.seat_name or "", at_ms=at_ms)
