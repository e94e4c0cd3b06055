"""What a customer sends is read, or refused with a reason; no file makes us unpack, fetch or wait without end."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from bot.documents import build, docx, incoming
from bot.documents.incoming import MOST_BYTES, MOST_PARTS, MOST_UNPACKED, Unreadable, read
from bot.figures.passages import differences, passages
from tests.unit.documents.example import CONTRACT, our_brand, templates

SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(text: bytes | str, parts: int = 0) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", text)
        for number in range(parts):
            made.writestr(f"word/media/{number}", b"")
    return out.getvalue()


def document(body: str) -> bytes:
    return packed(f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")


def locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


BILLION = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"%PDF-" + b"x" * MOST_BYTES, "larger than 10 MB"),
        (b"MZ\x90", "neither .docx nor PDF"),
        (b"%PDF-1.7 and nothing else", "no whole PDF"),
        (locked(), "encrypted"),
        (b"PK\x03\x04 and nothing else", "no whole .docx"),
        (packed(b" " * (MOST_UNPACKED + 1)), "unpacks to far more"),
        (packed("<a/>", MOST_PARTS), "too many parts"),
        (packed(f"{BILLION}<a>&y;</a>"), "not the XML"),
        (packed(f"{OUTSIDE}<a>&x;</a>"), "not the XML"),
        (packed("<a>"), "not the XML"),
        (document(""), "no text in it"),
    ],
)
def test_what_is_hostile_or_broken_is_refused_with_a_reason(body: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read(body)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04"]))
def test_any_bytes_are_read_or_refused(body: bytes, start: bytes) -> None:
    try:
        read(start + body)
    except Unreadable as no:
        assert len(no.args) == 2


def test_tracked_changes_are_read_as_they_want_it() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    taken = "<w:del><w:r><w:delText>12</w:delText></w:r></w:del>"
    body = f"<w:p>{run.format('the fees of ')}{taken}<w:ins>{run.format('24')}</w:ins>{run.format(' months')}</w:p>"
    assert read(document(body)).lines == ("the fees of 24 months",)


def test_every_document_goes_out_as_docx_and_comes_back_the_same_as_its_pdf() -> None:
    bodies = {file.template: body for file, body in build.build(CONTRACT, templates(), our_brand())}
    for use in CONTRACT.documents:
        made = docx.export(CONTRACT, use, templates())
        assert made == docx.export(CONTRACT, use, templates())
        ours, theirs = (passages(incoming.read(body).lines) for body in (bodies[use.template], made))
        assert [each for each in differences(ours, theirs) if each.number] == []
    assert len(passages(read(bodies["master-agreement"]).lines)) == 55


def test_heads_and_feet_of_pages_are_no_text() -> None:
    body = build.build(CONTRACT, templates(), our_brand())[2][1]
    assert "Page 1 of" in PdfReader(BytesIO(body)).pages[0].extract_text()
    assert not any("Page 1 of" in line for line in read(body).lines)
