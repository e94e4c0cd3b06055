"""A request to one person: what is asked, by when, the buttons, and why it is hers. Closed, it tells how it ended."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.blocks import (
    approval_task,
    bottleneck_card,
    late_card,
    memo_card,
    parked_card,
    priority_lines,
    question_card,
    redline_card,
    risk_card,
)
from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import (
    Button,
    Card,
    actions,
    card,
    context,
    counted,
    day,
    divider,
    escape,
    header,
    link,
    moment,
    money,
    quote,
    section,
    utc,
)
from bot.blocks.deal_card import price_line
from bot.blocks.people import Known
from bot.blocks.signal_card import words
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.person.kinds import TaskKind
from bot.streams.person.person import Inbox

SHOWN_PROMISES = 5
SENTENCE = re.compile(r"[^.!?]+[.!?]*\s*")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and all that it may be told from."""

    deal: Deal
    item: Inbox
    playbook: Playbook
    known: Known
    texts: Mapping[str, str]

    def ref(self, slot: str) -> Ref:
        return Ref(stream_id=self.deal.id, slot=slot, about=self.item.task.about, seen=self.item.task.seen)


def card_of(deal: Deal, item: Inbox, playbook: Playbook, known: Known, texts: Mapping[str, str]) -> Card:
    if item.task.kind == "approval":
        return approval_task.card_of(deal, item, playbook, known)
    if item.task.kind == "memo":
        return memo_card.card_of(deal, item, known)
    if item.task.kind == "late":
        return late_card.card_of(deal, item, known)
    if item.task.kind == "risk":
        return risk_card.card_of(deal, item, playbook, known)
    if item.task.kind == "bottleneck":
        return bottleneck_card.card_of(deal, item, known)
    if item.task.kind in ("question", "answer", "counter", "place", "later"):
        return _between(deal, item, playbook, known)
    if item.task.kind == "redline":
        return redline_card.task_of(deal, item, playbook, known)
    asked = Asked(deal, item, playbook, known, texts)
    return (CLOSED if item.closed_at else OPEN)[item.task.kind](asked)


def _between(deal: Deal, item: Inbox, playbook: Playbook, known: Known) -> Card:
    match item.task.kind:
        case "question":
            return question_card.question(deal, item, known)
        case "answer":
            return question_card.answered(deal, item, known)
        case "place" | "later":
            return priority_lines.task_of(deal, item, playbook, known)
        case _:
            return question_card.counter(deal, item, playbook, known)


def _reprice(asked: Asked) -> Card:
    """Every no, so that the new price meets them all at once."""
    deal, names = asked.deal, asked.known
    refused = [(names.name(no.by), no.reason, no.yes_if) for no in deal.approvals.refused]
    refused = refused or [("The approver", "", "")]
    told = " ".join(f"{by} said no for {deal.customer}: “{why}”. A yes would be: “{yes}”." for by, why, yes in refused)
    return card(
        f"{told} Change the price.",
        header(f"{deal.customer}: needs a new price"),
        *(
            section(
                f"*{escape(by)} said no:* {quote(why)}",
                f"*What would make it a yes:* {quote(yes)}" if yes else "",
            )
            for by, why, yes in refused
        ),
        actions(
            asked.ref("reprice"),
            Button(ActionId.PRICE_CHANGE, "Change the price…", f"Change the price for {deal.customer}", True),
        ),
        context("Why you: you asked for these terms. Nothing was sent; the other requests wait for the new price."),
    )


def _countersign(asked: Asked) -> Card:
    deal, made = asked.deal, asked.deal.package.current
    price = price_line(made.contract.quote) if made else ""
    signed = [s.name for s in deal.envelope.signers if deal.envelope.of(s.no).signed is not None]
    return card(
        f"{deal.customer}: your signature completes the contract. {price}. {' and '.join(signed)} have signed.",
        header(f"Sign for us: {deal.customer}?"),
        section(price, f"*Signed already:* {escape(', '.join(signed))}"),
        section(*(f"{escape(f.title)}, {counted(f.pages, 'page')}" for f in made.files)) if made else None,
        actions(
            asked.ref("countersign"),
            Button(ActionId.COUNTERSIGN_REVIEW, "Review and sign…", f"Review and sign {deal.customer} for us", True),
        ),
        context("Why you: your signing authority covers the total. You sign exactly what they signed."),
    )


def _handoff(asked: Asked) -> Card:
    deal, offered, made = asked.deal, asked.deal.handoff.offered, asked.deal.package.current
    if offered is None or made is None:
        return _gone(asked)
    terms, promises = made.contract.quote, deal.signals.promises
    starts = f"{day(terms.starts_on)}, {terms.months} months, {money(terms.total)}"
    count = counted(len(promises), "promise")
    return card(
        f"{deal.customer} needs a CSM, and you fit: starts {starts}. {count}. Accept or send back by "
        f"{utc(offered.by_when)}. No answer: the next one is asked.",
        header(f"{deal.customer}: yours to start?"),
        section(f"*Starts:* {starts}", f"*By:* {moment(offered.by_when)}"),
        actions(
            asked.ref("handoff"),
            Button(ActionId.HANDOFF_ACCEPT, "Accept", f"Accept the handoff of {deal.customer}", True),
            Button(ActionId.HANDOFF_SEND_BACK, "Send back…", "Send the handoff back, with a reason"),
        ),
        context(f"Why you: {escape('; '.join(offered.why))}."),
        divider(),
        *_brief(asked),
    )


