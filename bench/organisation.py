"""An organisation of any size in an empty data directory: a duty office, and venues with an account each."""

from __future__ import annotations

from pathlib import Path

from hub.clock import SystemClock
from hub.config import STRONG_KIB
from hub.domain.event import HUB, Role
from hub.domain.organisation import STREAM, Account, AddAccount, AddSeat, Level, Seat
from hub.live.streams import Streams
from hub.storage.credentials import Credentials
from hub.storage.passwords import Passwords
from hub.storage.sqllog import open_log

OFFICER = "officer"
PASSWORD = "bench-password"


def venue(number: int) -> str:
    """The seat, and the account at it."""
    return f"venue-{number:03}"


async def found(data: Path, venues: int) -> None:
    """Before the hub starts on that directory, which is there and empty."""
    clock = SystemClock()
    log = open_log(data)
    streams, credentials = Streams(log, clock), Credentials(log.engine, clock, Passwords(STRONG_KIB))
    office = Seat(seat_id="office", name="总值班室", short_name="总值班室", level=Level.PROVINCE)
    officer = Account(account=OFFICER, person="王建国", role=Role.OFFICER, seat_id="office")
    names = [venue(number) for number in range(venues)]
    seats = [
        Seat(
            seat_id=name, name=f"第 {number} 会场", short_name=f"会场 {number}", level=Level.CITY, sort=number
        )
        for number, name in enumerate(names)
    ]
    people = [Account(account=name, person="值班员", role=Role.SEAT, seat_id=name) for name in names]
    for seat in (office, *seats):
        await streams.execute(STREAM, AddSeat(seat=seat), HUB)
    for account in (officer, *people):
        await streams.execute(STREAM, AddAccount(account=account), HUB)
    await credentials.set_passwords([OFFICER, *names], PASSWORD)
    await streams.close()
    await credentials.close()
    await log.close()
