"""What is admitted into an encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp import extensions, packet
from hub.media.rtp.errors import BadPacket
from hub.media.rtp.payload import original_number
from hub.media.sfu.encoding import MAX_DROPOUT, VIDEO_HISTORY, Encoding
from hub.media.sfu.history import MAX_BURST_PACKETS
from hub.media.sfu.publisher import Publisher
from tests.support.packets import (
    IN_IDS,
    RTX_PT,
    VIDEO_PT,
    Camera,
    Microphone,
    Viewer,
    audio_spec,
    video_spec,
    vp8_payload,
)


def video() -> Encoding:
    return Publisher(video_spec(), Viewer()).encodings[0]


def admitted(encoding: Encoding, packets: list[bytes], now: float = 1.0) -> list[int]:
    taken = [encoding.admit(data, now) for data in packets]
    return [media.seq & 0xFFFF for media in taken if media is not None]


@given(order=st.lists(st.integers(0, 199), max_size=400))
def test_each_number_is_admitted_once_at_most(order: list[int]) -> None:
    packets = list(Camera(seq=65_500).frames(200, packets=1, size=4))
    encoding = video()
    got = admitted(encoding, [packets[n] for n in order])
    assert len(got) == len(set(got))
    assert encoding.dropped == len(order) - len(got)


def test_late_ones_are_admitted_within_the_history() -> None:
    packets = list(Camera(seq=10).frames(VIDEO_HISTORY + 2, packets=1, size=4))
    encoding = video()
    admitted(encoding, [packets[0]])
    admitted(encoding, [packets[-1]])
    assert admitted(encoding, [packets[1]]) == []
    assert admitted(encoding, [packets[2]]) == [12]
    assert admitted(encoding, [packets[2]]) == []


def has_begun(encoding: Encoding) -> bool:
    """Asked anew each time: for mypy a property does not change by itself."""
    return encoding.began


def test_a_wild_jump_needs_proof() -> None:
    """RFC 3550, A.1: one packet from nowhere changes nothing, two in a row are a sender that began anew."""
    camera = Camera(seq=10)
    encoding = video()
    admitted(encoding, camera.frame())
    encoding.restart()
    camera.seq = 10 + MAX_DROPOUT + 100
    jumped = camera.frame(keyframe=True, packets=3)
    assert admitted(encoding, jumped[:1]) == []
    before = encoding.highest
    assert before & 0xFFFF == 11
    assert not has_begun(encoding)
    assert len(admitted(encoding, jumped[1:])) == 2
    assert has_begun(encoding)
    assert encoding.highest > before + 0x1_0000


def test_a_new_ssrc_and_a_clock_that_goes_back_begin_anew() -> None:
    camera = Camera()
    encoding = video()
    admitted(encoding, camera.frame())
    beginnings = [encoding.highest >> 16]
    camera.ssrc = 9
    admitted(encoding, camera.frame())
    assert encoding.ssrc == 9
    beginnings.append(encoding.highest >> 16)
    encoding.restart()
    camera.timestamp -= 900_000
    admitted(encoding, camera.frame())
    beginnings.append(encoding.highest >> 16)
    assert beginnings == [1, 3, 5]
    assert encoding.began


def test_a_retransmission_fills_its_gap_as_the_original() -> None:
    """RFC 4588: the packet that came by RTX is, byte for byte, the one that was lost."""
    first, second, third = Camera(seq=65_534).frame(packets=3)
    encoding = video()
    admitted(encoding, [first, third])
    assert encoding.missing.due(2.0) == [(encoding.highest - 1)]
    start, _ = packet.bounds(second)
    rtx = bytes((second[0], (second[1] & 0x80) | RTX_PT)) + b"\x00\x07" + second[4:8] + b"rtx!"
    media = encoding.admit(rtx + second[12:start] + original_number(65_535) + second[start:], 2.0)
    assert media is not None
    assert media.packet == second
    assert len(encoding.missing) == 0
    assert admitted(encoding, [second]) == []


def test_padding_over_rtx_is_dropped() -> None:
    encoding = video()
    probe = packet.build(payload_type=RTX_PT, sequence_number=1, timestamp=0, ssrc=5, payload=b"")
    assert encoding.admit(probe, 1.0) is None
    assert encoding.ssrc is None


def test_foreign_payload_types_are_dropped_and_torn_payloads_are_bad() -> None:
    encoding = video()
    data = bytearray(Camera().frame()[0])
    data[1] = 100
    assert encoding.admit(bytes(data), 1.0) is None
    torn = packet.build(payload_type=VIDEO_PT, sequence_number=1, timestamp=0, ssrc=5, payload=b"\x90\x80")
    with pytest.raises(BadPacket):
        encoding.admit(torn, 1.0)
    assert encoding.highest == -1


def test_padding_only_packets_keep_their_number() -> None:
    """A browser without rtx probes with them; dropped they would look like a loss to every viewer."""
    encoding = video()
    padded = packet.build(payload_type=VIDEO_PT, sequence_number=1, timestamp=0, ssrc=5, payload=b"\0\0\x03")
    media = encoding.admit(bytes((padded[0] | 0x20,)) + padded[1:], 1.0)
    assert media is not None
    assert media.payload == b""
    assert media.vp8 is None


def test_level_and_orientation_are_read() -> None:
    microphone = Publisher(audio_spec(), Viewer()).encodings[0]
    voice = Microphone().packet(level=33)
    media = microphone.admit(voice, 1.0, extensions.read(voice, IN_IDS))
    assert media is not None
    assert media.level == 33
    turned = packet.build(
        payload_type=VIDEO_PT,
        sequence_number=1,
        timestamp=0,
        ssrc=5,
        payload=vp8_payload(b"", start=True, keyframe=True),
        extension=extensions.build([(IN_IDS.video_orientation, b"\x01")]),
    )
    media = video().admit(turned, 1.0, extensions.read(turned, IN_IDS))
    assert media is not None
    assert (media.level, media.orientation) == (-1, 1)


def test_the_cache_serves_a_key_frame_that_is_near_and_fresh() -> None:
    camera = Camera()
    encoding = video()
    admitted(encoding, camera.frame())
    assert encoding.history.since_keyframe(1.0) == []
    admitted(encoding, [*camera.frame(keyframe=True), *camera.frame()])
    burst = encoding.history.since_keyframe(1.5)
    assert len(burst) == 4
    assert burst[0].starts_keyframe
    assert encoding.history.since_keyframe(2.5) == []
    admitted(encoding, camera.frame(packets=MAX_BURST_PACKETS))
    assert encoding.history.since_keyframe(1.5) == []
