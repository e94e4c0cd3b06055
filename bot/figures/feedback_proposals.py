"""What many say is in the way, as proposals: one for each rule and friction, with the past decisions asked again."""

from collections.abc import Iterable, Sequence
from statistics import median

from bot.figures.decisions import Decision
from bot.figures.feedback import Heard, InTheWay, in_the_way, score
from bot.playbook.feedback import Friction, Tested
from bot.playbook.schema import Playbook
from bot.streams.company.proposals import Aim, Proposal

BY_PEOPLE = ("own", "delegated")


def proposed(heard: Iterable[Heard], past: Sequence[Decision], book: Playbook, month: str) -> list[Proposal]:
    """Of `least` answers about one rule, `raise_at` of them name the same."""
    rules = book.feedback
    answered = [each for each in heard if each.score is not None]
    return [
        _proposal(each, friction, answered, past, book, month)
        for each in in_the_way(answered, rules)
        if each.rule and each.of >= rules.least and each.share >= rules.raise_at
        if (friction := rules.friction(each.friction))
    ]


def replayed(how: Tested, rule: str, past: Iterable[Decision]) -> str:
    """The past decisions of the rule by people, asked what would have been; empty when they cannot tell."""
    those = [each for each in past if each.rule == rule and each.way in BY_PEOPLE]
    if not those:
        return ""
    match how:
        case "deputy":
            return _deputy(those)
        case "granted":
            return f"{sum(d.yes for d in those)} of {len(those)} past decisions granted it as asked"
        case "moved":
            others = sum(d.person != d.asked for d in those)
            return f"{others} of {len(those)} past decisions were taken by somebody else than who was asked"
        case _:
            return ""


def split(key: str) -> tuple[str, str]:
    """Which friction of which rule a proposal is about."""
    friction, _, rule = key.partition(":")
    return friction, rule


def _proposal(
    of: InTheWay, friction: Friction, answered: Sequence[Heard], past: Sequence[Decision], book: Playbook, month: str
) -> Proposal:
    rules = book.feedback
    told = score([each for each in answered if each.rule == of.rule], rules)
    said = f"; the score is {told.tenths // 10}.{told.tenths % 10} of 10" if told.tenths is not None else ""
    return Proposal(
        kind="friction",
        key=f"{friction.id}:{of.rule}",
        month=month,
        change=f"{rule_says(of.rule, book)}: {friction.advice}.",
        told=(f"{of.named} of {of.of} answers by {of.people} people: {friction.says}{said}.",),
        deals=of.of,
        tested=replayed(friction.tested, of.rule, past),
        aim=Aim(says=f"Answers that say: {friction.says}", unit="share", start=of.share, reach=rules.reach),
    )


def rule_says(rule: str, book: Playbook) -> str:
    """Where it stands in the policy, such as Discounts, line 3."""
    found = next((each for each in book.approvals.rules if each.id == rule), None)
    return found.line.partition(":")[0] if found else rule


def _deputy(those: Sequence[Decision]) -> str:
    """Each that took longer than expected, with another who decided the same asked when the expected time was over:
    she takes what the others took in the middle."""
    late = [d for d in those if 0 < d.expected < d.minutes]
    saved: list[int] = []
    for each in late:
        others = [d.minutes for d in those if d.person != each.person]
        if others and (sooner := each.minutes - each.expected - int(median(others))) > 0:
            saved.append(sooner)
    if not any(d.person != those[0].person for d in those) or not late:
        return ""
    told = f"{len(late)} of {len(those)} past decisions took longer than expected"
    middle = f", in the middle by {int(median(saved))} working minutes" if saved else ""
    return f"{told}; with a deputy asked then, {len(saved)} would have come sooner{middle}"
