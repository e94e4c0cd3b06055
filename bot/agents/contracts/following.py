"""What came back of a delivery, and what follows: a person is told, and sends each follow-up herself or not at all."""

from bot.agents.contracts.delivering import FOLLOW_UP, waiting
from bot.streams.deal.deal import Deal
from bot.streams.deal.delivery import (
    AnswerFollowUp,
    Because,
    FollowUpAnswered,
    FollowUpProposed,
    MailNoticed,
    NoticeMail,
    ProposeFollowUp,
    What,
)
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Refuse
from bot.streams.delivery_effects import MailPackage, RefreshDelivery
from bot.streams.effects import Effect, PostNote

TOLD_ONCE: tuple[What, ...] = ("opened", "forwarded", "replied", "bounced", "away")


def notice(deal: Deal, command: NoticeMail, context: Context) -> Decision:
    """Opened or answered by somebody else than whom it was sent to: they passed it on."""
    made = deal.delivery.made
    if made is None:
        return NOTHING
    who = command.who.casefold().strip()
    stranger = who and who != made.to_email.casefold() and command.what in ("opened", "replied")
    whats: list[What] = ["forwarded"] if stranger else []
    whats += [] if stranger and command.what == "opened" else [command.what]
    facts = tuple(MailNoticed(what=what, who=who, at=command.at) for what in whats)
    if all(fact in deal.delivery.noticed for fact in facts):
        return NOTHING
    first = [what for what in whats if what in TOLD_ONCE and not deal.delivery.noticed_since(what)]
    notes: list[Effect] = [PostNote(about=f"delivery.{what}", words={"who": who}) for what in first]
    return _acted(deal, facts, [RefreshDelivery(), *notes], first, context)


def propose(deal: Deal, command: ProposeFollowUp, context: Context) -> Decision:
    """Nothing after an answer, with a signature on its way, for a deal that is over, or of a package that is another
    by now."""
    stages = context.playbook.stages
    over = deal.opportunity is not None and deal.opportunity.stage in (stages.won, stages.lost)
    if over or not _waits(deal) or deal.package.version != command.version:
        return NOTHING
    because: Because = "opened" if deal.delivery.noticed_since("opened") else "ignored"
    proposed = _proposed(deal, because, context)
    if proposed is None:
        return NOTHING
    return Accept((proposed,), (RefreshDelivery(), PostNote(about=f"follow_up.{because}")))


def answer(deal: Deal, command: AnswerFollowUp, context: Context) -> Decision:
    proposed = deal.delivery.open_proposal
    if proposed is None or proposed.number != command.number:
        return Refuse("delivery.answered")
    answered = FollowUpAnswered(number=command.number, sends=command.send, by=command.actor, at=context.now)
    if not command.send:
        return Accept((answered,), (RefreshDelivery(),))
    if command.seen != proposed.letter.seen:
        return Refuse("package.changed")
    if any(stop.system in ("all", "mail") for stop in context.reads.stops) or deal.opening.paused is not None:
        return Refuse("system.paused")
    return Accept((answered,), (MailPackage(number=command.number, seen=command.seen), RefreshDelivery()))


def _acted(
    deal: Deal, facts: tuple[MailNoticed, ...], effects: list[Effect], first: list[What], context: Context
) -> Accept:
    """Who answers or cannot be reached is left alone; who opened it is asked soon; new readers are met at once."""
    if "replied" in first or "bounced" in first:
        return Accept(facts, tuple(effects), deadlines=(Deadline(FOLLOW_UP),))
    if "forwarded" in first and _waits(deal) and (proposed := _proposed(deal, "forwarded", context)):
        return Accept((*facts, proposed), (*effects, PostNote(about="follow_up.forwarded")))
    if "opened" in first and _waits(deal):
        soon = waiting(deal, context.playbook.deliveries.opened_days, context)
        return Accept(facts, tuple(effects), deadlines=(soon,))
    return Accept(facts, tuple(effects))


def _waits(deal: Deal) -> bool:
    delivery = deal.delivery
    heard = delivery.noticed_since("replied") or delivery.noticed_since("bounced")
    return delivery.made is not None and not heard and deal.envelope.sent is None and delivery.open_proposal is None


def _proposed(deal: Deal, because: Because, context: Context) -> FollowUpProposed | None:
    number = (deal.delivery.proposed.number if deal.delivery.proposed else 0) + 1
    drafted = deal.delivery.drafted
    letter = next((f.letter for f in drafted.follow_ups if f.because == because), None) if drafted else None
    if letter is None or number > context.playbook.deliveries.most_follow_ups:
        return None
    return FollowUpProposed(number=number, because=because, letter=letter, at=context.now)
