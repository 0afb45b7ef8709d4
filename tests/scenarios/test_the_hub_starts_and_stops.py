"""What an operator meets: starting twice, a port in use, stopping, and the command line beside it all."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.support.hub_process import PASSWORD, ROOT, HubProcess, free_port


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "var") as hub:
        yield hub


def huishang(data: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hub", *words, "--data", str(data)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_it_starts_and_stops_as_an_operator_types_it(tmp_path: Path) -> None:
    port, media = free_port(), free_port()
    doors = ["--listen", f"127.0.0.1:{port}", "--media", f"127.0.0.1:{media}"]
    command = [sys.executable, "-m", "hub", "serve", "--demo", *doors, "--data", str(tmp_path / "var")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any(f"http://localhost:{port}" in line for line in process.stdout)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 200
        process.terminate()
        process.communicate()
    assert process.returncode == 0


def test_the_greeting_names_the_address_and_the_demo_accounts(hub: HubProcess) -> None:
    said = hub.log()
    assert f"http://localhost:{hub.port}" in said
    assert f"127.0.0.1:{hub.media_port}" in said
    for expected in ("officer", "reviewer", "admin", "zhumadian", PASSWORD):
        assert expected in said


def test_a_second_hub_on_the_same_data_is_refused(hub: HubProcess) -> None:
    second = huishang(hub.data, "serve", "--listen", "127.0.0.1:0", "--media", "127.0.0.1:0")
    assert second.returncode == 2
    assert "in use by another hub" in second.stderr
    assert "正被另一个进程使用" in second.stderr
    mend = huishang(hub.data, "recordings", "recover")
    assert (mend.returncode, "in use by another hub" in mend.stderr) == (2, True)


@pytest.mark.parametrize("option", ["--listen", "--media"])
def test_a_port_in_use_is_said_in_one_line(tmp_path: Path, option: str) -> None:
    kind = socket.SOCK_STREAM if option == "--listen" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", 0))
        if kind == socket.SOCK_STREAM:
            taken.listen()
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        words = {"--listen": "127.0.0.1:0", "--media": "127.0.0.1:0"} | {option: where}
        failed = huishang(tmp_path / "var", "serve", *(word for pair in words.items() for word in pair))
    assert failed.returncode == 2
    lines = [line for line in failed.stderr.splitlines() if line.startswith("huishang:")]
    assert len(lines) == 1
    assert where in lines[0]
    assert option in lines[0]
    assert "Traceback" not in failed.stderr


def test_it_stops_when_told_and_starts_again_on_the_same_data(hub: HubProcess) -> None:
    process = hub.process
    assert process is not None
    hub.stop()
    assert process.exitcode == 0
    assert "Traceback" not in hub.log()
    hub.start()
    hub.kill()
    hub.start()
    verified = huishang(hub.data, "audit", "verify")
    assert (verified.returncode, "intact" in verified.stdout) == (0, True)


async def log_in(hub: HubProcess, account: str, password: str) -> tuple[int, str]:
    body = {"account": account, "password": password}
    async with ClientSession() as http, http.post(f"{hub.url}/api/login", json=body) as answer:
        token: str = (await answer.json()).get("token", "")
        return answer.status, token


async def status_with(hub: HubProcess, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    async with ClientSession() as http, http.get(f"{hub.url}/api/sessions", headers=headers) as answer:
        return answer.status


async def test_accounts_change_beside_a_running_hub(hub: HubProcess) -> None:
    words = ["account", "add", "night", "--person", "白夜", "--role", "officer", "--seat", "office"]
    assert huishang(hub.data, *words, HUISHANG_PASSWORD="long-enough").returncode == 0
    status, token = await log_in(hub, "night", "long-enough")
    assert status == 200
    assert huishang(hub.data, "account", "disable", "night").returncode == 0
    assert (await log_in(hub, "night", "long-enough"))[0] == 403
    assert await status_with(hub, token) == 403
