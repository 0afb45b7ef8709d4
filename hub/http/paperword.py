"""A paper as DOCX: red head, sections, tables, sources, signatures and the digest, on A4 upright."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from hub.domain.paper import Paper, PaperGrid
from hub.http import paperparts
from hub.http.documents import writable
from hub.http.paperparts import Run

_RED = RGBColor(0xC0, 0x00, 0x00)
_BODY, _HEADS = "仿宋", "黑体"
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def as_docx(paper: Paper) -> bytes:
    word = Document()
    _set_page(word, paper)
    _head(word, paper)
    for part in paperparts.parts(paper):
        _line(word, [Run(part.title, False)], font=_HEADS, indent=True)
        for line in part.lines:
            _line(word, line, indent=True)
        if part.grid is not None:
            _table(word, part.grid)
    for signed in [*paperparts.signatures(paper), paper.office_name, paperparts.date_of(paper)]:
        _line(word, [Run(signed, False)], align=_RIGHT)
    if paper.sources:
        _line(word, [Run("附：来源", False)], font=_HEADS)
        for source in paperparts.sources(paper):
            _line(word, [Run(source, False)], size=9)
    for sealed in paperparts.seal(paper):
        _line(word, [Run(sealed, False)], size=9)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _set_page(word: Word, paper: Paper) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(27)
    page.top_margin, page.bottom_margin = Mm(35), Mm(30)
    plain = word.styles["Normal"]
    plain.font.name, plain.font.size = _BODY, Pt(14)
    plain.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    plain.paragraph_format.space_after = Pt(0)
    banner = page.header.paragraphs[0]
    banner.alignment = _RIGHT
    _write(banner, paperparts.marking(paper), size=10.5, font=_HEADS)
    about = word.core_properties
    about.title, about.author, about.comments = writable(paper.title), "", ""
    made_ms = paper.issued.at_ms if paper.issued is not None else paper.drafted_ms
    about.created = about.modified = datetime.fromtimestamp(made_ms / 1000, UTC).replace(tzinfo=None)


def _head(word: Word, paper: Paper) -> None:
    """红头: whose paper it is, its number and date, and the red line below."""
    top = word.add_paragraph()
    top.alignment = _CENTRE
    _write(top, paperparts.masthead(paper), size=26, font="宋体", bold=True, colour=_RED)
    number = word.add_paragraph()
    number.alignment = _CENTRE
    _write(number, paperparts.number_line(paper))
    dated = word.add_paragraph()
    dated.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_ALIGN_PARAGRAPH.RIGHT)
    _write(dated, f"{paper.office_name}\t{paperparts.date_of(paper)}")
    _underline(dated)
    title = word.add_paragraph()
    title.alignment = _CENTRE
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(14)
    _write(title, paper.title, size=20, font="宋体", bold=True)
    for fact in paperparts.facts(paper):
        _line(word, [Run(fact, False)], size=10.5)


def _line(
    word: Word,
    line: list[Run],
    *,
    size: float = 14,
    font: str = _BODY,
    indent: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    paragraph = word.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    for run in line:
        _write(paragraph, run.text, size=size, font=font, raised=run.is_reference)


def _write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 14,
    font: str = _BODY,
    bold: bool = False,
    raised: bool = False,
    colour: RGBColor | None = None,
) -> None:
    run = paragraph.add_run(writable(text))
    run.font.name, run.font.size, run.bold = font, Pt(size), bold
    run.font.superscript = raised or None
    run.font.color.rgb = colour
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _underline(paragraph: Paragraph) -> None:
    border = OxmlElement("w:pBdr")
    below = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "4"), ("color", "C00000")):
        below.set(qn(f"w:{name}"), value)
    border.append(below)
    paragraph._p.get_or_add_pPr().append(border)


def _table(word: Word, grid: PaperGrid) -> None:
    table = word.add_table(rows=1, cols=len(grid.head))
    table.style = "Table Grid"
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(head._tr.makeelement(qn("w:tblHeader"), {}))
    for cell, text in zip(head.cells, grid.head, strict=True):
        _write(cell.paragraphs[0], text, size=9, bold=True)
    for row in grid.rows:
        for cell, figure in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], figure.text, size=9)
