"""Practices change by their owner's word: what past deals say is proposed, with its numbers, and decided in Slack."""

from collections.abc import Iterator

from bot.playbook.permissions import Permission
from bot.streams.company.company import Company
from bot.streams.company.practices import (
    DecidePractice,
    Evidence,
    PracticeDecided,
    PracticeProposed,
    WeighPractices,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.effects import Effect
from bot.streams.ids import COMPANY
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def weigh(company: Company, command: WeighPractices, context: Context) -> Decision:
    """Each change once. What was refused is proposed again when so many more deals speak, as the playbook says."""
    facts: list[PracticeProposed] = []
    effects: list[Effect] = []
    for evidence in command.found:
        owners = _owners(evidence, context)
        if not owners or not _is_news(company, evidence, context):
            continue
        facts.append(PracticeProposed(evidence=evidence, asked=owners, at=context.now))
        effects += [*_closed(company, evidence.name), *(offer(who, task(evidence)) for who in owners)]
    return Accept(tuple(facts), tuple(effects)) if facts else NOTHING


def decide(company: Company, command: DecidePractice, context: Context) -> Decision:
    """By who holds the role that owns it, on exactly the numbers that she saw."""
    proposal = company.practices.proposal(command.seen)
    if proposal is None:
        return Refuse("approval.changed")
    if company.practices.answer(proposal) is not None:
        return Refuse("approval.decided")
    if not context.groups & context.playbook.groups_of(proposal.evidence.practice.owner):
        return Refuse("approval.not_yours")
    decided = PracticeDecided(digest=command.seen, yes=command.yes, by=command.actor, at=context.now)
    return Accept((decided,), tuple(_closed(company, proposal.evidence.name)))


def task(evidence: Evidence) -> Task:
    seen = evidence.digest
    return Task(
        id=f"practice:{seen[:16]}", deal=COMPANY, kind="practice", about=seen[:16], seen=seen, title="A practice"
    )


def _is_news(company: Company, evidence: Evidence, context: Context) -> bool:
    before = company.practices.of(evidence.name)
    if before is None:
        return True
    answer = company.practices.answer(before)
    if answer is None:
        return False
    more = context.playbook.precedents.again_after
    return evidence.deals * 10_000 >= before.evidence.deals * (10_000 + more)


def _owners(evidence: Evidence, context: Context) -> tuple[str, ...]:
    """Who holds the role; when nobody does, who may override the policy."""
    book, people = context.playbook, context.reads.colleagues
    groups = book.groups_of(evidence.practice.owner)
    holders = tuple(c.person for c in people if c.groups & groups)
    return holders or tuple(c.person for c in people if book.may(c.groups, Permission.OVERRIDE_APPROVAL))


def _closed(company: Company, name: str) -> Iterator[Effect]:
    """An earlier one of the same change that still waits."""
    before = company.practices.of(name)
    if before is not None and company.practices.answer(before) is None:
        yield from (close(who, task(before.evidence).id) for who in before.asked)
