"""What the hub takes of an offer, and that clients can read the answer."""

from __future__ import annotations

import dataclasses
import itertools
import re

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import Refusal
from signaling import codecs
from signaling.negotiation import (
    ABS_SEND_TIME,
    AUDIO_LEVEL,
    MID,
    REPAIRED_RID,
    RID,
    TRANSPORT_CC,
    VIDEO_ORIENTATION,
    AcceptedMedia,
    Direction,
    Local,
    Plan,
    Via,
    plan_publish,
    plan_subscribe,
    write_answer,
    write_fragment,
)
from signaling.sdp import Fingerprint, IceCredentials, parse_fragment, parse_offer
from tests.support.offers import (
    AIORTC_PUBLISH,
    AIORTC_SUBSCRIBE,
    CHROMIUM_PUBLISH,
    CHROMIUM_SIMULCAST,
    CHROMIUM_SUBSCRIBE,
    first_sections,
    hardware_encoder,
    offer,
    without,
)

LOCAL = Local(
    ice=IceCredentials("hubhub", "p" * 32),
    fingerprints=(Fingerprint("sha-256", "AB:CD"),),
    addresses=(("192.0.2.1", 5004), ("2001:db8::1", 5004)),
    session_number=7,
    version=1,
)


def subscribe_plan(text: str) -> Plan:
    numbers = itertools.count(1000, 2)
    return plan_subscribe(parse_offer(text), lambda mid: next(numbers))


def answer_of(text: str, direction: Direction) -> SessionDescription:
    parsed = parse_offer(text)
    plan = plan_publish(parsed) if direction is Direction.PUBLISH else subscribe_plan(text)
    return SessionDescription.parse(write_answer(parsed, plan, direction, LOCAL))


@pytest.mark.parametrize("name", [CHROMIUM_PUBLISH, AIORTC_PUBLISH])
def test_M2_a_publisher_is_answered_with_one_codec_a_source_and_nothing_else(name: str) -> None:
    audio, video = answer_of(offer(name), Direction.PUBLISH).media
    assert [one.mimeType for one in audio.rtp.codecs] == ["audio/opus"]
    assert [one.mimeType for one in video.rtp.codecs] == ["video/VP8", "video/rtx"]
    assert video.rtp.codecs[1].parameters == {"apt": video.rtp.codecs[0].payloadType}
    assert (audio.direction, video.direction) == ("recvonly", "recvonly")
    for one in (audio, video):
        assert one.rtcp_mux
        assert one.ice is not None
        assert one.ice.iceLite
        assert one.dtls is not None
        assert one.dtls.role == "server"  # setup:passive
        assert [(each.ip, each.port) for each in one.ice_candidates] == list(LOCAL.addresses)


def test_takes_only_the_extensions_it_rewrites() -> None:
    audio, video = plan_publish(parse_offer(offer(CHROMIUM_PUBLISH)))
    assert audio is not None
    assert video is not None
    assert audio.extensions == {AUDIO_LEVEL: 1, ABS_SEND_TIME: 2, TRANSPORT_CC: 3, MID: 4}
    assert video.extensions == {
        ABS_SEND_TIME: 2,
        VIDEO_ORIENTATION: 13,
        TRANSPORT_CC: 3,
        MID: 4,
        RID: 10,
        REPAIRED_RID: 11,
    }


def test_never_takes_the_dependency_descriptor() -> None:
    descriptor = "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"
    text = offer(CHROMIUM_PUBLISH) + f"a=extmap:9 {descriptor}\r\n"
    assert descriptor not in write_answer(
        parse_offer(text), plan_publish(parse_offer(text)), Direction.PUBLISH, LOCAL
    )


def test_offers_back_only_the_feedback_that_was_offered() -> None:
    _, video = answer_of(offer(AIORTC_PUBLISH), Direction.PUBLISH).media
    kinds = [(one.type, one.parameter) for one in video.rtp.codecs[0].rtcpFeedback]
    assert kinds == [("nack", None), ("nack", "pli"), ("goog-remb", None)]


