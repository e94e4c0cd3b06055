"""Who may decide an approval: never who asked for it, never beyond the own authority."""

from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval


def may_decide(approval: Approval, person: str, groups: frozenset[str], book: Playbook) -> bool:
    allowed = book.may(groups, Permission.DECIDE_APPROVAL) and person != approval.asked_by
    return allowed and within(approval, groups, book)


def within(approval: Approval, groups: frozenset[str], book: Playbook) -> bool:
    match approval.kind:
        case "discount":
            return book.discount_authority(groups) >= approval.asked
        case "payment":
            return book.payment_authority(groups) >= approval.asked
        case _:
            return bool(groups & book.groups_of(approval.role))
