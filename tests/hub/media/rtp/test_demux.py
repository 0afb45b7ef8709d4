"""First bytes."""

from __future__ import annotations

import pytest

from hub.media.rtp.demux import is_dtls, is_media, is_rtcp, is_stun


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (0, "stun"),
        (3, "stun"),
        (4, ""),
        (19, ""),
        (20, "dtls"),
        (63, "dtls"),
        (64, ""),
        (127, ""),
        (128, "media"),
        (191, "media"),
        (192, ""),
        (255, ""),
    ],
)
def test_the_first_byte_tells(first: int, kind: str) -> None:
    datagram = bytes((first,))
    found = {"stun": is_stun(datagram), "dtls": is_dtls(datagram), "media": is_media(datagram)}
    assert [name for name, is_it in found.items() if is_it] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("packet", "control"),
    [
        (b"\x80\x60", False),
        (b"\x90\xe0", False),  # marker and payload type 96
        (b"\x80\xbf", False),
        (b"\x80\xc0", True),
        (b"\x80\xc8", True),
        (b"\xbf\xdf", True),
    ],
)
def test_the_second_byte_tells_media_from_its_reports(packet: bytes, control: bool) -> None:
    assert is_rtcp(packet) is control