def test_M3_every_slot_has_its_own_ssrcs() -> None:
    text = first_sections(offer(CHROMIUM_SUBSCRIBE), 8)
    media = answer_of(text, Direction.SUBSCRIBE).media
    assert [one.direction for one in media] == ["sendonly"] * 8
    ssrcs = [each.ssrc for one in media for each in one.ssrc]
    assert len(ssrcs) == len(set(ssrcs)) == 4 + 2 * 4
    assert len({one.msid for one in media}) == 8
    for one in media[4:]:
        assert [group.semantic for group in one.ssrc_group] == ["FID"]


def test_one_picture_and_one_sound_are_kept_in_step() -> None:
    audio, video = answer_of(offer(AIORTC_SUBSCRIBE), Direction.SUBSCRIBE).media
    assert audio.msid is not None
    assert video.msid is not None
    assert audio.msid.split()[0] == video.msid.split()[0]


def test_an_unknown_m_line_is_rejected_and_the_rest_goes_on() -> None:
    data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\na=sctp-port:5000\r\n"
    text = offer(AIORTC_PUBLISH) + data
    answer = answer_of(text, Direction.PUBLISH)
    assert [one.port for one in answer.media] == [5004, 5004, 0]
    assert answer.group[0].items == ["0", "1"]


def test_without_a_bundle_only_the_first_m_line_has_a_transport() -> None:
    answer = answer_of(without(offer(AIORTC_PUBLISH), "a=group"), Direction.PUBLISH)
    assert [one.port for one in answer.media] == [5004, 0]
    assert answer.group == []


def video_of(text: str) -> AcceptedMedia:
    _, video = plan_publish(parse_offer(text))
    assert video is not None
    return video


def of_h264(*parameters: str, first: int = 100) -> str:
    """An offer of one source with these H.264 payload types."""
    numbers = [first + at for at in range(len(parameters))]
    text = without(offer(AIORTC_PUBLISH), "m=audio").replace("BUNDLE 0 1", "BUNDLE 1")
    head, _, _ = text.partition("m=video")
    lines = [
        f"m=video 9 UDP/TLS/RTP/SAVPF {' '.join(map(str, numbers))}",
        "a=mid:1",
        "a=sendrecv",
        "a=rtcp-mux",
    ]
    for number, fmtp in zip(numbers, parameters, strict=True):
        lines += [f"a=rtpmap:{number} H264/90000", f"a=fmtp:{number} {fmtp}"]
    return without(head, "a=mid") + "\r\n".join(lines) + "\r\n"


def test_M33_of_two_codecs_a_publisher_sends_the_one_it_names_first() -> None:
    text = offer(CHROMIUM_PUBLISH)
    assert [*video_of(text).codecs] == ["vp8"]
    preferring = text.replace("SAVPF 96 97 102 103", "SAVPF 98 102 103 96 97")  # VP9, H.264, VP8
    taken = video_of(preferring).codecs["h264"]
    assert (taken.payload_type, taken.repair_payload_type) == (108, 109)  # constrained baseline, mode 1
    assert taken.parameters.startswith(
        "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"
    )
    assert taken.feedback == ("nack", "nack pli", "ccm fir", "goog-remb", "transport-cc")


def test_M33_a_slot_takes_every_codec_its_client_can_show() -> None:
    plan = subscribe_plan(first_sections(offer(CHROMIUM_SUBSCRIBE), 5))
    video = plan[4]
    assert video is not None
    assert {name: one.payload_type for name, one in video.codecs.items()} == {"vp8": 96, "h264": 116}
    assert "profile-level-id=4d001f" in video.codecs["h264"].parameters  # main: what is less is shown as well
    answer = answer_of(first_sections(offer(CHROMIUM_SUBSCRIBE), 5), Direction.SUBSCRIBE).media[4]
    kinds = [(one.mimeType, one.parameters.get("apt")) for one in answer.rtp.codecs]
    assert kinds == [("video/VP8", None), ("video/rtx", 96), ("video/H264", None), ("video/rtx", 116)]


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        (
            ["packetization-mode=0;profile-level-id=42e01f", "packetization-mode=1;profile-level-id=64001f"],
            101,
        ),
        (
            ["packetization-mode=1;profile-level-id=640028", "packetization-mode=1;profile-level-id=4d0028"],
            101,
        ),
        (["profile-level-id=42E01F; packetization-mode=1"], 100),
        (["profile-level-id=42e01f"], 100),  # single NAL units fit into what goes out
        (["packetization-mode=1"], 100),
        (
            ["packetization-mode=1;profile-level-id=42001f", "packetization-mode=1;profile-level-id=42c01f"],
            101,
        ),
    ],
)
def test_M33_of_h264_the_kind_that_every_viewer_can_show_is_taken(offered: list[str], taken: int) -> None:
    plan = plan_publish(parse_offer(of_h264(*offered)))
    assert [one and one.codec.payload_type for one in plan] == [taken]


