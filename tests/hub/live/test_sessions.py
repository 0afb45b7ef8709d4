"""A session from the first ring to the end, with everything that comes between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from hub.domain.call import VenueState
from hub.domain.floor import SpeakMode
from hub.domain.recording import Recording, RecordingState
from hub.domain.session import SessionKind, Source, stream_of
from hub.domain.workspace import Workspace
from hub.errors import Refusal
from hub.live.companions import SESSION_BOARDS
from hub.live.sessions import Customs
from tests.support.desk import Desk, Reader, live_desk
from tests.support.offers import CHROMIUM_SUBSCRIBE, offer

SUBSCRIBE = offer(CHROMIUM_SUBSCRIBE)


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with live_desk(tmp_path) as running:
        yield running


async def seated(desk: Desk, session_id: str, account: str, page: str | None = None) -> Reader:
    """A page that has answered or come in."""
    reader = await desk.reader(account, page)
    await desk.sessions.join(session_id, reader.who, reader.page, None)
    return reader


async def venue_state(desk: Desk, session_id: str, venue: str) -> VenueState:
    return (await desk.session(session_id)).venues[venue].state


async def events_of(desk: Desk, session_id: str) -> list[str]:
    recorded = await desk.log.read(stream_of(session_id))
    return [str(each.event.__struct_config__.tag) for each in recorded]


# --- starting -----------------------------------------------------------------------------------


async def test_R1_a_recording_begins_paused_only_where_that_is_allowed(desk: Desk) -> None:
    officer, why = await desk.actor("officer"), "涉密研判，暂不录制"

    async def start() -> str:
        return await desk.sessions.open(
            "研判会", SessionKind.CONSULTATION, ["yingji"], officer, unrecorded=why
        )

    with pytest.raises(Refusal) as refusal:
        await start()
    assert refusal.value.code == "recording.must_run"
    desk.sessions._customs = Customs(may_start_paused=True)
    session = await desk.session(await start())
    taken, _ = await desk.streams.state(f"recording:{session.recording_id}")
    assert isinstance(taken, Recording)
    assert (taken.state, taken.paused_by) == (RecordingState.PAUSED, officer)
    assert taken.gaps[0].note == why


async def test_R1_board_and_recording_begin_with_the_session(desk: Desk) -> None:
    session_id = await desk.consult("yingji", "zhengzhou")
    session = await desk.session(session_id)
    assert session.chair == "office"
    assert list(session.venues) == ["office", "yingji", "zhengzhou"]
    board, _ = await desk.streams.state(f"board:{session.board_id}")
    recording, _ = await desk.streams.state(f"recording:{session.recording_id}")
    assert isinstance(board, Workspace)
    assert isinstance(recording, Recording)
    assert (board.session_id, board.header.title) == (session_id, session.title)
    assert [each.kind for each in board.boards.values()] == list(SESSION_BOARDS)
    assert (recording.session_id, recording.state) == (session_id, RecordingState.RECORDING)
    assert recording.started_ms == session.started_ms


async def test_P4_only_a_duty_officer_starts(desk: Desk) -> None:
    for account in ("yingji", "reviewer", "admin"):
        with pytest.raises(Refusal, match="forbidden"):
            await desk.sessions.open(
                "会商", SessionKind.CONSULTATION, ["zhengzhou"], await desk.actor(account)
            )


async def test_a_venue_nobody_knows_is_named(desk: Desk) -> None:
    with pytest.raises(Refusal, match=r"session\.unknown_venue") as refused:
        await desk.consult("yingji", "atlantis")
    assert refused.value.detail == {"venues": ["atlantis"]}
    assert await desk.streams.names("session:") == []


async def test_J3_starting_twice_starts_once(desk: Desk) -> None:
    first, second = await asyncio.gather(desk.consult("yingji", op="a"), desk.consult("yingji", op="a"))
    assert first == second
    assert await desk.consult("zhengzhou", op="b") != first
    await desk.restart()
    assert await desk.consult("yingji", op="a") == first
    assert len(await desk.streams.names("session:")) == 2


async def test_no_more_sessions_than_the_hub_may_run(desk: Desk) -> None:
    desk.sessions._sessions_max = 1
    session_id = await desk.consult("yingji", op="a")
    with pytest.raises(Refusal, match=r"session\.too_many"):
        await desk.consult("yingji")
    assert await desk.consult("yingji", op="a") == session_id


# --- ringing ------------------------------------------------------------------------------------


async def test_J8_a_ring_ends_by_itself(desk: Desk) -> None:
    session_id = await desk.consult("yingji", "zhengzhou")
    await seated(desk, session_id, "zhengzhou")
    await desk.pass_s(44.9)
    assert await venue_state(desk, session_id, "yingji") is VenueState.RINGING
    await desk.pass_s(0.2)
    await desk.pass_s(45)  # the hub has called once more (S16)
    assert await venue_state(desk, session_id, "yingji") is VenueState.NO_ANSWER
    assert await venue_state(desk, session_id, "zhengzhou") is VenueState.JOINED


async def test_J8_a_second_call_rings_its_full_time(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    officer, yingji = await desk.actor("officer"), await desk.actor("yingji")
    await desk.pass_s(40)
    await desk.sessions.decline(session_id, yingji, None)
    await desk.sessions.call(session_id, ["yingji"], officer, None)
    await desk.pass_s(10)
    assert await venue_state(desk, session_id, "yingji") is VenueState.RINGING
    await desk.pass_s(36)
    await desk.pass_s(45)  # the hub has called once more (S16)
    assert await venue_state(desk, session_id, "yingji") is VenueState.NO_ANSWER


async def test_S6_of_two_pages_that_answer_at_once_one_is_in(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    pages = [await desk.reader("yingji"), await desk.reader("yingji")]
    outcomes = await asyncio.gather(
        *(desk.sessions.answer(session_id, page.who, page.page, None) for page in pages),
        return_exceptions=True,
    )
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal.code for refusal in refusals] == ["session.not_called"]
    winner = pages[0] if isinstance(outcomes[1], Refusal) else pages[1]
    assert await desk.sessions.check_seated(session_id, winner.who, winner.page) == "yingji"
    assert (await events_of(desk, session_id)).count("venue.answered") == 1


async def test_two_officers_at_once_act_one_after_the_other(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    officer = await desk.actor("officer")
    outcomes = await asyncio.gather(
        desk.sessions.hang_up(session_id, "yingji", officer, None),
        desk.sessions.hang_up(session_id, "yingji", officer, None),
        desk.sessions.end(session_id, "", officer, None),
        desk.sessions.end(session_id, "", officer, None),
        return_exceptions=True,
    )
    codes = [outcome.code for outcome in outcomes if isinstance(outcome, Refusal)]
    assert sorted(codes) == ["session.ended", "session.not_joined"]
    names = await events_of(desk, session_id)
    assert (names.count("venue.left"), names.count("session.ended")) == (1, 1)


# --- a broken line ------------------------------------------------------------------------------


async def test_J4_a_venue_that_is_cut_off_keeps_its_place(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await seated(desk, session_id, "yingji")
    page.cut()
    await desk.settled()
    assert await venue_state(desk, session_id, "yingji") is VenueState.RECONNECTING
    await desk.pass_s(29)
    await seated(desk, session_id, "yingji")
    await desk.pass_s(60)
    venue = (await desk.session(session_id)).venues["yingji"]
    assert venue.state is VenueState.JOINED
    assert len(venue.attendance) == 1, "a lost line ends no stay"


async def test_J4_who_does_not_come_back_has_left(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await seated(desk, session_id, "yingji")
    page.cut()
    await desk.settled()
    await desk.pass_s(31)
    assert await venue_state(desk, session_id, "yingji") is VenueState.LEFT
    last = (await desk.log.read(stream_of(session_id)))[-1].event
    assert getattr(last, "reason", None) == "lost"


async def test_J4_back_before_the_drop_was_written(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    first = await seated(desk, session_id, "yingji", "yingji/p")
    first.cut()
    await seated(desk, session_id, "yingji", "yingji/p")
    await desk.settled()
    await desk.pass_s(60)
    assert await venue_state(desk, session_id, "yingji") is VenueState.JOINED


async def test_J4_a_wish_repeated_after_the_cut_brings_the_venue_back(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await desk.reader("yingji", "yingji/p")
    await desk.sessions.answer(session_id, page.who, page.page, "a")
    page.cut()
    await desk.settled()
    page.connect()
    await desk.sessions.answer(session_id, page.who, page.page, "a")
    await desk.pass_s(60)
    assert await venue_state(desk, session_id, "yingji") is VenueState.JOINED
    assert (await events_of(desk, session_id))[-3:] == [
        "venue.answered",
        "venue.dropped",
        "venue.returned",
    ]


async def test_a_line_that_breaks_while_it_joins_is_a_dropped_venue(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await desk.reader("yingji")
    joining = asyncio.ensure_future(desk.sessions.join(session_id, page.who, page.page, None))
    await asyncio.sleep(0)
    page.cut()
    await joining
    await desk.settled()
    assert await venue_state(desk, session_id, "yingji") is VenueState.RECONNECTING


async def test_J5_a_venue_has_one_page(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    first = await seated(desk, session_id, "yingji")
    second = await seated(desk, session_id, "yingji")
    await desk.settled()
    told = [body for name, body in first.read() if name == "media.state"]
    assert told == [{"session_id": session_id, "resource": "", "connected": False, "reason": "displaced"}]
    with pytest.raises(Refusal, match=r"session\.not_joined"):
        await desk.sessions.check_seated(session_id, first.who, first.page)
    first.cut()
    await desk.settled()
    assert await venue_state(desk, session_id, "yingji") is VenueState.JOINED
    assert await desk.sessions.check_seated(session_id, second.who, second.page) == "yingji"


async def test_J5_who_is_displaced_loses_its_media_there_and_nowhere_else(desk: Desk) -> None:
    here, there = await desk.consult("yingji"), await desk.consult("yingji")
    first = await seated(desk, here, "yingji")
    await desk.sessions.join(there, first.who, first.page, None)
    for session_id in (here, there):
        await desk.media.subscribe(session_id, "yingji", SUBSCRIBE, owner=first.page, own=False)
    await seated(desk, here, "yingji")
    await desk.settled()
    assert desk.media.connections == 1


async def test_J5_a_place_that_is_taken_back_at_once_keeps_its_media(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    first = await seated(desk, session_id, "yingji")
    await desk.media.subscribe(session_id, "yingji", SUBSCRIBE, owner=first.page, own=False)
    release = asyncio.Event()
    desk.sessions.chores.add(stream_of(session_id), "a slow disk", release.wait)
    await seated(desk, session_id, "yingji")
    await desk.sessions.join(session_id, first.who, first.page, None)
    release.set()
    await desk.settled()
    assert desk.media.connections == 1


async def test_leaving_is_no_cut(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await seated(desk, session_id, "yingji")
    await desk.sessions.leave(session_id, page.who, None)
    page.cut()
    await desk.settled()
    assert (await events_of(desk, session_id))[-1] == "venue.left"
    with pytest.raises(Refusal, match=r"session\.not_joined"):
        await desk.sessions.check_seated(session_id, page.who, page.page)


# --- clients that are no page -------------------------------------------------------------------


async def test_a_client_brings_its_venue_in_and_takes_it_out(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    yingji = await desk.actor("yingji")
    assert await desk.sessions.venue_arrived(session_id, yingji, "whip-1") == "yingji"
    await desk.sessions.venue_arrived(session_id, yingji, "whip-2")
    desk.sessions.venue_gone(session_id, "yingji", "whip-1", lost=False)
    desk.sessions.venue_gone(session_id, "yingji", "whip-1", lost=False)
    await desk.settled()
    assert await venue_state(desk, session_id, "yingji") is VenueState.JOINED
    desk.sessions.venue_gone(session_id, "yingji", "whip-2", lost=False)
    await desk.settled()
    assert await venue_state(desk, session_id, "yingji") is VenueState.LEFT


async def test_a_client_that_is_lost_leaves_its_venue_a_while(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    yingji = await desk.actor("yingji")
    await desk.sessions.venue_arrived(session_id, yingji, "whip-1")
    desk.sessions.venue_gone(session_id, "yingji", "whip-1", lost=True)
    await desk.settled()
    assert await venue_state(desk, session_id, "yingji") is VenueState.RECONNECTING
    await desk.sessions.venue_arrived(session_id, yingji, "whip-2")
    await desk.pass_s(60)
    assert await venue_state(desk, session_id, "yingji") is VenueState.JOINED


async def test_a_page_beside_a_client_may_be_cut(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await seated(desk, session_id, "yingji")
    await desk.sessions.venue_arrived(session_id, page.who, "whip-1")
    page.cut()
    await desk.settled()
    assert await venue_state(desk, session_id, "yingji") is VenueState.JOINED


# --- media --------------------------------------------------------------------------------------


async def test_what_the_media_plane_reports_is_in_the_log_in_order(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await seated(desk, session_id, "yingji")
    await page.follow(stream_of(session_id))
    camera = Source(source_id="x-1", venue="yingji", name="camera", kind="video", codec="VP8")
    hearing = desk.sessions._hearing
    hearing.source_started(session_id, camera)
    hearing.spoke(session_id, "yingji", 1, 2)
    hearing.levels(session_id, {"yingji": 30})
    hearing.connection_changed(session_id, "c-1", "yingji", page.page, True, "")
    hearing.source_ended(session_id, camera)
    await desk.settled()
    assert (await events_of(desk, session_id))[-3:] == ["source.started", "venue.spoke", "source.ended"]
    names = [name for name, _ in page.read()]
    assert names[-5:] == ["levels", "media.state", "events", "events", "events"]


# --- the end, and a restart ---------------------------------------------------------------------


async def test_board_and_recording_end_with_the_session(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await seated(desk, session_id, "yingji")
    session = await desk.session(session_id)
    await desk.sessions.end(session_id, "完毕", await desk.actor("officer"), None)
    await desk.settled()
    board, _ = await desk.streams.state(f"board:{session.board_id}")
    recording, _ = await desk.streams.state(f"recording:{session.recording_id}")
    assert isinstance(board, Workspace)
    assert isinstance(recording, Recording)
    assert board.closed_ms is not None
    assert recording.stopped_ms is not None
    await desk.pass_s(120)
    page.cut()
    await desk.settled()
    assert (await events_of(desk, session_id))[-1] == "session.ended"


async def test_a_restart_takes_up_what_was_running(desk: Desk) -> None:
    session_id = await desk.consult("yingji", "zhengzhou", "shuili")
    await seated(desk, session_id, "yingji")
    away = await seated(desk, session_id, "zhengzhou")
    away.cut()
    camera = Source(source_id="x-1", venue="yingji", name="camera", kind="video", codec="VP8")
    desk.sessions._hearing.source_started(session_id, camera)
    await desk.settled()
    desk.clock.advance(28)
    await desk.restart()
    session = await desk.session(session_id)
    assert session.venues["yingji"].state is VenueState.RECONNECTING
    assert session.venues["yingji"].sources == {}
    assert session.venues["shuili"].state is VenueState.RINGING
    await desk.pass_s(29)  # the ring was over 45 s after it began, the time of grace began anew
    session = await desk.session(session_id)
    assert session.venues["shuili"].automatic, "the hub has called once more (S16)"
    assert session.venues["zhengzhou"].state is VenueState.RECONNECTING
    await seated(desk, session_id, "yingji")
    await desk.pass_s(2)
    session = await desk.session(session_id)
    assert session.venues["yingji"].state is VenueState.JOINED
    assert session.venues["zhengzhou"].state is VenueState.LEFT


async def test_a_restart_completes_an_end_that_was_cut_in_half(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    session = await desk.session(session_id)
    await desk.sessions.close()  # nobody is left to follow the end up
    await desk.sessions.end(session_id, "", await desk.actor("officer"), None)
    board, _ = await desk.streams.state(f"board:{session.board_id}")
    assert isinstance(board, Workspace)
    assert board.closed_ms is None
    await desk.restart()
    board, _ = await desk.streams.state(f"board:{session.board_id}")
    recording, _ = await desk.streams.state(f"recording:{session.recording_id}")
    assert isinstance(board, Workspace)
    assert isinstance(recording, Recording)
    assert board.closed_ms is not None
    assert recording.stopped_ms is not None


async def test_what_is_over_stays_over(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    yingji, officer = await desk.reader("yingji"), await desk.actor("officer")
    await desk.sessions.end(session_id, "", officer, None)
    for wish in (
        desk.sessions.join(session_id, yingji.who, yingji.page, None),
        desk.sessions.call(session_id, ["yingji"], officer, None),
        desk.sessions.venue_arrived(session_id, yingji.who, "whip-1"),
        desk.sessions.check_seated(session_id, yingji.who, yingji.page),
    ):
        with pytest.raises(Refusal, match=r"session\.ended"):
            await wish
    with pytest.raises(Refusal, match=r"session\.unknown"):
        await desk.sessions.join("s-none", yingji.who, yingji.page, None)


# --- templates ----------------------------------------------------------------------------------


async def test_S22_a_template_starts_a_session_with_all_that_belongs_to_it(desk: Desk) -> None:
    officer = await desk.actor("officer")
    session_id = await desk.sessions.open(
        "",
        SessionKind.DISPATCH_CALL,
        ["office2", "hebi"],
        officer,
        template_id="dianming",
        without=["zhengzhou"],
    )
    state = await desk.session(session_id)
    ringing = [key for key, venue in state.venues.items() if venue.state is VenueState.RINGING]
    assert (state.title, state.exercise) == ("全省值班视频点名", False)
    assert len(ringing) == len(set(ringing)) == 27
    assert ringing[0] == "kaifeng"
    assert ringing[-1] == "office2"
    assert "zhengzhou" not in state.venues
    assert (state.floor.mode, state.floor.mute_on_entry) == (SpeakMode.REQUEST, True)
    assert all(venue.muted for key, venue in state.venues.items() if key != "office")


async def test_S22_what_is_written_goes_before_the_template_and_an_exercise_stays_one(desk: Desk) -> None:
    officer = await desk.actor("officer")
    session_id = await desk.sessions.open("夜间演练", SessionKind.DRILL, [], officer, template_id="yanlian")
    state = await desk.session(session_id)
    assert (state.title, state.exercise, state.kind) == ("夜间演练", True, SessionKind.DRILL)
    assert "xinyang" in state.venues
    with pytest.raises(Refusal) as refused:
        await desk.sessions.open("防汛", SessionKind.CONSULTATION, [], officer, template_id="nowhere")
    assert refused.value.code == "not_found"
