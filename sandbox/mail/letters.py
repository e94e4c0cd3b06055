"""A letter as it arrived, read as a mail program reads it."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

URL = re.compile(r"https?://[^\s<>\"']+")
AFTER = ".,;:!?)]}"


@dataclass(frozen=True, slots=True)
class Letter:
    """`sender` and `to` are of the envelope; `links` stand in the order of the page, then of the text, each once."""

    sender: str
    to: str
    subject: str
    message_id: str
    text: str
    html: str
    links: tuple[str, ...]
    raw: bytes


def read(sender: str, to: str, raw: bytes) -> Letter:
    message = message_from_bytes(raw, policy=default)
    text, html = _body(message, "plain"), _body(message, "html")
    links = tuple(dict.fromkeys((*_hrefs(html), *_urls(text))))
    return Letter(sender, to, _header(message, "Subject"), _header(message, "Message-ID"), text, html, links, raw)


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, ""))


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _urls(text: str) -> list[str]:
    return [url.rstrip(AFTER) for url in URL.findall(text)]


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def _hrefs(html: str) -> list[str]:
    anchors = _Anchors()
    anchors.feed(html)
    return anchors.found
