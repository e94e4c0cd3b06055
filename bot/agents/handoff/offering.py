"""Who takes the customer: offered to the one who fits best, taken or sent back, never left lying."""

from datetime import timedelta

from bot.figures.hours import add_business_hours
from bot.figures.match import Match, match
from bot.streams.customer.customer import WelcomeCustomer
from bot.streams.deal.deal import Deal
from bot.streams.deal.handoff import (
    AcceptHandoff,
    HandoffAccepted,
    HandoffOffered,
    HandoffReturned,
    HandoffUnanswered,
    OfferHandoff,
    ReturnHandoff,
)
from bot.streams.deal.opportunity import Opportunity
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Link, Refuse
from bot.streams.effects import Effect, PostNote, StartHandoff
from bot.streams.ids import SYSTEM
from bot.streams.person.person import Task
from bot.streams.tell import OF_ACCOUNT, close, offer, tell, whoever

ANSWER = "handoff.answer"


def offer_handoff(deal: Deal, command: OfferHandoff, context: Context) -> Decision:
    opportunity, won = deal.opportunity, deal.books.won
    if opportunity is None or won is None or deal.handoff.accepted is not None:
        return NOTHING
    found = _best(deal, opportunity, context)
    if found is None:
        return Refuse("handoff.nobody")
    csm = context.reads.colleague(found.person)
    calendar = context.playbook.calendar_of(csm.time_zone if csm else context.playbook.company.time_zone)
    hours = timedelta(hours=context.playbook.handoff.accept_within_hours)
    offered = HandoffOffered(
        no=len(deal.handoff.returned) + 1,
        csm=found.person,
        name=found.name,
        why=found.why,
        by_when=add_business_hours(context.now, hours, calendar),
        at=context.now,
    )
    late = HandoffUnanswered(stream_id=deal.id, actor=SYSTEM)
    return Accept((offered,), (_ask(deal, offered),), deadlines=(Deadline(ANSWER, offered.by_when, late),))


def accept(deal: Deal, command: AcceptHandoff, context: Context) -> Decision:
    offered, opportunity = deal.handoff.offered, deal.opportunity
    if (no := _not_this(deal, command)) is not None or offered is None or opportunity is None:
        return no or Refuse("handoff.none")
    welcome = WelcomeCustomer(
        stream_id=whoever("customer"),
        actor=SYSTEM,
        account_id=opportunity.account.id,
        deal=deal.id,
        csm=offered.csm,
        starts_on=opportunity.starts_on,
        promises=deal.signals.promises,
    )
    effects: tuple[Effect, ...] = (
        close(offered.csm, task_id(deal, offered)),
        tell(Link(OF_ACCOUNT, opportunity.account.id), "customer", welcome),
        PostNote(about="handoff.accepted", words={"person": offered.csm}),
    )
    return Accept((HandoffAccepted(csm=offered.csm, at=context.now),), effects, deadlines=(Deadline(ANSWER),))


def send_back(deal: Deal, command: ReturnHandoff, context: Context) -> Decision:
    offered = deal.handoff.offered
    if (no := _not_this(deal, command)) is not None or offered is None:
        return no or Refuse("handoff.none")
    if not command.reason.strip():
        return Refuse("reason.missing", field="reason")
    return _returned(deal, offered, command.reason.strip(), context)


def unanswered(deal: Deal, command: HandoffUnanswered, context: Context) -> Decision:
    """Nobody is stuck: the next one is asked, and the first one's request goes."""
    offered = deal.handoff.offered
    if offered is None or deal.handoff.accepted is not None:
        return NOTHING
    return _returned(deal, offered, context.playbook.word("handoff.unanswered"), context)


def task_id(deal: Deal, offered: HandoffOffered) -> str:
    return f"{deal.id}:handoff-{offered.no}"


def _returned(deal: Deal, offered: HandoffOffered, reason: str, context: Context) -> Accept:
    back = HandoffReturned(csm=offered.csm, at=context.now, reason=reason)
    note = PostNote(about="handoff.returned", words={"person": offered.csm, "reason": reason})
    return Accept(
        (back,), (close(offered.csm, task_id(deal, offered)), note, StartHandoff()), deadlines=(Deadline(ANSWER),)
    )


def _best(deal: Deal, opportunity: Opportunity, context: Context) -> Match | None:
    """Of those who have not sent it back; when all have, the best one is asked again."""
    handoff = context.playbook.handoff
    csms = tuple(c for c in context.reads.colleagues if handoff.group in c.groups)
    ranked = match(opportunity.account.industry, csms, handoff)
    refused = {back.csm for back in deal.handoff.returned}
    return next((m for m in ranked if m.person not in refused), ranked[0] if ranked else None)


def _ask(deal: Deal, offered: HandoffOffered) -> Effect:
    task = Task(
        id=task_id(deal, offered),
        deal=deal.id,
        kind="handoff",
        about=str(offered.no),
        seen=deal.books.won.executed_hash if deal.books.won else "",
        title=f"Take over: {deal.customer}",
        by_when=offered.by_when,
    )
    return offer(offered.csm, task)


def _not_this(deal: Deal, command: AcceptHandoff | ReturnHandoff) -> Refuse | None:
    handoff = deal.handoff
    if handoff.offered is None or deal.books.won is None:
        return Refuse("handoff.none")
    if command.actor != handoff.offered.csm:
        return Refuse("handoff.not_yours")
    if handoff.accepted is not None or any(back.csm == command.actor for back in handoff.returned[-1:]):
        return Refuse("handoff.answered")
    return None if command.seen == deal.books.won.executed_hash else Refuse("command.stale")
