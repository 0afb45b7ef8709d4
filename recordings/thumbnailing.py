"""The program that makes the small pictures of one track: one every ten seconds, a hundred on a sheet.

``python -m recordings.thumbnailing TRACK FOLDER NAME`` runs beside the hub with the lowest priority. The keys
come by standard input: what is made of an encrypted recording is encrypted as well. A sheet that is on the
disk is whole; ``NAME.json`` says how many pictures there are and comes last. A program that was killed leaves
sheets and at most one ``.tmp``, and the next one goes on with the last of them.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import msgspec
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from recordings.forms import COLUMNS, EVERY_MS, HEIGHT, ROWS, WIDTH
from recordings.keyring import CLEAR, KeyRing, NoKey
from recordings.remux import NO_KEY_EXIT, NO_ROOM_ERRNOS, NO_ROOM_EXIT, UNREADABLE_EXIT, Unreadable
from recordings.vault import Damaged, open_plain
from recordings.vaultwriting import GrowingVault, write_all

ON_SHEET = COLUMNS * ROWS
_QUALITY = 70


class Made(msgspec.Struct, frozen=True):
    """``NAME.json``: how many pictures there are."""

    count: int


def sheet_file(folder: Path, name: str, number: int) -> Path:
    return folder / f"{name}-{number}.jpg"


def index_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def make(track: Path, folder: Path, name: str, keys: KeyRing = CLEAR) -> int:
    """The number of pictures, all of which are on the disk. Raises Unreadable, NoKey and OSError."""
    folder.mkdir(exist_ok=True, mode=0o750)  # not what lies above it: that may have been destroyed meanwhile
    ready = 0
    while sheet_file(folder, name, ready + 1).exists():
        ready += 1  # the last of them may be one that is not full
    try:
        with (
            open_plain(track, keys.to_bytes()) as plain,
            av.open(plain, "r", metadata_errors="replace") as source,
        ):
            count = _sheets(source, folder, name, ready, keys)
    except (av.error.FFmpegError, Damaged, ValueError) as error:
        raise Unreadable(str(error)) from error
    _write(index_file(folder, name), msgspec.json.encode(Made(count)), CLEAR)
    return count


def _sheets(source: InputContainer, folder: Path, name: str, ready: int, keys: KeyRing) -> int:
    if not source.streams.video:
        raise Unreadable("no picture")
    sheet, count = _blank(), ready * ON_SHEET
    for picture in _pictures(source, source.streams.video[0], count):
        place = count % ON_SHEET
        sheet.paste(picture, (place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT))
        count += 1
        if count % ON_SHEET == 0:
            _write(sheet_file(folder, name, count // ON_SHEET - 1), _jpeg(sheet), keys)
            sheet = _blank()
    if count % ON_SHEET:
        _write(sheet_file(folder, name, count // ON_SHEET), _jpeg(sheet), keys)
    return count


def _pictures(source: InputContainer, stream: VideoStream, first: int) -> Iterator[Image.Image]:
    """From number ``first`` on, one every ``EVERY_MS``: its first key frame, else the last one before it."""
    number, end_ms = first, 0
    last: Image.Image | None = None
    held: av.Packet[VideoStream] | None = (
        None  # a key frame that nobody may ever ask for: it is not decoded before
    )

    def before() -> Image.Image | None:
        nonlocal last, held
        if held is not None:
            last, held = _small(stream, held) or last, None
        return last

    for packet in source.demux(stream):
        if packet.pts is None or not packet.size:
            continue
        at_ms = round(packet.pts * (packet.time_base or 0) * 1000)
        end_ms = max(end_ms, at_ms)
        if not packet.is_keyframe:
            continue
        place = at_ms // EVERY_MS
        if place < number:
            held = packet
            continue
        picture = _small(stream, packet)
        if picture is None:
            continue
        while number < place:
            yield before() or picture
            number += 1
        last, held = picture, None
        yield picture
        number += 1
    while number <= end_ms // EVERY_MS and (standing := before()) is not None:
        yield standing
        number += 1


def _small(stream: VideoStream, packet: av.Packet[VideoStream]) -> Image.Image | None:
    """Whole, and in its own shape: what is left over at the sides is black. None where it is damaged."""
    codec = stream.codec_context
    try:  # whatever a decoder holds back is asked for, and it begins anew with the next one
        frames = [*codec.decode(packet), *codec.decode(None)]
    except av.error.FFmpegError:
        return None
    finally:
        codec.flush_buffers()
    return _fitted(frames[0]) if frames else None


def _fitted(frame: VideoFrame) -> Image.Image:
    scale = min(WIDTH / frame.width, HEIGHT / frame.height)
    width, height = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
    small = _blank((WIDTH, HEIGHT))
    rgb = frame.reformat(width, height, "rgb24")
    [plane] = rgb.planes
    picture = Image.frombytes("RGB", (width, height), bytes(plane), "raw", "RGB", plane.line_size, 1)
    small.paste(picture, ((WIDTH - width) // 2, (HEIGHT - height) // 2))
    return small


def _blank(size: tuple[int, int] = (COLUMNS * WIDTH, ROWS * HEIGHT)) -> Image.Image:
    return Image.new("RGB", size)


def _jpeg(sheet: Image.Image) -> bytes:
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _write(path: Path, content: bytes, keys: KeyRing) -> None:
    """Whole or not at all, encrypted where there is a key."""
    key = keys.writing()
    copy = path.with_suffix(f".{os.getpid()}.tmp")
    fd = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
    try:
        if key is None:
            write_all(fd, content)
        else:
            vault = GrowingVault(fd, key)
            vault.write(content)
            vault.finish()
        os.fsync(fd)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    finally:
        os.close(fd)
    copy.replace(path)


def main(arguments: list[str]) -> int:
    os.nice(19)
    os.umask(0o027)
    av.logging.set_level(None)
    track, folder, name = arguments
    keys = KeyRing.from_bytes(sys.stdin.buffer.read())
    try:
        make(Path(track), Path(folder), name, keys)
    except Unreadable:
        return UNREADABLE_EXIT
    except NoKey:
        return NO_KEY_EXIT
    except OSError as error:
        return NO_ROOM_EXIT if error.errno in NO_ROOM_ERRNOS else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
