"""What people say of approvals, in sums alone: a score with its trend, and what is in the way. Too few stay unsaid."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.playbook.feedback import NOTHING, FeedbackRules, Side

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Heard:
    """One question: to whom (a key that says no name), about which rule, in which role, and what came back."""

    person: str
    rule: str
    role: str
    side: Side
    at: datetime
    score: int | None
    friction: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """`tenths` of a score from 0 to 10; None: of fewer people than may be told."""

    answers: int
    people: int
    tenths: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """The week that begins on that Monday."""

    start: date
    score: Score


@dataclass(frozen=True, slots=True)
class InTheWay:
    """How many answers name it, of all answers in the same group: of one rule, of one role, or of all (both empty).
    `words`: what people added, without their names."""

    friction: str
    says: str
    rule: str
    role: str
    named: int
    of: int
    people: int
    share: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Better:
    """Where the score is below what satisfies: what is most in the way there, and what would mend it."""

    rule: str
    score: Score
    friction: str
    advice: str


@dataclass(frozen=True, slots=True)
class Report:
    """`asked` questions, of which `whole.answers` were answered: `rate` of them. `trend`: the newest week that may be
    told against those before, in tenths."""

    asked: int
    rate: int | None
    whole: Score
    sides: dict[str, Score]
    weeks: tuple[Week, ...]
    trend: int | None
    frictions: tuple[InTheWay, ...]
    better: tuple[Better, ...]


def report(heard: Iterable[Heard], rules: FeedbackRules) -> Report:
    every = list(heard)
    answered = [each for each in every if each.score is not None]
    weeks = _weeks(answered, rules)
    return Report(
        asked=len(every),
        rate=len(answered) * WHOLE // len(every) if every else None,
        whole=score(answered, rules),
        sides={side: score(those, rules) for side, those in _by(answered, lambda h: h.side)},
        weeks=weeks,
        trend=_trend(weeks),
        frictions=in_the_way(answered, rules),
        better=_better(answered, rules),
    )


def score(answered: Sequence[Heard], rules: FeedbackRules) -> Score:
    """The mean, to the nearest tenth."""
    people, n = len({each.person for each in answered}), len(answered)
    if people < rules.at_least_people:
        return Score(n, people, None)
    return Score(n, people, (2 * 10 * sum(each.score or 0 for each in answered) + n) // (2 * n))


def in_the_way(answered: Sequence[Heard], rules: FeedbackRules) -> tuple[InTheWay, ...]:
    """Of all, by rule and by role; the most frequent of each group first. Groups of too few people are left out."""
    groups = [("", "", answered)]
    groups += [(rule, "", those) for rule, those in _by(answered, lambda h: h.rule)]
    groups += [("", role, those) for role, those in _by(answered, lambda h: h.role)]
    return tuple(
        each
        for rule, role, those in groups
        if len({h.person for h in those}) >= rules.at_least_people
        for each in _named(rule, role, those, rules)
    )


def share_naming(heard: Iterable[Heard], rules: FeedbackRules, friction: str, rule: str) -> tuple[int, int]:
    """Of the answers about the rule, how many in 10,000 name the friction, and of how many; 0 of too few people."""
    those = [each for each in heard if each.rule == rule and each.score is not None]
    if len({each.person for each in those}) < rules.at_least_people:
        return 0, 0
    return sum(each.friction == friction for each in those) * WHOLE // len(those), len(those)


def _named(rule: str, role: str, those: Sequence[Heard], rules: FeedbackRules) -> list[InTheWay]:
    found = _by([h for h in those if h.friction not in ("", NOTHING)], lambda h: h.friction)
    people = len({h.person for h in those})
    made = [
        InTheWay(
            friction=name,
            says=rules.friction_says(name),
            rule=rule,
            role=role,
            named=len(naming),
            of=len(those),
            people=people,
            share=len(naming) * WHOLE // len(those),
            words=tuple(sorted(h.words for h in naming if h.words)),
        )
        for name, naming in found
    ]
    return sorted(made, key=lambda each: (-each.named, each.friction))


def _weeks(answered: Sequence[Heard], rules: FeedbackRules) -> tuple[Week, ...]:
    by_week = _by(answered, lambda h: (h.at.date() - timedelta(days=h.at.weekday())).isoformat())
    return tuple(Week(date.fromisoformat(start), score(those, rules)) for start, those in by_week)


def _trend(weeks: Sequence[Week]) -> int | None:
    """None with fewer than two weeks that may be told."""
    known = [(week.score.tenths, week.score.answers) for week in weeks if week.score.tenths is not None]
    if len(known) < 2:
        return None
    before = sum(tenths * n for tenths, n in known[:-1]) / sum(n for _, n in known[:-1])
    return known[-1][0] - round(before)


def _better(answered: Sequence[Heard], rules: FeedbackRules) -> tuple[Better, ...]:
    """The worst first."""
    found: list[Better] = []
    for rule, those in _by(answered, lambda h: h.rule):
        told = score(those, rules)
        if told.tenths is None or told.tenths >= rules.satisfied_at:
            continue
        most = next(iter(_named(rule, "", those, rules)), None)
        friction = rules.friction(most.friction) if most else None
        found.append(Better(rule, told, most.friction if most else "", friction.advice if friction else ""))
    return tuple(sorted(found, key=lambda each: (each.score.tenths or 0, each.rule)))


def _by(heard: Iterable[Heard], key: Callable[[Heard], str]) -> list[tuple[str, list[Heard]]]:
    found: defaultdict[str, list[Heard]] = defaultdict(list)
    for each in heard:
        found[key(each)].append(each)
    return sorted(found.items())
