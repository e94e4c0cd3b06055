"""Reminders of requests, in messages of their own; what was decided meanwhile is not told of."""

from bot.agents.approvals.reminding import news
from bot.blocks import reminder_card
from bot.blocks.card import Card
from bot.streams.ids import SYSTEM
from bot.streams.person.person import Inbox, Person
from bot.streams.person.reminding import RecordReminderPosted, Sent
from bot.streams.reminder_effects import PostReminder, RefreshReminder
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from jobs.effects.how import Work


def post(work: Work) -> RecordReminderPosted | None:
    person: Person = work.state
    effect: PostReminder = work.effect
    sent = person.reminding.message(effect.no)
    item = person.item(sent.about.task_id) if sent else None
    if sent is None or item is None or item.closed_at is not None or person.profile is None:
        return None
    card = _card(work, sent, item)
    user = person.profile.user.partition(":")[2]
    posted = work.desk.ports.slack.post(work.key, user, card.text, card.blocks, probe=work.again)
    return RecordReminderPosted(stream_id=person.id, actor=SYSTEM, no=effect.no, channel=posted.channel, ts=posted.ts)


def refresh(work: Work) -> None:
    person: Person = work.state
    effect: RefreshReminder = work.effect
    sent = person.reminding.message(effect.no)
    item = person.item(sent.about.task_id) if sent else None
    if sent is not None and item is not None and sent.ts:
        card = _card(work, sent, item)
        work.desk.ports.slack.update(sent.channel, sent.ts, card.text, card.blocks)


def _card(work: Work, sent: Sent, item: Inbox) -> Card:
    person: Person = work.state
    deal = work.desk.deal(item.task.deal)
    approval = deal.approvals.approval(item.task.about)
    words = news(deal, approval).get(sent.about.tells, ()) if approval else ()
    others = [each for each in person.open if each.task.kind == "approval" and each.task.id != item.task.id]
    look = reminder_card.Look(
        deal=deal,
        sent=sent,
        item=item,
        news=words,
        url=_where(work, item),
        others=others,
        held=person.reminding.holds(item.task.id),
        now=work.now,
        playbook=work.desk.playbook,
        known=work.desk.known(),
    )
    return reminder_card.card_of(look)


def _where(work: Work, item: Inbox) -> str:
    """A courtesy: without it the card says where to look."""
    if not item.ts or item.closed_at is not None:
        return ""
    try:
        return work.desk.ports.slack.permalink(item.channel, item.ts)
    except (Busy, Refused, Unauthorised, Unknown):
        return ""
