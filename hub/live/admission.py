"""Whether one more media connection may come in: better a clear no than worse pictures for all. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from hub.errors import Refusal
from hub.live.pressure import FEWER


class Limits(NamedTuple):
    """``each``: how many one account may have, and one venue in a session."""

    total: int
    each: int


class Claim(NamedTuple):
    """Whose connection it is."""

    account: str
    session_id: str
    venue: str


def claim_of(session_id: str, venue: str, owner: str) -> Claim:
    """``owner`` is ``account/page``, or the account of a client that is no page."""
    return Claim(owner.partition("/")[0], session_id, venue)


def check_admission(new: Claim, there: Collection[Claim], limits: Limits, pressure: int) -> None:
    """Refuses with ``media.overloaded`` or ``media.too_many``; ``there`` are those that stay."""
    if pressure >= FEWER:
        raise Refusal("media.overloaded")
    of_account = sum(one.account == new.account for one in there)
    of_venue = sum((one.session_id, one.venue) == (new.session_id, new.venue) for one in there)
    for count, most, of in (
        (len(there), limits.total, "hub"),
        (of_account, limits.each, "account"),
        (of_venue, limits.each, "venue"),
    ):
        if count >= most:
            raise Refusal("media.too_many", max=most, of=of)
