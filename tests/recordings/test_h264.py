"""H.264 from packets to a file: whole pictures only, readable while it grows, in pieces when it is sealed."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import av
import msgspec
import pytest
from aiortc.codecs.h264 import H264Encoder
from hypothesis import given
from hypothesis import strategies as st

from hub.clock import ManualClock
from hub.domain.recording import Track
from hub.media.rtp.packet import build
from recordings.h264 import configuration_of
from recordings.manifest import media_type_of
from recordings.remux import make
from recordings.segments import TRACK_TAG
from recordings.tape import Tape
from tests.recordings.test_pipeline import run
from tests.recordings.test_tape import Told
from tests.support.rtp_samples import FPS, HEIGHT, WIDTH, Line, Sender, Sent, h264_pictures, send_h264

TRACK = Track(
    track_id="t-1", venue="a", venue_name="", source="camera", kind="video", codec="h264", started_ms=0
)
START = b"\0\0\0\1"


def units_of(picture: bytes) -> Iterator[bytes]:
    """Of a picture as it is written into MP4."""
    at = 0
    while at < len(picture):
        (size,) = struct.unpack_from(">I", picture, at)
        yield picture[at + 4 : at + 4 + size]
        at += 4 + size


def kinds_of(picture: bytes) -> list[int]:
    return [unit[0] & 0x1F for unit in units_of(picture)]


def test_a_good_line_gives_every_picture_unit_by_unit() -> None:
    pictures = h264_pictures(4)
    frames, pipeline = run("H264", Line().carry(send_h264(pictures, Sender(90_000))))
    assert [list(units_of(frame.data)) for frame in frames] == [
        list(H264Encoder._split_bitstream(picture)) for picture in pictures
    ]
    assert [frame.key for frame in frames] == [number % (2 * FPS) == 0 for number in range(4 * FPS)]
    assert pipeline.counts().lost == 0


def test_R8_after_a_lost_packet_nothing_is_written_until_the_next_key_frame() -> None:
    pictures = h264_pictures(6)
    sent = send_h264(pictures, Sender(90_000))
    missing = next(place for place, packet in enumerate(sent) if packet.at_s == 1000.0 + 30 / FPS)
    frames, _ = run("h264", Line().carry(sent[:missing] + sent[missing + 1 :]))
    assert len(frames) == 30 + (6 * FPS - 50)


# --- any line --------------------------------------------------------------------------------------

SPS, PPS = bytes.fromhex("6742c00ada7a1000000300100000030028f1226a"), bytes.fromhex("68ce0fc8")


def sliced_pictures(chance: random.Random, *, repeats_sets: bool) -> list[bytes]:
    """By their headers only: some slices each, and the number of the picture in each slice."""
    pictures = []
    for number in range(80):
        key = number % 8 == 0
        units = [SPS, PPS] if key and (repeats_sets or not number) else []
        for slice_ in range(chance.randrange(1, 5)):
            head = bytes([0x65 if key else 0x41, 0x80 if not slice_ else 0x40, number + 1])
            units.append(head + chance.randbytes(chance.choice((3, 900, 3000))).replace(b"\0", b"\1"))
        pictures.append(START + START.join(units))
    return pictures


@given(st.integers(0, 1 << 32), st.floats(0, 0.2), st.floats(0, 0.3), st.booleans())
def test_R8_whatever_the_line_does_only_whole_decodable_pictures_come_out(
    seed: int, loss: float, twice: float, repeats_sets: bool
) -> None:
    pictures = sliced_pictures(random.Random(seed), repeats_sets=repeats_sets)
    line = Line(seed=seed, loss=loss, twice=twice, jitter_s=0.35)
    frames, _ = run("h264", line.carry(send_h264(pictures, Sender(90_000))))
    places = []
    for frame in frames:
        slices = [unit for unit in units_of(frame.data) if unit[0] & 0x1F in (1, 5)]
        place = slices[0][2] - 1
        assert slices == [
            unit for unit in H264Encoder._split_bitstream(pictures[place]) if unit[0] & 0x1F in (1, 5)
        ]
        if frame.key:
            assert kinds_of(frame.data)[:2] == [7, 8]  # a player may begin here
        places.append(place)
    for earlier, later in pairwise([-1, *places]):
        assert later == earlier + 1 or (later > earlier and later % 8 == 0), "a reference is missing"
    if not loss:
        assert len(places) == 80


def test_a_picture_without_an_end_does_not_fill_the_memory() -> None:
    tape = b"\x7c\x85" + bytes(1200)
    going_on = b"\x7c\x05" + bytes(1200)
    packets = [
        build(payload_type=102, sequence_number=n, timestamp=1, ssrc=7, payload=going_on if n else tape)
        for n in range(30_000)
    ]
    frames, pipeline = run("h264", [Sent(1000 + n / 3000, data) for n, data in enumerate(packets)])
    assert frames == []
    assert pipeline.counts().dropped >= 1


# --- the file --------------------------------------------------------------------------------------


def written(folder: Path, sent: list[Sent], *, ended: bool = False) -> Path:
    """The file before it is sealed; open, as a crash leaves it, unless the source has ended."""
    clock = ManualClock()
    tape = Tape(clock, folder, TRACK, Told())
    for packet in sent:
        clock.advance(packet.at_s - clock.now())
        tape.receive_rtp(packet.data, packet.at_s)
        tape.turn(clock.now())
    clock.advance(1.0)
    if ended:
        tape.close()
    tape.turn(clock.now())
    return folder / "t-1.part"


def boxes_of(data: bytes) -> list[tuple[bytes, int, int]]:
    """(kind, begin, end) of each box of the file."""
    found, at = [], 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        found.append((kind, at, at + size))
        at += size
    return found


def decoded(path: Path) -> list[tuple[int, int]]:
    with av.open(str(path)) as file:
        return [(frame.width, frame.height) for frame in file.decode(video=0)]


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("h264"), send_h264(h264_pictures(6), Sender(90_000)))


def test_R4_a_copy_taken_anywhere_is_readable_up_to_there(part: Path, tmp_path: Path) -> None:
    content = part.read_bytes()
    for share in (0.3, 0.5, 0.77, 0.93):
        cut = tmp_path / "cut.part"
        cut.write_bytes(content[: int(len(content) * share)])
        made = make(cut, tmp_path / "whole.mp4")
        assert made.end_ms > 6000 * share - 1500
        assert made.frames >= FPS * (6 * share - 1.5)
        assert len(decoded(tmp_path / "whole.mp4")) == made.frames


def test_R4_the_file_says_itself_what_it_is(part: Path, tmp_path: Path) -> None:
    made = make(part, tmp_path / "whole.mp4")
    assert msgspec.json.decode(made.tags[TRACK_TAG], type=Track).track_id == "t-1"
    assert make(tmp_path / "whole.mp4", None).tags[TRACK_TAG] == made.tags[TRACK_TAG]
    assert media_type_of(TRACK) == "video/mp4"


def test_a_sealed_file_is_fed_in_pieces_that_begin_with_a_key_frame(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    made = make(written(tmp_path, send_h264(h264_pictures(6), Sender(90_000)), ended=True), whole)
    assert made.frames == 6 * FPS
    assert 5900 < made.end_ms <= 6000
    data = whole.read_bytes()
    boxes = boxes_of(data)
    assert [kind for kind, *_ in boxes[:3]] == [b"ftyp", b"moov", b"sidx"]
    moofs = [begin for kind, begin, _ in boxes if kind == b"moof"]
    assert len(moofs) == 3
    _, begin, end = boxes[2]
    (count,) = struct.unpack_from(">H", data, begin + 38)
    sizes = [struct.unpack_from(">I", data, begin + 40 + 12 * n)[0] for n in range(count)]
    assert [end + sum(sizes[:n]) for n in range(count)] == moofs  # what web/src/media/mp4.ts relies on


def test_the_picture_may_change_its_size(tmp_path: Path) -> None:
    """A publisher turns its device, or another encoding is the best there is."""
    sizes = [(160, 120), (320, 240), (160, 120)]
    pictures = [picture for size in sizes for picture in h264_pictures(1, FPS, size)]
    made = make(written(tmp_path, send_h264(pictures, Sender(90_000)), ended=True), tmp_path / "whole.mp4")
    assert made.frames == 3 * FPS
    assert decoded(tmp_path / "whole.mp4") == [size for size in sizes for _ in range(FPS)]


def test_what_stands_in_front_is_read_from_the_parameters() -> None:
    frames, _ = run("h264", Line().carry(send_h264(h264_pictures(1), Sender(90_000))))
    width, height, record = configuration_of(frames[0].data)
    assert (width, height) == (WIDTH, HEIGHT)
    assert record[:2] == b"\x01\x42"
    with pytest.raises(ValueError, match="key frame"):
        configuration_of(frames[1].data)
