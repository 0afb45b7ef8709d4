"""Files are what their content is; names are what is left of them."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from hub.storage.filetypes import CSV, DOCX, ENDINGS, PPTX, TEXT, XLSX, clean_name, type_of

MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def docx() -> bytes:
    file = io.BytesIO()
    Document().save(file)
    return file.getvalue()


def xlsx() -> bytes:
    file = io.BytesIO()
    with Workbook(file) as book:
        book.add_worksheet()
    return file.getvalue()


def packed(types: str, *more: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("[Content_Types].xml", types)
        for name in more:
            made.writestr(name, b"x")
    return file.getvalue()


def broken(content: bytes) -> bytes:
    """A list of parts that says it is packed, and is not."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", content)
    at = 30 + len("[Content_Types].xml")
    return file.getvalue()[:at] + b"\xff" + file.getvalue()[at + 1 :]


def long_list(*, wide: bool = False) -> bytes:
    """One whose list of parts would fill the memory, by what its end says."""
    whole = packed(WORD)
    end = whole.rindex(b"PK\x05\x06")
    locator = b"PK\x06\x07" + bytes(16) if wide else b""
    size = whole[end + 12 : end + 16] if wide else (1 << 30).to_bytes(4, "little")
    return whole[:end] + locator + whole[end : end + 12] + size + whole[end + 16 :]


WORD = MAIN.format("wordprocessingml.document")
PPT = packed(MAIN.format("presentationml.presentation"))
OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(20)

TAKEN = {
    "x.pdf": (b"%PDF-1.7\n", "application/pdf"),
    "x.PNG": (b"\x89PNG\r\n\x1a\n" + bytes(20), "image/png"),
    "x.jpeg": (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
    "x.webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    "x.docx": (docx(), DOCX),
    "x.xlsx": (xlsx(), XLSX),
    "x.pptx": (PPT, PPTX),
    "x.txt": ("水位 98.5 米\r\n".encode("gb18030"), TEXT),
    "x.csv": ("\ufeff单位,户数\n信阳,35\n".encode(), CSV),
    "x.mp4": (b"\x00\x00\x00\x20ftypisom" + bytes(20), "video/mp4"),
    "x.m4a": (b"\x00\x00\x00\x20ftypM4A " + bytes(20), "audio/mp4"),
    "x.mp3": (b"ID3\x04" + bytes(20), "audio/mpeg"),
    "y.mp3": (b"\xff\xfb\x90\x64" + bytes(20), "audio/mpeg"),
    "x.opus": (OGG, "audio/ogg"),
}
REFUSED = {
    "x.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "svg.txt": b"\xef\xbb\xbf  <SVG onload=alert(1)>",
    "x.html": b"<html>",
    "html.txt": b"<!DOCTYPE html><script>",
    "xml.csv": b"<?xml version='1.0'?>",
    "x.exe": b"MZ\x90\x00",
    "exe.pdf": b"MZ\x90\x00",
    "pdf.png": b"%PDF-1.7",
    "png.txt": b"\x89PNG\r\n\x1a\n",
    "elf.txt": b"\x7fELF\x02\x01\x01\x00",
    "x.zip": packed("x"),
    "zip.docx": packed("x"),
    "none.docx": b"PK\x03\x04rubbish",
    "docx.xlsx": docx(),
    "broken.docx": broken(WORD.encode() * 9),
    "long.docx": long_list(),
    "wide.docx": long_list(wide=True),
    "macro.docx": packed(WORD, "word/vbaProject.bin"),
    "macro2.docx": packed("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "activex.docx": packed(WORD, "word/activeX/activeX1.xml"),
    "x.docm": packed(WORD),
    "heic.mp4": b"\x00\x00\x00\x20ftypheic" + bytes(20),
    "vorbis.ogg": b"OggS" + bytes(24) + b"\x01vorbis",
    "noname": b"%PDF-1.7",
    "pdf": b"%PDF-1.7",
    "utf16.txt": "水位".encode("utf-16"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_E4_what_is_taken_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    content, wanted = TAKEN[name]
    file = tmp_path / "x"
    file.write_bytes(content)
    assert type_of(file, name) == wanted
    assert type_of(file, "x.exe") is None


@pytest.mark.parametrize("name", REFUSED)
def test_E4_everything_else_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "x"
    file.write_bytes(REFUSED[name])
    assert type_of(file, name) is None


@given(st.binary(max_size=300), st.sampled_from([ending for ends in ENDINGS.values() for ending in ends]))
def test_E4_whatever_comes_is_taken_or_refused(content: bytes, ending: str) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        assert type_of(Path(file.name), f"x.{ending}") in (None, *ENDINGS)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("报告.docx", "报告.docx"),
        ("C:\\桌面\\报告.docx", "报告.docx"),
        ("../../etc/passwd", "passwd"),
        ("a<b>:c?.pdf", "a_b__c_.pdf"),
        ("x\u202efdp.exe", "xfdp.exe"),
        (" .pdf", "pdf"),
        ("", "附件"),
        ("a\x00\r\nb.txt", "ab.txt"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_E4_names_are_cleaned(name: str, wanted: str) -> None:
    assert clean_name(name) == wanted


@given(st.text(max_size=400))
def test_E4_no_name_breaks_out(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 120
    assert not set(cleaned) & set('<>:"/\\|?*\r\n\0')
    assert clean_name(cleaned) == cleaned
