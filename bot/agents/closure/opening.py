"""Opening a deal: one opportunity, one deal, its channels and its card."""

from dataclasses import replace

from bot.agents.closure import moving, owning
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import (
    BindChannels,
    CardPosted,
    ChannelBound,
    IntroductionPosted,
    NoticeOpportunity,
    OpportunityChanged,
    OpportunityNoticed,
    RecordCard,
    RecordIntroduction,
    RecordOpportunity,
)
from bot.streams.deal.priority import weighing
from bot.streams.decision import NOTHING, Accept, Context, Decision, Link
from bot.streams.effects import Introduce, PostCard, PostNote, ReadOpportunity, ReadSince


def notice(deal: Deal, command: NoticeOpportunity, context: Context) -> Decision:
    """A hint only: the record is read before anything is believed."""
    seen = OpportunityNoticed(opportunity_id=command.opportunity_id)
    link = Link("salesforce.opportunity", command.opportunity_id)
    return Accept((seen,), (ReadOpportunity(opportunity_id=command.opportunity_id),), links=(link,))


def record(deal: Deal, command: RecordOpportunity, context: Context) -> Decision:
    read = command.opportunity
    if deal.opportunity is None:
        opens = read.stage in context.playbook.stages.listen_from
        return owning.begin(deal, read, context) if opens else NOTHING
    # Salesforce tells the second only: two changes within one are told apart by what they say.
    if read.modified_at < deal.opportunity.modified_at:
        return NOTHING
    changed = () if read == deal.opportunity else (OpportunityChanged(opportunity=read),)
    followed = owning.follow(deal, read, changed, context)
    if not isinstance(followed, Accept) or not followed.facts or not deal.approvals.asked:
        return followed
    return replace(followed, deadlines=(*followed.deadlines, weighing(deal.id, context.now)))


def bind(deal: Deal, command: BindChannels, context: Context) -> Decision:
    ours = ChannelBound(channel=command.channel, name=command.name, shared=False)
    links = [Link("slack.channel", command.channel)]
    shown = (PostCard(), *_stand_in(deal))
    if not command.shared or command.shared == deal.opening.shared_channel:
        return Accept((ours,), (*shown, *moving.arrived(deal)), tuple(links))
    theirs = ChannelBound(channel=command.shared, name="", shared=True)
    links.append(Link("slack.channel", command.shared))
    return Accept((ours, theirs), (*shown, Introduce(channel=command.shared)), tuple(links))


def record_card(deal: Deal, command: RecordCard, context: Context) -> Decision:
    link = Link("slack.card", f"{command.channel}:{command.ts}")
    return Accept((CardPosted(channel=command.channel, ts=command.ts),), links=(link,))


def record_introduction(deal: Deal, command: RecordIntroduction, context: Context) -> Decision:
    """Somebody may have answered before we knew that it stands."""
    posted = IntroductionPosted(channel=command.channel, ts=command.ts)
    return Accept((posted,), (ReadSince(channel=command.channel, ts=command.ts),))


def _stand_in(deal: Deal) -> tuple[PostNote, ...]:
    """Whoever reads the card learns why it is not the owner's."""
    if not deal.opening.stands_in or deal.opportunity is None:
        return ()
    words = {"rep": deal.opening.rep, "email": deal.opportunity.owner_email}
    return (PostNote(about="rep.stands_in", words=words),)
