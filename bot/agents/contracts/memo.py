"""The legal memo: kept for every package, and put before legal when the package's risk calls for it."""

from bot.figures.clauses import risk_of
from bot.playbook.clauses import RISKS
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.memo import JudgeMemo, MemoJudged, MemoMade, RecordMemo
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.effects import Effect, PostNote
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def record(deal: Deal, command: RecordMemo, context: Context) -> Decision:
    package = deal.package.current
    if package is None or package.version != command.version:
        return NOTHING
    person = _reader(deal, context) if _calls_for(package.contract, context) else ""
    told = {"version": command.version, "hash": package.hash, "file": command.file}
    made = MemoMade(**told, person=person, at=context.now)
    asked = (offer(person, _task(deal, made)),) if person else ()
    return Accept((made,), (*_closed(deal), *asked))


def judge(deal: Deal, command: JudgeMemo, context: Context) -> Decision:
    made = deal.memo.made
    if made is None or made.hash != command.seen or deal.package.hash != command.seen:
        return Refuse("package.changed")
    if deal.memo.judgement(made.version) is not None:
        return Refuse("memo.judged")
    words = command.words.strip()
    if not command.accepted and not words:
        return Refuse("reason.missing", field="reason")
    told = {"version": made.version, "hash": made.hash, "accepted": command.accepted, "words": words}
    judged = MemoJudged(**told, by=command.actor, at=context.now)
    about = "memo.accepted" if command.accepted else "memo.amended"
    said = {"version": str(made.version), "person": command.actor, "words": words}
    return Accept((judged,), (*_closed(deal), PostNote(about=about, words=said)))


def _calls_for(contract: Contract, context: Context) -> bool:
    risk = risk_of(contract.clauses, contract.law_notes)
    return contract.own_paper or RISKS.index(risk) >= RISKS.index(context.playbook.memo.ask_from)


def _reader(deal: Deal, context: Context) -> str:
    """Of the role that reads memos, whoever has least to do; never the deal's own rep. Empty when there is nobody."""
    groups = context.playbook.groups_of(context.playbook.memo.role)
    able = [c for c in context.reads.colleagues if c.groups & groups and c.person != deal.opening.rep]
    return min(able, key=lambda c: (c.open_tasks, c.person)).person if able else ""


def _task(deal: Deal, made: MemoMade) -> Task:
    return Task(
        id=f"{deal.id}:memo-{made.version}",
        deal=deal.id,
        kind="memo",
        about=str(made.version),
        seen=made.hash,
        title=f"Legal memo: {deal.customer}",
    )


def _closed(deal: Deal) -> tuple[Effect, ...]:
    made = deal.memo.made
    return (close(made.person, _task(deal, made).id),) if made and made.person else ()
