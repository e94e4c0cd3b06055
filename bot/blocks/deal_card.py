"""The one living card of a deal: whose turn it is first, then the deal in a line, then how far it is."""

from bot.blocks import parked_card, priority_lines, progress_card
from bot.blocks.actions import ActionId, More, Ref
from bot.blocks.approval_lines import approval_line
from bot.blocks.card import (
    Block,
    Button,
    Card,
    accessory,
    actions,
    card,
    context,
    day,
    escape,
    header,
    mention,
    moment,
    money,
    overflow,
    section,
    utc,
)
from bot.blocks.marks import DONE, NEEDS, STOPPED, UNDER_WAY
from bot.blocks.people import Known
from bot.blocks.state import State, state_of, waiting
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.quote import Quote
from bot.streams.deal.steps import StepHeld
from bot.streams.money import percent

MOST_LINES = 5
MORE = (
    ("Why", More.WHY),
    ("Documents", More.DOCUMENTS),
    ("Full history", More.HISTORY),
    ("Pause this deal", More.PAUSE),
)


def card_of(deal: Deal, playbook: Playbook, known: Known) -> Card:
    state = state_of(deal)
    name = deal.customer or "A new deal"
    return card(
        _text(deal, state, known),
        header(f"{name}: {state.words}"),
        section(*_turn(deal, state, known)),
        section(priority_lines.of(deal)) if state.name == "approvals" else None,
        *parked_card.blocks(deal, playbook),
        section(_deal_line(deal)),
        section(*progress(deal, known), *(progress_card.whole(deal, known) if state.name == "approvals" else ())),
        *(_step(deal, held, playbook) for held in waiting(deal)),
        context(_why(deal)),
        _buttons(deal, state),
        context(f"Started {moment(state.since)}" if state.since else "", _trouble(deal)),
    )


def _step(deal: Deal, held: StepHeld, playbook: Playbook) -> Block | None:
    """What I may not do by myself: with its button, or, where I only suggest, without."""
    words = playbook.word(f"step.{held.step}")
    if held.level == "suggest":
        return section(f"{UNDER_WAY} *I suggest:* {escape(words)}")
    ref = Ref(stream_id=deal.id, slot=f"step-{held.step}", about=held.about)
    press = Button(ActionId.STEP_TAKE, playbook.word("step.press"), f"{words}, {deal.customer}", value=held.step)
    return accessory(section(f"{UNDER_WAY} *Waits for you:* {escape(words)}"), ref, press)


def progress(deal: Deal, known: Known) -> list[str]:
    """Done first; more than five lines become the open ones and a count."""
    done, still = _lines(deal, known)
    lines = [*done, *still]
    if len(lines) <= MOST_LINES + 1:
        return lines
    return [f"{DONE} {len(done)} of {len(lines)} done", *(still or done[-1:])[:MOST_LINES]]


def price_line(quote: Quote) -> str:
    parts = [f"{money(quote.total)} over {quote.months} months"]
    parts += [f"{percent(quote.discount)} off"] if quote.discount else []
    return " · ".join([*parts, f"net {quote.payment_days}", f"starts {day(quote.starts_on)}"])


def _text(deal: Deal, state: State, known: Known) -> str:
    made = deal.package.current
    waits = f" Waits on {who(state.waits_on, known)}." if state.waits_on else ""
    since = f" Since {utc(state.since)}." if state.since else ""
    price = f" {price_line(made.contract.quote)}." if made else ""
    return f"{deal.customer}: {state.words}.{waits}{parked_card.gist(deal)}{since}{price} Next: {state.next}"


def _turn(deal: Deal, state: State, known: Known) -> list[str]:
    """The tap on the shoulder is for one of ours alone."""
    lines = []
    if state.name == "paused" and deal.opening.paused:
        reason = f": {escape(deal.opening.paused.reason)}" if deal.opening.paused.reason else "."
        lines.append(f"{STOPPED} *Stopped by {escape(known.name(deal.opening.paused.by))}*{reason}")
    elif state.waits_on:
        tap = mention(state.waits_on) if ":" in state.waits_on else escape(state.waits_on)
        lines.append(f"*Waits on:* {tap}")
    elif state.name in ("signing", "drafting", "closing"):
        lines.append("*Waits on:* nobody. Nothing to do now.")
    return [*lines, f"*Next:* {escape(state.next)}"]


def _deal_line(deal: Deal) -> str:
    made, opportunity = deal.package.current, deal.opportunity
    if made is not None:
        return price_line(made.contract.quote)
    if opportunity is None:
        return ""
    return f"{money(opportunity.amount)} in Salesforce · {opportunity.months} months · net {opportunity.payment_days}"


