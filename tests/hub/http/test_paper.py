"""HTML becomes PDF with Chinese letters and page numbers, and nothing is loaded for it."""

from __future__ import annotations

import asyncio
import re
import zlib

import pytest

from hub.http.paper import PORTRAIT, pdf, pdf_now, sheet
from hub.http.press import Fetching


def _pages(made: bytes) -> int:
    """Pages of a PDF; objects may be in compressed streams."""
    whole = made + b"".join(_streams(made))
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", whole))


def _streams(made: bytes) -> list[bytes]:
    found = []
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            found.append(b"")
    return found


async def test_a_long_table_takes_several_pages_and_its_letters_are_inside() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>信阳市委值班室</td></tr>" for number in range(120))
    table = f"<table><thead><tr><th>序号</th><th>单位</th></tr></thead><tbody>{rows}</tbody></table>"
    made = await pdf(sheet("批示指示板", table, marking='非涉密·内部使用 <演练> "\\'))
    assert made.startswith(b"%PDF-")
    assert _pages(made) > 2
    assert b"NotoSansCJK" in (made + b"".join(_streams(made))).replace(b"-", b"").replace(b"#20", b"")


async def test_a_sheet_is_made_beside_the_loop() -> None:
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            beats += 1
            await asyncio.sleep(0)

    heart = asyncio.create_task(beat())
    await pdf(sheet("值班报告", "<p>一切正常</p>" * 50, size=PORTRAIT))
    heart.cancel()
    assert beats > 10


@pytest.mark.parametrize(
    "outside",
    [
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="file:///etc/hostname">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import url("file:///etc/passwd");</style>',
        '<style>@font-face { font-family: x; src: url("file:///etc/passwd") } p { font: x }</style><p>x',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<img src="data:image/svg+xml,<svg/>">',
    ],
)
def test_nothing_outside_is_ever_loaded(outside: str) -> None:
    with pytest.raises(Fetching):
        pdf_now(sheet("x", outside))
