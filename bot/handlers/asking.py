"""/p/ask/<token>: one of ours reads a request that came by mail. The link shows it; only a code decides."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import RedirectResponse

from bot.crashpoints import crashpoint
from bot.figures.request_words import RequestWords, moment, words_of
from bot.handlers.desk import Counter
from bot.handlers.door import Raw, taking
from bot.handlers.pages import FORM, HEADERS, Form, form_of
from bot.pages import asking
from bot.pages.asking import Asking
from bot.streams.deal.approvals import Approve, Reject
from bot.streams.deal.deal import Deal
from bot.streams.decision import Command
from bot.streams.ids import READER, digest, stream_id
from bot.streams.person.codes import AskCode, Code, ShowRequest, TryCode, UseCode
from bot.streams.person.person import Inbox, Person, Profile

HTML = "text/html; charset=utf-8"
GONE = 410
LONGEST_REASON, LONGEST_WORDS = 200, 500


@dataclass(frozen=True, slots=True)
class Visit:
    """Whoever bears the link of this person's request. `words` is None when there is nothing to decide any more."""

    counter: Counter
    here: str
    person: Person
    profile: Profile
    item: Inbox
    deal: Deal
    words: RequestWords | None

    @property
    def where(self) -> dict[str, Any]:
        return {"stream_id": self.person.id, "actor": f"{READER}mail", "task_id": self.item.task.id}

    @property
    def code(self) -> Code | None:
        return self.person.codes.current(self.item.task.id)

    def give(self, command: Command, about: str) -> str | None:
        return self.counter.give(command, f"ask:{digest(self.item.task.id, about)}").reason

    def is_code(self, told: str) -> bool:
        given = self.code.given if self.code else None
        if given is None:
            return False
        about = (given.code, self.profile.user, given.task_id, given.seen)
        return self.counter.front.requests.same_code(told, *about)

    def page(self, reason: str | None = None, typed: dict[str, str] | None = None) -> Response:
        front, code = self.counter.front, self.code
        if self.words is None:
            return _ended(self, 409 if reason else 200)
        now = front.dispatcher.clock()
        sent = len(self.person.codes.about(self.item.task.id))
        coded = code is not None and not code.used and now < code.given.until
        flaw = " ".join(front.playbook.refusal(reason)) if reason else ""
        shown = Asking(self.profile.name, self.words, self.here, coded, sent, flaw, typed or {})
        return Response(asking.page(shown, front.playbook), 409 if reason else 200, HEADERS, HTML)

    def back(self) -> Response:
        """After a good post the page is got anew, so that a reload posts nothing."""
        return RedirectResponse(self.here, 303, HEADERS)


Handle = Callable[[Visit, Form], Response]


def router(counter: Counter) -> APIRouter:
    def visit(token: str) -> Visit:
        return _visit(counter, token)

    here = Depends(visit)
    routes = APIRouter(prefix="/p/ask/{token}")
    for method, path, handle in ROUTES:
        shape = taking(form=FORM) if method == "POST" else None
        routes.add_api_route(
            path, _endpoint(handle, here), methods=[method], response_class=Response, openapi_extra=shape
        )
    return routes


def _endpoint(handle: Handle, here: Any) -> Callable[..., Response]:
    def endpoint(body: Raw, visit: Visit = here) -> Response:
        return handle(visit, form_of(body))

    return endpoint


def _show(visit: Visit, form: Form) -> Response:
    """What stands there is kept, once: it is part of the decision's record."""
    front = visit.counter.front
    if visit.words is not None:
        told = {"text": visit.words.question, "page": asking.record(visit.words, front.playbook)}
        body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        if sha256(body).hexdigest() != visit.item.page:
            kept = front.files.put(visit.deal.id, body)
            visit.give(ShowRequest(**visit.where, page=kept), f"show:{kept}:{visit.item.page}")
    return visit.page()


def _send_code(visit: Visit, form: Form) -> Response:
    """`asked` is how many she had when the page was made: pressed twice, it is one code."""
    if visit.words is None:
        return visit.page()
    sent = len(visit.person.codes.about(visit.item.task.id))
    if form.get("asked", "") != str(sent):
        return visit.back()
    reason = visit.give(AskCode(**visit.where), f"code:{sent}")
    return visit.page(reason) if reason else visit.back()


