"""Recorders that are killed, one after the other, on the same data: ``... DATA_DIR SEED ROUNDS``.

A round is a fork of this process, which has everything imported and encoded: it records a camera and a
microphone, and appends events meanwhile, until ``kill -9`` at a moment that the seed says. Prints a line of
JSON a round. From the middle on they have a key: what they write, and what they mend, is encrypted.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import threading
from pathlib import Path

from msgspec.structs import replace

from hub.config import RecordingSettings
from hub.domain.session import MarkerKind, SetMarker
from tests.support.factories import OFFICER
from tests.support.studio import CAMERA, MICROPHONE, PLAIN, SESSION, Studio, a_while, studio

SECONDS = 4
LIVES_S = (0.1, 2.2)
"""Every other one from its first step on: some die while they start, or mend what the one before has left."""


def settings_of(*, encrypts: bool) -> RecordingSettings:
    return replace(PLAIN, key="5a" * 32 if encrypts else "")


async def record(data: Path, number: int, *, encrypts: bool) -> None:
    """Says, line by line, what was sent up to which hub millisecond and which events were acknowledged."""
    async with studio(data, recording=settings_of(encrypts=encrypts)) as made:
        if not (await made.state()).started_ms:
            await made.open()
        video, audio = a_while(made.clock.now(), SECONDS)
        made.wire.begin(CAMERA)
        made.wire.begin(MICROPHONE)
        for turn in range(SECONDS * 50):
            await asyncio.sleep(0.02)
            now = made.clock.now()
            for source, items in ((CAMERA, video), (MICROPHONE, audio)):
                due = [item for item in items if item.at_s <= now]
                made.wire.send(source, due)
                del items[: len(due)]
            _say("sent", made.clock.wall_ms())
            if turn % 5 == 0:
                _say("event", await _mark(made, f"m-{number}-{turn}"))


async def _mark(made: Studio, marker_id: str) -> str:
    marker = SetMarker(marker_id=marker_id, kind=MarkerKind.TODO, label=marker_id)
    await made.streams.execute(SESSION, marker, OFFICER)
    return marker_id


def _say(what: str, value: object) -> None:
    os.write(1, f"{what} {value}\n".encode())  # at once, and whole


def round_of(
    data: Path, number: int, lives_s: float, *, encrypts: bool, may_speak: bool
) -> dict[str, object]:
    """One recorder to its death; what it had said. ``may_speak``: its life counts from its first word on."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        asyncio.run(record(data, number, encrypts=encrypts))
        os._exit(3)  # it should have been dead long ago
    os.close(writing)
    death = threading.Timer(lives_s, os.kill, (child, signal.SIGKILL))
    if not may_speak:
        death.start()
    lines: list[list[str]] = []
    with os.fdopen(reading) as said:
        for line in said:  # until it is dead
            if may_speak and not lines:
                death.start()
            lines.append(line.split())
    if death.ident is not None:
        death.join()
    _, status = os.waitpid(child, 0)
    sent = [int(value) for what, value in lines if what == "sent"]
    events = [value for what, value in lines if what == "event"]
    return {
        "killed": os.WIFSIGNALED(status),
        "first_ms": sent[0] if sent else 0,
        "last_ms": sent[-1] if sent else 0,
        "events": events,
    }


def main(data: Path, seed: int, rounds: int) -> None:
    a_while(0.0, SECONDS)  # encoded and kept
    dice = random.Random(seed)
    for number in range(rounds):
        lives_s, encrypts = dice.uniform(*LIVES_S), 2 * number >= rounds
        said = round_of(data, number, lives_s, encrypts=encrypts, may_speak=number % 2 == 1)
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
