"""A changed approval policy goes to those who may override it; one of them decides on exactly what was replayed."""

from bot.playbook.permissions import Permission
from bot.streams.company.company import Company
from bot.streams.company.policy import DecidePolicy, PolicyDecided, PolicyProposed, ProposePolicy
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.effects import Effect
from bot.streams.ids import COMPANY
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def propose(company: Company, command: ProposePolicy, context: Context) -> Decision:
    """A newer proposal takes the place of one that waits."""
    may = context.playbook.may
    owners = [c.person for c in context.reads.colleagues if may(c.groups, Permission.OVERRIDE_APPROVAL)]
    if not owners:
        return Refuse("approvals.nobody")
    asked = PolicyProposed(digest=command.digest, told=command.told, asked=tuple(owners), at=context.now)
    return Accept((asked,), (*_closed(company), *(offer(who, task(command.digest)) for who in owners)))


def decide(company: Company, command: DecidePolicy, context: Context) -> Decision:
    proposed = company.policy.proposed
    if proposed is None or not company.policy.waits:
        return Refuse("approval.decided")
    if command.seen != proposed.digest:
        return Refuse("approval.changed")
    decided = PolicyDecided(digest=proposed.digest, yes=command.yes, by=command.actor, at=context.now)
    return Accept((decided,), _closed(company))


def task(digest: str) -> Task:
    name = f"policy:{digest[:16]}"
    return Task(id=name, deal=COMPANY, kind="policy", about=digest, seen=digest, title="Approval policy")


def _closed(company: Company) -> tuple[Effect, ...]:
    proposed = company.policy.proposed
    if proposed is None or not company.policy.waits:
        return ()
    return tuple(close(who, task(proposed.digest).id) for who in proposed.asked)
