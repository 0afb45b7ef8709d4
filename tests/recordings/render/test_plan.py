"""What a film shows when, from the log of its session; and where it stands in the picture."""

from __future__ import annotations

from typing import Any

import pytest

from hub.domain import session
from hub.domain.event import HUB
from hub.domain.floor import EndTurn, NameSpeaker
from hub.domain.keeping import ExportForm, ExportWish
from hub.domain.picture import BroadcastVenue, StopBroadcast
from hub.domain.recording import Gap, Recording, Track
from recordings.render.layout import Plan, Rect, grid, inside, speaker, strip_rows
from recordings.render.plan import gap_words, speakers, spec_of
from recordings.render.scenes import CAMERA, CONTENT, Feed, Place, scenes_of
from recordings.render.spec import Absence, Change, Layout, RenderVenue, Spec, Stretch
from tests.support.factories import OFFICER, START_MS, XINYANG, YINGJI, Stream, start_session
from tests.support.films import VENUES, spec


def recording(**changes: Any) -> Recording:
    values: dict[str, Any] = {
        "recording_id": "r-1",
        "session_id": "s-1",
        "title": "强降雨防汛会商",
        "started_ms": START_MS + 1000,
        "stopped_ms": START_MS + 60_000,
    }
    return Recording(**(values | changes))


def film_of(made: Stream, of: Recording, files: dict[str, str] | None = None, **wish: Any) -> Spec:
    wished: dict[str, Any] = {"from_ms": START_MS, "to_ms": START_MS + 60_000, "layout": "speaker"} | wish
    export = ExportWish(form=ExportForm.MP4, **wished)
    return spec_of(of, made.events, export, files or {}, classification="非涉密·内部使用")


def meeting() -> Stream:
    """Two venues that have come, at 3 s and 4 s; the chair at 2 s."""
    made = Stream("session:s-1")
    made.do(start_session(YINGJI, XINYANG), OFFICER)
    made.do(session.JoinSession(venue="office"), OFFICER)
    made.do(session.AnswerCall(venue="yingji"), YINGJI)
    made.do(session.AnswerCall(venue="xinyang"), XINYANG)
    return made


def at(seconds: float) -> int:
    return START_MS + round(seconds * 1000)


def test_who_is_large_follows_broadcast_floor_and_voice() -> None:
    made = meeting()
    made.do(session.NoteSpeech(venue="yingji", from_ms=at(5), to_ms=at(9)), HUB, after_ms=6_000)
    made.do(NameSpeaker(venue="xinyang"), OFFICER, after_ms=2_000)  # 12 s
    made.do(BroadcastVenue(venue="yingji"), OFFICER, after_ms=3_000)  # 15 s
    made.do(StopBroadcast(), OFFICER, after_ms=3_000)  # 18 s
    made.do(EndTurn(), OFFICER, after_ms=2_000)  # 20 s
    of = film_of(made, recording())
    assert of.main == [
        Change(at(2), "office"),
        Change(at(5), "yingji"),
        Change(at(12), "xinyang"),
        Change(at(15), "yingji"),
        Change(at(18), "xinyang"),
        Change(at(20), "yingji"),
    ]
    assert of.marks["xinyang"] == [Stretch(at(12), at(20), "点名发言")]
    assert of.marks["yingji"] == [Stretch(at(5), at(9), "正在发言")]


@pytest.mark.parametrize(
    ("turns", "large"),
    [
        ({"a": [(0, 10_000)], "b": [(4_000, 4_900)]}, [("a", 0)]),
        ({"a": [(0, 10_000)], "b": [(8_000, 20_000)]}, [("a", 0), ("b", 10_000)]),
        ({"a": [(0, 2_000)], "b": [(2_000, 9_000)]}, [("a", 0), ("b", 3_000)]),
        ({"a": [(0, 5_000)], "b": [(4_000, 5_500)]}, [("a", 0)]),
    ],
    ids=["a yes in between", "not into another's turn", "not so soon", "nothing is left of it"],
)
def test_a_voice_becomes_large_with_patience(
    turns: dict[str, list[tuple[int, int]]], large: list[tuple[str, int]]
) -> None:
    spoken = {venue: [Stretch(*turn, "") for turn in own] for venue, own in turns.items()}
    assert [(change.value, change.at_ms) for change in speakers(spoken)] == large


def test_why_a_venue_has_no_picture() -> None:
    made = Stream("session:s-1")
    made.do(start_session(YINGJI, XINYANG), OFFICER)
    made.do(session.DeclineCall(venue="xinyang"), XINYANG)
    made.do(session.AnswerCall(venue="yingji"), YINGJI)
    made.do(session.SetDevices(venue="yingji", camera=False), YINGJI)
    made.do(session.LeaveSession(venue="yingji"), YINGJI)
    of = film_of(made, recording())
    assert [one.words for one in of.absent["xinyang"]] == ["未接入", "正在呼叫", "拒接"]
    *before, off, left = of.absent["yingji"]
    assert [one.words for one in before] == ["未接入", "正在呼叫", ""]
    assert (off.words, off.hides) == ("摄像头已关闭", True)
    assert (left.words, left.hides) == ("已离开", False)


