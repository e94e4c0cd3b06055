"""For the policy's owner: a request is late, and nobody else may decide it. What she may do, and where."""

from bot.blocks.card import Card, card, context, escape, header, moment, money, section, utc
from bot.blocks.people import Known
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox


def card_of(deal: Deal, item: Inbox, known: Known) -> Card:
    approval, title = deal.approvals.approval(item.task.about), item.task.title
    if approval is None or item.closed_at is not None:
        over = "decided, or no longer needed. Nothing more to do."
        return card(f"{title}: {over}", section(f":white_check_mark: *{escape(title)}:* {over}"))
    who, made = known.name(approval.person), deal.package.current
    total = f", {money(made.contract.quote.total)}" if made else ""
    way = f"Name somebody else, or waive it: `/deal override {deal.customer}`"
    line = next((each.line for each in reversed(deal.escalations.of(approval.id))), "")
    return card(
        f"{approval.title} for {deal.customer} waits on {who} and was due {utc(approval.by_when)}. Nobody else may "
        f"decide it. {way}.",
        header(f"{deal.customer}: {approval.title} is late"),
        section(
            f"*Waits on:* {escape(who)}{total}, was due {moment(approval.by_when)}. Nobody else may decide.",
            f"*Next:* {escape(way)}.",
        ),
        context(f"Why you: you own the policy. {escape(line)}."),
    )
