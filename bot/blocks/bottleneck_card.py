"""For whoever can do something about a bottleneck that no relief helps: where it is, why, and what would help."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, Card, actions, card, context, escape, header, moment, money, section, utc
from bot.blocks.people import Known
from bot.playbook.bottlenecks import Does
from bot.streams.deal.bottlenecks import BottleneckSeen
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox

WHY_YOU: dict[Does, str] = {
    "override": "you own the policy",
    "draft_again": "it is your deal",
    "answer": "it is your deal",
    "look": "it is your deal",
}


def card_of(deal: Deal, item: Inbox, known: Known) -> Card:
    approval, title = deal.approvals.approval(item.task.about), item.task.title
    seen = _seen(deal, item)
    if approval is None or seen is None or item.closed_at is not None:
        over = "decided, or no longer needed. Nothing more to do."
        return card(f"{title}: {over}", section(f":white_check_mark: *{escape(title)}:* {over}"))
    made, why = deal.package.current, f"{seen.says}: {seen.why(known.name)}"
    total = f", {money(made.contract.quote.total)}" if made else ""
    return card(
        f"{approval.title} for {deal.customer} is in a bottleneck: {why}. It would help to {seen.advice}. "
        f"By {utc(approval.by_when)}.",
        header(f"{deal.customer}: {approval.title} is held up"),
        section(
            f"*Waits on:* {escape(known.name(approval.person))}{total}, by {moment(approval.by_when)}",
            f"*Why:* {escape(why)}.",
            f"*What would help:* {escape(seen.advice)}.",
        ),
        _buttons(deal, item, seen),
        context(f"Why you: {WHY_YOU[seen.does]}. {escape(seen.line)}."),
    )


def _seen(deal: Deal, item: Inbox) -> BottleneckSeen | None:
    told = deal.bottlenecks.told(item.task.about)
    return next((s for s in reversed(told) if item.task.id.endswith(f":bottleneck-{s.bottleneck}-{s.approval}")), None)


def _buttons(deal: Deal, item: Inbox, seen: BottleneckSeen) -> Block:
    name, show = (
        deal.customer,
        Button(ActionId.APPROVALS_SHOW, "How far it is", f"Show the approvals of {deal.customer}"),
    )
    ref = Ref(stream_id=deal.id, slot="bottleneck", about=item.task.about, seen=deal.package.hash)
    match seen.does:
        case "override":
            first = Button(ActionId.OVERRIDE_OPEN, "Override…", f"Name somebody else, or waive it, for {name}", True)
        case "draft_again":
            first = Button(ActionId.PACKAGE_AGAIN, "Draft again", f"Read Salesforce and draft {name} again", True)
        case "answer":
            approval = deal.approvals.approval(item.task.about)
            asked = deal.asking_back.waits(approval.subject, seen.person) if approval else None
            if asked is None:
                return actions(ref, show)
            ref = Ref(stream_id=deal.id, slot="bottleneck", about=str(asked.no))
            first = Button(ActionId.QUESTION_ANSWER, "Answer…", f"Answer the question about {name}", True)
        case "look":
            return actions(ref, show)
    return actions(ref, first, show)
