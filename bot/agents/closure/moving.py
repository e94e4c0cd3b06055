"""When others can read in the deal's own channel: stop there at once, clear it, open another, go on there."""

from bot.streams.deal.deal import Deal
from bot.streams.deal.moving import (
    ChannelLooked,
    ChannelOpened,
    NoticeReaders,
    PostPutOff,
    PutPostOff,
    RecordReaders,
    Why,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.effects import (
    Effect,
    EnsureChannel,
    LeaveChannel,
    LookAtChannel,
    PostPackage,
    PostPlan,
    PostSignal,
)
from bot.streams.person.person import Task
from bot.streams.tell import offer


def notice(deal: Deal, command: NoticeReaders, context: Context) -> Decision:
    if command.channel != deal.opening.channel:
        return NOTHING
    if command.why is not None:
        return _move(deal, command.why, context)
    looked = ChannelLooked(channel=command.channel, user=command.user)
    return Accept((looked,), (LookAtChannel(channel=command.channel, user=command.user),))


def record(deal: Deal, command: RecordReaders, context: Context) -> Decision:
    """By then the card may have moved already."""
    if command.why is None or command.channel != deal.opening.channel:
        return NOTHING
    return _move(deal, command.why, context)


def put_off(deal: Deal, command: PutPostOff, context: Context) -> Decision:
    """Owed again behind what opens the new channel; the first that saw the open one moves the card, too."""
    mark, again = PostPutOff(post=command.post.kind), _again(command.post)
    if not command.channel or command.channel != deal.opening.channel:
        return Accept((mark,), (again,))
    moved = _move(deal, "shared", context)
    return Accept((*moved.facts, mark), (*moved.effects, again))


def arrived(deal: Deal) -> tuple[Effect, ...]:
    """In the new channel: what the old one had of weight, and a word to the owner."""
    if not deal.opening.left:
        return ()
    old = deal.opening.left[-1]
    words = Task(
        id=f"{deal.id}:moved-{old}",
        deal=deal.id,
        kind="channel_moved",
        about=old,
        title=f"The card has moved: {deal.customer}",
    )
    signals, version = deal.signals.detected, deal.package.version
    shown: list[Effect] = [PostSignal(no=signals[-1].no)] if signals else []
    if deal.package.current is not None:
        planned = deal.approvals.planned
        shown.append(PostPackage(version=version))
        shown += [PostPlan(version=version)] if planned and planned.version == version else []
    return (*shown, offer(deal.opening.rep, words))


def _move(deal: Deal, why: Why, context: Context) -> Accept:
    opening = deal.opening
    opened = ChannelOpened(channel=opening.channel, card_ts=opening.card_ts, why=why, at=context.now)
    leave = LeaveChannel(channel=opening.channel, card_ts=opening.card_ts)
    return Accept((opened,), (leave, EnsureChannel()))


def _again(post: Effect) -> Effect:
    return post.model_copy(update={"put_off": post.put_off + 1})
