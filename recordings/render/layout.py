"""Where everything stands in the picture of a film; pure.

All numbers are even: a pixel of colour is 2 x 2.
"""

from __future__ import annotations

from typing import NamedTuple

COLUMNS_MAX = 6
TILES_MAX = COLUMNS_MAX * COLUMNS_MAX
BORDER = 4
"""Around each picture; of who speaks it is drawn."""


class Rect(NamedTuple):
    x: int
    y: int
    width: int
    height: int


class Cell(NamedTuple):
    """A picture, and below it the plate with the name: what hides nothing needs no thought."""

    picture: Rect
    plate: Rect


class Plan(NamedTuple):
    """``main`` is None in a grid."""

    head: Rect
    body: Rect
    main: Cell | None
    tiles: list[Cell]


def even(number: float) -> int:
    return int(number) // 2 * 2


def grid(width: int, height: int, tiles: int) -> Plan:
    """As many columns as make the pictures largest."""
    head, body = _frame(width, height)
    best: list[Cell] = []
    for columns in range(1, COLUMNS_MAX + 1):
        rows = -(-tiles // columns)
        cells = _cells(body, columns, rows, tiles, _plate_height(height, columns))
        if not best or cells[0].picture.width > best[0].picture.width:
            best = cells
    return Plan(head, body, None, best)


def speaker(width: int, height: int, tiles: int) -> Plan:
    """The large picture, and a strip of small ones at its right that keep their places."""
    head, body = _frame(width, height)
    columns = 1 if tiles <= 4 else 2
    strip_width = even(width * (0.2 if columns == 1 else 0.25))
    plate = _plate_height(height, 5)
    rows = strip_rows(width, height, columns)
    strip = Rect(width - strip_width, body.y, strip_width, body.height)
    cells = _cells(strip, columns, rows, min(tiles, rows * columns), plate)
    large = Rect(0, body.y, width - strip_width, body.height)
    return Plan(head, body, _fit(large, _plate_height(height, 1)), cells)


def strip_rows(width: int, height: int, columns: int) -> int:
    """How many small pictures stand one above the other."""
    _, body = _frame(width, height)
    small = width * (0.2 if columns == 1 else 0.25) / columns
    return max(1, int(body.height // (small * 9 / 16 + _plate_height(height, 5))))


def _frame(width: int, height: int) -> tuple[Rect, Rect]:
    head = even(height / 18)
    return Rect(0, 0, width, head), Rect(0, head, width, height - head)


def _plate_height(height: int, columns: int) -> int:
    return even(height / (22 if columns == 1 else 26 if columns <= 4 else 32))


def _cells(area: Rect, columns: int, rows: int, count: int, plate: int) -> list[Cell]:
    width, height = even(area.width / columns), even(area.height / rows)
    return [
        _fit(Rect(area.x + width * (n % columns), area.y + height * (n // columns), width, height), plate)
        for n in range(count)
    ]


def _fit(area: Rect, plate: int) -> Cell:
    """A picture of 16:9 with its plate, in the middle of ``area``."""
    gap = 2 * BORDER
    width = min(area.width - gap, (area.height - gap - plate) * 16 // 9)
    width = max(16, even(width))
    height = max(16, min(even(width * 9 / 16), even(area.height - gap - plate)))
    x = area.x + even((area.width - width) / 2)
    y = area.y + even((area.height - height - plate) / 2)
    return Cell(Rect(x, y, width, height), Rect(x, y + height, width, plate))


def inside(area: Rect, width: int, height: int) -> Rect:
    """The largest place in ``area`` for a picture of that shape, in its middle."""
    if width * area.height >= height * area.width:
        fit_width, fit_height = area.width, max(2, even(area.width * height / width))
    else:
        fit_width, fit_height = max(2, even(area.height * width / height)), area.height
    x = area.x + even((area.width - fit_width) / 2)
    y = area.y + even((area.height - fit_height) / 2)
    return Rect(x, y, fit_width, fit_height)
