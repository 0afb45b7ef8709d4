"""The digest of an issued paper: which bytes it is taken of, and whether it still holds (rule N7).

The same bytes can be fetched (``GET /api/papers/{id}.json``), so that anybody can take the digest again.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from hub.domain.digests import DIGESTS, hex_digest
from hub.domain.event import Actor, Role
from hub.domain.paper import (
    NAMES,
    Edition,
    Paper,
    PaperKind,
    PaperPeriod,
    PaperSection,
    PaperSource,
    Signer,
    Subject,
)

FORM = 1


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """All that a paper says, in the form that is hashed. Nothing that happens to it later is in it."""

    form: int
    kind: PaperKind
    year: int | None
    number: int | None
    edition: int
    replaces: Edition | None
    title: str
    period: PaperPeriod | None
    about: Subject | None
    exercise: bool
    classification: str
    office_name: str
    sections: list[PaperSection]
    sources: list[PaperSource]
    drafted_by: str
    drafted_ms: int
    reviewed: Signer | None
    issued: Signer | None
    same_person: bool


def content_of(paper: Paper) -> Content:
    return Content(
        form=FORM,
        kind=paper.kind,
        year=paper.year,
        number=paper.number,
        edition=paper.edition,
        replaces=paper.replaces,
        title=paper.title,
        period=paper.period,
        about=paper.about,
        exercise=paper.exercise,
        classification=paper.classification,
        office_name=paper.office_name,
        sections=paper.sections,
        sources=paper.sources,
        drafted_by=paper.drafted_by.person if paper.drafted_by is not None else "",
        drafted_ms=paper.drafted_ms,
        reviewed=paper.reviewed,
        issued=paper.issued,
        same_person=paper.same_person,
    )


def canonical(paper: Paper) -> bytes:
    """The bytes that are hashed: JSON, keys in order, no spaces, UTF-8."""
    return msgspec.json.encode(content_of(paper), order="deterministic")


def digest_of(paper: Paper) -> str:
    return hex_digest(paper.algorithm, canonical(paper))


class Check(NamedTuple):
    """What came of looking again. ``now`` is empty where this machine does not have the digest."""

    ok: bool
    algorithm: str
    kept: str
    now: str


def check(paper: Paper) -> Check:
    """N7: of an issued paper; a paper that is not issued has nothing to check."""
    now = digest_of(paper) if paper.algorithm in DIGESTS else ""
    return Check(bool(paper.digest) and now == paper.digest, paper.algorithm, paper.digest, now)


def number_of(paper: Paper) -> str:
    """值班报告〔2026〕第12期, with its edition where it is not the first; empty before it is issued."""
    if paper.number is None:
        return ""
    edition = f"（第{paper.edition}版）" if paper.edition > 1 else ""
    return f"{NAMES[paper.kind]}〔{paper.year}〕第{paper.number}期{edition}"


# --- who sees it ----------------------------------------------------------------------------------


def sees(paper: Paper, by: Actor) -> bool:
    """N1: officers every paper, reviewers what is issued, a seat what was pushed to it."""
    if by.role in (Role.OFFICER, Role.HUB):
        return bool(paper.drafted_ms)
    if by.role is Role.REVIEWER:
        return paper.frozen
    return by.role is Role.SEAT and paper.frozen and by.seat in paper.pushed


def paper_for(paper: Paper, by: Actor) -> Paper:
    """The paper as ``by`` is shown it, who sees it: outside the office without its way through it."""
    if by.role in (Role.OFFICER, Role.HUB):
        return paper
    mine = {seat: each for seat, each in paper.pushed.items() if seat == by.seat}
    pushed = paper.pushed if by.role is Role.REVIEWER else mine
    return msgspec.structs.replace(
        paper, pushed=pushed, steps=[], reason="", edited_by=None, edited_ms=None, fields_at={}, basis=[]
    )
