"""A roll call on a live hub: answers by voice and by key, a venue that is gone, and one that comes late."""

from __future__ import annotations

from pathlib import Path

from hub.domain.rollcall import ANSWER_S, RollCall, RollResult
from tests.support.chamber import Chamber, chamber

ANSWERED, OFFLINE = RollResult.ANSWERED, RollResult.OFFLINE


def roll_of(found: Chamber, account: str = "officer") -> RollCall:
    return found.state_of(account).rollcalls[-1]


async def asked(found: Chamber, venue: str) -> None:
    page = found.officer
    await page.until(lambda: roll_of(found).asked == venue, seconds=3 * ANSWER_S)


async def ticked(found: Chamber, place: int) -> None:
    await found.officer.until(lambda: roll_of(found).rows[place].result is not None)


async def test_A2_A3_A5_voice_key_offline_and_late(tmp_path: Path) -> None:
    seats = ("gongan", "jiaotong", "yingji", "zhengzhou")
    async with chamber(tmp_path, seats) as found:
        await found.send("gongan")
        await found.send("jiaotong", camera=False)
        await found.sound_of("gongan")
        await found.sound_of("jiaotong")
        await found.wish("yingji", "session.leave")

        order = ["yingji", "gongan", "jiaotong", "zhengzhou"]
        await found.wish("officer", "rollcall.start", venues=order)
        await ticked(found, 1)  # gongan speaks all the time, and is heard as soon as it is asked
        offline, by_voice = roll_of(found).rows[:2]
        assert (offline.result, offline.by, offline.after_ms) == (OFFLINE, "hub", None)
        assert (by_voice.result, by_voice.by) == (ANSWERED, "voice")
        assert by_voice.after_ms is not None
        assert 0 <= by_voice.after_ms < 500 * ANSWER_S

        await found.wish("yingji", "session.join")  # late: it will be asked at the end
        await ticked(found, 2)  # it speaks as well, and may have been heard by now
        assert roll_of(found).rows[2].result is RollResult.SOUND_ONLY
        await asked(found, "zhengzhou")
        await found.wish("zhengzhou", "rollcall.answer")
        await asked(found, "yingji")
        await found.wish("yingji", "rollcall.answer")
        await found.officer.until(lambda: roll_of(found).ended_ms is not None)

        rows = roll_of(found).rows
        assert [(row.venue, row.result, row.by, row.late) for row in rows] == [
            ("yingji", OFFLINE, "hub", False),
            ("gongan", ANSWERED, "voice", False),
            ("jiaotong", RollResult.SOUND_ONLY, "voice", False),
            ("zhengzhou", ANSWERED, "key", False),
            ("yingji", ANSWERED, "key", True),
        ]
        for row in rows[1:]:
            assert row.asked_ms is not None
            assert row.result_ms is not None
            assert row.after_ms is not None
            assert 0 <= row.after_ms <= row.result_ms - row.asked_ms
        for account in seats:
            page = found.pages[account]
            await page.until(lambda account=account: roll_of(found, account) == roll_of(found))  # type: ignore[misc]
