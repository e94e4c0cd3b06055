"""Twelve steps from the yes to the win post: what happens, who does it, and where to look."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.town import NotReady, Town
from sandbox.walk import CLARA, HENRIK, INES, JONAS, MAYA, NOOR, PRIYA, SHARED, TOM, TOTAL, WINS, Walk

DEAL, APP = "deal", "app"


@dataclass(frozen=True, slots=True)
class Step:
    """`where`: a channel's id, `deal`, `app` (the messages with Countersign) or `phone`."""

    title: str
    says: str
    who: str
    where: str
    does: str
    play: Callable[[Walk], object]


STEPS = (
    Step("A deal wakes up", "Maya moves the opportunity to Negotiation in Salesforce. Countersign opens a channel for "
         "it, and pins one card that stays current.", MAYA, DEAL, "Move it to Negotiation", Walk.negotiate),
    Step("Somebody promises something", "In the channel shared with the customer, Tom promises a test company by "
         "9 December. Countersign has said there that it reads along; it notes the promise.", TOM, SHARED,
         "Promise it as Tom", Walk.promise),
    Step("The customer says yes", "Clara agrees in her own words. The signal stays inside: look at the deal's channel, "
         "then at what Clara sees.", MAYA, DEAL, "Say yes as Clara", Walk.agree),
    Step("The VP wants less", "22% is beyond Maya's authority, so Jonas is asked. He rejects, and says what would make "
         "it a yes.", JONAS, APP, "Reject as Jonas", Walk.reject),
    Step("A second round", "Maya gets the reason with one button. 18%, still 60 days: the price is made anew.", MAYA,
         APP, "Change the price as Maya", Walk.reprice),
    Step("Jonas approves", "The new request shows what changed.", JONAS, APP, "Approve as Jonas",
         lambda walk: _approve(walk, JONAS)),
    Step("Finance approves", "60 days need finance. Priya reads cash before margin.", PRIYA, APP, "Approve as Priya",
         lambda walk: _approve(walk, PRIYA)),
    Step("Review and send", "Nothing has left the company so far. Maya reads exactly what goes out, and sends it.",
         MAYA, DEAL, "Send it as Maya", Walk.send),
    Step("Clara signs", "She gets a letter with a link of her own, and signs on her phone.", CLARA, "mail",
         "Sign as Clara", lambda walk: walk.sign(CLARA)),
    Step("Henrik signs", "The second signer, in the order of the contract.", HENRIK, "mail", "Sign as Henrik",
         lambda walk: walk.sign(HENRIK)),
    Step("Ines counter-signs", "Larkspur's own signature comes last; then the contract is sealed, Salesforce says "
         "Closed Won, and the books are written.", INES, APP, "Counter-sign as Ines", Walk.countersign),
    Step("Handed over, and told", "Noor takes the customer on, with every promise in its own words. The win is "
         "told in #wins.", NOOR, WINS, "Accept as Noor", lambda walk: _finish(walk)),
)  # fmt: skip


class Tour:
    """`at` counts from 0; at len(STEPS) it is over."""

    def __init__(self, town: Town) -> None:
        self._walk = Walk(town)
        self._lock = threading.Lock()
        self.at, self.busy, self.problem = 0, False, ""

    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = {"at": self.at, "of": len(STEPS), "busy": self.busy, "problem": self.problem}
        if self.at:
            done = STEPS[self.at - 1]
            told["before"] = {"who": done.who, "where": self._channel(done)}
        if self.at < len(STEPS):
            step = STEPS[self.at]
            told |= {"title": step.title, "says": step.says, "who": step.who, "does": step.does}
            told["where"] = self._channel(step)
        return told

    def play(self) -> bool:
        """The step, in the background; False when one is under way, or none is left."""
        with self._lock:
            if self.busy or self.at >= len(STEPS):
                return False
            self.busy, self.problem = True, ""
        threading.Thread(target=self._play, args=(STEPS[self.at],), daemon=True).start()
        return True

    def skip(self, by: int) -> None:
        """Forward, or back to read again."""
        if not self.busy:
            self.at = max(0, min(len(STEPS), self.at + by))

    def _play(self, step: Step) -> None:
        try:
            step.play(self._walk)
            self.at += 1
        except (NotReady, TimeoutError, LookupError, PermissionError, ValueError) as problem:
            self.problem = f"That did not work: {problem}"
        finally:
            self.busy = False

    def _channel(self, step: Step) -> str:
        """The channel's id, when there is one yet."""
        world = self._walk.town.site.world
        if step.where == DEAL:
            found = world.channel_named("deal-brightwater-freight")
        elif step.where == APP:
            found = world.dm(step.who, self._walk.town.site.app.bot_user)
        else:
            return step.where
        return found.id if found is not None else ""


def _approve(walk: Walk, user: str) -> None:
    asked = walk.asked(user, TOTAL)
    walk.press(user, asked, "approval.approve")


def _finish(walk: Walk) -> None:
    walk.hand_over()
    walk.win()
