"""A change that numbers speak for is put to its owner once; her yes is followed until the number moves, or its time is
over: then it was not true."""

from collections.abc import Iterator
from datetime import timedelta

from bot.playbook.permissions import Permission
from bot.playbook.proposing import Proposing
from bot.streams.company.company import Company
from bot.streams.company.proposals import (
    DecideProposal,
    Followed,
    Measured,
    Proposal,
    ProposalDecided,
    ProposalEnded,
    ProposalFact,
    ProposalMeasured,
    ProposalRaised,
    WeighProposals,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.effects import Effect
from bot.streams.ids import COMPANY, digest
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def weigh(company: Company, command: WeighProposals, context: Context) -> Decision:
    """Each change once: not while one about the same lives, nor soon after it was over."""
    facts: list[ProposalFact] = []
    effects: list[Effect] = []
    for proposal in {each.id: each for each in command.found}.values():
        owners = _owners(proposal, context)
        if owners and _is_news(company, proposal, context):
            raised = _raised(proposal, owners, context)
            facts.append(raised)
            effects += [offer(who, task(Followed(raised), context)) for who in owners]
    for measured in command.measured:
        followed = company.proposals.of(measured.about)
        if followed is not None and (found := tuple(_measured(followed, measured, context))):
            facts += found
            effects += _anew(followed, found, context)
    return Accept(tuple(facts), tuple(effects)) if facts else NOTHING


def decide(company: Company, command: DecideProposal, context: Context) -> Decision:
    followed = company.proposals.of(command.about)
    if followed is None:
        return Refuse("approval.changed")
    if command.actor not in followed.raised.asked and not context.groups & _groups(followed.raised.owner, context):
        return Refuse("approval.not_yours")
    if command.choice != "accept" and not command.reason.strip():
        return Refuse("reason.missing", "reason")
    if command.choice == "not_true":
        return _not_true(followed, command, context)
    if followed.decided is not None:
        return Refuse("approval.decided")
    yes = command.choice == "accept"
    until = context.now + timedelta(days=context.playbook.proposals.follow_days) if yes else None
    fact = ProposalDecided(
        about=command.about, yes=yes, by=command.actor, reason=command.reason, at=context.now, follow_until=until
    )
    return Accept((fact,), tuple(close(who, f"proposal:{command.about}") for who in followed.raised.asked))


def task(followed: Followed, context: Context) -> Task:
    """`seen` says how far it is, so that the card is shown anew when that changes."""
    about = followed.proposal.id
    seen = digest(about, followed.state, followed.changed_at.isoformat())
    kind = context.playbook.proposals.kinds.get(followed.proposal.kind)
    title = f"A proposal: {kind.title if kind else followed.proposal.kind}"
    return Task(id=f"proposal:{about}", deal=COMPANY, kind="proposal", about=about, seen=seen, title=title)


def _raised(proposal: Proposal, owners: tuple[str, ...], context: Context) -> ProposalRaised:
    rules = context.playbook.proposals
    due_on = context.now.date() + timedelta(days=rules.due_days)
    owner = rules.kinds[proposal.kind].owner
    return ProposalRaised(proposal=proposal, owner=owner, asked=owners, due_on=due_on, at=context.now)


def _is_news(company: Company, proposal: Proposal, context: Context) -> bool:
    again = timedelta(days=context.playbook.proposals.again_days)
    return all(
        each.proposal.id != proposal.id and each.over_at is not None and context.now - each.over_at >= again
        for each in company.proposals.alike(proposal)
    )


def _measured(followed: Followed, told: Measured, context: Context) -> Iterator[ProposalFact]:
    """Of an accepted one. The number counts from `least` on; when its time is over, what has not moved was not true."""
    decided, rules = followed.decided, context.playbook.proposals
    if decided is None or not followed.live or decided.follow_until is None:
        return
    before = followed.measured
    if told.count and (before is None or (before.value, before.count) != (told.value, told.count)):
        yield ProposalMeasured(about=told.about, value=told.value, count=told.count, at=context.now)
    enough = told.count >= rules.least
    if enough and followed.proposal.aim.reached(told.value):
        yield ProposalEnded(about=told.about, kept=True, at=context.now)
    elif context.now >= decided.follow_until:
        why = "" if enough else _too_few(told, rules)
        yield ProposalEnded(about=told.about, kept=False, reason=why, at=context.now)


def _too_few(told: Measured, rules: Proposing) -> str:
    return f"too few since the yes to tell: {told.count} of {rules.least}"


def _not_true(followed: Followed, command: DecideProposal, context: Context) -> Decision:
    if followed.decided is None or not followed.live:
        return Refuse("approval.changed")
    ended = ProposalEnded(about=command.about, kept=False, by=command.actor, reason=command.reason, at=context.now)
    return Accept((ended,), tuple(_anew(followed, (ended,), context)))


def _anew(followed: Followed, found: tuple[ProposalFact, ...], context: Context) -> Iterator[Effect]:
    """The card that each of them has shows how far it is."""
    seen = digest(followed.proposal.id, *(fact.model_dump_json() for fact in found))
    shown = task(followed, context).model_copy(update={"seen": seen})
    return (offer(who, shown) for who in followed.raised.asked)


def _owners(proposal: Proposal, context: Context) -> tuple[str, ...]:
    """Who holds the role; when nobody does, who may override the policy. Nobody for a kind the playbook has not."""
    book, people = context.playbook, context.reads.colleagues
    if proposal.kind not in book.proposals.kinds:
        return ()
    groups = _groups(book.proposals.kinds[proposal.kind].owner, context)
    holders = tuple(c.person for c in people if c.groups & groups)
    return holders or tuple(c.person for c in people if book.may(c.groups, Permission.OVERRIDE_APPROVAL))


def _groups(role: str, context: Context) -> frozenset[str]:
    found = context.playbook.roles.get(role)
    return found.groups if found else frozenset()
