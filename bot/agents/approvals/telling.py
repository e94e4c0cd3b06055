"""The customer is told how far we are, as somebody of ours read it a moment ago."""

from bot.figures.progress import for_customer
from bot.streams.deal.deal import Deal
from bot.streams.deal.progress import ProgressShared, ShareProgress
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.ids import digest
from bot.streams.progress_effects import PostProgress


def share(deal: Deal, command: ShareProgress, context: Context) -> Decision:
    """What changed meanwhile is read anew before it goes; the same is told once."""
    if deal.opening.paused is not None:
        return Refuse("deal.already_paused")
    if not deal.opening.shared_channel or not deal.approvals.asked or deal.envelope.sent is not None:
        return Refuse("command.stale")
    text = for_customer(deal, context.now, context.playbook)
    if digest(text) != command.seen:
        return Refuse("progress.changed")
    if deal.progress.shared and deal.progress.shared[-1].text == text:
        return Refuse("progress.told")
    no = len(deal.progress.shared) + 1
    told = ProgressShared(no=no, text=text, by=command.actor, at=context.now)
    return Accept((told,), (PostProgress(no=no),))
