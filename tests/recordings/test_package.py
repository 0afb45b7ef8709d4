"""The archive package: made by the queue, checked and played without the hub."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from hub.clock import ManualClock
from hub.domain.digests import file_digest
from hub.domain.event import Actor
from hub.domain.keeping import ExportForm, ExportState, ExportWish, Keeping, RequestExport
from hub.domain.session import MarkerKind, SetMarker
from hub.errors import Refusal
from hub.http.keys import STREAMS
from hub.live.keeping import keep
from recordings.archive.form import PackageForm
from recordings.exporthttp import EXPORTS
from recordings.keyring import KeyRing, NoKey, new_key, parse_key
from recordings.package import Failure, Member, Order, write
from recordings.vault import open_plain
from tests.support.chromium import chromium
from tests.support.exporting import office
from tests.support.factories import OFFICER, REVIEWER, START_MS
from tests.support.served import served
from tests.support.studio import CAMERA, MICROPHONE, SESSION, a_while, studio

SECONDS = 12
PATIENCE_MS = 30_000


async def packed(data: Path, by: Actor) -> Path:
    """The folder of a package of a short session, unpacked; made as ``by`` asks for it."""
    await asyncio.to_thread(data.mkdir)
    clock = ManualClock()  # it is put forward: what was sent at once has taken its time
    async with studio(data, clock=clock) as made:
        await made.open()
        video, audio = a_while(clock.now(), SECONDS)
        for source, items in ((CAMERA, video), (MICROPHONE, audio)):
            made.wire.begin(source)
            made.wire.send(source, items)
        clock.advance(SECONDS - 0.5)
        mark = SetMarker(marker_id="m-1", kind=MarkerKind.DECISION, label="转移低洼处群众")
        await made.streams.execute(SESSION, mark, OFFICER)
        clock.advance(0.5)
        await made.end_session()
        taken = await made.until_ready()
    wish = ExportWish(form=ExportForm.PACKAGE, from_ms=0, to_ms=taken.stopped_ms or 1)
    async with served(data, clock) as client:
        streams, exports = client.hub.app[STREAMS], client.hub.app[EXPORTS]
        await keep(streams, "r-1", RequestExport(export_id="e-1", wish=wish), by, "o-1")
        await exports.idle()
        kept, _ = await streams.state("keeping:r-1")
        assert isinstance(kept, Keeping)
        assert kept.exports["e-1"].state is ExportState.DONE, kept.exports["e-1"].reason
        assert not (data / "exports" / "r-1" / "work" / "e-1").exists()
    with zipfile.ZipFile(data / "exports" / "r-1" / "e-1.zip") as package:
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in package.infolist())
        package.extractall(data / "unpacked")
    return data / "unpacked" / "r-1"


def check(folder: Path) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, str(folder / "check.py")], capture_output=True, text=True, check=False
    )
    return run.returncode, run.stdout


@pytest.mark.browser
def test_a_package_is_checked_and_played_without_the_hub(tmp_path: Path) -> None:
    folder = asyncio.run(packed(tmp_path / "var", OFFICER))
    sums = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=False)
    assert sums.returncode == 0
    assert check(folder) == (0, "intact / 校验通过\n")
    assert len(list((folder / "tracks").iterdir())) == 2
    with chromium() as browser:
        page = browser.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto((folder / "index.html").as_uri())
        page.get_by_role("button", name="播放", exact=True).click()
        position = page.locator("#position")
        expect(position).to_have_text(re.compile("^00:00:(0[2-9]|1)"), timeout=PATIENCE_MS)
        assert page.evaluate("document.querySelector('video').currentTime") > 0.5
        assert page.evaluate("document.querySelector('audio').currentTime") > 0.5
        page.keyboard.press("k")  # a pause: it stands where it is sent to
        expect(page.get_by_role("button", name="播放", exact=True)).to_be_visible(timeout=PATIENCE_MS)
        page.get_by_role("button", name="决定：转移低洼处群众").click()
        expect(position).to_have_text(re.compile("^00:00:11"), timeout=PATIENCE_MS)
        expect(page.locator("#events [aria-current]")).to_contain_text("决定", timeout=PATIENCE_MS)
        buttons = page.locator("figure .tile-buttons").first  # over the picture only while one is at it
        expect(buttons).to_have_css("opacity", "0", timeout=PATIENCE_MS)
        page.locator("figure").first.hover()
        expect(buttons).to_have_css("opacity", "0.85", timeout=PATIENCE_MS)
        assert problems == []


async def test_whatever_is_changed_in_a_package_is_found(tmp_path: Path) -> None:
    folder = await packed(tmp_path / "var", OFFICER)
    lines = (folder / "events.jsonl").read_bytes().splitlines(keepends=True)
    place = next(at for at, line in enumerate(lines) if "转移低洼处群众".encode() in line)
    changed = [*lines[:place], lines[place].replace("转移".encode(), "疏散".encode()), *lines[place + 1 :]]
    (folder / "events.jsonl").write_bytes(b"".join(changed))
    returncode, said = check(folder)
    assert returncode == 1
    assert "changed / 内容不符: events.jsonl" in said
    assert "chain broken / 日志链断开: session:s-1" in said
    track = next((folder / "tracks").iterdir())
    track.unlink()
    assert f"missing / 缺少文件: tracks/{track.name}" in check(folder)[1]


async def test_a_package_holds_of_the_boards_what_its_maker_may_see(tmp_path: Path) -> None:
    """T8: the whole chain of the boards is for the office; a reviewer takes an excerpt away."""
    for by in (OFFICER, REVIEWER):
        folder = await packed(tmp_path / by.account, by)
        assert check(folder)[0] == 0
        lines = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
        chained = {line["entry"][0][0].partition(":")[0] for line in lines if "entry" in line}
        assert {"session", "recording"} <= chained
        assert ("摘录" in (folder / "README.txt").read_text("utf-8")) == (by == REVIEWER)


def test_a_track_that_is_not_what_the_log_says_makes_no_package(tmp_path: Path) -> None:
    (tmp_path / "t-1.webm").write_bytes(b"changed")
    member = Member(
        name="tracks/t-1.webm",
        path=str(tmp_path / "t-1.webm"),
        size_bytes=7,
        digest="00",
        algorithm="sha256",
    )
    output = tmp_path / "e-1.zip"
    order = Order(output=str(output), folder="r-1", algorithm="sha256", made_ms=0, members=[member])
    run = subprocess.run(
        [sys.executable, "-m", PackageForm.module],
        input=msgspec.json.encode(order),
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    last = run.stdout.splitlines()[-1]
    assert msgspec.json.decode(last, type=Failure).reason == "recording.unreadable"
    assert list(tmp_path.glob("*.zip*")) == []


def test_R16_with_a_key_a_package_is_never_in_clear_on_the_disk(tmp_path: Path) -> None:
    ring = KeyRing([parse_key(new_key())])
    content = b"\x1aE what was said " * 50_000
    (tmp_path / "t-1.webm").write_bytes(content)
    member = Member(name="tracks/t-1.webm", path=str(tmp_path / "t-1.webm"), size_bytes=len(content))
    output = tmp_path / "e-1.zip"
    order = Order(
        output=str(output),
        folder="r-1",
        algorithm="sha256",
        made_ms=0,
        members=[member],
        key=ring.to_bytes().decode(),
    )
    done = write(order, lambda done, of: None)
    assert b"what was said" not in output.read_bytes()
    with open_plain(output, ring.to_bytes()) as plain:
        assert done.digest == file_digest("sha256", plain)
        assert done.size_bytes == plain.tell()
        with zipfile.ZipFile(plain) as package:
            assert package.read("r-1/tracks/t-1.webm") == content
            assert package.testzip() is None
    with pytest.raises(NoKey):
        write(replace(order, key=KeyRing(wanted=True).to_bytes().decode()), lambda done, of: None)


async def test_T9_a_package_of_the_office_is_for_nobody_else(tmp_path: Path) -> None:
    async with office(tmp_path) as made:
        wish = ExportWish(form=ExportForm.PACKAGE, from_ms=0, to_ms=START_MS)
        for export_id, by in (("e-1", OFFICER), ("e-2", REVIEWER)):
            await keep(made.streams, "r-1", RequestExport(export_id=export_id, wish=wish), by, export_id)
        await made.exports.idle()
        for by, seen in ((OFFICER, ["e-2", "e-1"]), (REVIEWER, ["e-2"])):
            rows = (await made.exports.list("r-1", by, str)).rows
            assert [row.export.export_id for row in rows] == seen
        for export_id, by, code in (
            ("e-1", REVIEWER, "forbidden"),
            ("e-1", OFFICER, "export.not_ready"),
            ("e-2", OFFICER, "export.not_ready"),
            ("e-2", REVIEWER, "export.not_ready"),
        ):
            with pytest.raises(Refusal) as refused:
                await made.exports.file("r-1", export_id, by, at_start=True)
            assert refused.value.code == code
        kept, _ = await made.streams.state("keeping:r-1")
        assert isinstance(kept, Keeping)
        assert REVIEWER.account in kept.denied
