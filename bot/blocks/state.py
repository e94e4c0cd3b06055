"""Where a deal stands: one name, the same in words, and whom it waits on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.playbook.permissions import Step
from bot.streams.deal.deal import Deal
from bot.streams.deal.package import PackageChecked
from bot.streams.deal.steps import StepHeld

# Without these nothing else of the deal goes on.
HOLDS_UP = frozenset({Step.DRAFT_PACKAGE, Step.PLAN_APPROVALS, Step.CLOSE_OPPORTUNITY})


@dataclass(frozen=True, slots=True)
class State:
    """`waits_on`: a team:user id, the name of somebody outside, or nobody. `next` is the step that follows."""

    name: str
    words: str
    waits_on: str = ""
    since: datetime | None = None
    next: str = ""


def state_of(deal: Deal) -> State:
    """The first that applies: what stops a deal comes before where it would be."""
    for look in (_stopped, _held, _after, _signing, _package, _before):
        if (found := look(deal)) is not None:
            return found
    return State("listening", "listening", next="I tell you when they say yes.")


def _stopped(deal: Deal) -> State | None:
    if (paused := deal.opening.paused) is not None:
        return State("paused", "stopped", paused.by, paused.at, "Press Resume; what is owed goes out then.")
    if (held := deal.books.held) is not None:
        return State("held", "needs you", deal.opening.rep, held.at, "Align Salesforce with the contract.")
    return None


def _held(deal: Deal) -> State | None:
    """A step without which the deal does not go on, and that Countersign may not take by itself."""
    held = next((held for held in waiting(deal) if held.step in HOLDS_UP), None)
    if held is None:
        return None
    if held.level == "ask":
        return State("step", "waits for a press", deal.opening.rep, held.at, "Press the button below.")
    return State("step", "a suggestion for you", deal.opening.rep, held.at, "I only suggest this step here.")


def waiting(deal: Deal) -> tuple[StepHeld, ...]:
    """The steps that wait for a person still, and not for something that was overtaken."""
    return tuple(held for held in deal.steps.held if not OVERTAKEN[held.step](deal, held))


OVERTAKEN: Mapping[Step, Callable[[Deal, StepHeld], bool]] = {
    **{step: lambda deal, held: True for step in Step},
    Step.DRAFT_PACKAGE: lambda deal, held: deal.signals.yes is None or deal.package.version > 0,
    Step.PLAN_APPROVALS: lambda deal, held: held.about != deal.package.hash,
    Step.REMIND_SIGNER: lambda deal, held: not any(str(s.no) == held.about for s in deal.envelope.due),
    Step.CLOSE_OPPORTUNITY: lambda deal, held: deal.books.won is not None,
    Step.BOOK_FINANCE: lambda deal, held: deal.books.plan is not None,
    Step.OFFER_HANDOFF: lambda deal, held: deal.handoff.offered is not None,
    Step.POST_WIN: lambda deal, held: deal.handoff.win is not None,
}


def _after(deal: Deal) -> State | None:
    if deal.books.won is None:
        return None
    if deal.handoff.accepted is not None:
        return State("handed_over", "closed won", since=deal.handoff.accepted.at, next="The first invoice goes out.")
    if (offered := deal.handoff.offered) is not None:
        return State("won", "closed won", offered.csm, offered.at, "The handoff is accepted.")
    return State("won", "closed won", since=deal.books.won.at, next="I look for a CSM.")


def _signing(deal: Deal) -> State | None:
    envelope = deal.envelope
    if envelope.sent is None:
        return None
    if envelope.expired is not None:
        return State("expired", "needs you", deal.opening.rep, envelope.expired.at, "Send a new envelope.")
    if envelope.executed is not None:
        return State("closing", "signed by all", since=envelope.executed.at, next="Salesforce becomes Closed Won.")
    stopped = next((p.stopped for _, p in envelope.progress if p.stopped), None)
    if stopped is not None:
        return State("trouble", "needs you", deal.opening.rep, stopped.at, "Speak with the signer.")
    due = envelope.due[0] if envelope.due else None
    who = (due.person or due.name) if due else ""
    return State("signing", "out for signature", who, envelope.sent.at, "The next signer gets a mail by itself.")


def _package(deal: Deal) -> State | None:
    package = deal.package
    if package.terms is None or deal.signals.yes is None:
        return None
    if package.failed is not None:
        return State("trouble", "needs you", deal.opening.rep, package.terms.at, package.failed.advice)
    if package.ready is not None and not deal.approvals.open:
        return State("ready", "ready to send", deal.opening.rep, package.ready.at, "Review and send.")
    return _waiting(deal)


def _waiting(deal: Deal) -> State:
    rejected, planned, checked = deal.approvals.rejected, deal.approvals.planned, deal.package.checked
    if rejected is not None and planned is not None and planned.version == deal.package.version:
        return State("rejected", "needs a new price", deal.opening.rep, rejected.at, "Change the price.")
    if checked is not None and not all(check.passed for check in checked.checks):
        return State("checks", "needs you", deal.opening.rep, next=_mend(checked))
    if planned is not None and planned.version == deal.package.version and deal.approvals.open:
        slowest = max(deal.approvals.due or deal.approvals.open, key=lambda a: a.by_when)
        return State("approvals", "waiting on approvals", slowest.person, planned.at, "Then it is ready to send.")
    since = deal.package.terms.at if deal.package.terms else None
    return State("drafting", "drafting", since=since, next="The package is made and checked.")


def _mend(checked: PackageChecked) -> str:
    """The first finding that blocks, and how many more."""
    found = [f for check in checked.checks for f in check.findings if f.severity == "blocks"]
    if not found:
        return "A check did not pass; the thread says which."
    more = f" {len(found) - 1} more stand in the thread." if len(found) > 1 else ""
    return f"Mend it, then draft again: {found[0].says}.{more}"


def _before(deal: Deal) -> State | None:
    judged = deal.signals.judged
    if judged and deal.signals.yes is None:
        return State("listening", "listening", since=judged[-1].at, next="I tell you when they say yes.")
    detected = deal.signals.detected
    if detected and detected[-1].label != "commit":
        return State("signal", "a signal to look at", deal.opening.rep, detected[-1].at, "Look at the signal's card.")
    return None
