"""What an approver fills in before her yes: the total, other terms, a question; and the rep's answer."""

from collections.abc import Sequence

from bot.blocks import inputs
from bot.blocks.actions import Ref, ViewId
from bot.blocks.card import Block, context, cut, escape, money, plain, section
from bot.blocks.modals import asked, modal, notice
from bot.figures.batching import Small
from bot.figures.fixes import fix_of
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.asking_back import LONGEST
from bot.streams.deal.deal import Deal
from bot.streams.money import Money, percent
from bot.streams.person.person import Person

LONGEST_AMOUNT, LONGEST_OPTION = 40, 75


def type_amount(deal: Deal, about: str, total: Money) -> Block:
    """A yes to so much is more than one press."""
    body = [
        section(f"*{escape(deal.customer)}:* {escape(_title(deal, about))}", f"*Total:* {money(total)}"),
        asked(inputs.AMOUNT, "Type the total", LONGEST_AMOUNT, "As it stands above; with or without the currency"),
        context("Above the playbook's amount a yes is more than one press."),
    ]
    ref = Ref(stream_id=deal.id, slot="amount", about=about, seen=deal.package.hash)
    return modal(ViewId.APPROVAL_AMOUNT, "Approve", ("Approve", "Cancel"), ref, body)


def approve_at(deal: Deal, about: str, playbook: Playbook) -> Block:
    """It begins with the nearest terms that need no yes of hers."""
    approval = deal.approvals.approval(about)
    body = [
        section(f"*{escape(deal.customer)}:* {escape(_title(deal, about))}"),
        _terms(deal, approval, playbook) if approval else None,
        asked(inputs.REASON, "Why?", 200, "For example: 18% is what the volume carries"),
        context("The rep offers it by a click. Your yes then holds for exactly these terms: you are not asked again."),
    ]
    ref = Ref(stream_id=deal.id, slot="at", about=about, seen=deal.package.hash)
    return modal(ViewId.APPROVAL_AT, "Approve at", ("Say yes at that", "Cancel"), ref, body)


def ask(deal: Deal, about: str) -> Block:
    body = [
        section(f"*{escape(deal.customer)}:* {escape(_title(deal, about))}"),
        asked(inputs.WORDS, "What do you want to know?", LONGEST, "For example: what do they pay today?"),
        context("The rep answers in Slack; the answer comes back into your request. Its deadline stays."),
    ]
    ref = Ref(stream_id=deal.id, slot="ask", about=about, seen=deal.package.hash)
    return modal(ViewId.APPROVAL_ASK, "Ask the rep", ("Ask", "Cancel"), ref, body)


def answer(deal: Deal, about: str) -> Block:
    no = int(about) if about.isascii() and about.isdigit() else -1
    question = deal.asking_back.question(no)
    body = [
        section(f"*{escape(deal.customer)}:* {escape(question.words)}" if question else "That question is gone."),
        asked(inputs.WORDS, "Your answer", LONGEST, "For example: EUR 61 a vehicle, until December"),
        context("Who asked reads it in the request, and everybody in the deal's thread."),
    ]
    ref = Ref(stream_id=deal.id, slot="answer", about=about)
    return modal(ViewId.QUESTION_ANSWER, "Answer", ("Answer", "Cancel"), ref, body)


def several(person: Person, small: Sequence[Small], playbook: Playbook) -> Block:
    """All are chosen; each can be left out. What is submitted names the very packages that stand here."""
    if not small:
        return notice("Nothing to approve", "What was small and equal is decided, or has changed.")
    options = [_option(deal, approval) for deal, approval in small]
    element: Block = {
        "type": "checkboxes",
        "action_id": inputs.CHOSEN,
        "options": options,
        "initial_options": options,
    }
    field: Block = {"type": "input", "block_id": inputs.CHOSEN, "label": plain("Leave out what you want to look at")}
    title, line = small[0][1].title, small[0][1].line
    body = [
        section(f"*{escape(title)}:* {len(small)} small requests with nothing unusual in them."),
        field | {"element": element},
        context(f"Why together: {escape(line)}. Each is a decision of its own, kept with what you see here."),
    ]
    ref = Ref(stream_id=person.id, slot="several")
    return modal(ViewId.APPROVAL_BATCH, "Approve several", ("Approve these", "Cancel"), ref, body)


def _option(deal: Deal, approval: Approval) -> Block:
    made = deal.package.current
    total = money(made.contract.quote.total) if made else ""
    asked_ = percent(approval.asked) if approval.kind == "discount" else f"net {approval.asked}"
    about = f", {asked_}" if approval.kind in ("discount", "payment") else ""
    words = cut(f"{deal.customer}: {total}{about}", LONGEST_OPTION)
    return {"text": plain(words), "value": f"{deal.id} {approval.id} {deal.package.hash}"}


def _terms(deal: Deal, approval: Approval, playbook: Playbook) -> Block:
    rule, made = playbook.approvals.rule(approval.rule), deal.package.current
    fix = fix_of(rule, made.contract.clauses, playbook) if rule and made else None
    if approval.kind == "payment":
        first = str(fix.payment_days) if fix and fix.payment_days is not None else ""
        return asked(inputs.PAYMENT_DAYS, "Days to pay", 3, f"Fewer than the {approval.asked} asked", initial=first)
    first = percent(fix.discount).removesuffix("%") if fix and fix.discount is not None else ""
    return asked(
        inputs.DISCOUNT, "Discount in percent", 6, f"Less than the {percent(approval.asked)} asked", initial=first
    )


def _title(deal: Deal, about: str) -> str:
    approval = deal.approvals.approval(about)
    return approval.title if approval else "This request"
