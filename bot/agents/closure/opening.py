"""Opening a deal: one opportunity, one deal, its channels and its card."""

from bot.agents.closure import moving
from bot.playbook.permissions import Permission
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import (
    BindChannels,
    CardPosted,
    ChannelBound,
    DealOpened,
    IntroductionPosted,
    NoticeOpportunity,
    OpportunityChanged,
    OpportunityNoticed,
    RecordCard,
    RecordIntroduction,
    RecordOpportunity,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Link, Refuse
from bot.streams.effects import EnsureChannel, Introduce, PostCard, ReadOpportunity


def notice(deal: Deal, command: NoticeOpportunity, context: Context) -> Decision:
    """A hint only: the record is read before anything is believed."""
    seen = OpportunityNoticed(opportunity_id=command.opportunity_id)
    link = Link("salesforce.opportunity", command.opportunity_id)
    return Accept((seen,), (ReadOpportunity(opportunity_id=command.opportunity_id),), links=(link,))


def record(deal: Deal, command: RecordOpportunity, context: Context) -> Decision:
    read = command.opportunity
    if deal.opportunity is None:
        return _open(command, context)
    # Salesforce tells the second only: two changes within one are told apart by what they say.
    if read.modified_at < deal.opportunity.modified_at or read == deal.opportunity:
        return NOTHING
    return Accept((OpportunityChanged(opportunity=read),))


def bind(deal: Deal, command: BindChannels, context: Context) -> Decision:
    ours = ChannelBound(channel=command.channel, name=command.name, shared=False)
    links = [Link("slack.channel", command.channel)]
    if not command.shared or command.shared == deal.opening.shared_channel:
        return Accept((ours,), (PostCard(), *moving.arrived(deal)), tuple(links))
    theirs = ChannelBound(channel=command.shared, name="", shared=True)
    links.append(Link("slack.channel", command.shared))
    return Accept((ours, theirs), (PostCard(), Introduce(channel=command.shared)), tuple(links))


def record_card(deal: Deal, command: RecordCard, context: Context) -> Decision:
    link = Link("slack.card", f"{command.channel}:{command.ts}")
    return Accept((CardPosted(channel=command.channel, ts=command.ts),), links=(link,))


def record_introduction(deal: Deal, command: RecordIntroduction, context: Context) -> Decision:
    return Accept((IntroductionPosted(channel=command.channel, ts=command.ts),))


def _open(command: RecordOpportunity, context: Context) -> Decision:
    read = command.opportunity
    if read.stage not in context.playbook.stages.listen_from:
        return NOTHING
    rep = _owner(read.owner_email, context)
    if not rep:
        return Refuse("deal.unowned")
    return Accept((DealOpened(opportunity=read, rep=rep),), (EnsureChannel(),))


def _owner(email: str, context: Context) -> str:
    """The opportunity's owner; else the first who may send a contract, so that no deal is without one."""
    people = context.reads.colleagues
    owner = [c.person for c in people if c.email == email.casefold()]
    may_send = [c.person for c in people if context.playbook.may(c.groups, Permission.SEND_ENVELOPE)]
    return next(iter(owner or may_send), "")
