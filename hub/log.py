"""Log lines for operators: readable or JSON, with facts as fields, without anybody's network address."""

from __future__ import annotations

import ipaddress
import logging
import re
import sys
import time

import msgspec

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_PAIR = re.compile(r"[^\s=\"]+\Z")

# Candidates only: ``_hide`` asks the ipaddress module whether it is one.
_MAYBE_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?!\w|\.\d)"
)


class HideAddresses(logging.Filter):
    """Where a person sits is personal data: at info and above an address becomes ``[address]``.

    The hub's own addresses (loopback, wildcard) say nothing about anybody and stay.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.INFO:
            record.msg = hide_addresses(record.getMessage())
            record.args = None
            for name, value in fields_of(record).items():
                if isinstance(value, str):
                    setattr(record, name, hide_addresses(value))
        return True


def hide_addresses(text: str) -> str:
    return _MAYBE_ADDRESS.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    try:
        address = ipaddress.ip_address(found[0])
    except ValueError:
        return found[0]
    return found[0] if address.is_loopback or address.is_unspecified else "[address]"


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """What the caller gave as ``extra``."""
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _stamp(record: logging.LogRecord) -> str:
    seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
    return f"{seconds}.{int(record.msecs):03d}Z"


class TextFormat(logging.Formatter):
    """``time LEVEL logger: message key=value ...``"""

    def format(self, record: logging.LogRecord) -> str:
        pairs = "".join(f" {name}={_quoted(value)}" for name, value in fields_of(record).items())
        line = f"{_stamp(record)} {record.levelname:<7} {record.name}: {record.getMessage()}{pairs}"
        return f"{line}\n{_trace(self, record)}" if record.exc_info else line


class JsonFormat(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": _stamp(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **fields_of(record),
        }
        if record.exc_info:
            entry["exception"] = _trace(self, record)
        return msgspec.json.encode(entry, enc_hook=str).decode()


def _trace(form: logging.Formatter, record: logging.LogRecord) -> str:
    """What an exception says of whom it was talking to is hidden as well."""
    text = form.formatException(record.exc_info) if record.exc_info else ""
    return text if record.levelno < logging.INFO else hide_addresses(text)


def _quoted(value: object) -> str:
    text = str(value)
    return text if _PAIR.match(text) else msgspec.json.encode(text).decode()


def configure(level: str, form: str) -> None:
    """All logging of the process goes to standard error, once."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormat() if form == "json" else TextFormat())
    handler.addFilter(HideAddresses())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for chatty in ("alembic", "aioice", "engineio", "socketio", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
