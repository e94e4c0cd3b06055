"""What was given up: its owner is told once, and decides; each of it once."""

from bot.figures import stuck
from bot.playbook.permissions import Permission
from bot.streams.deal.deal import Deal
from bot.streams.deal.envelope import EnvelopeVoided
from bot.streams.deal.parked import DecideParked, EffectDecided, EffectParked, ParkedFact, ReportParked, apply
from bot.streams.decision import NOTHING, Accept, Choice, Context, Deadline, Decision, Fact, Refuse, Release
from bot.streams.effects import Effect, PostNote
from bot.streams.ids import OPERATOR
from bot.streams.tell import close, offer


def report(deal: Deal, command: ReportParked, context: Context) -> Decision:
    known = deal.parked.row(command.key)
    if known is not None and known.fence >= command.fence:
        return NOTHING
    told = command.model_dump(include={"key", "fence", "effect", "lane", "code"})
    parked = EffectParked(**told, at=context.now)
    return Accept((parked,), _told(deal, parked))


def decide(deal: Deal, command: DecideParked, context: Context) -> Decision:
    row = deal.parked.row(command.key)
    if row is None or row.fence != command.fence:
        return Refuse("parked.decided")
    if not _may(deal, command.actor, context):
        return Refuse("parked.not_yours")
    if command.choice != "compensate":
        return _decided(deal, (row,), command, context)
    if not stuck.can_undo(deal, row):
        return Refuse("parked.cannot_undo")
    if command.actor != OPERATOR and not context.playbook.may(context.groups, Permission.VOID_ENVELOPE):
        return Refuse("permission.missing")
    same = tuple(other for other in deal.parked.rows if other.effect == row.effect)
    return _void(deal, _decided(deal, same, command, context), command.actor, context)


def _may(deal: Deal, actor: str, context: Context) -> bool:
    """The deal's owner, or who may decide for others."""
    return actor in (deal.opening.rep, OPERATOR) or context.playbook.may(context.groups, Permission.DECIDE_ANY_EFFECT)


def _decided(deal: Deal, rows: tuple[EffectParked, ...], command: DecideParked, context: Context) -> Accept:
    facts = tuple(
        EffectDecided(
            key=row.key,
            fence=row.fence,
            effect=row.effect,
            choice=command.choice,
            by=command.actor,
            at=context.now,
        )
        for row in rows
    )
    releases = tuple(Release(row.key, row.fence, command.choice) for row in rows)
    return Accept(
        facts, (_note(rows[0], command.choice, command.actor, context), *_told(deal, *facts)), releases=releases
    )


def _told(deal: Deal, *facts: ParkedFact) -> tuple[Effect, ...]:
    """One request to the owner, made anew with every change and closed when nothing is left of it."""
    after = deal.parked
    for fact in facts:
        after = apply(after, fact)
    if not deal.opening.rep:
        return ()
    if not after.rows:
        return (close(deal.opening.rep, stuck.task_id(deal, after)),)
    return (offer(deal.opening.rep, stuck.asked(deal, after)),)


def _note(row: EffectParked, choice: Choice, actor: str, context: Context) -> PostNote:
    words = {"what": context.playbook.given_up(row.effect).what, "person": actor}
    return PostNote(about=f"parked.{choice}", words=words)


def _void(deal: Deal, decided: Accept, actor: str, context: Context) -> Accept:
    """Nobody can sign it any more; the package is ready to be sent anew."""
    sent = deal.envelope.sent
    voided: tuple[Fact, ...] = (EnvelopeVoided(envelope=sent.envelope, by=actor, at=context.now),) if sent else ()
    ended = ("envelope.ends", *(f"remind.{signer.no}" for signer in deal.envelope.signers))
    deadlines = tuple(Deadline(name) for name in ended)
    return Accept((*decided.facts, *voided), decided.effects, deadlines=deadlines, releases=decided.releases)
