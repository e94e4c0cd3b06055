"""The seal, judged by pyHanko's own validation, by bytes changed, and by poppler where it is installed."""

import multiprocessing
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from reportlab.pdfgen.canvas import Canvas

from integrations.errors import Refused, Unauthorised
from integrations.seal.certificate import Credentials, load
from integrations.seal.pades import PadesSeal

AT = datetime(2026, 11, 24, 10, 0, 5, tzinfo=UTC)
NAME = "Larkspur Software Ltd"
REASON = "Sealed by Larkspur Software Ltd after all have signed"


def contract(text: str = "Total EUR 237,984.80", pages: int = 1) -> bytes:
    body = BytesIO()
    canvas = Canvas(body, invariant=1)
    for page in range(pages):
        canvas.drawString(72, 720, f"{text}, page {page + 1}")
        canvas.showPage()
    canvas.save()
    return body.getvalue()


PDF = contract()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seal")


@pytest.fixture(scope="module")
def seal(folder: Path) -> PadesSeal:
    return PadesSeal(folder, NAME)


@pytest.fixture(scope="module")
def sealed(seal: PadesSeal) -> bytes:
    return seal.seal(PDF, REASON, AT)[0]


def signature(pdf: bytes) -> EmbeddedPdfSignature:
    found: list[EmbeddedPdfSignature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    assert len(found) == 1
    return found[0]


def test_pyhanko_holds_it_to_be_whole_and_certified(folder: Path, sealed: bytes) -> None:
    found = signature(sealed)
    (root,) = load_certs_from_pemder_data((folder / "cert.pem").read_bytes())
    status = validate_pdf_signature(found, ValidationContext(trust_roots=[root], moment=AT))
    assert status.bottom_line
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level == ModificationLevel.NONE
    assert found.docmdp_level == MDPPerm.NO_CHANGES


def test_it_is_of_the_pades_baseline(sealed: bytes) -> None:
    """ETSI EN 319 142-1, 6.3: CAdES detached, the claimed time in /M and not in the attributes."""
    found = signature(sealed)
    attributes = {str(a["type"].native): a["values"] for a in found.signer_info["signed_attrs"]}
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.sig_object["/Reason"] == REASON
    assert found.self_reported_timestamp == AT
    assert {"content_type", "message_digest", "signing_certificate_v2"} <= set(attributes)
    assert "signing_time" not in attributes
    assert found.md_algorithm == "sha256"


def test_the_original_lies_unchanged_at_its_beginning(sealed: bytes) -> None:
    assert sealed.startswith(PDF)


def test_the_same_seal_gives_the_same_bytes(folder: Path, seal: PadesSeal, sealed: bytes) -> None:
    assert seal.seal(PDF, REASON, AT)[0] == sealed
    assert PadesSeal(folder, NAME).seal(PDF, REASON, AT)[0] == sealed
    assert seal.seal(PDF, REASON, AT + timedelta(seconds=1))[0] != sealed


def test_the_facts_are_those_of_the_certificate(folder: Path, seal: PadesSeal) -> None:
    certificate = x509.load_pem_x509_certificate((folder / "cert.pem").read_bytes())
    pdf, facts = seal.seal(PDF, REASON, AT.astimezone(timezone(timedelta(hours=1))))
    assert facts == seal.facts(AT)
    assert int(facts.serial, 16) == certificate.serial_number == signature(pdf).signer_cert.serial_number
    assert facts.sealed_at == AT
    assert facts.sealed_at.tzinfo is UTC
    assert "development" in facts.subject
    assert NAME in facts.subject


@pytest.mark.parametrize("pages", [1, 30])
def test_a_sealed_file_is_intact(seal: PadesSeal, pages: int) -> None:
    assert seal.intact(seal.seal(contract(pages=pages), "Grund: geprüft ✓", AT)[0])


@pytest.mark.parametrize("at", [datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)])
def test_a_turned_clock_does_not_break_a_seal(seal: PadesSeal, at: datetime) -> None:
    assert seal.intact(seal.seal(PDF, REASON, at)[0])


@pytest.mark.parametrize("at", [datetime(2019, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)])
def test_no_seal_when_the_certificate_is_not_valid(seal: PadesSeal, at: datetime) -> None:
    with pytest.raises(Unauthorised, match=r"^seal\.expired$"):
        seal.facts(at)
    with pytest.raises(Unauthorised, match=r"^seal\.expired$"):
        seal.seal(PDF, REASON, at)


