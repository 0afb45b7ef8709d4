"""The way in for the field: codes over HTTP, and what a guest's token opens there, which is nothing."""

from __future__ import annotations

import re

import pytest

from hub.clock import ManualClock
from hub.errors import Refusal
from hub.http import keys
from hub.live.attempts import ALL_MAX, ALL_MS, FAILURES_MAX, LOCK_MS, Attempts
from tests.support.live import Page
from tests.support.served import Client

OPEN = {
    ("POST", "/api/login"),
    ("POST", "/api/guest"),
    ("GET", "/api/about"),
    ("GET", "/socket.io/"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
}
"""What anybody may ask without a token; the pages themselves and OPTIONS aside."""


async def officers_page(client: Client) -> Page:
    await client.login("officer")
    page = Page(client.hub.url, {"token": client.token, "page": None})
    await page.connect()
    client.token = ""
    return page


async def a_code(client: Client, *, minutes: int = 30) -> tuple[str, str]:
    """A running session, and a code for it."""
    officer = await officers_page(client)
    wish = {"title": "防汛会商", "kind": "consultation", "venues": ["yingji"]}
    session_id: str = (await officer.wish("session.start", **wish))["session_id"]
    made = await officer.wish(
        "guest.invite", session_id=session_id, label="抢险一组", place="浉河区", minutes=minutes
    )
    await officer.close()
    return session_id, made["code"]


async def enter(client: Client, code: str, person: str = "") -> tuple[int, str]:
    answer = await client.ask("POST", "/api/guest", {"code": code, "person": person})
    return answer.status, answer.code if answer.status >= 400 else answer.body["session_id"]


async def test_U1_a_code_opens_one_session_once(client: Client) -> None:
    session_id, code = await a_code(client)
    assert re.fullmatch(r"\d{8}", code)
    assert await enter(client, f" {code[:4]} {code[4:]} ", "刘洋") == (201, session_id)
    assert await enter(client, code) == (409, "guest.used")


async def test_U1_the_log_does_not_know_the_code(client: Client) -> None:
    session_id, code = await a_code(client)
    events = await client.hub.app[keys.STREAMS].history(f"session:{session_id}", 0)
    assert events is not None
    assert code not in str(events)


async def test_U1_a_code_that_is_too_old_says_so(client: Client, clock: ManualClock) -> None:
    _, code = await a_code(client, minutes=1)
    clock.advance(60)
    assert await enter(client, code) == (410, "guest.expired")


async def test_U1_when_the_session_is_over_its_codes_open_nothing(client: Client) -> None:
    session_id, code = await a_code(client)
    await client.login("officer")
    await client.ask("POST", f"/api/sessions/{session_id}/end", b"")
    assert await enter(client, code) == (403, "guest.bad_code")


async def test_U2_who_guesses_is_locked_out_and_a_right_code_too_until_then(
    client: Client, clock: ManualClock
) -> None:
    session_id, code = await a_code(client)
    wrong = f"{(int(code) + 1) % 10**8:08}"
    answer = await client.ask("POST", "/api/guest", {"code": wrong})
    assert answer.body["error"]["detail"] == {"attempts_left": FAILURES_MAX - 1}
    for _ in range(FAILURES_MAX - 1):
        assert await enter(client, wrong) == (403, "guest.bad_code")
    assert await enter(client, code) == (429, "guest.locked")
    clock.advance(LOCK_MS / 1000)
    assert await enter(client, code) == (201, session_id)


def test_U2_many_addresses_together_guess_no_faster() -> None:
    attempts = Attempts()
    for number in range(ALL_MAX):
        attempts.check(f"10.0.0.{number}", number)
        attempts.failed(f"10.0.0.{number}", number)
    with pytest.raises(Refusal, match="too_many"):
        attempts.check("10.0.1.1", ALL_MAX)
    attempts.check("10.0.1.1", ALL_MS)


def test_U2_who_was_right_in_the_end_is_forgiven() -> None:
    attempts = Attempts()
    for _ in range(FAILURES_MAX - 1):
        attempts.failed("10.0.0.1", 0)
    attempts.succeeded("10.0.0.1")
    assert attempts.failed("10.0.0.1", 1) == FAILURES_MAX - 1


async def outside_tokens(client: Client) -> list[str]:
    _, code = await a_code(client)
    guest = (await client.ask("POST", "/api/guest", {"code": code})).body["token"]
    officer = await officers_page(client)
    wall = (await officer.wish("wall.add", name="指挥大厅"))["token"]
    await officer.close()
    return [guest, wall]


async def test_P13_P14_over_http_their_tokens_open_nothing_that_is_not_open_to_all(client: Client) -> None:
    tokens = await outside_tokens(client)
    routes = {(one.method, one.resource.canonical) for one in client.hub.app.router.routes() if one.resource}
    guarded = {one for one in routes - OPEN if one[0] not in ("HEAD", "OPTIONS") and one[1] != "/{path}"}
    assert len(guarded) >= 12
    for token in tokens:
        for method, canonical in guarded:
            path = (
                canonical.replace("table.{kind}", "table.csv")
                .replace("{paper}.{kind}", "x-1.pdf")
                .replace("log.{kind}", "log.csv")
                .replace("{kind}", "whip")
                .replace("{n}", "1")
                .replace("{form}", "csv")
                .replace("{track}", "t-1")
            )
            path = re.sub(r"\{\w+\}", "x-1", path)
            client.token = token
            answer = await client.ask(method, path, b"{}")
            assert (answer.status, answer.code) == (401, "auth.required"), (method, path)
            client.token = ""
            assert (await client.ask(method, f"{path}?ticket={token}", b"{}")).status == 401
