"""A contract that came back changed: read once, answered change by change, drafted anew where something was agreed."""

from bot.figures.negotiating import noted
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.handovers import to_contracts
from bot.streams.deal.package import TermsSet
from bot.streams.deal.redlines import (
    AnswerChange,
    Change,
    ChangeAnswered,
    RecordRedline,
    RecordRedlinePosted,
    RedlinePosted,
    RedlineRead,
)
from bot.streams.deal.withdrawing import closed as withdrawn
from bot.streams.decision import NOTHING, Accept, Context, Decision, Fact, Refuse
from bot.streams.effects import AssemblePackage, Effect
from bot.streams.legal_effects import PostRedline, RefreshRedline
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def record(deal: Deal, command: RecordRedline, context: Context) -> Decision:
    made, last = deal.package.current, deal.redlines.read
    if made is None:
        return Refuse("package.changed")
    if deal.envelope.sent is not None:
        return Refuse("envelope.already_sent")
    if command.seen != made.hash:
        return Refuse("package.changed")
    if last is not None and (last.hash, last.file) == (made.hash, command.file):
        return NOTHING
    no = last.no + 1 if last else 1
    told = {"no": no, "version": made.version, "hash": made.hash, **command.model_dump(include={"name", "file"})}
    read = RedlineRead(**told, changes=command.changes, by=command.actor, at=context.now)
    return Accept((read,), (*closed(deal), PostRedline(redline=no)))


def record_posted(deal: Deal, command: RecordRedlinePosted, context: Context) -> Decision:
    posted = RedlinePosted(redline=command.redline, channel=command.channel, ts=command.ts)
    return Accept((posted,))


def answer(deal: Deal, command: AnswerChange, context: Context) -> Decision:
    """The rep accepts, counters or asks legal; what is with legal, legal alone answers."""
    change = _open(deal, command, context)
    if isinstance(change, Refuse):
        return change
    if command.answer == "accept" and not change.acceptable:
        return Refuse("redline.not_on_ladder")
    rung = {"accept": change.standing, "counter": change.counter, "escalate": ""}[command.answer]
    told = {"redline": command.redline, "change": change.no, "answer": command.answer, "clause": change.clause}
    given = ChangeAnswered(**told, rung=rung, by=command.actor, at=context.now)
    shown = RefreshRedline(redline=command.redline)
    if command.answer == "escalate":
        person = _counsel(deal, context)
        if not person:
            return Refuse("approvals.nobody")
        asked = given.model_copy(update={"person": person})
        return Accept((asked,), (offer(person, _task(deal, change)), shown))
    facts, effects = _finished(deal, change, given, context)
    return Accept((given, *facts), (*closed(deal, change), shown, *effects))


def _open(deal: Deal, command: AnswerChange, context: Context) -> Change | Refuse:
    read = deal.redlines.read
    if read is None or read.no != command.redline or deal.package.hash != command.seen or read.hash != command.seen:
        return Refuse("package.changed")
    if deal.envelope.sent is not None:
        return Refuse("envelope.already_sent")
    change = next((each for each in deal.redlines.open if each.no == command.change), None)
    if change is None:
        return Refuse("redline.answered")
    with_legal = deal.redlines.answer(change.no) is not None
    if with_legal and (command.answer == "escalate" or not context.groups & _groups(context.playbook)):
        return Refuse("redline.with_legal")
    return change


def _finished(
    deal: Deal, change: Change, given: ChangeAnswered, context: Context
) -> tuple[tuple[Fact, ...], tuple[Effect, ...]]:
    """After the last answer: a new package when a clause stands on another rung now, else only a word to the customer's
    own history. Approvals whose subject stays the same stay given."""
    made, terms, opportunity = deal.package.current, deal.package.terms, deal.opportunity
    if made is None or terms is None or opportunity is None or any(c.no != change.no for c in deal.redlines.open):
        return (), ()
    now = {use.clause: use.rung for use in made.contract.clauses}
    agreed = {**{key: each.rung for key, each in deal.redlines.agreed.items()}, given.clause: given.rung}
    if all(not rung or now.get(key, rung) == rung for key, rung in agreed.items()):
        return (), noted(deal, made.contract, context.now.date())
    new = TermsSet(version=terms.version + 1, terms=terms.terms, by=given.by, at=context.now)
    tasks = withdrawn(deal, deal.approvals.open, withdrawn=True)
    strategy = deal.signals.strategy.strategy if deal.signals.strategy else "by hand"
    return (new, to_contracts(opportunity, new, strategy)), (*tasks, AssemblePackage(version=new.version))


def _counsel(deal: Deal, context: Context) -> str:
    groups = _groups(context.playbook)
    able = [c for c in context.reads.colleagues if c.groups & groups and c.person != deal.opening.rep]
    return min(able, key=lambda c: (c.open_tasks, c.person)).person if able else ""


def _groups(playbook: Playbook) -> frozenset[str]:
    return playbook.groups_of(playbook.memo.role)


def _task(deal: Deal, change: Change) -> Task:
    read = deal.redlines.read
    no = read.no if read else 0
    return Task(
        id=f"{deal.id}:redline-{no}-{change.no}",
        deal=deal.id,
        kind="redline",
        about=f"{no}.{change.no}",
        seen=read.hash if read else "",
        title=f"Clause {change.number}: {deal.customer}",
    )


def closed(deal: Deal, *changes: Change) -> tuple[Effect, ...]:
    """Requests to legal that are answered, or of a redline that another one or a newer package replaces."""
    asked = changes or deal.redlines.open
    with_legal = ((each, deal.redlines.answer(each.no)) for each in asked)
    return tuple(close(given.person, _task(deal, each).id) for each, given in with_legal if given and given.person)
