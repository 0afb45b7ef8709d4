"""Log lines: facts as fields, and nobody's network address."""

from __future__ import annotations

import io
import logging
import sys

import msgspec
import pytest

from hub.log import HideAddresses, JsonFormat, TextFormat, hide_addresses


def line(form: logging.Formatter, level: int, message: str, *args: object, **fields: object) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(form)
    handler.addFilter(HideAddresses())
    record = logging.getLogger("hub.test").makeRecord(
        "hub.test", level, "file.py", 1, message, args, None, extra=fields
    )
    handler.handle(record)
    return out.getvalue()


def test_a_line_for_people_and_a_line_for_machines() -> None:
    text = line(TextFormat(), logging.INFO, "venue %s joined", "hebi", session="s-1", why="two words")
    assert text.endswith('INFO    hub.test: venue hebi joined session=s-1 why="two words"\n')
    entry = msgspec.json.decode(line(JsonFormat(), logging.WARNING, "full", session="s-1"))
    assert entry["time"].endswith("Z")
    del entry["time"]
    assert entry == {"level": "warning", "logger": "hub.test", "message": "full", "session": "s-1"}


def test_an_exception_comes_along() -> None:
    try:
        raise ValueError("why: 10.1.2.3 is gone")
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "levelno": 40, "exc_info": sys.exc_info()})
    said = "ValueError: why: [address] is gone"
    assert said in TextFormat().format(record)
    assert said in msgspec.json.decode(JsonFormat().format(record))["exception"]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("from 10.1.2.3:5000", "from [address]:5000"),
        ("from 2001:db8::17.", "from [address]."),
        ("peer ('192.168.0.7', 4)", "peer ('[address]', 4)"),
        ("fe80::1 went away", "[address] went away"),
        ("listening on 0.0.0.0:8080 and ::1", "listening on 0.0.0.0:8080 and ::1"),
        ("version 1.2.3 at 10:20:30", "version 1.2.3 at 10:20:30"),
        ("2026-07-20T10:11:12.123Z session:s-1", "2026-07-20T10:11:12.123Z session:s-1"),
        ("999.1.1.1", "999.1.1.1"),
    ],
)
def test_addresses_of_people_are_hidden(text: str, hidden: str) -> None:
    assert hide_addresses(text) == hidden


def test_addresses_are_hidden_at_info_and_shown_for_debugging() -> None:
    assert "10.1.2.3" not in line(TextFormat(), logging.INFO, "from %s", "10.1.2.3", peer="10.1.2.3")
    assert "10.1.2.3" in line(TextFormat(), logging.DEBUG, "from %s", "10.1.2.3")
