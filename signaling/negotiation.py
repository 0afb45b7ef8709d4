"""Decides what of an offer the hub takes, and writes the answer from its own templates.

The hub forwards VP8 and Opus only, and takes payload types and extension numbers as the client offered
them: every connection has its own, so the router rewrites both.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hub.errors import Refusal
from signaling.sdp import Codec, Extension, Fingerprint, IceCredentials, Offer, OfferedMedia

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
VIDEO_ORIENTATION = "urn:3gpp:video-orientation"

# Never the dependency descriptor: with it Chromium strips the picture ids from VP8, and nothing could be
# rewritten any more. Transport-wide congestion control follows with simulcast.
_EXTENSIONS: dict[str, tuple[str, ...]] = {
    "audio": (MID, AUDIO_LEVEL, ABS_SEND_TIME),
    "video": (MID, ABS_SEND_TIME, VIDEO_ORIENTATION),
}
_CODECS: dict[str, tuple[str, int]] = {"audio": ("opus", 48_000), "video": ("vp8", 90_000)}
_RTPMAPS: dict[str, str] = {"audio": "opus/48000/2", "video": "VP8/90000"}
_FEEDBACK: dict[str, tuple[str, ...]] = {
    "audio": (),
    "video": ("nack", "nack pli", "ccm fir", "goog-remb"),
}
_OPUS_PARAMETERS = "minptime=10;useinbandfec=1"
# Chromium begins at 300 kbit/s unless told otherwise, and keeps the small picture it then chose for long.
_PUBLISH_PARAMETERS = {"audio": _OPUS_PARAMETERS, "video": "x-google-start-bitrate=2500"}
_SUBSCRIBE_PARAMETERS = {"audio": _OPUS_PARAMETERS, "video": ""}


class Direction(StrEnum):
    """What a connection is for, seen from the client."""

    PUBLISH = "publish"
    SUBSCRIBE = "subscribe"


@dataclass(frozen=True, slots=True)
class AcceptedMedia:
    """One m-line that will carry media.

    ``ssrcs`` and ``repairs`` are the client's on a publish connection. On a subscribe connection ``ssrc`` and
    ``repair_ssrc`` are the hub's: they stay the same for as long as the connection lives, whoever is shown.
    """

    kind: str
    mid: str
    payload_type: int
    repair_payload_type: int | None
    feedback: tuple[str, ...]
    extensions: Mapping[str, int]
    ssrcs: tuple[int, ...] = ()
    repairs: Mapping[int, int] | None = None
    ssrc: int = 0
    repair_ssrc: int = 0


@dataclass(frozen=True, slots=True)
class Local:
    """The hub's side of one connection, as it is written into an answer."""

    ice: IceCredentials
    fingerprints: tuple[Fingerprint, ...]
    addresses: tuple[tuple[str, int], ...]
    session_number: int
    version: int


Plan = tuple[AcceptedMedia | None, ...]


def plan_publish(offer: Offer) -> Plan:
    """The m-lines on which the client sends; refuses with ``media.no_common_codec``."""
    return _plan(offer, Direction.PUBLISH, lambda mid: 0)


def plan_subscribe(offer: Offer, ssrc_of: Callable[[str], int]) -> Plan:
    """The m-lines on which the client receives. ``ssrc_of`` gives each mid its SSRC; repairs use the next."""
    return _plan(offer, Direction.SUBSCRIBE, ssrc_of)


def write_answer(offer: Offer, plan: Plan, direction: Direction, local: Local) -> str:
    """The answer to ``offer``: ICE-lite, DTLS passive, everything on one transport."""
    mids = [one.mid for one in plan if one is not None]
    lines = [
        "v=0",
        f"o=- {local.session_number} {local.version} IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        *([f"a=group:BUNDLE {' '.join(mids)}"] if offer.bundle else []),
        *(["a=extmap-allow-mixed"] if offer.mixed_extensions else []),
        "a=msid-semantic: WMS *",
    ]
    for offered, accepted in zip(offer.media, plan, strict=True):
        if accepted is None:
            lines += _rejected(offered)
        else:
            lines += _accepted(offered, accepted, direction, local, _stream_of(accepted, plan))
    return "\r\n".join(lines) + "\r\n"


