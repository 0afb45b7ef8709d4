"""An encoding with its upper layers in time left out: what remains is a stream without a break."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hub.media.sfu.media import Media
from hub.media.sfu.thinning import Thinning
from tests.support.packets import media_of
from tests.support.simulcast import LayeredEncoding

CAPACITY = 64


def film(pictures: int, packets: list[int]) -> list[Media]:
    camera = LayeredEncoding(0, 1, 0, 0, 0x7FFE, 0, 320)
    frames = [camera.frame(packets=packets[n % len(packets)]) for n in range(pictures)]
    return [media_of(data, 1_000 + n) for n, data in enumerate(data for frame in frames for data in frame)]


def layer(media: Media) -> int:
    assert media.vp8 is not None
    return media.vp8.temporal


@given(limit=st.integers(0, 1), packets=st.lists(st.integers(1, 4), min_size=1, max_size=9))
def test_M22_numbers_and_pictures_of_a_thinned_lane_have_no_holes(limit: int, packets: list[int]) -> None:
    thinning = Thinning(limit, CAPACITY)
    source = film(40, packets)
    kept = [thin for media in source if (thin := thinning.take(media)) is not None]
    assert [media.packet for media in kept] == [media.packet for media in source if layer(media) <= limit]
    assert [media.seq for media in kept] == list(range(1_000, 1_000 + len(kept)))
    pictures = list(dict.fromkeys(media.picture_id for media in kept))
    first = pictures[0]
    assert pictures == [(first + n) & 0x7FFF for n in range(len(pictures))]


@given(
    limit=st.integers(0, 1),
    packets=st.lists(st.integers(1, 3), min_size=1, max_size=5),
    lost=st.sets(st.integers(1, 90), max_size=30),
    late=st.lists(st.integers(-1, 40), max_size=120),
)
def test_M22_what_is_missing_keeps_its_place(
    limit: int, packets: list[int], lost: set[int], late: list[int]
) -> None:
    """Whatever is lost, and whatever of it comes after all, in any order: nothing changes places, and no two
    packets have one number. ``late``: which of those held back comes now, -1 none of them."""
    source = film(40, packets)
    thinning = Thinning(limit, CAPACITY)
    seen: list[Media] = []
    held: list[Media] = []
    for n, media in enumerate(source):
        if n in lost:
            held.append(media)
            continue
        seen.append(media)
        if held and n < len(late) and late[n] >= 0:
            seen.append(held.pop(late[n] % len(held)))
    taken = [(media, thinning.take(media)) for media in seen]
    kept = {media.seq: thin for media, thin in taken if thin is not None}
    in_order = [kept[seq] for seq in sorted(kept)]
    assert all(layer(media) <= limit for media in in_order)
    for before, after in pairwise(in_order):
        assert before.seq < after.seq
        forward = (after.picture_id - before.picture_id) & 0x7FFF
        assert forward < 100
        assert (forward == 0) == (after.timestamp == before.timestamp)
    newest = max((media.seq for media, _ in taken), default=0)
    came_in_time = {media.seq for media, _ in taken if newest - media.seq < CAPACITY // 2}
    assert all(seq in kept for seq in came_in_time if layer(source[seq - 1_000]) <= limit)


def test_what_is_older_than_the_lane_is_not_in_it() -> None:
    source = film(4, [2])
    thinning = Thinning(0, CAPACITY)
    assert thinning.take(source[3]) is None  # of the second picture: the lane begins there
    assert thinning.take(source[1]) is None
    assert thinning.place(source[4]) == (source[4].seq - 1, (source[4].picture_id - 1) & 0x7FFF)


def test_without_layers_everything_stays() -> None:
    source = [media._replace(vp8=None, picture_id=-1) for media in film(4, [2])]
    thinning = Thinning(0, CAPACITY)
    assert [thinning.take(media) for media in source] == source
