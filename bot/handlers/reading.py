"""/p/read/<token>: somebody reads the documents of her link. Who may see what is asked anew with every request."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.crashpoints import crashpoint
from bot.figures.access import files, refusal
from bot.handlers.desk import Counter
from bot.handlers.documents import outline_of
from bot.handlers.door import Raw, taking
from bot.handlers.pages import FORM, HEADERS, Form, form_of, pdf
from bot.pages import viewer
from bot.pages.viewer import Reading, Shown
from bot.streams.deal.comments import LONGEST, CommentAsReader
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.sharing import OpenShare, PageTime, ReportReading, Share
from bot.streams.decision import Command
from bot.streams.ids import READER, digest
from integrations.errors import Refused

COOKIE = "countersign_reader"
OF_VIEWER = {**HEADERS, "Content-Security-Policy": viewer.CSP_OF_VIEWER}
LARGEST_REPORT = 8_192
MOST_PAGES = 200
LONGEST_S = 86_400
STATUS = {"share.used": 403, "share.unknown": 404}
GONE = 410
TIMES = {"type": "object", "additionalProperties": {"type": "integer"}}


@dataclass(frozen=True, slots=True)
class Reader:
    """The bearer of one link. `documents` is what she may see at this moment, by number; `bound`: her browser is the
    one that opened the link."""

    counter: Counter
    token: str
    deal: Deal
    share: Share
    documents: dict[int, BuiltFile]
    bound: bool

    @property
    def id(self) -> str:
        return self.share.made.share

    @property
    def here(self) -> str:
        return f"/p/read/{self.token}"

    @property
    def where(self) -> dict[str, Any]:
        return {"stream_id": self.deal.id, "actor": f"{READER}{self.id}", "share": self.id}

    def give(self, command: Command, about: str) -> str | None:
        return self.counter.give(command, f"share:{self.id}:{about}").reason


Handle = Callable[[Reader, bytes], Response]


def router(counter: Counter) -> APIRouter:
    def reader(token: str, request: Request) -> Reader:
        return _reader(counter, token, request)

    here = Depends(reader)
    routes = APIRouter(prefix="/p/read/{token}")
    for method, path, shape, handle in ROUTES:
        extra = taking(**shape) if shape else None
        routes.add_api_route(
            path, _endpoint(handle, here), methods=[method], response_class=Response, openapi_extra=extra
        )
    routes.add_api_route("/documents/{number}", _document_endpoint(here), methods=["GET"], response_class=Response)
    picture = "/documents/{number}/{page}.png"
    routes.add_api_route(picture, _picture_endpoint(here), methods=["GET"], response_class=Response)
    return routes


def closed(counter: Counter, reason: str) -> Response:
    bold, rest = counter.front.playbook.refusal(reason)
    html = viewer.closed(bold, rest, counter.front.playbook)
    return Response(html, STATUS.get(reason, GONE), OF_VIEWER, "text/html; charset=utf-8")


class Closed(Exception):
    """Nobody is let in; `reason` is worded by the playbook."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _endpoint(handle: Handle, here: Any) -> Callable[..., Response]:
    def endpoint(body: Raw, reader: Reader = here) -> Response:
        return handle(reader, body)

    return endpoint


def _document_endpoint(here: Any) -> Callable[..., Response]:
    def endpoint(number: int, reader: Reader = here) -> Response:
        file = _opened(reader, number)
        return pdf(_bytes(reader, file.hash), file.name)

    return endpoint


def _picture_endpoint(here: Any) -> Callable[..., Response]:
    def endpoint(number: int, page: int, reader: Reader = here) -> Response:
        pictures = reader.deal.sharing.pictures(_opened(reader, number).hash)
        if not 1 <= page <= len(pictures):
            raise HTTPException(404, "no such page")
        return Response(_bytes(reader, pictures[page - 1]), 200, HEADERS, "image/png")

    return endpoint


def _bytes(reader: Reader, digest: str) -> bytes:
    try:
        return reader.counter.front.files.get(reader.deal.id, digest)
    except Refused:
        raise Closed("share.nothing") from None


def _opened(reader: Reader, number: int) -> BuiltFile:
    """A document of the link, after its page was opened, and in the browser that opened it."""
    if number not in reader.documents:
        raise HTTPException(404, "no such document")
    if not reader.share.opened or (reader.share.made.side == "ours" and not reader.bound):
        raise Closed("share.used" if reader.share.opened else "share.unknown")
    return reader.documents[number]


def _show(reader: Reader, body: bytes) -> Response:
    """One of ours without the browser's sign is always asked about: her link opens once."""
    front, share = reader.counter.front, reader.share
    fresh = share.made.side == "ours" and not reader.bound
    if fresh and share.opened:
        raise Closed("share.used")
    visit, now = front.playbook.access.links.visit, front.dispatcher.clock()
    if not share.opened or now - share.opened[-1] >= visit:
        reason = reader.give(OpenShare(**reader.where, fresh=fresh), f"open:{front.dispatcher.mint()}")
        if reason is not None:
            raise Closed(reason)
    return _page(reader)


