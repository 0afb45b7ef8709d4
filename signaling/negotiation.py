"""Decides what of an offer the hub takes, and writes the answer from its own templates.

Payload types and extension numbers are taken as the client offered them: every connection has its own, so the
router rewrites both.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hub.errors import Refusal
from signaling import codecs
from signaling.codecs import AcceptedCodec, Direction
from signaling.sdp import Extension, Fingerprint, IceCredentials, Offer, OfferedMedia

__all__ = ["AcceptedCodec", "AcceptedMedia", "Direction", "Local", "Plan", "Via"]

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
VIDEO_ORIENTATION = "urn:3gpp:video-orientation"

# Never the dependency descriptor: with it Chromium strips the picture ids from VP8, and nothing could be
# rewritten any more.
_EXTENSIONS: dict[str, tuple[str, ...]] = {
    "audio": (MID, AUDIO_LEVEL, ABS_SEND_TIME, TRANSPORT_CC),
    "video": (MID, RID, REPAIRED_RID, ABS_SEND_TIME, TRANSPORT_CC, VIDEO_ORIENTATION),
}
# What only a publisher says: where a stream belongs, numbers for the hub's transport-wide feedback. A slot
# is known by its SSRC, which the answer names, and so all who look at a source get the same bytes.
_FROM_PUBLISHERS = (MID, RID, REPAIRED_RID, TRANSPORT_CC)
ENCODINGS_MAX = 3

Addresses = tuple[tuple[str, int], ...]


Via = Literal["all", "udp", "tcp"]
"""By which transport the client shall come; the self-check tries each alone."""


@dataclass(frozen=True, slots=True)
class AcceptedMedia:
    """One m-line that will carry media.

    ``codecs``: by name; a publisher has one, a slot all that its client can show. ``rids``: the encodings of
    a publisher, the smallest first as far as the offer tells; () when it sends one without a name.
    ``ssrcs`` and ``repairs`` are the client's on a publish connection. On a subscribe connection ``ssrc`` and
    ``repair_ssrc`` are the hub's: they stay the same for as long as the connection lives, whoever is shown.
    """

    kind: str
    mid: str
    codecs: Mapping[str, AcceptedCodec]
    extensions: Mapping[str, int]
    rids: tuple[str, ...] = ()
    ssrcs: tuple[int, ...] = ()
    repairs: Mapping[int, int] = field(default_factory=dict)
    ssrc: int = 0
    repair_ssrc: int = 0

    @property
    def codec(self) -> AcceptedCodec:
        """The one of a publisher; of a slot the one its client likes best."""
        return next(iter(self.codecs.values()))


@dataclass(frozen=True, slots=True)
class Local:
    """The hub's side of one connection, as it is written into an answer. ``via`` leaves the others out."""

    ice: IceCredentials
    fingerprints: tuple[Fingerprint, ...]
    addresses: Addresses
    session_number: int
    version: int
    tcp_addresses: Addresses = ()
    via: Via = "all"

    @property
    def default(self) -> tuple[str, int]:
        """What the c= and m= lines name (RFC 8839, 4.2.1.2: with no candidate the port is 9)."""
        udp = () if self.via == "tcp" else self.addresses
        tcp = () if self.via == "udp" else self.tcp_addresses
        return next(iter((*udp, *tcp)), ("0.0.0.0", 9))

    def candidates(self) -> list[str]:
        return _candidates(self.addresses, self.tcp_addresses, self.via)


Plan = tuple[AcceptedMedia | None, ...]
Codecs = Mapping[str, AcceptedCodec]


def plan_publish(offer: Offer) -> Plan:
    """The m-lines on which the client sends; refuses with ``media.no_common_codec``."""
    return _plan(offer, Direction.PUBLISH, _accept_sending)


def plan_subscribe(offer: Offer, ssrc_of: Callable[[str], int]) -> Plan:
    """The m-lines on which the client receives. ``ssrc_of`` gives each mid its SSRC; repairs use the next."""
    return _plan(
        offer, Direction.SUBSCRIBE, lambda media, taken: _accept_slot(media, taken, ssrc_of(media.mid))
    )


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


def write_fragment(
    mid: str,
    ice: IceCredentials,
    addresses: Addresses,
    tcp_addresses: Addresses = (),
) -> str:
    """The answer to an ICE restart (RFC 8840, 9): the hub's new credentials and its candidates."""
    lines = [
        "a=ice-lite",
        "m=audio 9 UDP/TLS/RTP/SAVPF 0",
        f"a=mid:{mid}",
        f"a=ice-ufrag:{ice.ufrag}",
        f"a=ice-pwd:{ice.pwd}",
        *_candidates(addresses, tcp_addresses, "all"),
    ]
    return "\r\n".join(lines) + "\r\n"


# --- what is taken ------------------------------------------------------------------------------


def _plan(
    offer: Offer, direction: Direction, accept: Callable[[OfferedMedia, Codecs], AcceptedMedia]
) -> Plan:
    plan: list[AcceptedMedia | None] = []
    wanted = 0
    for media in offer.media:
        if not _usable(offer, media, direction, carried=any(plan)):
            plan.append(None)
            continue
        wanted += 1
        if not media.rtcp_mux:
            raise Refusal("media.bad_sdp", reason="rtcp-mux is needed")  # RFC 8834, 4.5
        taken = codecs.choose(media, direction)
        if not taken:
            # Half a venue (sound without picture) would go unnoticed for too long, so all or nothing.
            would_do = list(codecs.WOULD_DO[media.kind])
            raise Refusal("media.no_common_codec", mid=media.mid, kind=media.kind, would_do=would_do)
        plan.append(accept(media, taken))
    if not wanted:
        raise Refusal("media.bad_sdp", reason=f"no m-line to {direction}")
    return tuple(plan)


