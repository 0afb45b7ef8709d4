"""Offers that Chromium and aiortc really wrote, kept as samples, and small changes to them."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
CHROMIUM_PUBLISH = "chromium-156-publish"
CHROMIUM_SIMULCAST = "chromium-156-simulcast"
CHROMIUM_SUBSCRIBE = "chromium-156-subscribe"
AIORTC_PUBLISH = "aiortc-1.16-publish"
AIORTC_SUBSCRIBE = "aiortc-1.16-subscribe"


def offer(name: str) -> str:
    return (SAMPLES / f"{name}.sdp").read_bytes().decode()


def without(text: str, prefix: str) -> str:
    """Leave out every line that begins with ``prefix``."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(prefix))


def first_sections(text: str, count: int) -> str:
    """The session part and the first ``count`` m-lines, with the bundle cut down to them."""
    head, *sections = text.split("\r\nm=")
    mids = " ".join(str(number) for number in range(count))
    lines = [f"a=group:BUNDLE {mids}" if line.startswith("a=group") else line for line in head.split("\r\n")]
    return "\r\nm=".join(["\r\n".join(lines), *sections[:count]]).rstrip("\r\n") + "\r\n"


def hardware_encoder() -> str:
    """As a studio program with a hardware encoder asks by WHIP: what belongs to the transport once, in front,
    no header extension, no retransmissions, H.264 alone."""
    return "\r\n".join(
        [
            "v=0",
            "o=rtc 2935741092 0 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0 1",
            "a=group:LS 0 1",
            "a=msid-semantic:WMS *",
            "a=setup:actpass",
            "a=ice-ufrag:CsxzEWmo",
            "a=ice-pwd:j9HyaFNs0iiEpZNqDLu5gYVD",
            "a=ice-options:trickle",
            "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "c=IN IP4 0.0.0.0",
            "a=mid:0",
            "a=sendonly",
            "a=ssrc:1355 cname:studio",
            "a=rtcp-mux",
            "a=rtpmap:111 opus/48000/2",
            "a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1",
            "m=video 9 UDP/TLS/RTP/SAVPF 96",
            "c=IN IP4 0.0.0.0",
            "a=mid:1",
            "a=sendonly",
            "a=ssrc:1356 cname:studio",
            "a=rtcp-mux",
            "a=rtpmap:96 H264/90000",
            "a=rtcp-fb:96 nack",
            "a=rtcp-fb:96 nack pli",
            "a=rtcp-fb:96 goog-remb",
            "a=fmtp:96 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1",
            "",
        ]
    )
