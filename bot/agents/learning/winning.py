"""The win is told once, with everybody credited; its outcome joins what later deals learn from."""

from collections.abc import Iterator

from bot.figures.significance import significance
from bot.playbook.closing import WinLevel
from bot.streams.deal.deal import Deal
from bot.streams.deal.handoff import (
    Celebrate,
    GiveKudos,
    Helper,
    KudosGiven,
    OutcomeRecorded,
    RecordWin,
    WinPlanned,
    WinPosted,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.effects import PostWin

HELP_OF_KIND = {"payment": "helper.finance", "credit": "helper.finance", "legal": "helper.legal"}


def celebrate(deal: Deal, command: Celebrate, context: Context) -> Decision:
    won, opportunity = deal.books.won, deal.opportunity
    if won is None or opportunity is None or deal.handoff.win is not None:
        return NOTHING
    past = context.reads.past_of
    level, why = significance(won.total, opportunity.account.industry, past, context.playbook.wins)
    rule: WinLevel = getattr(context.playbook.wins, level)
    helpers = tuple(_named(deal, context))
    planned = WinPlanned(level=level, why=why, channel=rule.channel, helpers=helpers)
    began = deal.signals.yes.at if deal.signals.yes else won.at
    outcome = OutcomeRecorded(
        won=True,
        days=max((won.at - began).days, 0),
        strategy=deal.signals.strategy.strategy if deal.signals.strategy else "",
        at=context.now,
    )
    return Accept((planned, outcome), (PostWin(),))


def record_win(deal: Deal, command: RecordWin, context: Context) -> Decision:
    return Accept((WinPosted(channel=command.channel, ts=command.ts),))


def kudos(deal: Deal, command: GiveKudos, context: Context) -> Decision:
    if deal.handoff.win_posted is None:
        return Refuse("win.none")
    if command.actor in deal.handoff.kudos:
        return Refuse("kudos.given")
    return Accept((KudosGiven(by=command.actor),), (PostWin(),))


def _named(deal: Deal, context: Context) -> Iterator[Helper]:
    """Each person once, for the first thing that she did."""
    seen: set[str] = set()
    for person, key in _helped(deal):
        colleague = context.reads.colleague(person)
        if colleague is not None and person not in seen:
            seen.add(person)
            yield Helper(person=person, name=colleague.name, what=context.playbook.word(key))


def _helped(deal: Deal) -> Iterator[tuple[str, str]]:
    yield deal.opening.rep, "helper.deal"
    for approval in deal.approvals.asked:
        if granted := deal.approvals.yes(approval):
            yield granted.by, HELP_OF_KIND.get(approval.kind, "helper.approved")
    for promise in deal.signals.promises:
        yield promise.speaker, "helper.solutions"
    for signer in deal.envelope.signers:
        yield signer.person, "helper.signed"
    if deal.handoff.offered:
        yield deal.handoff.offered.csm, "helper.customer"
