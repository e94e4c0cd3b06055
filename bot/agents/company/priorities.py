"""The few places of critical deals: one stream gives them, so that there are never more than the playbook says."""

from collections.abc import Iterator

from bot.figures.critical import chosen, ranked
from bot.streams.company.company import Company
from bot.streams.company.priorities import (
    Claim,
    ClaimPriority,
    EndPriority,
    PlaceClaimed,
    PlaceEnded,
    PlaceFact,
    PlaceGiven,
    PlaceYielded,
    Priorities,
    apply,
)
from bot.streams.deal.priority import GivePriority, YieldPriority
from bot.streams.decision import NOTHING, Accept, Command, Context, Decision
from bot.streams.effects import Effect, Tell
from bot.streams.ids import SYSTEM


def claim(company: Company, command: ClaimPriority, context: Context) -> Decision:
    """Who stands higher than the lowest takes its place; of the same rank, who has it keeps it."""
    asked = command.claim
    if company.priorities.claim(asked.deal) == asked:
        return NOTHING
    return _settled(company, PlaceClaimed(claim=asked), context)


def end(company: Company, command: EndPriority, context: Context) -> Decision:
    """A place that becomes free goes to the next who waits."""
    if company.priorities.claim(command.deal) is None:
        return NOTHING
    return _settled(company, PlaceEnded(deal=command.deal, why=command.why, at=context.now), context)


def erased(company: Company, stream: str, context: Context) -> Accept:
    """A deal that is erased can give nothing back itself."""
    if company.priorities.claim(stream) is None:
        return NOTHING
    return _settled(company, PlaceEnded(deal=stream, why="closed", at=context.now), context)


def _settled(company: Company, first: PlaceFact, context: Context) -> Accept:
    state = apply(company.priorities, first)
    facts = tuple(_moves(state, context))
    effects = tuple(effect for fact in facts for effect in _told(fact, state, context))
    return Accept((first, *facts), effects)


def _moves(state: Priorities, context: Context) -> Iterator[PlaceGiven | PlaceYielded]:
    """What has to change so that the highest have the places: who yields is told to whom, the lowest first."""
    best = chosen(state.claims, context.playbook.critical.at_most)
    fresh = [each for each in best if not state.holds(each.deal)]
    best_deals = {each.deal for each in best}
    out = [each for each in reversed(ranked(state.claims)) if state.holds(each.deal) and each.deal not in best_deals]
    for at, each in enumerate(out):
        to = fresh[min(at, len(fresh) - 1)] if fresh else best[-1]
        yield PlaceYielded(deal=each.deal, to=to.deal, at=context.now)
    for at, each in enumerate(fresh):
        over = out[at].deal if at < len(out) else ""
        yield PlaceGiven(deal=each.deal, over=over, at=context.now)


def _told(fact: PlaceGiven | PlaceYielded, state: Priorities, context: Context) -> Iterator[Effect]:
    """Both deals, and so both owners: each reads who and why."""
    if isinstance(fact, PlaceGiven):
        before = state.claim(fact.over) if fact.over else None
        customer = before.customer if before else ""
        yield _tell(GivePriority(stream_id=fact.deal, actor=SYSTEM, over=customer))
        return
    mine, theirs = state.claim(fact.deal), state.claim(fact.to)
    if mine is not None and theirs is not None:
        why = _why(mine, theirs, context)
        yield _tell(YieldPriority(stream_id=fact.deal, actor=SYSTEM, to=theirs.customer, why=why))


def _why(mine: Claim, theirs: Claim, context: Context) -> str:
    """In words: by what the other stands higher."""
    most = str(context.playbook.critical.at_most)
    if theirs.score > mine.score:
        words = {"most": most, "mine": str(mine.score), "theirs": str(theirs.score)}
        return context.playbook.word("critical.higher", words)
    return context.playbook.word("critical.sooner", {"most": most})


def _tell(command: Command) -> Tell:
    return Tell(stream_id=command.stream_id, command=type(command).__name__, body=command.model_dump(mode="json"))