def _decide(visit: Visit, form: Form) -> Response:
    typed = {"reason": form.get("reason", "")[:LONGEST_REASON], "yes_if": form.get("yes_if", "")[:LONGEST_WORDS]}
    verb, code = form.get("verb", ""), visit.code
    if visit.words is None and (code is None or not code.used):
        return visit.page()
    if verb not in ("approve", "reject"):
        raise HTTPException(400, "approve or reject")
    if code is None:
        return visit.page("code.none", typed)
    if verb == "reject" and not typed["reason"].strip():
        return visit.page("reason.missing", typed)
    reason = None if code.used else visit.give(TryCode(**visit.where, code=code.given.code), f"try:{_fresh(visit)}")
    if reason is None and not visit.is_code(form.get("code", "")):
        reason = "code.used" if code.used else "code.wrong"
    reason = reason or _decided(visit, code, verb, typed)
    return visit.page(reason, typed) if reason else visit.back()


def _decided(visit: Visit, code: Code, verb: str, typed: dict[str, str]) -> str | None:
    """The decision and the code's use, both or neither; pressed twice, the same answer."""
    user, task = visit.profile.user, visit.item.task
    where = {"stream_id": task.deal, "actor": user, "approval": task.about, "seen": code.given.seen, "door": "mail"}
    used = UseCode(stream_id=visit.person.id, actor=user, task_id=task.id, code=code.given.code, seen=code.given.seen)
    decision = Approve(**where) if verb == "approve" else Reject(**where, **typed)
    return visit.counter.give_both(used, decision, f"decide:{code.given.code}:{verb}").reason


def _fresh(visit: Visit) -> str:
    return visit.counter.front.dispatcher.mint()


ROUTES: tuple[tuple[str, str, Handle], ...] = (
    ("GET", "", _show),
    ("POST", "/code", _send_code),
    ("POST", "/decide", _decide),
)


def _visit(counter: Counter, token: str) -> Visit:
    front = counter.front
    read = front.requests.read(token)
    person = front.ask.person_if_kept(stream_id("person", read[0])) if read else None
    item = person.inbox[read[1]] if person and read and read[1] < len(person.inbox) else None
    profile = person.profile if person else None
    if read is None or person is None or profile is None or item is None or item.task.kind != "approval":
        raise HTTPException(404, "no such page")
    if not profile.active or front.dispatcher.clock() >= datetime.fromtimestamp(read[2], UTC):
        raise Closed("request.link_ended")
    deal = front.ask.deal_if_kept(item.task.deal)
    if deal is None:
        raise HTTPException(404, "no such page")
    crashpoint("receive.verified")
    approval = deal.approvals.approval(item.task.about)
    waits = approval is not None and item.closed_at is None and item.task.seen == deal.package.hash
    decided = approval is not None and bool(deal.approvals.yes(approval) or deal.approvals.no(approval))
    open_ = waits and not decided
    words = words_of(deal, approval, front.ask.known().name, front.playbook) if open_ and approval else None
    return Visit(counter, f"/p/ask/{token}", person, profile, item, deal, words)


class Closed(Exception):
    """The link shows nothing any more; `reason` is worded by the playbook."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def closed(counter: Counter, reason: str) -> Response:
    playbook = counter.front.playbook
    return Response(asking.ended(*playbook.refusal(reason), playbook), GONE, HEADERS, HTML)


def _ended(visit: Visit, status: int) -> Response:
    """How it ended, for who came too late; none of the deal's figures."""
    front, deal = visit.counter.front, visit.deal
    approval = deal.approvals.approval(visit.item.task.about)
    over = (deal.approvals.yes(approval) or deal.approvals.no(approval)) if approval else None
    same = over is not None and over.hash == visit.item.task.seen
    if over is None or approval is None or not same:
        bold, rest = front.playbook.refusal("request.closed")
    else:
        said = "approved" if deal.approvals.yes(approval) else "said no"
        by = "You" if over.by == visit.profile.user else front.ask.known().name(over.by)
        bold, rest = f"{by} {said}: {visit.item.task.title}.", f"{moment(over.at)}. Nothing more to do."
    return Response(asking.ended(bold, rest, front.playbook), status, HEADERS, HTML)
