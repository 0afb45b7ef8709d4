"""Who is speaking."""

from __future__ import annotations

from hub.media.sfu.speakers import HANG_S, STALE_S, Speaker, Speakers


def talk(speaker: Speaker, level: int, from_s: float, seconds: float) -> float:
    """Packets of that level every 20 ms; says when the last came."""
    for n in range(round(seconds / 0.02)):
        speaker.observe(level, from_s + n * 0.02)
    return from_s + seconds - 0.02


def test_M20_a_stretch_of_speech_ends_where_it_was_last_loud() -> None:
    speakers = Speakers()
    speaker = speakers.add("a")
    talk(speaker, 75, 0.0, 1.0)
    assert speakers.speaking(1.0) == []
    talk(speaker, 30, 1.0, 2.0)
    assert speakers.speaking(3.0) == ["a"]
    talk(speaker, 75, 3.0, 0.6)  # a pause for breath
    assert speakers.stretches(3.6) == []
    talk(speaker, 30, 3.6, 1.0)
    end = talk(speaker, 75, 4.6, 3.0)
    (stretch,) = speakers.stretches(end)
    assert stretch.source_id == "a"
    assert 1.0 <= stretch.from_s <= 1.1
    assert 4.6 <= stretch.to_s <= 5.4
    assert speakers.stretches(end) == []


def test_a_door_is_not_speech_and_silence_is_not_heard() -> None:
    speakers = Speakers()
    speaker = speakers.add("a")
    talk(speaker, 127, 0.0, 1.0)
    speaker.observe(45, 1.0)
    assert speakers.levels(1.0)["a"] < 80
    speakers.stretches(1.0)
    end = talk(speaker, 127, 1.02, HANG_S + 2.0)
    assert speakers.stretches(end) == []
    assert speakers.levels(end) == {}


def test_packets_that_stop_are_silence() -> None:
    speakers = Speakers()
    end = talk(speakers.add("a"), 20, 0.0, 1.0)
    assert speakers.levels(end) == {"a": 20}
    assert speakers.levels(end + STALE_S + 0.1) == {}
    assert len(speakers.stretches(end + HANG_S)) == 1


def test_who_leaves_has_finished_speaking() -> None:
    speakers = Speakers()
    talk(speakers.add("a"), 20, 0.0, 1.0)
    speakers.remove("a")
    speakers.remove("a")
    assert [stretch.source_id for stretch in speakers.stretches(1.0)] == ["a"]
    assert speakers.levels(1.0) == {}


def test_an_encoder_without_levels_is_heard_behind_who_speaks() -> None:
    speakers = Speakers()
    plain, speaking, silent = (speakers.add(name) for name in ("plain", "speaking", "silent"))
    for n in range(10):
        plain.observe(-1, n * 0.02)
        speaking.observe(30, n * 0.02)
        silent.observe(127, n * 0.02)
    levels = speakers.levels(0.2)
    assert levels["speaking"] < levels["plain"]
    assert "silent" not in levels
    assert speakers.speaking(0.2) == ["speaking"]
