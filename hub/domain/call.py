"""A venue's way into a session: called, ringing, answered, cut off, back, gone (rules S3 to S7)."""

from __future__ import annotations

from enum import StrEnum

from hub.errors import Refusal


class VenueState(StrEnum):
    """未呼叫 · 响铃 · 已接入 · 重连中 · 已离开 · 未应答 · 拒接"""

    IDLE = "idle"
    RINGING = "ringing"
    JOINED = "joined"
    RECONNECTING = "reconnecting"
    LEFT = "left"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"


class Step(StrEnum):
    """What can happen to a venue."""

    CALL = "call"
    ANSWER = "answer"
    DECLINE = "decline"
    MISS = "miss"
    JOIN = "join"
    DROP = "drop"
    RETURN = "return"
    LEAVE = "leave"


_V, _S = VenueState, Step

TRANSITIONS: dict[tuple[VenueState, Step], VenueState] = {
    (_V.IDLE, _S.CALL): _V.RINGING,
    (_V.IDLE, _S.JOIN): _V.JOINED,
    (_V.RINGING, _S.ANSWER): _V.JOINED,
    (_V.RINGING, _S.DECLINE): _V.DECLINED,
    (_V.RINGING, _S.MISS): _V.NO_ANSWER,
    (_V.RINGING, _S.LEAVE): _V.LEFT,
    (_V.JOINED, _S.DROP): _V.RECONNECTING,
    (_V.JOINED, _S.LEAVE): _V.LEFT,
    (_V.RECONNECTING, _S.RETURN): _V.JOINED,
    (_V.RECONNECTING, _S.LEAVE): _V.LEFT,
    (_V.LEFT, _S.CALL): _V.RINGING,
    (_V.LEFT, _S.JOIN): _V.JOINED,
    (_V.NO_ANSWER, _S.CALL): _V.RINGING,
    (_V.NO_ANSWER, _S.JOIN): _V.JOINED,
    (_V.DECLINED, _S.CALL): _V.RINGING,
    (_V.DECLINED, _S.JOIN): _V.JOINED,
}

PRESENT = frozenset({VenueState.JOINED, VenueState.RECONNECTING})

_WHY_NOT: dict[Step, str] = {
    Step.CALL: "session.already_joined",
    Step.JOIN: "session.already_joined",
    Step.ANSWER: "session.not_called",
    Step.DECLINE: "session.not_called",
    Step.MISS: "session.not_called",
    Step.DROP: "session.not_joined",
    Step.RETURN: "session.not_joined",
    Step.LEAVE: "session.not_joined",
}


def step(state: VenueState, what: Step) -> VenueState:
    """The state after ``what``; refuses a step the table does not have (rule S3)."""
    try:
        return TRANSITIONS[state, what]
    except KeyError:
        raise Refusal(_WHY_NOT[what], state=state) from None
