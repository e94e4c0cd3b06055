"""A deal's approvals are looked at as things happen: its rep is warned once of each level, and may do something."""

from datetime import datetime, timedelta

from bot.agents.approvals.asking import look_at
from bot.agents.approvals.escalating import ask_sooner
from bot.agents.approvals.foretelling import Foretold, deadline_of, foretold
from bot.agents.approvals.reminding import remind_now
from bot.figures.deadline_risk import WHOLE
from bot.streams.deal.deal import Deal
from bot.streams.deal.risks import LookAtRisk, Mitigate, RiskMitigated, RiskOver, RiskSeen
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Fact, Refuse
from bot.streams.effects import Effect
from bot.streams.ids import SYSTEM
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def look(deal: Deal, command: LookAtRisk, context: Context) -> Decision:
    """What is over is told apart by whether it held; what is under way is told of when its level changes."""
    planned, state = deal.approvals.planned, deal.approvals
    ended = planned is None or not state.open or bool(state.refused) or deal.signals.yes is None
    if ended or (deal.risks.open and planned and deal.risks.open[-1].planned_at != planned.at):
        return _over(deal, context, again=not ended)
    assert planned is not None
    again = context.now + timedelta(minutes=context.playbook.risks.look_minutes)
    looks = (Deadline("risk", again, LookAtRisk(stream_id=deal.id, actor=SYSTEM)),)
    before = deal.risks.open
    deadline = before[-1].deadline if before else deadline_of(deal, context)
    found = foretold(deal, deadline, context)
    if found is None or deal.opening.paused is not None:
        return Accept((), deadlines=looks)
    fact = _seen(deal, found, deadline, context)
    if before and before[-1].level == fact.level:
        return Accept((), deadlines=looks)
    return Accept((fact,), _warning(deal, fact), deadlines=looks)


def _seen(deal: Deal, found: Foretold, deadline: datetime, context: Context) -> RiskSeen:
    planned, book = deal.approvals.planned, context.playbook.risks
    assert planned is not None
    chance = round(found.chance * WHOLE)
    level = book.level(chance)
    worst = max((book.rank(each.level) for each in deal.risks.open if each.told), default=0)
    return RiskSeen(
        no=len(deal.risks.seen) + 1,
        planned_at=planned.at,
        deadline=deadline,
        chance=chance,
        level=level,
        weakest=found.weakest.id,
        factors=found.factors,
        told=book.warns(level) and book.rank(level) > worst,
        at=context.now,
    )


def _warning(deal: Deal, fact: RiskSeen) -> tuple[Effect, ...]:
    """Each level once; the warning before it is taken back."""
    if not fact.told:
        return ()
    older = tuple(close(deal.opening.rep, task(deal, each).id) for each in deal.risks.open if each.told)
    return (*older, offer(deal.opening.rep, task(deal, fact)))


def task(deal: Deal, of: RiskSeen) -> Task:
    return Task(
        id=f"{deal.id}:risk-{of.no}",
        deal=deal.id,
        kind="risk",
        about=str(of.no),
        seen=str(len(deal.risks.mitigated)),
        title=f"It may become late: {deal.customer}",
    )


def _over(deal: Deal, context: Context, again: bool) -> Decision:
    last = deal.risks.open[-1] if deal.risks.open else None
    if last is None:
        return NOTHING
    done = not deal.approvals.open and not deal.approvals.refused and not again
    ends = max((g.at for g in deal.approvals.granted), default=context.now)
    fact = RiskOver(planned_at=last.planned_at, held=ends <= last.deadline if done else None, at=context.now)
    closed = tuple(close(deal.opening.rep, task(deal, each).id) for each in deal.risks.open if each.told)
    return Accept((fact,), closed, deadlines=(look_at(deal, context),) if again else ())


def mitigate(deal: Deal, command: Mitigate, context: Context) -> Decision:
    """By the rep, once each way and plan. Nobody gets authority by it: who may is asked of the same rule as ever."""
    about = deal.risks.of(command.no)
    if command.actor != deal.opening.rep:
        return Refuse("risk.not_yours")
    if about is None or about not in deal.risks.open:
        return Refuse("risk.over")
    if deal.risks.done(command.no, command.way):
        return Refuse("risk.done")
    approval = next((a for a in deal.approvals.due if a.id == about.weakest), None)
    if approval is None:
        return Refuse("risk.moved_on")
    by = ask_sooner if command.way == "ask_beside" else remind_now
    found = by(deal, approval, context)
    if found is None:
        return Refuse("risk.nobody" if command.way == "ask_beside" else "risk.reminded")
    to, done = found
    fact: Fact = RiskMitigated(
        no=command.no, way=command.way, approval=approval.id, to=to, by=command.actor, at=context.now
    )
    shown = task(deal, about).model_copy(update={"seen": str(len(deal.risks.mitigated) + 1)})
    effects = (*done.effects, offer(deal.opening.rep, shown))
    return Accept((fact, *done.facts), effects, deadlines=(*done.deadlines, look_at(deal, context)))
