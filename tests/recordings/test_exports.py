"""The queue of exports: made one after the other, given up, taken up again, refused, cleared away."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path

import av
import pytest

from hub.clock import ManualClock
from hub.domain.keeping import (
    ApproveDestruction,
    CancelExport,
    ExportForm,
    ExportState,
    KeepingDenied,
    KeepingViewed,
    ProposeDestruction,
)
from hub.errors import Refusal
from hub.http.auth import AUTH
from hub.http.keys import LOG
from hub.live.keeping import keep
from recordings.destroy import Destroyer
from recordings.exportforms import FilmForm, film_bytes_per_s
from recordings.exports import Key
from recordings.places import Places
from recordings.readers import Readers
from tests.support.exporting import KEEPING, office, wish
from tests.support.factories import OFFICER, REVIEWER, START_MS, STRANGER, YINGJI
from tests.support.served import Client, served

LONG, ALL = wish(200), wish(3600)


async def test_R20_what_is_asked_for_is_made_one_after_the_other(tmp_path: Path) -> None:
    async with office(tmp_path) as made:
        await made.ask("e-1", wish(2))
        await made.ask("e-2", wish(1, layout="speaker", from_ms=START_MS + 1000, to_ms=START_MS + 2000))
        rows = (await made.exports.list("r-1", OFFICER, str)).rows
        assert [row.export.export_id for row in rows] == ["e-2", "e-1"]
        assert [row.ahead for row in rows] == [1, 0]
        await made.exports.idle()
        for export_id, ticks in (("e-1", 10), ("e-2", 5)):
            export = await made.export(export_id)
            assert export.state is ExportState.DONE, export.reason
            file = made.file(export_id)
            assert export.digest == hashlib.sha256(file.read_bytes()).hexdigest()
            assert export.size_bytes == file.stat().st_size
            assert export.name.startswith("强降雨防汛会商 2026-07-20")
            with av.open(str(file)) as film:
                assert film.streams.video[0].frames == ticks
        assert made.pieces() == {}, "what was kept for going on is gone"


async def test_R22_who_asks_again_for_what_was_cancelled_gets_what_was_made_of_it(tmp_path: Path) -> None:
    async with office(tmp_path) as made:
        await made.ask("e-1", ALL)
        await made.until_made("e-1", lambda share: share > 0.02)
        await keep(made.streams, "r-1", CancelExport(export_id="e-1"), REVIEWER, "o-1")
        await made.exports.idle()
        assert (await made.export("e-1")).state is ExportState.CANCELLED
        assert not made.file("e-1").exists()
        before = made.pieces()
        assert before
        await made.ask("e-2", ALL)
        await made.until_made("e-2", lambda share: share > 0.02)
        assert before.items() <= made.pieces().items(), "nothing of it is made again"
        await keep(made.streams, "r-1", CancelExport(export_id="e-2"), OFFICER, "o-2")


async def test_R22_a_hub_that_was_stopped_goes_on_with_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ManualClock()
    monkeypatch.setattr(FilmForm, "tidy", lambda *_: None)  # what was made of it stays to be looked at
    async with office(tmp_path, clock=clock) as made:
        await made.ask("e-1", LONG)
        await made.ask("e-2", wish(1))
        await made.until_made("e-1", lambda share: share > 0.4)
        before = made.pieces()
    assert before
    async with office(tmp_path, clock=clock) as made:
        await made.exports.idle()
        assert before.items() <= made.pieces().items(), "nothing of it is made again"
        assert (await made.export("e-1")).state is ExportState.DONE
        assert (await made.export("e-2")).state is ExportState.DONE


async def test_R22_where_there_is_no_room_nothing_is_begun_and_what_runs_stops(tmp_path: Path) -> None:
    free = [1 << 20]
    async with office(tmp_path, free_bytes=lambda: free[0]) as made:
        with pytest.raises(Refusal) as refused:
            await made.ask("e-1", ALL)
        assert refused.value.code == "export.no_room"
        assert refused.value.detail["needs_bytes"] == 2 * 3600 * film_bytes_per_s(480, 5)
        free[0] = 1 << 40
        await made.ask("e-2", ALL)
        await made.until_made("e-2", lambda share: share > 0)
        free[0] = 0
        await made.exports.idle()
        export = await made.export("e-2")
        assert (export.state, export.reason) == (ExportState.FAILED, "export.no_room")


@pytest.mark.parametrize("hours", [-1, 2])
async def test_R20_what_lies_beside_the_recording_is_no_film(tmp_path: Path, hours: int) -> None:
    beside = START_MS + hours * 3_600_000
    async with office(tmp_path) as made:
        with pytest.raises(Refusal, match=r"export\.bad_span"):
            await made.ask("e-1", wish(from_ms=beside, to_ms=beside + 1000))


async def test_R20_a_track_that_is_gone_is_why_it_failed(tmp_path: Path) -> None:
    async with office(tmp_path) as made:
        for file in made.tracks():
            file.unlink()
        await made.ask("e-1", wish())
        await made.exports.idle()
        export = await made.export("e-1")
        assert (export.state, export.reason) == (ExportState.FAILED, "recording.unreadable")


async def test_R20_one_that_cannot_even_be_looked_up_holds_no_other_up(tmp_path: Path) -> None:
    async with office(tmp_path) as made:
        made.exports._want(Key("no such name", "e-0"))
        await made.ask("e-1", wish(1))
        await made.exports.idle()
        assert (await made.export("e-1")).state is ExportState.DONE


async def test_what_was_exported_goes_after_its_days_and_with_the_recording(tmp_path: Path) -> None:
    async with office(tmp_path, days=7) as made:
        await made.ask("e-1", wish(1))
        await made.exports.idle()
        made.clock.advance(6 * 86_400)
        await made.exports.sweep()
        assert made.file("e-1").exists()
        made.clock.advance(2 * 86_400)
        await made.exports.sweep()
        assert not made.file("e-1").exists()
        assert (await made.export("e-1")).state is ExportState.REMOVED
        await made.ask("e-2", wish(1))
        await made.exports.idle()
        assert made.file("e-2").exists()
        await made.streams.execute(KEEPING, ProposeDestruction(reason="到期"), OFFICER)
        await made.streams.execute(KEEPING, ApproveDestruction(), REVIEWER)
        with pytest.raises(Refusal) as refused:
            await made.exports.file("r-1", "e-2", OFFICER, at_start=True)
        assert refused.value.code == "keeping.destroyed"
        assert [row.href for row in (await made.exports.list("r-1", OFFICER, str)).rows] == ["", ""]
        destroyer = Destroyer(made.streams, Places(tmp_path), Readers(made.clock))
        destroyer.begin("r-1")
        await destroyer.idle()
        assert not made.file("e-2").parent.exists()


async def test_R20_a_form_that_breaks_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(tmp_path) as made:
        form = made.exports.forms[ExportForm.MP4]
        with monkeypatch.context() as broken:
            broken.setattr(form, "tracks", None)
            await made.ask("e-1", wish(1))
            await made.exports.idle()
        export = await made.export("e-1")
        assert (export.state, export.reason) == (ExportState.FAILED, "export.failed")
        await made.ask("e-2", wish(1))
        await made.exports.idle()
        assert (await made.export("e-2")).state is ExportState.DONE


@pytest.mark.parametrize("by", [STRANGER, YINGJI], ids=["a stranger", "a venue of the session"])
async def test_P16_who_may_not_keep_a_recording_exports_nothing_of_it(tmp_path: Path, by: object) -> None:
    async with office(tmp_path) as made:
        for attempt in (
            made.ask("e-1", wish(), by),  # type: ignore[arg-type]
            made.exports.list("r-1", by, str),  # type: ignore[arg-type]
            made.exports.file("r-1", "e-1", by, at_start=True),  # type: ignore[arg-type]
        ):
            with pytest.raises(Refusal) as refused:
                await attempt
            assert refused.value.code == "forbidden"


async def test_R6_an_export_is_fetched_by_range_and_each_download_and_denial_is_in_the_log(
    tmp_path: Path,
) -> None:
    async with office(tmp_path) as made:
        await made.ask("e-1", wish(1))
        await made.exports.idle()
    async with served(tmp_path) as client:
        enter(client, "reviewer")
        path = "/api/recordings/r-1/exports"
        answer = await client.ask("GET", path)
        (row,) = answer.body["rows"]
        assert answer.body["forms"][0] == "mp4"
        assert row["until_ms"] > row["export"]["since_ms"]
        token, client.token = client.token, ""
        whole = await client.ask("GET", row["href"])
        assert hashlib.sha256(whole.body).hexdigest() == row["export"]["digest"]
        digest = b64encode(bytes.fromhex(row["export"]["digest"])).decode()
        assert whole.headers["Repr-Digest"] == f"sha-256=:{digest}:"
        assert "attachment" in whole.headers["Content-Disposition"]
        part = await client.ask("GET", row["href"], headers={"Range": "bytes=100-199"})
        assert (part.status, part.body) == (206, whole.body[100:200])
        client.token = token
        assert (await client.ask("GET", f"{path}/e-none")).code == "export.unknown"
        enter(client, "hebi")
        assert (await client.ask("GET", path)).code == "forbidden"
        assert (await client.ask("GET", f"{path}/e-1")).code == "forbidden"
        events = await client.hub.app[LOG].read(KEEPING)
        seen = [
            (each.actor.account, each.event.what)
            for each in events
            if isinstance(each.event, KeepingViewed | KeepingDenied)
        ]
        assert seen == [("reviewer", "download"), ("hebi", "exports")], "a refusal once in ten minutes"


def enter(client: Client, account: str) -> None:
    client.token = client.hub.app[AUTH].tokens.sign_login(account).text
