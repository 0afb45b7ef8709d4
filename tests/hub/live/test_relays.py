"""Credentials for a relay are those that coturn computes, and they end."""

from __future__ import annotations

import msgspec

from hub.clock import ManualClock
from hub.config import TurnSettings
from hub.live.relays import RelayCredentials
from signaling.media_vocabulary import Relays
from tests.support.factories import OFFICER

URLS = ("turn:relay.example:3478?transport=udp", "turns:[2001:db8::1]:443?transport=tcp")
NOW_MS = 1_784_514_600_000


def relays(*urls: str) -> RelayCredentials:
    settings = TurnSettings(urls=urls, secret="north" if urls else "", hours=12)
    return RelayCredentials(ManualClock(wall_ms=NOW_MS), settings)


def test_M31_a_relays_credentials_are_those_of_the_shared_secret_and_expire() -> None:
    said = relays(*URLS).of(OFFICER)
    assert said.expires_ms == NOW_MS + 12 * 3_600_000
    server = said.servers[0]
    assert server.urls == list(URLS)
    assert server.username == "1784557800:office"
    # echo -n 1784557800:office | openssl dgst -binary -sha1 -hmac north | openssl base64
    assert server.credential == "AogXLDtKIc7GXKw/IUnx60VLeB4="


def test_without_a_relay_nothing_is_said() -> None:
    assert relays().of(OFFICER) == Relays()
    assert relays().links(OFFICER) == []


def test_a_client_over_http_hears_of_it_in_link_headers() -> None:
    first, second = relays(*URLS).links(OFFICER)
    assert first.startswith(
        '<turn:relay.example:3478?transport=udp>; rel="ice-server"; username="1784557800:'
    )
    assert second.startswith("<turns:[2001:db8::1]:443?transport=tcp>; ")
    assert first.endswith('; credential-type="password"')


def test_a_name_cannot_break_out_of_the_header() -> None:
    strange = msgspec.structs.replace(OFFICER, seat='x", rel="stun')
    assert relays(URLS[0]).of(strange).servers[0].username == "1784557800:x___rel__stun"
