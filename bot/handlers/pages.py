"""/p/<token>: the customer's signer reads and signs. The token lets her in, and only to her own envelope."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.crashpoints import crashpoint
from bot.dispatch import BEARER
from bot.handlers.desk import Counter
from bot.handlers.door import Raw, taking
from bot.pages import signing
from bot.streams.deal.contract import Signer
from bot.streams.deal.deal import Deal
from bot.streams.deal.envelope import DeclineToSign, GiveConsent, OpenDocument, OpenPage, Sign, Whence
from bot.streams.decision import Command
from bot.streams.ids import digest

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": signing.CSP,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
FORM = {"type": "object", "additionalProperties": {"type": "string"}}
WAYS = ("decline", "question", "someone_else")


@dataclass(frozen=True, slots=True)
class Guest:
    """One signer at her own page. `flaw` is what was wrong with the last try."""

    counter: Counter
    token: str
    envelope: str
    deal: Deal
    signer: Signer
    whence: Whence

    @property
    def actor(self) -> str:
        return f"{BEARER}{self.envelope}:{self.signer.no}"

    @property
    def where(self) -> dict[str, Any]:
        return {"stream_id": self.deal.id, "actor": self.actor, "signer": self.signer.no}

    def give(self, command: Command, about: str) -> str | None:
        return self.counter.give(command, f"page:{self.envelope}:{self.signer.no}:{about}").reason

    def page(self, reason: str | None = None) -> Response:
        front = self.counter.front
        flaw = " ".join(front.playbook.refusal(reason)) if reason else ""
        deal = front.ask.deal(self.deal.id)
        now = front.dispatcher.clock()
        html = signing.page(deal, self.signer, self.token, front.playbook, flaw, now)
        return _html(html, 409 if reason else 200)

    def back(self, reason: str | None) -> Response:
        """After a good post, the page is got anew, so that a reload posts nothing."""
        return self.page(reason) if reason else RedirectResponse(f"/p/{self.token}", 303, HEADERS)


Form = Mapping[str, str]
Handle = Callable[[Guest, Form], Response]


def router(counter: Counter) -> APIRouter:
    def guest(token: str, request: Request) -> Guest:
        return _guest(counter, token, request)

    routes = APIRouter(prefix="/p/{token}")
    here = Depends(guest)
    for method, path, handle in ROUTES:
        shape = taking(form=FORM) if method == "POST" else None
        endpoint = _endpoint(handle, here)
        routes.add_api_route(path, endpoint, methods=[method], response_class=Response, openapi_extra=shape)
    routes.add_api_route("/documents/{number}", _document_endpoint(here), methods=["GET"], response_class=Response)
    return routes


def _endpoint(handle: Handle, here: Any) -> Callable[..., Response]:
    def endpoint(body: Raw, guest: Guest = here) -> Response:
        return handle(guest, form_of(body))

    return endpoint


def _document_endpoint(here: Any) -> Callable[..., Response]:
    def endpoint(number: int, guest: Guest = here) -> Response:
        return _document(guest, number)

    return endpoint


def _show(guest: Guest, form: Form) -> Response:
    if guest.deal.envelope.of(guest.signer.no).opened is None:
        guest.give(OpenPage(**guest.where), "open")
    return guest.page()


def _consent(guest: Guest, form: Form) -> Response:
    if not form.get("consent"):
        return guest.page("consent.missing")
    return guest.back(guest.give(GiveConsent(**guest.where, whence=guest.whence), "consent"))


def _decline(guest: Guest, form: Form) -> Response:
    way, words = form.get("way", ""), form.get("words", "")[:1000]
    if way not in WAYS or not words.strip():
        return guest.page("reason.missing")
    told = DeclineToSign(**guest.where, way=way, words=words)
    return guest.back(guest.give(told, f"decline:{digest(way, words)}"))


def _contract(guest: Guest, form: Form) -> Response:
    sealed = guest.deal.envelope.sealed
    if sealed is None:
        return guest.page("documents.not_sealed")
    return pdf(guest.counter.front.files.get(guest.deal.id, sealed.sealed_hash), "contract.pdf")


def _sign_form(guest: Guest, form: Form) -> Response:
    return guest.back(_sign(guest, form))


ROUTES: tuple[tuple[str, str, Handle], ...] = (
    ("GET", "", _show),
    ("GET", "/contract", _contract),
    ("POST", "/consent", _consent),
    ("POST", "/sign", _sign_form),
    ("POST", "/decline", _decline),
)


def _guest(counter: Counter, token: str, request: Request) -> Guest:
    front = counter.front
    read = front.links.read(token)
    stream = front.ask.stream_of("envelope", read[0]) if read else None
    deal = front.ask.deal_if_kept(stream) if stream else None
    signer = deal.envelope.signer(read[1]) if deal and read else None
    current = deal.envelope.sent.envelope if deal and deal.envelope.sent else ""
    if read is None or deal is None or signer is None or signer.side != "customer" or current != read[0]:
        raise HTTPException(404, "no such page")
    crashpoint("receive.verified")
    agent = request.headers.get("user-agent", "")[:300]
    ip = request.client.host if request.client else ""
    return Guest(counter, token, read[0], deal, signer, Whence(ip=ip, agent=agent))


def _sign(guest: Guest, form: Form) -> str | None:
    sentence = signing.sentence(guest.deal, guest.signer, guest.counter.front.playbook)
    if form.get("sentence", sentence) != sentence:
        return "sentence.differs"
    command = Sign(
        **guest.where,
        name=form.get("name", "")[:120],
        sentence=sentence,
        seen=form.get("seen", ""),
        whence=guest.whence,
    )
    opened = len(guest.deal.envelope.of(guest.signer.no).documents)
    return guest.give(command, f"sign:{digest(command.name, command.seen, str(opened))}")


def _document(guest: Guest, number: int) -> Response:
    made = guest.deal.package.current
    signed = guest.deal.envelope.of(guest.signer.no).signed is not None
    consented = guest.deal.envelope.of(guest.signer.no).consented is not None
    if not signed:
        about = f"document:{number}:{consented}"
        reason = guest.give(OpenDocument(**guest.where, document=number), about)
        if reason is not None:
            return guest.page(reason)
    if made is None or not 1 <= number <= len(made.files):
        return guest.page("document.unknown")
    file = made.files[number - 1]
    return pdf(guest.counter.front.files.get(guest.deal.id, file.hash), file.name)


def form_of(body: bytes) -> dict[str, str]:
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        raise HTTPException(400, "not a form") from None
    return {name: values[0] for name, values in fields.items()}


def _html(text: str, status: int = 200) -> Response:
    return Response(text, status, HEADERS, "text/html; charset=utf-8")


def pdf(body: bytes, name: str) -> Response:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
    shown = {**HEADERS, "Content-Disposition": f'inline; filename="{plain}"'}
    return Response(body, 200, shown, "application/pdf")
