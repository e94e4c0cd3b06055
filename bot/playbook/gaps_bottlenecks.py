"""What is wrong with the bottlenecks: rules that nobody asks, an order that is none, owners that are no role, words."""

from collections.abc import Iterator
from typing import get_args

from bot.playbook.bottlenecks import POLICY, REP, Sign
from bot.playbook.gaps_shape import Gap
from bot.playbook.schema import Playbook
from bot.playbook.wording import flaw, names

WORDS = frozenset({*get_args(Sign), "who", "a_day", "evidence", "absence"})


def bottleneck_gaps(playbook: Playbook) -> Iterator[Gap]:
    yield from _beside(playbook)
    for index, each in enumerate(playbook.bottlenecks.classes):
        where = ("bottlenecks", "classes", index)
        if each.owner not in (POLICY, REP) and each.owner not in playbook.roles:
            message = f"bottlenecks.classes {each.id}: owner {each.owner} is no role"
            yield Gap((*where, "owner"), message, f"use {POLICY}, {REP} or one of {', '.join(sorted(playbook.roles))}")
        if wrong := _unsaid(each.cause):
            message = f"bottlenecks.classes {each.id}: its cause cannot be said: {wrong}"
            yield Gap((*where, "cause"), message, f"name only {', '.join(sorted(WORDS))}")


def _unsaid(words: str) -> str:
    return flaw(words) or ", ".join(sorted(names(words) - WORDS))


def _beside(playbook: Playbook) -> Iterator[Gap]:
    policy = playbook.approvals
    for index, row in enumerate(playbook.bottlenecks.beside):
        where = ("bottlenecks", "beside", index)
        rule = policy.rule(row.rule)
        if rule is None:
            yield Gap((*where, "rule"), f"bottlenecks.beside: {row.rule} is no rule", "name a rule's id, or drop it")
            continue
        for name in row.needs_nothing_of:
            if name not in rule.after:
                message = f"bottlenecks.beside {row.rule} does not wait for {name} at all"
                yield Gap((*where, "needs_nothing_of"), message, f"use one of {', '.join(rule.after)}, or drop it")
