"""From what a page sent to a request of the vocabulary; nothing else gets past here."""

from __future__ import annotations

from typing import Any

import msgspec

from hub.errors import Refusal
from hub.ids import is_id
from signaling.messages import Request, Wish
from signaling.vocabulary import REQUESTS

REQUEST_MAX_BYTES = 256 * 1024
"""Only offers are long: as long as ``signaling.sdp`` reads, less what the packet needs around them."""

OP_MAX = 64
NAME_MAX = 64
_LIST_MAX = 500

_BODIES = {wire.name: wire.body for wire in REQUESTS}
_WHY_MAX = 200


def check(name: object, args: object, size_bytes: int) -> Request:
    """The request that ``name`` and ``args`` stand for; may only raise ``Refusal``."""
    if size_bytes > REQUEST_MAX_BYTES:
        raise Refusal("too_large", max_bytes=REQUEST_MAX_BYTES)
    body = _BODIES.get(name) if isinstance(name, str) else None
    if body is None:
        raise Refusal("bad_request", why="no such request")
    if not isinstance(args, list) or len(args) != 1:
        raise Refusal("bad_request", why="expected one map")
    try:
        request = msgspec.convert(args[0], body)
    except (msgspec.ValidationError, RecursionError) as error:
        raise Refusal("bad_request", why=str(error)[:_WHY_MAX]) from None
    assert isinstance(request, Request)
    _check_bounds(request)
    return request


def _check_bounds(request: Request) -> None:
    """What the types cannot say: names are names, and nothing is endless."""
    for field in request.__struct_fields__:
        value: Any = getattr(request, field)
        if field == "op" and isinstance(request, Wish):
            good = 1 <= len(value) <= OP_MAX
        elif field.endswith("_id") or field == "venue":
            good = value is None or is_id(value)
        elif field in ("stream", "resource"):
            good = 1 <= len(value) <= 2 * NAME_MAX
        elif isinstance(value, list | dict):
            good = len(value) <= _LIST_MAX
        else:
            good = True
        if not good:
            raise Refusal("bad_request", field=field)
