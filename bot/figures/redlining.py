"""From two readings of a contract to rated changes, each with the cheapest answer that history or the ladder has."""

from collections.abc import Iterable, Mapping

from bot.figures.conditions import Facts
from bot.figures.conflicts import broken_by, said_of
from bot.figures.passages import Difference, Passage, differences
from bot.figures.rating import Rating, rate
from bot.playbook.clauses import Clause
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import ClauseUse
from bot.streams.deal.foreseen import Foreseen
from bot.streams.deal.redlines import LONGEST, Change

PREFERRED = "preferred"


def changes(
    ours: Iterable[Passage],
    theirs: Iterable[Passage],
    playbook: Playbook,
    stands: Iterable[ClauseUse] = (),
    foreseen: Iterable[Foreseen] = (),
    facts: Facts | None = None,
) -> tuple[Change, ...]:
    """`stands` are the rungs of the contract that came back; without them ours is taken for what we prefer. By `facts`
    of the deal the law is asked about their wording."""
    now = {use.clause: use.rung for use in stands}
    shown = {each.clause: each.rung for each in foreseen}
    found = differences(ours, theirs)
    made = (_change(no, each, playbook, now, shown) for no, each in enumerate(found, 1))
    return tuple(made) if facts is None else tuple(_lawful(change, facts, playbook) for change in made)


def _lawful(change: Change, facts: Facts, playbook: Playbook) -> Change:
    broken = broken_by(change.theirs, change.clause, facts, playbook)
    return change.model_copy(update={"laws": said_of(broken)}) if broken else change


def _change(no: int, found: Difference, playbook: Playbook, now: Mapping[str, str], shown: Mapping[str, str]) -> Change:
    rating = rate(found.ours, found.theirs, playbook)
    clause = next((clause for clause in playbook.clauses if clause.key == rating.clause), None)
    return Change(
        no=no,
        kind=found.kind,
        number=found.number,
        ours=found.ours[:LONGEST],
        theirs=found.theirs[:LONGEST],
        clause=rating.clause,
        standing=rating.standing,
        risk=rating.risk,
        granted_by=rating.granted_by,
        counter=_counter(rating, clause, now, shown) if clause else "",
        by_terms=clause is not None and any(rung.when for rung in clause.rungs),
    )


def _counter(rating: Rating, clause: Clause, now: Mapping[str, str], shown: Mapping[str, str]) -> str:
    """What history shows accepted, else the next rung; never as far as they ask, never above what stands. What the
    deal's terms set stays as it is."""
    keys: list[str] = [rung.key for rung in clause.rungs]
    stands = _at(keys, now.get(clause.key, PREFERRED))
    if rating.standing == "unread" or any(rung.when for rung in clause.rungs):
        return keys[stands]
    asked = _at(keys, rating.standing) if rating.standing in keys else len(keys)
    wanted = _at(keys, shown[clause.key]) if clause.key in shown else stands + 1
    return keys[max(stands, min(wanted, asked - 1, len(keys) - 1))] if asked > stands else keys[stands]


def _at(keys: list[str], rung: str) -> int:
    return keys.index(rung) if rung in keys else 0


def title_of(change: Change, playbook: Playbook) -> str:
    """The ladder's name of the clause, or what kind of place it is."""
    clause = clause_of(change, playbook)
    return clause.title if clause else "Another clause"


def clause_of(change: Change, playbook: Playbook) -> Clause | None:
    return next((clause for clause in playbook.clauses if clause.key == change.clause), None)
