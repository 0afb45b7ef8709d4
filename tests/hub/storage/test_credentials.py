"""Passwords: right, wrong, too often wrong, and of people who do not exist."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from hub.clock import ManualClock
from hub.config import Settings
from hub.errors import Refusal
from hub.storage.credentials import LOCK_MS, MAX_FAILURES, Credentials
from hub.storage.database import migrate, open_database
from hub.storage.passwords import Passwords
from hub.storage.tables import credentials as table
from tests.support.served import LIGHT_KIB

RIGHT = "correct-horse"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def credentials(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Credentials]:
    engine = open_database(tmp_path)
    migrate(engine)
    opened = Credentials(engine, clock, Passwords(LIGHT_KIB))
    await opened.set_password("hebi", RIGHT)
    yield opened
    await opened.close()
    engine.dispose()


async def code_of(credentials: Credentials, account: str, password: str) -> str:
    try:
        await credentials.check(account, password)
    except Refusal as refusal:
        return refusal.code
    return "ok"


async def test_the_right_password_and_a_wrong_one(credentials: Credentials) -> None:
    assert await code_of(credentials, "hebi", RIGHT) == "ok"
    assert await code_of(credentials, "hebi", RIGHT + " ") == "auth.wrong_password"
    assert await code_of(credentials, "hebi", "") == "auth.wrong_password"


@pytest.mark.parametrize("account", ["hebi", "nobody", "无此人"])
async def test_five_failures_lock_for_fifteen_minutes(
    credentials: Credentials, clock: ManualClock, account: str
) -> None:
    """An account that does not exist behaves like one that does."""
    codes = [await code_of(credentials, account, "wrong") for _ in range(MAX_FAILURES)]
    assert codes == ["auth.wrong_password"] * (MAX_FAILURES - 1) + ["auth.locked"]
    assert await code_of(credentials, account, RIGHT) == "auth.locked"
    clock.advance(LOCK_MS / 1000 - 1)
    assert await code_of(credentials, account, RIGHT) == "auth.locked"
    clock.advance(2)
    expected = "ok" if account == "hebi" else "auth.wrong_password"
    assert await code_of(credentials, account, RIGHT) == expected


async def test_a_good_login_forgives_earlier_failures(credentials: Credentials) -> None:
    for _ in range(3):
        assert await code_of(credentials, "hebi", "wrong") == "auth.wrong_password"
        assert await code_of(credentials, "hebi", "wrong") == "auth.wrong_password"
        assert await code_of(credentials, "hebi", RIGHT) == "ok"


async def test_a_new_password_unlocks(credentials: Credentials) -> None:
    for _ in range(MAX_FAILURES):
        await code_of(credentials, "hebi", "wrong")
    await credentials.set_password("hebi", "another-one")
    assert await code_of(credentials, "hebi", "another-one") == "ok"
    assert await code_of(credentials, "hebi", RIGHT) == "auth.wrong_password"


async def test_the_password_of_nobody_is_no_password(credentials: Credentials) -> None:
    """The hash that a stranger is compared with must not let anybody in."""
    assert await code_of(credentials, "stranger", "nobody") == "auth.wrong_password"


async def test_many_accounts_share_one_hash_until_one_changes(
    credentials: Credentials, tmp_path: Path
) -> None:
    names = ["a", "b", "c"]
    await credentials.set_passwords(names, "demo-password")
    first = hashes(tmp_path)
    await credentials.set_passwords(names, "demo-password")
    assert hashes(tmp_path) == first
    assert len({first[name] for name in names}) == 1
    await credentials.set_password("b", "changed-since")
    await credentials.set_passwords(names, "demo-password")
    assert await code_of(credentials, "b", "demo-password") == "ok"


async def test_a_weak_hash_is_made_anew_at_the_next_login(
    credentials: Credentials, clock: ManualClock, tmp_path: Path
) -> None:
    assert "$m=64," in hashes(tmp_path)["hebi"]
    engine = open_database(tmp_path)
    today = Credentials(engine, clock, Passwords(Settings().login.hash_kib))
    assert await code_of(today, "hebi", RIGHT) == "ok"
    await today.close()
    engine.dispose()
    assert hashes(tmp_path)["hebi"].startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def hashes(data_dir: Path) -> dict[str, str]:
    engine = open_database(data_dir)
    with engine.connect() as connection:
        rows = connection.execute(select(table.c.account, table.c.password_hash)).all()
    engine.dispose()
    return {row.account: row.password_hash for row in rows}
