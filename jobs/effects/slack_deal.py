"""The deal in Slack: its channel, its one living card, and the introduction to the customer."""

import unicodedata
from re import sub

from bot.blocks import deal_card, introduction, note, win_card
from bot.crashpoints import crashpoint
from bot.streams.deal.deal import Deal
from bot.streams.deal.handoff import RecordWin
from bot.streams.deal.opening import BindChannels, RecordCard, RecordIntroduction
from bot.streams.decision import Link
from bot.streams.effects import Introduce, PostNote
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from integrations.slack.port import Channel
from jobs.effects.how import Desk, Work

LONGEST_NAME = 70
MOST_NAMESAKES = 9


def ensure_channel(work: Work) -> BindChannels:
    """The one that Salesforce names, unless the customer can read there; else one of our own, made private."""
    deal: Deal = work.state
    opportunity = deal.opportunity
    if opportunity is None:
        raise Refused("opportunity.missing")
    ours = _internal(deal, work.desk)
    shared = work.desk.ports.slack.channel(opportunity.shared_channel) if opportunity.shared_channel else None
    return BindChannels(
        stream_id=deal.id,
        actor=SYSTEM,
        channel=ours.id,
        name=ours.name,
        shared=shared.id if shared and shared.shared else "",
    )


def post_card(work: Work) -> RecordCard:
    deal: Deal = work.state
    card = deal_card.card_of(deal, work.desk.playbook, work.desk.known())
    slack = work.desk.ports.slack
    posted = slack.post(work.key, deal.opening.channel, card.text, card.blocks, probe=work.again)
    crashpoint("call.between")
    slack.pin(posted.channel, posted.ts)
    return RecordCard(stream_id=deal.id, actor=SYSTEM, channel=posted.channel, ts=posted.ts)


def refresh_card(work: Work) -> None:
    deal: Deal = work.state
    if not deal.opening.card_ts:
        return
    card = deal_card.card_of(deal, work.desk.playbook, work.desk.known())
    work.desk.ports.slack.update(deal.opening.channel, deal.opening.card_ts, card.text, card.blocks)


def introduce(work: Work) -> RecordIntroduction:
    deal: Deal = work.state
    effect: Introduce = work.effect
    card = introduction.card_of(deal, work.desk.playbook, work.desk.known())
    slack = work.desk.ports.slack
    posted = slack.post(work.key, effect.channel, card.text, card.blocks, probe=work.again)
    crashpoint("call.between")
    slack.pin(posted.channel, posted.ts)
    return RecordIntroduction(stream_id=deal.id, actor=SYSTEM, channel=posted.channel, ts=posted.ts)


def refresh_introduction(work: Work) -> None:
    opening = work.state.opening
    if not opening.introduction_ts:
        return
    card = introduction.card_of(work.state, work.desk.playbook, work.desk.known())
    work.desk.ports.slack.update(opening.shared_channel, opening.introduction_ts, card.text, card.blocks)


def post_note(work: Work) -> None:
    deal: Deal = work.state
    effect: PostNote = work.effect
    card = note.card_of(effect.about, effect.words, work.desk.playbook, work.desk.known())
    where = deal.opening.channel, card.text, card.blocks, deal.opening.card_ts or None
    work.desk.ports.slack.post(work.key, *where, probe=work.again)


def post_win(work: Work) -> RecordWin | None:
    """Posted once; after that, the same post is shown anew."""
    deal: Deal = work.state
    planned, posted = deal.handoff.win, deal.handoff.win_posted
    if planned is None:
        return None
    card = win_card.card_of(deal, work.desk.playbook, work.desk.known())
    slack = work.desk.ports.slack
    if posted is not None:
        slack.update(posted.channel, posted.ts, card.text, card.blocks)
        return None
    made = slack.post(work.key, f"#{planned.channel}", card.text, card.blocks, probe=work.again)
    return RecordWin(stream_id=deal.id, actor=SYSTEM, channel=made.channel, ts=made.ts)


def _internal(deal: Deal, desk: Desk) -> Channel:
    opportunity = deal.opportunity
    named = desk.ports.slack.channel(opportunity.deal_channel) if opportunity and opportunity.deal_channel else None
    if named is not None and not named.shared:
        return named
    rep = deal.opening.rep.partition(":")[2]
    name = channel_name(deal.customer)
    for number in range(1, MOST_NAMESAKES + 1):
        found = desk.ports.slack.ensure_channel(name if number == 1 else f"{name}-{number}", [rep])
        if _free(found, deal, desk):
            return found
    raise Refused("channel.name_taken")


def _free(channel: Channel, deal: Deal, desk: Desk) -> bool:
    with desk.store.snapshot() as tx:
        return tx.links.stream_of(Link("slack.channel", channel.id)) in (None, deal.id) and not channel.shared


def channel_name(customer: str) -> str:
    """Slack's channel names: lower case, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", customer).encode("ascii", "ignore").decode().lower()
    slug = sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return f"deal-{slug or 'customer'}"
