"""What past deals teach: what the practices are worth, which others are found, and what became of what was decided."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

from bot.figures.afterwards import Outcomes, outcomes
from bot.figures.decisions import Decision
from bot.figures.policy_lines import changes
from bot.figures.practices import Tried, found, tried
from bot.figures.practices_kept import in_effect
from bot.playbook.schema import Playbook
from bot.store.transaction import Store
from bot.streams.company.company import Company
from bot.streams.ids import COMPANY

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
BY_PEOPLE = frozenset({"own", "delegated"})


@dataclass(frozen=True, slots=True)
class Experience:
    """`used` are the practices, `found` rules that past deals speak for and that are no practice."""

    used: tuple[Tried, ...]
    found: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Of one rule, or of one approver: how many were granted and refused, and what the deals became."""

    name: str
    granted: int
    refused: int
    after_yes: Outcomes
    after_no: Outcomes


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """In force from `at`; `changed` against the one before."""

    at: datetime
    digest: str
    changed: tuple[str, ...]


def experience(store: Store, book: Playbook, code: str, today: date) -> Experience:
    """By all past deals, whatever their currency."""
    with store.snapshot() as tx:
        ended = tx.past_deals.ended()
        company: Company = tx.ledger.load(COMPANY, code).state
    rules, z = book.precedents, book.offers.z_thousandths / 1000
    practices = in_effect(company.practices, rules)
    used = tuple(tried(each, ended, book.offers.at_least, z) for each in practices)
    known = {(each.kind, each.at_most, each.at_least) for each in practices}
    more = found(ended, rules.finding, today)
    return Experience(
        used, tuple(t for t in more if (t.practice.kind, t.practice.at_most, t.practice.at_least) not in known)
    )


def by_rule(store: Store, book: Playbook) -> list[Afterwards]:
    return _grouped(_decided(store), book, lambda d: d.rule)


def by_approver(store: Store, book: Playbook) -> list[Afterwards]:
    """By team:user id."""
    return _grouped(_decided(store), book, lambda d: d.person)


def versions(store: Store, code: str) -> list[PolicyVersion]:
    """Oldest first."""
    with store.snapshot() as tx:
        company: Company = tx.ledger.load(COMPANY, code).state
    noted = company.policies
    made = [PolicyVersion(each.at, each.digest, ()) for each in noted[:1]]
    return [*made, *(PolicyVersion(new.at, new.digest, changes(old, new)) for old, new in pairwise(noted))]


def _decided(store: Store) -> list[Decision]:
    with store.snapshot() as tx:
        return [d for d in tx.decisions.since(FIRST) if d.way in BY_PEOPLE]


def _grouped(decided: list[Decision], book: Playbook, name: Callable[[Decision], str]) -> list[Afterwards]:
    groups: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in decided:
        groups[name(decision)].append(decision)
    return [_one(key, found_, book) for key, found_ in sorted(groups.items())]


def _one(name: str, decided: list[Decision], book: Playbook) -> Afterwards:
    least, z = book.precedents.afterwards.at_least, book.offers.z_thousandths / 1000
    yes, no = ([d for d in decided if d.yes is said] for said in (True, False))
    after = [outcomes((d.became for d in side), least, z) for side in (yes, no)]
    return Afterwards(name, len(yes), len(no), after[0], after[1])
