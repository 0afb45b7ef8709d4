"""The program that makes the small pictures of tracks: one every ten seconds, a hundred on a sheet.

``python -m recordings.thumbnailing FOLDER (sealed|growing) NAME=TRACK ...`` runs beside the hub with the
lowest priority. The keys come by standard input: what is made of an encrypted recording is encrypted as well.
A sheet that is on the disk is whole; ``NAME.json`` says how many pictures there are and comes last. A program
that was killed leaves sheets and at most one ``.tmp``, and the next one goes on with the last of them. Of a
file that grows only what has come since is read.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import BinaryIO, cast

import av
import msgspec
from PIL import Image

from recordings.forms import COLUMNS, HEIGHT, ROWS, WIDTH
from recordings.keyring import CLEAR, KeyRing, NoKey
from recordings.remux import NO_KEY_EXIT, NO_ROOM_ERRNOS, NO_ROOM_EXIT, UNREADABLE_EXIT, Unreadable
from recordings.smallpictures import Pictures, Spliced, piece_before
from recordings.vault import Damaged, open_plain
from recordings.vaultwriting import GrowingVault, write_all

ON_SHEET = COLUMNS * ROWS
_QUALITY = 70


class Made(msgspec.Struct, frozen=True):
    """``NAME.json``: how many pictures there are, and whether that is all of them.

    ``start``: from where on a file that grows is read the next time.
    """

    count: int
    ended: bool = True
    start: int = 0


def sheet_file(folder: Path, name: str, number: int) -> Path:
    return folder / f"{name}-{number}.jpg"


def index_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def read_index(folder: Path, name: str) -> Made | None:
    try:
        return msgspec.json.decode(index_file(folder, name).read_bytes(), type=Made)
    except (OSError, msgspec.MsgspecError):
        return None


def make(track: Path, folder: Path, name: str, keys: KeyRing = CLEAR) -> int:
    """Of a sealed file, the number of pictures, all of which are on the disk.

    Raises Unreadable, NoKey and OSError.
    """
    folder.mkdir(exist_ok=True, mode=0o750)  # not what lies above it: that may have been destroyed meanwhile
    ready = 0
    while sheet_file(folder, name, ready + 1).exists():
        ready += 1  # the last of them may be one that is not full
    return _make(track, folder, name, keys, Made(ready * ON_SHEET), _blank()).count


def make_growing(part: Path, folder: Path, name: str, keys: KeyRing = CLEAR) -> int:
    """The same of a file that is being written: what has come since the last time is added."""
    folder.mkdir(exist_ok=True, mode=0o750)
    known = read_index(folder, name)
    if known is None or known.ended:
        known = Made(0, ended=False)
    sheet = _blank()
    if known.count % ON_SHEET:
        with open_plain(sheet_file(folder, name, known.count // ON_SHEET), keys.to_bytes()) as last:
            sheet.paste(Image.open(last))
    return _make(part, folder, name, keys, known, sheet).count


def _make(track: Path, folder: Path, name: str, keys: KeyRing, known: Made, sheet: Image.Image) -> Made:
    try:
        with open_plain(track, keys.to_bytes()) as plain:
            count, start = _sheets(plain, folder, name, keys, known, sheet)
    except (av.error.FFmpegError, Damaged, ValueError) as error:
        raise Unreadable(str(error)) from error
    made = Made(count, known.ended, start)
    _write(index_file(folder, name), msgspec.json.encode(made), CLEAR)
    return made


def _sheets(
    plain: BinaryIO, folder: Path, name: str, keys: KeyRing, known: Made, sheet: Image.Image
) -> tuple[int, int]:
    """How many pictures there are now, and where to read on."""
    spliced = Spliced(plain, known.start)
    count = known.count
    file = plain if known.ended else cast(BinaryIO, spliced)
    with av.open(file, "r", metadata_errors="replace") as source:
        if not source.streams.video:
            raise Unreadable("no picture")
        pictures = Pictures(source, count, ended=known.ended)
        for picture in pictures:
            place = count % ON_SHEET
            sheet.paste(picture, (place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT))
            count += 1
            if count % ON_SHEET == 0:
                _write(sheet_file(folder, name, count // ON_SHEET - 1), _jpeg(sheet), keys)
                sheet = _blank()
    if count % ON_SHEET and (known.ended or count > known.count):
        _write(sheet_file(folder, name, count // ON_SHEET), _jpeg(sheet), keys)
    return count, 0 if known.ended else piece_before(plain, spliced.place_of(pictures.key_at))


def _blank() -> Image.Image:
    return Image.new("RGB", (COLUMNS * WIDTH, ROWS * HEIGHT))


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
    folder, what, *tracks = arguments
    keys = KeyRing.from_bytes(sys.stdin.buffer.read())
    code = 0
    for name, _, track in (each.partition("=") for each in tracks):
        code = _try(Path(track), Path(folder), name, keys, growing=what == "growing") or code
    return code


def _try(track: Path, folder: Path, name: str, keys: KeyRing, *, growing: bool) -> int:
    try:
        (make_growing if growing else make)(track, folder, name, keys)
    except Unreadable:
        return UNREADABLE_EXIT
    except NoKey:
        return NO_KEY_EXIT
    except OSError as error:
        return NO_ROOM_EXIT if error.errno in NO_ROOM_ERRNOS else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
