"""Every way a request can be wrong has one shape of answer, and every answer has the headers."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hub.clock import ManualClock
from hub.config import STRONG_KIB
from hub.errors import ERRORS
from hub.http import keys
from hub.http.middleware import SECURITY_HEADERS
from tests.support.served import Client, served

LARGE = b'{"account":"' + b"a" * 1_000_000 + b'"}'

WRONG = [
    ("POST", "/api/login", LARGE, 413, "too_large"),
    ("POST", "/api/login", b"", 400, "bad_request"),
    ("POST", "/api/login", b"not json", 400, "bad_request"),
    ("POST", "/api/login", b"\xff\xfe", 400, "bad_request"),
    ("POST", "/api/login", b'{"account": 5, "password": "x"}', 400, "bad_request"),
    ("POST", "/api/login", b'{"account": "hebi"}', 400, "bad_request"),
    ("GET", "/api/login", None, 405, "method_not_allowed"),
    ("PUT", "/api/sessions", b"{}", 405, "method_not_allowed"),
    ("GET", "/api/nothing", None, 404, "not_found"),
    ("GET", "/api", None, 404, "not_found"),
    ("GET", "/assets/gone-123.js", None, 404, "not_found"),
    ("GET", "/..%2f..%2fetc/passwd.txt", None, 404, "not_found"),
    ("GET", "/%00.js", None, 404, "not_found"),
    ("POST", "/api/sessions", b"{}", 401, "auth.required"),
    ("GET", "/api/sessions", None, 401, "auth.required"),
    ("POST", "/api/sessions/s-1/end", b"", 401, "auth.required"),
    ("POST", "/api/sessions/s-1/whip", b"v=0", 401, "auth.required"),
    ("GET", "/api/recordings", None, 401, "auth.required"),
    ("GET", "/api/storage", None, 401, "auth.required"),
    ("GET", "/api/recordings/r-1/tracks/t-1", None, 401, "auth.required"),
    ("GET", "/api/recordings/r-1/tracks/t-1?ticket=x", None, 401, "auth.required"),
]


async def test_a_wrong_request_gets_a_stable_code_in_both_languages(client: Client) -> None:
    for method, path, body, status, code in WRONG:
        answer = await client.ask(method, path, body)
        error = answer.body["error"]
        assert (answer.status, error["code"]) == (status, code), (method, path)
        assert (error["zh"], error["en"]) == (ERRORS[code].zh, ERRORS[code].en)
        assert set(SECURITY_HEADERS.items()) <= set(answer.headers.items())
        assert answer.headers["X-Request-Id"]


async def test_a_wrong_method_is_told_the_right_ones(client: Client) -> None:
    """RFC 9110, 15.5.6"""
    assert (await client.ask("GET", "/api/login")).headers["Allow"] == "POST"
    assert (await client.ask("PUT", "/api/sessions")).headers["Allow"] == "GET, HEAD, POST"


async def test_a_request_says_where_it_is_wrong(client: Client) -> None:
    answer = await client.ask("POST", "/api/login", {"account": 5, "password": "x"})
    assert answer.body["error"]["detail"] == {"why": "Expected `str`, got `int` - at `$.account`"}


async def test_a_fault_of_ours_is_logged_and_says_no_more_than_its_number(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    await client.login("officer")
    await client.hub.app[keys.LOG].close()
    wish = {"title": "防汛", "kind": "consultation", "venues": ["hebi"]}
    answer = await client.ask("POST", "/api/sessions", wish)
    assert (answer.status, answer.code) == (500, "internal")
    assert answer.body["error"]["detail"] == {"request_id": answer.headers["X-Request-Id"]}
    logged = [record for record in caplog.records if record.name == "hub.http.middleware"]
    assert [vars(record)["request_id"] for record in logged] == [answer.headers["X-Request-Id"]]


async def test_what_the_login_page_may_know(client: Client, tmp_path: Path) -> None:
    about = (await client.ask("GET", "/api/about")).body
    assert about["demo"] is True
    assert about["classification"] == "非涉密·内部使用"
    first = [row["account"] for row in about["demo_accounts"][:4]]
    assert first == ["officer", "deputy", "reviewer", "admin"]
    assert len(about["demo_accounts"]) == 31
    async with served(tmp_path / "other", **{"demo": False, "login.hash_kib": STRONG_KIB}) as plain:
        about = (await plain.ask("GET", "/api/about")).body
        assert (about["demo"], about["demo_password"], about["demo_accounts"]) == (False, None, [])
        assert (await plain.login("officer")).code == "auth.wrong_password"


async def test_health_readiness_and_figures(client: Client) -> None:
    assert (await client.ask("GET", "/healthz")).body == {"status": "ok"}
    assert (await client.ask("GET", "/readyz")).body == {"status": "ready"}
    assert (await client.ask("HEAD", "/healthz")).status == 200
    await client.login("hebi", "wrong")
    figures = (await client.ask("GET", "/metrics")).body.decode()
    assert 'huishang_http_requests_total{method="GET",route="/healthz",status="200"}' in figures
    assert 'huishang_logins_total{outcome="auth.wrong_password"}' in figures
    assert "huishang_log_append_seconds_bucket" in figures


async def test_a_hub_that_cannot_write_is_not_ready(client: Client, clock: ManualClock) -> None:
    assert (await client.ask("GET", "/readyz")).status == 200
    await client.hub.app[keys.LOG].close()
    clock.advance(2)
    answers = await asyncio.gather(*(client.ask("GET", "/readyz") for _ in range(3)))
    assert [answer.status for answer in answers] == [503] * 3
    assert (await client.ask("GET", "/healthz")).status == 200


async def test_the_pages_of_the_app(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    async with served(tmp_path / "var", web=str(dist)) as client:
        missing = await client.ask("GET", "/")
        assert missing.status == 503
        assert "make run" in missing.body.decode()
        (dist / "index.html").write_text("<!doctype html><title>会商</title>")
        (dist / "assets" / "main-1a2b.js").write_text("1")
        (tmp_path / "secret.txt").write_text("secret")
        for path in ("/", "/desk", "/session/s-1"):
            page = await client.ask("GET", path)
            assert (page.status, page.headers["Cache-Control"]) == (200, "no-cache")
            assert "会商" in page.body.decode()
        script = await client.ask("GET", "/assets/main-1a2b.js")
        assert script.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "javascript" in script.headers["Content-Type"]
        for outside in ("/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"):
            assert (await client.ask("GET", outside)).status == 404
