"""An approval request: the question first, then what it costs, then the buttons; what supports it below."""

from bot.blocks import approval_support, priority_lines, question_card
from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import (
    Button,
    Card,
    actions,
    card,
    context,
    cut,
    day,
    divider,
    escape,
    header,
    moment,
    money,
    quote,
    section,
    share,
    utc,
)
from bot.blocks.people import Known
from bot.figures.fixes import offered
from bot.figures.request_words import question
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.quote import Quote
from bot.streams.deal.signals import StrategyChosen
from bot.streams.deal.withdrawing import asked_of
from bot.streams.money import percent
from bot.streams.person.person import Inbox

SHORT = 24  # letters of what is offered instead, on a button


def card_of(deal: Deal, item: Inbox, playbook: Playbook, known: Known) -> Card:
    approval, made = deal.approvals.approval(item.task.about), deal.package.current
    if approval is None or made is None or item.closed_at is not None:
        return _closed(deal, item, approval, known)
    quote_, rep = made.contract.quote, known.name(approval.asked_by)
    asked = question(deal, approval)
    return card(
        f"Your approval, please: {asked} {money(quote_.total)}. {rep} asks, by {utc(approval.by_when)}.",
        header(asked),
        section(
            f"*{escape(rep)} asks:* {_asks(approval, quote_)}",
            f"*Total:* {money(quote_.total)} over {quote_.months} months",
            _effect(approval, quote_, playbook),
            f"*By:* {moment(approval.by_when)}",
        ),
        _buttons(deal, item, approval, playbook),
        *question_card.lines(deal, approval.id, known),
        context(f"Why you: {escape(approval.why)} ({escape(approval.line)}).{_stands_in(deal, approval, known)}"),
        priority_lines.on_request(deal, approval, item, known, playbook),
        section(_undone(deal, approval, known)),
        section(f"*Have in front of you:* {escape('; '.join(approval.evidence))}") if approval.evidence else None,
        divider(),
        *approval_support.blocks(deal, approval.rule, made.contract, playbook),
        *_support(deal, quote_),
    )


def _stands_in(deal: Deal, approval: Approval, known: Known) -> str:
    first, lent = (
        dict(deal.approvals.first).get(approval.id, approval.person),
        deal.approvals.lent(approval, approval.person),
    )
    if approval.stuck:
        return " Nobody may decide it: name somebody who may."
    if first == approval.person:
        return ""
    by = f", by {escape(known.name(lent[0]))}'s authority" if lent else ""
    return f" You stand in for {escape(known.name(first))}{by}."


def _undone(deal: Deal, approval: Approval, known: Known) -> str:
    """What happens when she does nothing: who is asked then, and what waits meanwhile."""
    waiting = [a.title for a in deal.approvals.open if approval.id in deal.approvals.waits_for[a.id]]
    meanwhile = f"{escape(' and '.join(waiting))} waits" if waiting else "the contract is not sent"
    others = [known.name(person) for person in approval.others if person not in asked_of(deal, approval)]
    then = f"{escape(others[0])} is asked, too" if others else "the policy's owner is told"
    return f"*If you do nothing:* {meanwhile}; when your time is over, {then}."


def _asks(approval: Approval, made: Quote) -> str:
    match approval.kind:
        case "discount":
            return f"{percent(made.discount)} off, margin {share(made.margin)}"
        case "payment":
            return f"{made.payment_days} days to pay"
        case _:
            return escape(approval.why)


def _effect(approval: Approval, made: Quote, playbook: Playbook) -> str:
    """What this role reads first: finance the cash, sales the price."""
    first = made.invoices[0]
    if approval.kind == "payment":
        later = made.payment_days - playbook.billing.default_payment_days
        return f"*Cash:* {money(first.amount)} comes {later} days later, on {day(first.due_on)}"
    if approval.kind == "discount":
        return f"*Discount:* {money(made.list_total - made.total)} off {money(made.list_total)}"
    return ""


