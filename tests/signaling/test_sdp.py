"""Offers are read completely, and whatever is no offer is refused by one name."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import Refusal
from signaling.negotiation import plan_publish, plan_subscribe
from signaling.sdp import (
    LINES_MAX,
    MEDIA_MAX,
    OFFER_MAX_BYTES,
    Codec,
    IceCredentials,
    OfferedRid,
    parse_fragment,
    parse_offer,
)
from tests.support.offers import (
    AIORTC_PUBLISH,
    AIORTC_SUBSCRIBE,
    CHROMIUM_PUBLISH,
    CHROMIUM_SIMULCAST,
    CHROMIUM_SUBSCRIBE,
    first_sections,
    offer,
    without,
)

SMALL = OfferedRid("a", payload_types=(97, 99), max_pixels=640 * 360)
SAMPLES = {
    CHROMIUM_PUBLISH: offer(CHROMIUM_PUBLISH),
    CHROMIUM_SIMULCAST: offer(CHROMIUM_SIMULCAST),
    CHROMIUM_SUBSCRIBE: first_sections(offer(CHROMIUM_SUBSCRIBE), 6),
    AIORTC_PUBLISH: offer(AIORTC_PUBLISH),
    AIORTC_SUBSCRIBE: offer(AIORTC_SUBSCRIBE),
}


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES.keys())
def test_reads_what_aiortcs_parser_reads(text: str) -> None:
    theirs = SessionDescription.parse(text)
    ours = parse_offer(text)
    assert [one.kind for one in ours.media] == [one.kind for one in theirs.media]
    for mine, other in zip(ours.media, theirs.media, strict=True):
        assert mine.mid == other.rtp.muxId
        assert mine.direction == other.direction
        assert [(one.number, one.uri) for one in mine.extensions] == [
            (one.id, one.uri) for one in other.rtp.headerExtensions
        ]
        assert [
            (one.payload_type, f"{other.kind}/{one.name}".lower(), one.clock_rate) for one in mine.codecs
        ] == [(one.payloadType, one.mimeType.lower(), one.clockRate) for one in other.rtp.codecs]
        assert other.ice is not None
        assert other.ice.usernameFragment == ours.ice.ufrag
        assert other.ice.password == ours.ice.pwd
    assert list(ours.bundle) == theirs.group[0].items


def test_reads_a_browsers_camera() -> None:
    video = parse_offer(offer(CHROMIUM_PUBLISH)).media[1]
    assert video.codecs[0] == Codec(
        payload_type=96,
        name="vp8",
        clock_rate=90_000,
        feedback=("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"),
    )
    assert video.codecs[1].name == "rtx"
    assert video.codecs[1].apt == 96
    assert video.ssrcs == (3917350386,)
    assert video.repairs == {3917350386: 3465447973}
    assert video.rtcp_mux
    assert video.rtcp_rsize


def test_reads_what_aiortcs_parser_loses() -> None:
    lines = "a=rid:hi send\r\na=simulcast:send hi\r\n"
    lines += "a=rtcp-rsize\r\na=extmap:9/sendonly urn:x\r\na=bundle-only\r\n"
    text = offer(AIORTC_PUBLISH).replace("m=video 45991", "m=video 0") + lines
    video = parse_offer(text).media[1]
    assert video.rids == (OfferedRid("hi"),)
    assert video.rtcp_rsize
    assert video.extensions[-1].direction == "sendonly"
    assert not video.rejected


def test_reads_the_encodings_in_their_order() -> None:
    text = offer(CHROMIUM_SIMULCAST)
    assert [one.name for one in parse_offer(text).media[1].rids] == ["q", "h", "f"]


@pytest.mark.parametrize(
    ("lines", "rids"),
    [
        ("a=rid:a send\r\na=rid:b send\r\na=simulcast:send ~a;b", [OfferedRid("a", True), OfferedRid("b")]),
        ("a=rid:a send\r\na=rid:b send\r\na=simulcast:recv c send b,a", [OfferedRid("b")]),
        ("a=rid:a send\r\na=rid:a recv\r\na=simulcast:send a;a;x", [OfferedRid("a")]),
        ("a=rid:a send pt=97,99;max-width=640;max-height=360\r\na=simulcast:send a", [SMALL]),
        ("a=rid:a send", []),
        ("a=simulcast:send a", []),
        ("a=rid:a send\r\na=simulcast:", []),
    ],
)
def test_reads_encodings_as_the_rfcs_write_them(lines: str, rids: list[OfferedRid]) -> None:
    assert list(parse_offer(f"{offer(AIORTC_PUBLISH)}{lines}\r\n").media[1].rids) == rids


def test_port_0_alone_is_a_rejected_m_line() -> None:
    text = offer(AIORTC_PUBLISH).replace("m=video 45991", "m=video 0")
    assert parse_offer(text).media[1].rejected


BROKEN = {
    "empty": "",
    "no m-line": "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n",
    "prose": "hello",
    "binary": "v=0\r\n\x00\x01",
    "no mid": without(offer(AIORTC_PUBLISH), "a=mid"),
    "twice the same mid": offer(AIORTC_PUBLISH).replace("a=mid:1", "a=mid:0"),
    "no ice": without(offer(AIORTC_PUBLISH), "a=ice-"),
    "short ice-pwd": without(offer(AIORTC_PUBLISH), "a=ice-pwd") + "a=ice-pwd:short\r\n",
    "no fingerprint": without(offer(AIORTC_PUBLISH), "a=fingerprint"),
    "only an unknown hash": without(offer(AIORTC_PUBLISH), "a=fingerprint") + "a=fingerprint:md5 AA:BB\r\n",
    "a torn fingerprint": without(offer(AIORTC_PUBLISH), "a=fingerprint") + "a=fingerprint:sha-256 zz\r\n",
    "passive": offer(AIORTC_PUBLISH).replace("setup:actpass", "setup:passive"),
    "a payload type over 127": offer(AIORTC_PUBLISH).replace("SAVPF 96 9 0 8", "SAVPF 96 9 0 300"),
    "an ssrc over 32 bits": offer(AIORTC_PUBLISH) + "a=ssrc:99999999999 cname:x\r\n",
    "a torn extmap": offer(AIORTC_PUBLISH) + "a=extmap:x\r\n",
    "too many m-lines": offer(AIORTC_PUBLISH)
    + "".join(f"m=audio 9 RTP/AVP 0\r\na=mid:m{n}\r\n" for n in range(130)),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_refuses_what_is_no_offer(text: str) -> None:
    with pytest.raises(Refusal, match=r"media\.bad_sdp"):
        parse_offer(text)


def test_refuses_an_offer_that_is_too_large() -> None:
    with pytest.raises(Refusal, match="too_large"):
        parse_offer("v=0\r\n" + "a=x\r\n" * (OFFER_MAX_BYTES // 5))


def many_slots(count: int) -> str:
    """A stock browser's offer of so many slots: the last m-line of the sample again and again."""
    head, *sections = offer(CHROMIUM_SUBSCRIBE).rstrip("\r\n").split("\r\nm=")
    slots = [
        "\r\n".join(
            f"a=mid:{n}" if line.startswith("a=mid:") else line for line in sections[-1].split("\r\n")
        )
        for n in range(count)
    ]
    mids = " ".join(str(n) for n in range(count))
    lines = [f"a=group:BUNDLE {mids}" if line.startswith("a=group") else line for line in head.split("\r\n")]
    return "\r\nm=".join(["\r\n".join(lines), *slots]) + "\r\n"


