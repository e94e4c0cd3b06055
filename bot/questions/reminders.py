"""What reminders told, and how often a decision came soon after: of each thing, over all people."""

from collections import defaultdict
from dataclasses import dataclass

from bot.figures.chances import wilson
from bot.playbook.reminding import Reminders
from bot.store.transaction import Store

Z = 1.96  # of an interval that holds the true share 19 times of 20


@dataclass(frozen=True, slots=True)
class Worked:
    """`sent` reminders told it, to so many people; after `acted` of them came a decision in time. Shares from 0 to 1;
    None: not enough data."""

    tells: str
    sent: int
    people: int
    acted: int
    share: float | None
    low: float | None
    high: float | None


def worked(store: Store, rules: Reminders) -> list[Worked]:
    with store.snapshot() as tx:
        rows = tx.reminders.newest()
    found: defaultdict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for row in rows:
        found[row.tells].append((row.person, row.minutes))
    return [_worked(tells, sent, rules) for tells, sent in sorted(found.items())]


def _worked(tells: str, sent: list[tuple[str, int | None]], rules: Reminders) -> Worked:
    acted = sum(minutes is not None and minutes <= rules.acted_minutes for _, minutes in sent)
    of, people = len(sent), len({person for person, _ in sent})
    if of < rules.least:
        return Worked(tells, of, people, acted, None, None, None)
    low, high = wilson(acted / of, of, Z)
    return Worked(tells, of, people, acted, acted / of, low, high)
