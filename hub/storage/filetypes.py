"""What a file is, by its content: an allow-list; and which name it may bear (rule E4)."""

from __future__ import annotations

import lzma
import os
import re
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

NAME_MAX = 120
_HEAD_BYTES = 4096

_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = _OFFICE + "wordprocessingml.document"
XLSX = _OFFICE + "spreadsheetml.sheet"
PPTX = _OFFICE + "presentationml.presentation"
TEXT, CSV = "text/plain", "text/csv"

ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/webp": ("webp",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    PPTX: ("pptx",),
    TEXT: ("txt",),
    CSV: ("csv",),
    "video/mp4": ("mp4",),
    "audio/mpeg": ("mp3",),
    "audio/mp4": ("m4a",),
    "audio/ogg": ("ogg", "opus", "oga"),
}
"""Every type that is taken, and the endings that a name of it may have."""

INLINE = frozenset(("application/pdf", "image/png", "image/jpeg", "image/webp"))
"""What a browser may show in its own window; everything else is only saved."""

_ZIP_ENTRIES_MAX = 20_000
_ZIP_LIST_MAX_BYTES = 4 << 20
_ZIP_TAIL_BYTES = 22 + 65_535
_CONTENT_TYPES_MAX = 1 << 20
_MAIN_PARTS = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
    b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": PPTX,
}
_ACTIVE_PARTS = (b"macroenabled", b"vbaproject", b"activex", b"oleobject")
_MARKUP = re.compile(rb"<(?:!doctype|html|svg|script|\?xml|head|body|iframe|xsl:)", re.IGNORECASE)
_MP4_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"MSNV",
    b"dash",
    b"M4V ",
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def type_of(file: Path, name: str) -> str | None:
    """The type of the content, where the ending of ``name`` agrees with it; None: it is not taken."""
    _, dot, ending = name.lower().rpartition(".")
    if not dot:
        return None
    with file.open("rb") as opened:
        found = _by_content(opened, ending)
    return found if found is not None and ending in ENDINGS[found] else None


def _by_content(file: BinaryIO, ending: str) -> str | None:
    head = file.read(_HEAD_BYTES)
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:12] in (b"M4A ", b"M4B ") else _mp4(head)
    if head[:4] == b"OggS":
        return "audio/ogg" if head[28:36] == b"OpusHead" else None
    if head[:3] == b"ID3" or _is_mp3_frame(head):
        return "audio/mpeg"
    if head[:4] == b"PK\x03\x04":
        return _office(file)
    return _text(file, ending) if ending in ("txt", "csv") else None


def _mp4(head: bytes) -> str | None:
    return "video/mp4" if head[8:12] in _MP4_BRANDS else None


def _is_mp3_frame(head: bytes) -> bool:
    """MPEG audio, layer III, with a bit rate and a sample rate that exist."""
    return (
        len(head) > 3
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[2] >> 4 not in (0, 15)
        and head[2] >> 2 & 3 != 3
    )


def _office(file: BinaryIO) -> str | None:
    """OOXML that says what it is and has nothing in it that runs."""
    if not _is_list_short(file):
        return None
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            if len(entries) > _ZIP_ENTRIES_MAX:
                return None
            names = b"\n".join(entry.filename.encode().lower() for entry in entries)
            listed = packed.getinfo("[Content_Types].xml")
            if listed.file_size > _CONTENT_TYPES_MAX:
                return None
            content = packed.read(listed)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return None
    except (zipfile.LargeZipFile, zlib.error, lzma.LZMAError):
        return None
    if any(part in names or part in content.lower() for part in _ACTIVE_PARTS):
        return None
    return next((of for part, of in _MAIN_PARTS.items() if part in content), None)


def _is_list_short(file: BinaryIO) -> bool:
    """The list of what is packed is read whole before anything can be counted: its end says how long it is.

    APPNOTE.TXT, 4.3.16. Which of several ends a reader believes is its own affair, so all have to be modest;
    no document is so large that it needs the 64-bit form.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _ZIP_TAIL_BYTES))
    tail = file.read(_ZIP_TAIL_BYTES)
    at = tail.find(b"PK\x05\x06")
    while at >= 0:
        long_form = tail[max(0, at - 20) : at].startswith(b"PK\x06\x07")
        if long_form or int.from_bytes(tail[at + 12 : at + 16], "little") > _ZIP_LIST_MAX_BYTES:
            return False
        at = tail.find(b"PK\x05\x06", at + 1)
    return True


def _text(file: BinaryIO, ending: str) -> str | None:
    """UTF-8 or GB18030 all through, and no page that a browser would run."""
    file.seek(0)
    content = file.read()
    if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf").lstrip()[:64]):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(decoded) else TEXT if ending == "txt" else CSV
    return None


_UNSAFE = re.compile(r'[<>:"/\\|?*]')


def clean_name(name: str) -> str:
    """The last part of a path, without what systems forbid in names or what makes them look otherwise."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")  # also marks of direction
    name = " ".join(_UNSAFE.sub("_", name).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return (name or "附件")[:NAME_MAX]
    return f"{(stem.strip('. ') or '附件')[: NAME_MAX - len(ending) - 1]}.{ending}"[-NAME_MAX:]
