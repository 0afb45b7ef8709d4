"""A packet finds its source by SSRC, by mid, by payload type, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp import extensions, packet
from hub.media.rtp.extensions import ExtensionIds
from hub.media.sfu.publisher import Publisher, PublisherSpec
from hub.media.transport.resolve import SSRCS_MAX, Expected, Resolver

MID = 4


class Nobody:
    def send_rtcp(self, packet: bytes) -> None:
        return None


def expected(mid: str, payload_type: int, *ssrcs: int) -> Expected:
    spec = PublisherSpec(
        source_id=f"src-{mid}",
        kind="video",
        codec="vp8",
        payload_type=payload_type,
        clock_rate=90_000,
        extensions=ExtensionIds(mid=MID),
    )
    return Expected(mid, Publisher(spec, Nobody()), payload_type, payload_type + 1, MID, frozenset(ssrcs))


def rtp(ssrc: int, payload_type: int, mid: str | None = None) -> bytes:
    block = extensions.build([(MID, mid.encode())]) if mid else b""
    return packet.build(
        payload_type=payload_type, sequence_number=1, timestamp=1, ssrc=ssrc, payload=b"x", extension=block
    )


def resolver(*media: Expected) -> Resolver:
    found = Resolver()
    for one in media:
        found.expect(one)
    return found


CAMERA, CONTENT = expected("0", 96, 1000), expected("1", 96)


def test_by_the_ssrc_of_the_offer() -> None:
    assert resolver(CAMERA, CONTENT).meet(rtp(1000, 96)) is CAMERA


def test_by_the_mid_in_the_packet() -> None:
    assert resolver(CAMERA, CONTENT).meet(rtp(7, 96, "1")) is CONTENT


def test_by_a_payload_type_that_only_one_m_line_has() -> None:
    assert resolver(CAMERA, expected("2", 111)).meet(rtp(7, 112)) is not None
    assert resolver(CAMERA, CONTENT).meet(rtp(7, 96)) is None


def test_an_ssrc_is_resolved_once_and_forgotten_with_its_m_line() -> None:
    found = resolver(CAMERA, CONTENT)
    found.meet(rtp(7, 96, "1"))
    assert found.known == {(7).to_bytes(4, "big"): CONTENT.publisher}
    found.forget("1")
    assert found.known == {}
    assert found.meet(rtp(8, 96, "1")) is CAMERA  # now the only one with this payload type


def test_a_client_cannot_fill_the_memory_with_ssrcs() -> None:
    found = resolver(CAMERA)
    for ssrc in range(SSRCS_MAX + 50):
        found.meet(rtp(ssrc, 96))
    assert len(found.known) == SSRCS_MAX


@given(st.binary(max_size=60))
def test_any_bytes_are_resolved_or_not(data: bytes) -> None:
    found = resolver(CAMERA, CONTENT)
    found.meet(b"\x90" + data)
    assert len(found.known) <= 1
