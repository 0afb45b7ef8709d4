"""暂停录制: the files really close, what comes meanwhile is in none, and a restart does not end it (R12)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.domain.keeping import Keeping, ReleaseRecording
from hub.domain.recording import (
    PauseRecording,
    Recording,
    RecordingState,
    ResumeRecording,
    TrackState,
)
from hub.errors import Refusal
from hub.live.keeping import keep, pause
from tests.support.exporting import office
from tests.support.factories import OFFICER, REVIEWER
from tests.support.studio import CAMERA, RECORDING, Studio, a_while, studio


def sealed(state: Recording) -> bool:
    return bool(state.tracks) and all(one.state is TrackState.SEALED for one in state.tracks.values())


async def film(made: Studio, seconds: int = 2) -> None:
    made.wire.send(CAMERA, a_while(made.clock.now() - seconds, seconds)[0])


async def test_R12_a_pause_closes_the_files_and_going_on_opens_new_ones(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await made.open()
        made.wire.begin(CAMERA)
        await film(made)
        await made.until(lambda state: len(state.tracks) == 1)
        await made.streams.execute(RECORDING, PauseRecording(reason="涉密研判"), OFFICER)
        assert made.wire.recorded() == []
        await film(made)  # nobody writes that
        state = await made.until(sealed)
        assert (state.state, state.paused_by) == (RecordingState.PAUSED, OFFICER)
        await made.streams.execute(RECORDING, ResumeRecording(), OFFICER)
        assert made.wire.recorded() == [CAMERA.source_id]
        await film(made)
        await made.end_session()
        state = await made.until_ready()
        assert len(state.tracks) == 2
        (gap,) = state.gaps
        assert (gap.reason, gap.note) == ("recording.paused", "涉密研判")
        assert gap.to_ms is not None


async def test_R12_what_is_paused_stays_so_when_the_hub_starts_again(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await made.open()
        await made.streams.execute(RECORDING, PauseRecording(reason="涉密研判"), OFFICER)
    async with studio(tmp_path) as made:
        made.wire.begin(CAMERA)
        assert (await made.state()).state is RecordingState.PAUSED
        assert made.wire.recorded() == []
        await made.streams.execute(RECORDING, ResumeRecording(), OFFICER)
        assert made.wire.recorded() == [CAMERA.source_id]
        await film(made)
        await made.end_session()
        assert len((await made.until_ready()).tracks) == 1


async def test_R6_who_may_not_pause_or_release_it_is_in_the_log(tmp_path: Path) -> None:
    async with office(tmp_path) as made:
        for act, command in (
            (pause, PauseRecording(reason="休会")),
            (keep, ReleaseRecording(reason="调阅完毕")),
        ):
            made.clock.advance(3600)  # each is noted, not both as one attempt
            with pytest.raises(Refusal, match="forbidden"):
                await act(made.streams, "r-1", command, REVIEWER, act.__name__)
            kept, _ = await made.streams.state("keeping:r-1")
            assert isinstance(kept, Keeping)
            assert kept.denied[REVIEWER.account] == made.clock.wall_ms()
