"""The fan-out over real ciphers: every receiver opens what it gets, with its own numbers."""

from __future__ import annotations

from pylibsrtp import Policy, Session

from hub.media.accel.reference import Address, fan_out
from hub.media.rtp.packet import HEADER

PROFILE = Policy.SRTP_PROFILE_AEAD_AES_256_GCM


def a_pair(key: bytes) -> tuple[Session, Session]:
    sending = Policy(key=key, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=PROFILE)
    receiving = Policy(key=key, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=PROFILE)
    return Session(sending), Session(receiving)


def test_every_row_gets_its_own_numbers() -> None:
    got: list[tuple[bytes, Address]] = []

    def sendto(data: bytes, address: Address) -> None:
        got.append((data, address))

    pairs = [a_pair(bytes((n,)) * 44) for n in range(3)]
    rows = [
        (pair[0].protect, sendto, ("192.0.2.1", 4000 + n), n * 10, n * 1000, 7000 + n)
        for n, pair in enumerate(pairs)
    ]
    assert fan_out(rows, 0x80E0, 0x1_FFF8, 0xFFFF_FF00, b"tail") == 0
    for n, ((data, address), (_, receiver)) in enumerate(zip(got, pairs, strict=True)):
        packet = receiver.unprotect(data)
        assert address == ("192.0.2.1", 4000 + n)
        first, second, seq, timestamp, ssrc = HEADER.unpack_from(packet)
        assert (first, second) == (0x80, 0xE0)
        assert seq == (0xFFF8 + n * 10) & 0xFFFF
        assert timestamp == (0xFFFF_FF00 + n * 1000) & 0xFFFF_FFFF
        assert ssrc == 7000 + n
        assert packet[12:] == b"tail"


def test_one_row_that_fails_does_not_stop_the_others() -> None:
    got: list[bytes] = []

    def full(data: bytes, address: Address) -> None:
        raise BlockingIOError

    def well(data: bytes, address: Address) -> None:
        got.append(data)

    session, _ = a_pair(b"k" * 44)
    address = ("192.0.2.1", 4000)
    rows = [(session.protect, sendto, address, 0, 0, ssrc) for ssrc, sendto in enumerate((full, well, full))]
    assert fan_out(rows, 0x8060, 1, 2, b"tail") == 2
    assert len(got) == 1


def test_a_packet_too_long_for_the_cipher_is_lost_not_raised() -> None:
    session, _ = a_pair(b"k" * 44)
    rows = [(session.protect, lambda data, address: None, ("192.0.2.1", 4000), 0, 0, 1)]
    assert fan_out(rows, 0x8060, 1, 2, bytes(1500)) == 1
