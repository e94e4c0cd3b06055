"""The company's seal with pyHanko: PAdES baseline B-B, certified, no changes allowed."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from integrations.errors import Refused, Unauthorised
from integrations.seal.certificate import Credentials, load
from integrations.seal.port import SealFacts

FIELD = "Seal"
# What pyHanko meets in a file that somebody broke on purpose.
BROKEN = (PdfError, SigningError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
BROKEN_DEEPLY = (AssertionError, OSError, RuntimeError)


class PadesSeal:
    """`dir` holds cert.pem and key.pem, or gets a development certificate in the name of `name`.

    When the certificate is renewed, the old one goes to `dir`/former/, so that its seals stay known.
    """

    def __init__(self, dir: Path, name: str) -> None:
        self._credentials = load(dir, name)
        self._signer = _signer(self._credentials)

    def seal(self, pdf: bytes, reason: str, at: datetime) -> tuple[bytes, SealFacts]:
        """The same arguments give the same bytes.

        Refused("pdf.malformed"), also for one that is signed already; Unauthorised("seal.expired").
        """
        facts = self.facts(at)
        settings = PdfSignatureMetadata(
            field_name=FIELD,
            reason=reason,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        try:
            sealed = _SignerAt(settings, self._signer, at).sign_pdf(_Writer(pdf))
        except (*BROKEN, *BROKEN_DEEPLY):
            raise Refused("pdf.malformed") from None
        return sealed.getvalue(), facts

    def facts(self, at: datetime) -> SealFacts:
        """Of the certificate. Raises Unauthorised("seal.expired") when it is not valid at that time."""
        certificate = self._credentials.certificate
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise Unauthorised("seal.expired")
        subject = certificate.subject.rfc4514_string()
        return SealFacts(subject, f"{certificate.serial_number:x}", at.astimezone(UTC))

    def intact(self, pdf: bytes) -> bool:
        """One seal, ours, over the whole file, which forbids changes, and nothing after it."""
        try:
            found = PdfFileReader(BytesIO(pdf)).embedded_signatures
            return len(found) == 1 and self._ours(found[0]) and _unbroken(found[0])
        except (*BROKEN, *BROKEN_DEEPLY):
            return False

    def _ours(self, seal: EmbeddedPdfSignature) -> bool:
        known = (self._credentials.certificate, *self._credentials.former)
        return seal.signer_cert.dump() in {c.public_bytes(Encoding.DER) for c in known}


class _SignerAt(PdfSigner):
    """Signs with the time that it is given; the stock one reads the clock."""

    def __init__(self, settings: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(settings, signer)
        self._at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._at
        return session


class _Writer(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: no date of change from the clock, no chance in the second half of the /ID."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(BytesIO(pdf))
        first = self._document_id[0]
        self._document_id = ArrayObject([first, ByteStringObject(sha256(pdf).digest()[:16])])

    def _update_meta(self) -> None:
        pass


def _signer(credentials: Credentials) -> SimpleSigner:
    key = PrivateKeyInfo.load(credentials.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    chain = b"".join(certificate.public_bytes(Encoding.PEM) for certificate in credentials.chain)
    ours, *others = load_certs_from_pemder_data(chain)
    store = SimpleCertificateStore.from_certs(others)  # type: ignore[no-untyped-call]
    return SimpleSigner(ours, key, store)


def _unbroken(seal: EmbeddedPdfSignature) -> bool:
    """The certificate is known to be ours, so that it is its own authority here."""
    context = ValidationContext(
        trust_roots=[seal.signer_cert], moment=seal.self_reported_timestamp, allow_fetching=False
    )
    status = validate_pdf_signature(seal, context, skip_diff=True)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return bool(whole and status.intact and status.valid and seal.docmdp_level == MDPPerm.NO_CHANGES)
