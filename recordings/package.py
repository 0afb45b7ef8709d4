"""``python -m recordings.package``: writes one archive package; the order on stdin, progress on stdout.

A process of its own, because gigabytes are read, digested and written. The package is a ZIP of stored files,
written from front to back to ``OUTPUT.part`` and renamed when all of it is on the disk: a run that was cut
leaves nothing that could be taken for a package, and the next one begins anew.

Lines on stdout are those of a film (``recordings.render.spec``), or ``Failure`` and a return code of 1.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

import msgspec

from hub.domain.digests import file_digest
from hub.domain.paperwords import local
from hub.storage.blobs import sync_folder
from recordings.keyring import NO_KEY, KeyRing, NoKey
from recordings.render.spec import Done, Progress
from recordings.vault import open_plain
from recordings.vaultwriting import SealedVault

PIECE_BYTES = 1 << 20
_SAY_EVERY_BYTES = 8 << 20
_FIRST_YEAR = 1980  # APPNOTE 4.4.6: a ZIP knows none before

SUMS = {"sha256": "SHA256SUMS", "sm3": "SM3SUMS"}
"""What the list of digests is called, as the usual programs (sha256sum, gmssl) expect it."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the package. A track says the ``digest`` that its plain bytes must have, by ``algorithm``."""

    name: str
    path: str
    size_bytes: int
    digest: str = ""
    algorithm: str = ""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be packed, in the order of the files in it.

    ``key``: what ``vault.open_plain`` needs for tracks that lie encrypted. They go in as plain files; with a
    key the package as a whole lies encrypted, as they do.
    """

    output: str
    folder: str
    algorithm: str
    made_ms: int
    members: list[Member]
    key: str = ""


class Failure(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """There is no package; ``reason`` is a code of ``hub.errors``."""

    reason: str


Said = Progress | Done | Failure
"""One line of what the worker says."""


class Broken(Exception):
    """A file is not what the log says of it, or cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def write(order: Order, say: Callable[[int, int], None]) -> Done:
    """Write the package; ``say`` hears how many bytes of how many are in it.

    Raises ``Broken`` and ``OSError``; then there is no package, and nothing of it is left.
    """
    output = Path(order.output)
    part = output.with_name(output.name + ".part")
    key = order.key.encode() or None
    try:
        with _written(part, KeyRing.from_bytes(key)) as file:
            _fill(file, order, say)
        with open_plain(part, key) as plain:
            digest = file_digest(order.algorithm, plain)
            size_bytes = plain.seek(0, os.SEEK_END)
        part.replace(output)
        sync_folder(output.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Done(digest=digest, size_bytes=size_bytes, algorithm=order.algorithm)


@contextlib.contextmanager
def _written(path: Path, keys: KeyRing) -> Iterator[IO[bytes]]:
    """A new file, encrypted where there is a key; on the disk at the end. Raises NoKey and OSError."""
    key = keys.writing()
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o640)
    with os.fdopen(fd, "w+b") as file:
        if key is None:
            yield file
        else:
            vault = SealedVault(fd, key)
            yield cast(IO[bytes], vault.cursor())
            vault.finish()
        file.flush()
        os.fsync(fd)


def _fill(file: IO[bytes], order: Order, say: Callable[[int, int], None]) -> None:
    of = sum(member.size_bytes for member in order.members)
    key = order.key.encode() or None
    done = 0
    sums: list[str] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as package:
        for member in order.members:
            digest = hashlib.new(order.algorithm)
            promised = hashlib.new(member.algorithm) if member.digest else None
            head = _head(order, member.name)
            with package.open(head, "w", force_zip64=True) as to:
                for piece in _pieces(member, key):
                    digest.update(piece)
                    if promised is not None:
                        promised.update(piece)
                    to.write(piece)
                    done += len(piece)
                    say(done, of)
            if promised is not None and promised.hexdigest() != member.digest:
                raise Broken(member.name)
            sums.append(f"{digest.hexdigest()}  {member.name}\n")
        package.writestr(_head(order, SUMS[order.algorithm]), "".join(sums))


def _pieces(member: Member, key: bytes | None) -> Iterator[bytes]:
    """A file that cannot be read is ``Broken``; trouble with what is written stays an OSError."""
    try:
        source = open_plain(Path(member.path), key)
    except (OSError, ValueError) as error:
        raise Broken(member.name) from error
    with source:
        while piece := _read(source, member.name):
            yield piece


def _read(source: IO[bytes], name: str) -> bytes:
    try:
        return source.read(PIECE_BYTES)
    except (OSError, ValueError) as error:
        raise Broken(name) from error


def _head(order: Order, name: str) -> zipfile.ZipInfo:
    """A ZIP has local times, and those are Beijing's."""
    made = local(order.made_ms)
    head = zipfile.ZipInfo(f"{order.folder}/{name}", (max(made.year, _FIRST_YEAR), *made.timetuple()[1:6]))
    head.external_attr = 0o100644 << 16
    return head


class _Voice:
    """Progress for whoever started this process; not a line for every piece."""

    def __init__(self, to: IO[str]) -> None:
        self._to = to
        self._said = 0
        self._began_s = time.monotonic()

    def progress(self, done: int, of: int) -> None:
        if done - self._said >= _SAY_EVERY_BYTES or done == of:
            self._said = done
            gone_s = max(0.001, time.monotonic() - self._began_s)
            self.line(Progress(done=done, all=of, speed=done / gone_s))

    def line(self, said: Said) -> None:
        self._to.write(msgspec.json.encode(said).decode() + "\n")
        self._to.flush()


def main() -> int:
    """0, or 1 when there is no package."""
    voice = _Voice(sys.stdout)
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    with contextlib.suppress(OSError):
        os.nice(10)  # sessions that run come first
    try:
        voice.line(write(order, voice.progress))
    except Broken:
        voice.line(Failure(reason="recording.unreadable"))
        return 1
    except NoKey:
        voice.line(Failure(reason=NO_KEY))
        return 1
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        voice.line(Failure(reason="export.no_room" if full else "export.failed"))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