@pytest.mark.parametrize(
    "offered",
    [
        "packetization-mode=2;profile-level-id=42e01f",
        "packetization-mode=1;profile-level-id=f4001f",
        "packetization-mode=1;profile-level-id=42e0",
    ],
)
def test_M33_h264_that_cannot_be_forwarded_is_refused_and_what_would_do_is_named(offered: str) -> None:
    with pytest.raises(Refusal, match=r"media\.no_common_codec") as refused:
        plan_publish(parse_offer(of_h264(offered)))
    assert refused.value.detail["would_do"] == ["VP8", "H264 (packetization-mode=1)"]


_MODES = st.sampled_from(["", "packetization-mode=0", "packetization-mode=1", "packetization-mode=2"])
_PROFILES = st.sampled_from(
    ["", *(f"profile-level-id={p}" for p in ("42e01f", "42001f", "4d001f", "64001f", "f4001f"))]
)


@given(st.lists(st.tuples(_MODES, _PROFILES), min_size=1, max_size=6), st.sampled_from([*Direction]))
def test_M33_what_is_taken_of_h264_is_echoed_as_it_was_offered(
    kinds: list[tuple[str, str]], way: Direction
) -> None:
    offered = [";".join(filter(None, kind)) for kind in kinds]
    media = parse_offer(of_h264(*offered)).media[0]
    for codec in codecs.choose(media, way).values():
        mode, profile = kinds[codec.payload_type - 100]
        said = codec.parameters.split(";")
        assert all(one in said for one in (mode, profile) if one)
        assert way is Direction.PUBLISH or mode == "packetization-mode=1"


def test_a_hardware_encoder_is_taken_as_it_asks() -> None:
    audio, video = answer_of(hardware_encoder(), Direction.PUBLISH).media
    assert [one.mimeType for one in audio.rtp.codecs] == ["audio/opus"]
    assert [one.mimeType for one in video.rtp.codecs] == ["video/H264"]
    assert video.rtp.codecs[0].parameters["profile-level-id"] == "42e01f"
    assert video_of(hardware_encoder()).extensions == {}


def test_M33_simulcast_is_answered_encoding_by_encoding() -> None:
    text = offer(CHROMIUM_SIMULCAST)
    video = video_of(text)
    assert video.rids == ("q", "h", "f")
    answer = write_answer(parse_offer(text), plan_publish(parse_offer(text)), Direction.PUBLISH, LOCAL)
    lines = answer.split("\r\n")
    assert [one for one in lines if "rid:" in one] == ["a=rid:q recv", "a=rid:h recv", "a=rid:f recv"]
    assert "a=simulcast:recv q;h;f" in lines
    for uri in (RID, REPAIRED_RID, TRANSPORT_CC):
        assert f"a=extmap:{video.extensions[uri]} {uri}" in lines


def test_encodings_that_cannot_be_told_apart_are_not_taken() -> None:
    assert video_of(without(offer(CHROMIUM_SIMULCAST), f"a=extmap:10 {RID}")).rids == ()


