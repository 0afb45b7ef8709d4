"""HTML to PDF: what the hub puts on paper. Nothing is ever fetched for it, and it holds up no session."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from html import escape

FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif'
LANDSCAPE = "A4 landscape"
PORTRAIT = "A4"

_PRESS = ThreadPoolExecutor(1, thread_name_prefix="paper")
"""One page after the other: the library lays out in pure Python, two at a time would only be slower."""


async def pdf(html: str) -> bytes:
    """``html`` as a PDF, made in a thread of its own. Fails when it names anything outside."""
    return await asyncio.get_running_loop().run_in_executor(_PRESS, pdf_now, html)


def pdf_now(html: str) -> bytes:
    """The same, here and now."""
    from hub.http.press import printed

    return printed(html)


def sheet(title: str, body: str, *, size: str = LANDSCAPE, marking: str = "", style: str = "") -> str:
    """A whole document: page numbers below, ``marking`` (密级 and 演练) on every page, a Chinese font.

    ``body`` and ``style`` are HTML and CSS of ours; ``title`` and ``marking`` are text.
    """
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_style(size, marking)}{style}</style></head><body>{body}</body></html>"
    )


def _style(size: str, marking: str) -> str:
    return f"""
@page {{
  size: {size};
  margin: 18mm 14mm 16mm;
  @top-right {{ content: {_quoted(marking)}; font: 9pt {FONT}; }}
  @bottom-center {{ content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font: 9pt {FONT}; }}
}}
body {{ font: 10pt/1.5 {FONT}; color: #000; margin: 0; }}
h1 {{ font-size: 16pt; text-align: center; margin: 0 0 3mm; }}
p {{ margin: 0 0 1mm; overflow-wrap: anywhere; }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; margin-top: 3mm; }}
thead {{ display: table-header-group; }}
tr {{ break-inside: avoid; }}
th, td {{ border: 0.5pt solid #000; padding: 1mm 1.5mm; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; white-space: pre-wrap; }}
th {{ background: #eee; }}
"""


def _quoted(text: str) -> str:
    """A CSS string: whatever could end it is written as its code."""
    return (
        '"'
        + "".join(char if char.isalnum() or char in " ·，、（）" else f"\\{ord(char):x} " for char in text)
        + '"'
    )
