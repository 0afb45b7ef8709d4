"""Files of a condemned recording: all of them go, also after a crash, and the tombstone names them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hub.clock import ManualClock, SystemClock
from hub.domain import keeping, recording
from hub.domain.event import HUB
from hub.domain.keeping import ApproveDestruction, DestructionStuck, Fate, Keeping, ProposeDestruction
from hub.domain.recording import FinishRecording, OpenTrack, SealTrack, StartRecording, StopRecording, Track
from hub.errors import Refusal
from hub.live.streams import Streams
from hub.storage.memory import MemoryEventLog
from recordings.destroy import LIST, Destroyer
from recordings.places import Places
from recordings.readers import Readers
from tests.support.factories import OFFICER, REVIEWER

STREAM = keeping.stream_of("r-1")
SEALED = b"the picture of a camera"


class Log(MemoryEventLog):
    """On a disk that may be full."""

    is_full = False

    async def append(self, *args: Any, **values: Any) -> list[Any]:
        if self.is_full:
            raise Refusal("storage.full")
        return await super().append(*args, **values)


class House(NamedTuple):
    """A recording that two persons have condemned, and its files."""

    streams: Streams
    places: Places
    log: Log

    @property
    def folder(self) -> Path:
        return self.places.root / "r-1"

    def destroyer(self, remove: Callable[[Path], None] | None = None, again_s: float = 0.0) -> Destroyer:
        readers = Readers(SystemClock())
        if remove is None:
            return Destroyer(self.streams, self.places, readers)
        return Destroyer(self.streams, self.places, readers, remove=remove, again_s=again_s)

    async def state(self) -> Keeping:
        state, _ = await self.streams.state(STREAM)
        assert isinstance(state, Keeping)
        return state

    async def tombstone(self) -> keeping.Destruction:
        destruction = (await self.state()).destruction
        assert destruction is not None
        return destruction


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    log = Log()
    made = House(Streams(log, ManualClock()), Places(tmp_path), log)
    track = Track(
        track_id="t-1",
        venue="yingji",
        venue_name="省应急厅",
        source="camera",
        kind="video",
        codec="vp8",
        started_ms=1,
    )
    seal = SealTrack(
        track_id="t-1", ended_ms=9, size_bytes=len(SEALED), digest=hashlib.sha256(SEALED).hexdigest()
    )
    about = StartRecording(recording_id="r-1", session_id="s-1", title="会商")
    for command in (about, OpenTrack(track=track), seal, StopRecording(), FinishRecording()):
        await made.streams.execute(recording.stream_of("r-1"), command, HUB)
    folder = made.places.folder("r-1")
    (folder / "t-1.webm").write_bytes(SEALED)
    (folder / "t-2.part").write_bytes(b"kept, but unreadable")
    (folder / "thumbs").mkdir()
    (folder / "thumbs" / "yingji.jpg").write_bytes(b"small pictures")
    await made.streams.execute(STREAM, ProposeDestruction(reason="误开"), OFFICER)
    await made.streams.execute(STREAM, ApproveDestruction(), REVIEWER)
    yield made
    await made.streams.close()


FILES = [
    ("t-1.webm", SEALED),
    ("t-2.part", b"kept, but unreadable"),
    ("thumbs/yingji.jpg", b"small pictures"),
]


async def check_gone(house: House) -> None:
    stone = await house.tombstone()
    assert stone.fate is Fate.DESTROYED
    assert (stone.proposed_by, stone.approved_by, stone.reason) == (OFFICER, REVIEWER, "误开")
    assert [(file.name, file.size_bytes, file.digest) for file in stone.files] == [
        (name, len(content), hashlib.sha256(content).hexdigest()) for name, content in FILES
    ]
    assert not house.folder.exists()


async def test_R26_every_file_goes_and_the_tombstone_names_them(house: House) -> None:
    destroyer = house.destroyer()
    destroyer.begin("r-1")
    destroyer.begin("r-1")
    await destroyer.idle()
    await check_gone(house)
    events = [type(each.event).__name__ for each in await house.log.read(STREAM)]
    assert events == ["DestructionProposed", "DestructionApproved", "RecordingDestroyed"]


async def test_R27_a_hub_that_is_killed_half_way_goes_on_at_its_next_start(house: House) -> None:
    gone: list[Path] = []
    stuck = asyncio.Event()
    house.streams.subscribe(
        lambda _, events: stuck.set() if isinstance(events[-1].event, DestructionStuck) else None
    )

    def killed_after_the_first(path: Path) -> None:
        if gone:
            raise OSError("the machine is off")
        path.unlink()
        gone.append(path)

    destroyer = house.destroyer(killed_after_the_first, again_s=3600)
    destroyer.begin("r-1")
    await asyncio.wait_for(stuck.wait(), 30)
    await destroyer.close()
    assert (house.folder / LIST).exists()
    assert not (house.folder / "t-1.webm").exists()
    assert (await house.tombstone()).fate is Fate.APPROVED

    again = house.destroyer()
    again.begin("r-1")
    await again.idle()
    await check_gone(house)


async def test_R27_what_resists_is_said_and_tried_again(house: House) -> None:
    refusals = 3

    def resists(path: Path) -> None:
        nonlocal refusals
        if path.name == "t-2.part" and refusals > 0:
            refusals -= 1
            raise PermissionError("somebody has it open")
        path.unlink(missing_ok=True)

    destroyer = house.destroyer(resists)
    destroyer.begin("r-1")
    await destroyer.idle()
    await check_gone(house)
    said = [each.event for each in await house.log.read(STREAM) if hasattr(each.event, "reason")]
    assert [event.reason for event in said[1:]] == ["recording.not_deleted"], "once, not at every try"


async def test_R27_what_was_made_of_it_goes_too_and_resists_as_loudly(house: House) -> None:
    film = house.places.made_of("r-1") / "e-1.mp4"
    film.parent.mkdir(parents=True)
    film.write_bytes(b"a film")
    destroyer = house.destroyer(lambda path: path.unlink() if path != film else film.rmdir(), again_s=3600)
    noted = asyncio.Event()
    house.streams.subscribe(lambda _, events: noted.set())
    destroyer.begin("r-1")
    await asyncio.wait_for(noted.wait(), 30)
    await destroyer.close()
    assert (await house.tombstone()).problem == "recording.not_deleted"
    again = house.destroyer()
    again.begin("r-1")
    await again.idle()
    await check_gone(house)
    assert not film.parent.exists()


async def test_R27_a_disk_without_room_for_the_note_is_no_end_of_it(house: House) -> None:
    refusals = 2

    def resists(path: Path) -> None:
        nonlocal refusals
        house.log.is_full = refusals > 0
        if refusals:
            refusals -= 1
            raise PermissionError("somebody has it open")
        path.unlink(missing_ok=True)

    destroyer = house.destroyer(resists)
    destroyer.begin("r-1")
    await destroyer.idle()
    await check_gone(house)


async def test_R27_what_was_left_right_after_the_last_note_is_cleared_away(house: House) -> None:
    destroyer = house.destroyer()
    destroyer.begin("r-1")
    await destroyer.idle()
    (house.places.folder("r-1") / LIST).write_bytes(b"[]")
    destroyer.clear_up("r-1")
    await destroyer.idle()
    await check_gone(house)
    destroyer.clear_up("r-1")
    assert not house.folder.exists()


async def test_R24_what_is_being_looked_at_is_not_destroyed(house: House) -> None:
    clock = ManualClock()
    readers = Readers(clock, quiet_s=60)
    readers.note("r-1")
    assert readers.wait_s("r-1") == 60
    assert readers.wait_s("r-2") == 0
    destroyer = Destroyer(house.streams, house.places, readers)
    destroyer.begin("r-1")
    await asyncio.sleep(0)
    await destroyer.close()
    assert (house.folder / "t-1.webm").exists()
    clock.advance(61)
    destroyer.begin("r-1")
    await destroyer.idle()
    await check_gone(house)


async def test_R26_what_was_made_of_it_goes_as_well_and_is_named(house: House) -> None:
    stream = keeping.stream_of("r-3")
    wish = keeping.ExportWish(form=keeping.ExportForm.MP4, from_ms=1, to_ms=2)
    done = keeping.FinishExport(
        export_id="e-1", name="会商.mp4", size_bytes=9, digest="ab", algorithm="sha256"
    )
    start = StartRecording(recording_id="r-3", session_id="s-1", title="会商")
    await house.streams.execute(recording.stream_of("r-3"), start, HUB)
    for command in (
        keeping.RequestExport(export_id="e-1", wish=wish),
        done,
        ProposeDestruction(reason="误开"),
    ):
        await house.streams.execute(stream, command, HUB)
    await house.streams.execute(stream, ApproveDestruction(), REVIEWER)
    folder = house.places.exports / "r-3"
    folder.mkdir(parents=True)
    (folder / "e-1.mp4").write_bytes(b"film")
    destroyer = house.destroyer()
    destroyer.begin("r-3")
    await destroyer.idle()
    kept, _ = await house.streams.state(stream)
    assert isinstance(kept, Keeping)
    assert kept.destruction is not None
    assert [(file.name, file.digest) for file in kept.destruction.files] == [("exports/e-1 会商.mp4", "ab")]
    assert not folder.exists()


async def test_what_is_not_condemned_stays(house: House) -> None:
    stream = keeping.stream_of("r-2")
    await house.streams.execute(stream, ProposeDestruction(reason="误开"), OFFICER)
    assert (await house.streams.state(stream))[0]
    destroyer = house.destroyer()
    (house.places.folder("r-2") / "t-9.webm").write_bytes(b"x")
    destroyer.begin("r-2")
    await destroyer.idle()
    assert (house.places.root / "r-2" / "t-9.webm").exists()