def test_gaps_are_said_in_words_of_the_whole_and_of_one_source() -> None:
    assert gap_words(Gap(from_ms=0, to_ms=1, reason="hub.crashed")) == "录制中断：系统异常中断"
    assert gap_words(Gap(from_ms=0, to_ms=1, reason="recording.paused", note="休会")) == "录制暂停：休会"
    assert gap_words(Gap(from_ms=0, to_ms=1, reason="of.another.version")) == (
        "录制中断：其他原因（of.another.version）"
    )
    camera = Track(
        track_id="t-1",
        venue="yingji",
        venue_name="",
        source="camera",
        kind="video",
        codec="vp8",
        started_ms=at(5),
        ended_ms=at(30),
    )
    of = film_of(
        meeting(),
        recording(
            tracks={"t-1": camera},
            gaps=[
                Gap(from_ms=at(10), to_ms=at(12), reason="storage.failed", track_id="t-1"),
                Gap(from_ms=at(40), to_ms=None, reason="storage.full"),
            ],
        ),
        {"t-1": "/x.webm"},
    )
    assert of.gaps == [Stretch(at(40), at(60), "录制中断：存储空间已满")]
    assert of.absent["yingji"][-2:] == [
        Absence(at(10), "录制中断：存储写入失败", hides=False),
        Absence(at(12), "", hides=False),
    ]
    assert [(track.track_id, track.path) for track in of.tracks] == [("t-1", "/x.webm")]


def test_a_clip_stays_within_what_was_recorded() -> None:
    of = film_of(meeting(), recording(), from_ms=0, to_ms=START_MS * 2, height=1080, fps=10)
    assert (of.from_ms, of.to_ms) == (START_MS + 1000, START_MS + 60_000)
    assert (of.width, of.height, of.fps) == (1920, 1080, 10)
    assert of.classification == "非涉密·内部使用"


# --- places -------------------------------------------------------------------------------------


@pytest.mark.parametrize("height", [480, 720, 1080])
@pytest.mark.parametrize("tiles", [1, 2, 5, 10, 16, 25, 30, 36])
@pytest.mark.parametrize("arrange", [grid, speaker], ids=["grid", "speaker"])
def test_nothing_lies_on_anything_else(arrange: Any, tiles: int, height: int) -> None:
    width = {480: 854, 720: 1280, 1080: 1920}[height]
    plan: Plan = arrange(width, height, tiles)
    assert len(plan.tiles) == (tiles if arrange is grid else min(tiles, 2 * strip_rows(width, height, 2)))
    parts = [plan.head, *(part for cell in plan.tiles for part in cell)]
    parts += list(plan.main or ())
    for part in parts:
        assert all(value % 2 == 0 for value in part)
        assert 0 <= part.x <= part.x + part.width <= width
        assert 0 <= part.y <= part.y + part.height <= height
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
            apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert apart_x or apart_y


def test_a_picture_keeps_its_shape() -> None:
    assert inside(Rect(10, 20, 320, 180), 1280, 720) == Rect(10, 20, 320, 180)
    assert inside(Rect(0, 0, 320, 180), 720, 1280) == Rect(110, 0, 100, 180)
    assert inside(Rect(0, 0, 320, 180), 640, 200) == Rect(0, 40, 320, 100)


def test_in_a_grid_everybody_keeps_their_place_and_content_has_one_of_its_own() -> None:
    of = spec([], 4, venues=VENUES, content=[Change(START_MS + 2000, "yingji")])
    first, second = scenes_of(of)
    assert [place.name for place in first.places] == ["共享内容", "值班室", "应急厅", "信阳"]
    assert first.places[0].instead == "无共享内容"
    assert second.places[0].feed == Feed("yingji", CONTENT)
    assert [place.cell for place in first.places] == [place.cell for place in second.places]
    assert (first.to_tick, second.from_tick, second.to_tick) == (50, 50, 100)


def test_beside_content_the_speaker_is_seen_even_if_the_strip_is_full() -> None:
    many = [RenderVenue(venue=f"v{n}", name=f"会场{n}", short=f"会场{n}") for n in range(30)]
    of = spec(
        [],
        2,
        layout=Layout.SPEAKER,
        width=1280,
        height=720,
        venues=many,
        main=[Change(START_MS, "v25")],
        content=[Change(START_MS + 1000, "v3")],
    )
    alone, shared = scenes_of(of)
    assert alone.places[0].feed == Feed("v25", CAMERA)
    assert shared.places[0].feed == Feed("v3", CONTENT)
    assert shared.places[-1].feed == Feed("v25", CAMERA)
    assert alone.note == f"另有 {30 - len(alone.plan.tiles)} 个会场未列入画面"


def test_a_small_picture_bears_the_short_name_and_who_is_large_is_not_shown_twice() -> None:
    of = spec([], 1, layout=Layout.SPEAKER, venues=VENUES)
    (scene,) = scenes_of(of)
    large, *strip = scene.places
    assert large == Place(scene.plan.main, "应急厅", "", Feed("yingji", CAMERA), "无画面")  # type: ignore[arg-type]
    assert [(place.name, place.feed, place.instead) for place in strip] == [
        ("值班室", Feed("office", CAMERA), "无画面"),
        ("应急厅", None, "见大画面"),
        ("信阳", Feed("xinyang", CAMERA), "无画面"),
    ]
