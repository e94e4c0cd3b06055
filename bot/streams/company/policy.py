"""A changed approval policy: proposed with what it would have changed, decided by the policy's owner."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact


class ProposePolicy(Command):
    """`digest` names the policy, `told` is what the replay of past deals says of it."""

    digest: str
    told: tuple[str, ...]


class DecidePolicy(Command):
    """`seen` is the digest of the policy that was looked at."""

    seen: str
    yes: bool


class PolicyProposed(Fact):
    kind: Literal["policy.proposed"] = "policy.proposed"
    digest: str
    told: tuple[str, ...]
    asked: tuple[str, ...]
    at: datetime


class PolicyDecided(Fact):
    kind: Literal["policy.decided"] = "policy.decided"
    digest: str
    yes: bool
    by: str
    at: datetime


PolicyFact = PolicyProposed | PolicyDecided


@dataclass(frozen=True, slots=True)
class Policy:
    """`approved` is the digest of the one that may be used; empty: nobody was ever asked, so the playbook's own."""

    proposed: PolicyProposed | None = None
    decided: PolicyDecided | None = None
    approved: str = ""

    @property
    def waits(self) -> bool:
        return self.proposed is not None and self.decided is None

    def may_use(self, digest: str) -> bool:
        return self.approved in ("", digest)


def apply(state: Policy, fact: PolicyFact) -> Policy:
    match fact:
        case PolicyProposed():
            return replace(state, proposed=fact, decided=None)
        case PolicyDecided():
            return replace(state, decided=fact, approved=fact.digest if fact.yes else state.approved)
        case _:
            assert_never(fact)
