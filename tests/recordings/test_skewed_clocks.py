"""Four hours from a publisher whose clocks run wrong, through the whole pipeline (rule R7)."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from hub.media.rtp.packet import build
from recordings.frames import SILENCE
from recordings.pipeline import Pipeline

HOURS_4_S = 4 * 3600
DELAY_S = 0.030
"""What the way takes at the least; of that nobody can know."""

LIMIT_S = 0.100
VP8_KEY_FRAME = b"\x10" + b"\x10\x00\x00\x9d\x01\x2a\xa0\x00\x78\x00"
"""A descriptor, and a picture of which the beginning is enough here."""

OPUS_120_MS = 0x19  # two frames of 60 ms


class Publisher:
    """Its media clock runs ``ppm`` fast and its date ``ntp_ppm``; its line jitters, at times full."""

    def __init__(self, rate: int, ppm: float, ntp_ppm: float, seed: int) -> None:
        self._rate, self._ppm, self._ntp_ppm = rate, ppm, ntp_ppm
        self._chance = random.Random(seed)
        self._newest = 0.0

    def media_time(self, true_s: float) -> int:
        return round(true_s * (1 + self._ppm / 1e6) * self._rate)

    def ntp(self, true_s: float) -> int:
        return round((true_s * (1 + self._ntp_ppm / 1e6) + 3.9e9) * (1 << 32))

    def arrival(self, true_s: float) -> float:
        """In order, as on one line; every twenty minutes 0.4 s are queued, for two and a half."""
        queue_s = 0.4 if true_s % 1200 > 1050 else 0.0
        came = true_s + DELAY_S + queue_s + self._chance.random() ** 2 * 0.060
        self._newest = max(self._newest, came)
        return self._newest


def four_hours(
    codec: str, publisher: Publisher, every_s: float, payload: bytes
) -> Iterator[tuple[int, float]]:
    """Of every packet its number and where on the hub's clock it is in the file."""
    pipeline, numbers = Pipeline(codec), range(round(HOURS_4_S / every_s))
    due = report_due = 0.0
    for number in numbers:
        true_s = number * every_s
        at_s = publisher.arrival(true_s)
        if true_s >= report_due:
            report_due = true_s + 5.0
            stamp = publisher.media_time(true_s) & 0xFFFF_FFFF
            pipeline.receive_sender_report(publisher.ntp(true_s), stamp, publisher.arrival(true_s))
        packet = build(
            payload_type=96,
            sequence_number=number & 0xFFFF,
            timestamp=publisher.media_time(true_s) & 0xFFFF_FFFF,
            ssrc=7,
            payload=payload + number.to_bytes(4, "big"),
            marker=True,
        )
        pipeline.receive_rtp(packet, at_s)
        if at_s >= due:
            due = at_s + 1.0
            for frame in pipeline.drain(at_s):
                if frame.data != SILENCE:
                    yield int.from_bytes(frame.data[-4:], "big"), frame.at_s


@pytest.mark.parametrize(("ppm", "ntp_ppm"), [(200.0, -50.0), (-200.0, 50.0)])
def test_R7_four_hours_of_a_camera_stay_within_100_ms_at_every_moment(ppm: float, ntp_ppm: float) -> None:
    found = list(four_hours("vp8", Publisher(90_000, ppm, ntp_ppm, 3), 1.0, VP8_KEY_FRAME))
    assert len(found) > HOURS_4_S - 10
    assert max(abs(at_s - number - DELAY_S) for number, at_s in found) <= LIMIT_S


@pytest.mark.parametrize(("ppm", "ntp_ppm"), [(200.0, 50.0), (-200.0, -50.0)])
def test_R7_four_hours_of_a_microphone_stay_within_100_ms_at_every_moment(ppm: float, ntp_ppm: float) -> None:
    """Where the packet lies in the file, which a player reaches by counting samples."""
    every_s = 0.120 / (1 + ppm / 1e6)  # the sound card says when 120 ms are over
    publisher = Publisher(48_000, ppm, ntp_ppm, 4)
    found = list(four_hours("opus", publisher, every_s, bytes((OPUS_120_MS,))))
    assert len(found) > HOURS_4_S / 0.120 * 0.99
    assert max(abs(at_s - number * every_s - DELAY_S) for number, at_s in found) <= LIMIT_S
