"""A table as a workbook (XLSX) and as a printed sheet (PDF), made beside the loop."""

from __future__ import annotations

import asyncio
import io
from html import escape

from aiohttp import web
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hub.http.documents import At, Cell, Table, as_csv, beijing, file_answer, shown
from hub.http.paper import pdf, sheet

FORMS = "csv|xlsx|pdf"
"""For the path of a route."""

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_CELL_MAX = 32_767  # characters, a limit of the format
_UNIT = 6
"""A column's share of the page in characters of a workbook."""

_RUNS_NOTHING = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


async def export(table: Table, form: str, name: str) -> web.Response:
    """``form``: csv, xlsx or pdf; ``name`` is the file's name without its ending."""
    match form:
        case "csv":
            content = await asyncio.to_thread(as_csv, table)
        case "xlsx":
            content = await asyncio.to_thread(as_xlsx, table)
        case _:
            content = await pdf(await asyncio.to_thread(as_html, table))
    return file_answer(content, _TYPES[form], f"{name}.{form}")


def as_xlsx(table: Table) -> bytes:
    """Title, facts and the table, with its head frozen and filters in it; numbers and dates are real ones."""
    file = io.BytesIO()
    with Workbook(file, _RUNS_NOTHING) as book:
        page = book.add_worksheet(_page_name(table.title))
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        book.set_properties(
            {"title": table.title, "author": "", "created": beijing(table.made_ms).replace(tzinfo=None)}
        )
        formats = _Formats(book)
        for column, width in enumerate(table.widths):
            page.set_column(column, column, width * _UNIT)
        above = [table.title, *([table.marking] if table.marking else []), *table.facts]
        for row, line in enumerate(above):
            page.write_string(row, 0, line[:_CELL_MAX], formats.title if row == 0 else None)
        head = len(above)
        for column, text in enumerate(table.head):
            page.write_string(head, column, text, formats.head)
        for row, cells in enumerate(table.rows, head + 1):
            for column, cell in enumerate(cells):
                _put(page, row, column, cell, formats)
        page.freeze_panes(head + 1, 0)
        page.repeat_rows(head)
        page.autofilter(head, 0, head + max(1, len(table.rows)), max(0, len(table.head) - 1))
        page.set_footer("&C第 &P 页，共 &N 页" + (f"&R{_plain(table.marking)}" if table.marking else ""))
    return file.getvalue()


class _Formats:
    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format(
            {"bold": True, "border": 1, "bg_color": "#EEEEEE", "text_wrap": True}
        )
        self.text: Format = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self.date: Format = book.add_format(
            {"border": 1, "valign": "top", "num_format": "yyyy-mm-dd hh:mm:ss"}
        )


def _put(page: Worksheet, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    match cell:
        case At(ms=ms):
            page.write_datetime(row, column, beijing(ms).replace(tzinfo=None), formats.date)
        case int() | float():
            page.write_number(row, column, cell, formats.text)
        case str() if cell:
            page.write_string(row, column, cell[:_CELL_MAX], formats.text)
        case _:
            page.write_blank(row, column, None, formats.text)


def _page_name(title: str) -> str:
    """A worksheet's name has 31 characters at most, and some that it may not have."""
    name = "".join(" " if char in "[]:*?/\\'" else char for char in title).strip()
    return name[:31] or "Sheet1"


def _plain(text: str) -> str:
    """In a footer ``&`` begins a command."""
    return text.replace("&", "&&")[:100]


def as_html(table: Table) -> str:
    """A4 across. Columns in which nothing stands are left out: paper is narrow."""
    rows = [[shown(cell) for cell in row] for row in table.rows]
    kept = [column for column in range(len(table.head)) if not rows or any(row[column] for row in rows)]
    widths = [table.widths[column] for column in kept] if table.widths else [1] * len(kept)
    whole = sum(widths) or 1
    columns = "".join(f'<col style="width:{width * 100 / whole:.2f}%">' for width in widths)
    head = "".join(f"<th>{escape(table.head[column])}</th>" for column in kept)
    body = "".join(
        "<tr>" + "".join(_cell(row[column], texts[column]) for column in kept) + "</tr>"
        for row, texts in zip(table.rows, rows, strict=True)
    )
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in table.facts)
    empty = "" if rows else "<p>（无条目）</p>"
    return sheet(
        table.title,
        f"<h1>{escape(table.title)}</h1>{facts}<table><colgroup>{columns}</colgroup>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{empty}",
        marking=table.marking,
        style="table { font-size: 8pt } td.at { overflow-wrap: normal; white-space: pre-line }",
    )


def _cell(cell: Cell, text: str) -> str:
    """Day and hour stand below one another."""
    if isinstance(cell, At):
        day, _, hour = text.partition(" ")
        return f'<td class="at">{day}\n{hour}</td>'
    return f"<td>{escape(text)}</td>"
