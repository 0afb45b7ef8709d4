"""The session descriptions of the synthetic peers: one video m-line, as a browser would offer it."""

from __future__ import annotations

import re

from bench.peers import Peer

PUBLISH_SSRC = 0x1234_5678
VP8, RTX = 96, 97
_MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
_ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"


def offer(peer: Peer, *, sends: bool) -> str:
    lines = [
        *_head(peer, "actpass", "sendonly" if sends else "recvonly", "0", VP8, RTX),
        f"a=extmap:4 {_MID}",
        f"a=extmap:2 {_ABS_SEND_TIME}",
    ]
    if sends:
        lines += [f"a=ssrc:{PUBLISH_SSRC} cname:bench", f"a=ssrc:{PUBLISH_SSRC} msid:bench video"]
    return "\r\n".join(lines) + "\r\n"


def answer(peer: Peer, offered: str) -> str:
    """To a server that offers (Janus, for subscribers): its own numbers back, the same extensions."""
    mid = re.search(r"a=mid:(\S+)", offered)
    vp8 = re.search(r"a=rtpmap:(\d+) VP8/90000", offered)
    assert mid is not None
    assert vp8 is not None
    rtx = re.search(rf"a=fmtp:(\d+) apt={vp8.group(1)}\b", offered)
    extensions = [
        line
        for line in offered.splitlines()
        if line.startswith("a=extmap:") and line.rstrip().endswith((_MID, _ABS_SEND_TIME))
    ]
    payload_types = int(vp8.group(1)), int(rtx.group(1)) if rtx else None
    head = _head(peer, "active", "recvonly", mid.group(1), *payload_types)
    return "\r\n".join([*head, *extensions]) + "\r\n"


def _head(peer: Peer, setup: str, direction: str, mid: str, vp8: int, rtx: int | None) -> list[str]:
    formats = f"{vp8} {rtx}" if rtx is not None else str(vp8)
    repair = [f"a=rtpmap:{rtx} rtx/90000", f"a=fmtp:{rtx} apt={vp8}"] if rtx is not None else []
    return [
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        f"a=group:BUNDLE {mid}",
        "a=msid-semantic: WMS *",
        f"m=video 9 UDP/TLS/RTP/SAVPF {formats}",
        "c=IN IP4 127.0.0.1",
        f"a=ice-ufrag:{peer.ufrag}",
        f"a=ice-pwd:{peer.pwd}",
        f"a=fingerprint:sha-256 {peer.fingerprint}",
        f"a=setup:{setup}",
        f"a=mid:{mid}",
        f"a={direction}",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        f"a=rtpmap:{vp8} VP8/90000",
        f"a=rtcp-fb:{vp8} nack",
        f"a=rtcp-fb:{vp8} nack pli",
        f"a=rtcp-fb:{vp8} goog-remb",
        *repair,
    ]
