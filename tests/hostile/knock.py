"""Raw requests at the product's doors, as somebody sends them who means harm."""

import hashlib
import hmac
import json
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import Any
from urllib.parse import urlencode

import requests

from bot.store.ledger import Entry
from sandbox.salesforce.outbound import Pending, envelope
from sandbox.slack import payloads, seed, submitting, view_stack
from sandbox.slack.entities import Message
from sandbox.slack.people import pressable
from sandbox.wait import until
from sandbox.walk import MAYA, OPPORTUNITY, readable
from tests.world import World

FORM = "application/x-www-form-urlencoded"
TIMEOUT_S = 20


@dataclass
class Knock:
    world: World

    @cached_property
    def _numbers(self) -> Any:
        return count(1)

    @property
    def url(self) -> str:
        return self.world.town.url

    def slack(self, body: bytes, kind: str = FORM, **headers: str) -> requests.Response:
        """Signed well, unless a header says otherwise; an empty header is left out."""
        sent = {**signed(body), "Content-Type": kind, **{n.replace("_", "-"): v for n, v in headers.items()}}
        sent = {name: value for name, value in sent.items() if value}
        return requests.post(f"{self.url}/slack/events", data=body, headers=sent, timeout=TIMEOUT_S)

    def payload(self, body: dict[str, Any]) -> requests.Response:
        return self.slack(urlencode({"payload": json.dumps(body)}).encode())

    def event(self, **event: Any) -> requests.Response:
        app = self.world.town.site.app
        number = next(self._numbers)
        body = {
            "type": "event_callback",
            "team_id": app.team,
            "api_app_id": app.app_id,
            "event_id": f"Ev{number:08d}",
            "event": event,
        }
        return self.slack(json.dumps(body).encode(), "application/json")

    def said(self, text: str, **changed: Any) -> requests.Response:
        """A message of the customer's in the shared channel."""
        ts = f"1763371000.{next(self._numbers):06d}"
        told = {"type": "message", "channel": seed.SHARED, "user": seed.CLARA, "user_team": seed.BRIGHTWATER}
        return self.event(**{**told, "ts": ts, "text": text, **changed})

    def press(self, user: str, message: Message, action: str) -> dict[str, Any]:
        """The payload of a press, as Slack would send it for that person; to be changed and sent."""
        site = self.world.town.site
        with site.lock:
            control = pressable(message.blocks, action, "")
            body = payloads.press_in_message(site, site.world.users[user], message, control, "")
        made: dict[str, Any] = json.loads(json.dumps(body))
        return made

    def outbound(self, body: bytes, token: str = "", **headers: str) -> requests.Response:
        word = token or self.world.town.keys["SALESFORCE_OUTBOUND_TOKEN"]
        url = f"{self.url}/salesforce/outbound/{word}"
        return requests.post(url, data=body, headers=headers, timeout=TIMEOUT_S)

    def notice(self, number: int = 0, record: str = OPPORTUNITY) -> bytes:
        pending = Pending(f"04lHn0000{number or next(self._numbers) + 500:06d}AAA", record)
        return envelope(self.world.town.org, [pending]).encode()

    def raw(self, head: bytes, body: bytes = b"") -> bytes:
        """Bytes on a socket; the first bytes of the answer, empty when the door just closes."""
        with socket.create_connection(("127.0.0.1", self.world.town.port), TIMEOUT_S) as wire:
            wire.sendall(head + body)
            try:
                return wire.recv(4096)
            except ConnectionError:
                return b""

    def entries(self) -> list[Entry]:
        """Every fact there is."""
        with self.world.relay.dispatcher.store.snapshot() as tx:
            return [entry for stream in tx.ledger.streams() for entry in tx.ledger.entries(stream)]

    def opportunity_name(self) -> str:
        """As the deal's newest reading of it has it."""
        with self.world.relay.dispatcher.store.snapshot() as tx:
            return tx.deals.find("")[0].title

    def kinds(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries() if entry.kind == kind]

    def written(self) -> int:
        """How many facts there are, and how much waits to be decided at once: what was refused adds to neither."""
        desk = self.world.relay.dispatcher
        with desk.store.snapshot() as tx:
            waiting = [
                due for stream in tx.deadlines.due(desk.clock()) for due in tx.deadlines.of(stream, desk.clock())
            ]
        return len(self.entries()) + len(waiting)

    def answered(self, user: str, body: dict[str, Any]) -> str:
        """Sends a press as it is; the words that come back to that person alone."""
        people = self.world.town.people
        before = len(people.ephemerals(user))
        assert self.payload(body).status_code == 200
        new = until(lambda: people.ephemerals(user)[before:], TIMEOUT_S, f"an answer to {user}")
        return " ".join(readable(new[-1]))

    @staticmethod
    def ref(body: dict[str, Any]) -> dict[str, Any]:
        """Where the pressed button belongs."""
        told: dict[str, Any] = json.loads(body["actions"][0]["block_id"])
        return told

    @staticmethod
    def with_ref(body: dict[str, Any], ref: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(json.dumps(body))
        made["actions"][0]["block_id"] = json.dumps(ref)
        return made

    def submission(self, user: str, values: dict[str, Any]) -> dict[str, Any]:
        """The open modal, filled in, as Slack would send it."""
        site = self.world.town.site
        with site.lock:
            view = view_stack.top(site, user)
            assert view is not None, f"nothing is open for {user}"
            submitting.fill(view, values)
            made: dict[str, Any] = json.loads(json.dumps(payloads.submission(site, site.world.users[user], view)))
            return made

    def submits(self, user: str, values: dict[str, str]) -> dict[str, str]:
        """The open modal, with values that Slack's own client would not have let through; errors by input."""
        body = self.submission(user, {"discount": "18", "payment_days": "60"})
        told = {name: input for block in body["view"]["state"]["values"].values() for name, input in block.items()}
        blocks = {block: name for block, inputs in body["view"]["state"]["values"].items() for name in inputs}
        for name, value in values.items():
            told[name]["value"] = value
        errors = self.payload(body).json().get("errors", {})
        return {blocks[block]: words for block, words in errors.items()}

    def open_price(self) -> None:
        """Maya's modal with the price, from the deal's card."""
        people, card = self.world.town.people, self.world.walk.card()
        if people.modal(MAYA) is None:
            people.press(MAYA, card.channel, card.ts, "price.change")
            until(lambda: people.modal(MAYA), TIMEOUT_S, "the price's modal")


def signed(body: bytes, at: str = "", secret: str = seed.SIGNING_SECRET) -> dict[str, str]:
    at = at or str(int(datetime.now(UTC).timestamp()))  # noqa: TID251 Slack signs by the system's clock
    mark = hmac.new(secret.encode(), b"v0:" + at.encode("utf-8", "replace") + b":" + body, hashlib.sha256)
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": "v0=" + mark.hexdigest()}
