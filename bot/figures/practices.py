"""Short rules of experience on the past deals: what those are worth that are used, and which others are found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.figures.shares import Gap, Share, gap, z_of_many
from bot.playbook.precedents import Finding, Practice, PracticeKind
from bot.streams.decision import PastDeal
from bot.streams.money import percent


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule on all past deals that tell what it asks about: those that keep to it, and the others."""

    practice: Practice
    kept: Share
    others: Share
    gap: Gap


def tried(practice: Practice, ended: Iterable[PastDeal], at_least: int, z: float) -> Tried:
    sides: dict[bool, list[bool]] = {True: [], False: []}
    for deal in ended:
        if (keeps := _keeps(practice, deal)) is not None:
            sides[keeps].append(deal.won)
    kept, others = (Share(sum(won), len(won)) for won in (sides[True], sides[False]))
    return Tried(practice, kept, others, gap(kept, others, at_least, z))


def found(ended: Sequence[PastDeal], rules: Finding, today: date) -> tuple[Tried, ...]:
    """Of each kind the rule that is surely worth the most, where one is worth something more than chance explains."""
    wanted = candidates(rules, today)
    z = z_of_many(rules.confidence, len(wanted))
    every = [tried(each, ended, rules.at_least, z) for each in wanted]
    best: dict[PracticeKind, Tried] = {}
    for each in every:
        known = best.get(each.practice.kind)
        if each.gap.known and each.gap.low > 0 and (known is None or each.gap.low > known.gap.low):
            best[each.practice.kind] = each
    return tuple(best.values())


def candidates(rules: Finding, today: date) -> tuple[Practice, ...]:
    """Every rule that is tried; `since` is the day on which it is."""

    def of(kind: PracticeKind, says: str, at_most: int = 0, at_least: int = 0) -> Practice:
        bound = at_most // 100 if kind == "discount" else at_most or at_least
        return Practice(
            id=f"{kind}-{bound}" if bound else kind,
            says=says,
            kind=kind,
            at_most=at_most,
            at_least=at_least,
            since=today,
            owner=getattr(rules.owners, kind),
        )

    return (
        *(of("discount", f"Up to {percent(bound)} off", at_most=bound) for bound in rules.discounts),
        *(of("payment", f"Up to net {bound}", at_most=bound) for bound in rules.payment_days),
        *(of("term", f"{bound} months or more", at_least=bound) for bound in rules.months),
        of("counter", "A no with a lower price, before a yes"),
    )


def _keeps(practice: Practice, deal: PastDeal) -> bool | None:
    """None where nobody told it of the deal."""
    match practice.kind:
        case "discount":
            return deal.discount <= practice.at_most
        case "payment":
            return deal.payment_days <= practice.at_most if deal.payment_days else None
        case "term":
            return deal.months >= practice.at_least if deal.months else None
        case _:
            return deal.way == "countered" if deal.way else None
