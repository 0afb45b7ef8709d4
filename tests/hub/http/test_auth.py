"""Who gets in: passwords, tokens and tickets, good, bad and old."""

from __future__ import annotations

from pathlib import Path

import jwt
import pytest

from hub.clock import ManualClock
from hub.domain.event import HUB
from hub.domain.organisation import STREAM, DisableAccount
from hub.errors import Refusal
from hub.http import keys
from hub.http.auth import AUTH
from hub.http.tokens import Tokens
from tests.support.served import Client

WHERE = "/api/sessions"


async def test_a_login_says_who_one_is_and_for_how_long(client: Client, clock: ManualClock) -> None:
    answer = await client.login("hebi")
    assert answer.status == 200
    assert answer.body["account"] == "hebi"
    assert answer.body["actor"] == {
        "account": "hebi",
        "person": "孙伟",
        "role": "seat",
        "seat": "hebi",
        "seat_name": "鹤壁市委值班室",
    }
    assert answer.body["expires_ms"] == clock.wall_ms() + 12 * 3_600_000
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await client.ask("GET", WHERE)).status == 200


@pytest.mark.parametrize(("account", "password"), [("hebi", "wrong"), ("nobody", "wrong"), ("", "")])
async def test_a_wrong_password_and_a_wrong_account_look_the_same(
    client: Client, account: str, password: str
) -> None:
    answer = await client.login(account, password)
    assert (answer.status, answer.code) == (401, "auth.wrong_password")
    assert answer.body["error"]["detail"] == {"attempts_left": 4}
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_name_that_is_too_long_for_anybody_is_not_even_looked_up(client: Client) -> None:
    assert (await client.login("h" * 200, "wrong")).code == "auth.wrong_password"
    answer = await client.login("h" * 201, "wrong")
    assert (answer.status, answer.code) == (400, "bad_request")


async def test_the_sixth_attempt_is_locked_out_and_the_lock_ends(client: Client, clock: ManualClock) -> None:
    codes = [(await client.login("hebi", "wrong")).code for _ in range(5)]
    assert codes == ["auth.wrong_password"] * 4 + ["auth.locked"]
    locked = await client.login("hebi")
    assert (locked.status, locked.code) == (429, "auth.locked")
    assert locked.body["error"]["detail"]["until_ms"] == clock.wall_ms() + 15 * 60_000
    assert locked.headers["Retry-After"] == "900"
    clock.advance(15 * 60 + 1)
    assert (await client.login("hebi")).status == 200


async def test_a_token_ends(client: Client, clock: ManualClock) -> None:
    await client.login("hebi")
    clock.advance(12 * 3600 - 1)
    assert (await client.ask("GET", WHERE)).status == 200
    clock.advance(1)
    answer = await client.ask("GET", WHERE)
    assert (answer.status, answer.code) == (401, "auth.expired")


def forged(key: bytes, clock: ManualClock, **changes: object) -> str:
    claims = {"sub": "hebi", "aud": "login", "scope": "", "exp": clock.wall_ms() // 1000 + 60} | changes
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, key, algorithm="HS256")


async def test_only_our_own_signature_counts(client: Client, clock: ManualClock, tmp_path: Path) -> None:
    key = (tmp_path / "var" / "token.key").read_bytes()
    unsigned = jwt.encode({"sub": "hebi", "aud": "login", "scope": "", "exp": 2**40}, "", algorithm="none")
    bad = [
        "",
        "garbage",
        "a.b.c",
        unsigned,
        forged(b"x" * 32, clock),
        forged(key, clock, aud="ticket"),
        forged(key, clock, exp=None),
        forged(key, clock, sub=None),
        forged(key, clock, scope=None),
        forged(key, clock, sub="nobody"),
        forged(key, clock, exp="soon"),
    ]
    for token in bad:
        answer = await client.ask("GET", WHERE, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status, answer.code) == (401, "auth.required"), token
    good = {"Authorization": f"bearer {forged(key, clock)}"}
    assert (await client.ask("GET", WHERE, headers=good)).status == 200
    for header in ("Basic aGViaQ==", "Bearer", forged(key, clock)):
        assert (await client.ask("GET", WHERE, headers={"Authorization": header})).code == "auth.required"
    assert (await client.ask("GET", WHERE)).code == "auth.required"


async def test_a_disabled_account_is_out_at_once(client: Client) -> None:
    await client.login("hebi")
    token = client.token
    streams = client.hub.app[keys.STREAMS]
    await streams.execute(STREAM, DisableAccount(account="hebi", reason="调离"), HUB)
    assert (await client.ask("GET", WHERE)).code == "auth.disabled"
    assert (await client.login("hebi")).code == "auth.disabled"
    ticket = client.hub.app[AUTH].tokens.sign_ticket("hebi", "r-1").text
    with pytest.raises(Refusal, match=r"auth\.disabled"):
        await client.hub.app[AUTH].holder(ticket, "r-1")
    assert token


def test_a_ticket_opens_one_recording_and_is_no_login(clock: ManualClock) -> None:
    tokens = Tokens(b"k" * 32, clock, token_ms=1000, ticket_ms=60_000)
    ticket = tokens.sign_ticket("reviewer", "r-1")
    assert tokens.check_ticket(ticket.text, "r-1").account == "reviewer"
    with pytest.raises(Refusal, match=r"auth\.required"):
        tokens.check_ticket(ticket.text, "r-2")
    with pytest.raises(Refusal, match=r"auth\.required"):
        tokens.check_login(ticket.text)
    with pytest.raises(Refusal, match=r"auth\.required"):
        tokens.check_ticket(tokens.sign_login("reviewer").text, "")
    clock.advance(61)
    with pytest.raises(Refusal, match=r"auth\.expired"):
        tokens.check_ticket(ticket.text, "r-1")
