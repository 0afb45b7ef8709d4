"""The demo organisation: complete, consistent, and made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub import demo
from hub.clock import SystemClock
from hub.domain.event import HUB, Role
from hub.domain.groups import RemoveTemplate
from hub.domain.organisation import STREAM, AddSeat, DisableAccount, Level, Organisation, called_by
from hub.live.streams import Streams
from hub.storage.credentials import Credentials
from hub.storage.passwords import Passwords
from hub.storage.sqllog import open_log
from tests.support.served import LIGHT_KIB


@pytest.fixture
async def ground(tmp_path: Path) -> AsyncIterator[tuple[Streams, Credentials]]:
    log = open_log(tmp_path)
    streams, credentials = (
        Streams(log, SystemClock()),
        Credentials(log.engine, SystemClock(), Passwords(LIGHT_KIB)),
    )
    yield streams, credentials
    await streams.close()
    await credentials.close()
    await log.close()


def test_one_office_its_backup_nine_departments_and_eighteen_cities_each_with_an_account() -> None:
    seats, accounts = demo.seats(), demo.accounts()
    levels = [seat.level for seat in seats]
    assert [levels.count(level) for level in (Level.PROVINCE, Level.DEPARTMENT, Level.CITY)] == [2, 9, 18]
    at_seats = {account.account: account.seat_id for account in accounts if account.role is Role.SEAT}
    assert at_seats == {seat.seat_id: seat.seat_id for seat in seats[2:]}
    assert {account.account for account in accounts} - set(at_seats) == {
        "officer",
        "deputy",
        "reviewer",
        "admin",
    }
    for names in (
        [seat.name for seat in seats],
        [seat.short_name for seat in seats],
        [seat.phone for seat in seats],
        [account.person for account in accounts],
        [seat.contacts[0].name for seat in seats[1:]],
    ):
        assert len(set(names)) == len(names)


async def test_a_second_start_changes_nothing_and_keeps_what_was_changed(
    ground: tuple[Streams, Credentials],
) -> None:
    streams, credentials = ground
    await demo.prepare(streams, credentials, "demo-password")
    await streams.execute(STREAM, DisableAccount(account="hebi", reason="调离"), HUB)
    await streams.execute(STREAM, RemoveTemplate(template_id="lianxi"), HUB)
    _, before = await streams.state(STREAM)
    await demo.prepare(streams, credentials, "new-password")
    state, after = await streams.state(STREAM)
    assert before == after
    assert isinstance(state, Organisation)
    assert state.accounts["hebi"].disabled
    assert "lianxi" not in state.templates
    await credentials.check("officer", "new-password")


async def test_a_demo_of_an_older_hub_is_brought_up_to_date(ground: tuple[Streams, Credentials]) -> None:
    streams, credentials = ground
    for seat in demo.seats():
        if seat.seat_id != "office2":
            older = replace(seat, contacts=[], backup_of=None, phone=f"{seat.phone}-1")
            await streams.execute(STREAM, AddSeat(seat=older), HUB)
    await demo.prepare(streams, credentials, "demo-password")
    state, _ = await streams.state(STREAM)
    assert isinstance(state, Organisation)
    assert state.seats["office2"].backup_of == "office"
    assert all(seat.contacts for seat in state.seats.values())
    assert state.seats["yingji"].phone.endswith("-1"), "what was changed stays"
    assert [group.name for group in state.groups.values()] == [
        "省防指成员单位",
        "安委会成员单位",
        "省直部门",
        "全省各市",
    ]
    assert len(called_by(state, state.templates["dianming"])) == 27
    await credentials.check("deputy", "demo-password")
