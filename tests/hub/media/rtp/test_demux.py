"""First bytes."""

from __future__ import annotations

import pytest

from hub.media.rtp.demux import Kind, kind_of


@pytest.mark.parametrize(
    ("datagram", "kind"),
    [
        (b"\x00\x01rest", Kind.STUN),
        (b"\x03\x01", Kind.STUN),
        (b"\x04\x01", Kind.UNKNOWN),
        (b"\x13\x01", Kind.UNKNOWN),
        (b"\x14\xfe\xfd", Kind.DTLS),
        (b"\x3f\x00", Kind.DTLS),
        (b"\x40\x00", Kind.UNKNOWN),
        (b"\x80\x60", Kind.RTP),
        (b"\x90\xe0", Kind.RTP),  # marker and payload type 96
        (b"\x80\xc8", Kind.RTCP),
        (b"\xbf\xdf", Kind.RTCP),
        (b"\xc0\x00", Kind.UNKNOWN),
        (b"\x80", Kind.UNKNOWN),
        (b"", Kind.UNKNOWN),
    ],
)
def test_the_first_byte_tells(datagram: bytes, kind: Kind) -> None:
    assert kind_of(datagram) is kind
