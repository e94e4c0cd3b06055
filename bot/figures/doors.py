"""By which door somebody is told of a request: the one through which she decides sooner, and now and then another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from statistics import median_high

from bot.playbook.company import Told
from bot.playbook.doors import Doors as Rules
from bot.streams.ids import digest
from bot.streams.money import Money
from bot.streams.person.delivery import Chose
from bot.streams.person.doors import CHOSEN, Sent

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Chosen:
    doors: tuple[Told, ...]
    why: Chose


def by_mail(worth: Money | None, rules: Rules) -> bool:
    """Whether a request of a deal of that total may be decided by mail; never without a total, or in a currency that
    the playbook does not name."""
    limit = rules.mail_up_to.get(worth.currency) if worth else None
    return worth is not None and limit is not None and worth.decimal() <= limit


def link_ends(at: datetime, rules: Rules) -> datetime:
    """Of a mail that is sent at that moment."""
    return at + timedelta(hours=rules.link_hours)


def choose(sent: Sequence[Sent], offered: Sequence[Told], key: str, rules: Rules) -> Chosen:
    """One of the doors offered, the same for the same record. Of as many choices in a row as one divided by the
    playbook's share, exactly one tries another door than the best: which one, the hash of `key` says; it is one of the
    later half, so that nobody begins with an experiment."""
    best, why = _best(sent, offered, rules)
    others = [door for door in offered if door != best]
    if not others:
        return Chosen((best,), "only")
    turns = WHOLE // rules.explore
    made = sum(1 for each in sent if each.chose in CHOSEN)
    which, place = divmod(made, turns)
    if place == turns - 1 - int(digest(key, str(which))[:8], 16) % ((turns + 1) // 2):
        return Chosen((min(others, key=lambda door: sum(each.door == door for each in sent)),), "exploring")
    return Chosen((best,), why)


def typical(sent: Sequence[Sent], door: str, rules: Rules) -> float | None:
    """Business minutes in which at least half of them led to her decision; infinite when fewer did in time. None: not
    enough data."""
    counted = [_minutes(each, rules) for each in sent if each.door == door and each.how in ("acted", "missed")]
    return median_high(counted) if len(counted) >= rules.least else None


def _best(sent: Sequence[Sent], offered: Sequence[Told], rules: Rules) -> tuple[Told, Chose]:
    known = {door: typical(sent, door, rules) for door in offered}
    times = {door: time for door, time in known.items() if time is not None}
    if len(times) < len(offered):
        return offered[0], "learning"
    return min(offered, key=lambda door: times[door]), "quickest"


def _minutes(of: Sent, rules: Rules) -> float:
    return of.minutes if of.how == "acted" and of.minutes <= rules.counts_minutes else inf
