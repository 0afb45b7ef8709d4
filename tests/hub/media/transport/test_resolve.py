"""A packet finds its encoding by SSRC, mid, payload type and rid, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp import extensions, packet
from hub.media.rtp.extensions import ExtensionIds
from hub.media.sfu.publisher import Publisher, PublisherSpec
from hub.media.transport.resolve import Expected, Met, Resolver

IDS = ExtensionIds(mid=4, rid=10, repaired_rid=11)
RIDS = ("q", "h", "f")


class Nobody:
    def send_rtcp(self, packet: bytes) -> None:
        return None


def expected(mid: str, payload_type: int, *ssrcs: int, rids: tuple[str, ...] = ()) -> Expected:
    spec = PublisherSpec(
        source_id=f"src-{mid}",
        kind="video",
        codec="vp8",
        payload_type=payload_type,
        rtx_payload_type=payload_type + 1,
        clock_rate=90_000,
        extensions=IDS,
        rids=rids,
    )
    return Expected(mid, Publisher(spec, Nobody()), frozenset(ssrcs))


def rtp(ssrc: int, payload_type: int, mid: str = "", rid: str = "", repaired: str = "") -> bytes:
    said = [(IDS.mid, mid), (IDS.rid, rid), (IDS.repaired_rid, repaired)]
    block = extensions.build([(number, text.encode()) for number, text in said if text])
    return packet.build(
        payload_type=payload_type, sequence_number=1, timestamp=1, ssrc=ssrc, payload=b"x", extension=block
    )


def resolver(*media: Expected) -> Resolver:
    found = Resolver()
    for one in media:
        found.expect(one)
    return found


def name(ssrc: int) -> bytes:
    return ssrc.to_bytes(4, "big")


CAMERA, CONTENT = expected("0", 96, 1000, 1001), expected("1", 96)
LAYERED = expected("2", 98, rids=RIDS)
Q, H, F = LAYERED.publisher.encodings


def test_by_the_ssrc_of_the_offer() -> None:
    both = resolver(CAMERA, CONTENT)
    assert both.meet(rtp(1000, 96)) == Met("0", CAMERA.publisher.encodings[0], True)
    assert both.meet(rtp(1001, 97)) == Met("0", CAMERA.publisher.encodings[0], False)


def test_by_the_mid_in_the_packet() -> None:
    assert resolver(CAMERA, CONTENT).meet(rtp(7, 96, "1")) == Met("1", CONTENT.publisher.encodings[0], True)


def test_by_a_payload_type_that_only_one_m_line_has() -> None:
    assert resolver(CAMERA, LAYERED).meet(rtp(7, 97)) is not None
    assert resolver(CAMERA, CONTENT).meet(rtp(7, 96)) is None


def test_a_payload_type_that_was_not_agreed_is_of_nobody() -> None:
    found = resolver(CAMERA)
    assert found.meet(rtp(1000, 100, "0")) is None
    assert found.known == {}


def test_M32_encodings_and_their_retransmissions_are_told_apart_by_rid() -> None:
    found = resolver(CAMERA, LAYERED)
    for ssrc, rid, encoding in ((20, "q", Q), (21, "h", H), (22, "f", F)):
        assert found.meet(rtp(ssrc, 98, "2", rid)) == Met("2", encoding, True)
        assert found.meet(rtp(ssrc + 10, 99, "2", repaired=rid)) == Met("2", encoding, False)
    assert found.known == {
        name(20): Q, name(30): Q, name(21): H, name(31): H, name(22): F, name(32): F
    }  # fmt: skip


def test_without_a_rid_an_encoding_waits_for_a_packet_that_has_one() -> None:
    found = resolver(LAYERED)
    assert found.meet(rtp(20, 98, "2")) is None
    assert found.meet(rtp(20, 98, "2", "x")) is None
    assert found.meet(rtp(30, 99, "2", "q")) is None  # of a retransmission only the repaired rid counts
    assert found.meet(rtp(20, 98, "2", "h")) == Met("2", H, True)


def test_an_ssrc_is_resolved_once_and_forgotten_with_its_m_line() -> None:
    found = resolver(CAMERA, CONTENT)
    found.meet(rtp(7, 96, "1"))
    assert found.known == {name(7): CONTENT.publisher.encodings[0]}
    found.forget("1")
    assert found.known == {}
    met = found.meet(rtp(8, 96, "1"))  # now the only one with this payload type
    assert met is not None
    assert met.mid == "0"


def test_an_encoding_that_changes_its_ssrc_is_known_by_the_new_one() -> None:
    found = resolver(LAYERED)
    for ssrc in (20, 40):
        assert found.meet(rtp(ssrc, 98, "2", "q")) == Met("2", Q, True)
    assert found.known == {name(40): Q}


_SAID = st.sampled_from(["", *RIDS, "x"])


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(94, 100), _SAID, _SAID), max_size=80))
def test_M32_a_client_cannot_fill_the_memory_with_ssrcs(packets: list[tuple[int, int, str, str]]) -> None:
    found = resolver(CAMERA, LAYERED)
    for ssrc, payload_type, rid, repaired in packets:
        if name(ssrc) not in found.known:
            found.meet(rtp(ssrc, payload_type, "2", rid, repaired))
    places = [*found.known.values()]
    assert all(places.count(encoding) <= 2 for encoding in places)
    found.forget("2")
    assert set(found.known.values()) <= {*CAMERA.publisher.encodings}


@given(st.binary(max_size=60))
def test_any_bytes_are_resolved_or_not(data: bytes) -> None:
    found = resolver(CAMERA, CONTENT, LAYERED)
    found.meet(b"\x90" + data)
    assert len(found.known) <= 1
