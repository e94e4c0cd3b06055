"""Who may see which kind of document, for how long a link lets somebody in, and when a reader needs a next step."""

from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator

from bot.playbook.section import Days, Hours, Key, Section, Text

CUSTOMER, CRM = "customer", "crm"  # readers that are no role of ours: somebody outside, and Salesforce's files
OUTSIDE = frozenset({CUSTOMER, CRM})


class DocumentKind(Section):
    """`templates` are the documents and papers of this kind; `readers` are roles, customer and crm. Nobody else."""

    title: Text
    templates: frozenset[Key] = Field(min_length=1)
    readers: frozenset[Key]


class Links(Section):
    """How long a link lets in: one of ours, and somebody at the customer. Within `visit_minutes` it is one visit."""

    colleague_minutes: int = Field(gt=0, le=1_440)
    customer_days: Days = Field(gt=0)
    visit_minutes: int = Field(gt=0, le=240)
    report_seconds: int = Field(ge=5, le=300)
    most_reports: int = Field(gt=0, le=2_000)

    @property
    def visit(self) -> timedelta:
        return timedelta(minutes=self.visit_minutes)


class Engagement(Section):
    """When reading says that something should be done: seconds on one page, hours unopened or quiet, share read."""

    long_seconds: int = Field(gt=0, le=36_000)
    unopened_hours: Hours
    quiet_hours: Hours
    ends_soon_hours: Hours


class Access(Section):
    """`own_deals_only`: roles that see documents of their own deals alone."""

    kinds: dict[Key, DocumentKind] = Field(min_length=1)
    own_deals_only: frozenset[Key] = frozenset()
    links: Links
    engagement: Engagement

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        every = [template for kind in self.kinds.values() for template in kind.templates]
        for template in sorted({t for t in every if every.count(t) > 1}):
            raise ValueError(f"template {template} is of two kinds. Fix: keep it in one of them")
        return self

    def kind_of(self, template: str) -> DocumentKind | None:
        """None for what stands nowhere: then nobody may see it."""
        return next((kind for kind in self.kinds.values() if template in kind.templates), None)
