"""RTCP there and back, and every lie about a length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp import feedback, rtcp
from hub.media.rtp.errors import BadPacket
from hub.media.rtp.rtcp import Bye, Description, LastReceived, ReceiverReport, ReportBlock, SenderReport
from tests.support.packets import goodbye

u32 = st.integers(0, 0xFFFF_FFFF)
blocks = st.lists(
    st.builds(
        ReportBlock,
        ssrc=u32,
        fraction_lost=st.integers(0, 255),
        lost=st.integers(-0x80_0000, 0x7F_FFFF),
        highest=u32,
        jitter=u32,
        last_sr=u32,
        delay_since_last_sr=u32,
    ),
    max_size=31,
).map(tuple)


@given(ssrc=u32, ntp=st.integers(0, (1 << 64) - 1), rtp_timestamp=u32, packets=u32, octets=u32, blocks=blocks)
def test_sender_reports(
    ssrc: int, ntp: int, rtp_timestamp: int, packets: int, octets: int, blocks: tuple[ReportBlock, ...]
) -> None:
    report = SenderReport(ssrc, ntp, rtp_timestamp, packets, octets, blocks)
    assert rtcp.parse(rtcp.build_sender_report(report)) == [report]


@given(ssrc=u32, blocks=blocks)
def test_receiver_reports(ssrc: int, blocks: tuple[ReportBlock, ...]) -> None:
    report = ReceiverReport(ssrc, blocks)
    assert rtcp.parse(rtcp.build_receiver_report(report)) == [report]


@given(cname=st.text(max_size=40), ssrcs=st.lists(u32, max_size=31))
def test_descriptions(cname: str, ssrcs: list[int]) -> None:
    expected = Description(tuple((ssrc, cname) for ssrc in ssrcs))
    assert rtcp.parse(rtcp.build_description(cname, ssrcs)) == [expected]


@given(ssrcs=st.lists(u32, max_size=31))
def test_byes(ssrcs: list[int]) -> None:
    assert rtcp.parse(goodbye(ssrcs)) == [Bye(tuple(ssrcs))]


def test_a_compound_comes_apart_in_order() -> None:
    compound = (
        rtcp.build_receiver_report(ReceiverReport(1))
        + rtcp.build_description("hub", [1])
        + feedback.build_pli(1, 2)
        + bytes.fromhex("80cf0001 00000001")  # an extended report: stepped over
        + goodbye([1])
    )
    assert rtcp.parse(compound) == [
        ReceiverReport(1),
        Description(((1, "hub"),)),
        feedback.Pli(1, 2),
        Bye((1,)),
    ]


def test_a_lost_count_is_clamped() -> None:
    block = ReportBlock(1, 0, 1 << 30, 0, 0, 0, 0)
    (report,) = rtcp.parse(rtcp.build_receiver_report(ReceiverReport(1, (block,))))
    assert isinstance(report, ReceiverReport)
    assert report.blocks[0].lost == 0x7F_FFFF


def test_padding_at_the_end_is_taken_off() -> None:
    assert rtcp.parse(bytes.fromhex("a1cb0002 00000007 00000004")) == [Bye((7,))]


@pytest.mark.parametrize(
    "packet",
    [
        "",
        "80c8",
        "40c80000",  # version 1
        "80c80006 0000",  # shorter than it says
        "81c80006" + "00" * 24,  # one block announced, none there
        "81c90001 00000001",
        "81cb0000",  # BYE of nobody
        "81ca0000",  # SDES without its chunk
        "81ca0002 00000001 01ff0000",  # item longer than the packet
        "81ca0001 00000001",  # chunk without an end
        "a0cb0000 80c90001 00000001",  # padding before the last
        "a1cb0002 00000007 00000003",  # padding that is no multiple of four
        "81ce0001 00000001",  # feedback without the media SSRC
        "81cd0002 00000001 00000002",  # NACK that names nothing
        "84ce0002 00000001 00000002",  # FIR that names nobody
        "8fce0004 00000001 00000000 52454d42 02000000",  # REMB with two SSRCs missing
        "80cf0002 00000001 05000003",  # DLRR cut off
        "80cf0004 00000001 05000002 00000001 00000002",  # DLRR of two words
    ],
)
def test_lies_about_lengths(packet: str) -> None:
    with pytest.raises(BadPacket):
        rtcp.parse(bytes.fromhex(packet))


def test_extended_reports_tell_when_a_reference_time_came() -> None:
    assert (
        rtcp.build_reference_time(7, 0x1122334455667788).hex() == "80cf000400000007040000021122334455667788"
    )
    assert rtcp.parse(rtcp.build_reference_time(7, 1)) == []
    report = "80cf0008 00000009" + "04000002 1122334455667788" + "05000003 00000007 33445566 00010000"
    assert rtcp.parse(bytes.fromhex(report)) == [LastReceived(((7, 0x33445566, 65536),))]
