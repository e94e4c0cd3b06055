"""When an approver is reminded, and what is told: by her own usual time, and by what has moved whom."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from bot.figures.hours import add_business_hours
from bot.figures.waiting import Window
from bot.playbook.reminding import Reminders, Tone
from bot.streams.decision import Reminded
from bot.streams.ids import digest

WHOLE = 10_000
Record = Mapping[str, tuple[int, int]]  # told so often, and so often followed by a decision soon
NEVER = (0, 0)
LEFT = "left"  # how little time is left: new every time


@dataclass(frozen=True, slots=True)
class Due:
    tone: Tone
    at: datetime


def moments(time: Window, usual: int, rules: Reminders) -> tuple[Due, ...]:
    """The three reminders of a request that has this time. `usual` are the business minutes in which she decides as a
    rule. None when it has no time."""
    whole = time.whole
    if whole <= 0:
        return ()
    first = min(max(usual, _part(whole, rules.first_from)), _part(whole, rules.first_until))
    tones: tuple[tuple[Tone, int], ...] = (
        ("gentle", first),
        ("firm", _part(whole, rules.firm_at)),
        ("last", _part(whole, rules.last_at)),
    )
    return tuple(Due(tone, add_business_hours(time.since, timedelta(minutes=at), time.calendar)) for tone, at in tones)


def now_due(times: Sequence[Due], sent: Sequence[Tone], now: datetime) -> Due | None:
    """The strongest that is due, unless it or a stronger one was sent."""
    last = max((at for at, due in enumerate(times) if due.at <= now), default=-1)
    strongest = max((at for at, due in enumerate(times) if due.tone in sent), default=-1)
    return times[last] if last > strongest else None


def told(news: Collection[str], said: Collection[str], record: Record, key: str, rules: Reminders) -> str:
    """What is told: of the news that she was not told yet, what moved her most often; some always go to what was tried
    the least, by the hash of `key`. Without a record, the playbook's order. "left" when nothing is new."""
    fresh = [name for name in rules.tells if name in news and name not in said]
    if not fresh:
        return LEFT
    if int(digest(key)[:8], 16) % WHOLE < rules.explore:
        return min(fresh, key=lambda name: record.get(name, NEVER)[0])
    known = [name for name in fresh if record.get(name, NEVER)[0] >= rules.least]
    return max(known, key=lambda name: Fraction(record[name][1], record[name][0]), default=fresh[0])


def record_of(person: str, told: Iterable[Reminded], rules: Reminders) -> Record:
    """Of each thing how often it was told and how often it moved: her own record, or everybody's while hers is too
    short."""
    every = list(told)
    own = _counted((each for each in every if each.person == person), rules)
    return own if any(sent >= rules.least for sent, _ in own.values()) else _counted(every, rules)


def _counted(told: Iterable[Reminded], rules: Reminders) -> Record:
    sent, acted = Counter[str](), Counter[str]()
    for each in told:
        sent[each.tells] += each.sent
        acted[each.tells] += sum(minutes <= rules.acted_minutes for minutes in each.minutes)
    return {name: (count, acted[name]) for name, count in sent.items()}


def _part(whole: int, share: int) -> int:
    return whole * share // WHOLE
