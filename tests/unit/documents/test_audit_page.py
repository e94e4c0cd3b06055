"""The finished contract: every document, every signature in its place, every step on the certificate."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.documents.audit_page import SealNote, finish
from bot.documents.build import build
from bot.documents.reading import page_texts, pages, text
from bot.streams.deal.contract import Signer
from bot.streams.deal.envelope import Envelope, SignerSigned, SignerStopped, Whence, apply
from tests.unit.documents.example import CONTRACT, SIGNERS, at, envelope, our_brand, templates

SEAL = SealNote(
    subject="CN=Larkspur Software Ltd,O=Larkspur Software Ltd,C=IE",
    serial="5f2c9a11e0",
    sealed_at=datetime(2026, 11, 19, 15, 0, 2, tzinfo=UTC),
)
HASH = "7f3a91c20be4d85a" * 4


@cache
def files() -> tuple[bytes, ...]:
    return tuple(body for _, body in build(CONTRACT, templates(), our_brand()))


def done(state: Envelope) -> bytes:
    return finish(files(), CONTRACT, state, SEAL, our_brand())


@cache
def finished() -> bytes:
    return done(envelope())


def certificate(pdf: bytes) -> str:
    return " ".join(page for page in page_texts(pdf) if "Certificate of completion 2026-4BFRT1 SIGNED" in page)


def test_all_documents_come_first_and_the_certificate_last() -> None:
    before = sum(pages(body) for body in files())
    texts = page_texts(finished())
    assert len(texts) == before + 2
    assert [no for no, page in enumerate(texts) if "Certificate of completion 2026-4BFRT1 SIGNED" in page] == [
        before,
        before + 1,
    ]
    assert "Page 2 of 2" in texts[-1]


def test_the_certificate_names_envelope_hashes_signers_and_seal() -> None:
    page = certificate(finished())
    assert "01KA9M3QZ8J5V2W7N4T6X1B0CD" in page
    assert HASH in page
    assert CONTRACT.digest in page
    for body in files():
        assert sha256(body).hexdigest() in page
    for signer in SIGNERS:
        assert f"{signer.name} {signer.title} {signer.email}" in page
    assert f"{SEAL.subject} Serial number {SEAL.serial} Sealed 19 Nov 2026, 15:00:02 UTC" in page


@pytest.mark.parametrize(
    "step",
    [
        "18 Nov 2026, 09:00:00 Larkspur Software Ltd Sent for signature T07LARK:U07MAYA0001",
        "18 Nov 2026, 09:01:00 Clara Vogt Invited clara.vogt@brightwater.example",
        "18 Nov 2026, 09:02:00 Clara Vogt Opened the signing page",
        "18 Nov 2026, 09:03:00 Clara Vogt Agreed to electronic documents, consent version 2026-09-01 203.0.113.7 "
        "Mozilla/5.0 (iPhone) Safari/605.1",
        "18 Nov 2026, 09:04:00 Clara Vogt Opened Quote",
        "18 Nov 2026, 09:07:00 Clara Vogt Opened Data processing agreement",
        "18 Nov 2026, 09:08:00 Clara Vogt Signed as Clara Vogt, package hash above "
        "I, Clara Vogt, sign for Brightwater Freight GmbH and agree to 4 documents. 203.0.113.7",
        "18 Nov 2026, 09:40:00 Henrik Brandt Invited henrik.brandt@brightwater.example",
        "19 Nov 2026, 10:00:00 Henrik Brandt Reminded (1)",
        "19 Nov 2026, 10:07:00 Henrik Brandt Signed as Henrik Brandt",
        "2001:db8::17",
        "19 Nov 2026, 15:00:00 Ines Carvalho Signed as Ines Carvalho, package hash above "
        "I sign for Larkspur Software Ltd. Slack",
        "19 Nov 2026, 15:00:00 Larkspur Software Ltd Completed: everybody has signed",
    ],
)
def test_every_step_stands_with_its_time(step: str) -> None:
    assert step in certificate(finished())


def test_each_signature_stands_in_each_document_that_has_a_place_for_it() -> None:
    whole = page_texts(finished())
    signed = [page for page in whole if "18 Nov 2026 09:08 UTC" in page]
    assert len(signed) == 3
    for page in signed:
        assert page.count("Clara Vogt") == page.count("Henrik Brandt") == page.count("Ines Carvalho") == 2
    for body in files():
        assert "09:08 UTC" not in text(body)


def test_a_hash_that_is_not_the_packages_is_written_out() -> None:
    other = SignerSigned(
        signer=1, name="C. Vogt", sentence="Yes.", hash="ab" * 32, at=at(18, 9, 8), whence=Whence(ip="192.0.2.1")
    )
    page = certificate(done(apply(envelope(), other)))
    assert "ab" * 32 in page.replace(" ", "")


def test_somebody_who_stopped_first_is_shown_with_the_words() -> None:
    stopped = SignerStopped(signer=2, way="question", words="Is <b>net 60</b> in it?", at=at(19, 9))
    page = certificate(done(apply(envelope(), stopped)))
    assert "19 Nov 2026, 09:00:00 Henrik Brandt Asked a question Is <b>net 60</b> in it?" in page


def test_the_same_facts_make_the_same_bytes() -> None:
    assert done(envelope()) == finished()
    assert done(replace(envelope(), executed=None)) != finished()


def test_the_file_says_what_it_is_and_leads_to_its_documents() -> None:
    reader = PdfReader(BytesIO(finished()))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Contract 2026-4BFRT1, signed", "Larkspur Software Ltd")
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == [
        "Quote Q-2026-4BFRT1",
        "Order form OF-2026-4BFRT1",
        "Master agreement MSA-2026-4BFRT1",
        "Data processing agreement DPA-2026-4BFRT1",
        "Certificate of completion 2026-4BFRT1",
    ]


@pytest.mark.parametrize("name", ["W" * 120, "<b>X</b> & {{ y }}", "Жук Ελένη", "🚢"])
def test_a_signature_may_be_typed_in_any_letters(name: str) -> None:
    signed = SignerSigned(signer=1, name=name, sentence="Yes.", hash=HASH, at=at(18, 9, 8), whence=Whence())
    shown = "[U+1F6A2]" if name == "🚢" else "".join(name.split())
    assert f"Signedas{shown}" in certificate(done(apply(envelope(), signed))).replace(" ", "")


def test_an_envelope_that_was_never_sent_has_no_certificate() -> None:
    with pytest.raises(ValueError, match="not sent"):
        done(Envelope())


def test_a_signer_who_has_not_signed_is_said_to_have_not() -> None:
    sent = envelope().sent
    assert sent is not None
    guest = Signer(no=4, side="customer", name="Late Guest", title="Clerk", email="late@brightwater.example", order=4)
    state = replace(envelope(), sent=sent.model_copy(update={"signers": (*SIGNERS, guest)}))
    assert "late@brightwater.example Brightwater Freight GmbH not signed" in certificate(done(state))
