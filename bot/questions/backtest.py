"""Every deal of the ledger that had a package, under the policy that is used and under another one."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.agents.approvals.replaying import Replayed, replay
from bot.agents.approvals.replaying_past import PastReplayed, changed, replay_past
from bot.playbook.schema import Playbook
from bot.store.errors import Erased
from bot.store.transaction import Store
from bot.streams.decision import Reads

SHOWN = 10
HOUR = timedelta(hours=1)


def backtest(store: Store, code: str, old: Playbook, new: Playbook, now: datetime) -> list[Replayed]:
    with store.snapshot() as tx:
        reads = Reads(colleagues=tx.people.colleagues(), paces=tx.decisions.paces())
        found = []
        for line in tx.deals.every():
            try:
                deal = tx.ledger.load(line.stream_id, code).state
            except Erased:
                continue
            if (replayed := replay(deal, old, new, reads, now)) is not None:
                found.append(replayed)
    return found


def of_imported(store: Store, old: Playbook, new: Playbook) -> list[PastReplayed]:
    """Deals of the years before, as far as they are told; those of the ledger are replayed as they were made."""
    with store.snapshot() as tx:
        ended = tx.past_deals.ended()
    rules = changed(old, new)
    return [replay_past(deal, rules, old, new) for deal in ended if not deal.planned_at]


def told_of_imported(found: list[PastReplayed]) -> Iterator[str]:
    """How many could be judged, and what was missing of the others."""
    if not found:
        return
    judged = [each for each in found if not each.unknown]
    differ = [each for each in judged if each.dropped or each.added]
    yield f"{len(judged)} of {len(found)} imported deals could be judged, {len(differ)} would be asked otherwise."
    for words, rules in (
        ("No longer asked", (r for d in differ for r in d.dropped)),
        ("Asked in addition", (r for d in differ for r in d.added)),
    ):
        counted = Counter(role for _, role in rules)
        if counted:
            yield f"{words} for imported deals: {_many(counted)}."
    missing = Counter(fact for each in found for fact in each.unknown)
    if missing:
        facts = ", ".join(f"{fact.replace('_', ' ')} ({count})" for fact, count in sorted(missing.items()))
        yield f"Not known of the others: {facts}."


def told(found: list[Replayed]) -> Iterator[str]:
    """In words, the whole first: who would have been asked, how long it would have taken, what margin was at stake."""
    differ = [each for each in found if each.before.roles != each.after.roles]
    yield f"{len(found)} past deal{'' if len(found) == 1 else 's'} replayed, {len(differ)} asked otherwise."
    dropped = Counter(role for each in differ for _, role in each.dropped)
    added = Counter(role for each in differ for _, role in each.added)
    if dropped:
        yield f"No longer asked: {_many(dropped)}."
    if added:
        yield f"Asked in addition: {_many(added)}."
    if found:
        before, after = (sum((t for t in times), timedelta()) / len(found) for times in _times(found))
        yield f"Expected time to the last yes, on average: {before / HOUR:.1f} h before, {after / HOUR:.1f} h after."
    eased = [each for each in differ if each.dropped]
    if eased:
        margins = sorted(each.margin for each in eased)
        yield f"Margin of the deals that would need less: {margins[0] / 100:.1f}% to {margins[-1] / 100:.1f}%."
    for each in differ[:SHOWN]:
        yield f"{each.customer}, {each.total}, margin {each.margin / 100:.1f}%: {_change(each)}"


def _times(found: list[Replayed]) -> tuple[list[timedelta], list[timedelta]]:
    return [each.before.takes for each in found], [each.after.takes for each in found]


def _many(roles: Counter[str]) -> str:
    return ", ".join(f"{role} {count} times" if count > 1 else f"{role} once" for role, count in sorted(roles.items()))


def _change(each: Replayed) -> str:
    gone = [f"without {rule}" for rule, _ in each.dropped]
    new = [f"with {rule} ({role})" for rule, role in each.added]
    return ", ".join([*gone, *new])
