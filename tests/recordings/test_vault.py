"""Files encrypted at rest: what is written is read at any place, and every changed byte is noticed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordings.keyring import KeyRing, NoKey, key_of, new_key, parse_key, read_ring
from recordings.vault import HEADER_BYTES, RECORD_BYTES, TAG_BYTES, Damaged, open_plain
from recordings.vaultwriting import GrowingVault, SealedVault

KEY, OTHER = key_of(b"k" * 32), key_of(b"o" * 32)
RING = KeyRing([KEY])
PIECES = st.lists(st.binary(max_size=300), max_size=12)


@contextmanager
def folder() -> Iterator[Path]:
    """A fresh one for every example of a property."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name) / "file"


def grow(path: Path, pieces: list[bytes], *, finish: bool = True) -> bytes:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    vault = GrowingVault(fd, KEY)
    for piece in pieces:
        vault.write(piece)
    if finish:
        vault.finish()
    os.close(fd)
    return b"".join(pieces)


def seal(path: Path, writes: list[tuple[int, bytes]]) -> bytes:
    """Writes at places, as a muxer does; what a plain file would hold afterwards."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    vault, plain = SealedVault(fd, KEY), bytearray()
    cursor = vault.cursor()
    for at, data in writes:
        cursor.seek(at)
        cursor.write(data)
        if not data:
            continue
        plain.extend(bytes(max(0, at + len(data) - len(plain))))
        plain[at : at + len(data)] = data
    vault.finish()
    os.close(fd)
    return bytes(plain)


def content(path: Path, *, lenient: bool = False) -> bytes:
    with open_plain(path, RING.to_bytes(), lenient=lenient) as file:
        return file.read()


@given(PIECES, st.integers(0, 4000), st.integers(0, 4000))
def test_R16_a_growing_file_gives_any_range_of_what_was_written(
    pieces: list[bytes], start: int, size: int
) -> None:
    with folder() as path:
        plain = grow(path, pieces)
        with open_plain(path, RING.to_bytes()) as file:
            assert file.read() == plain
            assert file.seek(start) == start
            assert file.read(size) == plain[start : start + size]
            assert file.seek(0, os.SEEK_END) == len(plain)
        assert all(piece not in path.read_bytes() for piece in pieces if len(piece) > 8)


@given(
    st.lists(st.tuples(st.integers(0, 4 * RECORD_BYTES), st.binary(max_size=200)), max_size=8),
    st.integers(0, 5 * RECORD_BYTES),
    st.integers(0, 3 * RECORD_BYTES),
)
def test_R16_a_sealed_file_is_written_and_read_at_any_place(
    writes: list[tuple[int, bytes]], start: int, size: int
) -> None:
    with folder() as path:
        plain = seal(path, writes)
        with open_plain(path, RING.to_bytes()) as file:
            assert file.read() == plain
            file.seek(start)
            assert file.read(size) == plain[start : start + size]


@pytest.mark.parametrize(
    "length", [0, 1, RECORD_BYTES - 1, RECORD_BYTES, RECORD_BYTES + 1, 20 * RECORD_BYTES]
)
def test_R16_files_of_every_length_come_back(tmp_path: Path, length: int) -> None:
    plain = os.urandom(length)
    assert seal(tmp_path / "sealed", [(0, plain)]) == content(tmp_path / "sealed") == plain
    assert grow(tmp_path / "growing", [plain]) == content(tmp_path / "growing")


def test_R16_what_a_muxer_moves_inside_its_file_is_moved(tmp_path: Path) -> None:
    """Cues go to the front when all is written: everything is read and written again, further back."""
    fd = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT)
    vault, plain = SealedVault(fd, KEY), os.urandom(30 * RECORD_BYTES + 77)
    writing, reading = vault.cursor(), vault.cursor()
    writing.write(plain)
    shift, at = 1234, len(plain)
    while at > 0:
        size = min(50_000, at)
        at -= size
        reading.seek(at)
        piece = reading.read(size)
        assert piece is not None
        writing.seek(at + shift)
        writing.write(piece)
    writing.seek(0)
    writing.write(b"c" * shift)
    vault.finish()
    os.close(fd)
    assert content(tmp_path / "file") == b"c" * shift + plain


@given(PIECES, st.floats(0, 1))
def test_R16_a_growing_file_that_was_cut_off_ends_with_its_last_whole_record(
    pieces: list[bytes], share: float
) -> None:
    with folder() as path:
        plain = grow(path, pieces, finish=False)
        size = HEADER_BYTES + int((path.stat().st_size - HEADER_BYTES) * share)
        os.truncate(path, size)
        left = content(path)
        assert plain.startswith(left)
        ends = {sum(map(len, pieces[:count])) for count in range(len(pieces) + 1)}
        assert len(left) in ends
        with path.open("ab") as file:
            file.write(bytes(5000))  # and so it does when a power cut left zeros behind it
        if len(left) == len(plain):
            assert content(path) == plain


@given(st.integers(0, 3 * RECORD_BYTES), st.floats(0, 1, exclude_max=True))
def test_R16_a_sealed_file_that_was_cut_off_is_noticed(length: int, share: float) -> None:
    with folder() as path:
        seal(path, [(0, b"x" * length)])
        os.truncate(path, max(9, int(path.stat().st_size * share)))
        with pytest.raises(Damaged):
            content(path)


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=5), st.booleans(), st.data())
def test_R16_every_flipped_bit_of_a_growing_file_is_noticed(
    pieces: list[bytes], finish: bool, data: st.DataObject
) -> None:
    with folder() as path:
        plain = grow(path, pieces, finish=finish)
        flip(path, data)
        with pytest.raises((Damaged, NoKey)):  # another id of the key is another key
            content(path)
        try:
            left = content(path, lenient=True)
        except (Damaged, NoKey):
            return  # the header
        assert len(left) <= len(plain)  # one record is zeros, or the file ends there


@given(st.integers(0, 200), st.data())
def test_R16_every_flipped_bit_of_a_sealed_file_is_noticed(length: int, data: st.DataObject) -> None:
    with folder() as path:
        seal(path, [(0, b"x" * length)])
        flip(path, data)
        with pytest.raises((Damaged, NoKey)):
            content(path)


def flip(path: Path, data: st.DataObject) -> None:
    whole = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(whole)


def test_R16_records_cannot_change_places_or_files(tmp_path: Path) -> None:
    stride = 12 + RECORD_BYTES + TAG_BYTES
    one, two = tmp_path / "one", tmp_path / "two"
    for path in (one, two):
        seal(path, [(0, os.urandom(3 * RECORD_BYTES))])
    whole, other = one.read_bytes(), two.read_bytes()
    first, second = HEADER_BYTES, HEADER_BYTES + stride
    exchanged = (
        whole[:first] + whole[second : second + stride] + whole[first:second] + whole[second + stride :]
    )
    mixed = whole[:first] + other[first:second] + whole[second:]
    shortened = whole[: HEADER_BYTES + 2 * stride]
    behind = whole + bytes(50)
    for changed in (exchanged, mixed, shortened, behind):
        one.write_bytes(changed)
        with pytest.raises(Damaged):
            content(one)


def test_R16_a_file_is_read_on_while_it_grows(tmp_path: Path) -> None:
    fd = os.open(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
    vault = GrowingVault(fd, KEY)
    vault.write(b"first ")
    with open_plain(tmp_path / "file", RING.to_bytes()) as file:
        assert file.read() == b"first "
        vault.write(b"second")
        assert file.read() == b"second"
        assert file.read() == b""
    os.close(fd)


def test_a_plain_file_is_read_as_it_is(tmp_path: Path) -> None:
    for plain in (b"", b"\x1a\x45\xdf\xa3" + bytes(99), b"\0\0\0\x20ftypiso5"):
        (tmp_path / "file").write_bytes(plain)
        assert content(tmp_path / "file") == plain


def test_R17_a_key_that_is_not_there_opens_nothing_and_an_older_one_still_does(tmp_path: Path) -> None:
    plain = seal(tmp_path / "file", [(0, b"said in confidence")])
    for ring in (KeyRing(), KeyRing([OTHER])):
        with pytest.raises(NoKey):
            open_plain(tmp_path / "file", ring.to_bytes())
    rotated = KeyRing([OTHER, KEY])
    assert rotated.writing() == OTHER
    with open_plain(tmp_path / "file", rotated.to_bytes()) as file:
        assert file.read() == plain


def test_R17_a_ring_without_a_key_writes_nothing_in_clear() -> None:
    assert KeyRing().writing() is None
    with pytest.raises(NoKey):
        KeyRing(wanted=True).writing()


def test_a_key_file_holds_one_key_a_line_the_writing_one_first(tmp_path: Path) -> None:
    first, second = new_key(), "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    path = tmp_path / "keys"
    path.write_text(f"# since July\n{first}  # new\n\n{second}\n")
    path.chmod(0o600)
    ring = read_ring(path)
    assert ring.writing() == parse_key(first)
    assert ring.find(KEY.id) == KEY
    again = KeyRing.from_bytes(ring.to_bytes())
    assert again.ids() == ring.ids()
    assert KeyRing.from_bytes(b"").writing() is None
    with pytest.raises(NoKey):
        KeyRing.from_bytes(KeyRing(wanted=True).to_bytes()).writing()


@pytest.mark.parametrize("text", ["", "# none yet\n", "too short\n", "z" * 64, "ab" * 33, "\xff"])
def test_R17_a_key_file_that_cannot_be_used_says_why_and_never_the_key(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    with pytest.raises(NoKey) as caught:
        read_ring(path)
    assert "ab" * 33 not in str(caught.value)
    with pytest.raises(NoKey):
        read_ring(tmp_path / "none")


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(new_key())
    path.chmod(0o644)
    with pytest.raises(NoKey, match="chmod 600"):
        read_ring(path)
    assert repr(KEY) == f"Key({KEY.id.hex()})", "a key is never shown"
