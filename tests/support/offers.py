"""Offers that Chromium and aiortc really wrote, kept as samples, and small changes to them."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
CHROMIUM_PUBLISH = "chromium-156-publish"
CHROMIUM_SUBSCRIBE = "chromium-156-subscribe"
AIORTC_PUBLISH = "aiortc-1.16-publish"
AIORTC_SUBSCRIBE = "aiortc-1.16-subscribe"


def offer(name: str) -> str:
    return (SAMPLES / f"{name}.sdp").read_bytes().decode()


def without(text: str, prefix: str) -> str:
    """Leave out every line that begins with ``prefix``."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(prefix))


def first_sections(text: str, count: int) -> str:
    """The session part and the first ``count`` m-lines, with the bundle cut down to them."""
    head, *sections = text.split("\r\nm=")
    mids = " ".join(str(number) for number in range(count))
    lines = [f"a=group:BUNDLE {mids}" if line.startswith("a=group") else line for line in head.split("\r\n")]
    return "\r\nm=".join(["\r\n".join(lines), *sections[:count]]).rstrip("\r\n") + "\r\n"
