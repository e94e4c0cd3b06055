"""Who may see what names roles that there are, every document has a kind, and what is ours alone stays so."""

from collections.abc import Iterator

from bot.playbook.access import OUTSIDE
from bot.playbook.gaps_shape import Gap
from bot.playbook.schema import Playbook

OURS_ALONE = "rep"  # the audience of a paper that never leaves


def access_gaps(playbook: Playbook) -> Iterator[Gap]:
    access = playbook.access
    for name, kind in access.kinds.items():
        for reader in sorted(kind.readers - set(playbook.roles) - OUTSIDE):
            message = f"access.kinds.{name}: reader {reader} is no role"
            yield Gap(("access", "kinds", name, "readers"), message, "use a role of roles, customer or crm")
    for role in sorted(access.own_deals_only - set(playbook.roles)):
        message = f"access.own_deals_only: {role} is no role"
        yield Gap(("access", "own_deals_only"), message, "use a role of roles")
    yield from _unseen(playbook)
    yield from _leaks(playbook)


def _unseen(playbook: Playbook) -> Iterator[Gap]:
    used = {rule.template for rule in playbook.documents.rules}
    for template in sorted(used | set(_papers(playbook))):
        if playbook.access.kind_of(template) is None:
            message = f"access.kinds: {template} is of no kind, so nobody may see it"
            yield Gap(("access", "kinds"), message, "add it to the templates of a kind")


def _leaks(playbook: Playbook) -> Iterator[Gap]:
    for template, audience in _papers(playbook).items():
        kind = playbook.access.kind_of(template)
        if audience == OURS_ALONE and kind and kind.readers & OUTSIDE:
            message = f"access.kinds: {template} is for the rep alone, and leaves the company"
            yield Gap(("access", "kinds"), message, "take customer and crm out of its readers")


def _papers(playbook: Playbook) -> dict[str, str]:
    papers = playbook.papers
    kinds = {
        "executive-summary": papers.executive_summary,
        "technical-appendix": papers.technical_appendix,
        "legal-summary": papers.legal_summary,
        "talking-points": papers.talking_points,
    }
    return {template: kind.audience for template, kind in kinds.items()}
