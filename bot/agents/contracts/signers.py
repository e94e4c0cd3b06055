"""Who signs: the customer's signers in their order, then ours, by signing authority."""

from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Signer
from bot.streams.deal.opportunity import Opportunity
from bot.streams.decision import Colleague
from bot.streams.money import Money


class NoSigner(ValueError):
    """Nobody can sign for one of the sides; `args` are the field, what was expected, what to do."""


def choose(
    opportunity: Opportunity, colleagues: tuple[Colleague, ...], total: Money, playbook: Playbook
) -> tuple[Signer, ...]:
    """Raises NoSigner when a side has nobody."""
    theirs = tuple(
        Signer(no=i, side="customer", name=c.name, title=c.title, email=c.email, order=i)
        for i, c in enumerate(opportunity.signers, 1)
    )
    if not theirs:
        advice = "give a contact the role Signer on the opportunity in Salesforce"
        raise NoSigner("Contact roles", "at least one Signer", advice)
    able = [c for c in colleagues if _may_sign(c, total, playbook)]
    if not able:
        raise NoSigner("Signing authority", f"somebody who may sign {total}", "add a signatory to the playbook's roles")
    ours = min(able, key=lambda c: (playbook.signing_authority(c.groups, total.currency), c.person))
    last = len(theirs) + 1
    signer = Signer(
        no=last,
        side="ours",
        name=ours.name,
        title=ours.title,
        email=ours.email,
        order=last,
        person=ours.person,
    )
    return (*theirs, signer)


def _may_sign(colleague: Colleague, total: Money, playbook: Playbook) -> bool:
    allowed = playbook.may(colleague.groups, Permission.COUNTERSIGN_CONTRACT)
    return allowed and playbook.signing_authority(colleague.groups, total.currency) >= total.decimal()
