"""主席: exactly one venue steers a session, and the chair moves but is never lost (rules C1 to C4)."""

from __future__ import annotations

from hub.domain.event import Command, Event

# --- commands -----------------------------------------------------------------------------------


class RequestChair(Command, frozen=True, kw_only=True):
    """申请主席."""

    venue: str


class EndChairRequest(Command, frozen=True, kw_only=True):
    """The venue takes its request back, or the chair denies it."""

    venue: str


class TransferChair(Command, frozen=True, kw_only=True):
    """转移主席: to any venue that is there; also the answer to a request."""

    venue: str


class ReleaseChair(Command, frozen=True, kw_only=True):
    """释放主席: back to the duty office, or from it to its backup."""


class TakeChair(Command, frozen=True, kw_only=True):
    """剥夺主席: an officer of the duty office takes the chair back."""


# --- events -------------------------------------------------------------------------------------


class ChairRequested(Event, frozen=True, kw_only=True, tag="chair.requested"):
    venue: str


class ChairRequestEnded(Event, frozen=True, kw_only=True, tag="chair.request_ended"):
    """``reason``: withdrawn, denied, granted or left."""

    venue: str
    reason: str


class ChairPassed(Event, frozen=True, kw_only=True, tag="chair.passed"):
    """``reason``: transferred, released, taken, left (it went) or lost (its line did not come back)."""

    venue: str
    former: str
    reason: str


ChairEvent = ChairRequested | ChairRequestEnded | ChairPassed