def write_fragment(mid: str, ice: IceCredentials, addresses: tuple[tuple[str, int], ...]) -> str:
    """The answer to an ICE restart (RFC 8840, 9): the hub's new credentials and its candidates."""
    lines = [
        "a=ice-lite",
        "m=audio 9 UDP/TLS/RTP/SAVPF 0",
        f"a=mid:{mid}",
        f"a=ice-ufrag:{ice.ufrag}",
        f"a=ice-pwd:{ice.pwd}",
        *(_candidate(rank, host, port) for rank, (host, port) in enumerate(addresses)),
        "a=end-of-candidates",
    ]
    return "\r\n".join(lines) + "\r\n"


# --- what is taken ------------------------------------------------------------------------------


def _plan(offer: Offer, direction: Direction, ssrc_of: Callable[[str], int]) -> Plan:
    plan: list[AcceptedMedia | None] = []
    wanted = 0
    for media in offer.media:
        if not _usable(offer, media, direction, carried=any(plan)):
            plan.append(None)
            continue
        wanted += 1
        if not media.rtcp_mux:
            raise Refusal("media.bad_sdp", reason="rtcp-mux is needed")  # RFC 8834, 4.5
        codec = _common_codec(media)
        if codec is None:
            # Half a venue (sound without picture) would go unnoticed for too long, so all or nothing.
            raise Refusal("media.no_common_codec", mid=media.mid, kind=media.kind)
        plan.append(_accept(media, codec, direction, ssrc_of(media.mid)))
    if not wanted:
        raise Refusal("media.bad_sdp", reason=f"no m-line to {direction}")
    return tuple(plan)


def _usable(offer: Offer, media: OfferedMedia, direction: Direction, *, carried: bool) -> bool:
    if media.kind not in _CODECS or media.rejected or media.protocol != "UDP/TLS/RTP/SAVPF":
        return False
    ways = ("sendonly", "sendrecv") if direction is Direction.PUBLISH else ("recvonly", "sendrecv")
    if media.direction not in ways:
        return False
    # There is one transport: without BUNDLE only the first m-line has a place on it.
    return media.mid in offer.bundle if offer.bundle else not carried


def _common_codec(media: OfferedMedia) -> Codec | None:
    name, rate = _CODECS[media.kind]
    return next((codec for codec in media.codecs if (codec.name, codec.clock_rate) == (name, rate)), None)


def _accept(media: OfferedMedia, codec: Codec, direction: Direction, ssrc: int) -> AcceptedMedia:
    repair = next((one for one in media.codecs if one.name == "rtx" and one.apt == codec.payload_type), None)
    subscribes = direction is Direction.SUBSCRIBE
    return AcceptedMedia(
        kind=media.kind,
        mid=media.mid,
        payload_type=codec.payload_type,
        repair_payload_type=repair.payload_type if repair else None,
        feedback=tuple(kind for kind in _FEEDBACK[media.kind] if kind in codec.feedback),
        extensions=_accepted_extensions(media, direction),
        ssrcs=() if subscribes else media.ssrcs,
        repairs={} if subscribes else media.repairs,
        ssrc=ssrc if subscribes else 0,
        repair_ssrc=ssrc + 1 if subscribes and repair else 0,
    )


def _accepted_extensions(media: OfferedMedia, direction: Direction) -> dict[str, int]:
    ways = ("sendrecv", "sendonly" if direction is Direction.PUBLISH else "recvonly")
    return {one.uri: one.number for one in media.extensions if _takes(one, media.kind, ways)}


def _takes(extension: Extension, kind: str, ways: tuple[str, ...]) -> bool:
    # RFC 8285, 4.2: one-byte headers number 1 to 14; the hub writes no other kind.
    return extension.uri in _EXTENSIONS[kind] and 1 <= extension.number <= 14 and extension.direction in ways


