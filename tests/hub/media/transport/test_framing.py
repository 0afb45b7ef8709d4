"""Datagrams come out of a stream as they went in, however the stream was cut."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from hub.media.transport.framing import FRAME_MAX, frame, split_untrusted


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=20), st.randoms(use_true_random=False))
def test_however_the_stream_is_cut_the_datagrams_are_whole(
    datagrams: list[bytes], dice: random.Random
) -> None:
    stream = b"".join(frame(one) for one in datagrams)
    found: list[bytes] = []
    rest = b""
    while stream:
        size = dice.randint(1, 400)
        chunk, stream = stream[:size], stream[size:]
        split = split_untrusted(rest + chunk)
        assert split is not None
        found += split[0]
        rest = split[1]
    assert found == datagrams
    assert rest == b""


@given(st.binary(max_size=3 * FRAME_MAX))
def test_any_bytes_are_frames_or_the_end(data: bytes) -> None:
    split = split_untrusted(data)
    if split is not None:
        frames, rest = split
        assert all(0 < len(one) <= FRAME_MAX for one in frames)
        assert len(rest) < 2 + FRAME_MAX
        assert sum(len(one) + 2 for one in frames) + len(rest) <= len(data)


def test_an_empty_frame_is_passed_over_and_a_long_one_ends_it() -> None:
    assert split_untrusted(frame(b"") + frame(b"one")) == ([b"one"], b"")
    assert split_untrusted(frame(b"one") + (FRAME_MAX + 1).to_bytes(2, "big")) is None
