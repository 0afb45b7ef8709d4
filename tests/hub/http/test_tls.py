"""TLS for everything but loopback, with a certificate made here when there is none."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from aiohttp import ClientSession
from cryptography import x509

from hub.app import running
from hub.errors import CannotStart
from hub.http.tls import fingerprint, self_signed, server_context
from tests.support.served import settings


def names_in(certificate: Path) -> set[str]:
    parsed = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in names}


async def test_a_wildcard_is_served_over_tls_and_loopback_is_not(tmp_path: Path) -> None:
    async with running(settings(tmp_path / "var", listen="0.0.0.0:0", tls_names="hui.example")) as hub:
        assert hub.url.startswith("https://")
        assert hub.certificate is not None
        trust = ssl.create_default_context(cafile=str(hub.certificate))
        port = hub.url.rpartition(":")[2]
        async with (
            ClientSession() as http,
            http.get(f"https://localhost:{port}/healthz", ssl=trust) as answer,
        ):
            assert answer.status == 200
        assert {"hui.example", "localhost", "127.0.0.1"} <= names_in(hub.certificate)
    async with running(settings(tmp_path / "var2")) as hub:
        assert (hub.url.partition(":")[0], hub.certificate) == ("http", None)


def test_the_certificate_stays_until_its_names_change(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path, ["hui.example"])
    first = fingerprint(certificate)
    assert key.stat().st_mode & 0o777 == 0o600
    self_signed(tmp_path, ["hui.example"])
    assert fingerprint(certificate) == first
    self_signed(tmp_path, ["hui.example", "10.1.2.3"])
    assert fingerprint(certificate) != first
    assert {"10.1.2.3", "hui.example", "::1"} <= names_in(certificate)
    server_context(certificate, key)
    certificate.write_text("damaged")
    self_signed(tmp_path, ["hui.example"])
    assert "hui.example" in names_in(certificate)


def test_a_certificate_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"cert\.pem"):
        server_context(tmp_path / "cert.pem", tmp_path / "key.pem")


def test_a_key_that_cannot_be_written_leaves_no_certificate_of_another(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path, ["one"])
    key.unlink()
    key.mkdir()
    with pytest.raises(OSError, match="directory"):
        self_signed(tmp_path, ["two"])
    assert not certificate.exists()
