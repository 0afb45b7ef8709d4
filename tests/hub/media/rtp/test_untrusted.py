"""Whatever bytes come, a parser gives an answer or raises BadPacket."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.media.rtp import extensions, packet, rtcp
from hub.media.rtp.errors import BadPacket
from hub.media.rtp.feedback import build_fir, build_nack, build_remb, build_transport_cc
from hub.media.rtp.payload import parse_vp8, unwrap_rtx
from hub.media.rtp.rtcp import ReceiverReport, ReportBlock
from tests.support.packets import Camera, Microphone, goodbye

SEEDS = [
    *Camera().frame(keyframe=True),
    Microphone().packet(),
    rtcp.build_receiver_report(ReceiverReport(1, (ReportBlock(2, 3, 4, 5, 6, 7, 8),)))
    + rtcp.build_description("hub", [1, 2])
    + build_nack(1, 2, [5, 9])
    + build_fir(1, 2, 3)
    + build_remb(1, 500_000, [2])
    + build_transport_cc(1, 2, 65_530, 3, [100, None, 130, *[None] * 20, 900, 880, 890])
    + rtcp.build_reference_time(1, 2)
    + goodbye([1]),
    bytes.fromhex("80cf0008 00000009 04000002 1122334455667788 05000003 00000007 33445566 00010000"),
]

PARSERS: list[Callable[[bytes], object]] = [
    packet.bounds,
    lambda data: list(extensions.elements(data)),
    lambda data: extensions.read(data, extensions.ExtensionIds(1, 2, 3, 4, 5, 6, 7)),
    parse_vp8,
    unwrap_rtx,
    rtcp.parse,
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))])


@pytest.mark.parametrize("parser", PARSERS)
@settings(max_examples=150)
@given(data=st.binary(max_size=120) | mutated())
def test_nothing_but_bad_packet(parser: Callable[[bytes], object], data: bytes) -> None:
    with suppress(BadPacket):
        parser(data)
