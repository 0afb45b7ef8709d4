"""Checks are answered when they are authentic, and the path follows the client."""

from __future__ import annotations

from typing import Any

import pytest
from aioice import stun
from hypothesis import given
from hypothesis import strategies as st

from hub.media.sfu.outputs import Address
from hub.media.transport.ice import (
    CONSENT_S,
    DEAD_AFTER_S,
    FORMER_VALID_S,
    NOMINATION_HOLDS_S,
    PATHS_MAX,
    REBOUND_AFTER_S,
    SILENT_S,
    Credentials,
    IceLite,
    Path,
    new_credentials,
    parse_check_untrusted,
    ufrag_untrusted,
)

LOCAL = Credentials("hubhub", "p" * 32)
REMOTE = Credentials("them", "q" * 24)


class Socket:
    """A local end that keeps what was sent by it."""

    transport = "udp"

    def __init__(self) -> None:
        self.sent: list[tuple[bytes, Address]] = []

    def sendto(self, datagram: bytes, address: Address) -> object:
        self.sent.append((datagram, address))
        return len(datagram)

    def fileno(self) -> int:
        return -1

    def unroute(self, address: Address, endpoint: object) -> None:
        return None


SOCKET = Socket()


def path(port: int) -> Path:
    return Path(SOCKET, ("192.0.2.7", port))


def check(
    local: Credentials = LOCAL, remote: Credentials = REMOTE, *, nominate: bool = False, **attributes: Any
) -> stun.Message:
    """A binding request as it arrives: written, signed and read again."""
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{local.ufrag}:{remote.ufrag}"
    message.attributes["PRIORITY"] = attributes.pop("priority", 100)
    message.attributes.update({name.replace("_", "-"): value for name, value in attributes.items()})
    if nominate:
        message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity(local.pwd.encode())
    return stun.parse_message(bytes(message))


@pytest.fixture
def ice() -> IceLite:
    return IceLite(LOCAL, REMOTE, 0.0)


def test_an_authentic_check_is_answered_with_where_it_came_from(ice: IceLite) -> None:
    request = check(ICE_CONTROLLING=1)
    answer = ice.answer(request, path(1), 1.0)
    assert answer is not None
    response = stun.parse_message(answer)
    assert response.message_class == stun.Class.RESPONSE
    assert response.transaction_id == request.transaction_id
    assert response.attributes["XOR-MAPPED-ADDRESS"] == ("192.0.2.7", 1)
    assert response.check_message_integrity(LOCAL.pwd.encode())
    assert "FINGERPRINT" in response.attributes
    assert ice.selected == path(1)


@pytest.mark.parametrize(
    "message",
    [
        check(Credentials("hubhub", "wrong" * 6)),
        check(LOCAL, Credentials("other", "q" * 24)),
        check(Credentials("nobody", "p" * 32)),
    ],
    ids=["wrong password", "wrong sender", "wrong name"],
)
def test_M5_a_check_that_is_not_authentic_is_not_answered(ice: IceLite, message: stun.Message) -> None:
    assert ice.answer(message, path(1), 1.0) is None
    assert ice.selected is None
    assert ice.paths() == []


def test_a_client_that_wants_to_be_controlled_is_told_otherwise(ice: IceLite) -> None:
    answer = ice.answer(check(ICE_CONTROLLED=1), path(1), 1.0)
    assert answer is not None
    assert stun.parse_message(answer).error_code == 487
    assert ice.selected is None


def test_M44_whoever_wants_to_be_controlled_leaves_no_more_paths_than_others(ice: IceLite) -> None:
    for port in range(PATHS_MAX):
        assert ice.answer(check(ICE_CONTROLLED=1), path(port), 1.0) is not None
    assert ice.answer(check(ICE_CONTROLLED=1), path(PATHS_MAX), 1.0) is None
    assert len(ice.forget_silent(2.0 + CONSENT_S)) == PATHS_MAX


def test_the_first_path_is_used_until_another_is_nominated(ice: IceLite) -> None:
    ice.answer(check(), path(1), 1.0)
    ice.answer(check(), path(2), 1.1)
    assert ice.selected == path(1)
    ice.answer(check(nominate=True), path(2), 1.2)
    assert ice.selected == path(2)


def test_of_two_nominated_paths_the_better_one_is_used(ice: IceLite) -> None:
    ice.answer(check(nominate=True, priority=10), path(1), 1.0)
    ice.answer(check(nominate=True, priority=20), path(2), 1.1)
    ice.answer(check(nominate=True, priority=10), path(1), 1.2)
    assert ice.selected == path(2)


def test_a_nomination_that_is_not_renewed_gives_way(ice: IceLite) -> None:
    """A laptop leaves the cable for the radio: a worse path, but the only one."""
    ice.answer(check(nominate=True, priority=20), path(1), 1.0)
    ice.answer(check(nominate=True, priority=10), path(2), 1.5)
    assert ice.selected == path(1)
    ice.answer(check(nominate=True, priority=10), path(2), 1.1 + NOMINATION_HOLDS_S)
    assert ice.selected == path(2)


