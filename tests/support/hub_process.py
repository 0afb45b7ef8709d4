"""A real hub in a process of its own, as `make run` starts it, on ports that are free."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
PASSWORD = "browser-test"
PATIENCE_S = 30


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class HubProcess:
    """Start it with ``with``; ``kill`` is kill -9, ``start`` brings it back on the same data and ports."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.media_port = free_port(socket.SOCK_DGRAM)
        self.media_host = "127.0.0.1"  # in brackets when it has colons
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        listen, media = f"127.0.0.1:{self.port}", f"{self.media_host}:{self.media_port}"
        command = [sys.executable, "-m", "hub", "serve", "--demo", "--listen", listen, "--media", media]
        environment = os.environ | {"HUISHANG_DEMO_PASSWORD": PASSWORD} | self.environment
        with (self.data.parent / f"{self.data.name}.log").open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--data", str(self.data)], cwd=ROOT, env=environment, stdout=output, stderr=output
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if self._is_ready():
                return
            assert self.process is not None
            with contextlib.suppress(subprocess.TimeoutExpired):  # still starting: look again
                raise AssertionError(f"the hub ended with {self.process.wait(timeout=0.05)}: {self.log()}")
        raise TimeoutError(self.log())

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=1):
                return True
        except OSError:
            return False

    def log(self) -> str:
        """What the hub has printed."""
        return (self.data.parent / f"{self.data.name}.log").read_text("utf-8", errors="replace")

    def kill(self) -> None:
        """kill -9: nothing is said good-bye to."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """The orderly way."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=PATIENCE_S)
        self.process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
