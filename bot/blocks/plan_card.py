"""Who is asked to approve what, in which order, which line of the policy asks for it, and when it is expected."""

from bot.blocks.approval_lines import approval_line
from bot.blocks.card import Block, Card, card, context, counted, escape, header, moment, section
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal


def card_of(deal: Deal, playbook: Playbook, known: Known) -> Card:
    asked, version = deal.approvals.asked, deal.package.version
    if not asked:
        return card(
            f"{deal.customer}: package {version} needs no approval.",
            section(
                f":white_check_mark: *Package {version} needs no approval.*", "Every term is within the rep's own."
            ),
        )
    by_people = [a for a in asked if not a.auto]
    if not by_people:
        return card(
            f"{deal.customer}: package {version} is approved by the policy itself.",
            header(f"Package {version} is approved by the policy itself"),
            *(_step(deal, a, known) for a in asked),
        )
    names = ", ".join(dict.fromkeys(known.name(a.person) for a in by_people))
    count = counted(len(by_people), "approval")
    return card(
        f"{deal.customer}: package {version} needs {count}, of {names}.",
        header(f"Package {version} needs {count}"),
        _risk(deal),
        *(_step(deal, a, known) for a in asked),
        context(_expected(by_people)),
    )


def _risk(deal: Deal) -> Block | None:
    planned = deal.approvals.planned
    if planned is None or not planned.risk:
        return None
    return section(f":warning: *High risk, so one decides after the other.* _{escape(planned.risk)}_")


def _step(deal: Deal, approval: Approval, known: Known) -> Block | None:
    why = approval.auto or f"{approval.why} ({approval.line})"
    needs = f"_Needs: {escape('; '.join(approval.evidence))}_" if approval.evidence else ""
    return section(
        approval_line(deal, approval, known), f"_Why: {escape(why)}_", needs, _instead(deal, approval, known)
    )


def _instead(deal: Deal, approval: Approval, known: Known) -> str:
    """Somebody stands in, and whose authority it is; or who could."""
    first = dict(deal.approvals.first).get(approval.id, approval.person)
    if approval.stuck:
        return f":warning: Nobody may decide this. {escape(known.name(approval.person))} sees to it that somebody can."
    if first != approval.person:
        lent = deal.approvals.lent(approval, approval.person)
        by = f", by {escape(known.name(lent[0]))}'s authority" if lent else ""
        return f"In place of {escape(known.name(first))}{by}."
    return ""


def _expected(asked: list[Approval]) -> str:
    """Of a plan that was made before times were foreseen, nothing."""
    ends = [a.expected_at for a in asked if a.expected_at is not None]
    return f"All of it is expected by {moment(max(ends))}." if ends else ""