def _lines(deal: Deal, known: Known) -> tuple[list[str], list[str]]:
    done: list[str] = []
    still: list[str] = []
    if (yes := deal.signals.yes) is not None:
        done.append(f"{DONE} {escape(yes.name)} said yes, {moment(yes.at)}")
    if (made := deal.package.current) is not None:
        checked = deal.package.checked
        words = f"{len(checked.checks)} checks passed" if checked and all(c.passed for c in checked.checks) else "made"
        done.append(f"{DONE} Package {made.version}: {len(made.files)} documents, {words}")
    _approvals(deal, known, done, still)
    _signatures(deal, done, still)
    _closing(deal, known, done, still)
    return done, still


def _approvals(deal: Deal, known: Known, done: list[str], still: list[str]) -> None:
    """Each by itself until the contract is out; then they are one line, and at last none."""
    if deal.books.won is not None:
        return
    if deal.envelope.sent is not None and deal.approvals.asked:
        given = [deal.approvals.yes(approval) for approval in deal.approvals.asked]
        names = ", ".join(dict.fromkeys(known.name(yes.by) for yes in given if yes))
        done.append(f"{DONE} Approved by {escape(names)}")
        return
    for approval in deal.approvals.asked:
        line = approval_line(deal, approval, known)
        (done if line.startswith(DONE) else still).append(line)


def _signatures(deal: Deal, done: list[str], still: list[str]) -> None:
    if (executed := deal.envelope.executed) is not None:
        done.append(f"{DONE} Signed by all {len(deal.envelope.signers)}, last {moment(executed.at)}")
        return
    for signer in deal.envelope.signers:
        mine = deal.envelope.of(signer.no)
        if mine.signed is not None:
            done.append(f"{DONE} {escape(signer.name)} signed, {moment(mine.signed.at)}")
        elif mine.invited and deal.envelope.out:
            still.append(f"{UNDER_WAY} {escape(signer.name)}: mail sent {moment(mine.invited[-1].at)}")
        else:
            still.append(f"{UNDER_WAY} {escape(signer.name)} signs next")


def _closing(deal: Deal, known: Known, done: list[str], still: list[str]) -> None:
    if deal.books.won is not None:
        done.append(f"{DONE} Quote, contract and Salesforce agree to the cent")
    if (plan := deal.books.plan) is not None:
        amounts = " + ".join(f"{money(i.net)} ({i.invoice_on.year})" for i in plan.invoices)
        done.append(f"{DONE} Invoices planned: {amounts}")
    handoff = deal.handoff
    if handoff.accepted is not None:
        done.append(f"{DONE} Handoff: {escape(known.name(handoff.accepted.csm))} took over")
    elif handoff.offered is not None:
        still.append(f"{UNDER_WAY} Handoff: offered to {escape(handoff.offered.name)}")


def _why(deal: Deal) -> str:
    if (won := deal.books.won) is not None:
        return f"Why won: the signed contract is in ({won.executed_hash[:8]})."
    if (strategy := deal.signals.strategy) is not None:
        return f"Why: {escape(strategy.strategy)}; {escape('; '.join(strategy.reasons[:1]))}."
    if deal.opportunity is not None:
        return f"Why: Salesforce says {escape(deal.opportunity.stage)}."
    return ""


def _trouble(deal: Deal) -> str:
    trouble = deal.opening.trouble
    if trouble is None:
        return ""
    return f"{NEEDS} {escape(trouble.lane.value.title())} did not take an update ({escape(trouble.code)})"


def _buttons(deal: Deal, state: State) -> Block:
    ref = Ref(stream_id=deal.id, slot="card", seen=deal.package.hash)
    more = overflow(ActionId.DEAL_MORE, MORE)
    return actions(ref, *_own(deal, state), more)


def _own(deal: Deal, state: State) -> list[Button]:
    name = deal.customer
    change = Button(ActionId.PRICE_CHANGE, "Change the price…", f"Change the price for {name}")
    match state.name:
        case "ready":
            send = Button(ActionId.ENVELOPE_REVIEW, "Review and send…", f"Review and send the {name} contract", True)
            return [send, change]
        case "rejected":
            return [Button(ActionId.PRICE_CHANGE, "Change the price…", f"Change the price for {name}", True)]
        case "approvals":
            return [Button(ActionId.APPROVALS_SHOW, "See approvals", f"See who approves {name}"), change]
        case "checks":
            again = Button(ActionId.PACKAGE_AGAIN, "Draft again", f"Read Salesforce and draft {name} again", True)
            return [again, change]
        case "held":
            return [Button(ActionId.CRM_ALIGN, "Correct Salesforce", f"Put the contract's amounts of {name}", True)]
        case "paused":
            return [Button(ActionId.DEAL_RESUME, "Resume", f"Let the deal {name} go on", True)]
        case _:
            return []


def who(waits_on: str, known: Known) -> str:
    return known.name(waits_on) if ":" in waits_on else waits_on
