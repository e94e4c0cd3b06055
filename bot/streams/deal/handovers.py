"""From agent to agent: each gets the complete parameters that it needs, as a fact."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.streams.deal.contract import Signer
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.package import TermsSet
from bot.streams.decision import Fact
from bot.streams.money import BasisPoints, Money

Name = Annotated[str, Field(min_length=1)]


class HandedOver(Fact):
    at: datetime


class ToContracts(HandedOver):
    kind: Literal["handover.contracts"] = "handover.contracts"
    version: int
    customer: Name
    currency: Name
    months: int = Field(gt=0)
    starts_on: date
    payment_days: int
    discount: BasisPoints | None
    strategy: Name
    lines: int = Field(gt=0)


class ToQuality(HandedOver):
    kind: Literal["handover.quality"] = "handover.quality"
    version: int
    hash: Name
    documents: int = Field(gt=0)
    total: Money


class ToApprovals(HandedOver):
    kind: Literal["handover.approvals"] = "handover.approvals"
    version: int
    hash: Name
    total: Money
    discount: BasisPoints
    payment_days: int
    margin: int
    asked_by: Name


class ToSignature(HandedOver):
    kind: Literal["handover.signature"] = "handover.signature"
    version: int
    hash: Name
    signers: tuple[Signer, ...] = Field(min_length=2)


class ToIntegration(HandedOver):
    kind: Literal["handover.integration"] = "handover.integration"
    hash: Name
    sealed_hash: Name
    signed_at: datetime
    total: Money


class ToFinance(HandedOver):
    kind: Literal["handover.finance"] = "handover.finance"
    hash: Name
    signed_at: datetime
    total: Money
    invoices: int = Field(gt=0)


class ToHandoff(HandedOver):
    kind: Literal["handover.handoff"] = "handover.handoff"
    customer: Name
    industry: str
    starts_on: date
    promises: int
    total: Money


class ToLearning(HandedOver):
    kind: Literal["handover.learning"] = "handover.learning"
    won_at: datetime
    total: Money
    rep: Name


HandoverFact = ToContracts | ToQuality | ToApprovals | ToSignature | ToIntegration | ToFinance | ToHandoff | ToLearning


def to_contracts(opportunity: Opportunity, terms: TermsSet, strategy: str) -> ToContracts:
    return ToContracts(
        at=terms.at,
        version=terms.version,
        customer=opportunity.account.name,
        currency=opportunity.currency,
        months=terms.terms.months or opportunity.months,
        starts_on=opportunity.starts_on,
        payment_days=terms.terms.payment_days,
        discount=terms.terms.discount,
        strategy=strategy,
        lines=len(opportunity.lines),
    )
