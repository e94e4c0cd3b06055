"""Whose deal it is: the opportunity's owner, as soon as we know her. Until then it waits, and not for ever."""

from bot.figures import reprice, stuck
from bot.playbook.permissions import Permission
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import DealOpened, NoticeOpportunity, OwnerAwaited, RepChanged
from bot.streams.deal.opportunity import Opportunity
from bot.streams.decision import Accept, Context, Deadline, Decision, Fact
from bot.streams.effects import AddToChannel, Effect, EnsureChannel, PostNote
from bot.streams.ids import SYSTEM
from bot.streams.tell import close, offer


def begin(deal: Deal, read: Opportunity, context: Context) -> Decision:
    """With its owner; when nobody has that address after the playbook's patience, with whoever may send a contract."""
    if owner := _owner(read.owner_email, context):
        return _opened(read, owner, context, stands_in=False)
    awaited = deal.opening.awaited
    over = awaited is not None and context.now - awaited.at >= context.playbook.ownership.patience
    if over and (substitute := _substitute(context)):
        return _opened(read, substitute, context, stands_in=True, deadlines=(_again(deal, read, context),))
    return Accept(_awaited(deal, read, context), deadlines=(_again(deal, read, context),))


def follow(deal: Deal, read: Opportunity, facts: tuple[Fact, ...], context: Context) -> Decision:
    """Salesforce's owner is the rep, also when she becomes known later or changes; who sold it keeps what is closed."""
    owner, stages = _owner(read.owner_email, context), context.playbook.stages
    if read.stage in (stages.won, stages.lost) or (owner == deal.opening.rep and not deal.opening.stands_in):
        return Accept(facts)
    if not owner:
        waiting = (*facts, *_awaited(deal, read, context))
        return Accept(waiting, deadlines=(_again(deal, read, context),))
    changed = RepChanged(rep=owner, before=deal.opening.rep, at=context.now)
    return Accept((*facts, changed), tuple(_handed_on(deal, owner)), deadlines=(Deadline("owner.look"),))


def _opened(
    read: Opportunity, rep: str, context: Context, stands_in: bool, deadlines: tuple[Deadline, ...] = ()
) -> Accept:
    opened = DealOpened(opportunity=read, rep=rep, stands_in=stands_in)
    return Accept((opened,), (EnsureChannel(),), deadlines=deadlines)


def _handed_on(deal: Deal, rep: str) -> list[Effect]:
    """She can read along, everybody sees who it is now, and what was asked of the one before is asked of her."""
    before = deal.opening.rep
    if rep == before:
        return []
    effects: list[Effect] = []
    if deal.opening.channel:
        effects += [AddToChannel(user=rep), PostNote(about="rep.changed", words={"rep": rep, "before": before})]
    if (task := reprice.waiting(deal)) is not None:
        effects += [close(before, task.id), offer(rep, task)]
    if deal.parked.rows:
        task = stuck.asked(deal, deal.parked)
        effects += [close(before, task.id), offer(rep, task)]
    return effects


def _awaited(deal: Deal, read: Opportunity, context: Context) -> tuple[Fact, ...]:
    """Once for each owner that we do not know."""
    known = deal.opening.awaited
    if known is not None and known.email == read.owner_email:
        return ()
    return (OwnerAwaited(email=read.owner_email, at=context.now),)


def _again(deal: Deal, read: Opportunity, context: Context) -> Deadline:
    """After as long as it has waited already: soon at first, once a day in the end."""
    awaited, rule = deal.opening.awaited, context.playbook.ownership
    mine = awaited is not None and awaited.email == read.owner_email
    waited = context.now - awaited.at if awaited is not None and mine else rule.first_look
    due_at = context.now + min(max(waited, rule.first_look), rule.last_look)
    look = NoticeOpportunity(stream_id=deal.id, actor=SYSTEM, opportunity_id=read.id)
    return Deadline("owner.look", due_at, look)


def _owner(email: str, context: Context) -> str:
    wanted = email.casefold()
    return next((c.person for c in context.reads.colleagues if wanted and c.email == wanted), "")


def _substitute(context: Context) -> str:
    """The first who may send a contract, so that no deal is without somebody."""
    may_send = (c for c in context.reads.colleagues if context.playbook.may(c.groups, Permission.SEND_ENVELOPE))
    return next((c.person for c in may_send), "")
