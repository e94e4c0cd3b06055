"""Small equal requests that lie before one person: of one rule, with nothing unusual in them."""

from collections import defaultdict
from collections.abc import Sequence

from bot.playbook.approving import Batch
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox

MOST = 10  # what a form of Slack's can list
Small = tuple[Deal, Approval]


def small_equal(tasks: Sequence[tuple[Deal, Inbox]], book: Playbook) -> tuple[Small, ...]:
    """The largest group, in the order in which they stand; none when it is too small."""
    rules, found = book.approvals.batch, defaultdict[str, list[Small]](list)
    if rules is None:
        return ()
    for deal, item in tasks:
        approval = _small(deal, item, rules)
        if approval is not None:
            found[approval.rule].append((deal, approval))
    largest = max(found.values(), key=len, default=[])
    return tuple(largest[:MOST]) if len(largest) >= rules.least else ()


def _small(deal: Deal, item: Inbox, rules: Batch) -> Approval | None:
    """Open, of the package as it is, within the amount, of no high risk; checked without a warning, and nothing asked
    or offered about it meanwhile."""
    made, planned, checked = deal.package.current, deal.approvals.planned, deal.package.checked
    approval = next((a for a in deal.approvals.due if a.id == item.task.about), None)
    if item.task.kind != "approval" or approval is None or made is None or planned is None or checked is None:
        return None
    total = made.contract.quote.total
    unusual = planned.risk or approval.stuck or any(check.findings for check in checked.checks)
    talked = deal.asking_back.of(approval.subject) or deal.asking_back.offered(made.version)
    within = total.decimal() <= rules.up_to.get(total.currency, -1)
    same = item.task.seen == deal.package.hash and item.closed_at is None
    return approval if within and same and not unusual and not talked else None
