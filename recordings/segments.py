"""One source's file while it grows: never transcoded, readable at every moment (rule R4)."""

from __future__ import annotations

import io
import os
from fractions import Fraction
from pathlib import Path

import av
import msgspec
from av.container import OutputContainer
from av.stream import Stream

from hub.domain.recording import Track
from recordings.forms import form_of
from recordings.frames import OPUS_RATE, Frame, vp8_picture
from recordings.growing import GrowingFile
from recordings.h264 import configuration_of
from recordings.keyring import Key
from recordings.vaultwriting import GrowingVault, write_all

TRACK_TAG = "HUISHANG_TRACK"
"""The file says itself what it is: with this a crash between file and log loses nothing."""

_MILLISECONDS = Fraction(1, 1000)

# A picture of 16 x 16: libav takes the form of a stream from another stream only. What a publisher sent is
# not read here for that: the remuxer does so, which may crash.
_ANY_H264 = bytes.fromhex(
    "000000016742c00ada7a1000000300100000030028f1226a0000000168ce0fc8000000016588843a2780"
)


class _Appender:
    """What the muxer writes into: the file, or nothing once the file has failed."""

    __slots__ = ("_vault", "failed", "fd", "name", "size_bytes")

    def __init__(self, path: Path, key: Key | None) -> None:
        self.name = str(path)
        # O_EXCL: no recording is ever overwritten by another.
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
        self.size_bytes = 0
        self.failed = False
        try:
            self._vault = GrowingVault(self.fd, key) if key else None
        except OSError:
            os.close(self.fd)
            raise

    def write(self, data: bytes) -> int:
        if self.failed:
            return len(data)  # the muxer still says goodbye; there is nobody left to hear it
        try:
            if self._vault is not None:
                self._vault.write(data)
            else:
                write_all(self.fd, data)
        except OSError:
            self.failed = True
            raise
        self.size_bytes += len(data)
        return len(data)

    def finish(self) -> None:
        """Nothing more comes. Raises OSError."""
        if self._vault is not None and not self.failed:
            self._vault.finish()


class SegmentFile:
    """Owns the file from its first frame to ``close``. Used by one thread only."""

    def __init__(
        self,
        path: Path,
        track: Track,
        first: Frame,
        key: Key | None = None,
        growing: GrowingFile | None = None,
    ) -> None:
        """``first`` is not written yet; a video file begins with a key frame. Encrypted from its first byte
        on where there is a ``key``. ``growing`` is told what of it can be played. Raises OSError."""
        self._growing = growing
        self._is_sound = track.kind == "audio"
        self._file = _Appender(path, key)
        self._begin_s = first.at_s
        self._last_ms = -1
        self._end_ms = 0
        self._closed = False
        try:
            form = form_of(track.codec)
            self._container: OutputContainer = av.open(
                self._file, "w", format=form.name, options=form.growing
            )
            self._container.metadata[TRACK_TAG] = msgspec.json.encode(track).decode()
            self._stream = _add_stream(self._container, track.codec, first)
        except BaseException:
            os.close(self._file.fd)
            raise

    def write(self, frame: Frame) -> None:
        """Append ``frame``; a time that is not later than the last one is made so. Raises OSError."""
        pts = max(self._last_ms + 1, round((frame.at_s - self._begin_s) * 1000))
        packet = av.Packet(frame.data)
        packet.stream = self._stream
        packet.time_base = _MILLISECONDS
        packet.pts = packet.dts = pts
        packet.is_keyframe = frame.key
        duration_ms = round(frame.duration_s * 1000)
        if duration_ms:
            packet.duration = duration_ms
        self._last_ms, self._end_ms = pts, pts + duration_ms
        self._container.mux_one(packet)
        if self._growing is not None:
            # The muxer hands over whole clusters: this frame is in the one that begins where the file ends.
            if frame.key or self._is_sound:
                self._growing.note(pts, self.size_bytes, sound=self._is_sound)
            self._growing.grown(self.size_bytes)

    @property
    def size_bytes(self) -> int:
        return self._file.size_bytes

    @property
    def end_ms(self) -> int:
        """Milliseconds from the first frame to the end of the last one."""
        return self._end_ms

    def sync(self) -> None:
        """What has been written survives a power cut. Raises OSError."""
        os.fdatasync(self._file.fd)

    def close(self) -> None:
        """Write what is held back and let go of the file, whatever happens. Raises OSError."""
        if self._closed:
            return
        self._closed = True
        try:
            self._container.close()
            self._file.finish()
            self.sync()
            if self._growing is not None:
                self._growing.grown(self.size_bytes)
        except av.error.FFmpegError:
            if not self._file.failed:
                raise
            # The muxer repeats the error that the writer has been told already.
        finally:
            os.close(self._file.fd)


def _add_stream(container: OutputContainer, codec: str, first: Frame) -> Stream:
    match codec.lower():
        case "opus":
            return _add_opus(container)
        case "h264":
            return _add_h264(container, first)
        case _:
            return _add_vp8(container, first)


def _add_opus(container: OutputContainer) -> Stream:
    # The encoder is never run; it is asked for the OpusHead that belongs into the header.
    audio = container.add_stream("libopus", rate=OPUS_RATE)
    audio.layout = "stereo"  # RFC 7587, 7: the payload format is always negotiated as opus/48000/2
    audio.time_base = _MILLISECONDS
    return audio


def _add_vp8(container: OutputContainer, first: Frame) -> Stream:
    picture = vp8_picture(first.data)
    if picture is None or not picture.key:
        raise ValueError("a video file begins with a key frame")
    return container.add_mux_stream(
        "vp8", width=picture.width, height=picture.height, time_base=_MILLISECONDS
    )


def _add_h264(container: OutputContainer, first: Frame) -> Stream:
    configuration = configuration_of(first.data)
    with av.open(io.BytesIO(_ANY_H264), format="h264") as form:
        video = container.add_stream_from_template(form.streams.video[0])
    video.width, video.height = configuration.width, configuration.height
    video.codec_context.extradata = configuration.record
    video.time_base = _MILLISECONDS
    return video
