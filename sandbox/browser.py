"""A customer's browser, as far as a signing page needs one: pages, links and forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._open: Form | None = None
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href"):
            self.links.append(told["href"])
        elif tag == "form":
            self._open = Form(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._open)
        elif tag in ("style", "script", "title"):
            self._quiet += 1
        elif tag in ("input", "textarea", "select") and self._open is not None and told.get("name"):
            kind = told.get("type", "text")
            into = self._open.boxes if kind in ("checkbox", "radio") else self._open.fields
            into.setdefault(told["name"], told.get("value", "on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag in ("style", "script", "title"):
            self._quiet -= 1

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.words.append(" ".join(data.split()))


class Browser:
    """`status` and `text` are of the page that is open."""

    def __init__(self) -> None:
        self._http = requests.Session()
        self._http.headers["User-Agent"] = BROWSER
        self._http.trust_env = False
        self.url = self.html = self.text = ""
        self.status = 0
        self.forms: list[Form] = []
        self.links: list[str] = []

    def open(self, url: str) -> str:
        return self._show(self._http.get(url, timeout=20))

    def fetch(self, link: str) -> bytes:
        """A document beside the page."""
        answer = self._http.get(urljoin(self.url, link), timeout=20)
        answer.raise_for_status()
        return answer.content

    def documents(self) -> list[str]:
        return list(dict.fromkeys(link for link in self.links if "/documents/" in link))

    def submit(self, action: str, ticked: tuple[str, ...] = (), **typed: str) -> str:
        """The form whose action ends so; boxes are ticked by name, fields typed into by name."""
        form = next((f for f in self.forms if f.action.endswith(action)), None)
        if form is None:
            raise LookupError(f"no form {action!r} on the page; there are {[f.action for f in self.forms]}")
        sent = {**form.fields, **{name: form.boxes[name] for name in ticked}, **typed}
        return self._show(self._http.post(urljoin(self.url, form.action), data=sent, timeout=20))

    def _show(self, answer: requests.Response) -> str:
        reader = _Reader()
        reader.feed(answer.text)
        self.url, self.html, self.status = answer.url, answer.text, answer.status_code
        self.forms, self.links, self.text = reader.forms, reader.links, "\n".join(reader.words)
        return self.text


def sign(url: str, name: str) -> Browser:
    """As a careful signer does it: agrees, opens every document, types her name, signs."""
    browser = Browser()
    browser.open(url)
    browser.submit("/consent", ticked=("consent",))
    for link in browser.documents():
        browser.fetch(link)
    browser.open(url)
    browser.submit("/sign", name=name)
    return browser
