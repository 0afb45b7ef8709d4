"""Tables to take away: as CSV for spreadsheet programs and as DOCX for the annex of a circular (通报)."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from urllib.parse import quote

from aiohttp import hdrs, web
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

_BOM = "\ufeff"
"""Without it spreadsheet programs take UTF-8 for the code page of their country."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program would run instead of show, when somebody else's text begins so."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""XML 1.0, 2.2: no document can hold them; somebody has pasted them without knowing."""

_BEIJING = timezone(timedelta(hours=8))
"""What stands on paper is the time of the country, wherever the hub's machine thinks it is."""

_FONT = "宋体"
_A4_MM = (297, 210)
_MARGIN_MM = 18


class At(NamedTuple):
    """A moment in a cell: spreadsheet programs get a date that can be sorted."""

    ms: int


Cell = str | int | float | At | None
"""None is an empty cell."""


class Table(NamedTuple):
    """What goes on paper: ``facts`` are lines above the table, ``widths`` the columns' shares of the page.

    ``marking``: 密级 and 演练, on every sheet of paper.
    """

    title: str
    facts: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    made_ms: int = 0
    marking: str = ""


def as_csv(table: Table) -> bytes:
    """The head and the rows alone, so that a program can read them; UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.head)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return (_BOM + text.getvalue()).encode("utf-8")


def as_docx(table: Table) -> bytes:
    """A4 across, with title, facts and the table, whose head is repeated on every page."""
    word = Document()
    _set_page(word, table)
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(writable(table.title))
    run.bold, run.font.size = True, Pt(18)
    for fact in table.facts:
        word.add_paragraph(writable(fact))
    grid = word.add_table(rows=1, cols=len(table.head))
    grid.style = "Table Grid"
    head = grid.rows[0]
    head._tr.get_or_add_trPr().append(head._tr.makeelement(qn("w:tblHeader"), {}))
    for cell, text in zip(head.cells, table.head, strict=True):
        _write(cell, text, bold=True)
    for row in table.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            _write(cell, shown(value))
    _set_widths(grid.columns, table)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


_FORMS: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
}
KINDS = "|".join(_FORMS)
"""For the path of a route: ``.../table.{kind:csv|docx}``."""


async def download(table: Table, kind: str, name: str) -> web.Response:
    """``name`` is the file's name without its ending, in whatever language.

    A long table takes seconds: it is made beside the loop, which has sessions to carry.
    """
    media_type, made_of = _FORMS[kind]
    return file_answer(await asyncio.to_thread(made_of, table), media_type, f"{name}.{kind}")


def file_answer(content: bytes, media_type: str, name: str) -> web.Response:
    """``content`` to be kept under ``name``, which may be in whatever language."""
    # RFC 6266, 4.3: filename* for what is not ASCII (RFC 8187).
    headers = {
        hdrs.CONTENT_TYPE: media_type,
        hdrs.CONTENT_DISPOSITION: f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=content, headers=headers)


def day_and_time(at_ms: int) -> str:
    """2026-07-20 10:32:07"""
    return beijing(at_ms).strftime("%Y-%m-%d %H:%M:%S")


def clock_time(at_ms: int) -> str:
    """10:32:07"""
    return beijing(at_ms).strftime("%H:%M:%S")


def beijing(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, _BEIJING)


def shown(cell: Cell) -> str:
    """As it stands on paper."""
    match cell:
        case None:
            return ""
        case At(ms=ms):
            return day_and_time(ms)
        case float():
            return f"{cell:.9f}".rstrip("0").rstrip(".")
    return str(cell)


def writable(text: str) -> str:
    """Without the characters that a DOCX cannot hold."""
    return _NOT_IN_XML.sub("", text)


def _harmless(cell: Cell) -> str:
    """Numbers stay numbers, also below zero; text that would be run is shown."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else shown(cell)


def _set_page(word: Word, table: Table) -> None:
    page = word.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(_A4_MM[0]), Mm(_A4_MM[1])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN_MM)
    plain = word.styles["Normal"]
    plain.font.name, plain.font.size = _FONT, Pt(10.5)
    plain.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    about = word.core_properties
    about.title, about.author, about.comments = writable(table.title), "", ""
    about.created = about.modified = datetime.fromtimestamp(table.made_ms / 1000, UTC).replace(tzinfo=None)


def _write(cell: _Cell, text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(writable(text))
    run.bold = bold


def _set_widths(columns: Sequence[object], table: Table) -> None:
    shares = table.widths or [1] * len(table.head)
    room_mm = _A4_MM[0] - 2 * _MARGIN_MM
    for column, share in zip(columns, shares, strict=True):
        for cell in column.cells:  # type: ignore[attr-defined]
            cell.width = Mm(room_mm * share // sum(shares))
