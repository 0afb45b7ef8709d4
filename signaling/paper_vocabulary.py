"""The messages of the office's papers (值班报告, 值班工作通报, 快报, 会商纪要).

They belong to ``signaling/vocabulary.py``, which has the table of all messages.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from hub.domain.paper import Paper, PaperKind, PaperState, SectionText
from signaling.messages import Push, Result, Wish


class PaperWish(Wish, frozen=True, kw_only=True):
    """A wish about one paper."""

    paper_id: str


class PaperDraft(PaperWish, frozen=True, kw_only=True):
    """起草 from the log. ``paper_id`` is made by the page.

    A 快报 is of an ``incident`` (its stream), a 值班报告 of one or of a time, a 通报 of a time, a 纪要 of a
    ``session`` (its stream). With ``replaces`` it is a later edition of that issued paper and begins as that
    one stands; the rest is then not looked at.
    """

    kind: PaperKind
    from_ms: int | None = None
    to_ms: int | None = None
    incident: str | None = None
    session: str | None = None
    replaces: str | None = None


class PaperEdit(PaperWish, frozen=True, kw_only=True):
    """As ``hub.domain.paper.EditPaper``: what is None or not named stays."""

    base_version: int
    title: str | None = None
    sections: Annotated[list[SectionText], msgspec.Meta(max_length=100)] = msgspec.field(default_factory=list)
    order: Annotated[list[str], msgspec.Meta(max_length=100)] | None = None


class PaperSubmit(PaperWish, frozen=True, kw_only=True):
    """送审."""


class PaperApprove(PaperWish, frozen=True, kw_only=True):
    """审核通过."""


class PaperReturn(PaperWish, frozen=True, kw_only=True):
    """退回."""

    reason: str


class PaperIssue(PaperWish, frozen=True, kw_only=True):
    """签发. Refused with ``paper.same_person`` where who drafted it issues it, until ``alone`` says so."""

    alone: bool = False


class PaperPush(PaperWish, frozen=True, kw_only=True):
    """推送 to these seats."""

    seats: Annotated[list[str], msgspec.Meta(max_length=500)]


class PaperReadWish(PaperWish, frozen=True, kw_only=True):
    """Read a paper that is issued; the first time of a seat is in the log."""


class PaperShown(Result, frozen=True, kw_only=True):
    """The paper as this page may see it."""

    paper: Paper


class PaperSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One paper on the list. ``since_ms``: since when it is in its state.

    ``pushed`` and ``read`` count seats, for officers; ``read_ms`` is when this page's seat read it.
    ``about``: the stream of its incident, or of the session of minutes.
    """

    paper_id: str
    kind: PaperKind
    title: str
    number: str
    edition: int
    state: PaperState
    since_ms: int
    drafted_ms: int
    drafted_by: str
    issued_ms: int | None
    issued_by: str
    exercise: bool
    digest: str
    algorithm: str
    replaces: str | None
    replaced_by: str | None
    pushed: int
    read: int
    read_ms: int | None
    about: str | None


class Papers(Push, frozen=True, kw_only=True):
    """Papers, newest first: all for officers, what is issued for reviewers, for a seat what it was sent."""

    papers: list[PaperSummary]
