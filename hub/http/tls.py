"""TLS for everything but loopback: the operator's certificate, or a self-signed one made here."""

from __future__ import annotations

import datetime
import ipaddress
import logging
import socket
import ssl
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hub.errors import CannotStart
from hub.storage.datadir import write_private

_log = logging.getLogger(__name__)

# Browsers refuse certificates that are valid for more than 398 days; a new one is made in time.
_VALID = datetime.timedelta(days=397)
_RENEW_BEFORE = datetime.timedelta(days=30)
_CERTIFICATE = "tls-self-signed.pem"
_KEY = "tls-self-signed.key"


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise CannotStart(
            f"TLS 证书或私钥无法使用（{certificate}，{key}）：{error}",
            f"The TLS certificate or key cannot be used ({certificate}, {key}): {error}",
        ) from error
    return context


def self_signed(directory: Path, names: Iterable[str]) -> tuple[Path, Path]:
    """Certificate and key in ``directory``; kept while they are valid and cover ``names``."""
    certificate, key = directory / _CERTIFICATE, directory / _KEY
    wanted = sorted({*names, "localhost", "127.0.0.1", "::1"})
    if not (certificate.exists() and key.exists() and _still_good(certificate, wanted)):
        _make(certificate, key, wanted)
    return certificate, key


def names_of_this_machine() -> set[str]:
    names = {socket.gethostname()}
    try:
        names |= {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:  # a host that cannot resolve itself; --tls-names helps
        _log.warning("the name of this machine has no address")
    return {name.partition("%")[0] for name in names}


def fingerprint(certificate: Path) -> str:
    """SHA-256, as browsers show it, so that an operator can compare."""
    digest = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(hashes.SHA256())
    return ":".join(f"{byte:02X}" for byte in digest)


def _still_good(path: Path, wanted: list[str]) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        return False
    late = datetime.datetime.now(datetime.UTC) + _RENEW_BEFORE
    return certificate.not_valid_after_utc > late and set(map(_general_name, wanted)) <= set(names)


def _make(certificate_path: Path, key_path: Path, names: list[str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "huishang")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate_path.unlink(missing_ok=True)  # a crash must not leave the old one beside the new key
    write_private(key_path, private)
    write_private(certificate_path, certificate.public_bytes(serialization.Encoding.PEM))


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name.encode("idna").decode())
