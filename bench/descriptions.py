"""The session descriptions of the synthetic peers: m-lines as a browser would offer them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bench.peers import Peer

VP8, RTX, OPUS = 96, 97, 111
_MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
_ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
_FEEDBACK = ("nack", "nack pli", "goog-remb")


class Line(NamedTuple):
    """One m-line: what is sent there under ``ssrc``, or received when that is 0."""

    kind: str  # "audio" | "video"
    ssrc: int = 0


class _Formats(NamedTuple):
    """The payload types of one m-line: its codec's, and that of retransmissions."""

    codec: int
    rtx: int | None


def offer(peer: Peer, lines: Sequence[Line]) -> str:
    """All lines of one transport; the extensions under the numbers that Chromium likes."""
    mids = [str(number) for number in range(len(lines))]
    text = _head(mids)
    for mid, line in zip(mids, lines, strict=True):
        formats = _Formats(VP8, RTX) if line.kind == "video" else _Formats(OPUS, None)
        text += _section(peer, "actpass", "sendonly" if line.ssrc else "recvonly", mid, line.kind, formats)
        text += [f"a=extmap:4 {_MID}", f"a=extmap:2 {_ABS_SEND_TIME}"]
        if line.ssrc:
            text += [f"a=ssrc:{line.ssrc} cname:bench", f"a=ssrc:{line.ssrc} msid:bench {line.kind}"]
    return "\r\n".join(text) + "\r\n"


def answer(peer: Peer, offered: str) -> str:
    """To a server that offers (Janus, for subscribers): its own numbers back, the same extensions."""
    sections = ["m=" + section for section in re.split(r"(?m)^m=", offered)[1:]]
    text = _head([_value(section, r"a=mid:(\S+)") for section in sections])
    for section in sections:
        kind = _value(section, r"m=(\S+)")
        name = "VP8/90000" if kind == "video" else "opus/48000/2"
        codec = int(_value(section, rf"a=rtpmap:(\d+) {name}"))
        rtx = re.search(rf"a=fmtp:(\d+) apt={codec}\b", section)
        formats = _Formats(codec, int(rtx.group(1)) if rtx else None)
        text += _section(peer, "active", "recvonly", _value(section, r"a=mid:(\S+)"), kind, formats)
        text += [
            line
            for line in section.splitlines()
            if line.startswith("a=extmap:") and line.rstrip().endswith((_MID, _ABS_SEND_TIME))
        ]
    return "\r\n".join(text) + "\r\n"


def _value(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"no {pattern} in the description")
    return found.group(1)


def _head(mids: list[str]) -> list[str]:
    return [
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        f"a=group:BUNDLE {' '.join(mids)}",
        "a=msid-semantic: WMS *",
    ]


def _section(peer: Peer, setup: str, direction: str, mid: str, kind: str, formats: _Formats) -> list[str]:
    codec, rtx = formats
    coded = (
        [f"a=rtpmap:{codec} VP8/90000", *(f"a=rtcp-fb:{codec} {way}" for way in _FEEDBACK)]
        if kind == "video"
        else [f"a=rtpmap:{codec} opus/48000/2", f"a=fmtp:{codec} minptime=10;useinbandfec=1"]
    )
    repair = [f"a=rtpmap:{rtx} rtx/90000", f"a=fmtp:{rtx} apt={codec}"] if rtx is not None else []
    return [
        f"m={kind} 9 UDP/TLS/RTP/SAVPF {codec}" + (f" {rtx}" if rtx is not None else ""),
        "c=IN IP4 127.0.0.1",
        f"a=ice-ufrag:{peer.ufrag}",
        f"a=ice-pwd:{peer.pwd}",
        f"a=fingerprint:sha-256 {peer.fingerprint}",
        f"a=setup:{setup}",
        f"a=mid:{mid}",
        f"a={direction}",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        *coded,
        *repair,
    ]
