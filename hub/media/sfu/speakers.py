"""Who is speaking: smoothed audio levels, stretches of speech, and the loudest few."""

from __future__ import annotations

from typing import NamedTuple


class Stretch(NamedTuple):
    """One stretch of speech of one source; monotonic seconds."""

    source_id: str
    from_s: float
    to_s: float
