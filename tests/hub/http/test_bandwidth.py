"""How much a line carries is measured with real bytes, and never at the expense of those who talk."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientConnectionError, ClientSession

from hub.http import bandwidth
from hub.http.bandwidth import MOST_BYTES, RATE_BPS
from signaling.throttle import LIMITS
from tests.support.served import Client


async def test_as_many_bytes_come_as_were_asked_for_and_none_of_them_compresses(client: Client) -> None:
    await client.login("hebi")
    answer = await client.ask("GET", "/api/check/down?bytes=300001")
    assert answer.status == 200
    assert len(answer.body) == 300_001
    assert len(zlib.compress(answer.body, 9)) > 299_000
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await client.ask("GET", "/api/check/down?bytes=0")).body == b""


async def test_what_came_up_is_counted(client: Client) -> None:
    await client.login("hebi")
    answer = await client.ask("POST", "/api/check/up", bytes(300_001))
    assert (answer.status, answer.body) == (200, {"bytes": 300_001})


async def test_only_for_people_who_are_logged_in(client: Client) -> None:
    assert (await client.ask("GET", "/api/check/down?bytes=10")).code == "auth.required"
    assert (await client.ask("POST", "/api/check/up", b"x")).code == "auth.required"


@pytest.mark.parametrize("size", ["", "-1", "1e9", "٣", "99999999999999"])
async def test_a_size_that_is_none_is_refused(client: Client, size: str) -> None:
    await client.login("hebi")
    assert (await client.ask("GET", f"/api/check/down?bytes={size}")).code == "bad_request"


async def test_more_than_the_most_is_refused_in_both_directions(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.login("hebi")
    assert (await client.ask("GET", f"/api/check/down?bytes={MOST_BYTES + 1}")).code == "too_large"
    monkeypatch.setattr(bandwidth, "MOST_BYTES", 1000)
    assert (await client.ask("POST", "/api/check/up", bytes(1001))).code == "too_large"

    async def unannounced() -> AsyncIterator[bytes]:
        yield bytes(600)
        yield bytes(600)

    headers = {"Authorization": f"Bearer {client.token}"}
    url = client.hub.url + "/api/check/up"
    async with ClientSession() as http, http.post(url, data=unannounced(), headers=headers) as answer:
        assert answer.status == 413


async def test_it_goes_no_faster_than_the_house_allows(client: Client) -> None:
    await client.login("hebi")
    began = time.monotonic()
    await client.ask("GET", "/api/check/down?bytes=1000000")
    assert time.monotonic() - began >= 1_000_000 * 8 / RATE_BPS * 0.95


async def test_one_at_a_time_for_an_account_and_few_in_the_house(client: Client) -> None:
    tokens = {}
    for account in ("hebi", "yingji", "xinyang"):
        await client.login(account)
        tokens[account] = {"Authorization": f"Bearer {client.token}"}

    async def measure(account: str, size: int) -> str:
        answer = await client.ask("GET", f"/api/check/down?bytes={size}", headers=tokens[account])
        return "ok" if answer.status == 200 else answer.code

    answers = await asyncio.gather(
        *(measure(one, 1_000_000) for one in ("hebi", "hebi", "yingji", "xinyang"))
    )
    assert answers.count("ok") == bandwidth.AT_ONCE
    assert answers.count("check.busy") == 2
    assert await measure("xinyang", 10) == "ok"  # those before have given their turn back


async def test_an_account_that_measures_for_ever_is_told_to_wait(client: Client) -> None:
    await client.login("hebi")
    answers = [await client.ask("GET", "/api/check/down?bytes=1") for _ in range(LIMITS["check"].burst + 1)]
    assert answers[-1].code == "too_many"
    assert answers[-1].headers["Retry-After"] == "5"


async def test_a_line_that_stands_still_gives_its_turn_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bandwidth, "WITHIN_S", 1.0)
    await client.login("hebi")
    headers = {"Authorization": f"Bearer {client.token}"}
    never = asyncio.Event()

    async def trickle() -> AsyncIterator[bytes]:
        yield b"x" * 1000
        await never.wait()

    url = client.hub.url + "/api/check/up"
    async with ClientSession() as http, http.post(url, data=trickle(), headers=headers) as answer:
        assert await answer.json() == {"bytes": 1000}
    assert (await client.ask("GET", "/api/check/down?bytes=1")).status == 200


async def test_a_page_that_leaves_in_the_middle_is_no_fault_and_gives_its_turn_back(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    await client.login("hebi")
    headers = {"Authorization": f"Bearer {client.token}"}
    down = f"{client.hub.url}/api/check/down?bytes={MOST_BYTES}"

    async def unfinished() -> AsyncIterator[bytes]:
        yield bytes(1000)
        raise ConnectionError

    async with ClientSession() as http:
        async with http.get(down, headers=headers) as answer:
            await answer.content.readexactly(1000)
            answer.close()
        with pytest.raises(ClientConnectionError):
            await http.post(client.hub.url + "/api/check/up", data=unfinished(), headers=headers)
    async with asyncio.timeout(30):
        while (await client.ask("GET", "/api/check/down?bytes=1")).status != 200:
            pass  # the hub notices at its next piece
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