def test_reads_as_many_slots_as_a_stock_browser_can_want() -> None:
    text = many_slots(40)
    assert 128 * 1024 < len(text) < OFFER_MAX_BYTES
    assert len(plan_subscribe(parse_offer(text), lambda mid: int(mid) * 2)) == 40


def padded(line: str, *, end: str = "") -> str:
    """An offer that is as long as it may be by repeating one line."""
    text = offer(AIORTC_PUBLISH)
    return text + line * ((OFFER_MAX_BYTES - len(text) - 50) // len(line)) + end


HOSTILE = {
    "m-lines": padded("m=audio 9 RTP/AVP 0\r\n"),
    "short m-lines": padded("m=\n"),
    "attributes": padded("a=\r\n"),
    "as many lines as are read": offer(AIORTC_PUBLISH) + "a=ssrc:1 c:x\r\n" * (LINES_MAX - 200),
    "ssrc groups": offer(AIORTC_PUBLISH) + "a=ssrc-group:FID 1 2\r\n" * (LINES_MAX - 200),
    "fingerprints": padded("a=fingerprint:sha-256 AA:BB\r\n"),
    "feedback for all": offer(AIORTC_PUBLISH) + "a=rtcp-fb:* nack\r\n" * (LINES_MAX - 200),
    "payload types": padded("96 ").replace("96 96 96", "m=video 9 UDP/TLS/RTP/SAVPF 96", 1),
    "one parameter": padded("; ", end="\r\n").replace("; ; ", "a=fmtp:97 ", 1),
    "a bundle": offer(AIORTC_PUBLISH).replace("BUNDLE", "BUNDLE" + " x" * 125_000),
    "rids": padded("a=rid:q send max-width=1\r\n"),
    "encodings": padded("q;", end="\r\n").replace("q;q;", "a=rid:q send\r\na=simulcast:send q;", 1),
    "empty lines": padded("\r\n"),
    "one line": padded("a"),
    "m-lines with codecs": offer(AIORTC_PUBLISH)
    + "".join(
        f"m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:m{n}\r\n" + "a=rtcp-fb:* nack\r\n" * 70
        for n in range(MEDIA_MAX - 2)
    ),
}


def seconds_to_read(text: str) -> float:
    """Of this thread alone, so that a busy machine counts for little."""
    began = time.thread_time()
    with suppress(Refusal):
        plan_publish(parse_offer(text))
    return time.thread_time() - began


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_offer_holds_up_the_packets(text: str) -> None:
    """What grows with the square of the lines takes seconds; these take 15 ms at most, and 30 on a machine
    whose cores are shared."""
    assert len(text) <= OFFER_MAX_BYTES
    assert min(seconds_to_read(text) for _ in range(3)) < 0.2


_LINES = st.sampled_from(
    [
        *{line for text in SAMPLES.values() for line in text.split("\r\n") if line},
        "m=audio 9 UDP/TLS/RTP/SAVPF 96",
        "m=video 0 UDP/TLS/RTP/SAVPF",
        "a=rtcp-fb:* nack",
        "a=rtpmap:96 //",
        "a=fmtp:97 apt=",
        "a=extmap:1/",
        "a=rid:",
        "a=rid:q send pt=",
        "a=rid:q send max-width=x;max-height=",
        "a=simulcast:send q;~h,f;;",
        "a=simulcast:send",
        "a=group:",
        "a=ssrc:",
        "a=fingerprint:",
    ]
)


@given(st.lists(_LINES, max_size=60), st.sampled_from([*SAMPLES.values()]))
def test_an_offer_of_shuffled_lines_is_read_or_refused(lines: list[str], text: str) -> None:
    with suppress(Refusal):
        plan_publish(parse_offer(text + "\r\n".join(lines)))


@given(st.text())
def test_any_text_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal):
        parse_offer(text)


@given(st.integers(0, 2000), st.text(max_size=8), st.sampled_from([*SAMPLES.values()]))
def test_a_damaged_offer_is_read_or_refused(line: int, damage: str, text: str) -> None:
    lines = text.splitlines()
    at = line % len(lines)
    lines[at] = lines[at][: len(lines[at]) // 2] + damage
    with suppress(Refusal):
        parse_offer("\r\n".join(lines))


def test_reads_the_credentials_of_a_fragment() -> None:
    fragment = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n"
    assert parse_fragment(fragment) == IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1")


def test_a_fragment_may_bring_candidates_only() -> None:
    assert parse_fragment("a=mid:0\r\na=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n") is None


@pytest.mark.parametrize("text", ["", "nothing", "a=ice-ufrag:EsAw\r\n", "a=ice-ufrag:x\r\na=ice-pwd:y\r\n"])
def test_refuses_what_is_no_fragment(text: str) -> None:
    with pytest.raises(Refusal, match=r"media\.bad_sdp"):
        parse_fragment(text)