def _usable(offer: Offer, media: OfferedMedia, direction: Direction, *, carried: bool) -> bool:
    if media.kind not in _EXTENSIONS or media.rejected or media.protocol != "UDP/TLS/RTP/SAVPF":
        return False
    ways = ("sendonly", "sendrecv") if direction is Direction.PUBLISH else ("recvonly", "sendrecv")
    if media.direction not in ways:
        return False
    # There is one transport: without BUNDLE only the first m-line has a place on it.
    return media.mid in offer.bundle if offer.bundle else not carried


def _accept_sending(media: OfferedMedia, taken: Codecs) -> AcceptedMedia:
    codec = next(iter(taken.values()))
    extensions = _accepted_extensions(media, ("sendrecv", "sendonly"))
    if codecs.TRANSPORT_CC not in codec.feedback:
        extensions.pop(TRANSPORT_CC, None)
    return AcceptedMedia(
        kind=media.kind,
        mid=media.mid,
        codecs=taken,
        extensions=extensions,
        rids=_rids(media, codec) if RID in extensions else (),
        ssrcs=media.ssrcs,
        repairs=media.repairs,
    )


def _accept_slot(media: OfferedMedia, taken: Codecs, ssrc: int) -> AcceptedMedia:
    extensions = _accepted_extensions(media, ("sendrecv", "recvonly"))
    repairs = any(codec.repair_payload_type is not None for codec in taken.values())
    return AcceptedMedia(
        kind=media.kind,
        mid=media.mid,
        codecs=taken,
        extensions={uri: number for uri, number in extensions.items() if uri not in _FROM_PUBLISHERS},
        ssrc=ssrc,
        repair_ssrc=ssrc + 1 if repairs else 0,
    )


def _rids(media: OfferedMedia, codec: AcceptedCodec) -> tuple[str, ...]:
    """The encodings in the taken codec. Browsers name the smallest first; sizes, where said, decide."""
    fitting = [one for one in media.rids if not one.payload_types or codec.payload_type in one.payload_types]
    if all(one.max_pixels for one in fitting):
        fitting.sort(key=lambda one: one.max_pixels)
    return tuple(one.name for one in fitting[:ENCODINGS_MAX])


def _accepted_extensions(media: OfferedMedia, ways: tuple[str, ...]) -> dict[str, int]:
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
    host, port = local.default
    payload_types: list[int] = []
    for codec in accepted.codecs.values():
        payload_types.append(codec.payload_type)
        if codec.repair_payload_type is not None:
            payload_types.append(codec.repair_payload_type)
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
        *(line for codec in accepted.codecs.values() for line in codec.lines()),
        *_simulcast_lines(accepted),
        *(_ssrc_lines(accepted, stream) if subscribes else []),
    ]


def _transport(local: Local) -> list[str]:
    return [
        f"a=ice-ufrag:{local.ice.ufrag}",
        f"a=ice-pwd:{local.ice.pwd}",
        *(f"a=fingerprint:{one.algorithm} {one.value}" for one in local.fingerprints),
        "a=setup:passive",
        *local.candidates(),
    ]


def _candidates(udp: Addresses, tcp: Addresses, via: Via) -> list[str]:
    """UDP first, and above TCP: over TCP one lost packet holds up all that follow."""
    lines = []
    if via != "tcp":
        lines += [_udp_candidate(rank, *address) for rank, address in enumerate(udp)]
    if via != "udp":
        lines += [_tcp_candidate(len(udp), rank, *address) for rank, address in enumerate(tcp)]
    return [*lines, "a=end-of-candidates"]


def _udp_candidate(rank: int, host: str, port: int) -> str:
    # RFC 8445, 5.1.2.1: type preference of a host candidate, then our order of addresses, then RTP.
    priority = (126 << 24) | ((65535 - rank) << 8) | 255
    return f"a=candidate:{rank + 1} 1 udp {priority} {host} {port} typ host"


def _tcp_candidate(above: int, rank: int, host: str, port: int) -> str:
    # RFC 6544, 4.2: a lower type preference than UDP's; in the local one the three bits of a passive host
    # candidate are 4, then comes our order.
    priority = (90 << 24) | ((4 << 13 | (8191 - rank)) << 8) | 255
    return f"a=candidate:{above + rank + 1} 1 tcp {priority} {host} {port} typ host tcptype passive"


def _simulcast_lines(accepted: AcceptedMedia) -> list[str]:
    """RFC 8853, 5.3: what the answer leaves out is not sent."""
    if not accepted.rids:
        return []
    return [*(f"a=rid:{rid} recv" for rid in accepted.rids), f"a=simulcast:recv {';'.join(accepted.rids)}"]


def _ssrc_lines(accepted: AcceptedMedia, stream: str) -> list[str]:
    ssrcs = [accepted.ssrc, *([accepted.repair_ssrc] if accepted.repair_ssrc else [])]
    group = [f"a=ssrc-group:FID {accepted.ssrc} {accepted.repair_ssrc}"] if accepted.repair_ssrc else []
    lines = [*group]
    for ssrc in ssrcs:
        lines += [f"a=ssrc:{ssrc} cname:{stream}", f"a=ssrc:{ssrc} msid:{stream} {accepted.mid}"]
    return lines
