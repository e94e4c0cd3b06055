"""The sealing certificate and its key, in a folder; for development they are made when nothing is there."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

CERTIFICATE, KEY, FORMER = "cert.pem", "key.pem", "former"
BITS = 3072
DEVELOPMENT = "development"
# A development certificate knows no clock: the time of the business may be turned.
FROM, TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Credentials:
    """`chain` begins with our certificate; `former` are those that earlier seals were made with."""

    chain: tuple[x509.Certificate, ...]
    key: rsa.RSAPrivateKey
    former: tuple[x509.Certificate, ...]

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain[0]


def load(folder: Path, name: str) -> Credentials:
    """Of cert.pem (ours, then its authorities), key.pem (RSA) and former/*.pem. Raises ValueError, without contents."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        if not (folder / CERTIFICATE).exists():
            _make(folder, name)
    chain = tuple(x509.load_pem_x509_certificates((folder / CERTIFICATE).read_bytes()))
    old = tuple(c for path in sorted(folder.glob(f"{FORMER}/*.pem")) for c in _first(path))
    return Credentials(chain, _key(folder / KEY, chain[0]), old)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two processes that start at once make one certificate."""
    with (folder / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _make(folder: Path, name: str) -> None:
    """The key first: one without a certificate, from a start that was cut short, is taken up again."""
    if not (folder / KEY).exists():
        made = rsa.generate_private_key(65537, BITS)
        _write(folder / KEY, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    key = _private(folder / KEY)
    _write(folder / CERTIFICATE, _self_signed(key, name).public_bytes(Encoding.PEM), 0o644)


def _self_signed(key: rsa.RSAPrivateKey, name: str) -> x509.Certificate:
    subject = _subject(name)
    uses = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    ) | {"encipher_only": False, "decipher_only": False}
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(TO)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **uses), critical=True)
        .sign(key, hashes.SHA256())
    )


def made_here(certificate: x509.Certificate) -> bool:
    """For development: nobody outside vouches for it."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return certificate.issuer == certificate.subject and any(unit.value == DEVELOPMENT for unit in units)


def _subject(name: str) -> x509.Name:
    """X.520 allows 64 characters each."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, DEVELOPMENT),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{name[:40]} (development seal)"),
        ]
    )


def _key(path: Path, certificate: x509.Certificate) -> rsa.RSAPrivateKey:
    key = _private(path)
    spki = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*spki) != certificate.public_key().public_bytes(*spki):
        raise ValueError(f"{KEY} does not belong to {CERTIFICATE}")
    return key


def _private(path: Path) -> rsa.RSAPrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"{KEY} is not an RSA key")
    return key


def _first(path: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(path.read_bytes())[:1]


def _write(path: Path, body: bytes, mode: int) -> None:
    """Never there in part, and never readable by others for a moment."""
    new = path.with_name(f".new-{path.name}")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
