"""What became too old to be said is told to its owner, once; until it is seen anew it is left out."""

from collections import defaultdict

from bot.figures.positioning import stale_of
from bot.streams.company.company import Company
from bot.streams.company.stale import SeeStale, StaleClaim, StaleFound, StaleSeen
from bot.streams.decision import Accept, Context, Decision, Fact, Refuse
from bot.streams.effects import Effect
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def found(company: Company, context: Context) -> tuple[tuple[Fact, ...], tuple[Effect, ...]]:
    """By owner; what nobody was told who is still here is told to who holds the role now."""
    there = {colleague.person for colleague in context.reads.colleagues}
    known = {claim.key for told in company.stale if told.owner in there for claim in told.claims}
    by_owner: defaultdict[str, list[StaleClaim]] = defaultdict(list)
    for key, owner, what in stale_of(context.playbook, context.reads.news, context.now.date()):
        person = _holder(owner, context)
        if person and key not in known:
            by_owner[person].append(StaleClaim(key=key, what=what))
    first = len(company.stale) + 1
    facts = tuple(
        StaleFound(no=no, owner=owner, claims=tuple(claims), at=context.now)
        for no, (owner, claims) in enumerate(sorted(by_owner.items()), first)
    )
    return facts, tuple(offer(fact.owner, _task(company, fact)) for fact in facts)


def see(company: Company, command: SeeStale, context: Context) -> Decision:
    told = company.stale_of(command.no)
    if told is None:
        return Refuse("news.unknown")
    seen = StaleSeen(no=command.no, by=command.actor, at=context.now)
    return Accept((seen,), (close(told.owner, _task(company, told).id),))


def _task(company: Company, told: StaleFound) -> Task:
    many = len(told.claims)
    title = f"Look at {many} claim{'s' if many != 1 else ''} that became too old"
    return Task(id=f"{company.id}:stale-{told.no}", deal=company.id, kind="stale", about=str(told.no), title=title)


def _holder(role: str, context: Context) -> str:
    groups = context.playbook.groups_of(role)
    mine = [c for c in context.reads.colleagues if c.groups & groups]
    return min(mine, key=lambda c: (c.open_tasks, c.person)).person if mine else ""
