"""What is written into a film: drawn once by Pillow, kept as patches, laid into the picture row by row."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import av
from PIL import Image, ImageDraw, ImageFont

from recordings.render.layout import Rect

Colour = tuple[int, int, int]

BACK, CARD, PLATE = (12, 14, 18), (24, 28, 35), (32, 37, 46)
TEXT, QUIET, ACCENT, WARN, EXERCISE = (
    (236, 239, 244),
    (158, 167, 181),
    (64, 132, 230),
    (232, 170, 66),
    (214, 92, 50),
)
"""The tokens of the dark theme of the pages."""


class NoFont(Exception):
    """There is no font with Chinese characters on this machine."""


class Patch(NamedTuple):
    """A picture that moves no more: its planes, row after row without a gap."""

    width: int
    height: int
    planes: tuple[bytes, bytes, bytes]


class Run(NamedTuple):
    """A piece of text in its own colour; ``box``: of a mark that is framed."""

    text: str
    colour: Colour = TEXT
    box: Colour | None = None


class Canvas:
    """The picture that is given to the encoder, changed in place."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self._planes = [memoryview(plane) for plane in self.frame.planes]
        self._strides = [plane.line_size for plane in self.frame.planes]

    def lay(self, patch: Patch, x: int, y: int) -> None:
        for number, plane in enumerate(patch.planes):
            self._rows(
                number, memoryview(plane), patch.width >> (number > 0), patch.width, patch.height, x, y
            )

    def show(self, picture: av.VideoFrame, x: int, y: int) -> None:
        """A decoded picture, as large as it is."""
        for number, plane in enumerate(picture.planes):
            self._rows(number, memoryview(plane), plane.line_size, picture.width, picture.height, x, y)

    def fill(self, area: Rect, colour: Colour) -> None:
        self.lay(plain(area.width, area.height, colour), area.x, area.y)

    def border(self, area: Rect, colour: Colour, thick: int = 4) -> None:
        x, y, width, height = area
        for part in (
            Rect(x, y, width, thick),
            Rect(x, y + height - thick, width, thick),
            Rect(x, y, thick, height),
            Rect(x + width - thick, y, thick, height),
        ):
            self.fill(part, colour)

    def _rows(
        self, number: int, data: memoryview, stride: int, width: int, height: int, x: int, y: int
    ) -> None:
        half = number > 0
        into, into_stride = self._planes[number], self._strides[number]
        width, place = width >> half, (y >> half) * into_stride + (x >> half)
        for begin in range(0, (height >> half) * stride, stride):
            into[place : place + width] = data[begin : begin + width]
            place += into_stride


def patch_of(image: Image.Image) -> Patch:
    """As the encoder wants it: BT.601 in the narrow range, half the colours."""
    picture: av.VideoFrame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
    return packed(picture.reformat(format="yuv420p"))


def packed(picture: av.VideoFrame) -> Patch:
    planes = []
    for number, plane in enumerate(picture.planes):
        width, height = picture.width >> (number > 0), picture.height >> (number > 0)
        data, stride = bytes(plane), plane.line_size
        planes.append(b"".join(data[row * stride : row * stride + width] for row in range(height)))
    return Patch(picture.width, picture.height, (planes[0], planes[1], planes[2]))


@lru_cache(maxsize=256)
def plain(width: int, height: int, colour: Colour) -> Patch:
    small = patch_of(Image.new("RGB", (16, 16), colour))
    luma, blue, red = (plane[:1] for plane in small.planes)
    quarter = (width // 2) * (height // 2)
    return Patch(width, height, (luma * (width * height), blue * quarter, red * quarter))


@lru_cache(maxsize=1)
def _font_file() -> tuple[str, int]:
    """By fontconfig, which knows where a system keeps its fonts and which face of a file is ours."""
    try:
        found = subprocess.run(
            ["fc-match", "-f", "%{file}\n%{index}\n%{lang}", "Noto Sans CJK SC:lang=zh-cn"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout.split("\n")
    except (OSError, subprocess.SubprocessError) as error:
        raise NoFont(str(error)) from error
    if len(found) < 3 or not any(lang.startswith("zh") for lang in found[2].split("|")):
        raise NoFont("no font with Chinese characters")
    return found[0], int(found[1] or 0)


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    path, index = _font_file()
    try:
        return ImageFont.truetype(path, size, index=index & 0xFFFF)
    except OSError as error:
        raise NoFont(path) from error


@lru_cache(maxsize=512)
def line(width: int, height: int, back: Colour, left: Sequence[Run], right: Sequence[Run] = ()) -> Patch:
    """One line of text; what is on the left gives way to what is on the right."""
    image = Image.new("RGB", (width, height), back)
    draw = ImageDraw.Draw(image)
    size = max(8, round(height * 0.62))
    pad = max(3, height // 4)
    edge = width - pad
    for run in reversed(right):
        edge -= _width(run, size) + (pad if run is not right[-1] else 0)
        _write(draw, run, edge, height, size)
    x = pad
    for run in left:
        text = shortened(run.text, size, edge - pad - x - (size if run.box else 0))
        _write(draw, run._replace(text=text), x, height, size)
        x += _width(run._replace(text=text), size) + pad
    return patch_of(image)


@lru_cache(maxsize=256)
def card(width: int, height: int, head: str, words: str, colour: Colour = QUIET) -> Patch:
    """A place without a picture says whose it is and why."""
    image = Image.new("RGB", (width, height), CARD)
    draw = ImageDraw.Draw(image)
    large = max(9, min(height // 5, 44, width // 7))
    small = max(8, round(large * 0.72))
    lines = [(text, size, of) for text, size, of in ((head, large, TEXT), (words, small, colour)) if text]
    y = (height - sum(size for _, size, _ in lines) * 1.5) / 2
    for text, size, of in lines:
        text = shortened(text, size, width - 8)
        draw.text(((width - font(size).getlength(text)) / 2, y), text, of, font(size))
        y += size * 1.5
    return patch_of(image)


def shortened(text: str, size: int, room: float) -> str:
    """With … where it has no room."""
    if font(size).getlength(text) <= room:
        return text
    while text and font(size).getlength(text + "…") > room:
        text = text[:-1]
    return text + "…" if text else ""


def _width(run: Run, size: int) -> int:
    return round(font(size).getlength(run.text)) + (size if run.box else 0)


def _write(draw: ImageDraw.ImageDraw, run: Run, x: float, height: int, size: int) -> None:
    if not run.text:
        return
    if run.box is not None:
        right = x + _width(run, size)
        draw.rounded_rectangle((x, height * 0.12, right, height * 0.88), height // 8, fill=run.box)
        x += size / 2
    draw.text((x, height / 2), run.text, run.colour, font(size), anchor="lm")
