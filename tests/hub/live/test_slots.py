"""Slots show what the page named or who speaks, and change as little as they can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.domain.session import Source
from hub.live.slots import MARGIN_DB, View, Wish, fill_audio, fill_content, fill_video, ranks
from hub.live.turns import Turns

AUTOMATIC = Wish(None, 640)
UNSEEN = Wish(None, 0)


def source(name: str, kind: str = "video", venue: str = "") -> Source:
    codec = "vp8" if kind == "video" else "opus"
    return Source(source_id=name, venue=venue or f"venue-{name}", name="camera", kind=kind, codec=codec)


def sound(name: str) -> Source:
    return source(name, "audio")


def speech(*names: str, until: float = 10.0) -> Turns:
    """All of them have been speaking for two seconds, the last one named the longest."""
    turns = Turns()
    for at in range(21):
        turns.note([f"venue-{name}" for name in names], until - 2.0 + at / 10)
    return turns


def automatic(shown: dict[str, str | None], *names: str, turns: Turns | None = None) -> dict[str, str | None]:
    cameras = [source(name) for name in names]
    return fill_video(shown, dict.fromkeys(shown, AUTOMATIC), cameras, turns or Turns(), 10.0)


def test_M3_video_slots_are_filled_in_order_of_arrival() -> None:
    assert automatic({"0": None, "1": None}, "a", "c", "d") == {"0": "a", "1": "c"}


def test_M3_what_is_shown_stays_where_it_is() -> None:
    assert automatic({"0": "a", "1": "b", "2": "c"}, "b", "c", "d") == {"0": "d", "1": "b", "2": "c"}


def test_M35_who_speaks_takes_the_slot_of_the_one_silent_longest() -> None:
    turns = speech("b", until=5.0)
    turns.note(["venue-c"], 8.0)
    for at in range(21):
        turns.note(["venue-d"], 8.0 + at / 10)
    assert automatic({"0": "c", "1": "b"}, "b", "c", "d", turns=turns) == {"0": "c", "1": "d"}


def test_M35_a_cough_moves_nothing() -> None:
    turns = Turns()
    turns.note(["venue-d"], 9.5)
    turns.note(["venue-d"], 10.0)
    assert automatic({"0": "b"}, "b", "d", turns=turns) == {"0": "b"}


def test_M35_nobody_is_replaced_in_the_middle_of_a_turn() -> None:
    assert automatic({"0": "b"}, "b", "d", turns=speech("b", "d")) == {"0": "b"}


def test_M35_an_empty_slot_goes_to_who_spoke_last() -> None:
    assert automatic({"0": None}, "b", "d", turns=speech("d", until=4.0)) == {"0": "d"}


def test_M36_a_named_slot_shows_its_venue_and_nothing_else() -> None:
    wishes = {"0": Wish("venue-b", 1280), "1": AUTOMATIC, "2": Wish("venue-away", 320)}
    shown: dict[str, str | None] = {"0": None, "1": "b", "2": None}
    cameras = [source("a"), source("b")]
    assert fill_video(shown, wishes, cameras, Turns(), 0.0) == {"0": "b", "1": "a", "2": None}


def test_M36_two_slots_of_one_venue_show_two_pictures() -> None:
    wishes = {"0": Wish("v", 640), "1": Wish("v", 640), "2": Wish("v", 640)}
    cameras = [source("a", venue="v"), source("b", venue="v")]
    filled = fill_video(dict.fromkeys(wishes), wishes, cameras, Turns(), 0.0)
    assert filled == {"0": "a", "1": "b", "2": None}


def test_M36_what_is_looked_at_comes_before_what_is_out_of_sight() -> None:
    wishes = {"0": UNSEEN, "1": AUTOMATIC}
    shown: dict[str, str | None] = {"0": "a", "1": None}
    assert fill_video(shown, wishes, [source("a")], Turns(), 0.0) == {"0": None, "1": "a"}


def test_the_recent_and_the_wide_are_kept_on_a_narrow_line() -> None:
    wishes = {"0": Wish(None, 160), "1": Wish(None, 1280), "2": Wish(None, 320)}
    venues = {"0": "venue-a", "1": "venue-b", "2": None}
    assert ranks(wishes, venues, speech("a"), 10.0) == ["0", "1", "2"]
    assert ranks(wishes, venues, Turns(), 10.0) == ["1", "2", "0"]


def test_M4_everybody_is_heard_while_there_is_room() -> None:
    filled = fill_audio({"0": None, "1": None}, [sound("a"), sound("b")], {})
    assert filled == {"0": "a", "1": "b"}


def test_M4_the_loudest_are_heard_when_there_is_not() -> None:
    sources = [sound("a"), sound("b"), sound("c")]
    assert fill_audio({"0": "a", "1": "b"}, sources, {"c": 20, "b": 40}) == {"0": "c", "1": "b"}


def test_M4_silence_changes_nothing() -> None:
    sources = [sound("a"), sound("b"), sound("c")]
    assert fill_audio({"0": "c", "1": "b"}, sources, {}) == {"0": "c", "1": "b"}


def test_M21_a_newcomer_must_be_clearly_louder() -> None:
    sources = [sound("a"), sound("b")]
    assert fill_audio({"0": "a"}, sources, {"a": 40, "b": 40 - MARGIN_DB}) == {"0": "a"}
    assert fill_audio({"0": "a"}, sources, {"a": 40, "b": 40 - MARGIN_DB - 1}) == {"0": "b"}


def test_M37_the_chairs_venue_is_always_heard() -> None:
    sources = [sound("a"), sound("b"), sound("c")]
    levels = {"a": 20, "b": 20}
    assert fill_audio({"0": "a", "1": "b"}, sources, levels, ["venue-c"]) == {"0": "a", "1": "c"}


def test_content_that_is_shown_stays() -> None:
    assert fill_content({"9": None}, [source("x"), source("y")]) == {"9": "x"}
    assert fill_content({"9": "y"}, [source("x"), source("y")]) == {"9": "y"}
    assert fill_content({"9": "y"}, []) == {"9": None}


def test_a_view_leaves_out_its_own_venue_or_shows_only_one() -> None:
    assert not View(without="venue-a").shows(source("a"))
    assert View(without="venue-a").shows(source("b"))
    assert View(only="venue-a").shows(source("a"))
    assert not View(only="venue-a").shows(source("b"))


names = st.lists(st.sampled_from("abcdefgh"), unique=True)
levels = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 127))


@given(names, names, levels, st.integers(0, 5))
def test_nobody_is_shown_twice_and_no_slot_stays_empty(
    before: list[str], now: list[str], loud: dict[str, int], slots: int
) -> None:
    shown = {str(mid): before[mid] if mid < len(before) else None for mid in range(slots)}
    for filled in (automatic(shown, *now), fill_audio(shown, [sound(one) for one in now], loud)):
        seen = [one for one in filled.values() if one is not None]
        assert len(seen) == len(set(seen)) == min(slots, len(now))
        assert set(seen) <= set(now)
        for mid, one in filled.items():
            if shown[mid] in seen:
                assert one == shown[mid]


@given(names, levels, st.integers(1, 4))
def test_M21_filling_again_changes_nothing(now: list[str], loud: dict[str, int], slots: int) -> None:
    sources = [sound(one) for one in now]
    once = fill_audio({str(mid): None for mid in range(slots)}, sources, loud)
    assert fill_audio(once, sources, loud) == once


@given(
    st.lists(st.tuples(st.sets(st.sampled_from("abcdef")), st.integers(1, 12)), max_size=40),
    st.integers(1, 3),
)
def test_M35_in_any_conversation_only_a_speaker_comes_and_only_the_silent_go(
    script: list[tuple[set[str], int]], slots: int
) -> None:
    turns, shown = Turns(), automatic({str(mid): None for mid in range(slots)}, *"abcdef")
    began: dict[str, int] = {}
    last: dict[str, int] = {}
    tick = 0
    for speaking, ticks in script:
        for _ in range(ticks):
            tick += 1
            for one in speaking:
                if tick - last.get(one, -99) > 5:
                    began[one] = tick
                last[one] = tick
            turns.note([f"venue-{one}" for one in sorted(speaking)], tick * 0.2)
            filled = fill_video(
                shown,
                dict.fromkeys(shown, AUTOMATIC),
                [source(one) for one in "abcdef"],
                turns,
                tick * 0.2,
            )
            for mid in filled:
                comes, goes = filled[mid], shown[mid]
                if comes == goes:
                    continue
                assert comes is not None
                assert goes is not None
                assert (last[comes] - began[comes]) * 0.2 >= 1.5 - 1e-6
                assert (tick - last.get(goes, -99)) * 0.2 >= 2.0 - 1e-6
                others = [one for one in filled.values() if one in shown.values()]
                assert all(last.get(goes, -99) <= last.get(str(one), -99) for one in others)
            shown = filled
