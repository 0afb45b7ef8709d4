"""A process that records a live camera and microphone until somebody kills it: ``... DATA_DIR``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.support.studio import CAMERA, MICROPHONE, a_while, studio

SECONDS = 8


async def capture(data: Path) -> None:
    """Sends in real time and says, line by line, up to which hub millisecond everything was sent."""
    a_while(0.0, SECONDS)  # encoded and kept: the clock runs from here on
    async with studio(data) as made:
        await made.open()
        video, audio = a_while(made.clock.now(), SECONDS)
        made.wire.begin(CAMERA)
        made.wire.begin(MICROPHONE)
        while audio:
            await asyncio.sleep(0.02)
            now = made.clock.now()
            for source, items in ((CAMERA, video), (MICROPHONE, audio)):
                due = [item for item in items if item.at_s <= now]
                made.wire.send(source, due)
                del items[: len(due)]
            print(made.clock.wall_ms(), flush=True)


if __name__ == "__main__":
    asyncio.run(capture(Path(sys.argv[1])))
