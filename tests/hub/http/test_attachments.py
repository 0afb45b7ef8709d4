"""Attachments: in through one door, checked, hung on an item, and out to whoever sees that item."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from hub.clock import ManualClock
from hub.domain.item import ShareItem
from hub.domain.kindparts import BoardKind, Reach
from hub.http.keys import ATTACHMENTS
from hub.live.attachments import ORPHAN_MS
from tests.support.affair import Affair
from tests.support.live import Page, Refused, new_op
from tests.support.served import Answer, Client, served

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
async def affair(client: Client) -> Affair:
    made = Affair(client)
    await made.open()
    return made


async def upload(affair: Affair, account: str, content: bytes, name: str) -> Answer:
    affair.enter(account)
    return await affair.client.ask("POST", f"/api/attachments?name={name}", content)


async def hang(affair: Affair, account: str, item: str, attachment: Any) -> None:
    """As a page does it."""
    affair.enter(account)
    page = Page(affair.client.hub.url, {"token": affair.client.token, "page": None})
    await page.connect()
    try:
        await page.ask("item.attach", op=new_op(), stream=affair.stream, item_id=item, attachment=attachment)
    finally:
        await page.close()


async def hung(affair: Affair, account: str, item: str, content: bytes, name: str) -> str:
    """The path of an attachment that hangs on ``item``."""
    answer = await upload(affair, account, content, name)
    assert answer.status == 201, answer
    await hang(affair, account, item, answer.body)
    return f"/items/{item}/attachments/{answer.body['digest']}"


async def test_E4_a_file_is_taken_by_its_content_and_its_name_is_cleaned(affair: Affair) -> None:
    answer = await upload(affair, "xinyang", PDF, "C:%5C现场<1>.pdf")
    assert answer.status == 201
    assert answer.body == {
        "digest": hashlib.sha256(PDF).hexdigest(),
        "name": "现场_1_.pdf",
        "type": "application/pdf",
        "size_bytes": len(PDF),
    }


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<svg/>", "x.svg", "attachment.wrong_type"),
        (b"<html>", "x.html", "attachment.wrong_type"),
        (b"MZ\x90", "x.exe", "attachment.wrong_type"),
        (PDF, "x.png", "attachment.wrong_type"),
        (b"", "x.pdf", "attachment.empty"),
        (PDF, "", "bad_request"),
    ],
)
async def test_E4_what_is_not_on_the_list_is_refused(
    affair: Affair, content: bytes, name: str, code: str
) -> None:
    assert (await upload(affair, "xinyang", content, name)).code == code


async def test_E4_only_who_has_a_seat_uploads(affair: Affair) -> None:
    for account in ("reviewer", "admin"):
        assert (await upload(affair, account, PDF, "x.pdf")).code == "forbidden"
    affair.client.token = ""
    assert (await affair.client.ask("POST", "/api/attachments?name=x.pdf", PDF)).status == 401


async def test_E4_no_more_than_the_limit_and_nothing_of_it_stays(tmp_path: Path) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield PDF

    data = tmp_path / "var"
    async with served(data, **{"attachments.max_bytes": 2_048}) as client:
        affair = Affair(client)
        await affair.open()
        assert (await upload(affair, "xinyang", PDF, "x.pdf")).code == "too_large"
        attachments = client.hub.app[ATTACHMENTS]
        with pytest.raises(Exception, match="too_large"):
            await attachments.take_in("x.pdf", endless(), await affair.actor("xinyang"))
        assert list((data / "incoming").iterdir()) == []
        assert (await upload(affair, "xinyang", PNG, "x.png")).status == 201


async def test_E5_it_is_given_to_whoever_sees_the_item(affair: Affair) -> None:
    item = await affair.adds("xinyang", BoardKind.REPORT, "现场照片")
    path = await hung(affair, "xinyang", item, PDF, "现场.pdf")
    for account in ("xinyang", "officer", "reviewer"):
        answer = await affair.get(account, path)
        assert (answer.status, answer.body) == (200, PDF)
        assert answer.headers["Content-Disposition"].startswith("inline;")
        assert unquote(answer.headers["Content-Disposition"]).endswith("现场.pdf")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    for account in ("kaifeng", "yingji"):
        assert (await affair.get(account, path)).code == "not_found"
    assert (await affair.get("hebi", path)).status == 404
    other = await affair.adds("kaifeng", BoardKind.REPORT, "开封")
    digest = path.rpartition("/")[2]
    assert (await affair.get("kaifeng", f"/items/{other}/attachments/{digest}")).code == "not_found"
    assert (await affair.get("officer", f"/items/{item}/attachments/{'0' * 64}")).code == "not_found"
    await affair.does("officer", ShareItem(item_id=item, reach=Reach.UNIT, shared=["kaifeng"]))
    assert (await affair.get("kaifeng", path)).status == 200


async def test_E5_who_knows_a_digest_gets_no_hand_on_the_file_by_attaching_it(affair: Affair) -> None:
    theirs = await affair.adds("xinyang", BoardKind.REPORT, "信阳")
    path = await hung(affair, "xinyang", theirs, PDF, "x.pdf")
    mine = await affair.adds("kaifeng", BoardKind.REPORT, "开封")
    stolen = {"digest": path.rpartition("/")[2], "name": "x.pdf", "type": "x", "size_bytes": 1}
    with pytest.raises(Refused, match=r"attachment\.unknown"):
        await hang(affair, "kaifeng", mine, stolen)
    with pytest.raises(Refused, match=r"attachment\.unknown"):
        await hang(affair, "kaifeng", mine, stolen | {"digest": "../x"})


async def test_E4_what_the_page_says_of_a_file_does_not_count(affair: Affair) -> None:
    item = await affair.adds("xinyang", BoardKind.REPORT, "信阳")
    known = (await upload(affair, "xinyang", b"a,b\n", "x.csv")).body
    await hang(
        affair, "xinyang", item, known | {"type": "text/html", "name": "x.html", "size_bytes": 1 << 40}
    )
    [attached] = (await affair.state()).items[item].attachments
    assert (attached.attachment.type, attached.attachment.name) == ("text/csv", "x.csv")
    answer = await affair.get("xinyang", f"/items/{item}/attachments/{known['digest']}")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        ("bytes=0-", 200, 0, len(PDF)),
        ("bytes=10-19", 206, 10, 20),
        ("bytes=2000-", 206, 2000, len(PDF)),
        ("bytes=-5", 206, len(PDF) - 5, len(PDF)),
        ("bytes=5000-", 416, 0, 0),
        ("bytes=x", 416, 0, 0),
    ],
)
async def test_E5_a_part_of_it(affair: Affair, asked: str, status: int, start: int, stop: int) -> None:
    item = await affair.adds("officer", BoardKind.SITUATION, "录像")
    path = await hung(affair, "officer", item, PDF, "x.pdf")
    affair.enter("officer")
    answer = await affair.client.ask("GET", affair.path + path, headers={"Range": asked})
    assert answer.status == status
    if status != 416:
        assert answer.body == PDF[start:stop]
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(PDF)}"


async def test_E5_a_link_opens_one_file_without_a_header_and_no_other(affair: Affair) -> None:
    item = await affair.adds("xinyang", BoardKind.REPORT, "信阳")
    path = await hung(affair, "xinyang", item, PDF, "x.pdf")
    other = await hung(affair, "xinyang", item, PNG, "x.png")
    link = (await affair.get("xinyang", f"{path}/link")).body["href"]
    assert (await affair.get("kaifeng", f"{path}/link")).code == "not_found"
    affair.client.token = ""
    assert (await affair.client.ask("GET", link)).body == PDF
    ticket = link.partition("?")[2]
    assert (await affair.client.ask("GET", f"{affair.path}{other}?{ticket}")).status == 401
    assert (await affair.client.ask("GET", f"{affair.path}{path}")).status == 401


async def test_E6_what_was_never_attached_goes_after_a_day(affair: Affair, clock: ManualClock) -> None:
    item = await affair.adds("xinyang", BoardKind.REPORT, "信阳")
    kept = await hung(affair, "xinyang", item, PDF, "x.pdf")
    orphan = (await upload(affair, "xinyang", PNG, "x.png")).body
    attachments = affair.client.hub.app[ATTACHMENTS]
    clock.advance(ORPHAN_MS / 1000 - 60)
    assert await attachments.sweep() == 0
    twice = (await upload(affair, "kaifeng", b"twice", "x.txt")).body
    clock.advance(120)
    assert await attachments.sweep() == 1
    assert await attachments.sweep() == 0
    assert (await affair.get("officer", kept)).status == 200
    with pytest.raises(Refused, match=r"attachment\.unknown"):
        await hang(affair, "xinyang", item, orphan)
    mine = await affair.adds("kaifeng", BoardKind.REPORT, "开封")
    await hang(affair, "kaifeng", mine, twice)


async def test_E6_a_restart_forgets_no_upload(tmp_path: Path) -> None:
    async with served(tmp_path / "var") as client:
        affair = Affair(client)
        await affair.open()
        item = await affair.adds("xinyang", BoardKind.REPORT, "信阳")
        known = (await upload(affair, "xinyang", PDF, "x.pdf")).body
        (tmp_path / "var" / "incoming" / "half.part").write_bytes(b"x")
    async with served(tmp_path / "var") as client:
        affair.client = client
        assert list((tmp_path / "var" / "incoming").iterdir()) == []
        await hang(affair, "xinyang", item, known)
        assert (await affair.get("officer", f"/items/{item}/attachments/{known['digest']}")).body == PDF


async def test_E4_a_seat_that_uploads_without_end_has_to_wait(affair: Affair) -> None:
    codes = [(await upload(affair, "xinyang", f"{number}".encode(), "x.txt")) for number in range(32)]
    assert [answer.status for answer in codes][:30] == [201] * 30
    assert codes[-1].code == "too_many"
    assert (await upload(affair, "kaifeng", b"1", "x.txt")).status == 201
