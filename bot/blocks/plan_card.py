"""Who is asked to approve what, and which line of the policy asks for it."""

from bot.blocks.card import Card, card, escape, header, section
from bot.blocks.deal_card import approval_line
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal


def card_of(deal: Deal, playbook: Playbook, known: Known) -> Card:
    asked = deal.approvals.asked
    version = deal.package.version
    if not asked:
        return card(
            f"{deal.customer}: package {version} needs no approval.",
            section(
                f":white_check_mark: *Package {version} needs no approval.*", "Every term is within the rep's own."
            ),
        )
    names = ", ".join(dict.fromkeys(known.name(a.person) for a in asked))
    return card(
        f"{deal.customer}: package {version} needs {_count(len(asked))}, of {names}.",
        header(f"Package {version} needs {_count(len(asked))}"),
        *(section(approval_line(deal, a, known), f"_Why: {escape(a.why)} ({escape(a.line)})_") for a in asked),
    )


def _count(number: int) -> str:
    return f"{number} approval{'s' if number != 1 else ''}"
