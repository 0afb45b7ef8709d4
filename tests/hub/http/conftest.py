"""A running hub for the tests of its doors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.clock import ManualClock
from tests.support.served import Client, served


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def client(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Client]:
    async with served(tmp_path / "var", clock) as client:
        yield client
