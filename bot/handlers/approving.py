"""Forms about who decides: one request passed on, authority lent, the policy overridden."""

from collections.abc import Callable

from pydantic import ValidationError

from bot.agents.approvals.deciding import amount_wanted
from bot.blocks import inputs, people_forms
from bot.blocks.actions import Ref, ViewId
from bot.figures.batching import MOST
from bot.figures.typed import typed_amount
from bot.handlers.desk import Counter
from bot.handlers.fields import WrongField, date_of, days_of, discount_of
from bot.handlers.press import Submission
from bot.streams.deal.approvals import Approve, PassOn
from bot.streams.deal.asking_back import LONGEST, AnswerBack, ApproveAt, AskBack
from bot.streams.deal.overrides import GrantException, ReplaceApprover, WaiveApproval
from bot.streams.decision import Command
from bot.streams.money import Money
from bot.streams.person.lending import Lend

LONGEST_REASON = 200
LONGEST_PERSON = 100


def pass_on(told: Submission, ref: Ref) -> Command:
    where = {"stream_id": ref.stream_id, "actor": told.who, "approval": ref.about, "seen": ref.seen}
    return PassOn(**where, to=_person(told), reason=_reason(told))


def ask(told: Submission, ref: Ref) -> Command:
    where = {"stream_id": ref.stream_id, "actor": told.who, "approval": ref.about, "seen": ref.seen}
    return AskBack(**where, words=told.text(inputs.WORDS)[:LONGEST])


def answer(told: Submission, ref: Ref) -> Command:
    no = int(ref.about) if ref.about.isascii() and ref.about.isdigit() else -1
    return AnswerBack(stream_id=ref.stream_id, actor=told.who, no=no, words=told.text(inputs.WORDS)[:LONGEST])


def approve_at(told: Submission, ref: Ref) -> Command:
    """Of the price or of the payment term, as the form asked."""
    where = {"stream_id": ref.stream_id, "actor": told.who, "approval": ref.about, "seen": ref.seen}
    terms = {"payment_days": days_of(told)} if inputs.PAYMENT_DAYS in told.blocks else {"discount": discount_of(told)}
    return ApproveAt(**where, **terms, reason=_reason(told))


def approve(counter: Counter, told: Submission, ref: Ref) -> Command:
    """With the total as it was typed, in the deal's currency."""
    deal = counter.front.ask.deal(ref.stream_id)
    total = amount_wanted(deal, counter.front.playbook)
    where = {"stream_id": ref.stream_id, "actor": told.who, "approval": ref.about, "seen": ref.seen}
    typed = typed_amount(told.text(inputs.AMOUNT), total.currency) if total else None
    if total is not None and typed is None:
        raise WrongField(inputs.AMOUNT, "approval.amount_unread")
    return Approve(**where, typed=typed)


def lend(told: Submission, ref: Ref) -> Command:
    return Lend(
        stream_id=ref.stream_id,
        actor=told.who,
        to=_person(told),
        from_on=date_of(told, inputs.FROM_ON),
        until_on=date_of(told, inputs.UNTIL_ON),
        up_to=_amounts(told),
        reason=_reason(told),
    )


def override(told: Submission, ref: Ref) -> Command:
    about = told.text(people_forms.REQUEST)[:LONGEST_PERSON]
    where = {"stream_id": ref.stream_id, "actor": told.who, "approval": about, "seen": ref.seen}
    match told.text(people_forms.ACT):
        case "replace":
            return ReplaceApprover(**where, to=_person(told), reason=_reason(told))
        case "waive":
            return WaiveApproval(**where, reason=_reason(told), until_on=date_of(told, inputs.UNTIL_ON))
        case "exception":
            return GrantException(**where, reason=_reason(told), until_on=date_of(told, inputs.UNTIL_ON))
        case _:
            raise WrongField(people_forms.ACT, "command.stale")


def _person(told: Submission) -> str:
    return told.text(inputs.PERSON)[:LONGEST_PERSON]


def _reason(told: Submission) -> str:
    return told.text(inputs.REASON)[:LONGEST_REASON]


def _amounts(told: Submission) -> tuple[Money, ...]:
    """Such as "50,000 EUR"; nothing: no limit."""
    words = told.text(people_forms.AMOUNT).replace(",", "").upper().split()
    if not words:
        return ()
    try:
        number, currency = sorted(words)
        return (Money.parse(number, currency),)
    except ValueError:
        raise WrongField(people_forms.AMOUNT, "lending.no_amount") from None


def several(counter: Counter, told: Submission) -> list[tuple[str, str]]:
    """Each is given on its own. Of those that were not taken: the customer, and the playbook's reason."""
    no = []
    for number, value in enumerate(told.chosen(inputs.CHOSEN)[:MOST]):
        stream_id, _, rest = value.partition(" ")
        approval, _, seen = rest.partition(" ")
        try:
            command = Approve(stream_id=stream_id, actor=told.who, approval=approval, seen=seen)
        except ValidationError:
            no.append(("", "command.stale"))
            continue
        reason = counter.give(command, f"{told.key}:{number}").reason
        deal = counter.front.ask.deal_if_kept(stream_id) if reason else None
        no += [(deal.customer if deal else "", reason)] if reason else []
    return no


VIEWS: dict[str, Callable[[Counter, Submission, Ref], Command]] = {ViewId.APPROVAL_AMOUNT: approve}
