"""One company in the sandbox, Countersign as its own processes, and what its people did and saw."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from bot.streams.ids import COMPANY
from sandbox.slack import payloads
from sandbox.slack.entities import Message
from sandbox.slack.people import pressable
from sandbox.town import Town
from sandbox.wait import until
from sandbox.walk import CLARA, HENRIK, JONAS, MAYA, OPPORTUNITY, PRIYA, Walk, readable

RAVI, SAM, KOFI, NOOR, TOM = "U07RAVI0001", "U07SAM00001", "U07KOFI0001", "U07NOOR0001", "U07TOM00001"
WAIT_S = 90.0


@dataclass
class Played:
    """`told` is what was seen when it happened, by whose eyes; `refused` what somebody was told who may not."""

    town: Town
    walk: Walk
    told: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    stale: Message = field(default_factory=lambda: Message("", "", "", ""))

    def said(self, channel: str) -> list[str]:
        """By the app, in a channel, oldest first."""
        found = self.town.site.world.messages.get(channel, [])
        return ["\n".join([m.text, *readable(m)]) for m in found if m.bot]

    def thread(self) -> str:
        return "\n".join(line for m in self.walk.thread() for line in [m.text, *readable(m)])

    @cached_property
    def deal(self) -> str:
        return str(self.row()["Countersign_Deal__c"])

    def facts(self) -> list[dict[str, Any]]:
        return self._facts

    @cached_property
    def _facts(self) -> list[dict[str, Any]]:
        """Of the deal when it was over; read once, by the administrator's own command."""
        ran = self.town.run("ledger", "show", self.deal, "--json")
        assert ran.returncode == 0, ran.stderr
        return [json.loads(line) for line in ran.stdout.splitlines()]

    def fact(self, kind: str) -> dict[str, Any]:
        """The newest of that kind."""
        found: dict[str, Any] = [fact["fact"] for fact in self.facts() if fact["kind"] == kind][-1]
        return found

    def row(self) -> dict[str, Any]:
        return self.town.org.get("Opportunity", OPPORTUNITY)

    def documents(self) -> dict[str, str]:
        """Title -> text of every PDF that was shared in the deal's channel."""
        files = [f for f in self.town.site.world.files.values() if f.body]
        return {file.title: text_of(file.body or b"") for file in files}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def press_as(town: Town, user: str, message: Message, action: str) -> str:
    """A signed press that Slack's client would not offer to this person; the words that come back."""
    site = town.site
    before = len(town.people.ephemerals(user))
    with site.lock:
        control = pressable(message.blocks, action, "")
        body = payloads.press_in_message(site, site.world.users[user], message, control, "")
    reply = site.deliveries.payload(body)
    assert reply.status == 200
    new = until(lambda: town.people.ephemerals(user)[before:], WAIT_S, f"an answer to {user}")
    return " ".join(readable(new[-1]))


def play(folder: Path) -> Played:
    town = Town(folder)
    made = Played(town, Walk(town))
    try:
        town.open()
        town.start()
        until(lambda: _has_looked_around(town), WAIT_S, "the company's history is known")
        _agree(made)
        _sign(made)
    except BaseException:
        town.close()
        raise
    return made


def _has_looked_around(town: Town) -> bool:
    """The last that it does when it begins: without the past, no strategy can rest on it."""
    return "history.recorded" in town.run("ledger", "show", COMPANY, "--json").stdout


def _agree(made: Played) -> None:
    walk = made.walk
    walk.negotiate()
    made.told["opened"] = " ".join(readable(walk.card()))
    walk.promise()
    walk.agree()
    _trespass(made)
    made.told["waiting"] = _settled_card(made, "waiting on approvals")
    walk.reject()
    walk.reprice()
    walk.approve()
    _too_late(made)


def _sign(made: Played) -> None:
    walk = made.walk
    walk.send()
    made.told["signing"] = _settled_card(made, "out for signature")
    walk.sign(CLARA)
    made.told["half signed"] = _settled_card(made, "Clara Vogt signed")
    walk.sign(HENRIK)
    walk.countersign()
    walk.hand_over()
    walk.win()
    walk.settled()


def _trespass(made: Played) -> None:
    """Before anything is decided: a wrong person, one without enough authority, the requester, a customer."""
    asked = made.walk.request(JONAS, "approval.approve")
    made.told["asked Jonas"] = " ".join(readable(asked))
    made.told["asked Priya"] = " ".join(readable(made.walk.request(PRIYA, "approval.approve")))
    for name, user in (("wrong person", RAVI), ("too small", SAM), ("requester", MAYA), ("customer", CLARA)):
        made.refused[name] = press_as(made.town, user, asked, "approval.approve")
    made.stale = _copy(asked)


def _too_late(made: Played) -> None:
    made.refused["stale"] = press_as(made.town, JONAS, made.stale, "approval.approve")


def _copy(message: Message) -> Message:
    """As it looked at this moment, for somebody whose screen is old."""
    made = Message(message.channel, message.ts, message.user, message.text, json.loads(json.dumps(message.blocks)))
    made.bot, made.team = message.bot, message.team
    return made


def _settled_card(made: Played, words: str) -> str:
    def look() -> str | None:
        shown = " ".join(readable(made.walk.card()))
        return shown if words.casefold() in shown.casefold() else None

    return until(look, WAIT_S, f"a card that says {words!r}")
