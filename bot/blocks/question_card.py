"""Between an approver and the rep before a decision: her question, the answer, her yes at other terms."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, Card, actions, card, context, escape, header, money, quote, section
from bot.blocks.people import Known
from bot.figures.priced import price_of
from bot.playbook.schema import Playbook
from bot.streams.deal.asking_back import CounterMade
from bot.streams.deal.deal import Deal
from bot.streams.money import percent
from bot.streams.person.person import Inbox


def question(deal: Deal, item: Inbox, known: Known) -> Card:
    """For the rep."""
    asked = deal.asking_back.question(int(item.task.about))
    if asked is None or item.closed_at is not None:
        return _over(deal, "answered, or no longer asked")
    title = _title(deal, asked.approval)
    return card(
        f"{known.name(asked.by)} asks about {deal.customer}, {title}: “{asked.words}”. Answer it.",
        header(f"{deal.customer}: a question before the yes"),
        section(f"*{escape(known.name(asked.by))} asks about {escape(title)}:*", quote(asked.words)),
        actions(
            Ref(stream_id=deal.id, slot="question", about=item.task.about),
            Button(ActionId.QUESTION_ANSWER, "Answer…", f"Answer the question about {title}", True),
        ),
        context("Why you: it is your deal. The request waits for nothing else meanwhile; its deadline stays."),
    )


def answered(deal: Deal, item: Inbox, known: Known) -> Card:
    """For who asked."""
    no = int(item.task.about)
    asked, told = deal.asking_back.question(no), deal.asking_back.answer(no)
    if asked is None or told is None or item.closed_at is not None:
        return _over(deal, "decided, or no longer asked")
    return card(
        f"{known.name(told.by)} answers about {deal.customer}: “{told.words}”. Decide it in your request.",
        section(f"*{escape(known.name(told.by))} answers about {escape(deal.customer)}:*", quote(told.words)),
        context(f"You asked: {quote(asked.words)} Decide it in the request above, or in Home."),
    )


def counter(deal: Deal, item: Inbox, playbook: Playbook, known: Known) -> Card:
    """For the rep: what she would say yes to, and what it comes to."""
    made = deal.asking_back.counter(int(item.task.about))
    if made is None or item.closed_at is not None:
        return _over(deal, "offered, left, or no longer asked")
    at, who, ref = terms(made), known.name(made.by), Ref(stream_id=deal.id, slot="counter", about=item.task.about)
    return card(
        f"{who} says yes to {deal.customer} at {at}. Offer it, or keep to what was asked.",
        header(f"{deal.customer}: a yes at {at}"),
        section(
            f"*{escape(who)}:* {quote(made.reason)}" if made.reason else f"*{escape(who)}* gave no reason.",
            _comes_to(deal, made, playbook),
        ),
        actions(
            ref,
            Button(ActionId.COUNTER_TAKE, f"Make it {at}", f"Make the package at {at}", True),
            Button(ActionId.COUNTER_LEAVE, "Keep what was asked", f"Leave {at} and wait for a decision as asked"),
        ),
        context(
            f"Why you: it is your deal. At exactly these terms {escape(who)} is not asked again. Nothing was sent."
        ),
    )


def terms(of: CounterMade) -> str:
    """Such as 18% off, or net 30."""
    return f"net {of.terms.payment_days}" if of.about == "payment" else f"{percent(of.terms.discount or 0)} off"


def lines(deal: Deal, approval: str, known: Known) -> list[Block | None]:
    """In the request: what was asked and answered, and a yes at other terms that the rep has not answered."""
    subject = found.subject if (found := deal.approvals.approval(approval)) else ""
    told = [
        line
        for q in deal.asking_back.of(subject)
        for line in (f"*{escape(known.name(q.by))} asked:* {quote(q.words)}", _reply(deal, q.no, known))
    ]
    made = deal.asking_back.offered(deal.package.version)
    if made is not None and made.approval == approval:
        told.append(f"*{escape(known.name(made.by))} says yes at {terms(made)}:* the rep has not answered yet.")
    return [section(*told)] if told else []


def _reply(deal: Deal, no: int, known: Known) -> str:
    told = deal.asking_back.answer(no)
    return f"*{escape(known.name(told.by))}:* {quote(told.words)}" if told else "No answer yet."


def _comes_to(deal: Deal, of: CounterMade, playbook: Playbook) -> str:
    made, terms_ = deal.package.current, deal.package.terms
    if made is None or terms_ is None or deal.opportunity is None:
        return ""
    wanted = terms_.model_copy(update={"terms": of.terms})
    priced = price_of(deal.opportunity, wanted, made.contract.offered_on, playbook)
    return f"*Total:* {money(priced.total)}, instead of {money(made.contract.quote.total)}"


def _title(deal: Deal, approval: str) -> str:
    found = deal.approvals.approval(approval)
    return found.title if found else "a request"


def _over(deal: Deal, how: str) -> Card:
    return card(
        f"{deal.customer}: {how}. Nothing more to do.",
        section(f":white_check_mark: *{escape(deal.customer)}:* {how}. Nothing more to do."),
    )
