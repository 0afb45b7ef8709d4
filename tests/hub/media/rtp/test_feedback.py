"""Feedback there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp import feedback, rtcp
from hub.media.rtp.feedback import Fir, Nack, Pli, Remb

u32 = st.integers(0, 0xFFFF_FFFF)


@given(first=st.integers(0, 65535), gaps=st.lists(st.integers(1, 40), max_size=60))
def test_nacks_name_what_is_lost_across_the_wrap(first: int, gaps: list[int]) -> None:
    lost = [first]
    for gap in gaps:
        lost.append(lost[-1] + gap)
    (report,) = rtcp.parse(feedback.build_nack(1, 2, lost))
    assert report == Nack(1, 2, tuple(number & 0xFFFF for number in lost))


def test_seventeen_in_a_row_take_one_entry() -> None:
    assert len(feedback.build_nack(1, 2, range(17))) == 16
    assert len(feedback.build_nack(1, 2, range(18))) == 20


@given(ssrc=u32, command=st.integers(0, 255))
def test_key_frame_requests(ssrc: int, command: int) -> None:
    assert rtcp.parse(feedback.build_pli(1, ssrc)) == [Pli(1, ssrc)]
    assert rtcp.parse(feedback.build_fir(1, ssrc, command)) == [Fir(1, ((ssrc, command),))]


@given(bitrate=st.integers(0, 1 << 60), ssrcs=st.lists(u32, max_size=20).map(tuple))
def test_bandwidth_is_told_to_eighteen_bits(bitrate: int, ssrcs: tuple[int, ...]) -> None:
    (report,) = rtcp.parse(feedback.build_remb(1, bitrate, ssrcs))
    assert isinstance(report, Remb)
    assert report.ssrcs == ssrcs
    assert report.bitrate_bps <= bitrate <= report.bitrate_bps * (1 + 2**-17) + 1


def test_other_messages_are_stepped_over() -> None:
    sli = bytes.fromhex("82ce0003 00000001 00000002 00000000")
    tmmbr = bytes.fromhex("83cd0004 00000001 00000002 00000000 00000000")
    other_afb = bytes.fromhex("8fce0003 00000001 00000002 58595a5a")
    assert rtcp.parse(sli + tmmbr + other_afb) == []
