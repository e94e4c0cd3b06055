"""A warning for the rep: how likely it is in time, why, and what she can do about it now."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, Card, actions, card, context, escape, header, moment, section, utc
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.risks import Factor, RiskMitigated, RiskSeen
from bot.streams.person.person import Inbox

PERCENT = 100


def card_of(deal: Deal, item: Inbox, playbook: Playbook, known: Known) -> Card:
    about = deal.risks.of(int(item.task.about or 0))
    if about is None or item.closed_at is not None:
        return _over(deal)
    approval, says = deal.approvals.approval(about.weakest), playbook.risks.says(about.level)
    waits = f"It waits on {approval.title}, {known.name(approval.person)}" if approval else ""
    chance = f"{likely(about.chance)} by {utc(about.deadline)}"
    return card(
        f"{deal.customer}: {says}. All approvals are {chance}. {waits}.",
        header(f"{deal.customer}: {says.lower()}"),
        section(
            f"*All approvals in time:* {likely(about.chance)}, by {moment(about.deadline)}",
            f"*{escape(waits)}.*" if waits else "",
            "*Why:*",
            *(f"• {escape(reason(factor, deal, playbook, known))}" for factor in about.factors),
        ),
        *_done(deal, about, known),
        _buttons(deal, about, approval, known),
        context("Why you: it is your deal. I tell each level once; `/deal progress` has every step."),
    )


def reason(of: Factor, deal: Deal, playbook: Playbook, known: Known) -> str:
    """Such as "Jonas Weber is away: 23 points"; a chance is said in points of a hundred."""
    approval = deal.approvals.approval(of.approval)
    told = {
        "who": known.name(of.person) if of.person else "",
        "what": approval.title if approval else "",
    }
    return f"{playbook.word(f'risk.{of.kind}', told)}: {max(of.by // PERCENT, 1)} points"


def likely(chance: int) -> str:
    """From basis points; never as sure as it is not."""
    percent = chance // PERCENT
    return "less than 1% likely" if percent < 1 else f"{min(percent, 99)}% likely"


def line(deal: Deal, playbook: Playbook, known: Known) -> list[str]:
    """For how far it is; nothing before the first look, or when it is over."""
    if not deal.risks.open or not deal.approvals.open or deal.approvals.refused:
        return []
    last = deal.risks.open[-1]
    says = playbook.risks.says(last.level) or "It is well in time"
    most = f"Mostly: {reason(last.factors[0], deal, playbook, known)}." if last.factors else ""
    looked = f"{likely(last.chance)}, looked at {moment(last.at)}"
    return [f"*In time by {moment(last.deadline)}:* {looked}. {says}. {escape(most)}"]


def _done(deal: Deal, about: RiskSeen, known: Known) -> list[Block | None]:
    found = [deal.risks.done(about.no, way) for way in ("ask_beside", "remind")]
    return [context(_said(each, known)) for each in found if each is not None]


def _said(of: RiskMitigated, known: Known) -> str:
    did = "is asked, too" if of.way == "ask_beside" else "was reminded"
    return f":white_check_mark: {escape(known.name(of.to))} {did}, {moment(of.at)}."


def _buttons(deal: Deal, about: RiskSeen, approval: Approval | None, known: Known) -> Block:
    found = [_progress(deal)]
    if approval is not None and deal.risks.done(about.no, "remind") is None:
        name = known.first(approval.person)
        found.insert(0, Button(ActionId.RISK_REMIND, f"Remind {name}", f"Remind {name} of {approval.title} now"))
    if approval is not None and approval.others and deal.risks.done(about.no, "ask_beside") is None:
        ask = f"Let the next who may decide {approval.title}, too"
        found.insert(0, Button(ActionId.RISK_ASK_BESIDE, "Ask a second person", ask, True))
    return actions(Ref(stream_id=deal.id, slot="risk", about=str(about.no)), *found)


def _progress(deal: Deal) -> Button:
    return Button(ActionId.APPROVALS_SHOW, "See every step", f"See how far the approvals of {deal.customer} are")


def _over(deal: Deal) -> Card:
    over = "decided, or no longer at risk. Nothing more to do."
    return card(f"{deal.customer}: {over}", section(f":white_check_mark: *{escape(deal.customer)}:* {over}"))
