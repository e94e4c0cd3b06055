"""How far the approvals of a deal are, in full: for ours alone, with what the customer may be told."""

from datetime import datetime

from bot.blocks import bottleneck_lines, priority_lines, risk_card
from bot.blocks.actions import ActionId, Ref
from bot.blocks.approval_lines import approval_line
from bot.blocks.card import Block, Button, Card, actions, card, context, counted, escape, header, moment, section, utc
from bot.blocks.people import Known
from bot.figures.progress import Step, bottleneck, expected_at, for_customer, steps
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.ids import digest


def card_of(deal: Deal, now: datetime, playbook: Playbook, known: Known) -> Card:
    found = steps(deal, now)
    if not found:
        none = "Nothing waits for an approval here."
        return card(f"{deal.customer}: {none}", section(f"*{escape(deal.customer)}:* {none}"))
    done = sum(step.state == "decided" for step in found)
    ends, slowest = expected_at(deal), bottleneck(deal)
    slow = f" Waits longest on {slowest.title}, {known.name(slowest.person)}." if slowest else ""
    expected = f" All of it is expected by {utc(ends)}." if ends else ""
    return card(
        f"{deal.customer}: {done} of {counted(len(found), 'approval')} decided.{slow}{expected}",
        header(f"{deal.customer}: {done} of {counted(len(found), 'approval')} decided"),
        section(priority_lines.of(deal)),
        section(*whole(deal, known), *risk_card.line(deal, playbook, known)),
        section(*bottleneck_lines.told(deal, known)),
        *(_step(deal, step, known) for step in found),
        *_customer(deal, now, playbook),
    )


def whole(deal: Deal, known: Known) -> list[str]:
    """When all is expected to be decided, and on what that waits longest; nothing when nothing is open."""
    ends, slowest = expected_at(deal), bottleneck(deal)
    if slowest is None or ends is None:
        return []
    return [
        f"*Expected:* {moment(ends)}. It waits longest on {escape(f'{slowest.title}, {known.name(slowest.person)}')}."
    ]


def _step(deal: Deal, step: Step, known: Known) -> Block | None:
    approval = step.approval
    line = escape(f"Why: {approval.why} ({approval.line})")
    return section(
        approval_line(deal, approval, known), *_times(step), *_said(deal, step), f"_{line}_", *_else(step, known)
    )


def _times(step: Step) -> list[str]:
    if step.state != "asked" or step.since is None:
        return []
    foreseen = step.approval.expected
    usual = f"; 8 of 10 take {foreseen.low} to {foreseen.high} working minutes" if foreseen else ""
    ends = step.approval.expected_at
    expected = f", expected {moment(ends)}{' and late' if step.late else ''}{usual}" if ends else ""
    pushed = [f"reminded {step.reminded}×"] * bool(step.reminded) + ["somebody else is asked, too"] * bool(
        step.escalated
    )
    return [f"Since {moment(step.since)}{expected}{'; ' + ', '.join(pushed) if pushed else ''}"]


def _said(deal: Deal, step: Step) -> list[str]:
    yes, no = deal.approvals.yes(step.approval), deal.approvals.no(step.approval)
    reason = no.reason if no else yes.reason if yes and yes.by else ""
    return [f"Said: {escape(reason)}"] if reason else []


def _else(step: Step, known: Known) -> list[str]:
    others = ", ".join(escape(known.name(person)) for person in step.approval.others)
    return [f"May decide it, too: {others}"] if others and step.state == "asked" else []


def _customer(deal: Deal, now: datetime, playbook: Playbook) -> list[Block | None]:
    """Drafted at once; it goes by the click alone, and only as it stands here."""
    if not deal.opening.shared_channel or deal.envelope.sent is not None:
        return []
    text = for_customer(deal, now, playbook)
    ref = Ref(stream_id=deal.id, slot="progress", seen=digest(text))
    ask = ("Post it to the customer?", text, "Post it", "Not yet")
    press = Button(
        ActionId.PROGRESS_SHARE, "Tell the customer…", f"Post this in the channel of {deal.customer}", confirm=ask
    )
    return [section(f"*For the customer:* {escape(text)}"), actions(ref, press), context("Nothing was sent.")]