def _page(reader: Reader, flaw: str = "", said: bool = False) -> Response:
    front, deal = reader.counter.front, reader.deal
    documents = [
        Shown(no, file, deal.sharing.pictures(file.hash), outline_of(reader.counter, deal, file))
        for no, file in reader.documents.items()
    ]
    reading = Reading(reader.share.made, deal.customer, documents, reader.here, flaw, said)
    made = Response(viewer.page(reading, front.playbook), 409 if flaw else 200, OF_VIEWER, "text/html; charset=utf-8")
    if reader.share.made.side == "ours":
        made.set_cookie(
            COOKIE,
            front.shares.browser(reader.id),
            path=reader.here,
            secure=front.shares.secure,
            httponly=True,
            samesite="lax",
        )
    return made


def _time(reader: Reader, body: bytes) -> Response:
    """204: not now. Whatever is told too often is not even asked about."""
    front, share = reader.counter.front, reader.share
    links, last = front.playbook.access.links, share.reported_at
    _opened(reader, next(iter(reader.documents)))
    early = last is not None and (front.dispatcher.clock() - last).total_seconds() < links.report_seconds
    if early or share.reports >= links.most_reports:
        return Response(status_code=204, headers=HEADERS)
    pages = _told(reader, body)
    reason = reader.give(ReportReading(**reader.where, pages=pages), f"read:{share.reports}") if pages else "nothing"
    return Response(status_code=202 if reason is None else 204, headers=HEADERS)


def _told(reader: Reader, body: bytes) -> tuple[PageTime, ...]:
    """Such as {"1.3": 12}: document 1, page 3, 12 seconds. 400 for anything else."""
    try:
        told = json.loads(body[: LARGEST_REPORT + 1])
        rows = [(*map(int, key.split(".")), seconds) for key, seconds in told.items()]
        return tuple(_time_of(reader, *row) for row in rows[:MOST_PAGES] if row[0] in reader.documents)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise HTTPException(400, "not a report") from None


def _time_of(reader: Reader, document: int, page: int, seconds: int) -> PageTime:
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise TypeError
    return PageTime(file=reader.documents[document].hash, page=page, seconds=min(seconds, LONGEST_S))


def _thanks(reader: Reader, body: bytes) -> Response:
    _for_customers(reader)
    return _page(reader, said=True)


def _comment(reader: Reader, body: bytes) -> Response:
    _for_customers(reader)
    form = form_of(body)
    file, place = reader.documents.get(_number(form, "document")), _number(form, "clause")
    clauses = outline_of(reader.counter, reader.deal, file) if file else ()
    if file is None or not 0 <= place < len(clauses):
        return _page(reader, _words(reader, "document.unknown"))
    words = form.get("words", "")[:LONGEST]
    command = CommentAsReader(**reader.where, file=file.hash, anchor=clauses[place].anchor[:160], words=words)
    reason = reader.give(command, f"comment:{digest(file.hash, command.anchor, words)}")
    if reason is not None:
        return _page(reader, _words(reader, reason))
    return RedirectResponse(f"{reader.here}/thanks", 303, HEADERS)


def _for_customers(reader: Reader) -> None:
    """One of ours comments in Slack."""
    if reader.share.made.side != "customer" or not reader.share.opened:
        raise HTTPException(404, "no such page")


def _words(reader: Reader, reason: str) -> str:
    return " ".join(reader.counter.front.playbook.refusal(reason))


def _number(form: Form, name: str) -> int:
    text = form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1


ROUTES: tuple[tuple[str, str, dict[str, Any], Handle], ...] = (
    ("GET", "", {}, _show),
    ("GET", "/thanks", {}, _thanks),
    ("POST", "/time", {"json": TIMES}, _time),
    ("POST", "/comment", {"form": FORM}, _comment),
)


def _reader(counter: Counter, token: str, request: Request) -> Reader:
    front = counter.front
    id = front.shares.read(token)
    stream = front.ask.stream_of("share", id) if id else None
    deal = front.ask.deal_if_kept(stream) if stream else None
    share = deal.sharing.of(id) if deal and id else None
    if deal is None or share is None:
        raise HTTPException(404, "no such page")
    groups = front.ask.groups(share.made.person) if share.made.side == "ours" else frozenset()
    no = refusal(deal, share, groups, front.dispatcher.clock(), front.playbook)
    if no is not None:
        raise Closed(no)
    crashpoint("receive.verified")
    seen = files(deal, share, groups, front.playbook)
    documents = {share.made.files.index(file.hash) + 1: file for file in seen}
    bound = front.shares.same_browser(share.made.share, request.cookies.get(COOKIE, ""))
    return Reader(counter, token, deal, share, documents, bound)