def _stream_of(accepted: AcceptedMedia, plan: Plan) -> str:
    """The msid stream: one sound and one picture belong together, in larger pools each slot is its own."""
    kinds = [one.kind for one in plan if one is not None]
    return "venue" if sorted(kinds) == ["audio", "video"] else f"slot-{accepted.mid}"


# --- how it is written --------------------------------------------------------------------------


def _rejected(offered: OfferedMedia) -> list[str]:
    return [
        f"m={offered.kind} 0 {offered.protocol} {offered.formats}",
        "c=IN IP4 0.0.0.0",
        "a=inactive",
        f"a=mid:{offered.mid}",
    ]


def _accepted(
    offered: OfferedMedia, accepted: AcceptedMedia, direction: Direction, local: Local, stream: str
) -> list[str]:
    host, port = local.addresses[0]
    payload_types = [accepted.payload_type]
    if accepted.repair_payload_type is not None:
        payload_types.append(accepted.repair_payload_type)
    subscribes = direction is Direction.SUBSCRIBE
    return [
        f"m={offered.kind} {port} {offered.protocol} {' '.join(map(str, payload_types))}",
        f"c=IN IP{ipaddress.ip_address(host).version} {host}",
        f"a=rtcp:{port} IN IP{ipaddress.ip_address(host).version} {host}",
        *_transport(local),
        f"a=mid:{accepted.mid}",
        *(f"a=extmap:{number} {uri}" for uri, number in accepted.extensions.items()),
        "a=sendonly" if subscribes else "a=recvonly",
        *([f"a=msid:{stream} {accepted.mid}"] if subscribes else []),
        "a=rtcp-mux",
        *(["a=rtcp-rsize"] if offered.rtcp_rsize else []),
        *_codec_lines(accepted, _SUBSCRIBE_PARAMETERS if subscribes else _PUBLISH_PARAMETERS),
        *(_ssrc_lines(accepted, stream) if subscribes else []),
    ]


def _transport(local: Local) -> list[str]:
    return [
        f"a=ice-ufrag:{local.ice.ufrag}",
        f"a=ice-pwd:{local.ice.pwd}",
        *(f"a=fingerprint:{one.algorithm} {one.value}" for one in local.fingerprints),
        "a=setup:passive",
        *(_candidate(rank, host, port) for rank, (host, port) in enumerate(local.addresses)),
        "a=end-of-candidates",
    ]


def _candidate(rank: int, host: str, port: int) -> str:
    # RFC 8445, 5.1.2.1: type preference of a host candidate, then our order of addresses, then RTP.
    priority = (126 << 24) | ((65535 - rank) << 8) | 255
    return f"a=candidate:{rank + 1} 1 udp {priority} {host} {port} typ host"


def _codec_lines(accepted: AcceptedMedia, parameters: Mapping[str, str]) -> list[str]:
    payload_type = accepted.payload_type
    lines = [f"a=rtpmap:{payload_type} {_RTPMAPS[accepted.kind]}"]
    lines += [f"a=rtcp-fb:{payload_type} {kind}" for kind in accepted.feedback]
    if parameters[accepted.kind]:
        lines.append(f"a=fmtp:{payload_type} {parameters[accepted.kind]}")
    if accepted.repair_payload_type is not None:
        lines.append(f"a=rtpmap:{accepted.repair_payload_type} rtx/90000")
        lines.append(f"a=fmtp:{accepted.repair_payload_type} apt={payload_type}")
    return lines


def _ssrc_lines(accepted: AcceptedMedia, stream: str) -> list[str]:
    ssrcs = [accepted.ssrc, *([accepted.repair_ssrc] if accepted.repair_ssrc else [])]
    group = [f"a=ssrc-group:FID {accepted.ssrc} {accepted.repair_ssrc}"] if accepted.repair_ssrc else []
    lines = [*group]
    for ssrc in ssrcs:
        lines += [f"a=ssrc:{ssrc} cname:{stream}", f"a=ssrc:{ssrc} msid:{stream} {accepted.mid}"]
    return lines
