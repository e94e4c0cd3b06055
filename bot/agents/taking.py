"""A step that waited for a person, and what it begins once she says so."""

from collections.abc import Callable, Mapping

from bot.agents.closure import drafting
from bot.agents.signature import sending
from bot.figures.autonomy import level
from bot.playbook.permissions import Step
from bot.streams.deal.deal import Deal
from bot.streams.deal.steps import StepHeld, StepTaken, TakeStep
from bot.streams.decision import Accept, Context, Decision, Fact, Refuse
from bot.streams.effects import CloseOpportunity, Effect, StartApprovals, StartFinance, StartHandoff, StartLearning

Begun = tuple[tuple[Fact, ...], tuple[Effect, ...]]
NONE: Begun = ((), ())


def take(deal: Deal, command: TakeStep, context: Context) -> Decision:
    """Refused when the deal went another way meanwhile, and where the company wants a suggestion only."""
    held = deal.steps.of(command.step)
    if held is None or held.about != command.about:
        return Refuse("step.none")
    if level(command.step, context) == "suggest":
        return Refuse("step.only_suggested")
    facts, effects = BEGINS[command.step](deal, held, context)
    if not effects:
        return Refuse("step.none")
    return Accept((StepTaken(step=command.step, by=command.actor, at=context.now), *facts), effects)


def _draft(deal: Deal, held: StepHeld, context: Context) -> Begun:
    yes = deal.signals.yes
    return drafting.begin(deal, yes, context) if yes is not None and deal.package.version == 0 else NONE


def _plan(deal: Deal, held: StepHeld, context: Context) -> Begun:
    made, planned = deal.package.current, deal.approvals.planned
    stale = made is None or made.hash != held.about or (planned is not None and planned.version == made.version)
    return NONE if stale or made is None else ((), (StartApprovals(version=made.version),))


def _remind(deal: Deal, held: StepHeld, context: Context) -> Begun:
    return sending.reminder(deal, int(held.about), context)


def _close(deal: Deal, held: StepHeld, context: Context) -> Begun:
    ready = deal.envelope.sealed is not None and deal.books.won is None
    return ((), (CloseOpportunity(),)) if ready else NONE


def _book(deal: Deal, held: StepHeld, context: Context) -> Begun:
    ready = deal.envelope.sealed is not None and deal.books.plan is None
    return ((), (StartFinance(),)) if ready else NONE


def _hand_over(deal: Deal, held: StepHeld, context: Context) -> Begun:
    ready = deal.books.won is not None and deal.handoff.offered is None
    return ((), (StartHandoff(),)) if ready else NONE


def _celebrate(deal: Deal, held: StepHeld, context: Context) -> Begun:
    ready = deal.books.won is not None and deal.handoff.win is None
    return ((), (StartLearning(),)) if ready else NONE


def _nothing(deal: Deal, held: StepHeld, context: Context) -> Begun:
    return NONE


# What is sent, signed, voided, paid or deleted has a press of its own, with a hash: never this one.
BEGINS: Mapping[Step, Callable[[Deal, StepHeld, Context], Begun]] = {
    **{step: _nothing for step in Step},
    Step.DRAFT_PACKAGE: _draft,
    Step.PLAN_APPROVALS: _plan,
    Step.REMIND_SIGNER: _remind,
    Step.CLOSE_OPPORTUNITY: _close,
    Step.BOOK_FINANCE: _book,
    Step.OFFER_HANDOFF: _hand_over,
    Step.POST_WIN: _celebrate,
}
