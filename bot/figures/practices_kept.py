"""Which practices are in effect, and what past deals say should change."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.figures.chances import WHOLE
from bot.figures.practices import Tried, found, tried
from bot.figures.shares import z_of_many
from bot.playbook.precedents import Practice, Precedents
from bot.streams.company.practices import Evidence, Practices, PracticeSaid
from bot.streams.decision import PastDeal

POINTS = 100


def in_effect(kept: Practices, rules: Precedents) -> tuple[Practice, ...]:
    """The playbook's, without those that were retired, and those that an owner took."""
    added = {each.id for each in kept.added}
    own = (each for each in rules.practices if each.id not in kept.retired and each.id not in added)
    return (*own, *(Practice.model_validate(each.model_dump()) for each in kept.added))


def evidence(kept: Practices, ended: Sequence[PastDeal], rules: Precedents, today: date) -> tuple[Evidence, ...]:
    """A practice that past deals clearly speak against, and a rule that they speak for and that is none yet."""
    used = in_effect(kept, rules)
    return (*_against(used, ended, rules), *_for(used, ended, rules, today))


def _against(used: Sequence[Practice], ended: Sequence[PastDeal], rules: Precedents) -> Iterator[Evidence]:
    z = z_of_many(rules.finding.confidence, len(used))
    for each in used:
        by = tried(each, ended, rules.finding.at_least, z)
        if by.gap.known and by.gap.high < 0:
            yield Evidence(change="retired", practice=_said(each), told=_told(by), deals=by.kept.of + by.others.of)


def _for(used: Sequence[Practice], ended: Sequence[PastDeal], rules: Precedents, today: date) -> Iterator[Evidence]:
    """It takes the place of one of its kind that says less surely as much."""
    known = {(each.kind, each.at_most, each.at_least) for each in used}
    for by in found(ended, rules.finding, today):
        one = by.practice
        if (one.kind, one.at_most, one.at_least) in known:
            continue
        same = [each for each in used if each.kind == one.kind]
        if any(_as_good(each, by, ended, rules) for each in same):
            continue
        yield Evidence(
            change="new",
            practice=_said(one),
            told=_told(by),
            deals=by.kept.of + by.others.of,
            instead_of=tuple(each.id for each in same),
        )


def _as_good(used: Practice, by: Tried, ended: Sequence[PastDeal], rules: Precedents) -> bool:
    """One that past deals speak for as well is not changed for a little more."""
    z = z_of_many(rules.finding.confidence, 1)
    return tried(used, ended, rules.finding.at_least, z).gap.low > 0


def _said(practice: Practice) -> PracticeSaid:
    return PracticeSaid.model_validate(practice.model_dump())


def points(apart: int, low: int, high: int) -> str:
    """A difference of shares with its bounds, all in basis points, in words."""
    least, most = sorted((abs(low), abs(high)))
    word = "more" if apart > 0 else "fewer"
    return f"{_whole(apart)} points {word} ({_whole(least)} to {_whole(most)})"


def _whole(apart: int) -> int:
    return (abs(apart) + POINTS // 2) // POINTS


def _told(by: Tried) -> tuple[str, ...]:
    share = WHOLE // POINTS
    one, other = round(by.kept.rate * share), round(by.others.rate * share)
    return (
        f"Of {by.kept.of} past deals that kept to it {by.kept.good} were won ({one}%),"
        f" of {by.others.of} others {by.others.good} ({other}%).",
        f"That is {points(by.gap.points, by.gap.low, by.gap.high)}.",
    )
