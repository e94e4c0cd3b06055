"""An approver asks the rep before she decides; the answer comes back into her request."""

from bot.agents.approvals.asking import numbered, task
from bot.agents.approvals.deciding import decidable
from bot.streams.deal.asking_back import AnswerBack, AskBack, QuestionAnswered, QuestionAsked
from bot.streams.deal.deal import Deal
from bot.streams.deal.withdrawing import told_no_more
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.effects import Effect, PostNote
from bot.streams.person.person import Task
from bot.streams.tell import close, offer, show_again

MOST_OPEN = 5  # of one request


def ask(deal: Deal, command: AskBack, context: Context) -> Decision:
    """Only who could decide it asks. Its deadline stays; reminders to her wait for the answer."""
    found = decidable(deal, command, context)
    if isinstance(found, Refuse):
        return found
    approval, _ = found
    if not (words := command.words.strip()):
        return Refuse("question.empty", field="words")
    if deal.asking_back.waits(approval.subject, command.actor):
        return Refuse("question.waits")
    if len(deal.asking_back.of(approval.subject)) >= MOST_OPEN:
        return Refuse("question.too_many")
    fact = QuestionAsked(
        no=len(deal.asking_back.questions) + 1,
        approval=approval.id,
        subject=approval.subject,
        by=command.actor,
        words=words,
        at=context.now,
    )
    note = PostNote(about="approval.question", words={"by": fact.by, "title": approval.title, "words": words})
    return Accept(
        (fact,), (note, offer(deal.opening.rep, _task(deal, fact)), show_again(fact.by, task(deal, approval).id))
    )


def answer(deal: Deal, command: AnswerBack, context: Context) -> Decision:
    """Once, by the rep or somebody who works on the deal for her."""
    asked = deal.asking_back.question(command.no)
    if asked is None:
        return Refuse("command.stale")
    if deal.asking_back.answer(asked.no):
        return Refuse("question.answered")
    if command.actor == asked.by:
        return Refuse("question.own")
    if not (words := command.words.strip()):
        return Refuse("question.empty", field="words")
    fact = QuestionAnswered(no=asked.no, by=command.actor, words=words, at=context.now)
    title = approval.title if (approval := deal.approvals.approval(asked.approval)) else asked.approval
    note = PostNote(about="approval.answer", words={"by": fact.by, "title": title, "words": words})
    done = close(deal.opening.rep, _task(deal, asked).id)
    still = next((a for a in deal.approvals.due if a.subject == asked.subject), None)
    told: tuple[Effect, ...] = ()
    if still is not None:
        helped = told_no_more(deal, still, "answer")
        told = (*helped, show_again(asked.by, task(deal, still).id), offer(asked.by, _answered(deal, asked)))
    return Accept((fact,), (note, done, *told))


def _task(deal: Deal, of: QuestionAsked) -> Task:
    return numbered(deal, "question", of.no, f"A question about {deal.customer}")


def _answered(deal: Deal, of: QuestionAsked) -> Task:
    return numbered(deal, "answer", of.no, f"Your question about {deal.customer} is answered")
