"""A real hub in a process of its own, with the settings of `make run`, on ports that are free."""

from __future__ import annotations

import os
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Self

from tests.support.nursery import huishang

ROOT = Path(__file__).parents[2]
PASSWORD = "browser-test"
PATIENCE_S = 60
# What is hashed here is no secret: a hash costs as much as all the rest of a login. And a hub that gives way
# because other tests have the processor is no news: how it does that has its own tests.
SETTINGS = {
    "HUISHANG_DEMO_PASSWORD": PASSWORD,
    "HUISHANG_LIMITS_PROTECT": "false",
    "HUISHANG_LOGIN_HASH_KIB": "64",
    "HUISHANG_RECORDING_THUMBNAILS": "false",
}


# Below those that the system gives to whoever connects: no client of any lane takes one of them meanwhile.
FIRST_PORT, PORTS_EACH, LANES_MAX = 20_000, 120, 100


@cache
def _ports() -> tuple[socket.socket, Iterator[int]]:
    """What says that these numbers are this process's while it lives, and the numbers, round and round."""
    for lane in range(LANES_MAX):
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0huishang-tests-{lane}")
        except OSError:
            claim.close()
        else:
            first = FIRST_PORT + lane * PORTS_EACH
            return claim, cycle(range(first, first + PORTS_EACH))
    raise AssertionError("a hundred runs of tests at once")


def free_port() -> int:
    """A number on which nobody listens, by TCP or UDP, and which no other run of tests gives away."""
    _, ports = _ports()
    return next(port for port in ports if _is_free(port))


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            if kind is socket.SOCK_STREAM:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # past who has just hung up
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


class HubProcess:
    """Start it with ``with``; ``kill`` is kill -9, ``start`` brings it back on the same data and ports."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self._output = data.parent / f"{data.name}.log"
        self.port = free_port()
        self.media_port = free_port()
        self.media_host = "127.0.0.1"  # in brackets when it has colons
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment
        self.process: ForkServerProcess | None = None

    def start(self) -> None:
        listen, media = f"127.0.0.1:{self.port}", f"{self.media_host}:{self.media_port}"
        arguments = ["serve", "--demo", "--listen", listen, "--media", media, "--data", str(self.data)]
        environment = os.environ | SETTINGS | self.environment
        self.process = huishang(arguments, environment, self._output)
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if self._is_ready():
                return
            assert self.process is not None
            self.process.join(0.05)
            if self.process.exitcode is not None:
                raise AssertionError(f"the hub ended with {self.process.exitcode}: {self.log()}")
        raise TimeoutError(self.log())

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=1):
                return True
        except OSError:
            return False

    def log(self) -> str:
        """What the hub has printed."""
        return self._output.read_text("utf-8", errors="replace")

    def kill(self) -> None:
        """kill -9: nothing is said good-bye to."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """The orderly way."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.exitcode is None:
            assert self.process.pid is not None
            os.kill(self.process.pid, how)
            self.process.join(PATIENCE_S)
            assert self.process.exitcode is not None, self.log()
        self.process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
