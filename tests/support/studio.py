"""A recorder at work: a real log, real streams, and a media plane whose packets the test sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import av

from hub.clock import Clock, SystemClock
from hub.config import RecordingSettings, Settings
from hub.domain import keeping, recording, session
from hub.domain.event import HUB
from hub.domain.recording import Recording, RecordingState, StartRecording, Track, TrackState
from hub.domain.session import EndSession, Source
from hub.errors import Refusal
from hub.live.media import MediaListener
from hub.live.streams import Streams
from hub.media.sfu.sink import Sink
from hub.storage.sqllog import SqlEventLog, open_log
from recordings.capture import Plane
from recordings.room import Room
from recordings.service import Recordings
from recordings.tape import Tape
from signaling.bodies import Growing
from tests.support.factories import OFFICER, REVIEWER, YINGJI, start_session
from tests.support.rtp_samples import Report, Sender, Sent, opus_packets, send_audio, send_video, vp8_frames

CAMERA = Source(source_id="src-cam", venue="yingji", name="camera", kind="video", codec="vp8")
MICROPHONE = Source(source_id="src-mic", venue="yingji", name="microphone", kind="audio", codec="opus")
RECORDING, SESSION = recording.stream_of("r-1"), session.stream_of("s-1")
KEEPING = keeping.stream_of("r-1")


PLAIN = RecordingSettings(min_free_bytes=0, thumbnails=False)


class Wire:
    """A media plane without a network (``recordings.capture.Plane``)."""

    def __init__(self) -> None:
        self._listeners: list[MediaListener] = []
        self._sources: dict[str, Source] = {}
        self._sinks: dict[str, list[Sink]] = {}
        self.keyframes_asked: list[str] = []
        self.packets: dict[str, int] = {}

    def listen(self, listener: MediaListener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def forget_listeners(self) -> None:
        """As if something had gone wrong in telling them."""
        self._listeners = []

    def sources(self, session_id: str) -> list[Source]:
        return list(self._sources.values())

    def attach(self, source_id: str, sink: Sink) -> Callable[[], None]:
        if source_id not in self._sources:
            raise Refusal("media.unknown_resource")
        self._sinks[source_id].append(sink)

        def detach() -> None:
            if sink in self._sinks.get(source_id, []):
                self._sinks[source_id].remove(sink)

        return detach

    def received(self, session_id: str) -> dict[str, int]:
        return dict(self.packets)

    def recorded(self) -> list[str]:
        """The sources that somebody listens to."""
        return [source_id for source_id, sinks in self._sinks.items() if sinks]

    def tapes(self, source: Source) -> list[Tape]:
        """What it is written to."""
        return [sink for sink in self._sinks[source.source_id] if isinstance(sink, Tape)]

    def request_keyframe(self, source_id: str) -> None:
        self.keyframes_asked.append(source_id)

    def begin(self, source: Source) -> None:
        self._sources[source.source_id] = source
        self._sinks[source.source_id] = []
        self.packets[source.source_id] = 0
        for listener in self._listeners:
            listener.source_started("s-1", source)

    def send(self, source: Source, items: Iterable[Sent | Report]) -> None:
        for item in items:
            self.packets[source.source_id] += 1
            for sink in self._sinks[source.source_id]:
                if isinstance(item, Report):
                    sink.receive_sender_report(item.ntp, item.rtp_timestamp, item.at_s)
                else:
                    sink.receive_rtp(item.data, item.at_s)

    def end(self, source: Source) -> None:
        del self._sources[source.source_id], self.packets[source.source_id]
        for sink in self._sinks.pop(source.source_id):
            sink.close()
        for listener in self._listeners:
            listener.source_ended("s-1", source)


class Studio:
    """One session with one venue and its recording."""

    def __init__(
        self,
        data: Path,
        clock: Clock | None = None,
        room: Room | None = None,
        media: Plane | None = None,
        recording: RecordingSettings | None = None,
    ) -> None:
        """``media``: where its packets come from, if not from ``wire``."""
        self.data = data
        self.clock = clock = clock or SystemClock()
        self.settings = Settings(data=str(data), recording=recording or PLAIN)
        self.log: SqlEventLog = open_log(data)
        self.streams = Streams(self.log, clock)
        self.wire = Wire()
        plane = media or self.wire
        self.recordings = Recordings(clock, self.log, self.streams, plane, self.settings, room=room)

    async def start(self) -> None:
        await self.recordings.start()

    async def open(self) -> None:
        await self.streams.execute(SESSION, start_session(YINGJI), OFFICER)
        await self.streams.execute(SESSION, session.AnswerCall(venue="yingji"), YINGJI)
        start = StartRecording(recording_id="r-1", session_id="s-1", title="强降雨防汛会商")
        await self.streams.execute(RECORDING, start, HUB)

    async def end_session(self) -> None:
        await self.streams.execute(SESSION, EndSession(), OFFICER)
        await self.streams.execute(RECORDING, recording.StopRecording(), HUB)

    async def close(self) -> None:
        await self.recordings.close()
        await self.streams.close()
        await self.log.close()

    async def state(self) -> Recording:
        state, _ = await self.streams.state(RECORDING)
        assert isinstance(state, Recording)
        return state

    async def until(self, done: Callable[[Recording], bool]) -> Recording:
        """The state as soon as it is as wished."""
        changed = asyncio.Event()
        stop = self.streams.subscribe(lambda stream, events: changed.set())
        try:
            while not done(state := await self.state()):
                await asyncio.wait_for(changed.wait(), 30)
                changed.clear()
            return state
        finally:
            stop()

    async def until_ready(self) -> Recording:
        return await self.until(lambda state: state.state is RecordingState.READY)

    async def until_growing(self, enough: Callable[[Growing], bool]) -> Growing:
        """What can be played of the files, as soon as so much of them is on the disk: the log knows of a file
        before anything is in it."""
        async with asyncio.timeout(30):
            while True:
                told = await self.recordings.review.growing("r-1", REVIEWER, 0)
                if enough(told):
                    return told
                await asyncio.sleep(0.02)

    def file(self, track: Track) -> Path:
        suffix = ".part" if track.state in (TrackState.WRITING, TrackState.FAILED) else ".webm"
        return self.data / "recordings" / "r-1" / (track.track_id + suffix)


@asynccontextmanager
async def studio(
    data: Path,
    *,
    clock: Clock | None = None,
    room: Room | None = None,
    media: Plane | None = None,
    recording: RecordingSettings | None = None,
) -> AsyncIterator[Studio]:
    """Recorder on, session not yet started."""
    made = Studio(data, clock, room, media, recording)
    await made.start()
    try:
        yield made
    finally:
        await made.close()


def a_while(begin_s: float, seconds: int, *, video_delay_s: float = 0.0) -> tuple[list[Sent | Report], ...]:
    """Camera and microphone of one publisher from ``begin_s`` on, with reports: flashes and beeps in step."""
    camera = Sender(90_000, begin_s=begin_s, timestamp=0xFFFF_0000)
    microphone = Sender(48_000, begin_s=begin_s, timestamp=123)
    video = send_video(vp8_frames(seconds), camera)
    audio = send_audio(opus_packets(seconds), microphone)
    delayed: list[Sent | Report] = [Sent(packet.at_s + video_delay_s, packet.data) for packet in video]
    reports = range(1, seconds)
    return (
        sorted([*delayed, *(camera.report(at) for at in reports)], key=lambda item: item.at_s),
        sorted([*audio, *(microphone.report(at + 0.5) for at in reports)], key=lambda item: item.at_s),
    )


def flashes_of(path: Path) -> list[float]:
    """Seconds from the first frame at which the picture turns white."""
    rises: list[float] = []
    white = False
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            assert frame.pts is not None
            assert frame.time_base is not None
            middle = bytes(frame.planes[0])[
                frame.planes[0].line_size * (frame.height // 2) + frame.width // 2
            ]
            if middle > 180 and not white:
                rises.append(float(frame.pts * frame.time_base))
            white = middle > 180
    return rises


def beeps_of(path: Path) -> list[float]:
    """Seconds from the first frame at which the tone begins."""
    rises: list[float] = []
    silent_s = 1.0
    with av.open(str(path)) as file:
        for frame in file.decode(audio=0):
            assert frame.pts is not None
            assert frame.time_base is not None
            samples = memoryview(bytes(frame.planes[0])).cast("f")
            stride = 2 if not frame.format.is_planar else 1
            for place in range(0, frame.samples * stride, 48 * stride):
                loud = max(abs(value) for value in samples[place : place + 48 * stride]) > 0.05
                at_s = float(frame.pts * frame.time_base) + place / stride / 48_000
                if loud and silent_s > 0.3:
                    rises.append(at_s)
                silent_s = 0.0 if loud else silent_s + 0.001
    return rises
