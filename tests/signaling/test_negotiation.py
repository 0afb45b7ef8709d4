"""What the hub takes of an offer, and that clients can read the answer."""

from __future__ import annotations

import itertools
import re

import pytest
from aiortc.sdp import SessionDescription

from hub.errors import Refusal
from signaling.negotiation import (
    ABS_SEND_TIME,
    AUDIO_LEVEL,
    MID,
    REPAIRED_RID,
    RID,
    TRANSPORT_CC,
    VIDEO_ORIENTATION,
    Direction,
    Local,
    Plan,
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
    CHROMIUM_SUBSCRIBE,
    first_sections,
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
def test_M2_a_publisher_is_answered_with_the_two_codecs_and_nothing_else(name: str) -> None:
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


@pytest.mark.parametrize(("codecs", "kind"), [("VP8|H264", "video"), ("opus", "audio")])
def test_M2_half_a_venue_is_refused(codecs: str, kind: str) -> None:
    text = re.sub(rf" ({codecs})/", " H265/", offer(AIORTC_PUBLISH))
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


def test_a_restart_is_answered_with_a_fragment_that_can_be_read() -> None:
    fragment = write_fragment("0", LOCAL.ice, LOCAL.addresses)
    assert parse_fragment(fragment) == LOCAL.ice
    assert fragment.count("a=candidate:") == 2
