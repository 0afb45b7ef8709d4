"""The demo organisation: complete, consistent, and made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub import demo
from hub.clock import SystemClock
from hub.domain.event import HUB, Role
from hub.domain.organisation import STREAM, DisableAccount, Level, Organisation
from hub.live.streams import Streams
from hub.storage.credentials import Credentials
from hub.storage.sqllog import open_log


@pytest.fixture
async def ground(tmp_path: Path) -> AsyncIterator[tuple[Streams, Credentials]]:
    log = open_log(tmp_path)
    streams, credentials = Streams(log, SystemClock()), Credentials(log.engine, SystemClock())
    yield streams, credentials
    await streams.close()
    await credentials.close()
    await log.close()


def test_one_office_nine_departments_and_eighteen_cities_each_with_an_account() -> None:
    seats, accounts = demo.seats(), demo.accounts()
    levels = [seat.level for seat in seats]
    assert [levels.count(level) for level in (Level.PROVINCE, Level.DEPARTMENT, Level.CITY)] == [1, 9, 18]
    at_seats = {account.account: account.seat_id for account in accounts if account.role is Role.SEAT}
    assert at_seats == {seat.seat_id: seat.seat_id for seat in seats[1:]}
    assert {account.account for account in accounts} - set(at_seats) == {"officer", "reviewer", "admin"}
    for names in (
        [seat.name for seat in seats],
        [seat.short_name for seat in seats],
        [seat.phone for seat in seats],
        [account.person for account in accounts],
    ):
        assert len(set(names)) == len(names)


async def test_a_second_start_changes_nothing_and_keeps_what_was_changed(
    ground: tuple[Streams, Credentials],
) -> None:
    streams, credentials = ground
    await demo.prepare(streams, credentials, "demo-password")
    await streams.execute(STREAM, DisableAccount(account="hebi", reason="调离"), HUB)
    _, before = await streams.state(STREAM)
    await demo.prepare(streams, credentials, "new-password")
    state, after = await streams.state(STREAM)
    assert before == after == 28 + 30 + 1
    assert isinstance(state, Organisation)
    assert state.accounts["hebi"].disabled
    await credentials.check("officer", "new-password")
