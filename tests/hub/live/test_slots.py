"""Slots are filled in order of arrival and change as little as they can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.domain.session import Source
from hub.live.slots import View, fill_audio, fill_video


def source(name: str, kind: str = "video") -> Source:
    codec = "vp8" if kind == "video" else "opus"
    return Source(source_id=name, venue=f"venue-{name}", name="camera", kind=kind, codec=codec)


def sound(name: str) -> Source:
    return source(name, "audio")


def test_M3_video_slots_are_filled_in_order_of_arrival() -> None:
    filled = fill_video({"0": None, "1": None}, [source("a"), sound("b"), source("c"), source("d")])
    assert filled == {"0": "a", "1": "c"}


def test_M3_what_is_shown_stays_where_it_is() -> None:
    filled = fill_video({"0": "a", "1": "b", "2": "c"}, [source("b"), source("c"), source("d")])
    assert filled == {"0": "d", "1": "b", "2": "c"}


def test_M4_everybody_is_heard_while_there_is_room() -> None:
    filled = fill_audio({"0": None, "1": None}, [sound("a"), sound("b")], [])
    assert filled == {"0": "a", "1": "b"}


def test_M4_the_loudest_are_heard_when_there_is_not() -> None:
    sources = [sound("a"), sound("b"), sound("c")]
    assert fill_audio({"0": "a", "1": "b"}, sources, ["c", "b"]) == {"0": "c", "1": "b"}


def test_M4_silence_changes_nothing() -> None:
    sources = [sound("a"), sound("b"), sound("c")]
    assert fill_audio({"0": "c", "1": "b"}, sources, []) == {"0": "c", "1": "b"}


def test_a_view_leaves_out_its_own_venue_or_shows_only_one() -> None:
    assert not View(without="venue-a").shows(source("a"))
    assert View(without="venue-a").shows(source("b"))
    assert View(only="venue-a").shows(source("a"))
    assert not View(only="venue-a").shows(source("b"))


names = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(names, names, names, st.integers(0, 5))
def test_nobody_is_shown_twice_and_no_slot_stays_empty(
    before: list[str], now: list[str], loudest: list[str], slots: int
) -> None:
    shown = {str(mid): before[mid] if mid < len(before) else None for mid in range(slots)}
    for filled in (
        fill_video(shown, [source(one) for one in now]),
        fill_audio(shown, [sound(one) for one in now], [one for one in loudest if one in now]),
    ):
        seen = [one for one in filled.values() if one is not None]
        assert len(seen) == len(set(seen)) == min(slots, len(now))
        assert set(seen) <= set(now)
        for mid, one in filled.items():
            if shown[mid] in seen:
                assert one == shown[mid]
