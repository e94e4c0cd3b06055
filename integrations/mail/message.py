"""A letter as RFC 5322 bytes. Nothing in it may start a header of its own."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from integrations.errors import Refused
from integrations.mail.port import Letter

POLICY = SMTP.clone(cte_type="7bit")
SPECIAL = r"\s<>()\[\]\\,;:\"@"
ADDRESS = re.compile(rf"([^{SPECIAL}]{{1,64}})@([^{SPECIAL}]{{1,253}})")
NAMED = re.compile(r"\s*\"?([^<>\"]*?)\"?\s*<([^<>]+)>\s*")
MESSAGE_ID = re.compile(rf"<?([^{SPECIAL}]{{1,200}}@[^{SPECIAL}]{{1,200}})>?", re.ASCII)
BREAKS = frozenset({"Cc", "Cs", "Zl", "Zp"})
LONGEST_HEADER = 500


@dataclass(frozen=True, slots=True)
class Sender:
    name: str
    address: str

    @classmethod
    def parse(cls, text: str) -> "Sender":
        """Of `Name <local@domain>` or `local@domain`."""
        named = NAMED.fullmatch(text)
        name, where = named.groups() if named else ("", text.strip())
        return cls(_header(name), address(where))

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def address(text: str) -> str:
    """In ASCII, as an envelope needs it. Raises Refused("address.malformed")."""
    found = ADDRESS.fullmatch(text)
    if found is None or not found[1].isascii() or _breaks(text):
        raise Refused("address.malformed")
    try:
        return f"{found[1]}@{found[2].encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Refused("address.malformed") from None


def encoded(letter: Letter, sender: Sender, date: datetime | None) -> bytes:
    """Raises Refused, with address.malformed, header.malformed or letter.malformed."""
    message = EmailMessage(policy=POLICY)
    message["From"] = _mailbox(sender.name, sender.address)
    message["To"] = _mailbox(_header(letter.to_name), address(letter.to_address))
    message["Subject"] = _header(letter.subject)
    message["Message-ID"] = _message_id(letter.message_id)
    message["Auto-Submitted"] = "auto-generated"
    if letter.reply_to:
        message["Reply-To"] = _mailbox("", address(letter.reply_to))
    if date is not None:
        message["Date"] = date
    try:
        message.set_content(letter.text)
        if letter.html:
            message.add_alternative(letter.html, subtype="html")
        if letter.calendar:
            told = letter.calendar.decode()
            message.add_alternative(told, subtype="calendar", params={"method": letter.method})
        for each in letter.attachments:
            message.add_attachment(each.body, maintype="application", subtype="pdf", filename=_header(each.name))
        return message.as_bytes()
    except UnicodeError:
        raise Refused("letter.malformed") from None


def _mailbox(name: str, where: str) -> Address:
    return Address(display_name=name, addr_spec=where)


def _header(text: str) -> str:
    if _breaks(text) or len(text) > LONGEST_HEADER:
        raise Refused("header.malformed")
    return text


def _message_id(text: str) -> str:
    found = MESSAGE_ID.fullmatch(text)
    if found is None or _breaks(text):
        raise Refused("header.malformed")
    return f"<{found[1]}>"


def _breaks(text: str) -> bool:
    return any(unicodedata.category(sign) in BREAKS for sign in text)
