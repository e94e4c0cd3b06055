"""A yes at other terms: the rep offers them by a click, and what she said yes to need not be asked of her again."""

from bot.agents.approvals import asking
from bot.agents.approvals.asking import numbered
from bot.agents.approvals.deciding import decidable
from bot.figures.frame import frame_of
from bot.streams.deal.asking_back import ApproveAt, CounterLeft, CounterMade, LeaveCounter
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.package import Terms
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.person.person import Task
from bot.streams.tell import close, offer, show_again

FIELDS = {"discount": "discount", "payment": "payment_days"}


def approve_at(deal: Deal, command: ApproveAt, context: Context) -> Decision:
    """Only what is better for us than what is asked, of what the request is about; anything else is a new price."""
    found = decidable(deal, command, context)
    if isinstance(found, Refuse):
        return found
    approval, _ = found
    made, terms = deal.package.current, deal.package.terms
    field = FIELDS.get(approval.kind)
    if field is None or made is None or terms is None:
        return Refuse("counter.no_price")
    wanted = command.discount if field == "discount" else command.payment_days
    if wanted is None or not 0 <= wanted < approval.asked:
        return Refuse("counter.not_better", field=field)
    before = deal.asking_back.offered(made.version)
    fact = CounterMade(
        no=len(deal.asking_back.counters) + 1,
        approval=approval.id,
        about=approval.kind,
        by=command.actor,
        version=made.version,
        terms=_terms(terms.terms, made.contract, field, wanted),
        frame=frame_of(made.contract, approval.kind),
        reason=command.reason.strip(),
        at=context.now,
    )
    older = (close(deal.opening.rep, task(deal, before).id),) if before else ()
    return Accept(
        (fact,),
        (*older, offer(deal.opening.rep, task(deal, fact)), show_again(fact.by, asking.task(deal, approval).id)),
    )


def leave(deal: Deal, command: LeaveCounter, context: Context) -> Decision:
    """It stays as it was asked: she decides that."""
    counter = deal.asking_back.counter(command.no)
    if counter is None or counter.version != deal.package.version:
        return Refuse("package.changed")
    if command.actor != deal.opening.rep:
        return Refuse("risk.not_yours")
    if counter.no in deal.asking_back.left:
        return Refuse("counter.left")
    fact = CounterLeft(no=counter.no, by=command.actor, at=context.now)
    done = close(deal.opening.rep, task(deal, counter).id)
    asked = deal.approvals.approval(counter.approval)
    again = (show_again(counter.by, asking.task(deal, asked).id),) if asked else ()
    return Accept((fact,), (done, *again))


def task(deal: Deal, of: CounterMade) -> Task:
    return numbered(deal, "counter", of.no, f"A yes at other terms: {deal.customer}")


def _terms(stands: Terms, contract: Contract, field: str, wanted: int) -> Terms:
    """As `reprice` makes them of what the rep would type: discount and days as they are, but for one."""
    now = {"discount": contract.quote.discount, "payment_days": contract.quote.payment_days, "scenario": ""}
    return stands.model_copy(update=now | {field: wanted})
