"""What the playbook may ask of a deal: one condition is a fact, a comparison and a value."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from bot.playbook.section import Amounts, Percent, Section


class FactKind(StrEnum):
    PERCENT = "percent"  # integer basis points
    COUNT = "count"  # days, months, units
    AMOUNT = "amount"  # a Decimal in the deal's currency
    TEXT = "text"
    TEXTS = "texts"  # a set of texts
    YES_NO = "yes_no"


class FactName(StrEnum):
    """The facts of a deal that a condition may name; figures/conditions says what each holds."""

    DISCOUNT = "discount"
    DISCOUNT_WITHIN_OWN = "discount_within_own"
    PAYMENT_DAYS = "payment_days"
    PAYMENT_WITHIN_OWN = "payment_within_own"
    MARGIN = "margin"
    BELOW_FLOOR = "below_floor"
    TOTAL = "total"
    MONTHS = "months"
    CURRENCY = "currency"
    COUNTRY = "country"
    REGIONS = "regions"
    INDUSTRY = "industry"
    PRODUCTS = "products"
    COMPETITOR = "competitor"
    CONDITIONS = "conditions"
    EMPLOYEES = "employees"
    STANDARD_CLAUSES = "standard_clauses"
    HAS_MASTER_AGREEMENT = "has_master_agreement"
    HAS_DATA_AGREEMENT = "has_data_agreement"
    PERSONAL_DATA = "personal_data"
    PER_YEAR = "per_year"
    ONE_OFF = "one_off"
    SECTORS = "sectors"
    ASKED = "asked"
    HOSTING = "hosting"
    CLAUSE_GRANTS = "clause_grants"
    WANTS_OWN_PAPER = "wants_own_paper"
    TAKES_OWN_PAPER = "takes_own_paper"
    ABOVE_CREDIT_LIMIT = "above_credit_limit"
    CREDIT_AGE_DAYS = "credit_age_days"
    CREDIT_RATING = "credit_rating"
    COMPLEXITY = "complexity"
    LINES = "lines"
    DEVIATIONS = "deviations"
    QUOTE_KIND = "quote_kind"
    CLAUSE_RISK = "clause_risk"
    DAYS_TO_CLOSE = "days_to_close"
    STRATEGIC = "strategic"


KINDS: dict[FactName, FactKind] = {
    FactName.DISCOUNT: FactKind.PERCENT,
    FactName.DISCOUNT_WITHIN_OWN: FactKind.YES_NO,
    FactName.PAYMENT_DAYS: FactKind.COUNT,
    FactName.PAYMENT_WITHIN_OWN: FactKind.YES_NO,
    FactName.MARGIN: FactKind.PERCENT,
    FactName.BELOW_FLOOR: FactKind.YES_NO,
    FactName.TOTAL: FactKind.AMOUNT,
    FactName.MONTHS: FactKind.COUNT,
    FactName.CURRENCY: FactKind.TEXT,
    FactName.COUNTRY: FactKind.TEXT,
    FactName.REGIONS: FactKind.TEXTS,
    FactName.INDUSTRY: FactKind.TEXT,
    FactName.PRODUCTS: FactKind.TEXTS,
    FactName.COMPETITOR: FactKind.TEXT,
    FactName.CONDITIONS: FactKind.COUNT,
    FactName.EMPLOYEES: FactKind.COUNT,
    FactName.STANDARD_CLAUSES: FactKind.YES_NO,
    FactName.HAS_MASTER_AGREEMENT: FactKind.YES_NO,
    FactName.HAS_DATA_AGREEMENT: FactKind.YES_NO,
    FactName.PERSONAL_DATA: FactKind.YES_NO,
    FactName.PER_YEAR: FactKind.AMOUNT,
    FactName.ONE_OFF: FactKind.AMOUNT,
    FactName.SECTORS: FactKind.TEXTS,
    FactName.ASKED: FactKind.TEXTS,
    FactName.HOSTING: FactKind.TEXT,
    FactName.CLAUSE_GRANTS: FactKind.TEXTS,
    FactName.WANTS_OWN_PAPER: FactKind.YES_NO,
    FactName.TAKES_OWN_PAPER: FactKind.YES_NO,
    FactName.ABOVE_CREDIT_LIMIT: FactKind.YES_NO,
    FactName.CREDIT_AGE_DAYS: FactKind.COUNT,
    FactName.CREDIT_RATING: FactKind.TEXT,
    FactName.COMPLEXITY: FactKind.COUNT,
    FactName.LINES: FactKind.COUNT,
    FactName.DEVIATIONS: FactKind.COUNT,
    FactName.QUOTE_KIND: FactKind.TEXT,
    FactName.CLAUSE_RISK: FactKind.TEXT,
    FactName.DAYS_TO_CLOSE: FactKind.COUNT,
    FactName.STRATEGIC: FactKind.YES_NO,
}

Comparison = Literal["above", "at_least", "below", "at_most", "equal", "not_equal", "one_of", "none_of"]
ORDERED = frozenset({"above", "at_least", "below", "at_most"})
LISTED = frozenset({"one_of", "none_of"})
NUMERIC = frozenset({FactKind.PERCENT, FactKind.COUNT, FactKind.AMOUNT})

_FIELDS = {
    FactKind.PERCENT: "percent",
    FactKind.COUNT: "count",
    FactKind.AMOUNT: "amounts",
    FactKind.TEXT: "text",
    FactKind.TEXTS: "texts",
    FactKind.YES_NO: "yes",
}


class Condition(Section):
    """One value field is given, the one that fits the fact. `if_unknown` answers when the fact is missing."""

    fact: FactName
    compare: Comparison = "equal"
    percent: Percent | None = None
    count: int | None = None
    amounts: Amounts | None = None
    text: str | None = None
    texts: frozenset[str] | None = None
    yes: bool | None = None
    if_unknown: bool = False

    @property
    def kind(self) -> FactKind:
        return KINDS[self.fact]

    @property
    def field(self) -> str:
        """The value field that this fact and comparison need."""
        return "texts" if self.compare in LISTED else _FIELDS[self.kind]

    @model_validator(mode="after")
    def _compares_like_with_like(self) -> Self:
        if self.kind not in NUMERIC and self.compare in ORDERED:
            raise ValueError(f"compare {self.compare} does not fit fact {self.fact}. Fix: use equal or one_of")
        if self.compare in LISTED and self.kind not in {FactKind.TEXT, FactKind.TEXTS}:
            raise ValueError(f"compare {self.compare} does not fit fact {self.fact}. Fix: use above, at_most or equal")
        if self.kind is FactKind.TEXTS and self.compare not in LISTED:
            raise ValueError(f"compare {self.compare} does not fit fact {self.fact}. Fix: use one_of or none_of")
        return self

    @model_validator(mode="after")
    def _has_the_fitting_value(self) -> Self:
        given = [name for name in dict.fromkeys(_FIELDS.values()) if getattr(self, name) is not None]
        if given != [self.field]:
            found = ", ".join(given) or "nothing"
            raise ValueError(f"fact {self.fact} needs {self.field}, found {found}. Fix: give {self.field} alone")
        return self
