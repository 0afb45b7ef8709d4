"""Settings: where they come from, which one wins, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.config import Address, BadSettings, Settings, all_settings, load, parse_address


def test_defaults_then_file_then_environment_then_command_line(tmp_path: Path) -> None:
    file = tmp_path / "huishang.toml"
    file.write_text('office = "file"\nclassification = "file"\n[login]\ntoken_hours = 1\n', "utf-8")
    environment = {"HUISHANG_CLASSIFICATION": "environment", "HUISHANG_LOGIN_TOKEN_HOURS": "2"}
    said = {"login.token_hours": "3", "office": None, "classification": None}
    got = load(file=file, environment=environment, options=said)
    assert got.office == "file"
    assert got.classification == "environment"
    assert got.login.token_hours == 3
    assert got.listen == Settings().listen


def test_words_become_what_the_setting_is(tmp_path: Path) -> None:
    environment = {
        "HUISHANG_DEMO": "true",
        "HUISHANG_ANNOUNCE": " 10.0.0.1, hub.example ,",
        "HUISHANG_RECORDING_SEATS_MAY_REVIEW": "1",
        "HUISHANG_LIMITS_PAGES": "12",
        "HUISHANG_ARGS": "not a setting",
    }
    got = load(environment=environment, options={"listen": None})
    assert got.demo is True
    assert got.announce == ("10.0.0.1", "hub.example")
    assert got.recording.seats_may_review is True
    assert got.limits.pages == 12


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"listen": "8080"}, "not HOST:PORT"),
        ({"listen": "host:99999"}, "not HOST:PORT"),
        ({"media": ":"}, "not HOST:PORT"),
        ({"login.token_hours": "soon"}, "token_hours"),
        ({"login.token_hours": 0}, "token_hours"),
        ({"login.hash_kib": 64}, "hash_kib"),
        ({"login.hash_kib": 1, "demo": True}, "hash_kib"),
        ({"log.level": "loud"}, "log.level"),
        ({"demo": "perhaps"}, "demo"),
        ({"demo_password": ""}, "demo_password"),
        ({"tls_cert": "cert.pem"}, "tls_key"),
        ({"turn.urls": "turn:relay.example:3478"}, "turn.secret"),
        ({"turn.secret": "north"}, "turn.urls"),
        ({"turn.urls": "stun:relay.example", "turn.secret": "north"}, "turn:HOST"),
        ({"turn.urls": 'turn:relay"; x', "turn.secret": "north"}, "turn:HOST"),
    ],
)
def test_a_bad_setting_is_named(options: dict[str, object], said: str) -> None:
    with pytest.raises(BadSettings, match=said):
        load(environment={}, options=options)


@pytest.mark.parametrize(
    "text", ["listn = 'x'", "[recording]\nunknown = 1", "listen = ", "recording = 5", b"\xff\xfe"]
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str | bytes) -> None:
    file = tmp_path / "huishang.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadSettings):
        load(file=file, environment={"HUISHANG_RECORDING_MIN_FREE_BYTES": "1"})
    with pytest.raises(BadSettings, match="absent"):
        load(file=tmp_path / "absent.toml")


def test_addresses() -> None:
    assert parse_address("127.0.0.1:80") == Address("127.0.0.1", 80)
    assert str(parse_address("[::1]:80")) == "[::1]:80"
    assert parse_address("[::1]:80").is_loopback
    assert parse_address("127.9.9.9:80").is_loopback
    assert parse_address("localhost:80").is_loopback
    assert not parse_address("127.example.com:80").is_loopback
    assert parse_address("0.0.0.0:80").is_wildcard
    assert parse_address("[::]:80").is_wildcard


@pytest.mark.parametrize(
    ("options", "tls"),
    [
        ({}, False),
        ({"listen": "0.0.0.0:8080"}, True),
        ({"listen": "hub.example:8080"}, True),
        ({"tls_cert": "c", "tls_key": "k"}, True),
    ],
)
def test_everything_but_loopback_is_served_over_tls(options: dict[str, object], tls: bool) -> None:
    assert load(environment={}, options=options).serves_tls is tls


def test_every_setting_has_a_help_text_a_variable_and_an_option() -> None:
    found = list(all_settings())
    assert len({setting.variable for setting in found}) == len({setting.option for setting in found})
    assert all(len(setting.help) > 10 for setting in found)
    assert ("HUISHANG_RECORDING_MIN_FREE_BYTES", "--recording-min-free-bytes") in {
        (setting.variable, setting.option) for setting in found
    }
