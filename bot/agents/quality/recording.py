"""What the checks found, and whether the package may go on to its approvals."""

from bot.figures.autonomy import gated
from bot.playbook.permissions import Step
from bot.streams.deal.deal import Deal
from bot.streams.deal.handovers import ToApprovals
from bot.streams.deal.package import PackageChecked, RecordChecks
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.effects import PostPackage, StartApprovals


def record(deal: Deal, command: RecordChecks, context: Context) -> Decision:
    made = deal.package.current
    if made is None or made.version != command.version:
        return NOTHING
    checked = PackageChecked(version=command.version, checks=command.checks)
    if not all(check.passed for check in command.checks):
        return Accept((checked,), (PostPackage(version=command.version),))
    quote = made.contract.quote
    over = ToApprovals(
        at=context.now,
        version=made.version,
        hash=made.hash,
        total=quote.total,
        discount=quote.discount,
        payment_days=quote.payment_days,
        margin=quote.margin,
        asked_by=deal.opening.rep,
    )
    held, effects = gated(Step.PLAN_APPROVALS, (StartApprovals(version=made.version),), context, made.hash)
    return Accept((checked, over, *held), effects)
