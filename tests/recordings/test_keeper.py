"""The hub keeps recordings by policy: grave incidents are held, what has expired goes where it may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from hub.clock import ManualClock
from hub.domain import keeping, recording
from hub.domain.deadline import EventLevel
from hub.domain.event import HUB
from hub.domain.keeping import Fate, Keeping, ReleaseRecording, WithdrawDestruction
from hub.domain.kindparts import BoardKind
from hub.domain.recording import FinishRecording, StartRecording, StopRecording
from hub.domain.workspace import ChangeLevel, Header, LinkSession, Nature, OpenWorkspace
from hub.live.streams import Streams
from hub.storage.memory import MemoryEventLog
from recordings.destroy import Destroyer
from recordings.keeper import Keeper
from recordings.places import Places
from recordings.readers import Readers
from recordings.retention import DAY_MS, Policy
from tests.support.factories import OFFICER, YINGJI, board_of, start_session, unit

SESSION, RECORDING, KEEPING = "session:s-1", recording.stream_of("r-1"), keeping.stream_of("r-1")


class Post(NamedTuple):
    """A hub with a keeper."""

    clock: ManualClock
    streams: Streams
    keeper: Keeper
    places: Places

    async def state(self) -> Keeping:
        await self.keeper.idle()
        state, _ = await self.streams.state(KEEPING)
        assert isinstance(state, Keeping)
        return state

    async def days(self, days: float) -> None:
        self.clock.advance(days * DAY_MS / 1000)
        self.keeper.look_at_due()
        await self.keeper.idle()


INCIDENT = "incident:i-1"


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    policy = Policy(days=180, destroys=True, notice_days=7)
    clock = ManualClock()
    streams, places = Streams(MemoryEventLog(), clock), Places(tmp_path)
    keeper = Keeper(clock, streams, policy, Destroyer(streams, places, Readers(clock)))
    keeper.start()
    yield Post(clock, streams, keeper, places)
    await keeper.close()
    await streams.close()


async def opened(post: Post, level: EventLevel) -> None:
    command = OpenWorkspace(
        workspace_id="i-1",
        nature=Nature.INCIDENT,
        number="2026-0001",
        header=Header(title="浉河区强降雨"),
        level=level,
        units=[unit(OFFICER), unit(YINGJI)],
        boards=[board_of(BoardKind.SITUATION)],
    )
    await post.streams.execute(INCIDENT, command, OFFICER)


async def recorded(post: Post, incident_id: str | None = None) -> None:
    """A session, and a recording of it that has one small file and is ready."""
    await post.streams.execute(SESSION, replace(start_session(YINGJI), incident_id=incident_id), OFFICER)
    if incident_id is not None:
        await post.streams.execute(INCIDENT, LinkSession(session_id="s-1", title="会商"), HUB)
    start = StartRecording(recording_id="r-1", session_id="s-1", title="会商")
    await post.streams.execute(RECORDING, start, HUB)
    (post.places.folder("r-1") / "t-1.webm").write_bytes(b"picture")


async def over(post: Post) -> None:
    for command in (StopRecording(), FinishRecording()):
        await post.streams.execute(RECORDING, command, HUB)


@pytest.mark.parametrize("level", [EventLevel.I, EventLevel.II])
async def test_R24_the_recording_of_a_grave_incident_is_held_when_it_ends(
    post: Post, level: EventLevel
) -> None:
    await opened(post, level)
    await recorded(post, "i-1")
    assert (await post.state()).hold is None, "while it runs there is nothing to hold"
    await over(post)
    hold = (await post.state()).hold
    assert hold is not None
    assert (hold.by, hold.reason) == (HUB, f"incident.level_{level}")


async def test_R24_it_is_held_when_the_level_rises_later_also_after_a_release(post: Post) -> None:
    await opened(post, EventLevel.III)
    await recorded(post, "i-1")
    await over(post)
    assert (await post.state()).hold is None
    rise = ChangeLevel(level=EventLevel.II, response="II", reason="死亡 10 人")
    await post.streams.execute(INCIDENT, rise, OFFICER)
    assert (await post.state()).hold is not None
    await post.streams.execute(KEEPING, ReleaseRecording(reason="已移交"), OFFICER)
    await post.keeper.look_at_all()
    assert (await post.state()).hold is None, "what was released is not put back"
    again = ChangeLevel(level=EventLevel.I, response="I", reason="死亡 30 人")
    await post.streams.execute(INCIDENT, again, OFFICER)
    assert (await post.state()).hold is not None


async def test_R24_a_start_makes_up_for_what_was_missed(tmp_path: Path) -> None:
    clock = ManualClock()
    streams, places = Streams(MemoryEventLog(), clock), Places(tmp_path)
    keeper = Keeper(clock, streams, Policy(), Destroyer(streams, places, Readers(clock)))
    post = Post(clock, streams, keeper, places)
    await opened(post, EventLevel.I)
    await recorded(post, "i-1")
    await over(post)
    assert (await post.state()).hold is None
    await keeper.look_at_all()
    assert (await post.state()).hold is not None
    await streams.close()


async def test_R23_what_has_expired_is_announced_and_then_destroyed(post: Post) -> None:
    await recorded(post)
    await over(post)
    await post.days(179.9)
    assert (await post.state()).destruction is None
    await post.days(0.2)
    destruction = (await post.state()).destruction
    assert destruction is not None
    assert (destruction.fate, destruction.proposed_by) == (Fate.PROPOSED, HUB)
    await post.days(6.9)
    assert (await post.state()).destruction == destruction
    await post.days(0.2)
    stone = (await post.state()).destruction
    assert stone is not None
    assert (stone.fate, stone.reason, stone.approved_by) == (Fate.DESTROYED, "retention.expired", HUB)
    assert [file.name for file in stone.files] == ["t-1.webm"]
    assert not post.places.has_folder("r-1")


async def test_R23_the_office_objects_and_it_stays(post: Post) -> None:
    await recorded(post)
    await over(post)
    await post.days(181)
    await post.streams.execute(KEEPING, WithdrawDestruction(), OFFICER)
    await post.days(1000)
    assert (await post.state()).destruction is None
    assert post.places.has_folder("r-1")


async def test_R24_what_is_held_outlives_its_days(post: Post) -> None:
    await opened(post, EventLevel.II)
    await recorded(post, "i-1")
    await over(post)
    await post.days(10_000)
    assert (await post.state()).destruction is None
    await post.streams.execute(KEEPING, ReleaseRecording(reason="已移交档案馆"), OFFICER)
    proposed = (await post.state()).destruction
    assert proposed is not None
    assert proposed.proposed_by == HUB
