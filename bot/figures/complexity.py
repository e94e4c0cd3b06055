"""How much there is to look at in a deal, in the playbook's points."""

from collections.abc import Iterable

from bot.playbook.approving import Complexity
from bot.streams.deal.contract import ClauseUse

PREFERRED = "preferred"


def points(weights: Complexity, lines: int, entities: int, currencies: int, deviations: int) -> int:
    """Of each line, entity and currency beyond the first, and of each deviation."""
    beyond = (max(lines - 1, 0), max(entities - 1, 0), max(currencies - 1, 0))
    more = beyond[0] * weights.line + beyond[1] * weights.entity + beyond[2] * weights.currency
    return more + deviations * weights.deviation


def deviations(clauses: Iterable[ClauseUse]) -> int:
    """Clauses that are not as we prefer."""
    return sum(1 for use in clauses if use.rung != PREFERRED)