def test_the_smallest_encoding_comes_first_where_sizes_are_said() -> None:
    text = offer(CHROMIUM_SIMULCAST)
    for rid, side in (("q", 1280), ("h", 640), ("f", 320)):
        text = text.replace(f"a=rid:{rid} send", f"a=rid:{rid} send pt=96;max-width={side};max-height={side}")
    assert video_of(text).rids == ("f", "h", "q")
    assert video_of(text.replace("send pt=96;max-width=640", "send pt=98;max-width=640")).rids == ("f", "q")


def test_a_slot_agrees_to_nothing_that_only_publishers_say() -> None:
    for media in subscribe_plan(first_sections(offer(CHROMIUM_SUBSCRIBE), 5)):
        assert media is not None
        assert not {RID, REPAIRED_RID, TRANSPORT_CC} & set(media.extensions)
        assert not any("transport-cc" in codec.feedback for codec in media.codecs.values())


@pytest.mark.parametrize(("names", "kind"), [("VP8|H264", "video"), ("opus", "audio")])
def test_M2_half_a_venue_is_refused(names: str, kind: str) -> None:
    text = re.sub(rf" ({names})/", " H265/", offer(AIORTC_PUBLISH))
    with pytest.raises(Refusal, match=r"media\.no_common_codec") as refused:
        plan_publish(parse_offer(text))
    assert refused.value.detail["kind"] == kind


def test_an_offer_for_the_other_direction_is_refused() -> None:
    with pytest.raises(Refusal, match=r"media\.bad_sdp"):
        plan_publish(parse_offer(offer(AIORTC_SUBSCRIBE)))
    with pytest.raises(Refusal, match=r"media\.bad_sdp"):
        subscribe_plan(offer(AIORTC_PUBLISH))


def test_rtcp_needs_the_same_port() -> None:
    with pytest.raises(Refusal, match=r"media\.bad_sdp"):
        plan_publish(parse_offer(without(offer(AIORTC_PUBLISH), "a=rtcp-mux")))


TCP = (("192.0.2.1", 5004), ("2001:db8::1", 5004))


def test_a_client_comes_by_udp_where_it_can_and_by_tcp_where_it_must() -> None:
    text = offer(AIORTC_PUBLISH)
    local = dataclasses.replace(LOCAL, tcp_addresses=TCP)
    answer = write_answer(parse_offer(text), plan_publish(parse_offer(text)), Direction.PUBLISH, local)
    candidates = SessionDescription.parse(answer).media[0].ice_candidates
    assert [(one.protocol, one.ip, one.tcpType) for one in candidates] == [
        ("udp", "192.0.2.1", None),
        ("udp", "2001:db8::1", None),
        ("tcp", "192.0.2.1", "passive"),
        ("tcp", "2001:db8::1", "passive"),
    ]
    priorities = [one.priority for one in candidates]
    assert priorities == sorted(priorities, reverse=True)
    assert len({one.foundation for one in candidates}) == 4


@pytest.mark.parametrize(("via", "protocols"), [("all", ["udp", "tcp"]), ("udp", ["udp"]), ("tcp", ["tcp"])])
def test_a_transport_can_be_tried_alone(via: Via, protocols: list[str]) -> None:
    text = offer(AIORTC_PUBLISH)
    local = dataclasses.replace(LOCAL, tcp_addresses=TCP, via=via)
    answer = write_answer(parse_offer(text), plan_publish(parse_offer(text)), Direction.PUBLISH, local)
    found = [one.protocol for one in SessionDescription.parse(answer).media[0].ice_candidates]
    assert list(dict.fromkeys(found)) == protocols


def test_without_a_way_to_the_hub_the_answer_names_none() -> None:
    text = offer(AIORTC_PUBLISH)
    local = dataclasses.replace(LOCAL, via="tcp")
    answer = write_answer(parse_offer(text), plan_publish(parse_offer(text)), Direction.PUBLISH, local)
    assert "m=audio 9 " in answer
    assert "a=candidate" not in answer


def test_a_restart_is_answered_with_a_fragment_that_can_be_read() -> None:
    fragment = write_fragment("0", LOCAL.ice, LOCAL.addresses, TCP)
    assert parse_fragment(fragment) == LOCAL.ice
    assert fragment.count("a=candidate:") == 4
