"""Who is asked: of those who may, the one who will have decided first; and who sees to it when nobody may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.agents.approvals.authority import House, deputies, may_decide
from bot.figures.hours import add_business_hours
from bot.figures.pace import expected
from bot.figures.quiet import local
from bot.playbook.approving import ApprovalRule
from bot.playbook.permissions import Permission
from bot.streams.deal.approvals import Approval, Expected
from bot.streams.decision import Colleague, Context

LONGEST_ABSENCE = 400  # days


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may decide; `lent` is the way by which the authority came to her, `ends_at` when she will have."""

    colleague: Colleague
    lent: tuple[str, ...]
    expected: Expected
    ends_at: datetime
    away: bool

    @property
    def person(self) -> str:
        return self.colleague.person


@dataclass(frozen=True, slots=True)
class Choice:
    """`first` is whom the policy means, `taken` who does it: another one while the first is away. `others` may too.
    Nobody may: `taken` sees to it that somebody can."""

    first: Candidate
    taken: Candidate
    others: tuple[Candidate, ...]
    stuck: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """For one request: the rule, when it can begin, and what this plan already gave to each person."""

    rule: ApprovalRule
    begins_at: datetime
    house: House
    context: Context
    given: Mapping[str, int]
    without: frozenset[str] = frozenset()  # who had it already; what they lent still counts

    def candidate(self, colleague: Colleague, lent: tuple[str, ...]) -> Candidate:
        book, reads = self.context.playbook, self.context.reads
        queue = colleague.open_tasks + self.given.get(colleague.person, 0)
        length = expected(self.rule, colleague.person, queue, reads.paces, book.approvals.pacing)
        starts, away = back(colleague, self.begins_at, self.context)
        calendar = book.calendar_of(colleague.time_zone)
        ends_at = add_business_hours(starts, timedelta(minutes=length.minutes), calendar)
        return Candidate(colleague, lent, length, ends_at, away)


def choose(approval: Approval, setting: Setting) -> Choice | None:
    """None only where nobody works at all."""
    named, able, lent = _who(approval, setting)
    mine = named or able
    if not mine and not lent:
        return _owner(setting)
    if (stands_in := _for_who_had_it(setting, lent)) is not None:
        return Choice(stands_in, stands_in, ())
    there = [c for c in mine if not c.away]
    first = _soonest(there or mine or lent)
    deputy = [c for c in lent if not c.away and first.person in c.lent]
    pools = (there, deputy, [c for c in (*able, *lent) if not c.away])
    taken = next((_soonest(pool) for pool in pools if pool), first)
    present = {c.person: c for c in (*lent, *able, *there) if not c.away and c.person != taken.person}
    return Choice(first, taken, tuple(sorted(present.values(), key=_by_end)))


def back(colleague: Colleague, at: datetime, context: Context) -> tuple[datetime, bool]:
    """When she can begin, and whether she is away at that moment."""
    calendar = context.playbook.calendar_of(colleague.time_zone)
    here = local(at, colleague.time_zone, calendar)
    if not colleague.is_away(here.date()):
        return at, False
    day = here.date()
    for _ in range(LONGEST_ABSENCE):
        if not colleague.is_away(day):
            break
        day += timedelta(days=1)
    return datetime.combine(day, calendar.opens, here.tzinfo), True


def back_on(person: str, context: Context) -> date | None:
    """The first day on which she is there again; None for who is there, or nobody knows."""
    who = context.reads.colleague(person)
    if who is None:
        return None
    at, away = back(who, context.now, context)
    return at.date() if away else None


def _who(approval: Approval, setting: Setting) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """Of the role that the policy names; who else has the authority of her own; and to whom it was lent."""
    house, book = setting.house, setting.context.playbook
    free = [c for c in house.people if c.person not in house.barred | setting.without]
    own = [c for c in free if may_decide(approval, c.person, c.groups, book)]
    named = [setting.candidate(c, ()) for c in own if c.groups & book.groups_of(approval.role)]
    able = [setting.candidate(c, ()) for c in own if not c.groups & book.groups_of(approval.role)]
    ways = deputies(approval, house)
    lent = [setting.candidate(c, ways[c.person]) for c in free if c.person in ways]
    return named, able, lent


def _for_who_had_it(setting: Setting, lent: Iterable[Candidate]) -> Candidate | None:
    """Whoever has it already named her deputy: he comes before all others."""
    pool = [c for c in lent if not c.away and setting.without & set(c.lent)]
    return _soonest(pool) if pool else None


def _owner(setting: Setting) -> Choice | None:
    """Nobody may: the policy's owner, an administrator, or at last anybody who did not ask."""
    owner = fallback(setting.house, setting.context)
    if owner is None:
        return None
    found = setting.candidate(owner, ())
    return Choice(found, found, (), stuck=True)


def fallback(house: House, context: Context) -> Colleague | None:
    free = [c for c in house.people if c.person not in house.barred]
    may = context.playbook.may
    ladder = (
        [c for c in free if may(c.groups, Permission.OVERRIDE_APPROVAL)],
        [c for c in free if may(c.groups, Permission.PAUSE_SYSTEM)],
        [c for c in free if may(c.groups, Permission.DECIDE_APPROVAL)],
        free,
        list(house.people),
    )
    pool = next((pool for pool in ladder if pool), [])
    return min(pool, key=lambda c: (c.is_away(house.on), c.open_tasks, c.person), default=None)


def _soonest(candidates: Iterable[Candidate]) -> Candidate:
    return min(candidates, key=_by_end)


def _by_end(candidate: Candidate) -> tuple[datetime, int, str]:
    return candidate.ends_at, candidate.colleague.open_tasks, candidate.person
