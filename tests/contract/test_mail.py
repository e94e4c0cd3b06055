"""SmtpMail against the sandbox's mail server, and against servers that misbehave."""

import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.mail.port import Letter
from integrations.mail.smtp import SmtpMail
from sandbox.mail.letters import read
from sandbox.mail.server import MailServer
from sandbox.web import Call, Reply, WebServer, application

CLARA = "clara.vogt@brightwater.example"
SENDER = "Countersign for Larkspur <deals@larkspur.example>"
LETTER = Letter(
    message_id="invite-1@larkspur.example",
    to_name="Clara Vogt",
    to_address=CLARA,
    subject="Please sign: Fleet Platform für Brightwater",
    text="Guten Tag,\n.\n.a line with a dot\nhttps://sign.example/p/abc-1.\n",
    html='<p>Guten Tag, <a href="https://sign.example/p/abc-1?a=1&amp;b=2">sign</a> &uuml;</p>',
    reply_to="maya.okafor@larkspur.example",
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mail(server: MailServer) -> SmtpMail:
    return SmtpMail(server.url, SENDER)


def test_a_letter_arrives_as_written(server: MailServer, mail: SmtpMail) -> None:
    mail.send(LETTER)
    (letter,) = server.letters
    assert (letter.sender, letter.to) == ("deals@larkspur.example", CLARA)
    assert letter.subject == LETTER.subject
    assert letter.message_id == "<invite-1@larkspur.example>"
    assert letter.text.replace("\r\n", "\n") == LETTER.text
    assert letter.html.strip() == LETTER.html


def test_its_headers_say_who_and_that_a_machine_wrote(server: MailServer) -> None:
    at = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    SmtpMail(server.url, SENDER, now=lambda: at).send(LETTER)
    message = message_from_string(server.letters[0].raw.decode("ascii"), policy=default)
    assert message["From"] == "Countersign for Larkspur <deals@larkspur.example>"
    assert message["To"] == f"Clara Vogt <{CLARA}>"
    assert message["Reply-To"] == "maya.okafor@larkspur.example"
    assert message["Date"].datetime == at
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_the_links_of_a_letter_are_found(server: MailServer, mail: SmtpMail) -> None:
    mail.send(LETTER)
    assert server.links(server.letters[0]) == ("https://sign.example/p/abc-1?a=1&b=2", "https://sign.example/p/abc-1")


def test_a_letter_can_be_waited_for(server: MailServer, mail: SmtpMail) -> None:
    mail.send(replace(LETTER, subject="Another"))
    later = threading.Timer(0.1, mail.send, (LETTER,))
    later.start()
    assert server.wait_for(CLARA.upper(), "Fleet").subject == LETTER.subject
    assert server.wait_for(CLARA).subject == LETTER.subject
    later.join()
    with pytest.raises(TimeoutError, match="Another"):
        server.wait_for(CLARA, "never sent", timeout=0.05)


def test_nothing_is_deduplicated(server: MailServer, mail: SmtpMail) -> None:
    mail.send(LETTER)
    mail.send(LETTER)
    assert [letter.message_id for letter in server.letters] == ["<invite-1@larkspur.example>"] * 2


def test_450_is_busy(server: MailServer, mail: SmtpMail) -> None:
    server.busy(2)
    for _ in range(2):
        with pytest.raises(Busy, match=r"^450$"):
            mail.send(LETTER)
    assert server.letters == []
    mail.send(LETTER)
    assert len(server.letters) == 1


def test_550_is_refused(server: MailServer, mail: SmtpMail) -> None:
    server.refuse(CLARA)
    with pytest.raises(Refused, match=r"^550$"):
        mail.send(LETTER)
    mail.send(replace(LETTER, to_address="henrik.brandt@brightwater.example"))
    assert [letter.to for letter in server.letters] == ["henrik.brandt@brightwater.example"]


def test_a_lost_reply_is_unknown(server: MailServer, mail: SmtpMail) -> None:
    server.drop_reply()
    with pytest.raises(Unknown):
        mail.send(LETTER)
    assert len(server.letters) == 1
    mail.send(LETTER)
    assert len(server.letters) == 2


def test_a_server_that_is_away_is_busy(server: MailServer, mail: SmtpMail) -> None:
    mail.send(LETTER)
    server.stop()
    with pytest.raises(Busy):
        mail.send(LETTER)
    server.start()
    mail.send(LETTER)
    assert len(server.letters) == 2


@pytest.mark.parametrize(
    "address",
    [
        "",
        "clara",
        "clara@",
        "@brightwater.example",
        f"{CLARA}\r\nBcc: eve@evil.example",
        f"{CLARA}\n",
        f"{CLARA},eve@evil.example",
        f"Clara <{CLARA}>",
        "clara@b@c.example",
        "clara vogt@brightwater.example",
        "clar\u00e4@brightwater.example",
        "clara@" + "x" * 64 + ".example",
        "clara@\ud800.example",
    ],
)
def test_an_address_that_is_none_is_refused_before_any_call(server: MailServer, address: str) -> None:
    server.stop()
    mail = SmtpMail(server.url, SENDER)
    with pytest.raises(Refused, match=r"^address\.malformed$"):
        mail.send(replace(LETTER, to_address=address))
    if address:
        with pytest.raises(Refused, match=r"^address\.malformed$"):
            mail.send(replace(LETTER, reply_to=address))


@pytest.mark.parametrize("field", ["subject", "to_name", "message_id"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x00", "\x0b"])
def test_no_field_can_begin_a_header(mail: SmtpMail, server: MailServer, field: str, end: str) -> None:
    injected: Any = {field: f"{getattr(LETTER, field)}{end}Bcc: eve@evil.example"}
    with pytest.raises(Refused, match=r"^header\.malformed$"):
        mail.send(replace(LETTER, **injected))
    assert server.letters == []


def test_a_name_with_signs_stays_a_name(server: MailServer, mail: SmtpMail) -> None:
    mail.send(replace(LETTER, to_name='Eve" <eve@evil.example>, "Zoë'))
    message = message_from_string(server.letters[0].raw.decode("ascii"), policy=default)
    assert [to.addr_spec for to in message["To"].addresses] == [CLARA]
    assert [to.display_name for to in message["To"].addresses] == ['Eve" <eve@evil.example>, "Zoë']


def test_a_domain_may_be_written_in_any_script(server: MailServer, mail: SmtpMail) -> None:
    mail.send(replace(LETTER, to_address="clara@müller.example"))
    assert server.letters[0].to == "clara@xn--mller-kva.example"


def test_long_ids_and_subjects_survive(server: MailServer, mail: SmtpMail) -> None:
    long = replace(LETTER, message_id=f"{'a' * 150}@larkspur.example", subject="Straße " * 40, html="")
    mail.send(long)
    (letter,) = server.letters
    assert letter.message_id == f"<{long.message_id}>"
    assert letter.subject.strip() == long.subject.strip()


@pytest.mark.parametrize("body", ["text", "html"])
def test_a_body_that_cannot_be_written_is_refused(mail: SmtpMail, body: str) -> None:
    broken: Any = {body: "\ud800"}
    with pytest.raises(Refused, match=r"^letter\.malformed$"):
        mail.send(replace(LETTER, **broken))


@pytest.mark.parametrize("url", ["", "smtp://", "http://mail.example", "smtp://user:password@mail.example"])
def test_an_address_of_a_server_is_needed(url: str) -> None:
    with pytest.raises(ValueError, match="mail") as wrong:
        SmtpMail(url, SENDER)
    assert "user:password" not in str(wrong.value)


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Of a server on loopback, and of a client that trusts it."""
    path = _certificate(tmp_path_factory.mktemp("tls") / "server.pem")
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(path)
    return theirs, ssl.create_default_context(cafile=str(path))


def _certificate(path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    today = datetime.now(UTC)  # noqa: TID251 - TLS is judged by the machine's clock
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return path


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "smtps"])
def test_a_letter_goes_over_tls(contexts: tuple[ssl.SSLContext, ssl.SSLContext], implicit: bool) -> None:
    theirs, ours = contexts
    server = MailServer(theirs, implicit)
    server.start()
    SmtpMail(server.url, SENDER, tls=ours).send(LETTER)
    with pytest.raises(Unauthorised, match=r"^certificate$"):
        SmtpMail(server.url, SENDER).send(LETTER)
    server.stop()
    assert server.url.startswith("smtps" if implicit else "smtp+starttls")
    assert len(server.letters) == 1


def test_a_server_without_tls_gets_neither_password_nor_letter(server: MailServer) -> None:
    url = server.url.replace("smtp://", "smtp+starttls://user:p%40ss@")
    with pytest.raises(Unauthorised, match=r"^not_supported$"):
        SmtpMail(url, SENDER).send(LETTER)
    assert server.letters == []


def test_a_letter_comes_in_as_from_a_mail_service(server: MailServer) -> None:
    heard: list[Call] = []

    def answer(call: Call) -> Reply:
        heard.append(call)
        return Reply(202)

    product = WebServer(application(answer))
    product.start()
    to = "deals@larkspur.example"
    status = server.send_in(product.url + "/mail/in", "word", CLARA, to, "Re: ünser", "Ja,\ngern.")
    product.stop()
    assert status == 202
    (call,) = heard
    assert (call.path, call.headers["authorization"]) == ("/mail/in", "Bearer word")
    told = json.loads(call.body)
    assert (told["from"], told["to"]) == (CLARA, to)
    letter = read(told["from"], told["to"], told["raw"].encode("ascii"))
    assert (letter.subject, letter.text.replace("\r\n", "\n")) == ("Re: ünser", "Ja,\ngern.\n")
    assert letter.message_id.endswith("@sandbox.example>")
