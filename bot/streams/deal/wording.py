"""A package as its words alone: who buys what, which documents there are, and what the clauses say."""

from bot.streams.value import Value


class Buyer(Value):
    country: str  # ISO 3166 alpha-2
    industry: str = ""  # as Salesforce names it
    public_body: bool = False
    state: str = ""


class Sold(Value):
    products: tuple[str, ...] = ()  # codes of plans
    hosting: str = "EU"
    payment_days: int = 30
    auto_renewal: bool = True
    renewal_months: int = 12


class Wording(Value):
    """`documents` by template; `clauses` by name (liability, payment, data_protection and so on), each as a whole."""

    customer: Buyer
    deal: Sold = Sold()
    documents: tuple[str, ...] = ()
    clauses: dict[str, str]
