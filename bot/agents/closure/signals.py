"""Hearing a yes: what counts, who said it, and what begins at once."""

from datetime import timedelta

from bot.agents.closure import drafting
from bot.figures.autonomy import gated, level
from bot.playbook.permissions import Step
from bot.reasoning.closing_signal.reader import Reading, Speaker, promises, read
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import ListeningSwitched
from bot.streams.deal.signals import (
    CatchUp,
    HearMessage,
    JudgeSignal,
    MessageHeard,
    PromiseHeard,
    RecordSignalCard,
    SignalCardPosted,
    SignalDetected,
    SignalJudged,
    Span,
    WeighMessage,
)
from bot.streams.deal.withdrawing import closed
from bot.streams.decision import NOTHING, Accept, Context, Decision, Fact, HeardText, Refuse
from bot.streams.effects import Effect, PostSignal, ReadSpeaker, RefreshIntroduction, RefreshSignal
from bot.streams.ids import digest

STOP_WORDS = frozenset({"countersign stop", "countersign, stop", "@countersign stop"})


def hear(deal: Deal, command: HearMessage, context: Context) -> Decision:
    opening = deal.opening
    shared = command.channel == opening.shared_channel
    elsewhere = command.channel in opening.left
    if deal.opportunity is None or elsewhere or (shared and not opening.reads_shared):
        return NOTHING
    if deal.signals.has_heard(command.channel, command.ts):
        return NOTHING
    if shared and command.text.strip().rstrip(".!").casefold() in STOP_WORDS:
        stopped = ListeningSwitched(on=False, by=command.speaker, at=context.now)
        return Accept((stopped,), (RefreshIntroduction(),))
    text_id = next(context.mint)
    heard = MessageHeard(
        text_id=text_id,
        hash=digest(command.text),
        channel=command.channel,
        ts=command.ts,
        speaker=command.speaker,
    )
    keep = timedelta(days=context.playbook.signals.keep_days_without_signal)
    user = command.speaker.partition(":")[2]
    return Accept((heard,), (ReadSpeaker(text_id=text_id, user=user),), texts=(HeardText(text_id, command.text, keep),))


def catch_up(deal: Deal, command: CatchUp, context: Context) -> Decision:
    """Each as if it came now; after a stop nothing more."""
    taken: list[Accept] = []
    for said in command.said:
        about = {**said.model_dump(), "stream_id": command.stream_id, "actor": command.actor}
        heard = hear(deal, HearMessage(**about, channel=command.channel), context)
        taken += [heard] if isinstance(heard, Accept) else []
        if any(isinstance(fact, ListeningSwitched) for one in taken for fact in one.facts):
            break
    return Accept(
        tuple(fact for one in taken for fact in one.facts),
        tuple(effect for one in taken for effect in one.effects),
        texts=tuple(text for one in taken for text in one.texts),
    )


def weigh(deal: Deal, command: WeighMessage, context: Context) -> Decision:
    """The rule that disposes: ours may promise, only theirs may say yes."""
    heard = deal.signals.message(command.text_id)
    if heard is None or heard.hash != digest(command.text):
        return NOTHING
    if not command.foreign:
        return _ours(deal, heard, command, context)
    reading = read(command.text, (), _speaker(deal, command), "slack")
    threshold = context.playbook.signals
    if reading.label == "no_commit" or (reading.label == "commit" and reading.score < threshold.unsure_at):
        return NOTHING
    signal = _signal(deal, command, reading, context)
    begins = reading.label == "commit" and reading.score >= threshold.commit_at and deal.package.version == 0
    facts, effects = _begin(deal, signal, context) if begins else ((), ())
    return Accept((signal, *facts), (PostSignal(no=signal.no), *effects), texts=(_keep(command, context),))


def _begin(deal: Deal, signal: SignalDetected, context: Context) -> tuple[tuple[Fact, ...], tuple[Effect, ...]]:
    if level(Step.DRAFT_PACKAGE, context) == "act":
        return drafting.begin(deal, signal, context)
    return gated(Step.DRAFT_PACKAGE, (), context, signal.text_id)


def judge(deal: Deal, command: JudgeSignal, context: Context) -> Decision:
    """ "Not a yes": what rests on it stops, and the requests to approvers go."""
    if deal.signals.signal(command.no) is None or deal.signals.judgement(command.no):
        return Refuse("signal.judged")
    if deal.envelope.sent is not None:
        return Refuse("envelope.already_sent")
    judged = SignalJudged(no=command.no, by=command.actor, at=context.now)
    tasks = closed(deal, deal.approvals.open, withdrawn=True)
    return Accept((judged,), (RefreshSignal(no=command.no), *tasks))


def record_card(deal: Deal, command: RecordSignalCard, context: Context) -> Decision:
    return Accept((SignalCardPosted(no=command.no, channel=command.channel, ts=command.ts),))


def _ours(deal: Deal, heard: MessageHeard, command: WeighMessage, context: Context) -> Decision:
    said: tuple[Fact, ...] = tuple(
        PromiseHeard(
            text_id=command.text_id,
            said=Span(start=found.start, end=found.end, hash=digest(found.text)),
            speaker=heard.speaker,
            name=command.name,
            link=command.link,
            at=context.now,
        )
        for found in promises(command.text)
        if heard.channel == deal.opening.shared_channel
    )
    return Accept(said, texts=(_keep(command, context),)) if said else NOTHING


def _keep(command: WeighMessage, context: Context) -> HeardText:
    days = context.playbook.signals.keep_days_with_signal
    return HeardText(command.text_id, command.text, timedelta(days=days))


def _speaker(deal: Deal, command: WeighMessage) -> Speaker:
    contact = deal.opportunity.contact_named(command.name) if deal.opportunity else None
    return Speaker(command.name, contact.title if contact else command.title, "", "customer")


def _signal(deal: Deal, command: WeighMessage, reading: Reading, context: Context) -> SignalDetected:
    contact = deal.opportunity.contact_named(command.name) if deal.opportunity else None
    return SignalDetected(
        no=len(deal.signals.detected) + 1,
        text_id=command.text_id,
        label=reading.label,
        score=reading.score,
        said=tuple(Span(start=e.start, end=e.end, hash=digest(e.text)) for e in reading.evidence),
        conditions=tuple(Span(start=e.start, end=e.end, hash=digest(e.text)) for e in reading.conditions),
        name=command.name,
        title=contact.title if contact else command.title,
        contact_id=contact.id if contact else "",
        authority=_authority(deal, contact.id if contact else "", reading),
        link=command.link,
        at=context.now,
        reasons=reading.reasons,
        urgency=reading.urgency or "",
        competitors=reading.competitors,
    )


def _authority(deal: Deal, contact_id: str, reading: Reading) -> str:
    signers = deal.opportunity.signers if deal.opportunity else ()
    others = [s.name for s in signers if s.id != contact_id]
    if any(s.id == contact_id for s in signers):
        return f"may sign, together with {' and '.join(others)}" if others else "may sign alone"
    return {"yes": "says so; not a signer in Salesforce", "no": "says that somebody else decides"}.get(
        reading.authority, "not known: not a signer in Salesforce"
    )
