"""What a page may do to a board at random, seeded; and what it makes of the answer."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from hub.domain.item import Item
from hub.domain.item_rules import in_order
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import field_of
from hub.domain.workspace import Nature, Workspace

BOARD = BoardKind.SITUATION


class Edit(NamedTuple):
    """One request of the vocabulary without its ``op`` and ``stream``."""

    name: str
    body: dict[str, Any]


def random_edit(random: Random, workspace: Workspace, seat: str, officer: bool) -> Edit:
    """Made from what this page sees, so it may be out of date by the time it arrives."""
    items = in_order(workspace, BOARD)
    open_items = [item for item in items if item.voided is None]
    mine = [item for item in open_items if item.author.seat == seat]
    kind = random.choice(("add", "add", "edit", "edit", "edit", "move", "move", "void", "state", "note"))
    if kind == "edit" and (mine or (officer and open_items)):
        return _edit(random, random.choice(mine or open_items), own=bool(mine))
    if kind == "move" and (mine or (officer and open_items)):
        item = random.choice(open_items if officer else mine)
        others = [other.item_id for other in items if other is not item]
        after = random.choice([None, *others])
        return Edit("item.move", {"item_id": item.item_id, "after": after})
    if kind == "void" and mine and random.random() < 0.5:
        return Edit("item.void", {"item_id": random.choice(mine).item_id, "reason": "误报"})
    if kind in ("state", "note") and open_items:
        return _beside(random, workspace, random.choice(mine or open_items), kind, officer=officer)
    item_id = f"i-{random.getrandbits(60):x}"
    reach = random.choice((None, None, "unit", "office" if officer else "unit"))
    fields = {"text": _text(random)}
    return Edit("item.add", {"board_id": BOARD, "item_id": item_id, "fields": fields, "reach": reach})


def _edit(random: Random, item: Item, *, own: bool) -> Edit:
    credibility = field_of(BOARD, "credibility")
    assert credibility is not None
    fields = {"credibility": random.choice(credibility.choices).value}
    if own and random.random() < 0.7:
        fields["text"] = _text(random)
    if own and random.random() < 0.3:
        fields["place"] = random.choice(("信阳", "郑州", ""))
    return Edit("item.edit", {"item_id": item.item_id, "base_version": item.version, "fields": fields})


def _beside(random: Random, workspace: Workspace, item: Item, kind: str, *, officer: bool) -> Edit:
    """What is done to an item but to its words: by the office also to whom it goes."""
    if kind == "note":
        return Edit("item.annotate", {"item_id": item.item_id, "text": _text(random), "office": officer})
    if officer and random.random() < 0.5:
        departments = () if workspace.nature is Nature.SESSION else ("departments",)
        reach = random.choice(("office", "unit", "all", *departments))
        return Edit("item.share", {"item_id": item.item_id, "reach": reach, "shared": []})
    return Edit("item.state", {"item_id": item.item_id, "move": random.choice(("settle", "reopen"))})


def _text(random: Random) -> str:
    return f"{random.choice(('水位', '道路', '伤员', '雨量'))}{random.randrange(1000)}"


EXPECTED = frozenset(
    {
        *("board.conflict", "board.voided", "board.unknown_item", "board.foreign_item", "board.empty_text"),
        *("board.no_move", "forbidden"),
    }
)
"""What may be refused when several write at once; anything else is a fault."""
