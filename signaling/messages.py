"""What every message is made of: requests, wishes, pushes, and the answers to them."""

from __future__ import annotations

from typing import Any

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From the page to the hub."""


class Wish(Request, frozen=True, kw_only=True):
    """A request that changes something. The same ``op`` sent twice happens once (rule J3)."""

    op: str


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """From the hub to the page."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a request's acknowledgement carries besides ``ok``."""


class Problem(Result, frozen=True, kw_only=True):
    """A refusal: a stable code (hub/errors.py), its texts, and what helps to go on."""

    code: str
    zh: str
    en: str
    detail: dict[str, Any] = {}


class Ack(Result, frozen=True, kw_only=True):
    """The answer to every request: either ``result`` or ``error``."""

    ok: bool
    result: Any = None
    error: Problem | None = None


class Nothing(Result, frozen=True, kw_only=True):
    """Done; there is nothing more to say."""


class Done(Result, frozen=True, kw_only=True):
    """Done, and in the log: ``seq`` is the number of the last event it made (0 when none was needed)."""

    stream: str
    seq: int
