"""议程: what a meeting goes through, item by item, with who speaks to it and for how long."""

from __future__ import annotations

import msgspec


class AgendaItem(msgspec.Struct, frozen=True, kw_only=True):
    """``venue``: the seat that speaks to it, None where it is nobody in particular."""

    title: str
    venue: str | None = None
    minutes: int = 10
