"""The golden streams are what the rules produce today, and they touch every event there is."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from msgspec import inspect as mi

from hub.domain.event import Recorded
from hub.domain.streams import DomainEvent, fold
from tests.golden.write import FOLDER, GOLDEN, rendered


@pytest.mark.parametrize("name", GOLDEN)
def test_B8_the_file_is_up_to_date_and_folds_to_its_state(name: str) -> None:
    text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert text == rendered(name)
    content = msgspec.json.decode(text)
    events = msgspec.convert(content["events"], list[Recorded[DomainEvent]])
    folded = msgspec.json.encode(fold(content["stream"], events))
    assert msgspec.json.decode(folded) == content["state"]


def test_every_event_appears_in_a_golden_file() -> None:
    known = {
        kind.tag for cls in get_args(DomainEvent) if isinstance(kind := mi.type_info(cls), mi.StructType)
    }
    seen = {
        event["event"]["type"]
        for path in FOLDER.rglob("*.json")  # some are of older logs alone
        for event in msgspec.json.decode(path.read_bytes())["events"]
    }
    assert seen == known
