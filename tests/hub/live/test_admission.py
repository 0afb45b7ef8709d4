"""Who comes when the hub is full, or hard pressed, is told so; who is there stays."""

from __future__ import annotations

import pytest

from hub.errors import Refusal
from hub.live.admission import Claim, Limits, check_admission
from hub.live.media import MediaSettings
from hub.live.pressure import FEWER, SMALLER
from tests.support.rtc import stage

LIMITS = Limits(total=4, each=2)
NEW = Claim("officer", "s-1", "office")


def refusal(*there: Claim, pressure: int = 0) -> tuple[str, object]:
    with pytest.raises(Refusal) as refused:
        check_admission(NEW, there, LIMITS, pressure)
    return refused.value.code, refused.value.detail.get("of")


def test_M40_a_hub_hard_pressed_takes_nobody_in() -> None:
    check_admission(NEW, (), LIMITS, SMALLER)
    assert refusal(pressure=FEWER) == ("media.overloaded", None)


def test_M40_the_hub_an_account_and_a_venue_have_their_limits() -> None:
    others = [Claim(f"account-{n}", "s-1", f"venue-{n}") for n in range(4)]
    check_admission(NEW, others[:3], LIMITS, 0)
    assert refusal(*others) == ("media.too_many", "hub")
    assert refusal(*[Claim("officer", f"s-{n}", f"venue-{n}") for n in range(2)]) == (
        "media.too_many",
        "account",
    )
    assert refusal(*[Claim(f"account-{n}", "s-1", "office") for n in range(2)]) == ("media.too_many", "venue")
    check_admission(NEW, [Claim("a", "s-2", "office"), Claim("b", "s-2", "office")], LIMITS, 0)


async def test_M40_who_takes_its_own_place_again_is_always_let_in() -> None:
    async with stage(MediaSettings(max_each=1)) as on:
        await on.publish("zhengzhou")
        again = await on.publish("zhengzhou")
        await again.connected()
        assert on.plane.connections == 1
        with pytest.raises(Refusal, match=r"media\.too_many"):
            await on.subscribe("zhengzhou")
        await on.subscribe("kaifeng")
