"""Who made each version of the package, and why: the history that anybody may ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.streams.deal.deal import Deal
from bot.streams.deal.package import Terms, Version
from bot.streams.money import percent

State = Literal["signed", "out for signature", "approved", "current", "replaced", "being made", "could not be made"]


@dataclass(frozen=True, slots=True)
class Told:
    """`by` is a team:user id; of the first one, the deal's owner."""

    version: Version
    by: str
    why: str
    state: State


def history(deal: Deal) -> tuple[Told, ...]:
    """Newest first."""
    return tuple(reversed(list(_told(deal))))


def _told(deal: Deal) -> Iterator[Told]:
    before: Version | None = None
    for version in deal.package.versions:
        yield Told(version, version.terms.by, why(version, before), state_of(deal, version))
        before = version


def why(version: Version, before: Version | None) -> str:
    terms = version.terms.terms
    if before is None:
        return "first package, drafted at the customer's yes"
    if terms.scenario:
        return f"offer chosen: {terms.scenario}"
    changed = list(_changed(before.terms.terms, terms))
    return ", ".join(changed) or "made again from Salesforce, on the same terms"


def state_of(deal: Deal, version: Version) -> State:
    sent, package = deal.envelope.sent, deal.package
    if sent is not None and sent.version == version.no and deal.envelope.executed:
        return "signed"
    if version.no != package.version:
        return "replaced" if version.files else "could not be made"
    if not version.files:
        return "could not be made" if package.failed else "being made"
    if deal.envelope.out:
        return "out for signature"
    return "approved" if package.ready else "current"


def _changed(old: Terms, new: Terms) -> Iterator[str]:
    if old.discount != new.discount:
        yield f"discount {_off(old)} → {_off(new)}"
    if old.payment_days != new.payment_days:
        yield f"net {old.payment_days} → net {new.payment_days}"
    if old.months != new.months:
        yield f"{old.months or 'its own'} → {new.months or 'its own'} months"
    if old.bill_shares != new.bill_shares:
        yield "other invoices"


def _off(terms: Terms) -> str:
    return percent(terms.discount) if terms.discount is not None else "as in Salesforce"
