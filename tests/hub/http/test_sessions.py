"""Sessions for outside tools."""

from __future__ import annotations

import pytest

from tests.support.served import Client

WISH = {"title": "强降雨防汛会商", "kind": "consultation", "venues": ["hebi", "yingji"]}


async def test_start_list_and_end(client: Client) -> None:
    await client.login("officer")
    started = await client.ask("POST", "/api/sessions", WISH)
    session_id = started.body["id"]
    assert (started.status, started.body["session_id"]) == (201, session_id)
    assert started.headers["Location"] == f"/api/sessions/{session_id}"
    running = (await client.ask("GET", "/api/sessions")).body["sessions"]
    assert [(row["session_id"], row["title"]) for row in running] == [(session_id, WISH["title"])]
    one = await client.ask("GET", started.headers["Location"])
    assert {key: venue["state"] for key, venue in one.body["venues"].items()} == {
        "office": "idle",
        "hebi": "ringing",
        "yingji": "ringing",
    }
    ended = await client.ask("POST", f"/api/sessions/{session_id}/end")
    assert ended.status == 200
    assert ended.body["stream"] == f"session:{session_id}"
    assert (await client.ask("GET", "/api/sessions")).body["sessions"] == []
    again = await client.ask("POST", f"/api/sessions/{session_id}/end")
    assert (again.status, again.code) == (409, "session.ended")


@pytest.mark.parametrize(
    ("account", "seen"), [("officer", 1), ("hebi", 1), ("xinyang", 0), ("reviewer", 0), ("admin", 0)]
)
async def test_P5_the_list_has_only_what_one_may_enter(client: Client, account: str, seen: int) -> None:
    await client.login("officer")
    session_id = (await client.ask("POST", "/api/sessions", WISH)).body["id"]
    await client.login(account)
    assert len((await client.ask("GET", "/api/sessions")).body["sessions"]) == seen
    answer = await client.ask("GET", f"/api/sessions/{session_id}")
    assert answer.status == 200 if seen else answer.code == "session.foreign"


@pytest.mark.parametrize("account", ["hebi", "reviewer", "admin"])
async def test_P4_only_a_duty_officer_starts(client: Client, account: str) -> None:
    await client.login(account)
    answer = await client.ask("POST", "/api/sessions", WISH)
    assert (answer.status, answer.code) == (403, "forbidden")


async def test_P1_a_venue_cannot_end_it(client: Client) -> None:
    await client.login("officer")
    session_id = (await client.ask("POST", "/api/sessions", WISH)).body["id"]
    await client.login("hebi")
    assert (await client.ask("POST", f"/api/sessions/{session_id}/end")).code == "forbidden"
    assert (await client.ask("POST", "/api/sessions/none/end")).code == "session.unknown"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "session.no_title"),
        ({"venues": []}, "session.no_venues"),
        ({"venues": ["atlantis"]}, "session.unknown_venue"),
        ({"kind": "party"}, "bad_request"),
    ],
)
async def test_a_bad_wish_is_refused(client: Client, changes: dict[str, object], code: str) -> None:
    await client.login("officer")
    assert (await client.ask("POST", "/api/sessions", {**WISH, **changes})).code == code
