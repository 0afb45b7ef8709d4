"""Reads what a client offers (SDP, RFC 8866) into plain values; every malformed text is ``media.bad_sdp``.

The reader is our own: aiortc's loses rid, simulcast, rtcp-rsize, extmap directions and, for Firefox,
rtcp-mux, and fails in six kinds of exceptions. A test compares both on real offers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NoReturn

from hub.errors import Refusal

OFFER_MAX_BYTES = 256 * 1024
"""Chromium's own offer of twenty slots, with all its codecs, has 83 KB."""
LINES_MAX = 10_000
MEDIA_MAX = 128
FINGERPRINTS_MAX = 16
RIDS_MAX = 16

SUPPORTED_HASHES = ("sha-256", "sha-384", "sha-512")
DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")

_MEDIA_LINE = re.compile(r"(audio|video|application|text|message) (\d{1,5})(?:/\d+)? ([A-Za-z0-9/]+) (.+)\Z")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`{|}~-]{1,64}\Z")
_ICE_UFRAG = re.compile(r"[A-Za-z0-9+/=_-]{4,256}\Z")
_ICE_PWD = re.compile(r"[A-Za-z0-9+/=_-]{22,256}\Z")
_RID = re.compile(r"[A-Za-z0-9_-]{1,16}\Z")  # RFC 8851, 10; a header extension carries it: 16 bytes at most
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_FINGERPRINT = re.compile(r"[0-9A-F]{2}(?::[0-9A-F]{2})+\Z")

_Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codec:
    """One payload type of an m-line. ``apt``: the payload type whose packets an ``rtx`` codec repeats."""

    payload_type: int
    name: str
    clock_rate: int
    channels: int = 1
    parameters: str = ""
    feedback: tuple[str, ...] = ()
    apt: int | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """One RTP header extension (RFC 8285), with the direction it was offered in."""

    number: int
    uri: str
    direction: str = "sendrecv"


@dataclass(frozen=True, slots=True)
class OfferedRid:
    """One encoding of an m-line (RFC 8851). ``payload_types``: empty when it may use all of the m-line.

    ``max_pixels``: of its picture, as far as its restrictions tell; 0 when they do not.
    """

    name: str
    paused: bool = False
    payload_types: tuple[int, ...] = ()
    max_pixels: int = 0


@dataclass(frozen=True, slots=True)
class OfferedMedia:
    """One m-line. ``repairs`` maps an SSRC to the SSRC of its retransmissions (FID groups).

    ``rids``: the encodings it can send side by side, as ``a=simulcast:send`` names them (RFC 8853).
    """

    kind: str
    mid: str
    protocol: str
    formats: str
    rejected: bool
    direction: str
    rtcp_mux: bool
    rtcp_rsize: bool
    codecs: tuple[Codec, ...]
    extensions: tuple[Extension, ...]
    ssrcs: tuple[int, ...]
    repairs: dict[int, int]
    rids: tuple[OfferedRid, ...]


@dataclass(frozen=True, slots=True)
class IceCredentials:
    ufrag: str
    pwd: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Of the client's certificate; the hash's name in lower case, the value in upper case."""

    algorithm: str
    value: str


@dataclass(frozen=True, slots=True)
class Offer:
    """``bundle``: the mids that share the first transport (RFC 9143)."""

    ice: IceCredentials
    fingerprints: tuple[Fingerprint, ...]
    bundle: tuple[str, ...]
    mixed_extensions: bool
    media: tuple[OfferedMedia, ...]


@dataclass(slots=True)
class _Section:
    """The session part or one m-line: the values of each attribute, both in their order."""

    head: str = ""
    attributes: dict[str, list[str]] = field(default_factory=dict)

    def add(self, line: str) -> None:
        name, _, value = line[2:].partition(":")
        self.attributes.setdefault(name, []).append(value.strip())

    def all(self, name: str) -> list[str]:
        return self.attributes.get(name, [])

    def first(self, name: str) -> str | None:
        values = self.attributes.get(name)
        return values[0] if values else None

    def has(self, name: str) -> bool:
        return name in self.attributes


def _bad(why: str) -> NoReturn:
    raise Refusal("media.bad_sdp", reason=why)


def check_size(text: str | bytes) -> None:
    """An offer larger than any browser writes is refused before anybody reads it."""
    if len(text) > OFFER_MAX_BYTES:
        raise Refusal("too_large", max_bytes=OFFER_MAX_BYTES)


def _check_counts(text: str) -> None:
    """Counting costs a thousandth of reading, and reading holds up everybody's packets."""
    if text.count("\n") > LINES_MAX:
        _bad("too many lines")
    if text.count("\nm=") > MEDIA_MAX:
        _bad("too many m-lines")


def parse_offer(text: str) -> Offer:
    """The offer in ``text``. Refuses with ``too_large`` or ``media.bad_sdp`` and nothing else."""
    check_size(text)
    session, sections = _sections(text)
    if not sections:
        _bad("no m-line")
    media = tuple(_media(section) for section in sections)
    if len({one.mid for one in media}) != len(media):
        _bad("a mid occurs twice")
    setup = _transport_attribute("setup", session, sections)
    if setup not in ("actpass", "active"):
        _bad("setup must be actpass or active: the hub is DTLS passive")
    return Offer(
        ice=_ice(session, sections),
        fingerprints=_fingerprints(session, sections),
        bundle=_bundle(session),
        mixed_extensions=session.has("extmap-allow-mixed"),
        media=media,
    )


def parse_fragment(text: str) -> IceCredentials | None:
    """The new ICE credentials of a trickle-ice-sdpfrag (RFC 8840), None when it only brings candidates."""
    check_size(text)
    section = _Section()
    for line in _lines(text):
        if line.startswith("a="):
            section.add(line)
    if not section.attributes:
        _bad("no attribute in the fragment")
    ufrag, pwd = section.first("ice-ufrag"), section.first("ice-pwd")
    if ufrag is None and pwd is None:
        return None
    return _checked_ice(ufrag, pwd)


# --- lines --------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[str]:
    _check_counts(text)
    text = text.replace("\r\n", "\n")
    if _CONTROL.search(text):
        _bad("a control character")
    return (line for line in text.split("\n") if line)


def _sections(text: str) -> tuple[_Section, list[_Section]]:
    session = _Section()
    sections: list[_Section] = []
    lines = list(_lines(text))
    if not lines or lines[0] != "v=0":
        _bad("does not begin with v=0")
    for line in lines:
        if len(line) < 2 or line[1] != "=":
            _bad("a line without a type")
        if line.startswith("m="):
            sections.append(_Section(head=line[2:]))
        elif line.startswith("a="):
            (sections[-1] if sections else session).add(line)
    return session, sections


def _number(text: str, limit: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 10 or int(text) > limit:
        _bad("a number out of range")
    return int(text)


# --- transport: with BUNDLE the first m-line speaks for all ---------------------------------------


def _transport_attribute(name: str, session: _Section, sections: list[_Section]) -> str | None:
    for section in (*sections, session):
        if (value := section.first(name)) is not None:
            return value
    return None


def _ice(session: _Section, sections: list[_Section]) -> IceCredentials:
    ufrag = _transport_attribute("ice-ufrag", session, sections)
    pwd = _transport_attribute("ice-pwd", session, sections)
    return _checked_ice(ufrag, pwd)


def _checked_ice(ufrag: str | None, pwd: str | None) -> IceCredentials:
    # RFC 8839, 5.4: at least 4 characters of ufrag and 22 of pwd, at most 256 each.
    if ufrag is None or pwd is None or not _ICE_UFRAG.match(ufrag) or not _ICE_PWD.match(pwd):
        _bad("ice-ufrag or ice-pwd is missing or malformed")
    return IceCredentials(ufrag, pwd)


def _fingerprints(session: _Section, sections: list[_Section]) -> tuple[Fingerprint, ...]:
    values = next((one.all("fingerprint") for one in (*sections, session) if one.has("fingerprint")), [])
    found = []
    for value in values:
        algorithm, _, digest = value.partition(" ")
        digest = digest.strip().upper()
        if not _FINGERPRINT.match(digest):
            _bad("a malformed fingerprint")
        found.append(Fingerprint(algorithm.lower(), digest))
    # RFC 8122, 5: unknown hashes are passed over, but one must be known.
    known = tuple(one for one in found if one.algorithm in SUPPORTED_HASHES)
    if not known:
        _bad("no fingerprint that can be checked")
    if len(known) > FINGERPRINTS_MAX:
        _bad("too many fingerprints")
    return known


def _bundle(session: _Section) -> tuple[str, ...]:
    for group in session.all("group"):
        semantics, *mids = group.split() or [""]
        if semantics == "BUNDLE":
            if len(mids) > MEDIA_MAX:
                _bad("more mids in a bundle than m-lines")
            return tuple(mids)
    return ()


# --- one m-line ---------------------------------------------------------------------------------


def _media(section: _Section) -> OfferedMedia:
    head = _MEDIA_LINE.match(section.head)
    if head is None:
        _bad("a malformed m-line")
    kind, port, protocol, formats = head.groups()
    mid = section.first("mid")
    if mid is None or not _TOKEN.match(mid):
        _bad("an m-line without a mid")
    is_rtp = kind in ("audio", "video")
    repairs = _repairs(section)
    return OfferedMedia(
        kind=kind,
        mid=mid,
        protocol=protocol,
        formats=formats if is_rtp or _TOKEN.match(formats) else "0",
        # RFC 9143, 6: port 0 with bundle-only is an m-line that lives in the bundle.
        rejected=_number(port, 65535) == 0 and not section.has("bundle-only"),
        direction=next((name for name in section.attributes if name in DIRECTIONS), "sendrecv"),
        rtcp_mux=section.has("rtcp-mux") or section.has("rtcp-mux-only"),
        rtcp_rsize=section.has("rtcp-rsize"),
        codecs=_codecs(section, formats) if is_rtp else (),
        extensions=_extensions(section),
        ssrcs=_ssrcs(section, set(repairs.values())),
        repairs=repairs,
        rids=_rids(section),
    )


def _codecs(section: _Section, formats: str) -> tuple[Codec, ...]:
    """In the client's order of preference; payload types without an rtpmap are nothing we forward."""
    maps, parameters, feedback = [tuple(section.all(name)) for name in ("rtpmap", "fmtp", "rtcp-fb")]
    return _codecs_of(formats, maps, parameters, feedback)


@lru_cache(maxsize=32)  # twenty slots of one page say the same, and the next page says it again
def _codecs_of(formats: str, maps: _Lines, parameters: _Lines, feedback: _Lines) -> tuple[Codec, ...]:
    names, fmtps, wishes = map(_by_payload_type, (maps, parameters, feedback))
    found = []
    for text in dict.fromkeys(formats.split()):  # each once: what is said of one may be long
        payload_type = _number(text, 127)
        if text not in names:
            continue
        name, rate, *more = [*names[text][0].split("/"), ""]
        fmtp = fmtps.get(text, [""])[0]
        apt = re.search(r"(?:^|;)\s*apt=(\d{1,3})\s*(?:;|\Z)", fmtp)
        found.append(
            Codec(
                payload_type=payload_type,
                name=name.lower(),
                clock_rate=_number(rate, 10_000_000),
                channels=_number(more[0], 255) if more and more[0] else 1,
                parameters=fmtp,
                feedback=(*wishes.get(text, ()), *wishes.get("*", ())),
                apt=_number(apt.group(1), 127) if apt else None,
            )
        )
    return tuple(found)


def _by_payload_type(values: _Lines) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for value in values:
        payload_type, _, rest = value.partition(" ")
        found.setdefault(payload_type, []).append(rest.strip())
    return found


def _extensions(section: _Section) -> tuple[Extension, ...]:
    found = []
    for value in section.all("extmap"):
        number, _, uri = value.partition(" ")
        number, _, direction = number.partition("/")
        direction = direction or "sendrecv"
        if direction not in DIRECTIONS or not uri:
            _bad("a malformed extmap")
        found.append(Extension(_number(number, 4096), uri.split()[0], direction))
    return tuple(found)


def _ssrcs(section: _Section, repairs: set[int]) -> tuple[int, ...]:
    """The media SSRCs in order, without those that only carry retransmissions."""
    seen: dict[int, None] = {}
    for value in section.all("ssrc"):
        ssrc = _number(value.split(" ")[0], 0xFFFFFFFF)
        if ssrc not in repairs:
            seen[ssrc] = None
    return tuple(seen)


def _repairs(section: _Section) -> dict[int, int]:
    found = {}
    for value in section.all("ssrc-group"):
        semantics, *numbers = value.split(" ")
        if semantics == "FID" and len(numbers) == 2:
            found[_number(numbers[0], 0xFFFFFFFF)] = _number(numbers[1], 0xFFFFFFFF)
    return found


def _rids(section: _Section) -> tuple[OfferedRid, ...]:
    """RFC 8853, 5.1: streams with ``;`` between, the alternatives of one with commas, ``~`` before a paused.

    Of alternatives the first is taken. A name without its own ``a=rid:NAME send`` is no encoding.
    """
    described: dict[str, str] = {}
    for value in section.all("rid"):
        name, direction, *restrictions = [*value.split(" ", 2), ""]
        if direction == "send" and _RID.match(name):
            described.setdefault(name, restrictions[0])
    found: dict[str, OfferedRid] = {}
    for stream in _simulcast_send(section).split(";")[:RIDS_MAX]:
        first = stream.split(",")[0].strip()
        name = first.removeprefix("~")
        if name in described:
            found.setdefault(name, _rid(name, described[name], paused=first != name))
    return tuple(found.values())


def _simulcast_send(section: _Section) -> str:
    """What follows ``send`` in ``a=simulcast:send 1;2 recv 3``, whichever comes first."""
    words = (section.first("simulcast") or "").split()
    return next((streams for way, streams in pairwise(words) if way == "send"), "")


def _rid(name: str, restrictions: str, *, paused: bool) -> OfferedRid:
    values = dict(one.strip().partition("=")[::2] for one in restrictions.split(";"))
    width, height = (_size(values.get(side, "")) for side in ("max-width", "max-height"))
    payload_types = tuple(_number(one, 127) for one in values["pt"].split(",")) if "pt" in values else ()
    return OfferedRid(name, paused, payload_types, width * height)


def _size(text: str) -> int:
    return _number(text, 65535) if text else 0