def updated(pdf: bytes) -> bytes:
    """A proper incremental update: the sealed part is whole, and there is more after it."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/PageMode"] = writer.root["/Type"]
    writer.update_root()
    body = BytesIO()
    writer.write(body)
    return body.getvalue()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda pdf: pdf.replace(b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 594", 1),
        lambda pdf: pdf + b"\n",
        lambda pdf: pdf + b"%%EOF\n",
        lambda pdf: pdf[:-1],
        lambda pdf: pdf[: len(PDF)],
        updated,
        lambda pdf: pdf.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detacheD"),
        lambda pdf: b" " + pdf,
        lambda pdf: pdf[: len(pdf) // 2],
        lambda pdf: b"",
        lambda pdf: b"%PDF-1.7\n",
        lambda pdf: b"not a PDF",
        lambda pdf: PDF,
    ],
)
def test_a_tampered_file_is_not_intact(seal: PadesSeal, sealed: bytes, tamper: Callable[[bytes], bytes]) -> None:
    tampered = tamper(sealed)
    assert tampered != sealed
    assert not seal.intact(tampered)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_no_signed_byte_can_be_changed(seal: PadesSeal, sealed: bytes, data: st.DataObject) -> None:
    """The signature itself cannot be signed; everything on both of its sides is."""
    _, first, second, rest = (int(n) for n in signature(sealed).byte_range)
    place = data.draw(st.integers(0, first - 1) | st.integers(second, second + rest - 1))
    flipped = sealed[place] ^ data.draw(st.integers(1, 255))
    assert not seal.intact(sealed[:place] + bytes([flipped]) + sealed[place + 1 :])


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_broken_signature_breaks_nothing_else(seal: PadesSeal, sealed: bytes, data: st.DataObject) -> None:
    _, first, second, _ = (int(n) for n in signature(sealed).byte_range)
    place = data.draw(st.integers(first, second - 1))
    changed = sealed[:place] + bytes([data.draw(st.integers(0, 255))]) + sealed[place + 1 :]
    assert seal.intact(changed) in (True, False)


@given(st.binary(max_size=200), st.integers(0, 8000))
@settings(max_examples=50, deadline=None)
def test_no_bytes_break_the_check(seal: PadesSeal, sealed: bytes, junk: bytes, place: int) -> None:
    assert not seal.intact(junk)
    spliced = sealed[:place] + junk + sealed[place + len(junk) :]
    assert seal.intact(spliced) in (True, False)


def test_a_seal_of_somebody_else_is_none_of_ours(seal: PadesSeal, sealed: bytes, tmp_path: Path) -> None:
    other = PadesSeal(tmp_path, NAME)
    assert not other.intact(sealed)
    assert not seal.intact(other.seal(PDF, REASON, AT)[0])


@pytest.mark.parametrize("allowed", [None, MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE])
def test_a_signature_of_ours_that_allows_changes_is_no_seal(
    folder: Path, seal: PadesSeal, allowed: MDPPerm | None
) -> None:
    key, certificate = str(folder / "key.pem"), str(folder / "cert.pem")
    signer = SimpleSigner.load(key, certificate)  # type: ignore[no-untyped-call]
    settings = PdfSignatureMetadata("Seal", subfilter=SigSeedSubFilter.PADES)
    if allowed is not None:
        settings = replace(settings, certify=True, docmdp_permissions=allowed)
    signed = PdfSigner(settings, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(PDF)))
    assert not seal.intact(signed.getvalue())


def test_the_seals_of_a_former_certificate_stay_known(folder: Path, sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "former").mkdir()
    shutil.copy(folder / "cert.pem", tmp_path / "former" / "2026.pem")
    renewed = PadesSeal(tmp_path, NAME)
    assert renewed.intact(sealed)
    assert renewed.seal(PDF, REASON, AT)[0] != sealed


@pytest.mark.parametrize("pdf", [b"", b"not a PDF", PDF[:300]])
def test_what_is_no_pdf_is_not_sealed(seal: PadesSeal, pdf: bytes) -> None:
    with pytest.raises(Refused, match=r"^pdf\.malformed$"):
        seal.seal(pdf, REASON, AT)


def test_what_is_sealed_is_not_sealed_again(seal: PadesSeal, sealed: bytes) -> None:
    with pytest.raises(Refused, match=r"^pdf\.malformed$"):
        seal.seal(sealed, REASON, AT)


def test_the_key_is_for_its_owner_alone(folder: Path, seal: PadesSeal) -> None:
    assert (folder / "key.pem").stat().st_mode & 0o777 == 0o600


def _serial(folder: str, results: Any) -> None:
    results.put(load(Path(folder), NAME).certificate.serial_number)


def test_processes_that_start_at_once_share_one_certificate(tmp_path: Path) -> None:
    fresh = multiprocessing.get_context("spawn")
    results = fresh.Queue()
    crowd = [fresh.Process(target=_serial, args=(str(tmp_path / "seal"), results)) for _ in range(3)]
    for one in crowd:
        one.start()
    serials = {results.get(timeout=60) for _ in crowd}
    for one in crowd:
        one.join()
    results.close()
    results.join_thread()
    assert len(serials) == 1
    assert sorted(path.name for path in (tmp_path / "seal").iterdir()) == [".lock", "cert.pem", "key.pem"]


def test_a_start_that_was_cut_short_is_taken_up_again(tmp_path: Path) -> None:
    first: Credentials = load(tmp_path, NAME)
    (tmp_path / "cert.pem").unlink()
    again = load(tmp_path, NAME)
    assert again.key.private_numbers() == first.key.private_numbers()
    assert again.certificate != first.certificate


def test_a_key_of_another_certificate_is_told(folder: Path, seal: PadesSeal, tmp_path: Path) -> None:
    load(tmp_path, NAME)
    shutil.copy(folder / "cert.pem", tmp_path / "cert.pem")
    with pytest.raises(ValueError, match="does not belong"):
        PadesSeal(tmp_path, NAME)


def test_a_certificate_without_its_key_is_not_replaced(tmp_path: Path) -> None:
    load(tmp_path, NAME)
    (tmp_path / "key.pem").unlink()
    with pytest.raises(FileNotFoundError):
        load(tmp_path, NAME)


def test_a_second_reader_agrees(sealed: bytes, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("poppler-utils is not installed")
    (tmp_path / "sealed.pdf").write_bytes(sealed)
    told = subprocess.run(["pdfsig", "sealed.pdf"], cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert "Signature is Valid" in told.stdout
    assert "Total document signed" in told.stdout
    assert "ETSI.CAdES.detached" in told.stdout
