"""A paper as HTML for the printer: the same sheet as the DOCX, made of text alone."""

from __future__ import annotations

from html import escape

from hub.domain.paper import Paper, PaperGrid
from hub.http import paperparts
from hub.http.paper import PORTRAIT, sheet
from hub.http.paperparts import Run, is_figure

_STYLE = """
@page { margin: 28mm 25mm 24mm; }
body { font-size: 12pt; line-height: 1.75; }
.head { text-align: center; color: #c00000; font-size: 25pt; font-weight: 700; letter-spacing: 2pt;
  line-height: 1.3; }
.number { text-align: center; margin-top: 3mm; }
.dated { display: flex; justify-content: space-between; border-bottom: 2pt solid #c00000;
  padding-bottom: 2mm; }
h1 { font-size: 18pt; margin: 8mm 0 5mm; }
h2 { font-size: 12pt; margin: 3mm 0 0; text-indent: 2em; break-after: avoid; }
.line { text-indent: 2em; margin: 0; }
.fact, .source, .seal { font-size: 9pt; line-height: 1.5; }
.signed { text-align: right; margin: 0; }
sup { font-size: 7pt; color: #555; line-height: 0; }
table { font-size: 9pt; }
td.figure { text-align: right; }
.sources { margin-top: 6mm; }
.seal { border-top: 0.5pt solid #000; margin-top: 4mm; padding-top: 2mm; overflow-wrap: anywhere; }
"""


def as_html(paper: Paper) -> str:
    body = [
        f'<div class="head">{escape(paperparts.masthead(paper))}</div>',
        f'<p class="number">{escape(paperparts.number_line(paper))}</p>',
        f'<div class="dated"><span>{escape(paper.office_name)}</span>'
        f"<span>{escape(paperparts.date_of(paper))}</span></div>",
        f"<h1>{escape(paper.title)}</h1>",
        *_lines(paperparts.facts(paper), "fact"),
    ]
    for part in paperparts.parts(paper):
        body.append(f"<h2>{escape(part.title)}</h2>")
        body += [f'<p class="line">{_runs(line)}</p>' for line in part.lines]
        if part.grid is not None:
            body.append(_table(part.grid))
    body += _lines(paperparts.signatures(paper), "signed")
    body += _lines([paper.office_name, paperparts.date_of(paper)], "signed")
    if paper.sources:
        body.append('<h2 class="sources">附：来源</h2>')
        body += _lines(paperparts.sources(paper), "source")
    if seal := paperparts.seal(paper):
        body.append(f'<div class="seal">{"<br>".join(escape(line) for line in seal)}</div>')
    return sheet(paper.title, "".join(body), size=PORTRAIT, marking=paperparts.marking(paper), style=_STYLE)


def _lines(lines: list[str], name: str) -> list[str]:
    return [f'<p class="{name}">{escape(line)}</p>' for line in lines]


def _runs(line: list[Run]) -> str:
    return "".join(f"<sup>{escape(run.text)}</sup>" if run.is_reference else escape(run.text) for run in line)


def _table(grid: PaperGrid) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in grid.head)
    rows = [
        "".join(
            f"<td{' class=figure' if place and is_figure(cell.text) else ''}>{escape(cell.text)}</td>"
            for place, cell in enumerate(row)
        )
        for row in grid.rows
    ]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
