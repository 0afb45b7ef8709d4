"""What a page may do to a board at random, seeded; and what it makes of the answer."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from hub.domain.board import Board, Credibility, Item, in_order


class Edit(NamedTuple):
    """One request of the vocabulary without its ``op`` and ``board_id``."""

    name: str
    body: dict[str, Any]


def random_edit(random: Random, board: Board, seat: str, officer: bool) -> Edit:
    """Made from what this page sees, so it may be out of date by the time it arrives."""
    items = in_order(board)
    open_items = [item for item in items if item.voided is None]
    mine = [item for item in open_items if item.author.seat == seat]
    kind = random.choice(("add", "add", "edit", "edit", "edit", "move", "move", "void"))
    if kind == "edit" and (mine or (officer and open_items)):
        return _edit(random, random.choice(mine or open_items), own=bool(mine))
    if kind == "move" and (mine or (officer and open_items)):
        item = random.choice(open_items if officer else mine)
        others = [other.item_id for other in items if other is not item]
        after = random.choice([None, *others])
        return Edit("board.move", {"item_id": item.item_id, "after": after})
    if kind == "void" and mine and random.random() < 0.5:
        return Edit("board.void", {"item_id": random.choice(mine).item_id, "reason": "误报"})
    return Edit("board.add", {"item_id": f"i-{random.getrandbits(60):x}", "text": _text(random)})


def _edit(random: Random, item: Item, *, own: bool) -> Edit:
    changes: dict[str, str] = {"credibility": random.choice(list(Credibility))}
    if own and random.random() < 0.7:
        changes["text"] = _text(random)
    if own and random.random() < 0.3:
        changes["place"] = random.choice(("信阳", "郑州", ""))
    return Edit("board.edit", {"item_id": item.item_id, "base_version": item.version, "changes": changes})


def _text(random: Random) -> str:
    return f"{random.choice(('水位', '道路', '伤员', '雨量'))}{random.randrange(1000)}"


EXPECTED = frozenset(
    {"board.conflict", "board.voided", "board.unknown_item", "board.foreign_item", "board.empty_text"}
)
"""What may be refused when several write at once; anything else is a fault."""