def _buttons(deal: Deal, item: Inbox, approval: Approval, playbook: Playbook) -> dict[str, object]:
    ref = Ref(stream_id=deal.id, slot="decide", about=approval.id, seen=item.task.seen)
    what = question(deal, approval).rstrip("?")
    fix = offered(deal, approval, playbook)
    return actions(
        ref,
        Button(ActionId.APPROVAL_APPROVE, "Approve", f"Approve {what}", True),
        *_instead(approval, fix),
        Button(ActionId.APPROVAL_ASK, "Ask…", f"Ask the rep about {what}"),
        Button(ActionId.APPROVAL_REJECT, "Reject…", f"Reject {what}, with a reason"),
        Button(ActionId.APPROVAL_PASS_ON, "Pass on…", f"Let somebody else decide {what}"),
        Button(ActionId.TIME_HOLD, "Hold time", f"Hold time in your calendar to decide {what}"),
    )


def _instead(approval: Approval, fix: str) -> list[Button]:
    """A yes at other terms, which begins with the nearest that need none; or a no that says what would be one."""
    if approval.kind in ("discount", "payment"):
        at = f" {cut(fix[0].lower() + fix[1:], SHORT)}" if fix else ""
        return [Button(ActionId.APPROVAL_AT, f"Approve at{at}…", "Say yes at other terms, which the rep may offer")]
    counter = Button(ActionId.APPROVAL_COUNTER, f"Counter: {cut(fix, SHORT)}…", f"Counter with {fix}, with a reason")
    return [counter] if fix else []


def _support(deal: Deal, made: Quote) -> list[dict[str, object] | None]:
    strategy, yes = deal.signals.strategy, deal.signals.yes
    alike = strategy.precedents if strategy and not deal.approvals.supported else ()
    return [
        section(
            f"*Deal:* {made.months} months from {day(made.starts_on)}, first year {money(made.invoices[0].amount)}, "
            f"net {made.payment_days}, margin {share(made.margin)}",
            f"*The yes:* {escape(yes.name)}, {escape(yes.title)}, {moment(yes.at)}" if yes else "",
        ),
        section("*Like this one:*", *(escape(line) for line in alike)) if alike else None,
        _strategy(strategy) if strategy else None,
    ]


def _strategy(strategy: StrategyChosen) -> dict[str, object] | None:
    risks = [f"Risk: {escape(risk)}" for risk in strategy.risks]
    return context(f"Strategy: {escape(strategy.strategy)}.", *risks)


def _closed(deal: Deal, item: Inbox, approval: Approval | None, known: Known) -> Card:
    """What became of it; what was seen is kept."""
    seen = f"What you saw is kept: ({item.task.seen[:8]})."
    title = item.task.title
    yes = deal.approvals.yes(approval) if approval else None
    no = deal.approvals.no(approval) if approval else None
    if yes is not None and approval is not None:
        words = f"{known.name(yes.by)} approved"
        at = yes.at
    elif no is not None:
        words, at = f"{known.name(no.by)} said no", no.at
    else:
        words, at = "no longer needed, the package changed", item.closed_at or item.at
    return card(
        f"{title}: {words}, {utc(at)}. Nothing more to do.",
        header(f"{title}"),
        section(
            f":white_check_mark: {escape(words)}, {moment(at)}",
            quote(no.yes_if) if no and words.endswith("said no") and no.yes_if else "",
        ),
        context(seen),
        *_rating(deal, item),
    )


def _rating(deal: Deal, item: Inbox) -> list[dict[str, object] | None]:
    """Rarely, and once: two taps that nobody else reads."""
    if item.clear is not None:
        return [context("Thank you: you said whether it was clear.")]
    if not item.asks:
        return []
    ref = Ref(stream_id=deal.id, slot="rate", about=item.task.id)
    return [
        context("Was it clear what you were asked? Only you and your manager see the sum."),
        actions(
            ref,
            Button(ActionId.REQUEST_CLEAR, "Yes, clear", "Say that the request was clear"),
            Button(ActionId.REQUEST_UNCLEAR, "No", "Say that the request was not clear"),
        ),
    ]
