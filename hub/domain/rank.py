"""Order without renumbering: a rank is a base-62 fraction, and there is always one between two."""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def rank_between(before: str | None, behind: str | None) -> str:
    """A rank strictly between the two; None stands for the edge of the list.

    Ranks compare as plain strings and never end in ``0``, so there is room below every rank.
    """
    low, high = before or "", behind or ""
    if high and low >= high:
        raise ValueError(f"no rank between {low!r} and {high!r}")
    prefix = ""
    while True:
        place = len(prefix)
        first = DIGITS.index(low[place]) if place < len(low) else 0
        last = DIGITS.index(high[place]) if high and place < len(high) else len(DIGITS)
        if last - first > 1:
            # Lists mostly grow at the end: take a small step there, half the gap elsewhere.
            digit = first + 1 if not high else (first + last) // 2
            return prefix + DIGITS[digit]
        prefix += DIGITS[first]
        if first != last:
            high = ""  # already below the upper bound: only the lower one counts from here
