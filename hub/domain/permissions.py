"""Who may see what (rules P4 to P7 and P16); who may do what stands in each noun's decide."""

from __future__ import annotations

from hub.domain.event import Actor, Role
from hub.domain.session import Session


def may_start_session(by: Actor) -> bool:
    """P4: the duty office calls; departments answer."""
    return by.role is Role.OFFICER and by.seat is not None


def may_follow_session(by: Actor, session: Session) -> bool:
    """P5: a session, its board and its media are for its venues and for the duty officers."""
    if by.role in (Role.OFFICER, Role.HUB):
        return True
    venue = session.venues.get(by.seat or "")
    return by.role is Role.SEAT and venue is not None and not venue.removed


def may_review(by: Actor, session: Session, *, seats_may_review: bool) -> bool:
    """P6: reviewers see every recording, officers those their office chaired.

    A seat sees the sessions it attended, where the office has allowed that.
    """
    if by.role in (Role.REVIEWER, Role.HUB):
        return True
    if by.role is Role.OFFICER:
        return by.seat in (session.office, *session.heirs)
    venue = session.venues.get(by.seat or "")
    return by.role is Role.SEAT and seats_may_review and venue is not None and bool(venue.attendance)


def may_keep(by: Actor, session: Session) -> bool:
    """P16: officers of the office that chaired, and reviewers, hold a recording, mark it, export it and see
    who has looked at it."""
    return by.role in (Role.REVIEWER, Role.HUB) or may_pause(by, session)


def may_pause(by: Actor, session: Session) -> bool:
    """P16: pausing a recording, releasing a hold and proposing its end are for officers of that office."""
    return by.role is Role.HUB or (by.role is Role.OFFICER and by.seat in (session.office, *session.heirs))


def may_administer(by: Actor) -> bool:
    """P7: accounts and seats; an administrator sees no content."""
    return by.role in (Role.ADMIN, Role.HUB)
