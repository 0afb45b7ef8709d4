"""What an error code says: its HTTP status and its texts."""

from __future__ import annotations

from typing import NamedTuple


class Meaning(NamedTuple):
    """What a code says: ``zh`` and ``en`` name what happened and what to do."""

    status: int
    zh: str
    en: str
