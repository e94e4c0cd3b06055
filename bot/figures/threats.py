"""How dangerous a competitor is by what was lost to it, and what goes with winning: or that nobody can say."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from bot.figures.chances import against, wilson
from bot.playbook.positioning import Positioning
from bot.streams.deal.standing import Level, Threat
from bot.streams.decision import PastDeal

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`won` of `of`; the share and its interval in basis points. Not `known`: too few to say."""

    known: bool
    won: int
    of: int
    share: int = 0
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Put:
    """Deals in which a topic was put forward beside those in which it was not. `tells`: they differ by more than
    chance alone explains. It shows what goes together, not what causes it."""

    topic: str
    with_it: Rate
    without: Rate
    tells: bool


def rate(deals: Sequence[PastDeal], rules: Positioning) -> Rate:
    won, of = sum(deal.won for deal in deals), len(deals)
    if of < rules.at_least:
        return Rate(False, won, of)
    low, high = wilson(won / of, of, rules.z_thousandths / 1000)
    return Rate(True, won, of, round(won * WHOLE / of), round(low * WHOLE), round(high * WHOLE))


def threat(name: str, industry: str, past: Sequence[PastDeal], rules: Positioning) -> Threat:
    """In the industry where enough were met, else in all."""
    met = against(name, past)
    here = tuple(deal for deal in met if industry and deal.industry == industry)
    segment = industry if len(here) >= rules.at_least else ""
    counted = here if segment else met
    found = rate(counted, rules)
    lost = found.of - found.won
    if not found.known:
        return Threat(level="unknown", segment=segment, lost=lost, of=found.of)
    low, high = WHOLE - found.high, WHOLE - found.low
    level = level_of(low, high, rules)
    return Threat(level=level, segment=segment, lost=lost, of=found.of, share=WHOLE - found.share, low=low, high=high)


def level_of(low: int, high: int, rules: Positioning) -> Level:
    """By the interval of the share that is lost, in basis points."""
    if low >= rules.high_from:
        return "high"
    return "low" if high <= rules.low_to else "medium"


def topics_of(deal: PastDeal) -> frozenset[str]:
    """What was put forward in it, as Salesforce keeps it."""
    return frozenset(part.strip() for part in deal.positioning.split(";") if part.strip())


def put_forward(name: str, past: Sequence[PastDeal], rules: Positioning) -> tuple[Put, ...]:
    """Each topic against that competitor, or against all where no name is given; the clearest first."""
    met = against(name, past) if name else tuple(deal for deal in past if deal.competitor)
    found = []
    for topic in rules.topics:
        with_it = rate([deal for deal in met if topic.id in topics_of(deal)], rules)
        without = rate([deal for deal in met if topic.id not in topics_of(deal)], rules)
        found.append(Put(topic.id, with_it, without, _tells(with_it, without, rules)))
    return tuple(sorted(found, key=lambda put: (not put.tells, -put.with_it.of, put.topic)))


def _tells(one: Rate, other: Rate, rules: Positioning) -> bool:
    if not one.known or not other.known:
        return False
    spread = sqrt(sum(r.share * (WHOLE - r.share) / r.of for r in (one, other)))
    return abs(one.share - other.share) > rules.z_thousandths / 1000 * spread
