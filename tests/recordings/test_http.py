"""The recordings over HTTP, as the review page and other tools ask for them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from hub.app import Hub
from hub.config import RecordingSettings
from hub.domain.keeping import ApproveDestruction, ProposeDestruction
from hub.http.auth import AUTH
from hub.http.keys import LOG, STREAMS
from recordings.http import GROWING
from recordings.keyring import new_key
from signaling.bodies import History, Look, Manifest, RecordingList
from tests.support.factories import OFFICER, REVIEWER
from tests.support.served import Client, served
from tests.support.studio import CAMERA, KEEPING, MICROPHONE, RECORDING, a_while, studio

MANIFEST = "/api/recordings/r-1"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["clear", "encrypted"])
async def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Client]:
    """A hub with one finished recording."""
    data = tmp_path_factory.mktemp("var")
    key = new_key() if request.param == "encrypted" else ""
    async with studio(data, recording=RecordingSettings(min_free_bytes=0, key=key)) as made:
        await made.open()
        video, audio = a_while(made.clock.now() - 3, 3)
        for source, items in ((CAMERA, video), (MICROPHONE, audio)):
            made.wire.begin(source)
            made.wire.send(source, items)
        await made.end_session()
        await made.until_ready()
    async with served(data, **{"recording.key": key}) as client:
        yield client


def enter(client: Client, account: str) -> None:
    """A login without the price of a password."""
    client.token = client.hub.app[AUTH].tokens.sign_login(account).text


async def manifest(client: Client) -> dict[str, Any]:
    answer = await client.ask("GET", MANIFEST)
    assert answer.status == 200, answer.body
    msgspec.convert(answer.body, Manifest)
    body: dict[str, Any] = answer.body
    return body


async def looks(hub: Hub) -> list[tuple[str, str]]:
    events = await hub.app[LOG].read(KEEPING)
    return [(event.actor.account, event.event.what) for event in events if hasattr(event.event, "what")]


async def test_the_list_and_the_manifest_say_what_there_is(client: Client) -> None:
    enter(client, "reviewer")
    answer = await client.ask("GET", "/api/recordings")
    (row,) = msgspec.convert(answer.body, RecordingList).rows
    assert (row.recording_id, row.state, row.venues, row.tracks, row.gaps) == ("r-1", "ready", 1, 2, 0)
    body = await manifest(client)
    assert [track["venue_name"] for track in body["tracks"]] == ["省应急管理厅指挥中心"] * 2
    assert {track["media_type"] for track in body["tracks"]} == {"video/webm", "audio/webm"}
    assert body["chair"] == "office"


async def test_a_file_comes_whole_or_in_ranges_by_ticket_or_token(client: Client) -> None:
    enter(client, "reviewer")
    for track in (await manifest(client))["tracks"]:
        whole = await client.ask("GET", f"{MANIFEST}/tracks/{track['track_id']}")
        assert whole.status == 200
        assert hashlib.sha256(whole.body).hexdigest() == track["digest"]
        digest = b64encode(bytes.fromhex(track["digest"])).decode()
        assert whole.headers["Repr-Digest"] == f"sha-256=:{digest}:"
        assert whole.headers["Content-Type"] == track["media_type"]
        assert whole.headers["Accept-Ranges"] == "bytes"

        token, client.token = client.token, ""
        part = await client.ask("GET", track["href"], headers={"Range": "bytes=100-199"})
        client.token = token
        assert part.status == 206
        assert part.body == whole.body[100:200]
        assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.body)}"
        again = await client.ask("GET", track["href"], headers={"If-None-Match": whole.headers["ETag"]})
        assert again.status == 304
        beyond = await client.ask("GET", track["href"], headers={"Range": f"bytes={len(whole.body)}-"})
        assert beyond.status == 416
        assert beyond.headers["Content-Range"] == f"bytes */{len(whole.body)}"


async def test_the_history_merges_session_and_recording_by_the_hubs_clock(client: Client) -> None:
    enter(client, "reviewer")
    answer = await client.ask("GET", f"{MANIFEST}/events")
    events = msgspec.convert(answer.body, History).events
    assert {event.stream for event in events} >= {"session:s-1", RECORDING}
    assert [event.at_ms for event in events] == sorted(event.at_ms for event in events)


@pytest.mark.parametrize("path", ["", "/events", "/growing", "/tracks/x"])
async def test_P6_strangers_and_administrators_are_refused(client: Client, path: str) -> None:
    path = MANIFEST + path
    client.token = ""
    assert (await client.ask("GET", path)).status == 401
    for account in ("admin", "hebi", "yingji"):
        enter(client, account)
        answer = await client.ask("GET", path)
        assert (answer.status, answer.code) == (403, "forbidden")
        assert (await client.ask("GET", "/api/recordings")).body == {"rows": [], "total": 0}
    enter(client, "officer")
    assert (await client.ask("GET", "/api/recordings")).body["total"] == 1


async def test_what_is_not_there_is_not_found_whatever_its_name(client: Client) -> None:
    enter(client, "reviewer")
    for path in ("r-2", "r-1/tracks/t-none", "..%2Fr-1", "r-1/tracks/..%2F..%2Fhub.db", "R-1", "%00"):
        answer = await client.ask("GET", f"/api/recordings/{path}")
        assert (answer.status, answer.code) == (404, "recording.unknown"), path


async def test_of_a_finished_recording_nothing_grows(client: Client) -> None:
    enter(client, "reviewer")
    answer = await client.ask("GET", f"{MANIFEST}/growing?after_ms=1784514600000")
    assert answer.body["tracks"] == []
    for junk in ("-1", "x", "9" * 17, ""):
        assert (await client.ask("GET", f"{MANIFEST}/growing?after_ms={junk}")).code == "bad_request"


async def test_R28_the_sealed_file_never_comes_in_the_place_of_the_one_that_grew(client: Client) -> None:
    enter(client, "reviewer")
    for track in (await manifest(client))["tracks"]:
        sought = {"Range": "bytes=100-199", "If-Match": GROWING}
        answer = await client.ask("GET", track["href"], headers=sought)
        assert (answer.status, answer.code) == (412, "recording.file_finished")


async def test_a_ticket_opens_its_own_recording_only_and_not_for_ever(client: Client) -> None:
    enter(client, "reviewer")
    track = (await manifest(client))["tracks"][0]
    client.token = ""
    path, _, ticket = track["href"].partition("?ticket=")
    assert (await client.ask("GET", f"{path}?ticket={ticket[:-3]}")).status == 401
    assert (
        await client.ask("GET", MANIFEST.replace("r-1", "r-2") + f"/tracks/x?ticket={ticket}")
    ).status == 401
    assert (await client.ask("GET", MANIFEST, headers={"Authorization": f"Bearer {ticket}"})).status == 401


async def test_R6_every_look_is_in_the_log_and_a_player_does_not_flood_it(client: Client) -> None:
    before = len(await looks(client.hub))
    enter(client, "reviewer")
    track = (await manifest(client))["tracks"][0]
    for begin in (0, 100, 2000, 50):
        await client.ask("GET", track["href"], headers={"Range": f"bytes={begin}-"})
    assert (await looks(client.hub))[before:] == [("reviewer", "view")]
    await client.ask("GET", track["href"])
    assert (await looks(client.hub))[before:] == [("reviewer", "view"), ("reviewer", "download")]
    enter(client, "officer")
    await client.ask("GET", f"{MANIFEST}/tracks/{track['track_id']}", headers={"Range": "bytes=5-"})
    await client.ask("HEAD", track["href"])
    assert (await looks(client.hub))[before + 2 :] == [("officer", "view")], "also without the manifest"


async def test_R38_what_nobody_can_look_for_is_refused_by_name(client: Client) -> None:
    enter(client, "reviewer")
    for field, value in (("from", "yesterday"), ("kind", "party"), ("held", "yes"), ("limit", "-1")):
        answer = await client.ask("GET", f"/api/recordings?{field}={value}")
        assert (answer.status, answer.code) == (400, "bad_request"), field
    assert (await client.ask("GET", "/api/recordings?q=%E9%98%B2%E6%B1%9B&from=1&limit=9999")).body[
        "total"
    ] == 1


async def test_R6_who_has_looked_and_who_was_refused_is_shown_to_those_who_keep_it(client: Client) -> None:
    for _ in range(2):
        enter(client, "hebi")
        assert (await client.ask("GET", MANIFEST)).code == "forbidden"
        assert (await client.ask("GET", f"{MANIFEST}/log")).code == "forbidden"
    enter(client, "officer")
    track = (await manifest(client))["tracks"][0]
    await client.ask("GET", track["href"])
    answer = await client.ask("GET", f"{MANIFEST}/log")
    looks = msgspec.convert(answer.body, list[Look])
    assert [look.at_ms for look in looks] == sorted((look.at_ms for look in looks), reverse=True)
    assert (looks[0].account, looks[0].what) == ("officer", "download")
    assert looks[0].detail.startswith("省应急管理厅指挥中心")
    denied = [look for look in looks if look.account == "hebi"]
    assert [(look.what, look.detail, look.seat_name) for look in denied] == [
        ("denied", "view", "鹤壁市委值班室")
    ]
    sheet = await client.ask("GET", f"{MANIFEST}/log.csv")
    assert "鹤壁市委值班室,被拒绝,查看" in sheet.body.decode()
    looks = msgspec.convert((await client.ask("GET", f"{MANIFEST}/log")).body, list[Look])
    assert looks[0].what == "log", "that it was taken away is in it as well"


async def test_R26_what_is_condemned_is_played_no_more_and_its_events_stay_readable(client: Client) -> None:
    streams = client.hub.app[STREAMS]
    enter(client, "reviewer")
    track = (await manifest(client))["tracks"][0]
    assert (await manifest(client))["kept"]["until_ms"] > 0
    await streams.execute("keeping:r-1", ProposeDestruction(reason="误开"), OFFICER)
    await streams.execute("keeping:r-1", ApproveDestruction(), REVIEWER)
    assert (await client.ask("GET", track["href"])).code == "keeping.destroyed"
    body = await manifest(client)
    assert [track["href"] for track in body["tracks"]] == ["", ""]
    assert body["kept"]["destruction"]["reason"] == "误开"
    assert (await client.ask("GET", f"{MANIFEST}/events")).status == 200
    (row,) = (await client.ask("GET", "/api/recordings")).body["rows"]
    assert row["kept"]["destruction"]["fate"] == "approved"
