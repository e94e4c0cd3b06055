"""Forms about who decides: one request passed on, authority lent, the policy overridden."""

from bot.blocks import inputs, people_forms
from bot.blocks.actions import Ref
from bot.handlers.fields import WrongField, date_of
from bot.handlers.press import Submission
from bot.streams.deal.approvals import PassOn
from bot.streams.deal.overrides import GrantException, ReplaceApprover, WaiveApproval
from bot.streams.decision import Command
from bot.streams.money import Money
from bot.streams.person.lending import Lend

LONGEST_REASON = 200
LONGEST_PERSON = 100


def pass_on(told: Submission, ref: Ref) -> Command:
    where = {"stream_id": ref.stream_id, "actor": told.who, "approval": ref.about, "seen": ref.seen}
    return PassOn(**where, to=_person(told), reason=_reason(told))


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
