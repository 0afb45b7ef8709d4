"""The command line, as it is typed."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest

from hub.__main__ import main
from hub.config import all_settings
from hub.storage.sqllog import open_log
from tests.golden.papers import a_paper
from tests.support.factories import Stream
from tests.support.logs import tamper

SEAT = ["--name", "鹤壁市委值班室", "--short-name", "鹤壁", "--level", "city"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HUISHANG_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("HUISHANG_PASSWORD", "long-enough")
    return tmp_path / "var"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(words)
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_seats_and_accounts(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "seat", "add", "hebi", *SEAT)[0] == 0
    add = ["account", "add", "sunwei", "--person", "孙伟", "--role", "seat", "--seat", "hebi"]
    assert run(capsys, *add)[0] == 0
    assert run(capsys, *add)[0] == 2
    assert run(capsys, "account", "list") == (0, "sunwei\tseat\thebi\t孙伟\t\n")
    assert "鹤壁市委值班室" in run(capsys, "seat", "list")[1]
    assert run(capsys, "account", "disable", "sunwei", "--reason", "调离")[0] == 0
    assert "disabled" in run(capsys, "account", "list")[1]
    assert run(capsys, "account", "password", "sunwei")[0] == 0
    code, said = run(capsys, "account", "password", "nobody")
    assert code == 2
    assert "没有找到" in said


def test_an_account_needs_its_seat_and_a_password_of_some_length(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = run(capsys, "account", "add", "a", "--person", "甲", "--role", "officer")
    assert (code, "seat_id" in said) == (2, True)
    monkeypatch.delenv("HUISHANG_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    code, said = run(capsys, "account", "add", "a", "--person", "甲", "--role", "admin")
    assert (code, "8" in said) == (2, True)
    monkeypatch.setattr("sys.stdin", io.StringIO("long-enough-too\n"))
    assert run(capsys, "account", "add", "a", "--person", "甲", "--role", "admin")[0] == 0


def test_the_demo_is_loaded_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "the demo incident is there" in run(capsys, "demo")[1]
    assert "nothing was changed" in run(capsys, "demo")[1]
    assert run(capsys, "audit", "verify")[0] == 0


def test_audit_verify_names_the_broken_place(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b", "c"):
        run(capsys, "account", "add", name, "--person", name, "--role", "admin")
    code, said = run(capsys, "audit", "verify")
    assert code == 0
    assert "intact" in said
    tamper(data, "UPDATE events SET at_ms = at_ms + 1 WHERE seq = 2")
    code, said = run(capsys, "audit", "verify")
    assert code == 1
    assert "stream=organisation seq=2" in said
    assert run(capsys, "audit", "verify", "--stream", "board:none")[0] == 0


async def keep(data: Path, stream: Stream) -> None:
    """Put a stream into the log of this data directory."""
    log = open_log(data)
    for each in stream.events:
        await log.append(stream.name, each.seq - 1, [each.event], actor=each.actor, op=None, at_ms=each.at_ms)
    await log.close()


def test_N7_papers_verify_names_the_paper_that_was_changed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.mkdir(parents=True)
    asyncio.run(keep(data, a_paper()))
    code, said = run(capsys, "papers", "verify")
    assert (code, "值班报告〔2026〕第12期" in said, "intact" in said) == (0, True, True)
    changed = "CAST(replace(CAST(event AS TEXT), '加强巡堤', '不必巡堤') AS BLOB)"
    tamper(data, f"UPDATE events SET event = {changed} WHERE stream = 'paper:n-1'")
    code, said = run(capsys, "papers", "verify", "--paper", "n-1")
    assert (code, "CHANGED" in said) == (1, True)
    assert run(capsys, "papers", "verify", "--paper", "n-none")[0] == 1


def test_recordings_recover_on_a_hub_without_any(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "recordings", "recover")[0] == 0


def test_a_bad_setting_is_one_line_and_no_traceback(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, "serve", "--listen", "nowhere")
    assert code == 2
    assert said.startswith("huishang: ")
    assert said.count("\n") == 1


def test_help_lists_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    for setting in all_settings():
        assert setting.option in said
        assert setting.variable in said