def test_M6_a_nat_that_forgets_does_not_interrupt(ice: IceLite) -> None:
    """aiortc's later checks nominate nothing; the same priority from a new address is the same socket."""
    ice.answer(check(nominate=True), path(1), 1.0)
    ice.answer(check(), path(2), 1.1)
    assert ice.selected == path(1)
    ice.answer(check(), path(3), 1.1 + REBOUND_AFTER_S)
    assert ice.selected == path(3)


def test_M5_a_check_that_was_overheard_and_is_repeated_takes_nobodys_stream(ice: IceLite) -> None:
    for tenth in range(1000):
        now = tenth / 10
        if tenth % 25 == 0:
            overheard = check(nominate=True)
            ice.answer(overheard, path(1), now)
        ice.answer(overheard, path(2), now + 0.05)
        assert ice.selected == path(1)


def test_a_path_without_consent_gives_way_to_any_other(ice: IceLite) -> None:
    ice.answer(check(nominate=True, priority=20), path(1), 1.0)
    ice.answer(check(priority=10), path(2), 2.0)
    ice.answer(check(priority=10), path(2), 1.1 + SILENT_S)
    assert ice.selected == path(2)


def test_M6_after_a_restart_both_names_lead_here_for_a_while(ice: IceLite) -> None:
    ice.answer(check(nominate=True), path(1), 1.0)
    fresh, theirs = new_credentials(), Credentials("anew", "r" * 24)
    ice.restart(fresh, theirs, 2.0)
    assert ice.selected == path(1)
    assert ice.answer(check(nominate=True), path(1), 3.0) is not None
    assert ice.answer(check(fresh, theirs, nominate=True), path(2), 3.1) is not None
    assert ice.selected == path(2)
    assert ice.answer(check(), path(1), 2.1 + FORMER_VALID_S) is None
    ice.forget_silent(2.1 + FORMER_VALID_S)
    assert ice.ufrags() == [fresh.ufrag]


def test_M6_an_old_address_stays_good_for_a_while(ice: IceLite) -> None:
    ice.answer(check(nominate=True), path(1), 1.0)
    ice.answer(check(nominate=True, priority=200), path(2), 20.0)
    assert ice.forget_silent(30.0) == []
    assert ice.forget_silent(1.1 + CONSENT_S) == [path(1)]
    assert ice.paths() == [path(2)]
    assert ice.selected == path(2)


def test_M7_without_checks_the_client_is_gone(ice: IceLite) -> None:
    ice.answer(check(), path(1), 10.0)
    assert not ice.dead(10.0 + DEAD_AFTER_S)
    assert ice.dead(10.1 + DEAD_AFTER_S)


def test_a_client_cannot_open_paths_without_end(ice: IceLite) -> None:
    answers = [ice.answer(check(), path(port), 1.0) for port in range(1, PATHS_MAX + 9)]
    assert answers.count(None) == 8


def test_credentials_are_never_the_same() -> None:
    assert len({new_credentials() for _ in range(100)}) == 100


def test_M7_nothing_is_sent_to_an_address_without_consent(ice: IceLite) -> None:
    ice.answer(check(nominate=True), path(1), 1.0)
    assert ice.forget_silent(1.1 + CONSENT_S) == [path(1)]
    assert [ice.selected, *ice.paths()] == [None]
    assert not ice.dead(1.1 + CONSENT_S), "it may come back"
    ice.answer(check(), path(1), 40.0)
    assert ice.selected == path(1)


def test_M6_when_a_path_ends_the_one_heard_last_takes_its_place(ice: IceLite) -> None:
    ice.answer(check(), path(1), 1.0)
    ice.answer(check(), path(2), 2.0)
    ice.answer(check(nominate=True), path(3), 3.0)
    ice.forget(path(3))
    assert ice.selected == path(2)
    ice.forget(path(1))
    assert ice.selected == path(2)
    ice.forget(path(2))
    ice.forget(path(2))
    assert [ice.selected, *ice.paths()] == [None]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_check_or_nothing(datagram: bytes) -> None:
    assert parse_check_untrusted(datagram) is None
    assert ufrag_untrusted(datagram) is None


@given(st.text("abcdef0123456789+/", min_size=1, max_size=256), st.text(min_size=1, max_size=100))
def test_the_name_is_found_as_the_codec_finds_it(ours: str, theirs: str) -> None:
    assert (
        ufrag_untrusted(bytes(check(Credentials(ours, "p" * 32), Credentials(theirs, "")))) == ours.encode()
    )


@given(st.integers(0, 200), st.binary(max_size=12))
def test_a_damaged_check_names_somebody_or_nobody(at: int, damage: bytes) -> None:
    datagram = bytes(check())
    assert isinstance(ufrag_untrusted(datagram[:at] + damage + datagram[at + len(damage) :]), bytes | None)


@given(st.integers(0, 200), st.integers(0, 255))
def test_a_damaged_check_is_no_check(at: int, value: int) -> None:
    datagram = bytearray(bytes(check()))
    position = at % (len(datagram) - stun.FINGERPRINT_LENGTH)  # the fingerprint is not what proves it
    datagram[position] ^= value
    found = parse_check_untrusted(bytes(datagram))
    ice = IceLite(LOCAL, REMOTE, 0.0)
    if value and found is not None:
        assert ice.answer(found, path(1), 1.0) is None
