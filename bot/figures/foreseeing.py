"""From earlier negotiations to what this customer will ask for, and the cheapest answer that history shows accepted."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.playbook.clauses import Clause
from bot.playbook.schema import Playbook
from bot.streams.deal.foreseen import Foreseen, Habits
from bot.streams.decision import Demand, Objection, Reads

DEAL, OWN_PAPER, DOCUMENT = "deal", "own-paper", "document:"  # what a demand may be about, beside a clause
WHOLE = 10_000


def foreseen(reads: Reads, industry: str, playbook: Playbook) -> tuple[Foreseen, ...]:
    """In the order of the ladder. What the customer itself signed counts before what its industry does."""
    found = (_own(clause, reads.demands) or _usual(clause, reads, industry, playbook) for clause in playbook.clauses)
    return tuple(each for each in found if each is not None)


def habits(demands: Iterable[Demand]) -> Habits:
    """Oldest first, as they are read."""
    told = tuple(demands)
    return Habits(
        deals=sum(each.about == DEAL for each in told),
        own_paper=sum(each.about == OWN_PAPER for each in told),
        documents={
            each.about.removeprefix(DOCUMENT): date.fromisoformat(each.on)
            for each in told
            if each.about.startswith(DOCUMENT)
        },
    )


def because(told: Foreseen) -> str:
    """Such as "6 of 8 customers in Logistics objected, 5 of these signed this or less"."""
    if told.signed_on is not None:
        return f"they signed it in their deal of {told.signed_on:%-d %b %Y}"
    of = f"{told.asked} of {told.deals} customers in {told.industry or 'no industry'} objected"
    return f"{of}, {told.signed} of these signed this or less"


def answers(told: Iterable[Foreseen]) -> dict[str, tuple[str, str]]:
    """Clause -> the rung that answers beforehand, and why."""
    return {each.clause: (each.rung, because(each)) for each in told}


def _own(clause: Clause, demands: Iterable[Demand]) -> Foreseen | None:
    """What they signed last, after they had asked for something else."""
    signed = [each for each in demands if each.about == clause.key and each.signed and clause.rung(each.given)]
    if not signed:
        return None
    return Foreseen(clause=clause.key, rung=signed[-1].given, signed_on=date.fromisoformat(signed[-1].on))


def _usual(clause: Clause, reads: Reads, industry: str, playbook: Playbook) -> Foreseen | None:
    """None when too few objected to say anything, or nobody's yes shows an answer."""
    rules = playbook.negotiation
    deals = sum(each.count for each in reads.objections if each.about == DEAL)
    asked = sum(each.count for each in reads.objections if each.about == clause.key)
    if asked < rules.at_least or asked * WHOLE < rules.objected * deals:
        return None
    for rung, signed in _taken(clause, reads.objections):
        if signed * WHOLE >= rules.accepted * asked:
            found = {"clause": clause.key, "rung": rung, "industry": industry}
            return Foreseen(**found, deals=deals, asked=asked, signed=signed)
    return None


def _taken(clause: Clause, objections: Iterable[Objection]) -> Iterator[tuple[str, int]]:
    """From the cheapest rung down, how many signed it or a cheaper one."""
    told = tuple(objections)
    signed = 0
    for rung in clause.rungs:
        signed += sum(each.count for each in told if (each.about, each.given) == (clause.key, rung.key))
        yield rung.key, signed