def _without_figures(said: str) -> str:
    """Whole sentences of theirs; one with a figure in it tells of the bargaining, which is not for this reader."""
    return " ".join(sentence for sentence in SENTENCE.findall(said) if not re.search(r"[\d%]", sentence)).strip()


def _brief(asked: Asked) -> list[dict[str, object] | None]:
    deal, made = asked.deal, asked.deal.package.current
    lines = made.contract.quote.lines if made else ()
    bought = ", ".join(f"{line.name} ({counted(line.quantity, line.unit)})" for line in lines)
    people = ", ".join(f"{c.name} ({c.title})" for c in (deal.opportunity.contacts if deal.opportunity else ()))
    yes = deal.signals.yes
    own = _without_figures(" ".join(words(span, asked.texts.get(yes.text_id, "")) for span in yes.said)) if yes else ""
    return [
        section(*_promises(asked)),
        section(
            f"*Bought:* {escape(bought)}",
            f"*Their words:* {quote(own)} {escape(yes.name) if yes else ''}" if own else "",
            f"*People:* {escape(people)}",
        ),
    ]


def _promises(asked: Asked) -> list[str]:
    promises = asked.deal.signals.promises
    shown = [
        f"{number}. {quote(words(p.said, asked.texts.get(p.text_id, '')))} {escape(p.name)}, {link(p.link, 'source')}"
        for number, p in enumerate(promises[:SHOWN_PROMISES], 1)
    ]
    more = len(promises) - len(shown)
    return ["*Promised:*" if shown else "*Promised:* nothing that I heard", *shown, f"and {more} more" if more else ""]


def _stopped(asked: Asked) -> Card:
    deal = asked.deal
    no = int(asked.item.task.about or 0)
    signer, mine = deal.envelope.signer(no), deal.envelope.of(no)
    name = signer.name if signer else "A signer"
    said = mine.stopped.words if mine.stopped else ""
    return card(
        f"{name} has not signed {deal.customer}: “{said}”. Nothing more is sent. Speak with them.",
        header(f"{deal.customer}: {name} has not signed"),
        section(f"*{escape(name)}:* {quote(said)}", "Nothing more is sent to anybody meanwhile. Speak with them."),
        context("Why you: it is your deal."),
    )


def _done(words_: str) -> Callable[[Asked], Card]:
    def made(asked: Asked) -> Card:
        at = asked.item.closed_at or asked.item.at
        name = asked.deal.customer
        return card(
            f"{name}: {words_}, {utc(at)}. Nothing more to do.",
            section(f":white_check_mark: *{escape(name)}:* {words_}, {moment(at)}", "Nothing more to do."),
        )

    return made


def _handed(asked: Asked) -> Card:
    handoff, who = asked.deal.handoff, asked.known
    mine = handoff.accepted
    if mine is None:
        return _done("sent back, somebody else is asked")(asked)
    name = asked.deal.customer
    return card(
        f"{name}: {who.name(mine.csm)} took over, {utc(mine.at)}.",
        header(f"{name}: with {who.first(mine.csm)}"),
        section(f":white_check_mark: {escape(who.name(mine.csm))} took over, {moment(mine.at)}"),
        *_brief(asked),
    )


def _gone(asked: Asked) -> Card:
    return _done("no longer needed")(asked)


def _moved(asked: Asked) -> Card:
    """`about` is the channel that others can read in now."""
    name, channel = asked.deal.customer, asked.deal.opening.channel
    return card(
        f"{name}: others can read in its channel now, so I moved the card to a channel of ours and took down what "
        "was internal there.",
        header(f"{name}: the card has moved"),
        section(
            f"Others can read in <#{asked.item.task.about}> now. I post nothing internal there any more.",
            f"The card is in <#{channel}>." if channel != asked.item.task.about else "The new channel is being made.",
            "*Next:* invite who needs it.",
        ),
        context("Why you: it is your deal."),
    )


OPEN: dict[TaskKind, Callable[[Asked], Card]] = {
    "reprice": _reprice,
    "countersign": _countersign,
    "handoff": _handoff,
    "signing_stopped": _stopped,
    "channel_moved": _moved,
    "parked": lambda asked: parked_card.card_of(asked.deal, asked.playbook),
}
CLOSED: dict[TaskKind, Callable[[Asked], Card]] = {
    "reprice": _done("the price was changed"),
    "countersign": _done("signed for us"),
    "handoff": _handed,
    "signing_stopped": _done("taken care of"),
    "channel_moved": _done("the card has moved"),
    "parked": _done("what did not work was decided"),
}
